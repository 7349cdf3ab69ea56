"""A newcomer's way through the real app, in headless Chromium on a machine with no internet."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).resolve().parent.parent
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="NO BROWSER FOUND: the journeys were not tested"),
]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The app on loopback, started as the README starts it."""
    port = _free_port()
    log = tmp_path_factory.mktemp("app") / "log.txt"
    with log.open("w") as out:
        app = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}",
             "--server.headless=true", "--server.address=127.0.0.1"],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                if urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).status == 200:
                    break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail(f"the app did not start:\n{log.read_text()}")
        yield url
    finally:
        app.terminate()
        app.wait(10)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="module")
def chromium():
    """One browser for all journeys."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


class Reader:
    """A page in a context of its own, that remembers what went wrong and where requests went."""

    def __init__(self, browser, address: str, width: int = 1440, height: int = 900) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _request(self, request) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.outside.append(request.url)

    def open(self, query: str = "") -> Reader:
        """Opens the map as a link does, and waits until it is painted."""
        self.page.goto(f"{self.address}/{query}")
        self.wait_for_map()
        return self

    def engine(self):
        """The frame that the map's own script runs in."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def wait_for_map(self) -> None:
        """Until the map has painted its first view."""
        self.page.wait_for_selector('iframe[title*="st_folium"]', timeout=30_000)
        self.engine().wait_for_function(
            "() => window.commonGround && window.commonGround.painted", timeout=30_000
        )

    def viewport(self) -> dict:
        """Where the map is looking: lat, lon, zoom."""
        return self.engine().evaluate("() => window.commonGround.viewport()")

    def search(self, text: str) -> None:
        """Types into the search box, as a newcomer does."""
        box = self.page.get_by_label("Find a place")
        box.fill(text)
        box.press("Enter")

    def check(self) -> None:
        """Nothing failed on the way, and no request left the machine."""
        assert self.errors == []
        assert self.outside == []
        self.context.close()


@pytest.fixture
def reader(chromium, address):
    made = Reader(chromium, address)
    yield made
    made.context.close()


def test_from_a_postcode_to_a_link_that_opens_the_same_map(reader, chromium, address):
    reader.open()
    reader.search("tn355bp")
    page = reader.page
    page.wait_for_selector("h3:has-text('Ore')")
    page.wait_for_timeout(1_500)
    assert reader.viewport()["zoom"] > 11

    page.get_by_label("Colour the map by").click()
    page.get_by_role("option", name="Income", exact=False).first.click()
    page.wait_for_function("() => location.search.includes('layer=income')")
    assert reader.viewport()["zoom"] > 11

    box = page.locator('iframe[title*="st_folium"]').bounding_box()
    before = page.url
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.6)
    page.wait_for_function("url => location.href !== url", arg=before)
    page.wait_for_timeout(1_000)
    panel = page.locator("h3").first.inner_text()
    viewport = reader.viewport()

    page.get_by_role("button", name="Copy link to this view").click()
    page.get_by_text("Link copied.").wait_for()
    link = page.evaluate("() => navigator.clipboard.readText()")

    other = Reader(chromium, address)
    other.page.goto(link)
    other.wait_for_map()
    other.page.wait_for_timeout(1_000)
    assert other.page.locator("h3").first.inner_text() == panel
    assert other.viewport() == pytest.approx(viewport, abs=0.01)
    assert "Income" in other.page.get_by_label("Colour the map by").input_value()
    other.check()

    page.go_back()
    page.wait_for_function("url => location.href === url", arg=before)
    page.wait_for_selector("h3:has-text('Ore')")
    reader.check()


def test_filters_say_what_is_left_and_the_download_holds_it(reader):
    reader.open("?council=E07000062")
    page = reader.page
    page.get_by_text("53 small areas, 91,000 people, in 1 council.").wait_for()
    page.get_by_role("button", name="Filters").click()
    page.get_by_text("Only doubly disadvantaged areas").click()
    page.wait_for_function("() => location.search.includes('double=1')")
    sentence = page.locator(".cg-sentence")
    playwright.expect(sentence).not_to_contain_text("53 small areas")
    count = int(sentence.inner_text().split()[0])
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == count + 1
    assert all("Open Government Licence" in line for line in lines[1:])
    reader.check()


def test_nothing_found_says_what_can_be_typed(reader):
    reader.open()
    reader.search("xqzzy")
    reader.page.get_by_text("Nothing found for").wait_for()
    assert reader.page.get_by_text("TN35 5BP").is_visible()
    reader.check()


def test_one_of_several_answers_is_chosen(reader):
    reader.open()
    reader.search("newport")
    page = reader.page
    page.get_by_role("button", name="Isle of Wight").first.click()
    page.wait_for_function("() => location.search.includes('area=')")
    page.wait_for_timeout(1_500)
    assert reader.viewport()["lat"] == pytest.approx(50.7, abs=0.1)
    reader.check()


def test_a_link_opens_on_a_phone_with_the_map_first(chromium, address):
    phone = Reader(chromium, address, width=390, height=844)
    phone.open("?postcode=TN355BP")
    frame = phone.page.locator('iframe[title*="st_folium"]').bounding_box()
    controls = phone.page.get_by_label("Colour the map by").bounding_box()
    assert frame["y"] < 300
    assert controls["y"] > frame["y"] + frame["height"]
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    phone.check()


def test_a_broken_link_still_opens(reader):
    reader.open("?layer=%3Cscript%3Ealert(1)%3C/script%3E&area=E01999999&imd=99")
    assert reader.page.get_by_test_id("stAlert").count() == 3
    reader.check()


def test_a_filter_that_back_took_off_stays_off(reader):
    reader.open("?council=E07000062")
    page = reader.page
    sentence = page.get_by_text("53 small areas, 91,000 people, in 1 council.")
    sentence.wait_for()
    page.get_by_role("button", name="Filters").click()
    page.get_by_text("Only doubly disadvantaged areas").click()
    page.wait_for_function("() => location.search.includes('double=1')")
    page.keyboard.press("Escape")
    page.go_back()
    sentence.wait_for()
    level = page.get_by_role("radio", name="Neighbourhoods")
    playwright.expect(level).to_have_count(1)  # the control that the link replaced has gone
    level.click()
    page.wait_for_function("() => location.search.includes('by=neighbourhood')")
    assert "double" not in page.url
    reader.check()
