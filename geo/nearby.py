"""Places near a point or inside an area, kind by kind, and the libraries that closed there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from geo import assets
from geo.asset_kind import LOCAL
from geo.asset_kinds import KINDS
from geo.distance import MILE_M, TWO_MILES_M

# What the libraries' table tells of a place that other lists do not.
LIBRARY_DETAILS = ("operation", "hours_per_week", "temporarily_closed", "co_located")
# Kinds that are shown as places people can go to today.
SHOWN = tuple(key for key in KINDS if key != "library_closed")
# A local list says nothing of places further from its own than this.
LOCAL_REACH_M = TWO_MILES_M


def with_libraries(places: pd.DataFrame, libraries: pd.DataFrame) -> pd.DataFrame:
    """Every place with what only the libraries' table tells: the columns of LIBRARY_DETAILS.

    places: `assets.every_place`. libraries: that table.
    """
    details = libraries[["asset_id", *LIBRARY_DETAILS]]
    return places.merge(details, on="asset_id", how="left", validate="1:1")


def near(
    places: pd.DataFrame, easting: float, northing: float, walk_m: float = MILE_M
) -> pd.DataFrame:
    """The nearest place of every kind to a point, a row a kind in the order of KINDS.

    places: `with_libraries`. Columns: kind, those of the nearest place, distance_m (straight-line
    metres) and within, how many are at most walk_m away. A kind of which there is no record, or
    only a local one that does not reach here, has an empty name and NaN metres.
    """
    metres = np.hypot(places["easting"] - easting, places["northing"] - northing).to_numpy()
    order = np.argsort(metres, kind="stable")
    kinds, names = pd.factorize(places["kind"])
    _, first = np.unique(kinds[order], return_index=True)
    nearest = places.iloc[order[first]].assign(distance_m=metres[order[first]])
    within = pd.Series(np.bincount(kinds[metres <= walk_m], minlength=len(names)), names)
    frame = nearest.set_index("kind").reindex(list(SHOWN))
    local = np.array([KINDS[kind].completeness == LOCAL for kind in SHOWN])
    unknown = frame["distance_m"].isna() | (local & (frame["distance_m"] > LOCAL_REACH_M))
    frame.loc[unknown, "distance_m"] = np.nan
    frame["name"] = frame["name"].where(~unknown, "").fillna("")
    frame["within"] = within.reindex(frame.index, fill_value=0).where(~unknown, 0)
    return frame.rename_axis("kind").reset_index()


def inside(places: pd.DataFrame, lsoa21_codes: Iterable[str]) -> pd.DataFrame:
    """The places people can go to in some small areas, by kind in the order of KINDS and name."""
    own = assets.assets_in(places, lsoa21_codes)
    return own[own["kind"].isin(SHOWN)].reset_index(drop=True)


def drawn(
    near_: pd.DataFrame, places: pd.DataFrame, easting: float, northing: float, reach_m: float
) -> pd.DataFrame:
    """The places to draw: those at most reach_m metres away, and the nearest of each kind."""
    metres = np.hypot(places["easting"] - easting, places["northing"] - northing)
    listed = places["asset_id"].isin(near_.loc[near_["distance_m"].notna(), "asset_id"])
    return places[(metres <= reach_m) | listed]


def closed_libraries(libraries: pd.DataFrame, members: np.ndarray) -> pd.DataFrame:
    """Libraries of some small areas that have closed since 2010, the latest first."""
    own = libraries[(libraries["status"] == "closed") & libraries["i"].isin(members)]
    return own.sort_values(["closed_year", "name"], ascending=[False, True], ignore_index=True)
