"""Where the people of a larger area live, from the small areas that make it up."""

from __future__ import annotations

import pandas as pd


def settled_point(small_areas: pd.DataFrame, by: str) -> pd.DataFrame:
    """A point to stand for each larger area: by, longitude, latitude.

    The point of the small area nearest to the population-weighted centre, so that it is always
    on land and where somebody lives.
    """
    weight = small_areas["population_2022"]
    group = small_areas[by]
    distance_squared = pd.Series(0.0, index=small_areas.index)
    for axis in ("easting", "northing"):
        sums = (small_areas[axis] * weight.astype("int64")).groupby(group).sum()
        centre = sums / weight.groupby(group).sum()
        distance_squared += (small_areas[axis] - group.map(centre)) ** 2
    nearest = distance_squared.groupby(group).idxmin()
    return small_areas.loc[nearest, [by, "longitude", "latitude"]].reset_index(drop=True)


def box_of_parts(small_areas: pd.DataFrame, by: str) -> pd.DataFrame:
    """Bounding box of each larger area in WGS 84 degrees: by, west, south, east, north."""
    groups = small_areas.groupby(by)
    lower = groups[["west", "south"]].min()
    return pd.concat([lower, groups[["east", "north"]].max()], axis=1).reset_index()
