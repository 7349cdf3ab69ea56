"""The real app and a reader of it, in headless Chromium on a machine with no internet.

A test waits for what a reader would see and never for a time: a busy machine is slow, not wrong.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright import sync_api as playwright

ROOT = Path(__file__).resolve().parent.parent
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="NO BROWSER FOUND: the journeys were not tested"),
]
PATIENCE_MS = 60_000
playwright.expect.set_options(timeout=PATIENCE_MS)
MAP = 'iframe[title*="st_folium"]'
# Asked of the page, as a frame that is held may be of the map of the page before.
_ENGINE = f"document.querySelector('{MAP}')?.contentWindow?.commonGround"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The app on loopback, started as the README starts it."""
    with served(tmp_path_factory.mktemp("app"), "-m", "streamlit") as url:
        yield url


@contextmanager
def served(folder: Path, *python: str) -> Iterator[str]:
    """The address of the app, run by Python with these arguments, which writes its log there."""
    port = _free_port()
    log = folder / "log.txt"
    with log.open("w") as out:
        app = subprocess.Popen(
            [sys.executable, *python, "run", "app.py", f"--server.port={port}",
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
        self.context.set_default_timeout(PATIENCE_MS)
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
        return self.page.wait_for_selector(MAP).content_frame()

    def wait_for_map(self) -> None:
        """Until the map has painted its first view."""
        self.page.wait_for_function(f"() => {_ENGINE}?.painted > 0")

    def viewport(self) -> dict:
        """Where the map is looking: lat, lon, zoom."""
        return self.page.evaluate(f"() => {_ENGINE}.viewport()")

    def wait_to_look(self, condition: str) -> None:
        """Until the map looks where `condition`, JavaScript about `lat`, `lon` and `zoom`, says."""
        self.page.wait_for_function(
            f"() => {{ const {{ lat, lon, zoom }} = {_ENGINE}?.viewport() ?? {{}}; "
            f"return {condition} }}"
        )

    def wait_for_rest(self) -> None:
        """Until the server has said all and the map has stopped moving."""
        self.page.wait_for_function(
            """async () => {
              const busy = () => document.querySelector(
                '[data-testid=stApp]:not([data-test-script-state=notRunning])');
              const before = document.body.innerText;
              if (busy()) return false;
              await new Promise((done) => setTimeout(done, 400));
              return !busy() && document.body.innerText === before;
            }"""
        )
        if self.page.locator(MAP).count():
            self.page.wait_for_function(
                f"""async () => {{
                  const look = () => JSON.stringify({_ENGINE}?.viewport());
                  const before = look();
                  await new Promise((done) => setTimeout(done, 300));
                  return before !== undefined && look() === before;
                }}"""
            )

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
