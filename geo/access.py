"""How far people are from places: nearest, share within a walk, supply, catchments.

Origins are postcode points, a stand-in for addresses. The directory they come from mixes live
and ended postcodes, so each distinct grid reference counts once within a small area. Distances
are straight-line metres (see `geo.distance`). Thresholds are inclusive.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.distance import (
    METRES_800,
    METRES_1200,
    MILE_M,
    TWO_MILES_M,
    nearest,
    pairs_within,
    points_of,
)

# 800 m: the 20-minute neighbourhood, each way. 1 and 2 miles: former public library standards.
THRESHOLDS_M = {
    "within_800m": METRES_800,
    "within_1200m": METRES_1200,
    "within_1_mile": MILE_M,
    "within_2_miles": TWO_MILES_M,
}


def distinct_points(postcodes: pd.DataFrame) -> pd.DataFrame:
    """Each grid reference once within its small area: columns i, easting, northing (metres).

    Takes the postcode table; rows come out sorted by small-area number, easting, northing.
    """
    # One whole number a row sorts four times as fast as three columns.
    number = postcodes["i"].to_numpy(dtype="int64") << 42
    number |= postcodes["easting"].to_numpy(dtype="int64") << 21
    number |= postcodes["northing"].to_numpy(dtype="int64")
    number.sort()
    number = number[np.diff(number, prepend=-1) > 0]
    return pd.DataFrame(
        {
            "i": (number >> 42).astype("uint16"),
            "easting": (number >> 21 & 0x1FFFFF).astype("int32"),
            "northing": (number & 0x1FFFFF).astype("int32"),
        }
    )


def group_quantiles(
    values: np.ndarray, group: np.ndarray, groups: int, shares: Sequence[float]
) -> list[np.ndarray]:
    """Quantiles of values within each group 0..groups-1, one array a share.

    Linear between neighbours, as numpy's default. An empty group gives NaN.
    """
    values = np.asarray(values, dtype="float64")
    order = np.argsort(values)
    # Small whole numbers are sorted in one go through them, which np.lexsort does not.
    own = group[order].astype(np.min_scalar_type(groups))
    ranked = values[order][np.argsort(own, kind="stable")]
    count = np.bincount(group, minlength=groups)
    start = np.cumsum(count) - count
    filled = count > 0
    quantiles = []
    for share in shares:
        position = share * (count[filled] - 1)
        below = position.astype("int64")
        above = np.minimum(below + 1, count[filled] - 1)
        low, high = ranked[start[filled] + below], ranked[start[filled] + above]
        quantile = np.full(groups, np.nan)
        quantile[filled] = low + (high - low) * (position - below)
        quantiles.append(quantile)
    return quantiles


def summarise(metres: np.ndarray, group: np.ndarray, groups: int) -> pd.DataFrame:
    """Distances of points by the area they lie in: one row a group 0..groups-1.

    Columns median_m, p90_m and, for each of THRESHOLDS_M, the share (0 to 1) of the area's
    points at most that far. An area with no points has NaN.
    """
    median, p90 = group_quantiles(metres, group, groups, (0.5, 0.9))
    count = np.bincount(group, minlength=groups).astype("float64")
    count[count == 0] = np.nan
    summary = pd.DataFrame({"median_m": median, "p90_m": p90})
    for name, threshold_m in THRESHOLDS_M.items():
        summary[name] = np.bincount(group[metres <= threshold_m], minlength=groups) / count
    return summary


def centres(points: pd.DataFrame, group: np.ndarray, groups: int) -> np.ndarray:
    """The median easting and median northing of each area's points: (groups, 2) metres."""
    return np.column_stack(
        [
            group_quantiles(points[axis].to_numpy(), group, groups, (0.5,))[0]
            for axis in ("easting", "northing")
        ]
    )


def nearest_to_centres(centre: np.ndarray, places: pd.DataFrame) -> pd.DataFrame:
    """nearest_asset_id and nearest_m (metres) for each centre; missing where a centre is NaN."""
    known = ~np.isnan(centre[:, 0])
    metres = np.full(len(centre), np.nan)
    metres[known], place = nearest(centre[known], points_of(places))
    asset_id = np.full(len(centre), None, dtype=object)
    asset_id[known] = places["asset_id"].to_numpy(dtype=object)[place]
    return pd.DataFrame({"nearest_asset_id": asset_id, "nearest_m": metres})


def access_to(
    points: pd.DataFrame, places: pd.DataFrame, group: np.ndarray, groups: int
) -> pd.DataFrame:
    """How far an area's postcodes are from the nearest of some places: one row a group.

    `points` are `distinct_points`, `group` is the area number of each. `places` has asset_id,
    easting, northing. The columns are those of `summarise`, and of `nearest_to_centres` from the
    area's centre. Raises ValueError with no places.
    """
    if places.empty:
        raise ValueError("access to nothing: there are no places")
    metres, _ = nearest(points_of(points), points_of(places))
    centre = centres(points, group, groups)
    return summarise(metres, group, groups).join(nearest_to_centres(centre, places))


def supply_per_1000(places: np.ndarray, people: np.ndarray) -> np.ndarray:
    """How many places there are for every 1,000 people, from counts of both, figure for figure.

    Nobody living there gives NaN.
    """
    nobody = np.full(len(people), np.nan)
    return np.divide(1000 * places, people, out=nobody, where=people > 0)


def per_resident(figures: np.ndarray, people: np.ndarray) -> float:
    """The figure of some small areas together: that of each counts by its residents."""
    return float(np.average(figures, weights=people))


def catchment_access(
    demand: np.ndarray,
    people: np.ndarray,
    supply_points: np.ndarray,
    supply: np.ndarray,
    reach_m: float,
) -> np.ndarray:
    """Supply for each person by two-step floating catchment areas, one figure a demand point.

    Step 1: each place's supply S_j is shared among all people within reach of it,
    R_j = S_j / Σ_{i: d_ij ≤ d0} P_i. Step 2: each demand point adds up the shares of the places
    within its reach, A_i = Σ_{j: d_ij ≤ d0} R_j. Hence Σ A_i P_i = Σ S_j over places that reach
    anyone. Luo W, Wang F (2003), Environment and Planning B 30(6), 865–884.

    `demand` and `supply_points` are (n, 2) metres, `people` and `supply` one figure each (hours a
    week, places …). A place that reaches nobody supplies nobody.
    """
    point, place, _ = pairs_within(demand, supply_points, reach_m)
    reached = np.bincount(place, weights=people[point], minlength=len(supply_points))
    share = np.divide(supply, reached, out=np.zeros(len(supply_points)), where=reached > 0)
    return np.bincount(point, weights=share[place], minlength=len(demand))


def open_in(places: pd.DataFrame, year: int) -> pd.Series:
    """Whether each place was open in a year, by status, opened_year and closed_year.

    One that closed in that year still counts; an unknown year of opening counts as opened
    earlier, and a closed place with no year of closing as closed later. One that is open now is
    not taken to have been closed, whatever year of closing stands with it.
    """
    opened = places["opened_year"].isna() | (places["opened_year"] <= year)
    closed = (places["status"] == "closed") & (places["closed_year"] < year)
    return opened & ~closed


def lost_nearest(then: pd.DataFrame, now: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Areas whose nearest place was nearer then than it is now, the largest loss first.

    `then` and `now` are `access_to` frames with the same rows and an area code as first column.
    Columns: that code, lost_asset_id, lost_name, closed_year, then_m, now_asset_id, now_name,
    now_m and further_m (metres, from the area's centre).
    """
    code = then.columns[0]
    named = places.drop_duplicates("asset_id").set_index("asset_id")
    lost = pd.DataFrame(
        {
            code: then[code],
            "lost_asset_id": then["nearest_asset_id"],
            "lost_name": then["nearest_asset_id"].map(named["name"]),
            "closed_year": then["nearest_asset_id"].map(named["closed_year"]),
            "then_m": then["nearest_m"],
            "now_asset_id": now["nearest_asset_id"],
            "now_name": now["nearest_asset_id"].map(named["name"]),
            "now_m": now["nearest_m"],
            "further_m": now["nearest_m"] - then["nearest_m"],
        }
    )
    lost = lost[lost["further_m"] > 0]
    return lost.sort_values(["further_m", code], ascending=[False, True], ignore_index=True)
