"""What the map shows for a view: colours, faded areas, outlines, places and where to look."""

from __future__ import annotations

import numpy as np

from geo import layers, points
from geo.areas import NEIGHBOURHOOD, SMALL_AREA, level_of
from geo.maps import ENGLAND, At, Background, Fit, MapState, Marker
from geo.store import Store
from geo.view import View

TILE_LEVELS = {SMALL_AREA: "lsoa", NEIGHBOURHOOD: "msoa"}
OPENSTREETMAP = Background(
    url="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    attribution="© OpenStreetMap contributors",
    max_zoom=19,
)
# Degrees of context around a single area: about 1 km, so that its neighbours are in sight.
_ROOM = 0.012


def target(view: View, store: Store) -> Fit | At:
    """Where the map should look: the shared viewport, the chosen area, the councils or England."""
    if view.at:
        return At(*view.at, key=f"at {view.at}")
    if view.area:
        area = store.area(view.area)
        return Fit(
            area["south"] - _ROOM,
            area["west"] - _ROOM * 1.6,
            area["north"] + _ROOM,
            area["east"] + _ROOM * 1.6,
            key=f"area {view.area}",
        )
    frame = store.table("councils")
    if view.councils:
        frame = frame[frame["ltla24_code"].isin(view.councils)]
    elif view.regions:
        frame = frame[frame["region24_code"].isin(view.regions)]
    else:
        return ENGLAND
    return Fit(
        frame["south"].min(),
        frame["west"].min(),
        frame["north"].max(),
        frame["east"].max(),
        key=f"councils {','.join(view.councils or view.regions)}",
    )


def state(view: View, store: Store, keep: np.ndarray, look_at: Fit | At | None) -> MapState:
    """Everything the engine draws for `view`.

    keep: which areas of the level pass the filters; the others fade.
    look_at: where to move; the engine moves once for each new key and then leaves the map alone.
    """
    level = TILE_LEVELS[view.level]
    layer = layers.at_level(layers.layer(view.layer), level)
    colours, labels = layers.look(layer)
    council = None
    if len(view.councils) == 1:
        council = int(store.table("councils")["ltla24_code"].searchsorted(view.councils[0]))
    selected = None
    number = store.area_number(view.area) if view.area else None
    if view.area and number is not None:
        selected = (TILE_LEVELS[level_of(view.area)], number)
    place = store.postcodes.find(view.postcode) if view.postcode else None
    marker = Marker(place.latitude, place.longitude, place.postcode) if place else None
    return MapState(
        level=level,
        values=layers.encode(layers.classes(layer, store.level(view.level)), ~keep),
        colours=colours,
        labels=labels,
        title=layer.label,
        council=council,
        selected=selected,
        double="double" in view.outlines,
        left="left-behind" in view.outlines,
        ward="wards" in view.outlines,
        points=points.drawn(view.points),
        marker=marker,
        view=look_at,
        background=OPENSTREETMAP if view.background == "osm" else None,
    )
