"""Charts, drawn with Altair. Each takes a row or a frame and says everything in text too."""

from __future__ import annotations

import altair as alt
import pandas as pd

from geo import layers

INK = "#1b2430"
_TRACK = "#dfe4ea"
_DEPRIVATION = "#186290"
_NEED = "#7a1fa2"
_DEPRIVATION_KEYS = (
    "imd", "income", "employment", "education", "health", "crime", "housing", "environment",
)  # fmt: skip
_NEED_KEYS = ("cni", "civic_assets", "connectedness", "engaged")


def _positions(area, keys: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": [layers.layer(key).short for key in keys],
            "decile": [int(area[f"{key}_decile"]) for key in keys],
            "rank": [int(area[f"{key}_rank"]) for key in keys],
        }
    )


def _strip(
    area, keys: tuple[str, ...], colour: str, ends: tuple[str, str], ink: str
) -> alt.LayerChart:
    frame = _positions(area, keys)
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
    base = alt.Chart(frame).encode(y=rows)
    track = base.mark_rule(color=_TRACK, strokeWidth=6, strokeCap="round").encode(
        x=alt.datum(1, type="quantitative"), x2=alt.datum(10)
    )
    dots = base.mark_circle(size=260, color=colour, opacity=1).encode(
        x=tenths,
        tooltip=[
            alt.Tooltip("measure", title="Measure"),
            alt.Tooltip("decile", title="Tenth"),
            alt.Tooltip("rank", title="Rank", format=","),
        ],
    )
    numbers = base.mark_text(color="white", fontSize=12, fontWeight="bold").encode(
        x=tenths, text="decile:Q"
    )
    return (
        (track + dots + numbers)
        .properties(height=alt.Step(26), background="transparent")
        .configure_view(stroke=None)
    )


def tenths(area, ink: str = INK) -> tuple[alt.LayerChart, alt.LayerChart]:
    """Where an area stands on deprivation and on community need: dots from tenth 1 to tenth 10.

    area: a row of a frame from `geo.areas`. ink: the colour of text on the page's background.
    """
    return (
        _strip(area, _DEPRIVATION_KEYS, _DEPRIVATION, ("most deprived", "least"), ink),
        _strip(area, _NEED_KEYS, _NEED, ("greatest need", "least"), ink),
    )
