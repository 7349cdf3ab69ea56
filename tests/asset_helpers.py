"""A small England of two areas, for the tests of assets."""

import geopandas as gpd
import pandas as pd
import shapely

from geo import assets, placing

CODES = pd.Series(["E01000001", "E01000002"])
# Two squares of a kilometre side by side.
SQUARES = gpd.GeoDataFrame(
    {"lsoa21_code": CODES},
    geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)],
    crs=27700,
)


def make(source, *rows):
    """An assets frame of (name, kind, easting, northing) rows."""
    frame = pd.DataFrame(rows, columns=["name", "kind", "easting", "northing"])
    i = placing.small_area_at(frame["easting"], frame["northing"], SQUARES)
    return assets.to_assets(frame.assign(postcode="", i=i), source, source[:2], CODES)
