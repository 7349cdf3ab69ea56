"""What if: close places or open new ones, and see who gains and who loses."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import (
    briefing_scenarios,
    effect_sentences,
    legend,
    profile_view,
    scenarios,
    what_if_map,
    what_if_places,
    what_if_view,
)
from geo.areas import SMALL_AREA
from geo.effects import Effect
from geo.placing import to_grid
from geo.postcodes import Place
from geo.reached import REACHED
from geo.search import Match
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView
from pages import (
    briefing_button,
    frame,
    own_places,
    scenario_data,
    search_box,
    share,
    shown_map,
    spoken,
    what_if_controls,
    what_if_results,
)
from pages.what_if_controls import CLICK_CLOSES, CLICK_OPENS

_MAP = "what-if map"
HEIGHT = 560


def _effect_on_screen(kind: str, walk: str, changes: str) -> Effect:
    """The same with the reader's own places, where they count; that stays in the session."""
    if not own_places.counts_any((kind,)):
        return scenario_data.effect(kind, walk, changes)
    return own_places.latest(
        "effect",
        (kind, walk, changes),
        lambda: scenario_data.work_out(kind, walk, changes, own_places.with_listed(kind)),
    )


def _go(match: Match) -> bool:
    """Asks the same of another place; False where the answer is no one area."""
    chosen = profile_view.area_of(match, frame.store().small_areas)
    if chosen is None:
        return False
    what_if_controls.show(what_if_controls.asked().near(chosen))
    return True


def _clicked() -> None:
    """A click on the map opens a place there or closes the nearest, as the reader has set."""
    click = shown_map.clicked(_MAP, SMALL_AREA)
    if click is None:
        return
    mode = what_if_controls.click_mode()
    easting, northing = (float(axis) for axis in to_grid(click.longitude, click.latitude))
    if mode == CLICK_OPENS:
        what_if_controls.open_at(easting, northing)
    elif mode == CLICK_CLOSES:
        what_if_controls.close_nearest(easting, northing)


def _map(view: WhatIfView, effect: Effect | None, changes, listed, postcode: Place | None) -> None:
    national = frame.national()
    look_at = what_if_map.target(view, national, listed, changes)
    shown = what_if_map.state(
        view,
        national,
        effect,
        changes,
        postcode,
        look_at,
        open_to_clicks=what_if_controls.click_mode() in (CLICK_OPENS, CLICK_CLOSES),
    )
    own = own_places.counted_points((view.kind,))
    shown = replace(shown, points=own + shown.points)
    shown_map.draw(
        shown,
        key=_MAP,
        label="Map of who is affected. The tables below have the same figures.",
        height=HEIGHT,
        sources=REACHED[view.kind].sources,
        own=True,
        on_click=_clicked,
    )
    outline = what_if_map.crossing(effect)[1]
    with st.expander("Key to the map"):
        st.html(
            legend.legend(
                what_if_map.LAYER,
                frame.store().sources,
                points=shown.points,
                outlines=[key for key in (outline, shown.council is not None and "council") if key],
                faded=effect is not None,
                pale="nobody there is affected",
            )
        )


def _example() -> None:
    """Why the page opens where it does."""
    case = next((case for case in frame.cases() if case.key == what_if_view.EXAMPLE_CASE), None)
    if case is None:
        return
    st.markdown(
        f"**A worked example.** {frame.plain(case.title)} ({frame.plain(case.years_text)}). "
        "These are the figures with and without it. "
        f"[Read the case study]({frame.within(f'case-studies?case={case.key}')}), or find your "
        "own place above."
    )


def _asked() -> tuple[WhatIfView, Place | None, bool]:
    """The view that the link asks for, its postcode's place, and whether it is the example."""
    view, notices = what_if_view.parse(st.query_params.to_dict())
    is_example = view == what_if_view.EXAMPLE
    view, place, more = what_if_view.known(view, frame.national(), scenario_data.services())
    frame.notices(*notices, *more)
    return view, place, is_example


def _headline(view: WhatIfView, effect: Effect | None, changes: tuple[Change, ...]) -> None:
    kind = REACHED[view.kind]
    said = effect_sentences.NOTHING_YET
    if effect is not None:
        said = effect_sentences.headline(effect, changes, kind, view.threshold.label)
    spoken.sentence(said)


def _briefing(view: WhatIfView, effect: Effect, changes: tuple[Change, ...]) -> None:
    """Two pages of what the changes do."""
    note, places = own_places.counted_note((view.kind,)), own_places.with_listed(view.kind)
    briefing_button.buttons(
        lambda link, made: briefing_scenarios.of_scenario(
            view, effect, changes, places, frame.national(), link, made, note
        ),
        "common-ground-what-if-briefing",
    )


def _page() -> None:
    view, place, is_example = _asked()
    what_if_controls.load(view)
    changes = scenario_data.changes(scenarios.serialise(view.scenario))
    own = tuple(change for change in changes if change.service == view.kind)
    effect = None
    if own:
        changed = scenarios.serialise(what_if_places.scenario_of(own))
        effect = _effect_on_screen(view.kind, view.walk, changed)
    listed = what_if_controls.listed(view, place)
    if frame.is_embedded():
        frame.head_of_embedded("what-if")
        _headline(view, effect, own)
        _map(view, effect, own, listed, place)
        return
    st.title(
        frame.plain(view.scenario.name) or "What if a place closed, or a new one opened?",
        anchor=False,
    )
    with st.container(key="what-if-ask"):
        where, what = st.columns([4, 7], gap="medium", vertical_alignment="top")
    with where:
        search_box.box(_go, page="what-if", label="Find a place")
    with what, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        what_if_controls.service_and_walk(view)
        own_places.tick_count("what-if")
    with st.container():
        what_if_controls.notice()
    with st.container():
        _headline(view, effect, own)
        if own_places.counted_note((view.kind,)):
            frame.note(own_places.counted_note((view.kind,)))
    with st.container(key="what-if-more"):
        if is_example:
            _example()
        with share.group():
            if effect is not None:
                _briefing(view, effect, own)
    with st.container(key="what-if-map"):
        shown, side = st.columns([6, 4], gap="medium")
    with shown:
        what_if_controls.clicks()
        _map(view, effect, own, listed, place)
    with side:
        what_if_controls.changes(view, changes)
        what_if_controls.near(view, place, listed)
        what_if_controls.open_by_postcode(view)
    if effect is not None:
        with st.container(key="below"):
            what_if_results.results(view, effect, own)


_page()
