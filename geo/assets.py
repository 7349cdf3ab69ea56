"""What is where: assets in an area, the nearest ones, how many of each kind.

An assets frame has one row a place and at least the columns of COMMON. `kind` is a key of
`geo.asset_kinds.KINDS`; `i` is the small area's number; easting and northing are metres.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from geo.asset_kinds import KINDS
from geo.duplicates import merge
from geo.placing import to_degrees
from geo.venues import OTHER, words_of

COMMON = [
    "asset_id", "name", "kind", "postcode", "easting", "northing", "longitude", "latitude",
    "lsoa21_code", "i", "source",
]  # fmt: skip
# Tables in data/assets/, the one whose name, kind and place are believed first.
TRUSTED_FIRST = (
    "libraries", "childrens_centres", "gias", "museums", "gp_practices", "coops", "warm_spaces",
    "gm_polling_stations", "gm_food_banks", "gm_places_of_worship", "gm_post_offices",
    "gm_greenspace", "norwich_osm",
)  # fmt: skip


def points_file(kind: str, source: str) -> str:
    """Where the points of one kind from one source are, below static/."""
    return f"points/{kind}.{source}.json"


def points_files(kind: str, available: Iterable[str]) -> list[str]:
    """The files of a kind's points among the names of those in static/points, in order."""
    return [f"points/{name}" for name in sorted(available) if name.split(".")[0] == kind]


def asset_id(prefix: str, name: str, place: str) -> str:
    """A short code that stays the same from build to build: prefix and 8 hexadecimal digits.

    `place` is the postcode, or a grid reference where there is none; case, accents and
    punctuation of the name do not count.
    """
    text = f"{words_of(name)}|{place.replace(' ', '').upper()}"
    return prefix + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


def to_assets(
    places: pd.DataFrame, source: str, prefix: str, lsoa21_codes: pd.Series
) -> pd.DataFrame:
    """Turn placed rows into an assets frame, in order of asset_id; repeats are left out.

    `places` has name ("" where unnamed), kind, postcode ("" where unknown), easting, northing
    (m) and i (≥ 0), and whatever else the source tells; two rows with the same asset_id are one
    place told twice and the first is kept. `lsoa21_codes` holds the code of each small area.
    """
    frame = places.reset_index(drop=True)
    frame[["easting", "northing"]] = frame[["easting", "northing"]].round().astype("int32")
    frame["i"] = frame["i"].astype("uint16")
    grid = frame["easting"].astype(str) + " " + frame["northing"].astype(str)
    # Places without a name differ by where they stand, and so do those without a postcode.
    known = (frame["postcode"] != "") & (frame["name"] != "")
    where = frame["postcode"].where(known, grid)
    frame["asset_id"] = [
        asset_id(prefix, name, place) for name, place in zip(frame["name"], where, strict=True)
    ]
    frame["longitude"], frame["latitude"] = to_degrees(frame["easting"], frame["northing"])
    frame["lsoa21_code"] = lsoa21_codes.to_numpy()[frame["i"]]
    frame["source"] = source
    rest = [column for column in frame.columns if column not in COMMON]
    frame = frame.drop_duplicates("asset_id").sort_values("asset_id")
    return frame[COMMON + rest].reset_index(drop=True)


def every_place(table: Callable[[str], pd.DataFrame], names: Iterable[str]) -> pd.DataFrame:
    """All assets that ship, one row a place: COMMON, detail, sources and also_named.

    `table` reads a table and `names` are those there are, as `Store` gives them; OpenStreetMap
    extracts that were added for good are among them.
    """
    extracts = sorted(name for name in names if name.startswith("assets/osm_"))
    tables = [*(f"assets/{source}" for source in TRUSTED_FIRST), *extracts]
    frames = [table(name).reindex(columns=[*COMMON, "detail"]) for name in tables]
    places = merge(frames, table("same_places"))
    # The register's one "other" is a library inside a prison: nobody can drop in.
    locked = (places["source"] == "libraries") & (places["kind"] == OTHER)
    return places[~locked].reset_index(drop=True)


def of_kinds(assets: pd.DataFrame, kinds: Iterable[str] | None) -> pd.DataFrame:
    """The assets of some kinds; None means all that are open today."""
    if kinds is None:
        return assets[assets["kind"] != "library_closed"]
    return assets[assets["kind"].isin(list(kinds))]


def with_distance(assets: pd.DataFrame, easting: float, northing: float) -> pd.DataFrame:
    """The assets with `distance_m`, metres in a straight line from a point, nearest first."""
    distance = np.hypot(assets["easting"] - easting, assets["northing"] - northing)
    return assets.assign(distance_m=distance).sort_values(["distance_m", "asset_id"])


def nearest(
    assets: pd.DataFrame,
    easting: float,
    northing: float,
    *,
    kinds: Iterable[str] | None = None,
    count: int = 1,
) -> pd.DataFrame:
    """The `count` nearest assets of each kind to a point, with `distance_m`, nearest first."""
    near = with_distance(of_kinds(assets, kinds), easting, northing)
    return near.groupby("kind", sort=False).head(count)


def within(
    assets: pd.DataFrame, easting: float, northing: float, threshold_m: float
) -> pd.DataFrame:
    """The assets at most `threshold_m` metres from a point (inclusive), nearest first."""
    near = with_distance(assets, easting, northing)
    return near[near["distance_m"] <= threshold_m]


def count_by_kind(assets: pd.DataFrame) -> pd.Series:
    """How many places of each counted kind, 0 where there is no record; index in table order.

    Kinds whose records are not places are left out. Show 0 as `asset_kinds.no_record`.
    """
    kinds = [key for key, kind in KINDS.items() if kind.counted]
    return assets["kind"].value_counts().reindex(kinds, fill_value=0).rename("count")
