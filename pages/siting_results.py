"""Where the next places should go: places, curve, what choices cost, and what is unknown."""

from __future__ import annotations

import streamlit as st

from geo import (
    charts,
    sentences,
    siting,
    siting_charts,
    siting_sentences,
    siting_tables,
    what_if_view,
)
from geo.briefing_siting import places_map
from geo.downloads import picture_of_map, points
from geo.effect_sentences import SPREAD, how_complete
from geo.reached import REACHED
from geo.scenarios import Opening, Scenario
from geo.siting_run import Result
from geo.siting_view import SitingView
from geo.what_if_view import WhatIfView
from pages import downloads, frame, scenario_data
from pages.html_table import table

# What the policy is about: where the places are that people meet in.
_POLICY_KINDS = ("library", "family_centre", "youth_centre", "community_hub")


def beside(view: SitingView, result: Result) -> None:
    """Beside the map: the curve, and what the reader's choices cost."""
    st.header("How many are enough", anchor="curve")
    curves = siting_tables.curves(result)
    st.altair_chart(
        siting_charts.curve(curves, view.threshold.label, frame.ink()),
        alt="People within the walk, by the number of places",
    )
    said = siting_sentences.costs(view, result)
    if said:
        st.header("What the choices cost", anchor="costs")
        frame.paragraphs(said)


def places(view: SitingView, result: Result) -> None:
    """The places chosen, and files to take away."""
    chosen = siting_tables.places(result, frame.store().small_areas)
    st.header("The places, in order of gain", anchor="places")
    st.html(table(siting_tables.PLACE_HEADINGS, siting_tables.place_rows(chosen)))
    if view.whose != siting.EVERYONE:
        frame.note(siting_sentences.IN_ORDER)
    _take_away(view, result, chosen)


def other_ways(view: SitingView, result: Result) -> None:
    """The same number of places chosen otherwise, and how all of it was worked out."""
    st.header("What other choices would do", anchor="ways")
    st.html(table(siting_tables.WAY_HEADINGS, siting_tables.way_rows(result)))
    with st.expander("How it was worked out"):
        frame.paragraphs(siting_sentences.worked_out(view, result))


def _take_away(view: SitingView, result: Result, chosen) -> None:
    keys = (*siting_tables.SOURCES, *(key for kind in REACHED.values() for key in kind.sources))
    openings = frozenset(
        Opening(view.kind, int(row.easting), int(row.northing)) for row in chosen.itertuples()
    )
    scenario = WhatIfView(
        kind=view.kind,
        walk=view.walk,
        area=view.area if view.area.startswith("E0") else None,
        scenario=Scenario(openings=openings),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.page_link(
            "what-if",
            label="Open these in What if",
            icon=":material/call_split:",
            query_params=what_if_view.query(scenario),
        )
        downloads.popover(
            "siting",
            downloads.table(
                "The places",
                "where-next-places",
                lambda: chosen,
                keys,
                shapes=lambda: points(chosen),
            ),
            downloads.table(
                "The curve", "where-next-curve", lambda: siting_tables.curves(result), keys
            ),
            picture_of_map(
                "The map",
                "where-next-map",
                lambda: places_map(view, result, chosen, frame.national()),
            ),
            downloads.chart(
                "The chart",
                "where-next-chart",
                lambda: charts.as_spec(
                    siting_charts.curve(siting_tables.curves(result), view.threshold.label)
                ),
                f"People within {view.threshold.label}, by the number of places",
                keys,
            ),
        )


@st.cache_resource(show_spinner=False)
def _policy():
    """Where the places that exist stand; the same for every reader."""
    places = scenario_data.services()
    places = places.assign(kind=places["service"])
    areas = frame.store().small_areas
    wanted = places[places["kind"].isin(_POLICY_KINDS)]
    found = siting.policy_share(wanted, areas, areas["double"].to_numpy())
    return found.set_index("kind").loc[list(_POLICY_KINDS)].reset_index()


def policy() -> None:
    """The policy test: do the places of today stand where need is greatest?"""
    st.header("Do places stand where need is greatest today?", anchor="policy")
    found, kinds = _policy(), {key: REACHED[key] for key in _POLICY_KINDS}
    frame.paragraphs([siting_sentences.policy(found, kinds)])
    st.html(table(siting_tables.POLICY_HEADINGS, siting_tables.policy_rows(found, kinds)))
    frame.note("All England. " + " ".join(how_complete(REACHED[key]) for key in ("youth_centre",)))


def unknown(view: SitingView) -> None:
    """What the answer does not know, and what the figures are."""
    st.header("What this does not know", anchor="unknown")
    st.markdown("\n".join(f"- {line}" for line in siting_sentences.UNKNOWN))
    frame.note(f"{sentences.DETOUR} {SPREAD}")
    frame.note(
        f"A walk of {view.threshold.label}: {view.threshold.source}. "
        f"{how_complete(REACHED[view.kind])}"
    )
