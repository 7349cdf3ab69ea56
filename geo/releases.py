"""Where a small area stood in each release of the Indices of Deprivation, 2004 to 2025.

Only ranks are carried from release to release: methods changed, so scores do not compare, and a
move says how an area stands against others, never whether it became better or worse off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo.cells import Table

EARLIER = (2004, 2007, 2010, 2015, 2019)
LATEST = 2025
RELEASES = (*EARLIER, LATEST)
UNCHANGED = "unchanged"
Places = TypeVar("Places", pd.Series, np.ndarray)
CHANGE_WORDS = {
    "split": "part of a larger small area that was split since, whose rank is shown",
    "merged": "several small areas that were merged since, whose ranks are averaged",
    "irregular": "drawn with quite other borders; the ranks of the areas it took from are averaged",
}


def places(
    history: pd.DataFrame, now: pd.DataFrame, areas_ranked: Mapping[int, int]
) -> pd.DataFrame:
    """Place of every small area in the ranking of each release: rank ÷ areas ranked, 0 to 1.

    history: the deprivation_history table; now: `imd_rank`, row for row. areas_ranked: how many
    areas each release of EARLIER ranked. One column a release; NaN where an area has no rank.
    """
    columns = {year: history[f"imd_rank_{year}"] / areas_ranked[year] for year in EARLIER}
    return pd.DataFrame({**columns, LATEST: now["imd_rank"] / len(now)})


def path(history_row: Mapping[str, Any], place: np.ndarray) -> Table:
    """One small area through the releases: release, place, tenth and change.

    place: its row of `places`, 0 the most deprived to 1. change: unchanged, split, merged or
    irregular against today's borders. Releases that do not have the area are left out.
    """
    changes = [*(history_row[f"change_{year}"] for year in EARLIER), UNCHANGED]
    known = np.flatnonzero(~np.isnan(place)).tolist()
    return Table(
        {
            "release": [RELEASES[release] for release in known],
            "place": place[known].tolist(),
            "tenth": tenths(place[known]).tolist(),
            "change": [changes[release] for release in known],
        }
    )


def tenths(place: Places) -> Places:
    """Tenth that a place in the ranking falls in, 1 the most deprived."""
    return np.ceil(10 * place - 1e-9).clip(1, 10).astype("int64")


def worst_tenth(place: np.ndarray) -> Table:
    """How many of some small areas were in the most deprived tenth of England, release by release.

    place: their rows of `places`. Columns: release, areas (with a rank), worst, share (0 to 1).
    """
    known = (~np.isnan(place)).sum(axis=0)
    worst = (place <= 0.1).sum(axis=0)
    share = np.divide(worst, known, out=np.full(len(known), np.nan), where=known > 0)
    return Table(
        {
            "release": list(RELEASES),
            "areas": known.tolist(),
            "worst": worst.tolist(),
            "share": share.tolist(),
        }
    )


def caveats(path_: Table) -> tuple[str, ...]:
    """What to mind about each stretch of a path whose borders differ from today's, in words."""
    found = []
    for change, words in CHANGE_WORDS.items():
        years = [row["release"] for row in path_.rows() if row["change"] == change]
        if years:
            when = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
            found.append(f"{when}: the area was {words}.")
    return tuple(found)
