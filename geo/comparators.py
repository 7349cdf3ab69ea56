"""Areas like this one, and the best matched pair: as deprived, much stronger on what people share.

Areas are alike when they look alike on what provision does not decide: the seven domains of
deprivation, people by age, and how rural the place is. Provision and the Community Needs Index
are left out on purpose, so that they can be compared afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from scipy.special import ndtri

from geo.cells import Table

DOMAINS = ("income", "employment", "education", "health", "crime", "housing", "environment")
AGES = ("age_0_15", "age_16_24", "age_25_34", "age_35_49", "age_50_64", "age_65_plus")
# Rural Urban Classification 2021: how rural the settlement is, and whether far from a city.
RURALITY = {"U": 0.0, "RL": 0.5, "RS": 1.0}
# The three groups count as seven domains, two for age and two for place.
DOMAIN_WEIGHT, AGE_WEIGHT, PLACE_WEIGHT = 7.0, 2.0, 2.0

# A match is good unless it is further off than the nearest other is for 99 in 100 areas.
GOOD_MATCH_QUANTILE = 0.99
SAMPLE_SIZE = 5000
AS_DEPRIVED = 0.05
MUCH_STRONGER = 0.3
_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Likeness:
    """Where every area lies among its kind; distance between two rows is how unlike they are.

    points: (areas, features), scaled so that a distance of 1 is one standard deviation on the
    average feature. limit: beyond it there is no good match.
    """

    points: np.ndarray
    limit: float


def rurality(classes: pd.Series) -> pd.DataFrame:
    """Rural Urban Classification 2021 codes as two figures from 0 to 1: rural, remote.

    rural: 0 urban, 0.5 larger rural, 1 smaller rural. remote: 1 where further from a major town
    or city. Raises KeyError for a code that is not of the classification.
    """
    size = classes.str[:-2].map(RURALITY)
    far = classes.str[-2].map({"N": 0.0, "F": 1.0})
    if (unknown := size.isna() | far.isna()).any():
        raise KeyError(f"not a class of the 2021 classification: {set(classes[unknown])}")
    return pd.DataFrame({"rural": size, "remote": far})


def council_rurality(small_areas: pd.DataFrame, council_codes: pd.Series) -> pd.DataFrame:
    """The same two figures for councils: averages of their small areas, weighted by residents.

    `small_areas` has ruc21_code, ltla24_code, population_2022. Rows follow `council_codes`.
    """
    people = small_areas["population_2022"]
    weighted = rurality(small_areas["ruc21_code"]).mul(people, axis=0)
    council = small_areas["ltla24_code"].to_numpy()
    averages = weighted.groupby(council).sum().div(people.groupby(council).sum(), axis=0)
    return averages.reindex(council_codes).reset_index(drop=True)


def likeness(areas: pd.DataFrame, place: pd.DataFrame) -> Likeness:
    """Scale the features of all areas of a level, and find how near a good match is.

    `areas` has {domain}_rank for DOMAINS (1 the most deprived) and the AGES (counts of people);
    `place` has the columns of `rurality`, row for row. Ages are shares. Each feature is z-scored
    over the areas, domains by normal scores of their ranks (van der Waerden), since the scores'
    long tails would leave the most deprived areas without any like them. The groups weigh
    DOMAIN_WEIGHT, AGE_WEIGHT and PLACE_WEIGHT. The limit is the GOOD_MATCH_QUANTILE of the
    distances from areas (an even sample of SAMPLE_SIZE in file order) to their nearest other.
    """
    ages = areas[list(AGES)].to_numpy(dtype="float64")
    total = ages.sum(axis=1, keepdims=True)
    shares = np.divide(ages, total, out=np.zeros_like(ages), where=total > 0)
    ranks = areas[[f"{domain}_rank" for domain in DOMAINS]].to_numpy(dtype="float64")
    groups = (
        (ndtri((len(areas) - ranks + 0.5) / len(areas)), DOMAIN_WEIGHT),
        (shares, AGE_WEIGHT),
        (place.to_numpy(dtype="float64"), PLACE_WEIGHT),
    )
    all_weights = DOMAIN_WEIGHT + AGE_WEIGHT + PLACE_WEIGHT
    points = np.hstack(
        [
            _z_scores(values) * np.sqrt(weight / values.shape[1] / all_weights)
            for values, weight in groups
        ]
    )
    return Likeness(points, _good_match_limit(points))


def apart_from(like: Likeness, row: int) -> np.ndarray:
    """How unlike one area every area is, in standard deviations on the average feature."""
    here = like.points[row]
    # Some at a time: what is four megabytes in one piece is asked of the system anew each time.
    parts = [
        like.points[first : first + _AT_A_TIME] for first in range(0, len(like.points), _AT_A_TIME)
    ]
    return np.concatenate([np.linalg.norm(part - here, axis=1) for part in parts])


def most_alike(
    like: Likeness,
    row: int,
    count: int = 5,
    among: np.ndarray | None = None,
    apart: np.ndarray | None = None,
) -> Table:
    """The areas most like one area, nearest first: columns row, distance, closeness, good_match.

    distance: how unlike, in standard deviations on the average feature. closeness: 0 to 100,
    where 100 is no difference and 50 is as far as a good match may be. `among` marks the rows
    that may be chosen (a boolean for each); the area itself never is. apart: `apart_from`, where it
    is at hand.
    """
    apart = apart_from(like, row) if apart is None else apart
    allowed = np.ones(len(apart), dtype=bool) if among is None else among.copy()
    allowed[row] = False
    candidates = np.flatnonzero(allowed)
    if len(candidates) > count:
        # Only those that can be among the nearest are put in order.
        furthest = np.partition(apart[candidates], count - 1)[count - 1]
        candidates = candidates[apart[candidates] <= furthest]
    nearest = candidates[np.argsort(apart[candidates], kind="stable")[:count]]
    return Table(
        {
            "row": nearest.tolist(),
            "distance": apart[nearest].tolist(),
            "closeness": closeness(apart[nearest], like.limit).tolist(),
            "good_match": (apart[nearest] <= like.limit).tolist(),
        }
    )


def closeness(distance: np.ndarray, limit: float) -> np.ndarray:
    """A distance as 0 to 100: 100 the same, 50 at the limit of a good match, falling to 0."""
    if limit == 0:
        return np.where(np.asarray(distance) == 0, 100.0, 0.0)
    return 100 * 0.5 ** (np.asarray(distance) / limit)


def matched_pair(
    like: Likeness,
    imd_rank: Sequence[int],
    cni_rank: Sequence[int],
    row: int,
    apart: np.ndarray | None = None,
) -> Table:
    """The area most like this one, as deprived, with much stronger social infrastructure.

    As deprived: Index of Multiple Deprivation ranks at most AS_DEPRIVED of all areas apart. Much
    stronger: Community Needs Index rank at least MUCH_STRONGER of all areas better. One row like
    `most_alike`, whose good_match may be false, or no row where no area meets both. apart:
    `apart_from`, where it is at hand.
    """
    imd, cni = np.asarray(imd_rank, dtype="float64"), np.asarray(cni_rank, dtype="float64")
    as_deprived = np.abs(imd - imd[row]) <= AS_DEPRIVED * len(imd)
    much_stronger = cni - cni[row] >= MUCH_STRONGER * len(cni)
    return most_alike(like, row, 1, as_deprived & much_stronger, apart)


def _z_scores(values: np.ndarray) -> np.ndarray:
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1)


def _good_match_limit(points: np.ndarray) -> float:
    if len(points) < 2:
        return 0.0
    step = max(len(points) // SAMPLE_SIZE, 1)
    distances, _ = cKDTree(points).query(points[::step], k=2, workers=-1)
    return float(np.quantile(distances[:, 1], GOOD_MATCH_QUANTILE))
