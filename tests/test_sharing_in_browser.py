"""Taking a view elsewhere: another site, a phone, a meeting, a preview of the link."""

from __future__ import annotations

import re
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browsing import IN_BROWSER, MAP, PATIENCE_MS, Reader, playwright

pytestmark = [*IN_BROWSER, pytest.mark.slow]
ORE = "?area=E02004371"


@pytest.fixture
def another_site():
    """Puts a document on a server of its own and gives its address."""
    servers = []

    def put(document: str) -> str:
        class Site(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(document.encode())

            def log_message(self, *_) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_code_follows_the_view_and_the_embed_code_shows_it_on_another_site(
    reader, chromium, address, another_site
):
    reader.open(ORE)
    reader.wait_for_rest()
    page = reader.page
    page.get_by_role("button", name="Share…").click()
    code = page.get_by_role("img", name="QR code of the link to Ore, Hastings")
    playwright.expect(code).to_have_attribute("src", re.compile("^data:image/svg"))
    playwright.expect(code).to_have_attribute("alt", re.compile("area=E02004371&at=50"))
    before = code.get_attribute("alt")
    reader.engine().evaluate("() => map_div.setZoom(10, { animate: false })")
    playwright.expect(code).not_to_have_attribute("alt", before)
    page.get_by_role("button", name="Copy the embed code").click()
    page.get_by_text("Embed code copied.").wait_for()
    snippet = page.evaluate("() => navigator.clipboard.readText()")
    assert 'title="Ore, Hastings – Common Ground"' in snippet
    assert 'loading="lazy"' in snippet
    reader.check()

    elsewhere = Reader(chromium, address)
    elsewhere.page.goto(another_site(f"<!doctype html><h1>Parish council</h1>{snippet}"))
    app = elsewhere.page.wait_for_selector("iframe").content_frame()
    engine = app.wait_for_selector(MAP).content_frame()
    engine.wait_for_function("() => window.commonGround?.painted > 0")
    assert engine.evaluate("() => window.commonGround.viewport().zoom") == 10
    shown = elsewhere.page.frame_locator("iframe")
    playwright.expect(shown.get_by_label("Key to the map")).to_be_visible()
    way_in = shown.get_by_role("link", name="Open in Common Ground")
    there = way_in.evaluate("link => link.href")
    assert there.startswith(f"{address}/{ORE}&at=")
    assert "embed" not in there
    for gone in ("Find a place", "Colour the map by"):
        playwright.expect(shown.get_by_label(gone)).to_have_count(0)
    playwright.expect(shown.get_by_role("navigation")).to_have_count(0)
    playwright.expect(shown.get_by_text("The same areas as a table")).to_have_count(0)
    elsewhere.check()


def test_a_screen_reader_hears_what_is_left_from_a_region_that_stays(reader):
    reader.open("?council=E07000062")
    page = reader.page
    voice = page.locator('body > [role="status"][aria-live="polite"]')
    playwright.expect(voice).to_have_count(1)
    playwright.expect(voice).to_contain_text("53 small areas")
    region = voice.element_handle()
    region.evaluate("(region) => (region.mark = 'the same')")
    page.get_by_role("button", name="Filters").click()
    page.get_by_text("Only doubly disadvantaged areas").click()
    playwright.expect(voice).not_to_contain_text("53 small areas")
    playwright.expect(voice).to_have_text(page.locator(".cg-sentence").inner_text())
    assert voice.evaluate("(region) => region.mark") == "the same"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Data and methods").first.click()
    playwright.expect(voice).to_have_text("")
    reader.check()


def test_a_meeting_goes_on_where_links_lead(reader):
    page = reader.page
    reader.open("profile?area=E02004371&meeting=1").wait_for_rest()
    like = page.locator(".cg-table a").first
    playwright.expect(like).to_have_attribute("href", re.compile(r"area=E02\d+&meeting=1$"))
    like.click()
    page.wait_for_function("() => !location.search.includes('E02004371')")
    reader.wait_for_map()
    playwright.expect(page.get_by_text("Meeting mode")).to_be_visible()
    assert "meeting=1" in page.url
    on = page.get_by_role("link", name="See on the map")
    playwright.expect(on).to_have_attribute("href", re.compile("meeting=1"))
    page.get_by_text("Meeting mode").click()
    page.wait_for_function("() => !location.search.includes('meeting')")
    playwright.expect(like).not_to_have_attribute("href", re.compile("meeting"))
    assert reader.outside == []


def test_a_meeting_keeps_the_map_and_steps_through_layers(reader):
    reader.open(ORE)
    reader.wait_for_rest()
    page = reader.page
    moved = []
    for event in ("frameattached", "framedetached"):
        page.on(event, lambda frame: moved.append(frame.url))
    height = page.locator(MAP).bounding_box()["height"]
    page.get_by_text("Meeting mode").click()
    page.wait_for_function("() => location.search.includes('meeting=1')")
    playwright.expect(page.get_by_text("Ore, Hastings (1 of")).to_be_visible()
    playwright.expect(page.get_by_role("button", name="Filters")).to_be_hidden()
    page.wait_for_function(
        "() => parseFloat(getComputedStyle(document.documentElement).fontSize) >= 20"
    )
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('layer=income')")
    said = page.get_by_role("status").filter(has_text="Income deprivation: Ore, Hastings (2 of")
    playwright.expect(said).to_be_visible()
    playwright.expect(page).to_have_title("Income deprivation: Ore, Hastings – Common Ground")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => !location.search.includes('layer=')")
    page.get_by_label("Find a place").focus()
    page.keyboard.press("ArrowRight")
    reader.wait_for_rest()
    assert "layer=" not in page.url
    # The map fills the frame it is given, and is the same map as before.
    frame = reader.engine().evaluate("() => [innerHeight, map_div.getSize().y]")
    assert frame[0] == frame[1]
    assert page.locator(MAP).bounding_box()["height"] != height
    assert moved == []
    page.get_by_role("link", name="Data and methods").first.click()
    page.wait_for_function("() => location.pathname.endsWith('/data-and-methods')")
    page.wait_for_function("() => location.search.includes('meeting=1')")
    reader.check()


def test_on_a_phone_the_panel_is_a_sheet_and_the_map_comes_first(chromium, address):
    phone = Reader(chromium, address, width=390, height=844)
    phone.open(ORE)
    phone.wait_for_rest()
    page = phone.page
    moved = []
    for event in ("frameattached", "framedetached"):
        page.on(event, lambda frame: moved.append(frame.url))
    bar = page.get_by_role("button", name="Ore 2nd most deprived tenth")
    inside = page.get_by_role("link", name="All about this area")
    playwright.expect(bar).to_have_attribute("aria-expanded", "false")
    playwright.expect(inside).to_be_hidden()
    bar.click()
    playwright.expect(inside).to_be_visible()
    assert bar.bounding_box()["y"] > page.locator(MAP).bounding_box()["y"] + 100
    page.keyboard.press("Escape")
    playwright.expect(inside).to_be_hidden()
    playwright.expect(bar).to_be_focused()
    assert moved == []
    for name in ("Filters", "Share…", "Neighbourhoods"):
        control = page.get_by_text(name, exact=True).locator("xpath=ancestor-or-self::button")
        assert control.bounding_box()["height"] >= 43.5
    assert phone.errors == phone.outside == []

    page.goto(f"{address}/what-if")
    playwright.expect(page.get_by_label("Kind of place")).to_be_visible()
    phone.wait_for_rest()
    parts = (page.locator(".cg-sentence"), page.locator(MAP), page.get_by_label("Kind of place"))
    for part in parts:
        playwright.expect(part).to_be_visible()
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    mark = page.get_by_role("button", name="Help for A walk of").bounding_box()
    assert min(mark["width"], mark["height"]) >= 24

    page.goto(f"{address}/case-studies")
    parts = (page.locator(MAP), page.get_by_role("button", name="Filters"),
             page.get_by_role("button", name="Ore Community Library"))  # fmt: skip
    for part in parts:
        playwright.expect(part).to_be_visible()
    phone.wait_for_rest()
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    phone.context.close()


def test_a_preview_of_a_link_names_its_view_before_any_script_runs(address):
    def page() -> str:
        with urllib.request.urlopen(f"{address}/profile?area=E02004371") as answer:
            return answer.read().decode()

    # Until the data are open a page is called by what it is: nobody waits for its preview.
    deadline = time.monotonic() + PATIENCE_MS / 1_000
    while "<title>Profile of an area" in page() and time.monotonic() < deadline:
        time.sleep(0.25)
    assert "<title>Ore, Hastings – Common Ground</title>" in page()
    assert re.search(r'property="og:description" content="Neighbourhood in Hastings', page())
