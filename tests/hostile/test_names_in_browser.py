"""Names that would run, in the real browser: on the map, in its bubbles and in tables."""

from __future__ import annotations

import re

import corpus
import pytest

from tests.browsing import IN_BROWSER, MAP, Reader, playwright

pytestmark = [*IN_BROWSER, pytest.mark.slow]

PATIENCE_MS = 30_000
# One place, so that there is one point to hover over; its name holds each way to run.
NAME = '<img src=x onerror="window.hit=1"></script><script>window.hit=2</script>\'" 😀 \u202eq'
SHOWN = NAME.replace("\u202e", "")
FILE = '<b onmouseover="window.hit=3">x\u202e.csv'
PAGES = (
    "", "profile?area=E02004371", "gaps?council=E07000062", "compare?areas=E02004371,E02003959",
    "what-if", "where-next?area=E07000062", "your-places", "case-studies", "evidence",
    "data-and-methods",
)  # fmt: skip


def _nothing_ran(reader: Reader) -> None:
    assert all(frame.evaluate("() => window.hit === undefined") for frame in reader.page.frames)
    assert reader.page.locator("img[src='x']").count() == 0


def _hover_over_the_middle(reader: Reader) -> str:
    """What the bubble says of the place there; the mouse stays on it."""
    engine, frame = reader.engine(), reader.page.locator(MAP)
    frame.scroll_into_view_if_needed()
    width, height = engine.evaluate(
        "() => { const { width, height } = map.getContainer().getBoundingClientRect();"
        " return [width, height] }"
    )
    box = frame.bounding_box()
    x, y = box["x"] + width / 2, box["y"] + height / 2
    reader.page.mouse.move(x - 60, y - 60)
    reader.page.mouse.move(x, y, steps=6)
    bubble = engine.locator(".leaflet-tooltip.common-ground-tip").last
    playwright.expect(bubble).to_be_visible(timeout=PATIENCE_MS)
    return bubble.inner_text()


def _is_shown(said: str) -> bool:
    return any(name.replace("\u202e", "") in said for name in (SHOWN, *corpus.NAMES))


def test_a_name_that_would_run_is_shown_letter_for_letter(chromium, address):
    reader = Reader(chromium, address)
    page = reader.page
    dialogs, puts = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: puts.append(asked) if asked.method == "PUT" else None)
    reader.open()
    page.get_by_role("link", name="Your places", exact=True).click()
    chooser = page.locator("input[type=file]")
    chooser.wait_for(state="attached", timeout=PATIENCE_MS)
    chooser.set_input_files(
        {"name": FILE, "mimeType": "text/csv", "buffer": corpus.table([NAME, *corpus.NAMES])}
    )
    page.get_by_role("button", name="Put them on the map").click(timeout=PATIENCE_MS)
    page.get_by_text("put on the map:", exact=False).first.wait_for(timeout=PATIENCE_MS)
    reader.wait_for_map()
    where = reader.viewport()
    said = _hover_over_the_middle(reader)
    assert _is_shown(said), said
    page.mouse.down()
    page.mouse.up()
    page.get_by_text(re.compile("rows? to look at")).first.wait_for(timeout=PATIENCE_MS)
    _nothing_ran(reader)

    # The same on the main map, where its reader's places stand among the published ones.
    page.get_by_role("link", name="See them on the map").click()
    page.get_by_text("Colour the map by").first.wait_for(timeout=PATIENCE_MS)
    reader.wait_for_map()
    reader.wait_for_rest()
    reader.engine().evaluate(
        "({ lat, lon }) => map.setView([lat, lon], 15, { animate: false })", where
    )
    reader.wait_for_rest()
    said = _hover_over_the_middle(reader)
    assert _is_shown(said), said
    page.mouse.down()
    page.mouse.up()
    playwright.expect(reader.engine().locator(".leaflet-popup")).to_be_visible()
    _nothing_ran(reader)
    assert dialogs == []

    # The server itself refuses what is over the limit, whatever the page lets through.
    headers = {"X-Xsrftoken": puts[0].headers["x-xsrftoken"]}
    refused = page.request.put(
        puts[0].url,
        headers=headers,
        multipart={
            "file": {"name": "a.csv", "mimeType": "text/csv", "buffer": bytes(21 * 1024 * 1024)}
        },
    )
    assert refused.status == 413
    reader.check()


def test_no_page_asks_anybody_else_for_anything(chromium, address):
    reader = Reader(chromium, address)
    for page in PAGES:
        reader.page.goto(f"{address}/{page}")
        reader.page.locator("h1, iframe[title*='st_folium']").first.wait_for(timeout=PATIENCE_MS)
        reader.page.wait_for_function(
            "() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000
        )
    # A page opened by its own address first looks for Streamlit's files below it: those 404s stay.
    assert [said for said in reader.errors if "status of 404" not in said] == []
    assert reader.outside == []
    reader.context.close()
