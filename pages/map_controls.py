"""The map's controls. Each is drawn from the view and, when used, puts a new view in the link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from geo import layers, points
from geo import view as views
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.store import Store
from geo.view import BACKGROUNDS, MEASURES, OUTLINES, RURAL_URBAN, View, ranges_of
from pages import controls, frame, map_parts, own_places

LEVEL_LABELS = {SMALL_AREA: "Small areas", NEIGHBOURHOOD: "Neighbourhoods"}
OUTLINE_LABELS = {
    "double": "Doubly disadvantaged areas",
    "left-behind": "The 225 wards on the 2019 “left behind” list",
    "wards": "Wards (when zoomed in)",
}
BACKGROUND_LABELS = {"plain": "Plain", "osm": "OpenStreetMap (from openstreetmap.org)"}
_PLAIN_FIELDS = (
    "layer", "level", "councils", "regions", "rural_urban", "double_only", "outlines", "points",
    "background",
)  # fmt: skip
_FILTERS, _DRAWN = "map filters", "map drawn"


def _values(view: View) -> dict[str, object]:
    """The value of every widget for `view`; what a widget gives back is turned round in _view."""
    values: dict[str, object] = {}
    for name in _PLAIN_FIELDS:
        value = getattr(view, name)
        values[name] = list(value) if isinstance(value, tuple) else value
    values["least_m"], values["most_m"] = view.library_m
    for measure in MEASURES:
        values[measure] = view.range_of(measure)
    return values


_CONTROLS = controls.Controls(
    "map",
    _values,
    views.query,
    {
        _FILTERS: (
            "councils", "regions", "rural_urban", "double_only", "least_m", "most_m", *MEASURES,
        ),
        _DRAWN: ("outlines", "points", "background"),
    },
)  # fmt: skip
_key = _CONTROLS.key


def _view(before: View) -> View:
    """The view that the widgets now say; what has no widget on screen stays as it was."""
    shown = _CONTROLS.said(before)
    said = {name: shown[name] for name in _PLAIN_FIELDS}
    for name in ("councils", "regions", "points"):
        said[name] = tuple(sorted(said[name]))
    said["rural_urban"] = tuple(sorted(said["rural_urban"], key=RURAL_URBAN.index))
    said["outlines"] = tuple(sorted(said["outlines"], key=OUTLINES.index))
    least, most = shown["least_m"], shown["most_m"]
    if least is not None and most is not None:
        least, most = sorted((least, most))
    said["ranges"] = ranges_of({measure: shown[measure] for measure in MEASURES})
    moved = tuple(said["councils"]) != before.councils or tuple(said["regions"]) != before.regions
    return replace(
        before,
        **said,
        library_m=(least, most),
        # A newly chosen council or region is looked at; a shared viewport or area no longer is.
        at=None if moved else before.at,
        area=None if moved else before.area,
        postcode=None if moved else before.postcode,
    )


def _used() -> None:
    before, _ = frame.asked()
    frame.show(_view(before))


def _coloured() -> None:
    """Another layer changes the map and its key, and nothing around them."""
    before, _ = frame.asked()
    after = _view(before)
    frame.show(after)
    if map_parts.without_area(after) == map_parts.without_area(before):
        frame.redraw(map_parts.MAP)


def layer_and_level(view: View) -> None:
    """Which figure colours the map, and for which areas."""
    _CONTROLS.load(view)
    st.selectbox(
        "Colour the map by",
        [layer.key for layer in layers.LAYERS],
        format_func=lambda key: layers.layer(key).label,
        key=_key("layer"),
        on_change=_coloured,
        width=310,
    )
    st.segmented_control(
        "Areas",
        list(LEVEL_LABELS),
        format_func=LEVEL_LABELS.__getitem__,
        key=_key("level"),
        on_change=_used,
        required=True,
    )


def _decile_slider(measure: str) -> None:
    st.slider(
        layers.layer(measure).label,
        1,
        10,
        key=_key(measure),
        on_change=_used,
    )


@st.cache_resource(show_spinner=False)
def _classes(_store: Store) -> dict[str, str]:
    """What kinds of area are called, by code."""
    classes = _store.table("small_areas").drop_duplicates("ruc21_code")
    return dict(zip(classes["ruc21_code"], classes["ruc21_name"], strict=True))


def filters(view: View, store: Store, says: Callable[[], object]) -> None:
    """A drawer with every filter; areas must pass all of them. says: see `drawers.drawer`."""
    _CONTROLS.drawer(
        _FILTERS,
        view,
        "Filters",
        lambda: _filters(view, store),
        icon=":material/filter_alt:",
        says=says,
    )


def _filters(view: View, store: Store) -> None:
    controls.councils_and_regions(_key, _used, ("All councils", "All regions"))
    st.multiselect(
        "Urban or rural",
        list(RURAL_URBAN),
        format_func=_classes(store).__getitem__,
        key=_key("rural_urban"),
        on_change=_used,
        placeholder="All kinds of area",
    )
    st.toggle("Only doubly disadvantaged areas", key=_key("double_only"), on_change=_used)
    st.caption("Tenths of England’s areas: 1 is the most deprived or the greatest need.")
    _decile_slider("imd")
    _decile_slider("cni")
    chosen = sum(measure not in ("imd", "cni") for measure, *_ in view.ranges)
    with st.expander(f"By domain ({chosen} in use)" if chosen else "By domain"):
        for measure in MEASURES:
            if measure not in ("imd", "cni"):
                _decile_slider(measure)
    st.markdown("**Metres to the nearest open library** (straight line, half of postcodes nearer)")
    least, most = st.columns(2)
    for column, name, label in ((least, "least_m", "At least"), (most, "most_m", "At most")):
        with column:
            st.number_input(
                label,
                min_value=0,
                max_value=100_000,
                step=100,
                value=None,
                key=_key(name),
                on_change=_used,
                placeholder="any",
            )
    if view.is_filtered:
        st.button("Take all filters off", on_click=_take_filters_off)


def _take_filters_off() -> None:
    before, _ = frame.asked()
    frame.show(before.without_filters())


def _called(row: points.PointSet) -> str:
    return row.label if row.label == row.group else f"{row.label} · {row.group}"


def what_to_draw(view: View, says: Callable[[], object]) -> None:
    """A drawer with outlines, places and the background; a reader's own places if there are any.

    says: see `drawers.drawer`.
    """
    _CONTROLS.drawer(
        _DRAWN,
        view,
        "On the map",
        lambda: _what_to_draw(view),
        icon=":material/layers:",
        says=lambda: (says(), own_places.are_shown()),
    )


def _what_to_draw(view: View) -> None:
    sets = {row.key: row for row in points.POINT_SETS}
    st.multiselect(
        "Places",
        list(sets),
        format_func=lambda key: _called(sets[key]),
        key=_key("points"),
        on_change=_used,
        placeholder="Choose kinds of place",
    )
    for key in view.points:
        st.caption(f"{sets[key].label}: {sets[key].how_complete}.")
    st.pills(
        "Outlines",
        list(OUTLINES),
        format_func=OUTLINE_LABELS.__getitem__,
        selection_mode="multi",
        key=_key("outlines"),
        on_change=_used,
    )
    st.radio(
        "Background",
        list(BACKGROUNDS),
        format_func=BACKGROUND_LABELS.__getitem__,
        key=_key("background"),
        on_change=_used,
        horizontal=True,
    )
    own_places.tick_show("map")
