"""What the makers of asset tables share: placing rows and writing a table of assets."""

from __future__ import annotations

import pandas as pd

from geo.assets import to_assets
from geo.build.output import Output
from geo.placing import (
    NOWHERE,
    clean_postcode,
    find_postcodes,
    settle_points,
    show_postcode,
    small_area_at,
    to_grid,
)
from geo.venues import tidy_name


def place_by_postcode(frame: pd.DataFrame, postcodes: pd.Series, output: Output) -> pd.DataFrame:
    """Add postcode, easting, northing and i; rows whose postcode is not in England are left out."""
    clean = postcodes.map(clean_postcode)
    places = find_postcodes(clean, output.frames["postcodes"])
    placed = frame.assign(postcode=clean.map(show_postcode)).join(places)
    return placed[placed["i"] != NOWHERE]


def place_by_grid(frame: pd.DataFrame, output: Output) -> pd.DataFrame:
    """Add i from the columns easting and northing (m); rows outside England are left out."""
    shapes = output.frames["shapes/small_areas"]
    i = small_area_at(frame["easting"], frame["northing"], shapes)
    return frame.assign(i=i)[i != NOWHERE]


def place_by_degrees(
    frame: pd.DataFrame, longitude: pd.Series, latitude: pd.Series, output: Output
) -> pd.DataFrame:
    """Add easting, northing and i from WGS 84 degrees; rows outside England are left out."""
    easting, northing = to_grid(longitude.astype(float), latitude.astype(float))
    return place_by_grid(frame.assign(easting=easting, northing=northing), output)


def place_by_either(
    frame: pd.DataFrame,
    longitude: pd.Series,
    latitude: pd.Series,
    postcodes: pd.Series,
    output: Output,
) -> pd.DataFrame:
    """Place by point, or by postcode where the point is missing or strays; add placed_by."""
    clean = postcodes.map(clean_postcode)
    easting, northing = to_grid(longitude.astype(float), latitude.astype(float))
    points = pd.DataFrame({"easting": easting, "northing": northing}, index=frame.index)
    place, placed_by = settle_points(points, find_postcodes(clean, output.frames["postcodes"]))
    placed = frame.assign(postcode=clean.map(show_postcode), placed_by=placed_by).join(place)
    return place_by_grid(placed, output)


def write_assets(places: pd.DataFrame, source: str, prefix: str, output: Output) -> None:
    """Write `assets/<source>` from placed rows; see `geo.assets.to_assets`."""
    tidy = places.assign(name=places["name"].map(tidy_name))
    codes = output.frames["small_areas"]["lsoa21_code"]
    output.table(f"assets/{source}", to_assets(tidy, source, prefix, codes))
