"""The map against its bars, beside a plain `folium.Choropleth` in the same run and browser.

`python -m benchmarks.map` starts the app, opens it in headless Chromium and prints a table. Times
to paint count from the start of the page's script on the server; bytes are those on the wire.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks import _browser as browse
from benchmarks import _plain as plain
from benchmarks import _server as serve
from benchmarks._rows import Row, print_rows
from geo import layers, maps

REPEATS = 5
SESSIONS = 10
PLACES = 20_000
COUNCIL_AREAS = 500
_GO = "query => { history.pushState({}, '', query); dispatchEvent(new Event('popstate')) }"
# Notes when the name in the panel of the chosen area is another than it was.
_WATCH_PANEL = """() => {
  const name = () => document.querySelector('.st-key-area-sheet h3')?.textContent;
  const before = name();
  window.panelNamed = 0;
  const look = () => {
    if (name() !== before) window.panelNamed = Date.now();
    else requestAnimationFrame(look);
  };
  look();
}"""
HASTINGS = "E07000062"
MAP_BYTES = ("socket", "tiles", "points")
DATA = serve.ROOT / "data"


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def open_map(reader: browse.Reader, wire: serve.Wire):
    """Go to the map from another page of the app, as it opens for someone who is here already."""
    reader.page.goto(f"http://127.0.0.1:{wire.port}/data-and-methods")
    link = reader.page.get_by_role("link", name="Map", exact=True)
    link.wait_for(timeout=60_000)
    reader.settle()
    wire.reset()
    began = len(reader.messages.received)
    link.evaluate("link => link.click()")
    return reader.map_frame(), began


def opening(browser, wire: serve.Wire) -> tuple[float, float]:
    """Seconds from the script's start to all England painted, and KB to the browser; medians."""
    times, sizes = [], []
    for _ in range(REPEATS):
        with browse.reader(browser) as reader:
            frame, began = open_map(reader, wire)
            reader.settle()
            times.append(browse.painted_ms(frame) - reader.messages.received[began])
            sizes.append(wire.kb(*MAP_BYTES))
    return statistics.median(times) / 1000, statistics.median(sizes)


def council_view(browser, wire: serve.Wire, council: str) -> tuple[float, float]:
    """The same from all England to one council."""
    times, sizes = [], []
    for _ in range(REPEATS):
        with browse.reader(browser) as reader:
            frame, _ = open_map(reader, wire)
            reader.settle(3000)
            wire.reset()
            began, painted = len(reader.messages.received), count_painted(frame)
            reader.page.evaluate(_GO, f"?council={council}")
            frame.wait_for_function("() => window.commonGround.viewport().zoom > 8")
            reader.settle()
            assert count_painted(frame) > painted
            times.append(browse.painted_ms(frame) - reader.messages.received[began])
            sizes.append(wire.kb(*MAP_BYTES))
    return statistics.median(times) / 1000, statistics.median(sizes)


def count_painted(frame) -> int:
    return frame.evaluate("() => window.commonGround.painted")


def movement(browser, port: int) -> tuple[list[float], list[float]]:
    """Milliseconds a frame while all England is dragged, and while it is zoomed."""
    with browse.reader(browser) as reader:
        reader.page.goto(f"http://127.0.0.1:{port}/")
        frame = reader.map_frame()
        reader.settle(3000)
        box = reader.page.locator('iframe[title*="st_folium"]').bounding_box()
        with browse.frames(frame) as panning:
            browse.drag(reader.page, box)
        with browse.frames(frame) as zooming:
            browse.wheel(reader.page, box)
    return panning, zooming


def many_places(browser, port: int) -> list[float]:
    """Milliseconds a frame while all England with 20,000 places on it is dragged."""
    areas = pd.read_parquet(DATA / "small_areas.parquet", columns=["longitude", "latitude"])
    rows = [(*point, "A place", "", "") for point in areas.head(PLACES).to_numpy().tolist()]
    layer = layers.layer("imd")
    state = maps.MapState(
        level="lsoa",
        values=layers.encode(np.zeros(len(areas), dtype=np.uint8)),
        colours=layer.colours,
        labels=layer.labels,
        title=layer.label,
        points=(maps.Points("places", "Place", "circle", "#7a1fa2", rows=tuple(rows)),),
    )
    with browse.reader(browser) as reader:
        reader.page.goto(f"http://127.0.0.1:{port}/")
        frame = reader.map_frame()
        reader.settle(3000)
        frame.evaluate("state => commonGround.set(state)", state.message())
        reader.settle()
        box = reader.page.locator('iframe[title*="st_folium"]').bounding_box()
        with browse.frames(frame) as panning:
            browse.drag(reader.page, box)
    return panning


def layer_change(browser, port: int) -> tuple[float, float]:
    """Seconds of the server and from key to painted areas, medians over several layers."""
    server, whole = [], []
    with browse.reader(browser) as reader:
        reader.page.goto(f"http://127.0.0.1:{port}/")
        frame = reader.map_frame()
        reader.settle(3000)
        for name in ("Income", "Crime", "Health", "Education", "Employment"):
            reader.page.get_by_label("Colour the map by").click()
            reader.page.keyboard.type(name)
            reader.settle(400)
            count = count_painted(frame)
            sent, received = len(reader.messages.sent), len(reader.messages.received)
            reader.page.keyboard.press("Enter")
            frame.wait_for_function(f"() => window.commonGround.painted > {count}")
            reader.settle()
            asked = reader.messages.sent[sent]
            server.append((reader.messages.received[received:][-1] - asked) / 1000)
            whole.append((browse.painted_ms(frame) - asked) / 1000)
    return statistics.median(server), statistics.median(whole)


def click_to_panel(browser, port: int) -> float:
    """Seconds from a click on an area until the panel names it; the median over several areas."""
    times = []
    with browse.reader(browser) as reader:
        reader.page.goto(f"http://127.0.0.1:{port}/?council={HASTINGS}")
        reader.map_frame()
        reader.settle(3000)
        box = reader.page.locator('iframe[title*="st_folium"]').bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for step in range(REPEATS):
            reader.page.evaluate(_WATCH_PANEL)
            began = reader.page.evaluate("() => Date.now()")
            reader.page.mouse.click(middle[0] + 40 * (step - 2), middle[1])
            reader.page.wait_for_function("() => window.panelNamed", timeout=60_000)
            times.append(reader.page.evaluate("() => window.panelNamed") - began)
            reader.settle()
    return statistics.median(times) / 1000


def memory(browser, app: serve.App) -> tuple[float, float]:
    """MB of the server after the first page, and for each further session that stays open."""
    with browse.reader(browser) as reader:
        reader.page.goto(f"http://127.0.0.1:{app.port}/")
        reader.map_frame()
        reader.settle(3000)
        first = app.memory_mb()
    contexts = []
    for _ in range(SESSIONS):
        context = browser.new_context(viewport=browse.SIZE)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{app.port}/")
        page.wait_for_selector('iframe[title*="st_folium"]', timeout=60_000)
        page.wait_for_timeout(1500)
        contexts.append(context)
    more = (app.memory_mb() - first) / SESSIONS
    for context in contexts:
        context.close()
    return first, more


def choropleth(browser, areas: gpd.GeoDataFrame, folder: Path, name: str):
    """Seconds to write and paint a plain choropleth, its KB, and ms a frame while dragged."""
    page_file = plain.write(areas, folder, name)
    with serve.files(folder) as port, browse.reader(browser) as reader:
        reader.page.set_default_timeout(300_000)
        began = reader.page.evaluate("() => Date.now()")
        reader.page.goto(f"http://127.0.0.1:{port}/{name}", timeout=300_000)
        reader.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        painted = (reader.page.evaluate("() => Date.now()") - began) / 1000
        box = {"x": 0, "y": 0, **browse.SIZE}
        with browse.frames(reader.page) as panning:
            browse.drag(reader.page, box, steps=20)
    return page_file.python_s + painted, page_file.kb, panning


def plain_areas() -> tuple[gpd.GeoDataFrame, str]:
    """Small areas with their IMD decile, and the code of a council with about 500 of them."""
    areas = pd.read_parquet(DATA / "small_areas.parquet", columns=["lsoa21_code", "ltla24_code"])
    deciles = pd.read_parquet(DATA / "deprivation.parquet", columns=["imd_decile"])
    frame = plain.shapes(gpd.read_parquet(DATA / "shapes" / "small_areas.parquet"))
    frame = frame.rename(columns={"lsoa21_code": "code"}).assign(
        council=areas["ltla24_code"], value=deciles["imd_decile"].astype(int)
    )
    counts = areas["ltla24_code"].value_counts()
    return frame, (counts - COUNCIL_AREAS).abs().idxmin()


def rows() -> list[Row]:
    """Measure everything."""
    england, council = plain_areas()
    own = england[england["council"] == council]
    with browse.chromium() as browser:
        with serve.app() as app, serve.wire(app.port) as wire:
            first_mb, session_mb = memory(browser, app)
            england_s, england_kb = opening(browser, wire)
            council_s, council_kb = council_view(browser, wire, council)
            panning, zooming = movement(browser, app.port)
            crowded = many_places(browser, app.port)
            server_s, change_s = layer_change(browser, app.port)
            panel_s = click_to_panel(browser, app.port)
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(serve.ROOT / "static" / "vendor", Path(folder) / "vendor")
            plain_england = choropleth(browser, england, Path(folder), "england.html")
            plain_council = choropleth(browser, own, Path(folder), "council.html")
    return [
        Row("All England, first paint", "s", england_s, 1.2, plain_england[0]),
        Row("All England, to the browser", "KB", england_kb, 1000, plain_england[1]),
        Row("All England, dragging, 95th frame", "ms", p95(panning), 17.0, p95(plain_england[2])),
        Row("All England, zooming, 95th frame", "ms", p95(zooming)),
        Row("The same with 20,000 places, dragging", "ms", p95(crowded), 33.0),
        Row(f"Council of {len(own)} areas, first paint", "s", council_s, 0.9, plain_council[0]),
        Row("Council, to the browser", "KB", council_kb, 150, plain_council[1]),
        Row("Layer change, server", "s", server_s, 0.3),
        Row("Layer change, key to paint", "s", change_s, None, plain_england[0]),
        Row("Click on an area to its name in the panel", "s", panel_s, 0.45),
        Row("Server memory, first page", "MB", first_mb, 500),
        Row("Server memory, a further session", "MB", session_mb, 5),
    ]


def main() -> None:
    print_rows(rows())


if __name__ == "__main__":
    main()
