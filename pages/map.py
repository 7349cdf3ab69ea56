"""The map: deprivation, social infrastructure and places, and a link to what is on screen."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import sentences, tables
from geo.downloads import picture_of_map
from geo.view import View
from geo.view_map import view_map
from pages import (
    downloads,
    frame,
    map_controls,
    map_parts,
    meeting,
    search_box,
    share,
    spoken,
)


def _around() -> View:
    """What the controls and the table go by: a click or another layer leaves them as they are."""
    return map_parts.without_area(frame.asked()[0])


def _table(view: View) -> None:
    store = frame.store()
    left = map_parts.left(view)
    st.header("The same areas as a table", anchor="table")
    st.dataframe(
        left.shown,
        hide_index=True,
        lazy=True,
        height=380,
        column_config=frame.columns(dict.fromkeys(tables.THOUSANDS, "localized")),
    )

    def shapes() -> gpd.GeoDataFrame:
        outlines, code = store.level_shapes(view.level), tables.CODES[view.level]
        return tables.with_shapes(listed(), outlines, code)

    def listed() -> pd.DataFrame:
        return left.listed

    downloads.popover(
        "map",
        downloads.table("The table", "areas", listed, tables.SOURCES, shapes=shapes),
        # The map as it is when it is asked for: area and layer may have changed since.
        picture_of_map(
            "The map", "map", lambda: view_map(map_parts.view_asked()[0], frame.national())
        ),
        says=_around,
    )
    st.caption(f"{sentences.DETOUR} {sentences.NOT_EVERYONE}")


def _page() -> None:
    store = frame.store()
    view, notices = map_parts.view_asked()
    frame.notices(*notices)
    if frame.is_embedded():
        map_parts.map_and_panel()
        return
    frame.unseen("Map", level=1)
    search_box.box()
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="small"):
        map_controls.layer_and_level(view)
        map_controls.filters(view, store, _around)
        map_controls.what_to_draw(view, _around)
        share.group()
    with st.container(key="meeting-steps"):
        if frame.is_meeting():
            meeting.layer_steps(view)
    said = sentences.what_is_left(map_parts.left(view).totals, view.level, view.is_filtered)
    if frame.is_meeting() and not view.is_filtered:
        said = ""
    spoken.sentence(said)
    map_parts.map_and_panel()
    with st.container(key="areas-table"):
        _table(view)


_page()
