"""A headless Chromium that tells when things happened: frames, paints, the app's messages."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Frame, Page, sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
SIZE = {"width": 1440, "height": 900}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """Where this machine's Chromium is."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; Playwright's own where there is none."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Messages:
    """When the app and the browser spoke over the websocket, in ms since 1970."""

    offset_ms: float = 0.0
    sent: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Reader:
    page: Page
    messages: Messages

    def map_frame(self) -> Frame:
        """The map's own frame, once its areas stand painted."""
        found = self.page.wait_for_selector('iframe[title*="st_folium"]', timeout=60_000)
        frame = found.content_frame()
        frame.wait_for_function("() => window.commonGround?.painted > 0", timeout=60_000)
        return frame

    def settle(self, ms: float = 1500) -> None:
        self.page.wait_for_timeout(ms)


@contextlib.contextmanager
def reader(browser: Browser) -> Iterator[Reader]:
    """A reader new to the site: nothing stored, nothing open."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    messages = Messages()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def handshake(event: dict) -> None:
        messages.offset_ms = 1000 * (event["wallTime"] - event["timestamp"])

    def note(times: list[float]):
        return lambda event: times.append(1000 * event["timestamp"] + messages.offset_ms)

    session.on("Network.webSocketWillSendHandshakeRequest", handshake)
    session.on("Network.webSocketFrameSent", note(messages.sent))
    session.on("Network.webSocketFrameReceived", note(messages.received))
    yield Reader(page, messages)
    context.close()


def painted_ms(frame: Frame) -> float:
    """When the areas last stood painted, in ms since 1970."""
    return frame.evaluate(
        "() => performance.timeOrigin"
        " + performance.getEntriesByName('common-ground-painted').at(-1).startTime"
    )


_COUNT_FRAMES = """() => {
  window.benchmarkFrames = [];
  let last = performance.now();
  const tick = (now) => {
    window.benchmarkFrames.push(now - last);
    last = now;
    window.benchmarkTick = requestAnimationFrame(tick);
  };
  window.benchmarkTick = requestAnimationFrame(tick);
}"""
_STOP = """() => {
  cancelAnimationFrame(window.benchmarkTick);
  return window.benchmarkFrames.slice(1);
}"""


@contextlib.contextmanager
def frames(target: Frame | Page) -> Iterator[list[float]]:
    """Milliseconds between the frames drawn inside the block, in order."""
    times: list[float] = []
    target.evaluate(_COUNT_FRAMES)
    yield times
    times += target.evaluate(_STOP)


def drag(page: Page, box: dict, steps: int = 90, most_s: float = 30) -> None:
    """Drag the map to and fro by hand for about three seconds; a slow one for `most_s` at most."""
    until = time.monotonic() + most_s
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for way in (-1, 1):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, steps + 1):
            page.mouse.move(x + way * 3 * step, y + way * step)
            page.wait_for_timeout(14)
            if time.monotonic() > until:
                break
        page.mouse.up()
        page.wait_for_timeout(300)


def wheel(page: Page, box: dict, most_s: float = 30) -> None:
    """Zoom three levels in and out again; a slow map for `most_s` at most."""
    until = time.monotonic() + most_s
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for turn in (-120, -120, -120, 120, 120, 120):
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(600)
        if time.monotonic() > until:
            break
