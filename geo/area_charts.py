"""Charts of a profile and of areas side by side. Each says its figures in text too.

`ink` is the colour of text, so that a chart can be read on a light and on a dark page.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from geo import releases
from geo.charts import INK

BAR = "#1f7a8c"
ENGLAND = "#d1495b"
LINE = "#1f78ad"
# One colour and one letter an area, apart under the three kinds of colour blindness.
AREA_COLOURS = ("#0b5394", "#b45f06", "#6a1b9a")
LETTERS = "ABC"
_FONT = 14
_SMALL_FONT = 13


def _bare(chart: alt.Chart | alt.LayerChart) -> alt.Chart | alt.LayerChart:
    return chart.configure_view(stroke=None).configure(background="transparent")


def _names(field: str, ink: str) -> alt.Y:
    axis = {"labelFontSize": _FONT, "labelColor": ink, "labelLimit": 170, "labelPadding": 8}
    return alt.Y(f"{field}:N", sort=None, title=None).axis(ticks=False, domain=False, **axis)


def ages(table: pd.DataFrame, ink: str = INK) -> alt.LayerChart:
    """Residents by age as bars, with a line on each for England. table: `profiles.ages`."""
    most = max(table["share"].max(), table["england_share"].max())
    base = alt.Chart(table).encode(y=_names("band", ink))
    # Room at the right for the figures.
    share = alt.X("share:Q").scale(domain=[0, most * 1.18]).axis(None)
    tooltip = [
        alt.Tooltip("band", title="Age"),
        alt.Tooltip("people", title="People", format=","),
        alt.Tooltip("share", title="Share here", format=".1%"),
        alt.Tooltip("england_share", title="Share in England", format=".1%"),
    ]
    bars = base.mark_bar(color=BAR, height=16).encode(x=share, tooltip=tooltip)
    england = base.mark_tick(color=ENGLAND, thickness=3, size=24, opacity=1).encode(
        x=alt.X("england_share:Q"), tooltip=tooltip
    )
    figures = base.mark_text(align="right", fontSize=_SMALL_FONT, color=ink).encode(
        x=alt.datum(most * 1.18), text=alt.Text("share:Q", format=".0%")
    )
    return _bare((bars + england + figures).properties(height=alt.Step(28)))


def rank_path(path: pd.DataFrame, ink: str = INK) -> alt.LayerChart:
    """A small area's place in each release, the most deprived at the foot. path: `releases.path`.

    A ring stands where the area's borders were others than today's.
    """
    years = path["release"].tolist()
    x = alt.X("release:Q", title=None).scale(domain=[years[0] - 1, years[-1] + 1], nice=False)
    x = x.axis(
        values=years, format="d", labelFontSize=_SMALL_FONT, labelColor=ink, grid=False,
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
    base = alt.Chart(path).encode(x=x, y=y)
    line = base.mark_line(color=LINE, strokeWidth=3)
    same = alt.datum.change == releases.UNCHANGED
    dots = base.mark_point(size=320, filled=True, opacity=1, strokeWidth=3).encode(
        color=alt.condition(same, alt.value(LINE), alt.value("#ffffff")),
        stroke=alt.value(LINE),
        tooltip=[
            alt.Tooltip("release", title="Release"),
            alt.Tooltip("tenth", title="Tenth (1 = most deprived)"),
            alt.Tooltip("change", title="Borders against today’s"),
        ],
    )
    numbers = base.mark_text(fontSize=12, fontWeight="bold").encode(
        text="tenth:Q", color=alt.condition(same, alt.value("#ffffff"), alt.value(LINE))
    )
    return _bare((line + dots + numbers).properties(height=240))


def worst_share(past: pd.DataFrame, ink: str = INK) -> alt.LayerChart:
    """Share of an area's small areas in the most deprived tenth. past: `releases.worst_tenth`."""
    x = alt.X("release:O", title=None).axis(
        labelFontSize=_SMALL_FONT, labelColor=ink, labelAngle=0, ticks=False
    )
    base = alt.Chart(past).encode(x=x, y=alt.Y("share:Q").scale(domain=[0, 1]).axis(None))
    bars = base.mark_bar(color=LINE, width=alt.RelativeBandSize(0.6)).encode(
        tooltip=[
            alt.Tooltip("release", title="Release"),
            alt.Tooltip("worst", title="In the most deprived tenth"),
            alt.Tooltip("areas", title="Small areas"),
        ]
    )
    figures = base.mark_text(dy=-9, fontSize=_SMALL_FONT, color=ink).encode(
        text=alt.Text("share:Q", format=".0%")
    )
    return _bare((bars + figures).properties(height=200))


def beside(
    areas: Sequence[pd.Series], names: Sequence[str], keys: Sequence[str], labels: Sequence[str],
    ends: tuple[str, str], ink: str = INK,
) -> alt.LayerChart:  # fmt: skip
    """Areas' tenths side by side: a row a measure, in it a line an area, its letter on its tenth.

    areas: rows of their levels' frames, `names` what they are called. keys: measures, `labels`
    their names. ends: what tenth 1 and tenth 10 are.
    """
    table = pd.DataFrame(
        [
            (label, LETTERS[number], name, int(area[f"{key}_decile"]), int(area[f"{key}_rank"]))
            for key, label in zip(keys, labels, strict=True)
            for number, (area, name) in enumerate(zip(areas, names, strict=True))
        ],
        columns=["measure", "letter", "area", "tenth", "rank"],
    )
    letters = list(LETTERS[: len(areas)])
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
    base = alt.Chart(table).encode(x=x, y=rows, yOffset=lane)
    dots = base.mark_circle(size=230, opacity=1).encode(
        color=alt.Color("letter:N")
        .scale(domain=letters, range=AREA_COLOURS[: len(areas)])
        .legend(None),
        tooltip=[
            alt.Tooltip("area", title="Area"),
            alt.Tooltip("measure", title="Measure"),
            alt.Tooltip("tenth", title="Tenth"),
            alt.Tooltip("rank", title="Rank", format=","),
        ],
    )
    marks = base.mark_text(color="#ffffff", fontSize=11, fontWeight="bold").encode(text="letter:N")
    return _bare((dots + marks).properties(height=alt.Step(19)))
