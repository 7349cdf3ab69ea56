"""A map on a page: its script, kept ready for all readers, and the state that is drawn in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo import exports, layers, map_values, maps
from geo.maps import MapState
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
