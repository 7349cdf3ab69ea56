"""What only a real browser can tell of What if and Where next: clicks on the map, Back, Stop."""

import re

import pytest

from tests.browsing import IN_BROWSER

pytestmark = [*IN_BROWSER, pytest.mark.slow]

SENTENCE = ".cg-sentence"


def _opened(reader, page_name: str):
    """A page, come to by the navigation."""
    reader.open()
    reader.page.get_by_role("link", name=page_name, exact=True).click()
    reader.page.wait_for_selector(SENTENCE, timeout=60_000)
    reader.wait_for_map()
    reader.wait_for_rest()
    return reader.page


def _wait_for_sentence(page, pattern: str) -> None:
    page.wait_for_function(
        "([where, pattern]) => new RegExp(pattern).test("
        "(document.querySelector(where) || {}).textContent)",
        arg=[SENTENCE, pattern],
        timeout=60_000,
    )


def _click_on_map(page, across: float, down: float) -> None:
    box = page.locator('iframe[title*="st_folium"]').bounding_box()
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def test_close_one_open_one_by_clicking_and_go_back(reader):
    page = _opened(reader, "What if")
    _wait_for_sentence(page, "Closing Ore Library would leave another 18,000 people")
    page.get_by_role("button", name="Close Hastings Library").click()
    _wait_for_sentence(page, "Closing Ore Library and Hastings Library")
    viewport = reader.viewport()

    page.get_by_text("Opens a new one", exact=True).click()
    reader.wait_for_rest()
    _click_on_map(page, 0.45, 0.45)
    page.wait_for_url(re.compile(r"open\.library\.\d+\.\d+"), timeout=30_000)
    _wait_for_sentence(page, "and opening a public library in")
    # The map shows the change in place.
    assert reader.viewport() == pytest.approx(viewport, abs=0.01)

    page.go_back()
    _wait_for_sentence(page, "Closing Ore Library and Hastings Library would")
    page.go_back()
    _wait_for_sentence(page, "Closing Ore Library would leave")
    assert "do=" not in page.url
    reader.check()


def test_all_england_can_be_stopped(reader):
    page = _opened(reader, "Where next")
    _wait_for_sentence(page, "3 new public libraries in Hastings could bring")
    page.get_by_role("combobox", name="Where").click()
    page.get_by_role("option", name="All of England").click()
    page.get_by_role("button", name="Work it out").click()
    stop = page.get_by_role("button", name="Stop, and show the best so far")
    stop.wait_for(timeout=30_000)
    stop.click()
    _wait_for_sentence(page, "3 new public libraries in England could bring")
    reader.check()
