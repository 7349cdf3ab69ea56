"""Where a place is: from a postcode, a grid reference or a longitude and latitude to a small area.

Grid references are metres of the British National Grid (EPSG:27700).
"""

from __future__ import annotations

import re
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from pyproj.enums import TransformDirection

NOWHERE = -1
# Shapes follow the coast at a generalised line: a pier or a quay may lie just off it.
SHORE_M = 200
# A published point further from its own postcode than this was looked up wrongly.
STRAY_POINT_M = 1_000

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


# OSGB36 to WGS 84 (EPSG:1314) and the grid's own projection: good to 2 m, and the same on every
# machine, whether or not it has Ordnance Survey's grid of corrections. Named by their codes they
# would be looked up in PROJ's database anew in each thread, 60 ms at a time.
_DEGREES_TO_GRID = """
    +proj=pipeline
    +step +proj=unitconvert +xy_in=deg +xy_out=rad
    +step +proj=push +v_3
    +step +proj=cart +ellps=WGS84
    +step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842
          +s=-20.489 +convention=position_vector
    +step +inv +proj=cart +ellps=airy
    +step +proj=pop +v_3
    +step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy
"""


@cache
def _transformer() -> Transformer:
    return Transformer.from_pipeline(_DEGREES_TO_GRID)


def to_grid(longitude, latitude) -> tuple[np.ndarray, np.ndarray]:
    """Eastings and northings in metres from WGS 84 degrees; infinite where it has no meaning."""
    x, y = _transformer().transform(np.asarray(longitude), np.asarray(latitude))
    return np.asarray(x), np.asarray(y)


def to_degrees(easting, northing) -> tuple[np.ndarray, np.ndarray]:
    """WGS 84 longitudes and latitudes, to the nearest 0.00001 (about 1 m), from metres."""
    x, y = _transformer().transform(
        np.asarray(easting), np.asarray(northing), direction=TransformDirection.INVERSE
    )
    return np.round(x, 5), np.round(y, 5)


def clean_postcode(text: object) -> str:
    """A postcode in capitals without spaces ("TN355AA"), "" where the text is not one."""
    squeezed = "".join(text.upper().split()) if isinstance(text, str) else ""
    return squeezed if POSTCODE.fullmatch(squeezed) else ""


def show_postcode(clean: str) -> str:
    """A clean postcode as it is written: "TN35 5AA"; "" stays ""."""
    return f"{clean[:-3]} {clean[-3:]}" if clean else ""


def find_postcodes(postcodes: pd.Series, directory: pd.DataFrame) -> pd.DataFrame:
    """Small-area number `i`, easting and northing (m) of clean postcodes, row for row.

    `directory` has the columns postcode, i, easting, northing, sorted by postcode. Where it
    lacks a postcode `i` is NOWHERE and the grid reference is missing.
    """
    known = directory.set_index("postcode")[["i", "easting", "northing"]]
    places = known.astype("float64").reindex(postcodes.to_numpy()).set_index(postcodes.index)
    places["i"] = places["i"].fillna(NOWHERE).astype("int32")
    return places


def small_area_at(easting, northing, shapes: gpd.GeoDataFrame) -> np.ndarray:
    """Number `i` of the small area that holds each point, NOWHERE outside England.

    `shapes` are the small areas in EPSG:27700 in the order of their numbers. A point up to
    SHORE_M outside every shape goes to the nearest one.
    """
    easting, northing = np.asarray(easting, "float64"), np.asarray(northing, "float64")
    result = np.full(len(easting), NOWHERE, dtype="int32")
    real = np.isfinite(easting) & np.isfinite(northing)
    rows = np.flatnonzero(real)
    points = shapely.points(easting[real], northing[real])
    tree = shapes.sindex
    inside, area = tree.query(points, predicate="intersects")
    # A point on a border is in two areas; reversed, the lower number is written last and stays.
    result[rows[inside[::-1]]] = area[::-1]
    outside = np.flatnonzero(result[rows] == NOWHERE)
    if len(outside):
        near, area = tree.nearest(points[outside], max_distance=SHORE_M, return_all=False)
        result[rows[outside[near]]] = area
    return result


def settle_points(
    points: pd.DataFrame, by_postcode: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """Choose between a published point and its postcode's: (easting and northing, placed_by).

    Both frames have easting and northing (m), either may be missing. The point is finer and
    wins, unless it strays more than STRAY_POINT_M from the postcode: a point looked up from a
    name alone may be in the wrong town. placed_by is "point" or "postcode".
    """
    apart = np.hypot(
        points["easting"] - by_postcode["easting"], points["northing"] - by_postcode["northing"]
    )
    use_postcode = points["easting"].isna() | (apart > STRAY_POINT_M)
    place = points[["easting", "northing"]].where(~use_postcode, by_postcode)
    return place, pd.Series(np.where(use_postcode, "postcode", "point"), index=points.index)
