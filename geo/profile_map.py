"""What the small map of a profile shows: the area among its neighbours, and places near it."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
# In a whole council only what people meet in is drawn: all the rest would cover it.
COUNCIL_KINDS = (
    "library", "family_hub", "childrens_centre", "youth_centre", "community_hub", "hall",
)  # fmt: skip


def state(profile: Profile, national: National, postcode: Place | None = None) -> MapState:
    """Everything the engine draws for a profile."""
    small_areas = national.store.small_areas
    inside = np.zeros(len(small_areas), dtype=bool)
    inside[profile.members] = True
    is_council = profile.level == COUNCIL
    faded = ~inside if is_council else None
    colours, labels = layers.look(LAYER)
    selected = None
    if profile.level in (SMALL_AREA, NEIGHBOURHOOD):
        selected = ("lsoa" if profile.level == SMALL_AREA else "msoa", profile.row)
    area = profile.area
    return MapState(
        level="lsoa",
        values=layers.encode(layers.classes(LAYER, small_areas), faded),
        colours=colours,
        labels=labels,
        title=LAYER.label,
        council=profile.row if is_council else None,
        selected=selected,
        highlighted=tuple(profile.members.tolist()) if profile.level == WARD else (),
        points=points(places_drawn(profile, national)),
        marker=postcode and Marker(postcode.latitude, postcode.longitude, postcode.postcode),
        view=Fit(
            float(area["south"]) - ROOM,
            float(area["west"]) - 1.6 * ROOM,
            float(area["north"]) + ROOM,
            float(area["east"]) + 1.6 * ROOM,
            key=f"profile {profile.code}",
        ),
    )


def places_drawn(profile: Profile, national: National) -> pd.DataFrame:
    """Places to draw: within a mile of where distances start, or a council's meeting places."""
    places = national.places
    if profile.near is not None:
        start = profile.start
        found = nearby.drawn(profile.near, places, start.easting, start.northing, MILE_M)
        return found[found["kind"].isin(nearby.SHOWN)]
    return profile.inside[profile.inside["kind"].isin(COUNCIL_KINDS)]


def points(places: pd.DataFrame) -> tuple[Points, ...]:
    """The places as symbols, one a group of kinds, each with its name and what it is."""
    found = []
    for group, shape in _SHAPES.items():
        kinds = {key: kind for key, kind in KINDS.items() if kind.group == group}
        own = places[places["kind"].isin(kinds)]
        if own.empty:
            continue
        colour = next(iter(kinds.values())).colour
        rows = tuple(
            (
                float(row.longitude),
                float(row.latitude),
                place_name(row.name_, row.kind),
                f"{kinds[row.kind].singular}\n{kinds[row.kind].how_complete}",
            )
            for row in own.rename(columns={"name": "name_"}).itertuples(index=False)
        )
        key = f"near-{shape}"
        found.append(Points(key, group, shape, colour, rows=rows))
    return tuple(found)
