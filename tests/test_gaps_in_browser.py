"""What only a real browser can tell of Gaps and Profile: the brush, Back, and the ways between."""

import re

import pytest

from tests.browsing import IN_BROWSER, MAP, playwright

pytestmark = [*IN_BROWSER, pytest.mark.slow]

CHART = "[data-testid=stVegaLiteChart] .marks"
SENTENCE = ".cg-sentence"


@pytest.fixture
def gaps(reader):
    """The Gaps page, come to by the navigation."""
    reader.open()
    reader.page.get_by_role("link", name="Gaps", exact=True).click()
    reader.page.wait_for_selector(CHART, timeout=30_000)
    reader.wait_for_rest()
    return reader


def _brush(page, left: float, top: float, right: float, bottom: float) -> None:
    """Drags over a part of the chart, in shares of its width and height."""
    box = page.locator(CHART).first.bounding_box()
    start = box["x"] + left * box["width"], box["y"] + top * box["height"]
    end = box["x"] + right * box["width"], box["y"] + bottom * box["height"]
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def _wait_for_sentence(page, pattern: str) -> None:
    page.wait_for_function(
        "([where, pattern]) => new RegExp(pattern).test(document.querySelector(where).textContent)",
        arg=[SENTENCE, pattern],
        timeout=20_000,
    )


def test_a_box_brushed_on_the_chart_narrows_the_list_and_back_widens_it(gaps):
    page = gaps.page
    whole = page.locator(SENTENCE).inner_text()
    assert "6,856 neighbourhoods" in whole
    _brush(page, 0.6, 0.2, 0.9, 0.5)
    page.wait_for_url(re.compile("box="), timeout=20_000)
    _wait_for_sentence(page, r"England: [1-5]?,?\d{3} neighbourhoods")
    brushed = page.locator(SENTENCE).inner_text()
    assert brushed != whole
    page.go_back()
    _wait_for_sentence(page, "6,856 neighbourhoods")
    page.go_forward()
    page.wait_for_url(re.compile("box="), timeout=20_000)
    playwright.expect(page.locator(SENTENCE)).to_have_text(brushed)
    page.get_by_role("button", name="Clear the box").click()
    _wait_for_sentence(page, "6,856 neighbourhoods")
    gaps.check()


def test_the_map_stays_where_it_is_after_a_click_and_another_measure(gaps):
    page = gaps.page
    viewport = gaps.viewport()
    shown = page.locator(MAP)
    shown.scroll_into_view_if_needed()
    shown.click(position={"x": 300, "y": 330})
    page.wait_for_url(re.compile("area=E02"))
    page.get_by_role("button", name="Walk:").click()
    page.locator("label").filter(has_text=re.compile("^800 m")).click()
    page.wait_for_url(re.compile("walk="))
    gaps.wait_for_rest()
    assert gaps.viewport() == pytest.approx(viewport, abs=0.01)
    gaps.check()


def test_a_row_is_explained_and_leads_to_its_profile(gaps):
    page = gaps.page
    rows = page.locator("[data-testid=stDataFrame]").first
    rows.scroll_into_view_if_needed()
    gaps.wait_for_rest()
    box = rows.bounding_box()
    page.mouse.click(box["x"] + 22, box["y"] + 60)
    page.wait_for_selector("text=place 1 of 6,856 neighbourhoods", timeout=20_000)
    page.get_by_role("link", name="Read its profile").click()
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_selector("text=Places near", timeout=30_000)
    assert "profile?area=E02" in page.url
    gaps.check()
