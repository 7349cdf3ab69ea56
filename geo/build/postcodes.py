"""English postcodes, live and ended, each with its grid reference and small area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.checks import EASTING, NORTHING
from geo.build.codes import OTHER_IN_2024
from geo.build.output import Output
from geo.build.register import Sources
from geo.placing import POSTCODE

# Small enough that a look-up reads a thirtieth of a megabyte.
ROW_GROUP_SIZE = 16_384
# The smallest of those Parquet has, as measured on this table.
ENCODINGS = {
    "postcode": "DELTA_BYTE_ARRAY",
    "i": "PLAIN",
    "easting": "BYTE_STREAM_SPLIT",
    "northing": "BYTE_STREAM_SPLIT",
}
COMPRESSION_LEVEL = 19
# Furthest a postcode may lie from land: some stand on piers and quays, and old ones are known
# to the nearest kilometre only.
OFFSHORE_M = 1_500
# Share of postcodes whose small area may be in another council than the directory says. Borders
# are generalised, so a few at a border fall on its other side.
OTHER_COUNCIL_SHARE = 0.001


def build(sources: Sources, output: Output) -> None:
    """Make `postcodes`. Needs `small_areas` and `shapes/small_areas`.

    The numbers of postcodes outside every outline, and of those in another council than the
    directory's, are in the table's metadata.
    """
    columns = ["pcd", "laua", "oseast1m", "osnrth1m"]
    directory = sources.parquet("onspd", columns)
    sources.figures("onspd", directory, {"oseast1m": EASTING, "osnrth1m": NORTHING})
    known = set(output.frames["councils"]["ltla24_code"]) | set(OTHER_IN_2024)
    sources.codes("onspd", directory, "laua", known, "a council's code")
    directory["pcd"] = directory["pcd"].str.replace(" ", "")
    written = directory["pcd"].str.fullmatch(POSTCODE.pattern, na=False)
    sources.fits("onspd", directory, "pcd", written, "a postcode")
    sources.fits("onspd", directory, "pcd", ~directory["pcd"].duplicated(), "each once")
    directory.columns = ["postcode", "laua", "easting", "northing"]
    directory = directory.sort_values("postcode", ignore_index=True)
    points = directory[["easting", "northing"]].astype("int32")
    shapes = output.frames["shapes/small_areas"]
    i, offshore_m = small_area_of(points["easting"], points["northing"], shapes)
    furthest = offshore_m.max(initial=0)
    sources.expect(
        "onspd", furthest <= OFFSHORE_M, f"no postcode over {OFFSHORE_M:,} m from English land"
    )

    councils = output.frames["small_areas"]["ltla24_code"].to_numpy()[i]
    elsewhere = int((councils != directory["laua"].replace(OTHER_IN_2024)).sum())
    sources.expect(
        "onspd",
        elsewhere <= OTHER_COUNCIL_SHARE * len(directory),
        f"postcodes in the council that the boundaries give them, {elsewhere:,} are not",
    )
    table = directory[["postcode"]].assign(i=i.astype("uint16")).join(points)
    output.table(
        "postcodes",
        table,
        column_encoding=ENCODINGS,
        row_group_size=ROW_GROUP_SIZE,
        compression_level=COMPRESSION_LEVEL,
        metadata={
            "outside_every_outline": str(int((offshore_m > 0).sum())),
            "furthest_outside_m": str(round(furthest)),
            "in_another_council_than_the_directory_says": str(elsewhere),
        },
    )


def small_area_of(
    easting: pd.Series, northing: pd.Series, shapes: gpd.GeoDataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Number of the small area that each point (m) is in or else nearest to, and how far it is.

    The distance is 0 inside. Many postcodes share a point, and areas are many-cornered, so each
    area is asked once for the distinct points in it.
    """
    places, place_of = np.unique(np.stack([easting, northing], axis=1), axis=0, return_inverse=True)
    points = shapely.points(places.astype(float))
    outlines = shapes.geometry.to_numpy()
    area, inside = shapely.STRtree(points).query(outlines, predicate="intersects")
    number = np.full(len(points), -1)
    distance_m = np.zeros(len(points))
    # A point on a border is in two areas; reversed, the lower number is written last and stays.
    number[inside[::-1]] = area[::-1]
    outside = np.flatnonzero(number < 0)
    (row, nearest), apart = shapely.STRtree(outlines).query_nearest(
        points[outside], return_distance=True, all_matches=False
    )
    number[outside[row]] = nearest
    distance_m[outside[row]] = apart
    return number[place_of.ravel()], distance_m[place_of.ravel()]
