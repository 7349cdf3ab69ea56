"""Names of places in England for the search box: settlements, and postcode districts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.build.checks import LATITUDE, LONGITUDE
from geo.build.codes import read_codes
from geo.build.output import Output
from geo.build.postcodes import small_area_of
from geo.build.register import Sources
from geo.placing import to_grid
from geo.postcodes import extent_of

TYPES = {"c": "city", "t": "town", "v": "village", "h": "hamlet", "a": "suburb", "o": "other"}
DISTRICT = "postcode district"
INWARD_LENGTH = 3
# Points are given to four decimals of a degree, about 10 m: one on the shore may fall off it.
SHORE_M = 50
BOX = ["west", "south", "east", "north"]
COLUMNS = [
    "name",
    "district",
    "type",
    "lsoa21_code",
    "ltla24_code",
    "longitude",
    "latitude",
    *BOX,
    "size_order",
]


def build(sources: Sources, output: Output) -> None:
    """Make `places`. Needs `small_areas`, `shapes/small_areas` and `postcodes`."""
    places = pd.concat(
        [settlements(sources, output), postcode_districts(output.frames["postcodes"])],
        ignore_index=True,
    )
    areas = output.frames["small_areas"]
    for code in ("lsoa21_code", "ltla24_code"):
        places[code] = areas[code].to_numpy()[places["i"]]
    places = places.sort_values(["name", "type", "lsoa21_code", "size_order"])
    output.table("places", places[COLUMNS])


def settlements(sources: Sources, output: Output) -> pd.DataFrame:
    """Places whose point is in England: name, district, type, i, longitude, latitude, size_order.

    The publisher's postcode districts are left out: ours are made from the postcodes.
    """
    listed = sources.csv("os_open_names", ["name", "district", "type", "lat", "lon"])
    sources.figures("os_open_names", listed, {"lat": LATITUDE, "lon": LONGITUDE})
    sources.filled("os_open_names", listed, ["name"])
    listed["size_order"] = np.arange(len(listed), dtype="int32")
    listed = listed[listed["type"].notna()]
    sources.codes("os_open_names", listed, "type", TYPES, f"one of {list(TYPES)}")
    listed = listed.reset_index(drop=True)
    listed["type"] = listed["type"].map(TYPES)
    listed["district"] = listed["district"].fillna(listed["name"]).str.strip('"')
    listed["longitude"], listed["latitude"] = (
        listed["lon"].astype(float),
        listed["lat"].astype(float),
    )

    easting, northing = to_grid(listed["longitude"], listed["latitude"])
    shapes = output.frames["shapes/small_areas"]
    listed["i"], offshore_m = small_area_of(easting, northing, shapes)
    in_english_district = listed["district"].isin(set(read_codes(sources)["name"]))
    # Districts of Wales are named in both languages.
    in_wales = listed["district"].str.contains(" - ", regex=False)
    inside = (offshore_m == 0) & ~in_wales
    return listed[inside | ((offshore_m <= SHORE_M) & in_english_district)]


def postcode_districts(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Postcode districts ("TN35"): name, type, i and point of the most central postcode, box."""
    rows = []
    district = postcodes["postcode"].str[:-INWARD_LENGTH]
    names, numbers = postcodes["postcode"].to_numpy(object), postcodes["i"].to_numpy()
    points = postcodes[["easting", "northing"]].to_numpy()
    for name, at in sorted(postcodes.groupby(district).indices.items()):
        extent = extent_of(name, names[at], numbers[at], points[at])
        centre = extent.centre
        rows.append((name, DISTRICT, centre.i, centre.longitude, centre.latitude, *extent.bbox))
    columns = ["name", "type", "i", "longitude", "latitude", *BOX]
    return pd.DataFrame(rows, columns=columns).assign(size_order=np.int32(-1), district="")
