"""Charts as pictures: the Vega-Lite of the page, with a title and where its figures are from.

vl-convert draws them, in a process of its own: the engine in it keeps some 100 MB once used.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from geo import letters
from geo.charts import INK, Drawing
from geo.exports import Credit
from geo.typesetting import TypesetError, run

_WORKER = Path(__file__).parent / "typeset" / "chart.py"
# Charts that fill the width of the page are as wide as this here, in pixels of the chart.
WIDTH_PX = 640
_LETTERS_A_LINE = 145
_SCALE = 2.0
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")


def picture(chart: Drawing | dict, title: str, credit: Credit, file_format: str) -> bytes:
    """A chart as a "png" or "svg" file on white, its title above and its sources below that.

    chart: Vega-Lite, with its rows where it has them apart. Raises TypesetError where it can't be
    drawn.
    """
    request = {
        "spec": _spec(chart, title, credit), "format": file_format, "scale": _SCALE,
    }  # fmt: skip
    done = run(_WORKER, request)
    if done.returncode:
        raise TypesetError(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def _spec(chart: Drawing | dict, title: str, credit: Credit) -> dict[str, Any]:
    spec = chart.spec if isinstance(chart, Drawing) else chart
    spec = {**spec, "background": "white", "padding": 16}
    if isinstance(chart, Drawing):
        spec["data"] = {"values": chart.rows.to_pylist()}
    if not any(key in spec for key in ("width", *_SIDE_BY_SIDE)):
        spec["width"] = WIDTH_PX
    said = [f"Source: {credit.source}", f"Licence: {credit.licence}"]
    lines = [line for text in said for line in textwrap.wrap(letters.safe(text), _LETTERS_A_LINE)]
    spec["title"] = {
        "text": letters.safe(title),
        "subtitle": lines,
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 16,
        "subtitleColor": INK,
        "subtitleFontSize": 9,
        "offset": 14,
    }
    return spec
