"""Which case studies are near an area, how far, and what that distance rests on.

Where a case was is only known as precisely as its source says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.case_records import Case, Place
from geo.case_rules import PINNED, PRECISIONS
from geo.distance import metres_to
from geo.placing import to_grid

# A case known to be on this spot says more than one known to be somewhere in the council.
DOORSTEP_M = 5_000.0


@dataclass(frozen=True)
class Nearest:
    """A case near an area. metres: straight line, to the middle of the council where no site or
    town is known, 0 within that council. words: the distance and what it rests on."""

    case: Case
    place: Place
    metres: float
    words: str


@dataclass(frozen=True)
class Placed:
    """Where cases are, for all who ask which is near: each with a place of its own in England.

    spots: known as a site or a town, spots_at their eastings and northings (m), a row each. wide:
    known no more precisely than by councils. councils: codes of all, councils_at their middles.
    """

    spots: tuple[tuple[Case, Place], ...]
    spots_at: np.ndarray
    wide: tuple[tuple[Case, Place], ...]
    councils: tuple[str, ...]
    councils_at: np.ndarray


def placed(cases: Iterable[Case], councils: pd.DataFrame) -> Placed:
    """Where cases are. councils: ltla24_code, longitude, latitude (degrees, WGS 84) of all."""
    places = [(case, place) for case in cases for place in case.places if place.councils]
    spots = tuple(pair for pair in places if pair[1].precision in PINNED)
    return Placed(
        spots=spots,
        spots_at=_points(
            np.array([place.longitude for _, place in spots], dtype="float64"),
            np.array([place.latitude for _, place in spots], dtype="float64"),
        ),
        wide=tuple(pair for pair in places if pair[1].precision not in PINNED),
        councils=tuple(councils["ltla24_code"]),
        councils_at=_points(councils["longitude"], councils["latitude"]),
    )


def _points(longitudes: np.ndarray, latitudes: np.ndarray) -> np.ndarray:
    return np.column_stack(to_grid(longitudes, latitudes))


def nearest(
    cases: Placed,
    longitude: float,
    latitude: float,
    own_council: str | None = None,
    count: int = 3,
) -> tuple[Nearest, ...]:
    """The cases nearest to a point (degrees, WGS 84), the nearest first.

    One at a known spot on the doorstep comes before one known to be somewhere in the council.

    own_council: the council the point is in. Cases outside England have no place here.
    """
    here = np.array(to_grid(longitude, latitude))
    metres = metres_to(cases.spots_at, here).tolist()
    found = [_to_spot(*pair, away) for pair, away in zip(cases.spots, metres, strict=True)]
    middles = metres_to(cases.councils_at, here).tolist()
    metres_by_code = dict(zip(cases.councils, middles, strict=True))
    found += [_to_council(case, place, metres_by_code, own_council) for case, place in cases.wide]
    best: dict[str, Nearest] = {}
    for near in sorted(found, key=_nearness):
        best.setdefault(near.case.key, near)
    return tuple(best.values())[:count]


def _nearness(found: Nearest) -> tuple[bool, float, int, str]:
    on_the_doorstep = found.place.precision in PINNED and found.metres <= DOORSTEP_M
    precision = PRECISIONS.index(found.place.precision)
    return not on_the_doorstep, found.metres, precision, found.case.key


def _to_spot(case: Case, place: Place, metres: float) -> Nearest:
    to = "away" if place.precision == "site" else f"to the middle of {place.name}"
    return Nearest(case, place, metres, f"{_kilometres(metres)} {to}")


def _to_council(
    case: Case, place: Place, metres_by_code: Mapping[str, float], own_council: str | None
) -> Nearest:
    if own_council in place.councils:
        words = f"in {place.name}; the source names no neighbourhood there"
        return Nearest(case, place, 0.0, words)
    metres = min(metres_by_code[code] for code in place.councils if code in metres_by_code)
    words = f"about {_kilometres(metres)} to the middle of {place.name}"
    return Nearest(case, place, metres, f"{words}; the source names no neighbourhood there")


def _kilometres(metres: float) -> str:
    return f"{round(metres, -1):.0f} m" if metres < 995 else f"{metres / 1000:.1f} km"
