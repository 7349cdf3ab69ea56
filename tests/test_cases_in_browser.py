"""What only a real browser can tell of Case studies and Evidence: Back, pins, lists, anchors."""

import re

import pytest

from tests.browsing import IN_BROWSER

pytestmark = [*IN_BROWSER, pytest.mark.slow]

ORE = "Ore Community Library: closed by the county, reopened by neighbours"


@pytest.fixture
def visitor(reader):
    """Someone who has the map open and goes on by the navigation."""
    reader.open()
    return reader


def _go(visitor, name: str, until: str):
    visitor.page.get_by_role("link", name=name, exact=True).click()
    visitor.page.wait_for_selector(f"text={until}", timeout=60_000)
    visitor.wait_for_rest()
    return visitor.page


def test_back_takes_a_filter_off_for_good_though_its_popover_is_closed(visitor):
    page = _go(visitor, "Case studies", "24 case studies")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Reading").click()
    page.wait_for_selector("text=1 of 24 case studies")
    page.get_by_role("button", name="Not given").click()
    page.wait_for_selector("text=No case study matches")
    page.keyboard.press("Escape")
    page.go_back()
    page.wait_for_selector("text=1 of 24 case studies")
    page.get_by_role("button", name=ORE).click()
    page.wait_for_selector("h2:has-text('What was done')", timeout=60_000)
    assert page.url.endswith("?case=ore-community-library&theme=reading")
    page.go_back()
    page.wait_for_selector("text=1 of 24 case studies")
    visitor.check()


def test_towns_carry_their_names_and_a_pin_opens_its_story(visitor):
    page = _go(visitor, "Case studies", "24 case studies")
    visitor.wait_for_map()
    frame = visitor.engine()
    frame.wait_for_selector(".common-ground-name")
    assert sorted(frame.locator(".common-ground-name").all_inner_texts()) == [
        "Colne", "Folkestone", "Grimsby", "Ramsey", "South Shields", "St Blazey", "Thetford",
    ]  # fmt: skip
    x, y = frame.evaluate(
        """() => {
          const map = Object.values(window).find((value) => value instanceof L.Map);
          const { x, y } = map.latLngToContainerPoint([50.87472, 0.60835]);
          return [x, y];
        }"""
    )
    box = page.locator('iframe[title*="st_folium"]').bounding_box()
    head_of_the_pin = 14
    page.mouse.click(box["x"] + x, box["y"] + y - head_of_the_pin)
    link = frame.locator(".common-ground-places a")
    with visitor.context.expect_page() as opened:
        link.first.click()
    story = opened.value
    story.wait_for_selector("h2:has-text('What was done')", timeout=60_000)
    assert story.locator("h1").inner_text() == ORE
    visitor.check()


def test_the_evidence_leads_from_the_answer_to_the_list_to_the_map(visitor):
    page = _go(visitor, "Evidence", "What the evidence says")
    page.wait_for_selector("h2:has-text('What the data cannot answer')", timeout=60_000)
    page.get_by_role("link", name="Five recommendations, and where they point").click()
    page.wait_for_url(re.compile("#recommendations"))
    page.get_by_text("4. Half of all Young Futures hubs").click()
    page.wait_for_url(re.compile(r"\?list=young-futures"), timeout=30_000)
    page.wait_for_selector("text=neighbourhoods in 7 councils", timeout=30_000)
    page.go_back()
    page.wait_for_selector("text=Last come those of councils", timeout=30_000)
    page.locator(".cg-table a").first.click()
    page.wait_for_url(re.compile("by=neighbourhood&area=E02"), timeout=30_000)
    visitor.wait_for_map()
    visitor.check()
