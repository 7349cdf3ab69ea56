"""Charts as Vega-Lite, drawn with Altair. Each says its figures in text too.

Writing a chart out takes Altair some 70 ms; what it says besides the figures is the same for every
area. So that is written once, and the figures stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypedDict

import altair as alt
import numpy as np
import pandas as pd
import pyarrow as pa

from geo import layers

INK = "#1b2430"
_TRACK = "#dfe4ea"
_DEPRIVATION = "#186290"
_NEED = "#7a1fa2"
_DEPRIVATION_KEYS = (
    "imd", "income", "employment", "education", "health", "crime", "housing", "environment",
)  # fmt: skip
_NEED_KEYS = ("cni", "civic_assets", "connectedness", "engaged")


class AxisText(TypedDict):
    """How the words of an axis look; sizes in pixels."""

    labelFontSize: float
    titleFontSize: float
    labelColor: str
    titleColor: str


def axis_text(ink: str) -> AxisText:
    """The words of an axis as charts of a scenario have them, in the colour `ink`."""
    return {"labelFontSize": 14, "titleFontSize": 14, "labelColor": ink, "titleColor": ink}


@dataclass(frozen=True)
class Drawing:
    """A chart: its Vega-Lite, shared by all readers and never to be changed, and its rows.

    They are a table as the browser takes it: a frame would be made into one at each drawing.
    """

    spec: dict
    rows: pa.Table


def rows_of(columns: pd.DataFrame | Mapping[str, Any]) -> pa.Table:
    """The rows of a chart, from its columns; no figure (NaN) is none."""
    return pa.table(
        {name: pa.array(np.asarray(column), from_pandas=True) for name, column in columns.items()}
    )


def as_spec(chart: alt.TopLevelMixin) -> dict:
    """A chart as Vega-Lite, made once and drawn often: writing it out takes far longer.

    Without the library's own size for every chart, so that the page decides.
    """
    spec = chart.to_dict()
    for side in ("continuousWidth", "continuousHeight"):
        spec["config"]["view"].pop(side, None)
    # A chart made without rows names an empty set of them, which would stand before those that the
    # page brings: an axis with a row called "undefined".
    for part in (spec, *spec.get("layer", ())):
        if part.get("data") == {"name": "empty"}:
            del part["data"]
    if spec.get("datasets", {}).pop("empty", None) is not None and not spec["datasets"]:
        del spec["datasets"]
    return spec


def _positions(area, keys: tuple[str, ...]) -> pa.Table:
    return pa.table(
        {
            "measure": [layers.layer(key).short for key in keys],
            "decile": [int(area[f"{key}_decile"]) for key in keys],
            "rank": [int(area[f"{key}_rank"]) for key in keys],
        }
    )


@cache
def _strip(colour: str, ends: tuple[str, str], ink: str) -> dict:
    rows = (
        alt.Y("measure:N", sort=None, title=None)
        .axis(
            labelFontSize=14,
            labelColor=ink,
            labelLimit=170,
            labelPadding=14,
            ticks=False,
            domain=False,
        )
        .scale(paddingOuter=0.1)
    )
    tenths = (
        alt.X("decile:Q", title=None)
        .scale(domain=[1, 10], nice=False)
        .axis(
            orient="top",
            values=[1, 10],
            labelExpr=f"datum.value == 1 ? '1 = {ends[0]}' : '10 = {ends[1]}'",
            labelFontSize=13,
            labelAlign=alt.ExprRef("datum.value == 1 ? 'left' : 'right'"),
            labelColor=ink,
            grid=False,
            ticks=False,
            domain=False,
        )
    )
    base = alt.Chart().encode(y=rows)
    track = base.mark_rule(color=_TRACK, strokeWidth=6, strokeCap="round").encode(
        x=alt.datum(1, type="quantitative"), x2=alt.datum(10)
    )
    dots = base.mark_circle(size=260, color=colour, opacity=1).encode(
        x=tenths,
        tooltip=[
            alt.Tooltip("measure:N", title="Measure"),
            alt.Tooltip("decile:Q", title="Tenth"),
            alt.Tooltip("rank:Q", title="Rank", format=","),
        ],
    )
    numbers = base.mark_text(color="white", fontSize=12, fontWeight="bold").encode(
        x=tenths, text="decile:Q"
    )
    return as_spec(
        (track + dots + numbers)
        .properties(height=alt.Step(26), background="transparent")
        .configure_view(stroke=None)
    )


def tenths(area, ink: str = INK) -> tuple[Drawing, Drawing]:
    """Where an area stands on deprivation and on community need: dots from tenth 1 to tenth 10.

    area: a row of a frame from `geo.areas`. ink: the colour of text on the page's background.
    """
    return (
        Drawing(
            _strip(_DEPRIVATION, ("most deprived", "least"), ink),
            _positions(area, _DEPRIVATION_KEYS),
        ),
        Drawing(_strip(_NEED, ("greatest need", "least"), ink), _positions(area, _NEED_KEYS)),
    )
