"""Which deprived areas gained on areas that began alike, kept pace, or fell back.

Ranks of different releases can only be read against each other: everywhere may have got better or
worse meanwhile. So each area is compared with all in England that began in the same twentieth of
the ranking. That also takes out the drift to the middle that any bottom group shows.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from geo.sentences import tenth

GAINED, KEPT_PACE, FELL_BACK = "gained", "kept-pace", "fell-back"
PATH_WORDS = {
    GAINED: "it gained on areas that began alike",
    KEPT_PACE: "it kept pace with areas that began alike",
    FELL_BACK: "it fell back against areas that began alike",
}
TWENTIETHS = 20
MOST_DEPRIVED = 0.2
# Gained: further up than three in four that began alike. Fell back: further down than three in
# four. The middle half kept pace.
QUARTER = 0.25

# Present councils that make up the regions of the report, as far as its names tell.
CITY_REGIONS = {
    "Greater Liverpool": ("Halton", "Knowsley", "Liverpool", "Sefton", "St. Helens", "Wirral"),
    "Greater Leeds": ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield"),
    "Tees Valley": (
        "Darlington",
        "Hartlepool",
        "Middlesbrough",
        "Redcar and Cleveland",
        "Stockton-on-Tees",
    ),
}


def rank_paths(start_rank: pd.Series, end_rank: pd.Series) -> pd.DataFrame:
    """Where each area stood at the start and end, and how it did against those that began alike.

    Takes ranks of every small area, 1 the most deprived (averaged ranks allowed). Columns:
    start, end (place in the ranking, 0 most deprived to 1), standing (0 to 1: share of the areas
    of the same twentieth that did worse, ties halved) and path, which is None for areas outside
    the most deprived fifth at the start. Areas that lack either rank are left out.
    """
    both = start_rank.notna() & end_rank.notna()
    start_rank, end_rank = start_rank[both], end_rank[both]
    count = int(both.sum())
    start = (start_rank.rank(method="average") - 0.5) / count
    end = (end_rank.rank(method="average") - 0.5) / count
    twentieth = np.ceil(start * TWENTIETHS).astype("int64")
    alike = (end - start).groupby(twentieth)
    standing = (alike.rank(method="average") - 0.5) / alike.transform("size")
    path = pd.Series(KEPT_PACE, index=start.index, dtype=object)
    path[standing > 1 - QUARTER] = GAINED
    path[standing <= QUARTER] = FELL_BACK
    path[start > MOST_DEPRIVED] = None
    return pd.DataFrame({"start": start, "end": end, "standing": standing, "path": path})


def in_words(start: float, end: float, path: str | None, years: str) -> str:
    """A path as a sentence, from a row of `rank_paths`; years as in "2010 to 2025"."""
    here, there = (tenth(max(1, math.ceil(10 * place))) for place in (start, end))
    moved = f"stayed in the {here}" if here == there else f"moved from the {here} to the {there}"
    sentence = f"{years}: {moved} relative to other areas"
    return f"{sentence}; {PATH_WORDS[path]}." if path else f"{sentence}."


def region_of(councils: pd.DataFrame) -> pd.Series:
    """City region of each council in CITY_REGIONS, by its code; councils of no region are absent.

    councils: ltla24_code, ltla24_name. Raises KeyError for a name that is not there.
    """
    code = councils.set_index("ltla24_name")["ltla24_code"]
    return pd.Series(
        {code[name]: region for region, names in CITY_REGIONS.items() for name in names}
    )
