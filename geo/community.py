"""Community need: the Community Needs Index, and where it meets deprivation.

Rank 1 and decile 1 are the greatest need. Method of the index: Oxford Consultants for Social
Inclusion (OCSI) for Local Trust, Community Needs Index 2023.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.deprivation import WORST_DECILE, exponential_transform

NEED_DOMAINS = ("civic_assets", "connectedness", "engaged")
NEED_INDICES = ("cni", *NEED_DOMAINS)
THIRDS = 3


def cni_from_domain_ranks(frame: pd.DataFrame) -> pd.Series:
    """Score of the Community Needs Index from `{domain}_rank` of every small area.

    The unweighted sum of the three exponentially transformed ranks, from 0 to 300. The frame
    must hold all the areas that were ranked together.
    """
    areas = len(frame)
    return sum(exponential_transform(frame[f"{domain}_rank"], areas) for domain in NEED_DOMAINS)


def double_disadvantage(imd_decile: pd.Series, cni_decile: pd.Series) -> pd.Series:
    """Whether an area is in the worst tenth of both deprivation and community need.

    This is today's measure on small areas. It is not the list of 225 wards named "left behind"
    in 2019, which stands in its own column and table and is never mixed with it.
    """
    return (imd_decile == WORST_DECILE) & (cni_decile == WORST_DECILE)


def third(ranks: pd.Series, areas: int | None = None) -> pd.Series:
    """Third that a rank falls in: ceil(3·rank/N), 1 the greatest need."""
    return np.ceil(THIRDS * ranks / (areas or len(ranks))).astype("int32")


def two_way_class(imd_rank: pd.Series, cni_rank: pd.Series) -> pd.Series:
    """Class from 0 to 8 of a 3 × 3 map: 3 × (third by deprivation) + third by community need.

    Thirds count from 0 (greatest need) to 2, so 0 is worst on both and 8 best on both. The
    series must hold all the areas that were ranked together.
    """
    return THIRDS * (third(imd_rank) - 1) + third(cni_rank) - 1
