"""How far it is from origins to destinations: the only module that knows.

Points are arrays of shape (n, 2), easting and northing in EPSG:27700 metres. Distances are
straight lines; a walk is usually 1.2 to 1.3 times as long. A street network can take over by
replacing the functions here: nothing else measures a distance.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

METRES_800 = 800.0
METRES_1200 = 1200.0
MILE_M = 1609.344
TWO_MILES_M = 2 * MILE_M


def points_of(frame: pd.DataFrame) -> np.ndarray:
    """Easting and northing of a frame's rows as float metres, shape (n, 2)."""
    return frame[["easting", "northing"]].to_numpy(dtype="float64")


def nearest(origins: np.ndarray, destinations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Metres from each origin to its nearest destination, and that destination's position.

    Of two equally near either may be named. With no destination the metres are infinite and the
    position is -1.
    """
    if len(destinations) == 0:
        return np.full(len(origins), np.inf), np.full(len(origins), -1)
    if len(origins) == 0:
        return np.empty(0), np.empty(0, dtype="int64")
    return cKDTree(destinations).query(origins, workers=-1)


def metres_to(origins: np.ndarray, destination: np.ndarray) -> np.ndarray:
    """Metres from each origin to one destination, an array of its easting and northing."""
    return np.hypot(origins[:, 0] - destination[0], origins[:, 1] - destination[1])


def pairs_within(
    origins: np.ndarray, destinations: np.ndarray, reach_m: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of origin and destination at most `reach_m` metres apart, in no set order.

    Returns positions of the origins, positions of the destinations, and metres.
    """
    if len(origins) == 0 or len(destinations) == 0:
        return np.empty(0, dtype="int64"), np.empty(0, dtype="int64"), np.empty(0)
    pairs = cKDTree(origins).sparse_distance_matrix(
        cKDTree(destinations), reach_m, output_type="ndarray"
    )
    return pairs["i"], pairs["j"], pairs["v"]


def pairs_nearer_than(
    origins: np.ndarray, destinations: np.ndarray, reach_m: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As `pairs_within`, with a reach of its own for each origin; infinite takes every pair."""
    if len(origins) == 0 or len(destinations) == 0:
        return np.empty(0, dtype="int64"), np.empty(0, dtype="int64"), np.empty(0)
    found = cKDTree(destinations).query_ball_point(origins, reach_m, workers=-1)
    origin = np.repeat(np.arange(len(origins)), [len(some) for some in found])
    destination = np.concatenate([np.array(some, dtype="int64") for some in found])
    return origin, destination, np.hypot(*(origins[origin] - destinations[destination]).T)


def count_within(origins: np.ndarray, destinations: np.ndarray, reach_m: float) -> int:
    """How many pairs `pairs_within` would give."""
    if len(origins) == 0 or len(destinations) == 0:
        return 0
    return int(cKDTree(origins).count_neighbors(cKDTree(destinations), reach_m))
