"""Charts of a profile and of areas side by side. Each says its figures in text too.

`ink` is the colour of text, so that a chart can be read on a light and on a dark page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from geo import releases
from geo.cells import Table
from geo.charts import INK, Drawing, as_spec, rows_of

BAR = "#1f7a8c"
ENGLAND = "#d1495b"
LINE = "#1f78ad"
# One colour and one letter an area, apart under the three kinds of colour blindness.
AREA_COLOURS = ("#0b5394", "#b45f06", "#6a1b9a")
LETTERS = "ABC"
_FONT = 14
_SMALL_FONT = 13
# What the chart of ages calls the right end of its bars, which each area has of its own.
_ROOM = "room"


def _bare(chart: alt.Chart | alt.LayerChart) -> dict:
    return as_spec(chart.configure_view(stroke=None).configure(background="transparent"))


def _names(field: str, ink: str) -> alt.Y:
    return alt.Y(f"{field}:N", sort=None, title=None).axis(
        ticks=False, domain=False, labelFontSize=_FONT, labelColor=ink, labelLimit=170,
        labelPadding=8,
    )  # fmt: skip


def ages(table: Table, ink: str = INK) -> Drawing:
    """Residents by age as bars, with a line on each for England. table: `profiles.ages`."""
    most = max(*table["share"], *table["england_share"])
    # The figures stand to the right of the longest bar.
    room = {"name": _ROOM, "value": math.ceil(most * 1.18 * 50) / 50}
    return Drawing({**_ages(ink), "params": [room]}, rows_of(table.columns))


@cache
def _ages(ink: str) -> dict:
    base = alt.Chart().encode(y=_names("band", ink))
    room = alt.ExprRef(_ROOM)
    share = alt.X("share:Q").scale(domainMin=0, domainMax=room, nice=True).axis(None)
    tooltip = [
        alt.Tooltip("band:N", title="Age"),
        alt.Tooltip("people:Q", title="People", format=","),
        alt.Tooltip("share:Q", title="Share here", format=".1%"),
        alt.Tooltip("england_share:Q", title="Share in England", format=".1%"),
    ]
    bars = base.mark_bar(color=BAR, height=16).encode(x=share, tooltip=tooltip)
    england = base.mark_tick(color=ENGLAND, thickness=3, size=24, opacity=1).encode(
        x=alt.X("england_share:Q"), tooltip=tooltip
    )
    figures = base.mark_text(align="right", fontSize=_SMALL_FONT, color=ink).encode(
        x=alt.datum(room, type="quantitative"), text=alt.Text("share:Q", format=".0%")
    )
    return _bare((bars + england + figures).properties(height=alt.Step(28)))


def rank_path(path: Table, ink: str = INK) -> Drawing:
    """A small area's place in each release, the most deprived at the foot. path: `releases.path`.

    A ring stands where the area's borders were others than today's.
    """
    return Drawing(_rank_path(tuple(path["release"]), ink), rows_of(path.columns))


@cache
def _rank_path(years: tuple[int, ...], ink: str) -> dict:
    x = alt.X("release:Q", title=None).scale(domain=[years[0] - 1, years[-1] + 1], nice=False)
    x = x.axis(
        values=list(years), format="d", labelFontSize=_SMALL_FONT, labelColor=ink, grid=False,
        labelOverlap=True,
    )  # fmt: skip
    y = (
        alt.Y("place:Q", title=None)
        .scale(domain=[0, 1])
        .axis(
            values=[tenth / 10 for tenth in range(11)],
            labelExpr="datum.value == 0 ? 'Most deprived' : "
            "datum.value == 1 ? 'Least deprived' : ''",
            labelFontSize=_SMALL_FONT,
            labelColor=ink,
            labelLimit=120,
            gridColor=ink,
            gridOpacity=0.15,
            domain=False,
            ticks=False,
        )
    )
    base = alt.Chart().encode(x=x, y=y)
    line = base.mark_line(color=LINE, strokeWidth=3)
    same = alt.datum.change == releases.UNCHANGED
    dots = base.mark_point(size=320, filled=True, opacity=1, strokeWidth=3).encode(
        color=alt.condition(same, alt.value(LINE), alt.value("#ffffff")),
        stroke=alt.value(LINE),
        tooltip=[
            alt.Tooltip("release:Q", title="Release"),
            alt.Tooltip("tenth:Q", title="Tenth (1 = most deprived)"),
            alt.Tooltip("change:N", title="Borders against today’s"),
        ],
    )
    numbers = base.mark_text(fontSize=12, fontWeight="bold").encode(
        text="tenth:Q", color=alt.condition(same, alt.value("#ffffff"), alt.value(LINE))
    )
    return _bare((line + dots + numbers).properties(height=240))


def worst_share(past: Table, ink: str = INK) -> Drawing:
    """Share of an area's small areas in the most deprived tenth. past: `releases.worst_tenth`."""
    return Drawing(_worst_share(ink), rows_of(past.columns))


@cache
def _worst_share(ink: str) -> dict:
    x = alt.X("release:O", title=None).axis(
        labelFontSize=_SMALL_FONT, labelColor=ink, labelAngle=0, ticks=False
    )
    base = alt.Chart().encode(x=x, y=alt.Y("share:Q").scale(domain=[0, 1]).axis(None))
    bars = base.mark_bar(color=LINE, width=alt.RelativeBandSize(0.6)).encode(
        tooltip=[
            alt.Tooltip("release:N", title="Release"),
            alt.Tooltip("worst:Q", title="In the most deprived tenth"),
            alt.Tooltip("areas:Q", title="Small areas"),
        ]
    )
    figures = base.mark_text(dy=-9, fontSize=_SMALL_FONT, color=ink).encode(
        text=alt.Text("share:Q", format=".0%")
    )
    return _bare((bars + figures).properties(height=200))


def beside(
    areas: Sequence[Mapping[str, Any]], names: Sequence[str], keys: Sequence[str],
    labels: Sequence[str], ends: tuple[str, str], ink: str = INK,
) -> Drawing:  # fmt: skip
    """Areas' tenths side by side: a row a measure, in it a line an area, its letter on its tenth.

    areas: rows of their levels' frames, `names` what they are called. keys: measures, `labels`
    their names. ends: what tenth 1 and tenth 10 are.
    """
    rows = [
        {
            "measure": label,
            "letter": LETTERS[number],
            "area": name,
            "tenth": int(area[f"{key}_decile"]),
            "rank": int(area[f"{key}_rank"]),
        }
        for key, label in zip(keys, labels, strict=True)
        for number, (area, name) in enumerate(zip(areas, names, strict=True))
    ]
    return Drawing(_beside(LETTERS[: len(areas)], ends, ink), pa.Table.from_pylist(rows))


@cache
def _beside(compared: str, ends: tuple[str, str], ink: str) -> dict:
    letters = list(compared)
    x = (
        alt.X("tenth:Q", title=None)
        .scale(domain=[0.6, 10.4], nice=False)
        .axis(
            orient="top",
            values=list(range(1, 11)),
            labelExpr=f"datum.value == 1 ? '1 = {ends[0]}' : "
            f"datum.value == 10 ? '10 = {ends[1]}' : ''",
            labelAlign=alt.ExprRef("datum.value == 1 ? 'left' : 'right'"),
            labelFontSize=_SMALL_FONT,
            labelColor=ink,
            gridColor=ink,
            gridOpacity=0.15,
            domain=False,
            ticks=False,
        )
    )
    lane = alt.YOffset("letter:N").scale(domain=letters)
    rows = _names("measure", ink).scale(paddingInner=0.25)
    base = alt.Chart().encode(x=x, y=rows, yOffset=lane)
    dots = base.mark_circle(size=230, opacity=1).encode(
        color=alt.Color("letter:N")
        .scale(domain=letters, range=AREA_COLOURS[: len(letters)])
        .legend(None),
        tooltip=[
            alt.Tooltip("area:N", title="Area"),
            alt.Tooltip("measure:N", title="Measure"),
            alt.Tooltip("tenth:Q", title="Tenth"),
            alt.Tooltip("rank:Q", title="Rank", format=","),
        ],
    )
    marks = base.mark_text(color="#ffffff", fontSize=11, fontWeight="bold").encode(text="letter:N")
    return _bare((dots + marks).properties(height=alt.Step(19)))
