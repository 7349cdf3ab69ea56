"""The case studies that a briefing sends its readers to: one near by, and those of places alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import pandas as pd

from geo import case_likeness, case_near
from geo.briefing import Point, Section
from geo.case_likeness import Alike
from geo.case_near import DOORSTEP_M, Nearest
from geo.case_records import Case
from geo.case_rules import PINNED
from geo.national import National
from geo.placing import to_degrees

CASES = 2
HEADING = "Case studies worth reading"
# Further off, a case is not one of the neighbourhood.
NEAR_CASE_M = 25_000


def section(near: Sequence[Nearest], alike: Sequence[Alike]) -> Section | None:
    """The case nearby, and those whose places are most alike, each with where to read it.

    near: nearest first; alike: most alike first. None where there is no case at all.
    """
    found: dict[str, Point] = {}
    nearby = _nearby(near)
    if nearby:
        found[nearby.case.key] = _point(nearby.words, nearby.case)
    for like in alike:
        if like.case.key not in found and len(found) < CASES:
            found[like.case.key] = _point(like.why, like.case)
    if not found:
        return None
    return Section(heading=HEADING, points=tuple(found.values()))


def of_members(
    national: National,
    members: np.ndarray,
    themes: Collection[str] = (),
    point: tuple[float, float] | None = None,
) -> Section | None:
    """Cases for some small areas (their numbers) taken together: the one near by, and one that is
    about what the reader asks; without themes one only.

    themes: what the reader asks about. point: easting and northing from which a case is near; None
    where the areas are not in one place.
    """
    small_areas = national.store.small_areas
    own = small_areas.iloc[members]
    if own.empty:
        return None

    def fits(case: Case) -> bool:
        return not set(themes).isdisjoint(case.themes)

    points = []
    near = _nearby(_near(national, own, point, fits)) if point else None
    if near:
        points.append(_point(near.words, near.case))
    if not near or (themes and not fits(near.case)):
        profile = case_likeness.profile(own, len(small_areas))
        alike = case_likeness.most_alike(profile, national.case_profiles, len(national.cases))
        best = min(alike, key=lambda like: not fits(like.case), default=None)
        if best and (not near or (fits(best.case) and best.case is not near.case)):
            points.append(_point(best.why, best.case))
    return Section(HEADING, points=tuple(points)) if points else None


def _near(
    national: National,
    own: pd.DataFrame,
    point: tuple[float, float],
    fits: Callable[[Case], bool],
) -> list[Nearest]:
    """The cases by their distance from a point, those that fit first."""
    longitude, latitude = (float(axis) for axis in to_degrees(*point))
    found = case_near.nearest(
        national.placed_cases,
        longitude,
        latitude,
        own["ltla24_code"].mode().iat[0],
        len(national.cases),
    )
    return sorted(found, key=lambda near: not fits(near.case))


def _nearby(cases: Sequence[Nearest]) -> Nearest | None:
    """The case on the doorstep, else the nearest of the district, else none."""
    for near in cases:
        if near.place.precision in PINNED and near.metres <= DOORSTEP_M:
            return near
    return next((near for near in cases if near.metres <= NEAR_CASE_M), None)


def _point(why: str, case: Case) -> Point:
    why = why[:1].upper() + why[1:]
    return Point(f"{why}. {case.summary} {_reference(case)}".strip(), f"{case.title}.")


def _reference(case: Case) -> str:
    if not case.sources:
        return ""
    first = case.sources[0]
    return f"Read: {first.publisher}, {first.title} ({first.year})."
