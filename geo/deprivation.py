"""Indices of deprivation: transform, rank, decile, share; small areas brought up to larger ones.

Rank 1 and decile 1 are the most deprived throughout. Definitions follow the technical report of
the English Indices of Deprivation 2019 and 2025 (Ministry of Housing, Communities and Local
Government).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

# Weight of each domain in the Index of Multiple Deprivation, as published (technical report,
# chapter 3): 9.3% stands for a little more, so they come to 99.9%, and give the published scores.
DOMAIN_WEIGHTS = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "housing": 0.093,
    "environment": 0.093,
}
DOMAINS = tuple(DOMAIN_WEIGHTS)
INDICES = ("imd", *DOMAINS)
WORST_DECILE = 1

# With 23, the most deprived tenth of areas has scores from about 50 to 100.
TRANSFORM_CONSTANT = 23.0


def exponential_transform(rank: pd.Series | np.ndarray, areas: int) -> pd.Series | np.ndarray:
    """Score from 0 to 100 of a rank among `areas`, stretched at the deprived end.

    X = -23·ln(1 - R·(1 - exp(-100/23))), R = (N - rank + 1)/N, so that doing well in one domain
    does not cancel doing badly in another (technical report, appendix on the transform).
    """
    scaled = (areas - rank + 1) / areas
    return -TRANSFORM_CONSTANT * np.log(1 - scaled * (1 - np.exp(-100 / TRANSFORM_CONSTANT)))


def imd_from_domain_ranks(frame: pd.DataFrame) -> pd.Series:
    """Score of the Index of Multiple Deprivation from `{domain}_rank` of every small area.

    The frame must hold all the areas that were ranked together.
    """
    areas = len(frame)
    return sum(
        weight * exponential_transform(frame[f"{domain}_rank"], areas)
        for domain, weight in DOMAIN_WEIGHTS.items()
    )


def rank(scores: pd.Series) -> pd.Series:
    """Rank of each score, 1 for the highest, that is the most deprived; ties share the lowest."""
    return scores.rank(ascending=False, method="min").astype("int32")


def decile(ranks: pd.Series, areas: int | None = None) -> pd.Series:
    """Tenth that a rank falls in: ceil(10·rank/N), 1 the most deprived.

    `areas` is N, by default the number of ranks given. Averaged ranks are allowed; a missing
    rank has a missing decile (and the deciles are then floats).
    """
    tenths = np.ceil(10 * ranks / (areas or len(ranks)))
    return tenths if tenths.hasnans else tenths.astype("int32")


def worst_tenth_share(deciles: pd.Series, by: pd.Series) -> pd.Series:
    """Share (0 to 1) of the small areas of each larger area that are in decile 1."""
    return (deciles == WORST_DECILE).groupby(by).mean()


def average_score(scores: pd.Series, population: pd.Series, by: pd.Series) -> pd.Series:
    """Population-weighted average score of the small areas of each larger area.

    The publisher's "average score" in its summaries for local authority districts.
    """
    weighed = (scores * population).groupby(by).sum()
    return weighed / population.groupby(by).sum()


def bring_up(
    measures: pd.DataFrame, keys: Sequence[str], population: pd.Series, by: pd.Series
) -> pd.DataFrame:
    """Bring small-area measures up to the areas named in `by`, one row an area, sorted.

    `measures` has `{key}_score` and `{key}_decile` for each key, aligned with `population`
    (residents) and `by`. Gives `{key}_score` (population-weighted average), `{key}_rank` and
    `{key}_decile` among the areas of that level, and `{key}_worst_tenth_share`.
    """
    columns = {}
    for key in keys:
        score = average_score(measures[f"{key}_score"], population, by)
        columns[f"{key}_score"] = score
        columns[f"{key}_rank"] = rank(score)
        columns[f"{key}_decile"] = decile(columns[f"{key}_rank"])
        columns[f"{key}_worst_tenth_share"] = worst_tenth_share(measures[f"{key}_decile"], by)
    return pd.DataFrame(columns)
