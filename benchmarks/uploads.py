"""A reader's own list of 5,000 places against its bars: read, placed, drawn, and counted in gaps.

`python -m benchmarks.uploads` starts the app and puts 5,000 real places, by name and postcode
alone, through the page Your places in headless Chromium.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from benchmarks import _browser as browse
from benchmarks import _server as serve
from benchmarks._rows import Row, print_rows
from geo.store import Store

PLACES = 5_000
REPEATS = 3
FILE = "input[type=file]"
MAP = 'iframe[title*="st_folium"]'
# Whether a symbol stands on the map: the canvas of the places is clear until then.
_DRAWN = """() => [...document.querySelectorAll('.leaflet-points-pane canvas')].some((canvas) =>
  canvas.width && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    .data.some((part) => part > 0))"""
_NEXT_FRAME = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
PATIENCE_MS = 60_000
# How long a reader looks whether the columns are right. The rows are placed meanwhile.
LOOK_MS = 1500


@dataclass(frozen=True)
class Took:
    """Seconds of the clock and of the server's processor."""

    whole_s: float
    server_s: float


def some_places(kind: str = "") -> bytes:
    """A file as readers have them: names and postcodes of 5,000 warm spaces, as kind if given."""
    found = Store().table("assets/warm_spaces").head(PLACES)[["name", "postcode"]]
    return (found.assign(kind=kind) if kind else found).to_csv(index=False).encode()


class _Clock:
    def __init__(self, app: serve.App) -> None:
        self._app, self._from, self._server_s = app, time.perf_counter(), app.processor_s()

    def took(self) -> Took:
        return Took(time.perf_counter() - self._from, self._app.processor_s() - self._server_s)


def _read(reader: browse.Reader, app: serve.App, content: bytes) -> Took:
    """From the file given to its columns told."""
    reader.page.goto(f"http://127.0.0.1:{app.port}/your-places")
    reader.page.wait_for_selector(FILE, state="attached", timeout=PATIENCE_MS)
    reader.settle(3000)
    clock = _Clock(app)
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": content}
    reader.page.locator(FILE).set_input_files(file)
    reader.page.get_by_text("Put them on the map").wait_for(timeout=PATIENCE_MS)
    return clock.took()


def _placed(reader: browse.Reader, app: serve.App, look_ms: int = LOOK_MS) -> Took:
    """From the button pressed to the places drawn, after a look at the columns."""
    reader.settle(look_ms)
    clock = _Clock(app)
    reader.page.get_by_text("Put them on the map").click()
    frame = reader.page.wait_for_selector(MAP, timeout=PATIENCE_MS).content_frame()
    # Not at every frame: reading the canvases back takes longer than drawing them.
    frame.wait_for_function(_DRAWN, timeout=PATIENCE_MS, polling=100)
    frame.evaluate(_NEXT_FRAME)
    return clock.took()


def _counted(reader: browse.Reader, app: serve.App) -> Took:
    """From the tick on Gaps to the list that counts them."""
    reader.page.get_by_role("link", name="Gaps", exact=True).click()
    tick = reader.page.get_by_text("Count my places", exact=True)
    tick.wait_for(timeout=PATIENCE_MS)
    reader.settle(4000)
    clock = _Clock(app)
    tick.click()
    reader.page.get_by_text("are counted. They are not in the link").wait_for(timeout=PATIENCE_MS)
    reader.page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState"
        " === 'notRunning'",
        timeout=PATIENCE_MS,
    )
    return clock.took()


def rows() -> list[Row]:
    """Measure everything, each time by a reader new to the site; medians."""
    plain, libraries = some_places(), some_places("library")
    read, placed, at_once, counted = [], [], [], []
    with browse.chromium() as browser, serve.app() as app:
        for number in range(REPEATS + 1):
            with browse.reader(browser) as reader:
                first, then = _read(reader, app, plain), _placed(reader, app)
            # The first reader's browser fetches and the server reads what the others have.
            if number:
                read.append(first)
                placed.append(then)
                with browse.reader(browser) as reader:
                    first, then = _read(reader, app, plain), _placed(reader, app, look_ms=0)
                at_once.append(first.whole_s + then.whole_s)
        for _ in range(REPEATS):
            with browse.reader(browser) as reader:
                _read(reader, app, libraries)
                _placed(reader, app)
                counted.append(_counted(reader, app))
        memory = app.memory_mb()

    def whole(took: list[Took]) -> float:
        return statistics.median(one.whole_s for one in took)

    def server(took: list[Took]) -> float:
        return statistics.median(one.server_s for one in took)

    name = f"{PLACES:,} places"
    return [
        Row(f"{name}, read, placed and drawn", "s", whole(read) + whole(placed), 3),
        Row("  the file given to its columns told", "s", whole(read)),
        Row("  the button pressed to the places drawn", "s", whole(placed)),
        Row("  both, without a look at the columns", "s", statistics.median(at_once)),
        Row("  the server’s processor for both", "s", server(read) + server(placed)),
        Row(f"{name} as libraries, first counted in Gaps", "s", whole(counted)),
        Row("  the server’s processor for it", "s", server(counted)),
        Row("Server memory after all of these", "MB", memory),
    ]


def main() -> None:
    """Print the table."""
    print_rows(rows())


if __name__ == "__main__":
    main()
