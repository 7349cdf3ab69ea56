"""A small England and what a reader's file gives in it, for the tests of uploads."""

import functools
import json

import geopandas as gpd
import pandas as pd
import shapely

from geo.placing import find_postcodes, to_degrees
from geo.upload_columns import guess_columns
from geo.uploads import place_rows, read_table
from geo.venues import load_rules

RULES = load_rules()
CODES = pd.Series(["E01000001", "E01000002"])
# Two squares of 10 km in Sussex, and two postcodes in them.
SHAPES = gpd.GeoDataFrame(
    {"lsoa21_code": CODES},
    geometry=[shapely.box(570_000, 105_000, 580_000, 115_000),
              shapely.box(580_000, 105_000, 590_000, 115_000)],
    crs=27700,
)  # fmt: skip
DIRECTORY = pd.DataFrame(
    {"postcode": ["TN355AA", "TN355AB"], "i": [1, 0], "easting": [582_000, 575_000],
     "northing": [110_000, 110_000]}
)  # fmt: skip
# Where TN35 5AA is, in degrees.
LON, LAT = (float(value) for value in to_degrees(582_000, 110_000))


def place(content, columns=None, **options):
    """What a file gives with its columns as guessed, or as a reader confirmed them."""
    table = read_table(content if isinstance(content, bytes) else content.encode(), RULES)
    return place_rows(
        table,
        columns or guess_columns(table.headings),
        find=functools.partial(find_postcodes, directory=DIRECTORY),
        shapes=SHAPES,
        lsoa21_codes=CODES,
        rules=RULES,
        **options,
    )


def reasons(placed):
    return {problem.line: problem.reason for problem in placed.problems}


def geojson(*geometries, **members):
    features = [
        {"type": "Feature", "properties": {"name": f"Place {number}"}, "geometry": geometry}
        for number, geometry in enumerate(geometries, start=1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | members).encode()


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}
