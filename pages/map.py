"""The map: deprivation, social infrastructure and places, and a link to what is on screen."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from geo import known, layers, legend, map_view, maps, selection, sentences, tables
from geo.downloads import picture_of_map
from geo.points import POINT_SETS, drawn
from geo.selection import Totals
from geo.view import View
from geo.view_map import view_map
from pages import (
    area_panel,
    downloads,
    drawers,
    frame,
    map_controls,
    meeting,
    own_places,
    search_box,
    share,
    shown_map,
    spoken,
)

_CLICKS = "map clicks"
_TARGET = "map target"
_STAY = "map stays"
HEIGHT = 620
TABLES_KEPT = 16


def _clicked() -> None:
    """A click on the map chooses the area under it, and leaves the map where it is."""
    view, _ = frame.asked()
    reply = st.session_state.get("map") or {}
    click = maps.click(reply.get("last_clicked"), map_view.TILE_LEVELS[view.level])
    if click is None or click.serial == st.session_state.get(_CLICKS):
        return
    st.session_state[_CLICKS] = click.serial
    codes = frame.store().level(view.level)["code"]
    code = None
    if click.area is not None and click.area < len(codes):
        code = codes.iat[click.area]
    if code != view.area:
        frame.show(replace(view, area=code, postcode=None))
        st.session_state[_STAY] = True


def _look_at(view: View):
    """Where the map should be: it moves for a search or a link, not for a click or a layer."""
    target = map_view.target(view, frame.store())
    if st.session_state.pop(_STAY, False):
        target = st.session_state.get(_TARGET, target)
    st.session_state[_TARGET] = target
    return target


def _map(view: View, keep) -> None:
    store = frame.store()
    shown = map_view.state(view, store, keep, _look_at(view))
    shown = replace(shown, points=shown.points + own_places.shown_points())
    shown_map.draw(
        shown,
        key="map",
        label="Map of England. The table below has the same figures.",
        height=HEIGHT,
        own=True,
        on_click=_clicked,
    )


def _legend(view: View) -> None:
    level = map_view.TILE_LEVELS[view.level]
    outlines = [
        {"double": "double", "left-behind": "left", "wards": "ward"}[key] for key in view.outlines
    ]
    st.html(
        legend.legend(
            layers.at_level(layers.layer(view.layer), level),
            frame.store().sources,
            level=level,
            points=drawn(view.points) + own_places.shown_points(),
            outlines=outlines + (["selected"] if view.area else []),
            faded=view.is_filtered,
            folded=view.area is not None or frame.is_embedded(),
        )
    )


@st.cache_resource(show_spinner=False, max_entries=TABLES_KEPT)
def _left(level: str, kept: bytes) -> tuple[Totals, pd.DataFrame, pa.Table]:
    """What is left: its size, its table for files and as it is shown; most readers see the same.

    kept: which areas, a bit each.
    """
    areas_ = frame.store().level(level)
    keep = np.unpackbits(np.frombuffer(kept, np.uint8), count=len(areas_)).astype(bool)
    listed = tables.area_table(areas_, keep, level)
    return selection.totals(areas_, keep), listed, tables.on_screen(listed, level)


def _table(view: View, kept: bytes) -> None:
    store = frame.store()
    _, _, shown = _left(view.level, kept)
    st.header("The same areas as a table", anchor="table")
    st.dataframe(
        shown,
        hide_index=True,
        lazy=True,
        height=380,
        column_config=frame.columns(dict.fromkeys(tables.THOUSANDS, "localized")),
    )

    def listed() -> pd.DataFrame:
        return _left(view.level, kept)[1]

    def shapes() -> gpd.GeoDataFrame:
        outlines, code = store.level_shapes(view.level), tables.CODES[view.level]
        return tables.with_shapes(listed(), outlines, code)

    downloads.popover(
        "map",
        downloads.table("The table", "areas", listed, tables.SOURCES, shapes=shapes),
        picture_of_map("The map", "map", lambda: view_map(view, frame.national())),
    )
    st.caption(f"{sentences.DETOUR} {sentences.NOT_EVERYONE}")


def _page() -> None:
    store = frame.store()
    asked, notices = frame.asked()
    view, more = known.known(asked, store, {row.key for row in POINT_SETS})
    map_controls.load(view, afresh=frame.came_from_elsewhere(asked))
    frame.notices(*notices, *more)
    keep = selection.selected(view, store.level(view.level))
    if frame.is_embedded():
        frame.head_of_embedded("")
        _map(view, keep)
        _legend(view)
        return
    frame.unseen("Map", level=1)
    search_box.box()
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        map_controls.layer_and_level()
        drawers.drawer(
            "Filters",
            lambda: map_controls.filters(view, store),
            icon=":material/filter_alt:",
            key="map filters",
        )
        drawers.drawer(
            "On the map",
            lambda: map_controls.what_to_draw(view),
            icon=":material/layers:",
            key="map drawn",
            says=lambda: (st.query_params.to_dict(), own_places.are_shown()),
        )
        share.group()
    with st.container(key="meeting-steps"):
        if frame.is_meeting():
            meeting.layer_steps(view)
    kept = np.packbits(keep).tobytes()
    left, _, _ = _left(view.level, kept)
    said = sentences.what_is_left(left, view.level, view.is_filtered)
    if frame.is_meeting() and not view.is_filtered:
        said = ""
    spoken.sentence(said)
    with st.container(key="map-and-panel"):
        shown, side = st.columns([7, 3], gap="medium")
    with shown:
        _map(view, keep)
    with side:
        _legend(view)
        area_panel.panel(view)
    with st.container(key="areas-table"):
        _table(view, kept)


_page()
