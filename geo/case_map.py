"""The map of case studies: each place as precisely as its source names it, over today’s need."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from geo import layers
from geo.areas import SMALL_AREA
from geo.case_records import Case
from geo.case_rules import PINNED
from geo.case_studies import areas_of, link_to, outlined_councils
from geo.layers import Layer
from geo.maps import ENGLAND, Fit, MapState, Points
from geo.store import Store

COLOUR = "#8a5a00"
LEVEL = "lsoa"
# Degrees of context around a place known as a point: a walk around a site, a town with its edges.
_ROOM = {"site": 0.014, "town": 0.03}
# A degree of longitude is about this much shorter than one of latitude in England.
_NARROW = 1.6


def drawn(cases: Iterable[Case]) -> tuple[Points, ...]:
    """The cases known as points: a symbol for sites, a named ring for towns."""
    kinds = {
        "site": ("Case study: the place itself", "pin", False),
        "town": ("Case study: somewhere in this town", "ring", True),
    }
    cases = tuple(cases)
    made = [
        Points(
            f"case-{precision}",
            label,
            shape,
            COLOUR,
            rows=_rows(cases, precision),
            large=True,
            named=named,
        )
        for precision, (label, shape, named) in kinds.items()
    ]
    return tuple(points for points in made if points.rows)


def _rows(cases: tuple[Case, ...], precision: str) -> tuple[tuple, ...]:
    return tuple(
        (
            place.longitude,
            place.latitude,
            _label(place.name),
            "\n".join((case.title, place.name, case.years_text)),
            link_to(case),
        )
        for case in cases
        for place in case.places
        if place.precision == precision
    )


def _label(name: str) -> str:
    """The first part of a place's name, short enough to stand on the map."""
    return re.split(r",| \(", name)[0]


def council_numbers(cases: Iterable[Case], councils: pd.DataFrame) -> tuple[int, ...]:
    """Numbers of the councils to outline, because a case is known no more precisely."""
    codes = councils["ltla24_code"]
    return tuple(int(codes.searchsorted(code)) for code in outlined_councils(cases))


def target(case: Case | None, councils: pd.DataFrame) -> Fit:
    """Where to look: at the places of a case, or at England for all of them and for a nation."""
    boxes = [_box(place, councils) for place in case.places if place.councils] if case else []
    if case is None or not boxes:
        return ENGLAND
    south, west, north, east = zip(*boxes, strict=True)
    return Fit(min(south), min(west), max(north), max(east), key=f"case {case.key}")


def _box(place, councils: pd.DataFrame) -> tuple[float, float, float, float]:
    room = _ROOM.get(place.precision)
    if room:
        return (
            place.latitude - room,
            place.longitude - room * _NARROW,
            place.latitude + room,
            place.longitude + room * _NARROW,
        )
    rows = councils[councils["ltla24_code"].isin(place.councils)]
    return rows["south"].min(), rows["west"].min(), rows["north"].max(), rows["east"].max()


def counted(case: Case, store: Store) -> tuple[int, ...]:
    """Numbers of the small areas that stand for a case known as a point; else its councils do."""
    if {place.precision for place in case.places}.isdisjoint(PINNED):
        return ()
    return tuple(np.flatnonzero(areas_of(case, store.small_areas)).tolist())


def state(
    cases: Iterable[Case],
    layer: Layer,
    store: Store,
    look_at: Fit,
    highlighted: tuple[int, ...] = (),
) -> MapState:
    """Everything the engine draws: the layer for all small areas, and the cases over it.

    highlighted: numbers of small areas to outline.
    """
    cases = tuple(cases)
    layer = layers.at_level(layer, LEVEL)
    colours, labels = layers.look(layer)
    return MapState(
        level=LEVEL,
        values=layers.encode(layers.classes(layer, store.level(SMALL_AREA))),
        colours=colours,
        labels=labels,
        title=layer.label,
        councils=council_numbers(cases, store.table("councils")),
        highlighted=highlighted,
        points=drawn(cases),
        view=look_at,
    )
