"""The controls of the What-if page. Each, when used, puts a new view in the link."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from geo import larger_areas, what_if_places, what_if_view
from geo.larger_areas import COUNCIL
from geo.postcodes import Place
from geo.reached import REACHED
from geo.scenarios import MAX_CHANGES, MAX_NAME_LENGTH, Opening, Scenario
from geo.thresholds import THRESHOLDS
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView
from pages import controls, frame, scenario_data

CLICK_LOOKS, CLICK_OPENS, CLICK_CLOSES = "looks", "opens", "closes"
_CLICK_LABELS = {
    CLICK_LOOKS: "Looks",
    CLICK_OPENS: "Opens a new one",
    CLICK_CLOSES: "Closes the nearest",
}
_LISTED = 6
_NOTICE = "what-if notice"
_CLICK_MODE = "what-if click"


def _values(view: WhatIfView) -> dict[str, object]:
    return {"kind": view.kind, "walk": view.walk, "name": view.scenario.name}


_CONTROLS = controls.Controls("what-if", _values, what_if_view.query)
_key, load = _CONTROLS.key, _CONTROLS.load


def asked() -> WhatIfView:
    """The view that the address bar asks for."""
    return what_if_view.parse(st.query_params.to_dict())[0]


def show(view: WhatIfView) -> None:
    """Puts `view` in the address bar; the page is drawn from there."""
    frame.put(what_if_view.query(view))


def _used() -> None:
    view = asked()
    said = _CONTROLS.said(view)
    show(replace(view, kind=said["kind"], walk=said["walk"]))


def service_and_walk(view: WhatIfView) -> None:
    """Which kind of place, and how far is too far."""
    controls.kind_of_place(_key("kind"), _used)
    controls.walk(_key("walk"), _used, f"Chosen now: {THRESHOLDS[view.walk].source}.")


def notice() -> None:
    """What the last click or postcode could not do, once."""
    said = st.session_state.pop(_NOTICE, None)
    if said:
        st.warning(frame.plain(said), icon=":material/info:")


def click_mode() -> str:
    """What a click on the map does."""
    return st.session_state.get(_CLICK_MODE) or CLICK_LOOKS


def clicks() -> None:
    """What a click on the map does, above the map."""
    st.segmented_control(
        "A click on the map",
        list(_CLICK_LABELS),
        format_func=lambda mode: _CLICK_LABELS.get(mode, mode),
        key=_CLICK_MODE,
        default=CLICK_LOOKS,
        required=True,
    )


# Changes


def _change(view: WhatIfView, scenario: Scenario) -> None:
    if len(scenario.closures) + len(scenario.openings) > MAX_CHANGES:
        st.session_state[_NOTICE] = f"A scenario holds at most {MAX_CHANGES} changes."
        return
    show(replace(view, scenario=scenario))


def open_at(easting: float, northing: float) -> None:
    """Opens a new place of the kind on screen, if anyone lives near that spot."""
    view = asked()
    if what_if_places.area_at(scenario_data.residents(), easting, northing) is None:
        st.session_state[_NOTICE] = "Nobody in England lives near that spot: nothing was opened."
        return
    _change(view, view.scenario.open(view.kind, easting, northing))


def close_nearest(easting: float, northing: float) -> None:
    """Closes the open place of the kind on screen that is nearest to a spot."""
    view = asked()
    places = scenario_data.places(view.kind)
    still = places[~places["asset_id"].isin(view.scenario.closures)]
    nearest = what_if_places.near(still, easting, northing, 1)
    if len(nearest):
        _close(nearest["asset_id"].iat[0])


def _close(asset_id: str) -> None:
    view = asked()
    _change(view, view.scenario.close(asset_id))


def _undo(what: str | Opening) -> None:
    view = asked()
    if isinstance(what, str):
        show(replace(view, scenario=view.scenario.keep(what)))
    else:
        show(replace(view, scenario=view.scenario.without(what)))


def _start_again() -> None:
    show(replace(asked(), scenario=Scenario()))


def _named() -> None:
    view = asked()
    name = " ".join(st.session_state[_key("name")].split())[:MAX_NAME_LENGTH].strip()
    show(replace(view, scenario=replace(view.scenario, name=name)))


def _show_kind(kind: str) -> None:
    show(replace(asked(), kind=kind))


def changes(view: WhatIfView, made: Sequence[Change]) -> None:
    """The changes so far, each with a way back, and the scenario's name."""
    st.header("The changes", anchor=False)
    if not made:
        st.write("None yet. Close a place in the list below, or open a new one.")
        return
    with st.container(gap="xsmall"):
        for number, change in enumerate(made):
            _made(view, number, change)
    st.text_input(
        "Name these changes",
        key=_key("name"),
        max_chars=MAX_NAME_LENGTH,
        placeholder="For example: Option B of the budget",
        on_change=_named,
    )
    st.button("Undo all", on_click=_start_again, type="tertiary", icon=":material/restart_alt:")


def _made(view: WhatIfView, number: int, change: Change) -> None:
    """One change, and the button that takes it back."""
    name = change.name if change.closes else change.name.removeprefix("New ")
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        verb = "Closed" if change.closes else "Opened"
        _two_lines(f"{verb}: {name}", change.where)
        with st.container(horizontal=True, width="content", gap="small"):
            if change.service != view.kind:
                st.button(
                    f"Show {frame.plain(REACHED[change.service].plural)}",
                    key=_key(f"show {number}"),
                    on_click=_show_kind,
                    args=(change.service,),
                )
            st.button(
                "Keep it open" if change.closes else "Leave it out",
                key=_key(f"undo {number}"),
                icon=":material/undo:",
                on_click=_undo,
                args=(change.what,),
                help=f"{'Keep' if change.closes else 'Leave out'} {frame.plain(name)}",
            )


def _two_lines(name: str, detail: str) -> None:
    """A name, and what is known of it under it."""
    st.html(
        f"<p><strong>{html.escape(name)}</strong><br>{html.escape(detail)}</p>", width="content"
    )


def listed(view: WhatIfView, place: Place | None) -> pd.DataFrame:
    """The open places to list: nearest to the postcode or area, or those in the council."""
    places = scenario_data.places(view.kind)
    places = places[~places["asset_id"].isin(view.scenario.closures)]
    if view.area is None:
        return places.iloc[:0]
    national = frame.national()
    level = larger_areas.level_of(view.area)
    if level == COUNCIL and place is None:
        return _inside(view.area, places).head(_LISTED)
    easting, northing = (place.easting, place.northing) if place else national.centre(view.area)
    return what_if_places.near(places, easting, northing, _LISTED)


def _inside(area: str, places: pd.DataFrame) -> pd.DataFrame:
    """Those of some places that are in the council that an area is in."""
    areas = frame.store().small_areas
    members = larger_areas.members(area, areas)
    council = areas["ltla24_code"].iat[members[0]]
    in_council = np.flatnonzero((areas["ltla24_code"] == council).to_numpy())
    return what_if_places.inside(places, in_council)


def near(view: WhatIfView, place: Place | None, shown: pd.DataFrame) -> None:
    """Places that can be closed: those near, each with a button, and a list of the rest."""
    kind = REACHED[view.kind]
    st.subheader(f"Close a {kind.singular}", anchor=False)
    if view.area is None:
        st.write(f"Find a place above to list the {kind.plural} near it.")
        return
    with st.container(gap="xsmall"):
        for _, row in shown.iterrows():
            _row(row)
    hidden = set(shown["asset_id"]) | view.scenario.closures
    places = scenario_data.places(view.kind)
    rest = _inside(view.area, places[~places["asset_id"].isin(hidden)])
    if len(rest):
        labels = dict(zip(rest["asset_id"], rest["name"] + ", " + rest["postcode"], strict=True))
        st.selectbox(
            "Another in the council",
            list(labels),
            index=None,
            format_func=lambda key: labels.get(key, key),
            placeholder=f"{len(rest):,} more",
            key=_key(f"another {len(rest)}"),
            on_change=_close_another,
            args=(_key(f"another {len(rest)}"),),
        )


def _close_another(key: str) -> None:
    if st.session_state[key]:
        _close(st.session_state[key])


def _row(row: pd.Series) -> None:
    """One place: the button that closes it, and what is known of it."""
    with st.container(gap=None):
        st.button(
            f"Close **{frame.plain(row['name'])}**",
            key=_key(f"close {row['asset_id']}"),
            icon=":material/close:",
            on_click=_close,
            args=(row["asset_id"],),
            type="tertiary",
        )
        detail = what_if_places.detail(row, row.get("distance_m"))
        st.html(f'<p class="cg-muted cg-under">{html.escape(detail)}</p>')


def open_by_postcode(view: WhatIfView) -> None:
    """A box that opens a new place at a postcode."""
    kind = REACHED[view.kind]
    st.subheader(f"Open a {kind.singular}", anchor=False)
    st.text_input(
        "At a postcode",
        key=_key("open at"),
        placeholder="TN34 2LA",
        on_change=_open_at_postcode,
        help="Or choose “Opens a new one” above the map, and click.",
    )


def _open_at_postcode() -> None:
    text = st.session_state[_key("open at")].strip()
    if not text:
        return
    place = frame.store().postcodes.find(text)
    if place is None:
        st.session_state[_NOTICE] = f"“{text}” is not in the postcode directory."
        return
    st.session_state[_key("open at")] = ""
    open_at(place.easting, place.northing)
