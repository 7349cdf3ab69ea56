"""The parts of the map page: what is drawn again alone, and what readers share."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from geo import known, layers, legend, map_view, selection, tables
from geo.points import POINT_SETS, drawn
from geo.selection import Totals
from geo.view import View
from pages import area_panel, frame, own_places, shown_map

MAP = "map and panel"
HEIGHT = 620
_MAP = "map"
_KEPT = 16


class Left(NamedTuple):
    """The areas that the filters leave, which most readers share.

    keep: True for each that stays. totals: what they add up to. listed, shown: their table for
    files, and as it stands on the page.
    """

    keep: np.ndarray
    totals: Totals
    listed: pd.DataFrame
    shown: pa.Table


def view_asked() -> tuple[View, tuple[str, ...]]:
    """The view that the address asks for, of what the tables know, and notices of the rest."""
    asked, notices = frame.asked()
    view, more = known.known(asked, frame.store(), {row.key for row in POINT_SETS})
    return view, (*notices, *more)


def without_area(view: View) -> View:
    """What stands around the map: the same for every area and layer chosen on it."""
    return replace(view, layer=View().layer, area=None, postcode=None, at=None)


def left(view: View) -> Left:
    """What the filters of `view` leave."""
    plain = View()
    drawn_alike = replace(
        without_area(view),
        outlines=plain.outlines,
        points=plain.points,
        background=plain.background,
    )
    return _left(drawn_alike)


@lru_cache(maxsize=_KEPT)
def _left(view: View) -> Left:
    areas_ = frame.store().level(view.level)
    keep = selection.selected(view, areas_)
    listed = tables.area_table(areas_, keep, view.level)
    shown = tables.on_screen(listed, view.level)
    return Left(keep, selection.totals(areas_, keep), listed, shown)


def _clicked() -> None:
    """A click on the map chooses the area under it, and leaves the map where it is."""
    view, _ = frame.asked()
    click = shown_map.clicked(_MAP, view.level)
    if click is None:
        return
    code = shown_map.code_under(click, view.level)
    if code != view.area:
        chosen = replace(view, area=code, postcode=None)
        frame.show(chosen)
        shown_map.stay(_MAP, chosen)
        frame.redraw_meeting()


def _map(view: View) -> None:
    shown = map_view.state(view, frame.store(), left(view).keep, shown_map.look_at(_MAP, view))
    shown = replace(shown, points=shown.points + own_places.shown_points())
    shown_map.draw(
        shown,
        key=_MAP,
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


@frame.part(MAP, page="")
def map_and_panel() -> None:
    """The map, its key and the chosen area: a click or another layer changes nothing else."""
    view, _ = view_asked()
    if frame.is_embedded():
        frame.head_of_embedded("")
        _map(view)
        _legend(view)
        return
    with st.container(key="map-and-panel"):
        shown, side = st.columns([7, 3], gap="medium")
    with shown:
        _map(view)
    with side:
        _legend(view)
        area_panel.panel(view)
