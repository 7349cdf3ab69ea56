"""Charts of the Gaps page: need against the weakness of social infrastructure, and the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, TypedDict

import altair as alt
import numpy as np
import pandas as pd

from geo.charts import INK, Drawing, as_spec, rows_of
from geo.gaps import QUADRANTS
from geo.gaps_view import SHORT_QUADRANTS, Box

# Above so many dots they hide each other, and shaded squares say more.
MOST_DOTS = 2_000
# An even number, so that no square lies across the middle.
CELLS = 20
BRUSH = "box"
QUARTER_COLOURS = {
    "deprived-weak": "#c4373d",
    "deprived-strong": "#2a7fb8",
    "better-off-weak": "#a87400",
    "better-off-strong": "#4f8f68",
}
# Where each quarter's name stands on the chart, and which way it reads.
_CORNERS = {
    "deprived-weak": (99, 97, "right"),
    "deprived-strong": (99, 3, "right"),
    "better-off-weak": (1, 97, "left"),
    "better-off-strong": (1, 3, "left"),
}
PART_COLOURS = (
    "#186290", "#1f9eb7", "#0a346f", "#5b8db8", "#7a1fa2", "#b45f06", "#a4262c", "#4a7c59",
    "#9a6700", "#6b2fa0", "#c2185b", "#3d5a40",
)  # fmt: skip


def dots(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of each area: what, need, weakness, quarter; rows without either left out.

    frame: rows of `gaps_list.Shown.frame`.
    """
    known = frame.dropna(subset=["need", "weakness"])
    return pd.DataFrame(
        {
            "what": known["name"] + ", " + known["council"],
            "need": known["need"].round(1),
            "weakness": known["weakness"].round(1),
            "quarter": known["quarter"],
        }
    )


def density(frame: pd.DataFrame, cells: int = CELLS) -> pd.DataFrame:
    """Areas counted in squares of the chart: need, need_to, weakness, weakness_to, areas, quarter.

    A square holds its lower edges, the last of a row or column its upper edges too. Empty squares
    are left out. `cells` along each side.
    """
    known = frame.dropna(subset=["need", "weakness"])
    edges = np.linspace(0, 100, cells + 1)
    counts, _, _ = np.histogram2d(known["need"], known["weakness"], bins=(edges, edges))
    across, up = np.nonzero(counts)
    table = pd.DataFrame(
        {
            "need": edges[across],
            "need_to": edges[across + 1],
            "weakness": edges[up],
            "weakness_to": edges[up + 1],
            "areas": counts[across, up].astype("int64"),
        }
    )
    middle = (table["need"] + table["need_to"]) / 2, (table["weakness"] + table["weakness_to"]) / 2
    number = 2 * (middle[0] < 50) + (middle[1] < 50)
    return table.assign(quarter=np.array(list(QUADRANTS))[number])


def marks(frame: pd.DataFrame) -> pd.DataFrame:
    """What is drawn of areas: `dots`, or `density` of so many that dots would hide each other.

    frame: rows of `gaps_list.Shown.frame` in scope.
    """
    return dots(frame) if len(frame) <= MOST_DOTS else density(frame)


def two_axes(
    drawn: pd.DataFrame, box: Box | None, chosen: pd.Series | None, ink: str = INK
) -> Drawing:
    """Need across, weakness of social infrastructure up, four named quarters, and a brush.

    drawn: `marks`. box: where the brush stands at first. chosen: need and weakness of an area to
    ring.
    """
    dot_size = None if "areas" in drawn else 90 if len(drawn) <= 300 else 40
    spec = _two_axes(dot_size, ink)
    if box:
        value = {"x": list(box[:2]), "y": list(box[2:])}
        spec = {**spec, "params": [{**spec["params"][0], "value": value}]}
    if chosen is not None and chosen[["need", "weakness"]].notna().all():
        at = {side: float(chosen[side]) for side in ("need", "weakness")}
        spec = {**spec, "layer": [*spec["layer"], _ring(at, ink)]}
    return Drawing(spec, rows_of(drawn))


@cache
def _two_axes(dot_size: int | None, ink: str) -> dict:
    """The chart without its rows: of dots so large, or of shaded squares where that is None."""
    look = alt.BrushConfig(fill=ink, fillOpacity=0.1, stroke=ink, strokeWidth=2)
    brush = alt.selection_interval(name=BRUSH, encodings=["x", "y"], mark=look)
    marks = _squares(ink) if dot_size is None else _dots(dot_size, ink)
    chart = alt.layer(marks.add_params(brush), _cross(ink), _names(ink)).properties(height=420)
    chart = chart.configure_view(stroke=ink, strokeOpacity=0.4)
    return as_spec(chart.configure(background="transparent"))


def _ring(at: dict[str, float], ink: str) -> dict:
    """Vega-Lite of the ring round the chosen area, which comes and goes."""
    return {
        "data": {"values": [at]},
        "mark": {"type": "point", "shape": "circle", "size": 320, "strokeWidth": 4, "color": ink},
        "encoding": {
            "x": {"field": "need", "type": "quantitative"},
            "y": {"field": "weakness", "type": "quantitative"},
        },
    }


def box_of(selection: Mapping[str, Sequence[float]] | None) -> Box | None:
    """The brushed box in whole hundredths, rounded outwards; None where nothing is brushed.

    selection: what the page gets back for the brush: {"need": [low, high], "weakness": …}.
    """
    if selection is None:
        return None
    try:
        sides = [sorted(float(end) for end in selection[side]) for side in ("need", "weakness")]
    except (KeyError, TypeError, ValueError):
        return None
    left, right, low, high = (
        min(max(int(whole), 0), 100)
        for least, most in sides
        for whole in (np.floor(least), np.ceil(most))
    )
    box = left, right, low, high
    return None if box == (0, 100, 0, 100) else box


class _BarAxis(TypedDict):
    labelFontSize: float
    labelColor: str
    ticks: bool
    domain: bool


class _DotAxis(TypedDict):
    titleFontSize: float
    titleColor: str
    labelColor: str
    labelFontSize: float
    grid: bool
    tickCount: float


class _Rule(TypedDict):
    color: str
    opacity: float
    strokeDash: list[float]


class _Look(TypedDict):
    align: Literal["left", "right"]
    fontSize: float
    fontWeight: Literal["bold"]


class _Halo(TypedDict):
    stroke: str
    strokeWidth: float


@dataclass(frozen=True)
class Scores:
    """What the scores of a few areas are made of: labels of the parts, and a row an area a part."""

    labels: tuple[str, ...]
    rows: pd.DataFrame


def score_rows(areas: pd.DataFrame, parts: dict[str, str]) -> Scores:
    """The rows of `score_parts`: what (name), part, points, order.

    areas: the head of `gaps_list.listed` with a column `what` of names. parts: column of points →
    its label, in order.
    """
    table = areas[["what", *parts]].rename(columns=parts)
    long = table.melt(id_vars="what", var_name="part", value_name="points")
    order = {label: number for number, label in enumerate(parts.values())}
    return Scores(tuple(order), long.assign(order=long["part"].map(order)))


def score_parts(scores: Scores, ink: str = INK) -> Drawing:
    """What the scores of a few areas are made of: a stacked bar an area, a colour a part."""
    return Drawing(_score_parts(scores.labels, ink), rows_of(scores.rows))


@lru_cache(maxsize=64)
def _score_parts(labels: tuple[str, ...], ink: str) -> dict:
    axis: _BarAxis = {"labelFontSize": 13, "labelColor": ink, "ticks": False, "domain": False}
    colours = (PART_COLOURS * 3)[: len(labels)]
    return as_spec(
        alt.Chart()
        .mark_bar(height=16, stroke="#ffffff", strokeWidth=1)
        .encode(
            y=alt.Y("what:N", sort=None, title=None).axis(labelLimit=230, **axis),
            x=alt.X("points:Q", title="Score", stack="zero")
            .scale(domain=[0, 100])
            .axis(titleColor=ink, grid=False, tickCount=5, **axis),
            color=alt.Color("part:N", sort=None, title=None)
            .scale(domain=list(labels), range=colours)
            .legend(orient="top", labelFontSize=13, labelColor=ink, labelLimit=320, columns=2),
            order="order:Q",
            tooltip=[
                alt.Tooltip("what:N", title="Area"),
                alt.Tooltip("part:N", title="Part"),
                alt.Tooltip("points:Q", title="Points", format=".1f"),
            ],
        )
        .properties(height=alt.Step(24))
        .configure_view(stroke=None)
        .configure(background="transparent")
    )


def _axes(ink: str) -> tuple[alt.X, alt.Y]:
    axis: _DotAxis = {
        "titleFontSize": 14, "titleColor": ink, "labelColor": ink, "labelFontSize": 12,
        "grid": False, "tickCount": 5,
    }  # fmt: skip
    return (
        alt.X("need:Q", title="Deprivation → more deprived")
        .scale(domain=[0, 100], nice=False)
        .axis(**axis),
        alt.Y("weakness:Q", title="Social infrastructure → weaker")
        .scale(domain=[0, 100], nice=False)
        .axis(**axis),
    )


def _colour() -> alt.Color:
    return (
        alt.Color("quarter:N")
        .scale(domain=list(QUARTER_COLOURS), range=list(QUARTER_COLOURS.values()))
        .legend(None)
    )


def _dots(size: int, ink: str) -> alt.Chart:
    x, y = _axes(ink)
    return (
        alt.Chart()
        .mark_circle(size=size, opacity=0.85, stroke=ink, strokeWidth=0.4)
        .encode(
            x=x,
            y=y,
            color=_colour(),
            tooltip=[
                alt.Tooltip("what:N", title="Area"),
                alt.Tooltip("need:Q", title="Deprivation, 0 to 100"),
                alt.Tooltip("weakness:Q", title="Weakness, 0 to 100"),
            ],
        )
    )


def _squares(ink: str) -> alt.Chart:
    x, y = _axes(ink)
    return (
        alt.Chart()
        .mark_rect()
        .encode(
            x=x,
            x2="need_to:Q",
            y=y,
            y2="weakness_to:Q",
            color=_colour(),
            opacity=alt.Opacity("areas:Q").scale(type="sqrt", range=[0.12, 1]).legend(None),
            tooltip=[alt.Tooltip("areas:Q", title="Areas in this square", format=",")],
        )
    )


def _kept(name: str, rows: list[dict]) -> alt.InlineData:
    """Rows that stay where they are used, beside those of the page. Altair moves nameless ones."""
    return alt.InlineData(values=rows, name=name)


def _cross(ink: str) -> alt.LayerChart:
    rule: _Rule = {"color": ink, "opacity": 0.6, "strokeDash": [4, 3]}
    middle = _kept("middle", [{"at": 50}])
    return alt.LayerChart(
        layer=[
            alt.Chart(middle).mark_rule(**rule).encode(x="at:Q"),
            alt.Chart(middle).mark_rule(**rule).encode(y="at:Q"),
        ]
    )


def _names(ink: str) -> alt.LayerChart:
    """The quarters' names in their corners, with a halo that keeps them apart from the marks."""
    halo: _Halo = {"stroke": "#ffffff" if ink == INK else "#0e1117", "strokeWidth": 4}
    texts: list[alt.Chart] = []
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    for side in sides:
        rows = [
            (x, y, SHORT_QUADRANTS[key]) for key, (x, y, align) in _CORNERS.items() if align == side
        ]
        table = [dict(zip(("need", "weakness", "name"), row, strict=True)) for row in rows]
        base = alt.Chart(_kept(f"names at the {side}", table)).encode(
            x="need:Q", y="weakness:Q", text="name:N"
        )
        look: _Look = {"align": side, "fontSize": 13, "fontWeight": "bold"}
        texts += [
            base.mark_text(strokeJoin="round", **look, **halo),
            base.mark_text(color=ink, **look),
        ]
    return alt.LayerChart(layer=texts)
