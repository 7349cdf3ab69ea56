"""The map of a briefing on one area: its small areas and those around it, with libraries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo import briefing_map, layers, sentences
from geo import profile_sentences as words
from geo.areas import SMALL_AREA
from geo.briefing_map import inside
from geo.larger_areas import COUNCIL
from geo.national import National
from geo.print_spec import Box, MapSpec, Name, Symbols
from geo.profiles import Outline

ASPECT = 1.06
# An area takes this share of its map: little enough to show what is around it.
COUNCIL_FILL, USUAL_FILL, ALONE_FILL = 0.9, 0.42, 0.85
LEAST_WIDTH_M = 2_500.0
AMONG = "England’s small areas"
# Beside libraries: label, kinds, shape, colour. No two things drawn share a shape.
MEETING_PLACES = (
    ("Community hub, centre or hall on record", ("community_hub", "hall"), "star", "#B8400E"),
    ("Youth club or centre on record", ("youth_centre",), "plus", "#A3157A"),
)
# More of these than this would hide the map and its libraries.
MOST_MEETING_PLACES = 25
# And more of all than this a map that is one of several.
MOST_ON_SMALL = 40
NAMED_LIBRARIES = 6


def area_map(
    profile: Outline,
    national: National,
    layer: str = "imd",
    aspect: float = ASPECT,
    title: str = "",
) -> MapSpec:
    """An area among its neighbours, small areas coloured by a layer.

    aspect: width over height. title: instead of one that says area and layer; maps with one of
    their own stand beside others, and their outlines share a word in the key. Small areas are drawn
    for every level, so that a neighbourhood's or council's differences show.
    """
    store = national.store
    outlines = store.level_shapes(SMALL_AREA)
    shapes = outlines.geometry.to_numpy()
    frame = store.small_areas
    box, seen = _view(profile, outlines, aspect)
    chosen_layer = layers.at_level(layers.layer(layer), "lsoa")
    around = frame.iloc[seen]
    symbols = _symbols(national, box)
    if title and sum(len(kind.xy) for kind in symbols) > MOST_ON_SMALL:
        symbols = ()
    called = words.title(profile)
    return MapSpec(
        title=title or f"{called}: {chosen_layer.label}",
        alt=_in_words(called, chosen_layer, profile, national, box),
        layer=chosen_layer,
        among=AMONG,
        shapes=shapes[seen],
        classes=layers.classes(chosen_layer, frame)[seen],
        box=box,
        chosen=tuple(np.flatnonzero(np.isin(seen, profile.members)).tolist()),
        chosen_label="Area compared" if title else words.short_name(profile),
        councils=around["ltla24_code"].to_numpy(),
        symbols=symbols,
        names=_names(profile, around),
        credit=briefing_map.credit(national, chosen_layer.sources),
    )


def _view(profile: Outline, outlines, aspect: float) -> tuple[Box, np.ndarray]:
    """The box to show, and the numbers of the small areas in it."""
    fill = COUNCIL_FILL if profile.level == COUNCIL else USUAL_FILL
    box, seen = briefing_map.around(outlines, profile.members, aspect, fill, LEAST_WIDTH_M)
    if len(seen) == len(profile.members):
        # An island: there is only sea around it.
        box, _ = briefing_map.around(outlines, profile.members, aspect, ALONE_FILL, LEAST_WIDTH_M)
    return box, seen


def _names(profile: Outline, around: pd.DataFrame) -> tuple[Name, ...]:
    """Neighbourhoods in sight, or councils where a council is shown; the area's own first."""
    column, named = "msoa21_code", "neighbourhood_name"
    if profile.level == COUNCIL:
        column, named = "ltla24_code", "council"
    own = profile.code if profile.level != SMALL_AREA else profile.area["msoa21_code"]
    return briefing_map.names(around[column].to_numpy(), around[named].tolist(), (own,))


def _symbols(national: National, box: Box) -> tuple[Symbols, ...]:
    """Libraries open and closed, and meeting places, in the box."""
    drawn = list(briefing_map.libraries(national, box))
    places = inside(national.places, box)
    for label, kinds, shape, colour in MEETING_PLACES:
        rows = places[places["kind"].isin(kinds)]
        if 0 < len(rows) <= MOST_MEETING_PLACES:
            drawn.append(Symbols(label, shape, colour, briefing_map.positions(rows)))
    return tuple(drawn)


def _in_words(
    title: str,
    layer: layers.Layer,
    profile: Outline,
    national: National,
    box: Box,
) -> str:
    """The map for who cannot see it: where the area's parts stand, and which libraries are near."""
    parts = [f"Map of {title} and what is around it, coloured by {layer.label.lower()}."]
    own = layers.classes(layer, national.store.small_areas)[profile.members]
    found = pd.Series(own).value_counts().sort_index()
    told = [
        f"{sentences.count(int(areas), 'small area')}: {layer.labels[number]}"
        for number, areas in found.items()
        if number < len(layer.labels)
    ]
    if told:
        parts.append(f"{'; '.join(told)}.")
    libraries = inside(national.store.libraries, box)
    names = sorted(libraries.loc[libraries["status"] == "open", "name"])
    if len(names) > NAMED_LIBRARIES:
        parts.append(f"{len(names):,} open libraries are on the map.")
    elif names:
        parts.append(f"Open libraries on the map: {sentences.joined(names)}.")
    else:
        parts.append("No open library is on the map.")
    return " ".join(parts)
