"""A map on a page: its script, kept ready for all readers, and the state that is drawn in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo import exports, layers, map_values, map_view, maps
from geo.maps import At, Click, Fit, MapState
from geo.view import View
from pages import frame, own_places


@st.cache_resource(show_spinner=False, max_entries=64)
def _ready(attribution: str, label: str) -> folium.Map:
    return maps.base_map(attribution=attribution, label=label, scripts=frame.scripts())


@st.cache_resource(show_spinner=False)
def _value_files() -> dict[str, str]:
    return map_values.files(frame.STATIC)


def draw(
    state: MapState,
    *,
    key: str,
    label: str,
    height: int,
    sources: Sequence[str] = (),
    own: bool = False,
    on_click: Callable[[], None] | None = None,
) -> None:
    """Draws `state`.

    key: of the session, where a click is found too. label: what a screen reader calls the map.
    height: in pixels. sources: keys of the register for what stands on it besides areas. own:
    whether places of the reader's own may. on_click: called after each click; none are sent
    without it.
    """
    keys = list(dict.fromkeys([*layers.MAP_SOURCES, *sources]))
    said = exports.credit(frame.store().sources, keys).source
    base = maps.copy_of(_ready(said, label))
    if own and (attribution := own_places.attribution(said)) != said:
        # What names a reader's own files is not kept where others' maps are.
        base = maps.base_map(attribution=attribution, label=label, scripts=frame.scripts())
    st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_clicked"] if on_click else [],
        feature_group_to_add=maps.state_group(state, _value_files()),
        on_change=on_click,
        render=False,
    )


def clicked(key: str, level: str) -> Click | None:
    """A click on the map of that key that was not answered yet. level: of `geo.areas`."""
    reply = st.session_state.get(key)
    said = reply.get("last_clicked") if isinstance(reply, dict) else None
    click = maps.click(said, map_view.TILE_LEVELS[level])
    kept = _kept(key)
    if click is None or click.serial == kept.get("serial"):
        return None
    kept["serial"] = click.serial
    return click


def code_under(click: Click, level: str) -> str | None:
    """The code of the area that was clicked, if there is one."""
    codes = frame.store().level(level)["code"]
    if click.area is None or click.area >= len(codes):
        return None
    return codes.iat[click.area]


def look_at(key: str, view: View) -> Fit | At:
    """Where a map should be: it moves for a search or a link, not for a click or a layer.

    Nor does it when the panel of an area is closed. view: of which only the place counts.
    """
    kept = _kept(key)
    place, before = _place(view), kept.get("place")
    closed = before is not None and view.area is None and before[:3] == place[:3]
    if "target" not in kept or not (closed or place in (before, kept.get("clicked"))):
        kept["target"] = map_view.target(view, frame.store())
    kept["place"] = place
    return kept["target"]


def stay(key: str, view: View) -> None:
    """Leaves the map where it is when `view`, which a click on it chose, is drawn."""
    _kept(key)["clicked"] = _place(view)


def _kept(key: str) -> dict[str, Any]:
    """What is known of a map until its reader turns to another page, where it is drawn anew."""
    return frame.of_this_page().setdefault(f"map {key}", {})


def _place(view: View) -> tuple:
    return (view.councils, view.regions, view.at, view.area, view.postcode)
