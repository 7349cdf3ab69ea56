"""Whether everyone can use each page: axe-core, narrow pages, headings, keyboard, less motion."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from benchmarks import _browser as browse
from benchmarks import _server as serve
from geo import accessibility
from tests.pages_in_browser import NARROW, PAGES, PHONE, WIDE, maps, new_page, open_page, resize

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not browse.found(), reason="NO BROWSER FOUND: the pages were not tested"),
]
ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Faults that stay, as (rule, what the part's own HTML holds): why. All are inside Streamlit.
EXCEPTIONS = {
    ("svg-img-alt", 'class="mark-rect role-mark box_brush'): (
        "Vega, in Streamlit's chart, names neither of the two marks of the box a reader may drag "
        "on the chart of Gaps, and takes no name for them. The chart itself has one."
    ),
}
_AXE_RUN = """async (options) => (await axe.run(document, options)).violations.flatMap(
  ({ id, impact, nodes }) => nodes.map((node) => [impact, id, node.html, node.target.join(" ")]))"""
_SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(
  (heading) => [Number(heading.tagName[1]), heading.textContent])"""
# What sticks out at the right, unless it is within a part that scrolls or cuts it off itself.
_STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const main = document.querySelector('[data-testid="stMain"]');
  const free = (part) => part === main || (
    getComputedStyle(part).overflowX === "visible" && free(part.parentElement));
  const parts = main.querySelectorAll('[data-testid="stMainBlockContainer"] *');
  const found = [...parts].filter((part) => {
    const { width, right } = part.getBoundingClientRect();
    return width >= 2 && right > wide + 1 && part.checkVisibility() && free(part.parentElement);
  }).map((part) => part.outerHTML.slice(0, 150));
  if (main.scrollWidth > main.clientWidth) found.push("the page scrolls sideways");
  return found;
}"""


@pytest.fixture(scope="module")
def address():
    with serve.app() as app:
        yield f"http://127.0.0.1:{app.port}"


@pytest.fixture(scope="module")
def chromium():
    with browse.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def light(chromium):
    return new_page(chromium)


def _faults(frame, rules=RULES) -> list[str]:
    """Serious and critical faults of a frame that no exception owns up to."""
    frame.evaluate("(source) => { if (!window.axe) (0, eval)(source) }", AXE.read_text("utf-8"))
    options = {"iframes": False, "resultTypes": ["violations"], "runOnly": rules}
    return [
        f"{impact}: {rule} at {where}: {part[:200]}"
        for impact, rule, part, where in frame.evaluate(_AXE_RUN, options)
        if impact in ("serious", "critical")
        and not any(rule == known and mark in part for known, mark in EXCEPTIONS)
    ]


def _wrong_order(headings: list) -> list[str]:
    """Headings that skip a level; a page begins with its one heading of the first."""
    levels = [0, *(level for level, _ in headings)]
    return [
        f"h{level} {text!r} after h{before}"
        for before, (level, text) in zip(levels, headings, strict=False)
        if level > before + 1 or (level == 1) != (before == 0)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_serves_everyone_wide_on_a_phone_narrow_and_dark(name, light, address):
    light.emulate_media(color_scheme="light")
    resize(light, WIDE)
    open_page(light, f"{address}/{PAGES[name]}")
    assert _wrong_order(light.evaluate(_HEADINGS)) == []
    for size in (WIDE, PHONE):
        resize(light, size)
        for frame in (light.main_frame, *maps(light)):
            assert _faults(frame) == [], size
    resize(light, NARROW)
    with contextlib.suppress(playwright.TimeoutError):  # charts take a moment to fit
        light.wait_for_function(f"() => !({_STICKING_OUT})().length", timeout=10_000)
    assert light.evaluate(_STICKING_OUT) == []
    light.emulate_media(color_scheme="dark")
    light.wait_for_function(f"() => {_SCHEME} === 'dark'")
    assert _faults(light.main_frame, rules=["color-contrast", "link-in-text-block"]) == []


def test_a_page_opened_dark_can_be_read_with_its_charts(chromium, address):
    page = new_page(chromium, color_scheme="dark")
    open_page(page, f"{address}/{PAGES['compare']}")
    assert page.evaluate(f"() => {_SCHEME}") == "dark"
    assert _faults(page.main_frame) == []
    labels = page.locator(".stVegaLiteChart .role-axis-label text")
    labels.first.wait_for(timeout=30_000)
    inks = labels.evaluate_all(
        "(texts) => [...new Set(texts.map((text) => getComputedStyle(text).fill))]"
    )
    assert inks == ["rgb(240, 242, 246)"]
    page.context.close()


def test_less_motion_moves_the_map_at_once(chromium, address):
    page = new_page(chromium, reduced_motion="reduce")
    open_page(page, f"{address}/?council=E07000062")
    page.wait_for_selector('iframe[title*="st_folium"]', timeout=30_000)
    (frame,) = maps(page)
    # Asked in the same turn: a map that glides would not have got anywhere yet.
    before, moved, nearer = frame.evaluate(
        """() => {
          const seen = [commonGround.viewport()];
          map.panBy([200, 0]);
          seen.push(commonGround.viewport());
          map.zoomIn();
          return [...seen, commonGround.viewport()];
        }"""
    )
    assert moved["lon"] > before["lon"]
    assert nearer["zoom"] == before["zoom"] + 1
    page.context.close()


def test_every_control_of_the_map_is_reached_with_the_tab_key(chromium, address):
    page = new_page(chromium)
    open_page(page, f"{address}/?council=E07000062")
    page.get_by_label("Find a place").focus()
    told = """() => {
      const at = document.activeElement;
      const ring = getComputedStyle(at).outlineStyle;
      return [at.tagName, at.getAttribute("aria-label") || at.innerText || "", ring];
    }"""
    reached = []
    while not any(tag == "IFRAME" for tag, *_ in reached) and len(reached) < 40:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(told))
    names = " | ".join(name for _, name, _ in reached)
    for wanted in ("Colour the map by", "Small areas", "Filters", "On the map"):
        assert wanted in names
    assert reached[-1][0] == "IFRAME", names
    hidden = [row for row in reached if row[0] in ("BUTTON", "A") and row[2] == "none"]
    assert hidden == []
    (frame,) = maps(page)
    assert frame.evaluate("() => document.activeElement.id") == "map_div"
    page.context.close()


def test_the_statement_names_the_axe_that_tests_use():
    assert json.loads((ROOT / "package.json").read_text())["devDependencies"] == {
        "axe-core": accessibility.AXE_VERSION
    }
    assert accessibility.AXE_VERSION in AXE.read_text("utf-8")[:200]


def test_every_page_leads_to_the_statement(light, address):
    open_page(light, f"{address}/gaps?council=E07000062")
    light.get_by_role("link", name="Accessibility").click()
    light.get_by_role("heading", name="Accessibility statement", level=1).wait_for()
    for problem in accessibility.PROBLEMS:
        assert light.get_by_role("heading", name=problem.title).is_visible()
