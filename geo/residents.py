"""Where people live: residents of each small area, spread over its postcode points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.distance import points_of


@dataclass(frozen=True)
class Residents:
    """All postcode points of the country in the order of their small areas.

    xy: (points, 2) easting and northing, metres. area: small-area number of each point.
    people: residents at each point of an area, one figure an area. centre, radius_m: a circle a
    small area that holds all its points, to rule areas out without looking at their points.
    """

    xy: np.ndarray
    area: np.ndarray
    people: np.ndarray
    centre: np.ndarray
    radius_m: np.ndarray

    def in_areas(self, chosen: np.ndarray) -> np.ndarray:
        """Positions of the points in the small areas marked in `chosen` (a boolean an area)."""
        return np.flatnonzero(chosen[self.area])


def locate_residents(points: pd.DataFrame, population: pd.Series) -> Residents:
    """Spread each small area's residents equally over its distinct postcode points.

    `points` are `access.distinct_points`; `population` is residents by small-area number. An
    area without a point keeps its residents off the map (England has none such).
    """
    area = points["i"].to_numpy()
    xy = points_of(points)
    count = np.bincount(area, minlength=len(population))
    some = np.maximum(count, 1)
    centre = np.column_stack(
        [np.bincount(area, weights=axis, minlength=len(population)) / some for axis in xy.T]
    )
    from_centre = np.hypot(*(xy - centre[area]).T)
    radius = np.zeros(len(population))
    np.maximum.at(radius, area, from_centre)
    people = np.where(count > 0, population.to_numpy(dtype="float64") / some, 0)
    return Residents(xy.astype("int32"), area, people, centre, radius)
