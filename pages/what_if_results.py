"""What a scenario does: who, how far, where else, and for whom; with files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from geo import charts, effect_charts, effect_sentences, effect_tables, sentences, tables
from geo.areas import SMALL_AREA
from geo.briefing_scenario_map import changes_map
from geo.downloads import picture_of_map
from geo.effects import Effect
from geo.reached import REACHED
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView
from pages import downloads, frame, own_places, scenario_data
from pages.html_table import table

_TABS = {
    "deprivation": "Deprivation",
    "age": "Age",
    "double": "Double disadvantage",
    "ward": "Wards",
    "council": "Councils",
}


def results(view: WhatIfView, effect: Effect, changes: Sequence[Change]) -> None:
    """Everything below the map."""
    kind, walk = REACHED[view.kind], view.threshold.label
    names = scenario_data.names()
    left, right = st.columns([6, 4], gap="large")
    with left:
        st.header("Before and after", anchor="before-after")
        if effect.affected_postcodes:
            frame.paragraphs(effect_sentences.who(effect, kind))
        headings = ("Figure", *effect_sentences.before_after_headings(changes))
        st.html(table(headings, effect_tables.before_after(effect, walk, names)))
    with right:
        _elsewhere(view, effect, changes)
    if effect.affected_postcodes:
        _groups(view, effect, names)
        _areas(effect)
    _downloads(view, effect, changes, names)
    frame.note(f"{sentences.DETOUR} {effect_sentences.SPREAD}")
    frame.note(f"A walk of {walk}: {view.threshold.source}. {effect_sentences.how_complete(kind)}")


def _elsewhere(view: WhatIfView, effect: Effect, changes: Sequence[Change]) -> None:
    st.header("Where people would go", anchor="alternatives")
    said = effect_sentences.alternatives(effect, REACHED[view.kind])
    said += effect_sentences.gains(effect, changes)
    frame.paragraphs(said or [effect_sentences.NOWHERE_ELSE])
    if len(effect.alternatives):
        with st.expander("Everyone’s next place, as a table"):
            rows = effect_tables.alternative_rows(effect)
            st.html(table(effect_tables.ALTERNATIVE_HEADINGS, rows))


def _groups(view: WhatIfView, effect: Effect, names: Mapping[str, str]) -> None:
    walk = view.threshold.label
    st.header("Who is affected", anchor="who")
    for group, tab in zip(_TABS, st.tabs(list(_TABS.values())), strict=True):
        with tab:
            if group == "deprivation":
                st.altair_chart(
                    effect_charts.beyond_by_tenth(effect, walk, frame.ink()),
                    alt="People beyond the walk by tenth of deprivation; the table has its figures",
                )
            rows = effect_tables.group_rows(effect_tables.labelled(effect, group, names))
            st.html(table(effect_tables.group_headings(group, walk), rows))


def _areas(effect: Effect) -> None:
    st.header("Small areas", anchor="small-areas")
    listed = effect_tables.area_table(effect, frame.store().small_areas)
    st.dataframe(
        listed.rename(columns=effect_tables.AREA_HEADINGS),
        hide_index=True,
        lazy=True,
        height=320,
        column_config=frame.columns(dict.fromkeys(effect_tables.THOUSANDS, "localized")),
    )


def _downloads(
    view: WhatIfView, effect: Effect, changes: Sequence[Change], names: Mapping[str, str]
) -> None:
    """Every figure, the map and the chart as files."""
    places = own_places.with_listed(view.kind)
    keys = (*effect_tables.SOURCES, *REACHED[view.kind].sources)
    store, walk = frame.store(), view.threshold.label

    def areas() -> pd.DataFrame:
        return effect_tables.area_table(effect, store.small_areas)

    downloads.popover(
        "what-if",
        downloads.table(
            "All figures", "what-if-figures", lambda: effect_tables.figures(effect, names), keys
        ),
        downloads.table(
            "Small areas",
            "what-if-small-areas",
            areas,
            keys,
            shapes=lambda: tables.with_shapes(
                areas(), store.level_shapes(SMALL_AREA), tables.CODES[SMALL_AREA]
            ),
        ),
        downloads.table("Next places", "what-if-next-places", lambda: effect.alternatives, keys),
        picture_of_map(
            "The map",
            "what-if-map",
            lambda: changes_map(view, effect, changes, places, frame.national()),
        ),
        downloads.chart(
            "The chart",
            "what-if-chart",
            lambda: charts.as_spec(effect_charts.beyond_by_tenth(effect, walk)),
            f"People further than {walk}, by tenth of deprivation",
            keys,
        ),
    )
