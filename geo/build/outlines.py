"""Outlines of areas as published, mended, and what a table keeps of them: a point and a box."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.build.register import Sources

NATIONAL_GRID = "EPSG:27700"
WORLD = "EPSG:4326"
DEGREE_DECIMALS = 5  # about a metre


def read_outlines(sources: Sources, key: str, code: str, name: str) -> gpd.GeoDataFrame:
    """Outlines of a source in WGS 84, valid, sorted by code; columns `name`, `geometry`.

    `code` is the publisher's column of codes, `name` what to call it.
    """
    frame = sources.geo(key, [code]).rename(columns={code: name})
    frame = frame.sort_values(name, ignore_index=True)
    frame["geometry"] = frame.geometry.make_valid()
    return frame.to_crs(WORLD)


def boxes(outlines: gpd.GeoSeries) -> pd.DataFrame:
    """Bounding boxes in WGS 84 degrees, rounded outwards: west, south, east, north."""
    bounds = outlines.to_crs(WORLD).bounds * 10**DEGREE_DECIMALS
    return (
        pd.DataFrame(
            {
                "west": np.floor(bounds["minx"]),
                "south": np.floor(bounds["miny"]),
                "east": np.ceil(bounds["maxx"]),
                "north": np.ceil(bounds["maxy"]),
            }
        )
        / 10**DEGREE_DECIMALS
    )


def points(outlines: gpd.GeoSeries) -> pd.DataFrame:
    """A point inside each outline: easting, northing (EPSG:27700 m), longitude, latitude."""
    inside = outlines.to_crs(NATIONAL_GRID).representative_point()
    eastings, northings = inside.x.round(), inside.y.round()
    world = gpd.GeoSeries.from_xy(eastings, northings, crs=NATIONAL_GRID).to_crs(WORLD)
    return pd.DataFrame(
        {
            "easting": eastings.astype("int32"),
            "northing": northings.astype("int32"),
            "longitude": world.x.round(DEGREE_DECIMALS),
            "latitude": world.y.round(DEGREE_DECIMALS),
        }
    )
