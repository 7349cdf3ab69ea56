"""The middle of where people live in every area: `centres`.

Distances in a profile start there. The middle of the shape would do for a town, but in a
neighbourhood that is half fields it is in the fields.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.access import distinct_points, group_quantiles
from geo.build.output import Output
from geo.build.register import Sources

# The column of small areas that says which area of each level they are part of.
LEVELS = ("lsoa21_code", "msoa21_code", "ward24_code", "ltla24_code")


def build(sources: Sources, output: Output) -> None:
    """Make `centres`: the median easting and northing of the postcodes of each area."""
    points = distinct_points(output.frames["postcodes"])
    small_areas = output.frames["small_areas"]
    tables = [centres(points, small_areas[column]) for column in LEVELS]
    output.table("centres", pd.concat(tables).sort_values("code", ignore_index=True))


def centres(points: pd.DataFrame, part_of: pd.Series) -> pd.DataFrame:
    """Median easting and northing (m) of the points of each area: code, easting, northing.

    points: `access.distinct_points`. part_of: code of the area that each small area is part of,
    by small-area number.
    """
    codes, number = np.unique(part_of.to_numpy(dtype=object), return_inverse=True)
    group = number[points["i"].to_numpy()]
    middle = {
        axis: group_quantiles(points[axis].to_numpy(), group, len(codes), (0.5,))[0]
        for axis in ("easting", "northing")
    }
    frame = pd.DataFrame({"code": codes, **middle}).dropna()
    return frame.round().astype({"easting": "int32", "northing": "int32"})
