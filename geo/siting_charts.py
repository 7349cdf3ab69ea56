"""The curve of people reached against the number of new places."""

from __future__ import annotations

from typing import Literal, TypedDict

import altair as alt
import pandas as pd

from geo.charts import INK, axis_text
from geo.siting_sentences import WAY_LABELS

_COLOURS = dict(zip(WAY_LABELS.values(), ("#1D77A6", "#b8860b", "#8a5aa8"), strict=True))
_DASHES = dict(zip(WAY_LABELS.values(), ([1, 0], [6, 3], [2, 2]), strict=True))

# A dot for each number of places, unless they are so many that the dots become a line.
_DOTS = 15


class _Key(TypedDict):
    orient: Literal["top"]
    labelFontSize: float
    labelColor: str
    labelLimit: float
    columns: float
    symbolType: str
    symbolSize: float
    symbolStrokeWidth: float


def curve(curves: pd.DataFrame, walk: str, ink: str = INK) -> alt.Chart:
    """People within the walk with 0, 1, 2 … new places, a line a way of choosing.

    curves: `siting_tables.curves`. walk: the chosen walk in words. ink: the colour of text.
    """
    few = bool(curves["places"].max() <= _DOTS)
    ways = list(dict.fromkeys(curves["way"]))
    text = axis_text(ink)
    key: _Key = {
        "orient": "top", "labelFontSize": 14, "labelColor": ink, "labelLimit": 320, "columns": 1,
        "symbolType": "stroke", "symbolSize": 600, "symbolStrokeWidth": 2.5,
    }  # fmt: skip
    base = alt.Chart(curves).encode(
        x=alt.X("places:Q", title="New places").axis(
            format="d", tickMinStep=1, grid=False, titleFontWeight="normal", **text
        ),
        y=alt.Y("people_within:Q", title=f"People within {walk}")
        .scale(zero=False)
        .axis(format="~s", tickCount=5, domain=False, titleFontWeight="normal", **text),
        color=alt.Color("way:N", title=None, sort=ways)
        .scale(domain=ways, range=[_COLOURS[way] for way in ways])
        .legend(**key),
        tooltip=[
            alt.Tooltip("way", title="Choice"),
            alt.Tooltip("places", title="New places"),
            alt.Tooltip("people_within", title=f"People within {walk}", format=",.0f"),
            alt.Tooltip("share_within", title="Share of residents", format=".1%"),
        ],
    )
    dashes = (
        alt.StrokeDash("way:N", title=None, sort=ways)
        .scale(domain=ways, range=[_DASHES[way] for way in ways])
        .legend(**key)
    )
    return (
        base.mark_line(strokeWidth=2.5, point=few and alt.OverlayMarkDef(size=45))
        .encode(strokeDash=dashes)
        .properties(height=280, background="transparent")
        .configure_view(stroke=None)
    )
