"""All England's small areas, beside what a user would otherwise write, in one run and one browser.

`python -m benchmarks.beside` serves this app and a page each of folium.Choropleth,
geopandas.explore, pydeck and plotly, all by Streamlit with the same areas and opened the same way:
after a first visitor, so that files are read. It needs requirements-benchmarks.txt. Painted means
that a picture of the page, taken again and again, shows the areas' colours.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from PIL import Image

from benchmarks import _browser as browse
from benchmarks import _server as serve
from benchmarks._session import Session

OURS = "Common Ground"
CONTENDERS = ("folium.Choropleth", "geopandas.explore", "pydeck", "plotly")
PATIENCE_S = 60
MOST_S = 150
# The part of the page where every contender's map lies, in its middle or to the left, and the
# least of it that England fills.
_MIDDLE = (80, 150, 1360, 720)
_COLOURED = 0.03
FIGURES = (
    ("First paint", "s"), ("To the browser", "MB"), ("Dragging, 95th frame", "ms"),
    ("Zooming, 95th frame", "ms"), ("Server's processor, a page", "s"),
    ("Server's memory, one reader", "MB"),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """A contender's figures in the order of FIGURES, or why there are none."""

    name: str
    figures: tuple[float, ...] = ()
    failed: str = ""


def coloured_share(picture: bytes) -> float:
    """The share of the middle of a picture that is neither white, grey nor black."""
    middle = Image.open(io.BytesIO(picture)).convert("HSV").crop(_MIDDLE)
    saturation = middle.getchannel("S").histogram()
    return sum(saturation[60:]) / sum(saturation)


def wait_for_paint(page, began: float) -> float:
    """Seconds until the areas can be seen. Raises TimeoutError where that does not come."""
    while time.perf_counter() - began < PATIENCE_S:
        picture = page.screenshot(timeout=1000 * PATIENCE_S)
        seen = time.perf_counter()
        if coloured_share(picture) > _COLOURED:
            return seen - began
        page.wait_for_timeout(50)
    raise TimeoutError(f"no areas on screen after {PATIENCE_S} s")


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def first_visitor(port: int) -> None:
    """Someone without a browser, in a thread of their own: the browser's driver holds this one."""

    async def visit() -> None:
        session = Session(f"ws://127.0.0.1:{port}")
        await session.open()
        await session.close()

    with ThreadPoolExecutor(1) as visitor:
        visitor.submit(asyncio.run, visit()).result()


def measure(browser, name: str) -> Result:
    """One contender in a fresh server and a fresh reader's browser."""
    script = "app.py" if name == OURS else "benchmarks/_contender_app.py"
    try:
        with (
            serve.app(script, CONTENDER=name) as app,
            serve.wire(app.port) as wire,
            browse.reader(browser) as reader,
        ):
            first_visitor(app.port)
            page = reader.page
            page.set_default_timeout(1000 * PATIENCE_S)
            cpu = app.processor_s()
            began = time.perf_counter()
            page.goto(f"http://127.0.0.1:{wire.port}/", wait_until="commit")
            painted = wait_for_paint(page, began)
            reader.settle(3000)
            size = wire.kb(*(kind for kind in wire.sent if kind != "shell")) / 1000
            cpu = app.processor_s() - cpu
            box = {"x": 300, "y": 330, "width": 400, "height": 400}
            with browse.frames(page) as panning:
                browse.drag(page, box, steps=40, most_s=8)
            with browse.frames(page) as zooming:
                browse.wheel(page, box, most_s=8)
            memory = app.memory_mb()
        return Result(name, (painted, size, p95(panning), p95(zooming), cpu, memory))
    except Exception as error:  # one that fails must not take the others with it
        return Result(name, failed=f"{type(error).__name__}: {str(error).splitlines()[0][:120]}")


def measure_apart(name: str) -> Result:
    """One contender in a process of its own, which is ended with all it started if it hangs."""
    running = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.beside", "--one", name],
        stdout=subprocess.PIPE, text=True, start_new_session=True, cwd=serve.ROOT,
    )  # fmt: skip
    try:
        said, _ = running.communicate(timeout=MOST_S)
        return Result(**json.loads(said.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return Result(name, failed=f"not painted, dragged and zoomed within {MOST_S} s")
    except (IndexError, ValueError, TypeError):
        return Result(name, failed="it ended without an answer")


def run() -> list[Result]:
    """Every contender, this app first."""
    return [measure_apart(name) for name in (OURS, *CONTENDERS)]


def table(results: Sequence[Result]) -> str:
    """How many times this app's figure each contender's is, then the figures; as Markdown."""
    ours = next(result for result in results if result.name == OURS)
    heads = [f"{what}, {unit}" for what, unit in FIGURES]
    lines = []
    if ours.figures:
        lines += _heading(["times this app's figure", *(what for what, _ in FIGURES)])
        for other in results:
            if other.figures and other is not ours:
                pairs = zip(other.figures, ours.figures, strict=True)
                lines.append(_line(other.name, [f"{theirs / own:,.1f} x" for theirs, own in pairs]))
        lines.append("")
    lines += _heading(["figures", *heads])
    for result in results:
        cells = [f"{value:,.2f}" if value < 10 else f"{value:,.0f}" for value in result.figures]
        lines.append(_line(result.name, cells or [f"failed: {result.failed}"] + [""] * 5))
    return "\n".join(lines)


def _heading(heads: Sequence[str]) -> list[str]:
    return [_line(heads[0], heads[1:]), "|---|" + "---:|" * (len(heads) - 1)]


def _line(first: str, cells: Sequence[str]) -> str:
    return f"| {first} | " + " | ".join(cells) + " |"


def main() -> None:
    if "--one" in sys.argv:
        with browse.chromium() as browser:
            print(json.dumps(asdict(measure(browser, sys.argv[-1]))))
    else:
        print(table(run()))


if __name__ == "__main__":
    main()
