"""What the maps of all briefings share: which areas and places are in sight, and what is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import exports, points
from geo.maps import Points
from geo.national import National
from geo.print_spec import Box, Name, Symbols, framed
from geo.reached import ENGLAND_WIDE, FAMILY_CENTRE, REACHED, TWO_NAMES

# What is narrower than twice this is not what a map is fitted to.
TAIL_M = 75.0
# Up to so many areas a map is fitted without their tails; of more, the outermost ones decide.
MOST_TRIMMED = 3_000
_OUTWARDS = np.array([1, 1, -1, -1])
SHAPES_SOURCES = ("lsoa21_bgc", "msoa_names")


def extent(shapes: np.ndarray) -> Box:
    """West, south, east and north of areas without their thin tails.

    Norwich, say, holds its river for ten kilometres beyond the city.
    """
    # Outwards on every side is less, so that one search serves all four.
    bounds = shapely.bounds(shapes) * _OUTWARDS
    found = np.fmin.reduce(bounds)
    if len(shapes) <= MOST_TRIMMED:
        trimmed: dict[int, np.ndarray] = {}
        found = np.array([_outermost(shapes, bounds, side, trimmed) for side in range(4)])
    west, south, east, north = (found * _OUTWARDS).tolist()
    return west, south, east, north


def _outermost(
    shapes: np.ndarray, bounds: np.ndarray, side: int, trimmed: dict[int, np.ndarray]
) -> float:
    """How far areas reach on one side without their tails, asking only those that may reach it."""
    best = np.inf
    for row in np.argsort(bounds[:, side]).tolist():
        if not bounds[row, side] < best:
            break
        if row not in trimmed:
            core = shapely.buffer(shapes[row], -TAIL_M)
            kept = shapes[row] if core.is_empty else shapely.buffer(core, TAIL_M)
            trimmed[row] = np.array(kept.bounds) * _OUTWARDS
        best = min(best, trimmed[row][side])
    return best


def around(
    outlines: gpd.GeoDataFrame, rows: np.ndarray, aspect: float, fill: float, least_m: float
) -> tuple[Box, np.ndarray]:
    """A box in which the areas of these rows fill the share `fill`, and the rows in sight."""
    box = framed(extent(outlines.geometry.to_numpy()[rows]), aspect, fill, least_m)
    return box, in_sight(outlines, box)


def in_sight(outlines: gpd.GeoDataFrame, box: Box) -> np.ndarray:
    """The rows of the areas that a box meets, in order."""
    return np.sort(outlines.sindex.query(shapely.box(*box), predicate="intersects"))


def inside(places: pd.DataFrame, box: Box) -> pd.DataFrame:
    """The places (easting, northing) in a box."""
    west, south, east, north = box
    return places[places["easting"].between(west, east) & places["northing"].between(south, north)]


def symbols(like: Points, rows: pd.DataFrame) -> Symbols:
    """Places as symbols that look as they do on the screen's map."""
    return Symbols(like.label, like.shape, like.colour, positions(rows))


def positions(rows: pd.DataFrame) -> tuple[tuple[float, float], ...]:
    """Easting and northing of each row."""
    return tuple(zip(rows["easting"], rows["northing"], strict=True))


def of_kind(national: National, service: str, box: Box) -> Symbols:
    """The open places in a box that do one service, from England-wide lists, in one look.

    service: a key of REACHED.
    """
    kind, places = REACHED[service], inside(national.places, box)
    keys = TWO_NAMES if service == FAMILY_CENTRE.key else (service,)
    rows = places[places["kind"].isin(keys) & places["source"].isin(ENGLAND_WIDE)]
    label = f"{kind.singular[:1].upper()}{kind.singular[1:]}"
    return Symbols(label, kind.shape, kind.colour, positions(rows))


def libraries(national: National, box: Box) -> tuple[Symbols, ...]:
    """Libraries in a box, open by who runs them, and closed since 2010."""
    found = inside(national.store.libraries, box)
    drawn = []
    for kind in points.drawn(("libraries", "closed")):
        run_by = kind.key.removeprefix("library-")
        is_closed = found["status"] == "closed"
        rows = is_closed if run_by == "closed" else ~is_closed & (found["operation"] == run_by)
        if rows.any():
            drawn.append(symbols(kind, found[rows]))
    return tuple(drawn)


def names(codes: np.ndarray, texts: Sequence[str], strong: Iterable[str] = ()) -> tuple[Name, ...]:
    """A name for each group of areas in sight of the same code, `strong` codes first and bold.

    None where there is one group only.
    """
    first = set(strong)
    called = dict(zip(codes.tolist(), texts, strict=True))
    order = sorted(called, key=lambda code: (code not in first, code))
    if len(order) < 2:
        return ()
    return tuple(
        Name(called[code], tuple(np.flatnonzero(codes == code).tolist()), code in first)
        for code in order
    )


def credit(national: National, keys: Iterable[str]) -> str:
    """The attribution and licence of a map's sources, its outlines' included."""
    every = tuple(dict.fromkeys((*SHAPES_SOURCES, *keys)))
    found = exports.credit(national.store.sources, every)
    return f"{found.source} Licences: {found.licence}."
