"""What the map of the What-if page shows: who is affected, what closes and what is new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo import layers
from geo.effects import Effect
from geo.larger_areas import COUNCIL, level_of
from geo.maps import ENGLAND, At, Fit, MapState, Marker, Points
from geo.national import National
from geo.points import LIBRARIES, POINT_SETS
from geo.postcodes import Place
from geo.reached import ENGLAND_WIDE, FAMILY_CENTRE, TWO_NAMES
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView

LAYER = layers.layer("imd")
_INK = "#0b0c0c"
# Degrees of room around what is looked at.
_ROOM = 0.006
# So many of the places near an area are in sight at first.
_NEAR = 2


def places(service: str) -> tuple[Points, ...]:
    """The symbols of the places that do a service, from England-wide lists."""
    keys = {"library": (LIBRARIES,), FAMILY_CENTRE.key: TWO_NAMES}.get(service, (service,))
    lists = {f"{key}-{source.replace('_', '-')}" for key in keys for source in ENGLAND_WIDE}
    return tuple(
        points
        for row in POINT_SETS
        if row.key in keys
        for points in row.drawn
        if row.key == LIBRARIES or points.key in lists
    )


def changed(changes: Sequence[Change]) -> tuple[Points, ...]:
    """The changes as large named symbols over the places they concern."""
    rows = {
        closes: tuple(
            (change.longitude, change.latitude, change.label, change.where)
            for change in changes
            if change.closes == closes
        )
        for closes in (True, False)
    }
    found = []
    if rows[True]:
        found.append(
            Points(
                "closed-here", "Closed in this scenario", "cross", _INK, rows=rows[True],
                large=True, named=True,
            )
        )  # fmt: skip
    if rows[False]:
        found.append(
            Points(
                "opened-here", "New in this scenario", "diamond", _INK, rows=rows[False],
                large=True, named=True,
            )
        )  # fmt: skip
    return tuple(found)


def crossing(effect: Effect | None) -> tuple[tuple[int, ...], str | None]:
    """Numbers of the small areas to outline, and what the outline means in the map's key.

    Those where half of the people or more fall outside the walk; where there are none, those
    that come inside it.
    """
    if effect is None:
        return (), None
    for column, key in (("falls_outside", "falls"), ("comes_inside", "comes")):
        numbers = effect.areas.loc[effect.areas[column].astype(bool), "area"]
        if len(numbers):
            return tuple(int(number) for number in numbers), key
    return (), None


def target(
    view: WhatIfView, national: National, near: pd.DataFrame, changes: Sequence[Change]
) -> Fit | At:
    """Where to look: the shared viewport, else the chosen area and what is near or changes.

    near: the places listed.
    """
    if view.at:
        return At(*view.at, key=f"at {view.at}")
    boxes = [(change.latitude, change.longitude) for change in changes]
    row = national.row(view.area) if view.area else None
    if view.area and row is not None:
        area = national.level(level_of(view.area)).iloc[row]
        boxes = [(area["south"], area["west"]), (area["north"], area["east"])]
        if level_of(view.area) != COUNCIL:
            few = near.head(_NEAR)
            boxes += list(zip(few["latitude"], few["longitude"], strict=True))
    if not boxes:
        return ENGLAND
    latitudes, longitudes = (np.array(side, dtype="float64") for side in zip(*boxes, strict=True))
    return Fit(
        latitudes.min() - _ROOM,
        longitudes.min() - 1.6 * _ROOM,
        latitudes.max() + _ROOM,
        longitudes.max() + 1.6 * _ROOM,
        # Opening or closing a place leaves the map where it is.
        key=f"what if {view.kind} {view.area or sorted(c.name for c in changes)} {view.postcode}",
    )


def state(
    view: WhatIfView,
    national: National,
    effect: Effect | None,
    changes: Sequence[Change],
    postcode: Place | None,
    look_at: Fit | At | None,
    open_to_clicks: bool = False,
) -> MapState:
    """Everything the engine draws. Where nobody is affected areas are pale.

    effect: None while nothing changes; then no area is pale. open_to_clicks: a click on a place
    goes to the page and does not describe the place.
    """
    areas = national.store.small_areas
    faded = None
    if effect is not None and len(effect.areas):
        faded = np.ones(len(areas), dtype=bool)
        faded[effect.areas["area"]] = False
    colours, labels = layers.look(LAYER)
    council = None
    if view.area and level_of(view.area) == COUNCIL:
        council = national.row(view.area)
    return MapState(
        level="lsoa",
        values=layers.encode(layers.classes(LAYER, areas), faded),
        colours=colours,
        labels=labels,
        title=LAYER.label,
        council=council,
        highlighted=crossing(effect)[0],
        points=places(view.kind) + changed(changes),
        marker=Marker(postcode.latitude, postcode.longitude, postcode.postcode)
        if postcode
        else None,
        view=look_at,
        open_to_clicks=open_to_clicks,
    )
