"""Places near a point or inside an area, kind by kind, and the libraries that closed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geo.asset_kind import LOCAL
from geo.asset_kinds import KINDS
from geo.cells import Cells, Columns, Table
from geo.distance import MILE_M, TWO_MILES_M
from geo.reached import ENGLAND_WIDE

# What the libraries' table tells of a place that other lists do not.
LIBRARY_DETAILS = ("operation", "hours_per_week", "temporarily_closed", "co_located")
# What is told of the nearest place of a kind.
NEAR_DETAILS = ("name", "detail", *LIBRARY_DETAILS)
# Kinds that are shown as places people can go to today.
SHOWN = tuple(key for key in KINDS if key != "library_closed")
_IS_LOCAL = np.array([KINDS[key].completeness == LOCAL for key in SHOWN])
# A local list says nothing of places further from its own than this.
LOCAL_REACH_M = TWO_MILES_M


def with_libraries(places: pd.DataFrame, libraries: pd.DataFrame) -> pd.DataFrame:
    """Every place with what only the libraries' table tells: the columns of LIBRARY_DETAILS.

    places: `assets.every_place`. libraries: that table.
    """
    details = libraries[["asset_id", *LIBRARY_DETAILS]]
    return places.merge(details, on="asset_id", how="left", validate="1:1")


@dataclass(frozen=True)
class Listed:
    """Every place, sorted once for all who ask what is near and what is inside. Change nothing.

    places: `with_libraries`; columns: the same, to take a few rows from. by_kind: the rows of the
    places of SHOWN, kind by kind in their order; starts: where in it each kind starts, and the end.
    by_name: the same rows, kind by kind and name by name; area: the small area's number of each of
    them. eastward: the rows of all places from the west to the east.
    """

    places: pd.DataFrame
    columns: Columns
    by_kind: np.ndarray
    starts: np.ndarray
    by_name: np.ndarray
    area: np.ndarray
    eastward: np.ndarray

    @cached_property
    def england_wide(self) -> Counter[str]:
        """How many places of each kind are on a list that covers England."""
        return Counter(self.places.loc[self.places["source"].isin(ENGLAND_WIDE), "kind"])

    def squares(self, easting: float, northing: float) -> np.ndarray:
        """The squares of metres from a point to the places of `by_kind`: less work than metres."""
        # As floats: the squares of whole metres are too large for the places' whole numbers.
        east, north = self._points[0] - float(easting), self._points[1] - float(northing)
        return east * east + north * north

    def metres(self, easting: float, northing: float, rows: np.ndarray) -> np.ndarray:
        """How far the places of some rows are from a point, in a straight line."""
        found = self.columns.at(rows)
        return np.hypot(found["easting"] - easting, found["northing"] - northing)

    def within(self, easting: float, northing: float, reach_m: float) -> np.ndarray:
        """The rows of the places that are at most reach_m metres from a point, in no order."""
        ends = np.searchsorted(self._eastings, (easting - reach_m - 1, easting + reach_m + 1))
        rows = self.eastward[slice(*ends)]
        return rows[self.metres(easting, northing, rows) <= reach_m]

    @cached_property
    def _points(self) -> tuple[np.ndarray, np.ndarray]:
        found = self.columns.at(self.by_kind)
        return found["easting"], found["northing"]

    @cached_property
    def _eastings(self) -> np.ndarray:
        return self.columns.at(self.eastward)["easting"]


def listed(places: pd.DataFrame) -> Listed:
    """Places (`with_libraries`) ready to be asked about."""
    number = pd.Index(SHOWN).get_indexer(places["kind"])
    by_kind = np.argsort(number, kind="stable")[np.count_nonzero(number < 0) :]
    starts = np.searchsorted(number[by_kind], np.arange(len(SHOWN) + 1))
    names = places["name"].argsort(kind="stable").to_numpy()
    by_name = names[np.argsort(number[names], kind="stable")]
    by_name = by_name[np.count_nonzero(number < 0) :]
    area = places["i"].to_numpy()[by_name]
    eastward = places["easting"].to_numpy().argsort()
    return Listed(places, Columns(places), by_kind, starts, by_name, area, eastward)


def near(places: Listed, easting: float, northing: float, walk_m: float = MILE_M) -> Table:
    """The nearest place of every kind to a point, a row a kind in the order of KINDS.

    Columns: kind, place (the row of the nearest), what is told of it (NEAR_DETAILS), distance_m
    (straight-line metres) and within, how many are at most walk_m away. A kind of which there is
    no record, or only a local one that does not reach here, has an empty name and NaN metres.
    """
    squares = places.squares(easting, northing)
    counts = np.diff(places.starts)
    some = np.flatnonzero(counts)
    starts = places.starts[some]
    least = np.minimum.reduceat(squares, starts)
    hits = np.flatnonzero(squares == np.repeat(least, counts[some]))
    first = hits[np.searchsorted(hits, starts)]
    reaches = ~(_IS_LOCAL[some] & (least > LOCAL_REACH_M**2))
    nearest, within = np.full(len(SHOWN), -1), np.zeros(len(SHOWN), dtype="int64")
    nearest[some] = np.where(reaches, places.by_kind[first], -1)
    is_near = np.add.reduceat(squares <= walk_m**2, starts, dtype="int64")
    within[some] = np.where(reaches, is_near, 0)
    known = nearest >= 0
    distance = np.full(len(SHOWN), np.nan)
    distance[known] = places.metres(easting, northing, nearest[known])
    found = places.columns.at(nearest[known])
    empty = ["" if name == "name" else np.nan for name in NEAR_DETAILS]
    told = iter(zip(*(found[name].tolist() for name in NEAR_DETAILS), strict=True))
    details = zip(*(next(told) if is_known else empty for is_known in known), strict=True)
    return Table(
        {"kind": list(SHOWN), "place": nearest.tolist()}
        | {name: list(cells) for name, cells in zip(NEAR_DETAILS, details, strict=True)}
        | {"distance_m": distance.tolist(), "within": within.tolist()}
    )


def inside(places: Listed, members: np.ndarray) -> Cells:
    """The places people can go to in some small areas, by kind in the order of KINDS and name.

    members: the numbers of the small areas.
    """
    own = np.zeros(places.area.max(initial=0) + 1, dtype=bool)
    own[members[members < len(own)]] = True
    return places.columns.at(places.by_name[own[places.area]])


def drawn(near_: Table, places: Listed, easting: float, northing: float, reach_m: float) -> Cells:
    """The places to draw: those at most reach_m metres away, and the nearest of each kind."""
    nearest = np.array([place for place in near_["place"] if place >= 0], dtype="int64")
    return places.columns.at(np.union1d(places.within(easting, northing, reach_m), nearest))


def closed_by_area(libraries: pd.DataFrame) -> dict[int, list[tuple[str, float]]]:
    """Libraries that have closed since 2010: number of a small area → name and year of each."""
    closed = libraries[libraries["status"] == "closed"]
    found: dict[int, list[tuple[str, float]]] = {}
    columns = (closed[column].tolist() for column in ("i", "name", "closed_year"))
    for area, name, year in zip(*columns, strict=True):
        found.setdefault(area, []).append((name, year))
    return found


def closed_libraries(
    by_area: Mapping[int, Sequence[tuple[str, float]]], members: np.ndarray
) -> Table:
    """Libraries of some small areas that have closed since 2010, the latest first.

    by_area: `closed_by_area`. Columns: name, closed_year (NaN where it is not known: the last).
    """
    closed = [library for area in members.tolist() for library in by_area.get(area, ())]
    closed.sort(key=lambda library: (-np.nan_to_num(library[1], nan=-np.inf), library[0]))
    return Table.of_rows(("name", "closed_year"), closed)
