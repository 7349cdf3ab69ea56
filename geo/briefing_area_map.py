"""The map of a briefing on one area: its small areas and those around it, with libraries."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import shapely

from geo import exports, layers, points, sentences
from geo import profile_sentences as words
from geo.areas import SMALL_AREA
from geo.larger_areas import COUNCIL
from geo.national import National
from geo.print_spec import MapSpec, Name, Symbols, framed
from geo.profiles import Profile

ASPECT = 1.06
# An area takes this share of its map: little enough to show what is around it.
COUNCIL_FILL, USUAL_FILL, ALONE_FILL = 0.9, 0.42, 0.85
LEAST_WIDTH_M = 2_500.0
# What is narrower than twice this is not what the map is fitted to.
TAIL_M = 75.0
AMONG = "England’s small areas"
# Beside libraries: label, kinds, shape, colour. No two things drawn share a shape.
MEETING_PLACES = (
    ("Community hub, centre or hall on record", ("community_hub", "hall"), "star", "#B8400E"),
    ("Youth club or centre on record", ("youth_centre",), "plus", "#A3157A"),
)
# More of these than this would hide the map and its libraries.
MOST_MEETING_PLACES = 25
NAMED_LIBRARIES = 6
MAP_SOURCES = ("lsoa21_bgc", "msoa_names")


def area_map(profile: Profile, national: National, layer: str = "imd") -> MapSpec:
    """An area among its neighbours, small areas coloured by a layer.

    Small areas are drawn for every level, so that a neighbourhood's or council's differences show.
    """
    store = national.store
    outlines = store.level_shapes(SMALL_AREA)
    shapes = outlines.geometry.to_numpy()
    frame = store.small_areas
    box, seen = _view(profile, outlines)
    chosen_layer = layers.at_level(layers.layer(layer), "lsoa")
    around = frame.iloc[seen]
    symbols = _symbols(national, box)
    title = words.title(profile)
    return MapSpec(
        title=f"{title}: {chosen_layer.label}",
        alt=_in_words(title, chosen_layer, profile, national, box),
        layer=chosen_layer,
        among=AMONG,
        shapes=shapes[seen],
        classes=layers.classes(chosen_layer, frame)[seen],
        box=box,
        chosen=tuple(np.flatnonzero(np.isin(seen, profile.members)).tolist()),
        chosen_label=words.short_name(profile),
        councils=around["ltla24_code"].to_numpy(),
        symbols=symbols,
        names=_names(profile, around),
        credit=_credit(national, (*MAP_SOURCES, *chosen_layer.sources)),
    )


def _view(profile: Profile, outlines) -> tuple[tuple[float, float, float, float], np.ndarray]:
    """The box to show, and the numbers of the small areas in it."""
    extent = _extent(outlines.geometry.to_numpy()[profile.members])
    fill = COUNCIL_FILL if profile.level == COUNCIL else USUAL_FILL
    box = framed(tuple(extent), ASPECT, fill, LEAST_WIDTH_M)
    seen = np.sort(outlines.sindex.query(shapely.box(*box), predicate="intersects"))
    if len(seen) == len(profile.members):
        # An island: there is only sea around it.
        box = framed(tuple(extent), ASPECT, ALONE_FILL, LEAST_WIDTH_M)
    return box, seen


def _extent(shapes: np.ndarray) -> np.ndarray:
    """West, south, east and north of areas without their thin tails.

    Norwich, say, holds its river for ten kilometres beyond the city.
    """
    cores = shapely.buffer(shapes, -TAIL_M)
    cores = np.where(shapely.is_empty(cores), shapes, shapely.buffer(cores, TAIL_M))
    return shapely.total_bounds(cores)


def _names(profile: Profile, around: pd.DataFrame) -> tuple[Name, ...]:
    """Neighbourhoods in sight, or councils where a council is shown; the area's own first."""
    column, named = "msoa21_code", "neighbourhood_name"
    if profile.level == COUNCIL:
        column, named = "ltla24_code", "council"
    codes = around[column].to_numpy()
    own = profile.code if profile.level != SMALL_AREA else profile.area["msoa21_code"]
    order = sorted(dict.fromkeys(codes.tolist()), key=lambda code: (code != own, code))
    if len(order) < 2:
        return ()
    texts = dict(zip(codes.tolist(), around[named].tolist(), strict=True))
    return tuple(
        Name(texts[code], tuple(np.flatnonzero(codes == code).tolist()), code == own)
        for code in order
    )


def _symbols(national: National, box: tuple[float, float, float, float]) -> tuple[Symbols, ...]:
    """Libraries open and closed, and meeting places, in the box."""
    libraries = _inside(national.store.libraries, box)
    drawn = []
    for kind in points.drawn(("libraries", "closed")):
        run_by = kind.key.removeprefix("library-")
        is_closed = libraries["status"] == "closed"
        rows = is_closed if run_by == "closed" else ~is_closed & (libraries["operation"] == run_by)
        drawn.append((kind.label, kind.shape, kind.colour, libraries[rows]))
    places = _inside(national.places, box)
    for label, kinds, shape, colour in MEETING_PLACES:
        rows = places[places["kind"].isin(kinds)]
        if len(rows) <= MOST_MEETING_PLACES:
            drawn.append((label, shape, colour, rows))
    return tuple(
        Symbols(label, shape, colour, tuple(zip(rows["easting"], rows["northing"], strict=True)))
        for label, shape, colour, rows in drawn
        if len(rows)
    )


def _inside(places: pd.DataFrame, box: tuple[float, float, float, float]) -> pd.DataFrame:
    west, south, east, north = box
    return places[places["easting"].between(west, east) & places["northing"].between(south, north)]


def _in_words(
    title: str,
    layer: layers.Layer,
    profile: Profile,
    national: National,
    box: tuple[float, float, float, float],
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
    libraries = _inside(national.store.libraries, box)
    names = sorted(libraries.loc[libraries["status"] == "open", "name"])
    if len(names) > NAMED_LIBRARIES:
        parts.append(f"{len(names):,} open libraries are on the map.")
    elif names:
        parts.append(f"Open libraries on the map: {sentences.joined(names)}.")
    else:
        parts.append("No open library is on the map.")
    return " ".join(parts)


def _credit(national: National, keys: Iterable[str]) -> str:
    return exports.credit(national.store.sources, tuple(dict.fromkeys(keys))).source
