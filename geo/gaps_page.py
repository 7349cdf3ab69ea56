"""All that the Gaps page shows of a view, put together once for everyone who opens it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa

from geo import gap_charts, gaps_list
from geo.gaps_list import Shown
from geo.gaps_view import GapsView
from geo.own_access import Counted
from geo.sentences import LEVEL_NOUNS

FIRST_SCORES = 10
# More rows than anyone reads: all England's small areas are 9 MB to a phone.
LISTED = 1_000


@dataclass(frozen=True)
class GapsPage:
    """What a view shows, whichever of its areas is picked out. Readers share it: change nothing.

    found: `gaps_list.shown`. quarters: areas of each, by its key. marks: `gap_charts.marks` of
    what is in scope. count: how many areas are listed; codes: those of the first LISTED, and
    list_on_screen their rows. summary: `by_council`, and summary_on_screen as it stands on the
    page. scores: `gap_charts.score_rows` of the first FIRST_SCORES.
    """

    found: Shown
    quarters: dict[str, int]
    marks: pd.DataFrame
    count: int
    codes: list[str]
    list_on_screen: pa.Table
    summary: pd.DataFrame
    summary_on_screen: pa.Table
    scores: gap_charts.Scores


def shared(view: GapsView) -> GapsView:
    """What of a view decides all of that: whoever clicks on an area goes on in the same page."""
    return replace(view, area=None)


def made(view: GapsView, national: Counted) -> GapsPage:
    """The page of a view whose codes are known to the tables."""
    found = gaps_list.shown(view, national)
    listed = gaps_list.listed(found, view)
    # Taken, not sliced: what is kept would hold on to all of them.
    first = listed.take(range(min(len(listed), LISTED)))
    summary = gaps_list.by_council(found, view, national)
    on_screen = gaps_list.summary_on_screen(summary, view, LEVEL_NOUNS[view.level][1])
    quarters = found.quarters()
    return GapsPage(
        found,
        dict(zip(quarters["quarter"], quarters["areas"].tolist(), strict=True)),
        gap_charts.marks(found.frame[found.scope]),
        len(listed),
        first["code"].tolist(),
        pa.Table.from_pandas(gaps_list.on_screen(first, view)),
        summary,
        pa.Table.from_pandas(on_screen),
        gap_charts.score_rows(*gaps_list.first_scores(first, view, FIRST_SCORES)),
    )
