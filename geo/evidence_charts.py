"""Charts of the evidence page: intervals, whole distributions, paths. Each has its words too.

`ink` is the colour of text, so that a chart can be read on a light and on a dark page. Colour is
never alone: groups differ in shape or in place, and the page's tables have every figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from geo.charts import INK
from geo.path_layers import PATH_LAYER
from geo.paths import FELL_BACK, GAINED, KEPT_PACE
from geo.verdicts import Answer

DOUBLE, STRONGER, OTHERS = "#c2185b", "#186290", "#7d8894"
GROUPS = {
    "double": ("Doubly disadvantaged", DOUBLE),
    "stronger": ("As deprived, stronger social infrastructure", STRONGER),
    "others": ("All other areas of England", OTHERS),
}
PATHS = {GAINED: "Gained", KEPT_PACE: "Kept pace", FELL_BACK: "Fell back"}
PATH_COLOURS = dict(zip(PATHS, PATH_LAYER.colours, strict=False))
_FONT = 14
_UNITS = {"times": ".2f", "points": "+.0f", "share": ".0%"}
_AXES = {
    "times": "Times as high",
    "points": "Percentage points more",
    "share": "Share that did better than the middle",
}
_NAMES_WIDTH = 190


def _bare(chart, ink: str):
    return (
        chart.configure_view(stroke=None)
        .configure(background="transparent")
        .configure_axis(
            labelFontSize=_FONT,
            titleFontSize=_FONT,
            labelColor=ink,
            titleColor=ink,
            titleFontWeight="normal",
            gridColor="#8a94a0",
            gridOpacity=0.25,
        )
        .configure_legend(
            labelFontSize=_FONT,
            labelColor=ink,
            title=None,
            orient="top",
            direction="vertical",
            labelLimit=320,
            symbolSize=160,
        )
    )


def interval_rows(answers: Sequence[Answer], names: Sequence[str]) -> pd.DataFrame:
    """Answers of one unit as rows for `intervals`. names: what to call each on the axis."""
    return pd.DataFrame(
        [
            {
                "name": name,
                "figure": answer.finding.figure,
                "low": answer.finding.low,
                "high": answer.finding.high,
                "unit": answer.finding.unit,
                "nothing": answer.part.nothing,
                "published": None if answer.published is None else answer.published / 100,
            }
            for answer, name in zip(answers, names, strict=True)
        ]
    )


def intervals(rows: pd.DataFrame, ink: str = INK) -> alt.LayerChart:
    """Each figure as a dot on its 95% interval, with a line at no difference.

    rows: `interval_rows`. The report's own figure, where there is one, is a hollow diamond.
    """
    unit, nothing = rows["unit"].iat[0], rows["nothing"].iat[0]
    form = _UNITS[unit]
    ends = [*rows["low"], *rows["high"], *rows["published"].dropna(), nothing]
    room = 0.12 * (max(ends) - min(ends))
    x = (
        alt.X("figure:Q", title=_AXES[unit])
        .scale(domain=[min(ends) - room, max(ends) + room], nice=False, zero=False)
        .axis(format=form, tickCount=5)
    )
    y = alt.Y("name:N", sort=None, title=None).axis(
        ticks=False,
        domain=False,
        labelLimit=_NAMES_WIDTH,
        labelPadding=8,
        labelExpr="split(datum.label, '\\n')",
        # Every name has two lines, and a label is placed by its first.
        labelOffset=-9,
    )
    tooltip = [
        alt.Tooltip("name", title="Compared"),
        alt.Tooltip("figure", title="Figure", format=form),
        alt.Tooltip("low", title="From", format=form),
        alt.Tooltip("high", title="To", format=form),
    ]
    base = alt.Chart(rows).encode(y=y)
    none = (
        alt.Chart(pd.DataFrame({"nothing": [nothing]}))
        .mark_rule(color=ink, strokeDash=[5, 4], strokeWidth=1.5)
        .encode(x="nothing:Q")
    )
    lines = base.mark_rule(color=STRONGER, strokeWidth=4).encode(
        x=alt.X("low:Q", title=_AXES[unit]), x2="high:Q", tooltip=tooltip
    )
    dots = base.mark_circle(color=STRONGER, size=170, opacity=1).encode(x=x, tooltip=tooltip)
    figures = base.mark_text(dy=-15, fontSize=_FONT, color=ink).encode(
        x=x, text=alt.Text("figure:Q", format=form)
    )
    layers = [none, lines, dots, figures]
    if rows["published"].notna().any():
        layers.append(
            base.transform_filter("isValid(datum.published)")
            .mark_point(shape="diamond", size=170, strokeWidth=2.5, color=DOUBLE, opacity=1)
            .encode(
                x="published:Q",
                tooltip=[alt.Tooltip("published", title="The report", format=form)],
            )
        )
    return _bare(alt.layer(*layers).properties(height=alt.Step(54)), ink)


def tenths(table: pd.DataFrame, measure: str, ink: str = INK) -> alt.Chart:
    """Of each 100 areas of a group, how many stand in each tenth: bars side by side.

    table: `evidence_figures.tenths_table`; measure: one of its measures.
    """
    rows = table[table["measure"] == measure]
    keys = [key for key in GROUPS if key in set(rows["group"])]
    rows = rows.assign(name=rows["group"].map({key: GROUPS[key][0] for key in keys}))
    names, colours = zip(*(GROUPS[key] for key in keys), strict=True)
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("tenth:O", title="Tenth of England’s areas, 1 the worst").axis(labelAngle=0),
            xOffset=alt.XOffset("name:N", sort=list(names)),
            y=alt.Y("share:Q", title="Of each 100 areas").axis(tickCount=4),
            color=alt.Color("name:N", sort=list(names)).scale(
                domain=list(names), range=list(colours)
            ),
            tooltip=[
                alt.Tooltip("name", title="Areas"),
                alt.Tooltip("tenth", title="Tenth"),
                alt.Tooltip("share", title="Of each 100", format=".1f"),
                alt.Tooltip("areas", title="How many areas", format=","),
            ],
        )
        .properties(height=330)
    )
    return _bare(chart, ink)


def paths(
    table: pd.DataFrame, period: str, ink: str = INK, *, with_key: bool = False
) -> alt.LayerChart:
    """How deprived areas of England and of each city region did: gained, kept pace, fell back.

    table: `evidence_figures.paths_table`. The order of the parts is the same in every bar; the
    page has their key, PATHS in PATH_COLOURS, and a picture by itself brings it: with_key.
    """
    order = list(PATHS)
    rows = table[table["period"] == period]
    rows = rows.assign(name=rows["path"].map(PATHS), place=rows["path"].map(order.index))
    base = alt.Chart(rows).encode(
        y=alt.Y("region:N", sort=None, title=None).axis(
            ticks=False, domain=False, labelLimit=_NAMES_WIDTH, labelPadding=8
        ),
        x=alt.X("share:Q", stack="zero", title="Percent of deprived small areas")
        .scale(domain=[0, 100])
        .axis(tickCount=5),
        order=alt.Order("place:Q"),
        tooltip=[
            alt.Tooltip("region", title="Where"),
            alt.Tooltip("name", title="Path"),
            alt.Tooltip("areas", title="Small areas", format=","),
            alt.Tooltip("share", title="Percent", format=".0f"),
        ],
    )
    bars = base.mark_bar(height=26).encode(
        color=alt.Color("name:N", legend=alt.Undefined if with_key else None).scale(
            domain=list(PATHS.values()), range=list(PATH_COLOURS.values())
        )
    )
    return _bare(bars.properties(height=alt.Step(40)), ink)
