"""Outlines of small areas, neighbourhoods and councils in metres, for downloads and look-ups.

Small areas are as published (BGC), to the nearest metre. The larger areas are dissolved from
them, so that they nest, and simplified with their shared borders kept.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.outlines import NATIONAL_GRID
from geo.build.output import Output
from geo.build.register import Sources

GRID_M = 1.0
# Coverage simplification leaves out corners of triangles smaller than the square of this.
NEIGHBOURHOOD_TOLERANCE_M = 100.0
COUNCIL_TOLERANCE_M = 200.0


def build(sources: Sources, output: Output) -> None:
    """Make `shapes/small_areas`, `shapes/neighbourhoods` and `shapes/councils` (EPSG:27700).

    Rows stand in the order of the table of each level.
    """
    outlines = sources.geo("lsoa21_bgc", ["LSOA21CD"]).sort_values("LSOA21CD")
    small_areas = output.frames["small_areas"]
    published = coverage(outlines.geometry, NATIONAL_GRID)
    shapes = {"small_areas": ("lsoa21_code", small_areas["lsoa21_code"], published)}
    for name, code, tolerance_m in (
        ("neighbourhoods", "msoa21_code", NEIGHBOURHOOD_TOLERANCE_M),
        ("councils", "ltla24_code", COUNCIL_TOLERANCE_M),
    ):
        codes = output.frames[name][code]
        whole = dissolve(published, row_numbers(codes, small_areas[code]), len(codes))
        shapes[name] = (code, codes, shapely.coverage_simplify(whole, tolerance_m))
    for name, (code, codes, geometry) in shapes.items():
        rounded = shapely.set_precision(geometry, GRID_M)
        frame = gpd.GeoDataFrame({code: codes}, geometry=rounded, crs=NATIONAL_GRID)
        output.geotable(f"shapes/{name}", frame)


def coverage(shapes: gpd.GeoSeries, crs: str) -> np.ndarray:
    """Valid polygons in a metric system whose shared borders are the same to the last digit.

    They are published in degrees; at whole centimetres the borders of Sheffield and Barnsley,
    whose files changed with their codes in 2025, meet their neighbours' exactly.
    """
    metric = shapes.to_crs(crs).to_numpy()
    return shapely.make_valid(shapely.transform(metric, lambda points: points.round(2)))


def dissolve(shapes: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Union the polygons of a valid coverage by group number (0 to `groups` - 1)."""
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(groups + 1))
    parts = shapes[order]
    return np.array(
        [
            shapely.coverage_union_all(parts[start:end])
            for start, end in zip(bounds[:-1], bounds[1:], strict=True)
        ]
    )


def row_numbers(codes: pd.Series, wanted: pd.Series) -> np.ndarray:
    """Positions of the wanted codes in a sorted column of codes."""
    return np.searchsorted(codes.to_numpy(dtype=str), wanted.to_numpy(dtype=str))
