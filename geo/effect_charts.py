"""Charts of what a scenario does. The same figures stand in a table beside each."""

from __future__ import annotations

import altair as alt
import pandas as pd

from geo.charts import INK, axis_text
from geo.effects import Effect

NOW, AFTER = "Now", "After"
_COLOURS = {NOW: "#9aa5b1", AFTER: "#1D77A6"}


def beyond_by_tenth(effect: Effect, walk: str, ink: str = INK) -> alt.Chart:
    """People beyond the walk now and after, by the deprivation tenth of their small area.

    walk: the chosen walk in words. ink: the colour of text on the page's background.
    """
    table = effect.by_decile
    frame = pd.DataFrame(
        {
            "tenth": [*table["imd_decile"], *table["imd_decile"]],
            "when": [NOW] * len(table) + [AFTER] * len(table),
            "people": [*table["beyond_before_people"], *table["beyond_after_people"]],
        }
    ).round({"people": 0})
    text = axis_text(ink)
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("tenth:O", title="Deprivation tenth (1 = most deprived)").axis(
                labelAngle=0, ticks=False, **text
            ),
            xOffset=alt.XOffset("when:N", sort=[NOW, AFTER]),
            y=alt.Y("people:Q", title=f"People beyond {walk}").axis(
                format="~s", tickCount=5, domain=False, titleFontWeight="normal", **text
            ),
            color=alt.Color("when:N", title=None, sort=[NOW, AFTER])
            .scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
            .legend(orient="top", labelFontSize=14, labelColor=ink),
            tooltip=[
                alt.Tooltip("tenth", title="Deprivation tenth"),
                alt.Tooltip("when", title="When"),
                alt.Tooltip("people", title=f"People beyond {walk}", format=",.0f"),
            ],
        )
        .properties(height=260, background="transparent")
        .configure_view(stroke=None)
    )
