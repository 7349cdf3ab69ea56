"""What the small map of a profile shows: the area among its neighbours, and places near it."""

from __future__ import annotations

import numpy as np

from geo import layers, nearby
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.asset_kinds import KINDS
from geo.distance import MILE_M
from geo.larger_areas import COUNCIL, WARD
from geo.maps import Fit, MapState, Marker, Points
from geo.national import National
from geo.postcodes import Place
from geo.profile_sentences import place_name
from geo.profiles import Profile

Drawn = list[tuple[str, str, float, float]]
LAYER = layers.layer("imd")
# Degrees of room around an area, so that its neighbours are in sight.
ROOM = 0.006
# A symbol a group: a key of twenty is not a key.
_SHAPES = {
    "Libraries": "square",
    "Children and young people": "circle",
    "Meeting places": "triangle",
    "Clubs, pubs and shops": "diamond",
    "Culture, sport and outdoors": "ring",
    "Health and daily life": "cross",
}
_COLOURS = {kind.group: kind.colour for kind in reversed(KINDS.values())}
# In a whole council only what people meet in is drawn: all the rest would cover it.
COUNCIL_KINDS: tuple[str, ...] = (
    "library", "family_hub", "childrens_centre", "youth_centre", "community_hub", "hall",
)  # fmt: skip


def state(
    profile: Profile, national: National, drawn: Drawn, postcode: Place | None = None
) -> MapState:
    """Everything the engine draws for a profile. drawn: `places_drawn`."""
    classes = national.classes(LAYER)
    is_council, faded = profile.level == COUNCIL, None
    if is_council:
        faded = np.ones(len(classes), dtype=bool)
        faded[profile.members] = False
    colours, labels = layers.look(LAYER)
    selected = None
    if profile.level in (SMALL_AREA, NEIGHBOURHOOD):
        selected = ("lsoa" if profile.level == SMALL_AREA else "msoa", profile.row)
    area = profile.area
    return MapState(
        level="lsoa",
        values=layers.encode(classes, faded),
        colours=colours,
        labels=labels,
        title=LAYER.label,
        council=profile.row if is_council else None,
        selected=selected,
        highlighted=tuple(profile.members.tolist()) if profile.level == WARD else (),
        points=points(drawn),
        marker=Marker(postcode.latitude, postcode.longitude, postcode.postcode)
        if postcode
        else None,
        view=Fit(
            float(area["south"]) - ROOM,
            float(area["west"]) - 1.6 * ROOM,
            float(area["north"]) + ROOM,
            float(area["east"]) + 1.6 * ROOM,
            key=f"profile {profile.code}",
        ),
    )


def places_drawn(profile: Profile, national: National) -> Drawn:
    """Places to draw: within a mile of where distances start, or a council's meeting places.

    Kind, name, longitude and latitude of each.
    """
    start, kinds = profile.start, COUNCIL_KINDS
    places = profile.inside
    if profile.near is not None:
        kinds = nearby.SHOWN
        places = nearby.drawn(profile.near, national.listed, start.easting, start.northing, MILE_M)
    columns = (places[name].tolist() for name in ("kind", "name", "longitude", "latitude"))
    return [place for place in zip(*columns, strict=True) if place[0] in kinds]


def points(places: Drawn) -> tuple[Points, ...]:
    """The places as symbols, one a group of kinds, each with its name and what it is."""
    rows: dict[str, list[tuple]] = {group: [] for group in _SHAPES}
    for key, name, longitude, latitude in places:
        kind = KINDS[key]
        about = f"{kind.singular}\n{kind.how_complete}"
        rows[kind.group].append((longitude, latitude, place_name(name, key), about))
    return tuple(
        Points(f"near-{shape}", group, shape, _COLOURS[group], rows=tuple(rows[group]))
        for group, shape in _SHAPES.items()
        if rows[group]
    )
