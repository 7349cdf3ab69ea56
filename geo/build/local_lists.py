"""Local lists: Greater Manchester's, each of its year, and OpenStreetMap in Norwich, 2019."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo import osm
from geo.build.asset_tables import (
    place_by_degrees,
    place_by_either,
    place_by_grid,
    write_assets,
)
from geo.build.checks import LATITUDE, LONGITUDE
from geo.build.output import Output
from geo.build.register import Sources
from geo.venues import kind_of, load_rules

# Kinds that a polling station's name may tell of; the register has the libraries.
_POLLING_KINDS = ("community_hub", "hall", "youth_centre", "worship", "cafe")

_NORWICH_KINDS = ("park", "playground", "sports_centre")


def build(sources: Sources, output: Output) -> None:
    """Make a table for each list."""
    _nameless("gm_places_of_worship", "worship", "pw", "2018", sources, output)
    _nameless("gm_post_offices", "post_office", "po", "2018", sources, output)
    _nameless("gm_greenspace", "green_entrance", "gs", "October 2023", sources, output)
    _food_banks(sources, output)
    _polling_stations(sources, output)
    _norwich(sources, output)


def _nameless(
    source: str, kind: str, prefix: str, as_of: str, sources: Sources, output: Output
) -> None:
    listed = sources.geo(source)
    frame = pd.DataFrame({"name": "", "kind": kind, "postcode": "", "detail": as_of},
                         index=listed.index)  # fmt: skip
    if "access_type" in listed:
        frame["access_type"] = listed["access_type"]
    write_assets(_at_shapes(frame, listed, output), source, prefix, output)


def _at_shapes(frame: pd.DataFrame, listed: gpd.GeoDataFrame, output: Output) -> pd.DataFrame:
    points = listed.geometry.make_valid().to_crs(27700).representative_point()
    return place_by_grid(frame.assign(easting=points.x, northing=points.y), output)


def _food_banks(sources: Sources, output: Output) -> None:
    source = "gm_food_banks"
    listed = sources.geo(source, ["Name", "Postcode", "Referral method", "Opening times"])
    sources.filled(source, listed, ["Name"])
    sources.expect(source, listed.crs.is_geographic, "points in degrees")
    frame = pd.DataFrame(
        {
            "name": listed["Name"],
            "kind": "food_bank",
            "referral": listed["Referral method"],
            "opening_times": listed["Opening times"],
        }
    )
    frame["detail"] = ("2018. " + frame["opening_times"].fillna("")).str.strip()
    point = listed.geometry
    placed = place_by_either(frame, point.x, point.y, listed["Postcode"], output)
    write_assets(placed, source, "fb", output)


def _polling_stations(sources: Sources, output: Output) -> None:
    source = "gm_polling_stations"
    listed = sources.csv(source, ["name", "address", "postcode", "lon", "lat"])
    sources.figures(source, listed, {"lon": LONGITUDE, "lat": LATITUDE})
    sources.filled(source, listed, ["name"])
    rules = load_rules()
    listed["kind"] = [kind_of(name, rules) for name in listed["name"]]
    listed = listed[listed["kind"].isin(_POLLING_KINDS)]
    frame = listed[["name", "kind", "address"]].assign(detail="Polling station, April 2022")
    placed = place_by_either(frame, listed["lon"], listed["lat"], listed["postcode"], output)
    write_assets(placed, source, "ps", output)


def _norwich(sources: Sources, output: Output) -> None:
    source = "norwich_osm"
    listed = sources.geo(source)
    sources.expect(source, listed.crs.is_geographic, "points in degrees")
    tags = listed.reindex(columns=list(osm.TAG_KEYS)).apply(
        lambda row: {key: value for key, value in row.items() if isinstance(value, str)}, axis=1
    )
    frame = pd.DataFrame(
        {
            "name": listed["name"].fillna("").astype(str),
            "kind": [osm.kind_of_tags(tag) for tag in tags],
            "postcode": "",
            "osm_id": listed["id"],
            "detail": "2019",
        }
    )
    # The files were made for these; their libraries are in the register, which is later.
    wanted = frame["kind"].isin(_NORWICH_KINDS)
    point = listed.geometry[wanted]
    placed = place_by_degrees(frame[wanted], point.x, point.y, output)
    write_assets(placed, source, "no", output)
