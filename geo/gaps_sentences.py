"""The Gaps page in plain words."""

from __future__ import annotations

import pandas as pd

from geo import layers, sentences
from geo.gaps import QUADRANTS
from geo.gaps_list import Shown
from geo.gaps_view import LIKE, THRESHOLDS, GapsView
from geo.known import Places
from geo.reached import REACHED
from geo.sentences import LEVEL_NOUNS, count, joined, people
from geo.store import Store

AGAINST_LABELS = {
    LIKE: "By areas of the same urban or rural class: the share of them that are closer",
    "walk": "By the share of the area’s postcodes beyond the walk",
}
HOW_SCORED = (
    "Each part runs from 0 (best in England) to 100 (worst). Parts of a side are averaged, and the "
    "score is the average of the two sides, so the points of a row add up to its score. It orders "
    "areas for a closer look; it is not a measure of anything by itself."
)
NOTHING_LEFT = "No area is left. Clear the box on the chart or choose other quarters."


def what_counts(view: GapsView) -> str:
    """What the list is ranked by."""
    need = joined([layers.layer(key).short.lower() for key in view.need])
    weak = [layers.layer(key).short.lower() for key in view.community]
    if view.kinds:
        kinds = joined([f"a {REACHED[kind].singular}" for kind in view.kinds])
        weak.append(f"distance to {kinds}")
    if not view.need:
        return f"Ranked by weak social infrastructure alone: {joined(weak)}."
    if not weak:
        return f"Ranked by need alone: {need}."
    return f"Ranked half by need ({need}), half by weak social infrastructure ({joined(weak)})."


def left(found: Shown, view: GapsView, where: str) -> str:
    """How many areas and people the list has. where: the chosen councils or regions in words."""
    totals = found.totals
    if not totals.areas:
        return NOTHING_LEFT
    some = count(totals.areas, *LEVEL_NOUNS[view.level])
    councils = "" if totals.councils == 1 else f", in {totals.councils:,} councils"
    return f"{where}: {some}, {people(totals.population)}{councils}."


def where(view: Places, store: Store) -> str:
    """The chosen councils and regions in words."""
    councils = store.table("councils")
    names = dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True))
    names |= dict(zip(councils["region24_code"], councils["region24_name"], strict=True))
    chosen = [names[code] for code in (*view.councils, *view.regions)]
    if not chosen:
        return "All of England"
    if len(chosen) > 3:
        return f"{chosen[0]}, {chosen[1]} and {len(chosen) - 2} more"
    return joined(chosen)


def threshold(view: GapsView) -> str:
    """The walk and where it comes from."""
    row = THRESHOLDS[view.threshold]
    return f"Walk: {row.label}, from {row.source}. Straight line; inclusive. {sentences.DETOUR}"


def score(found: Shown, view: GapsView) -> str:
    """The chosen area's score, its place and its quarter."""
    row = found.row(view.area)
    if row is None:
        return "It has no record of a part that counts, so it has no score."
    noun = LEVEL_NOUNS[view.level][1]
    scored = int(found.frame["score"].notna().sum())
    quarter = f" {QUADRANTS[row['quarter']]}." if row["quarter"] else ""
    return (
        f"Score {row['score']:.1f} of 100, place {row['place']:,} of {scored:,} {noun} in England."
        f"{quarter}"
    )


def score_rows(explained: pd.DataFrame) -> list[tuple[str, str, str]]:
    """What a score is made of as rows of text: part, points, most, and their sum."""
    if explained.empty:
        return []
    rows = [(row.label, f"{row.points:.1f}", f"{row.most:.1f}") for row in explained.itertuples()]
    return [*rows, ("Score", f"{explained['points'].sum():.1f}", "100.0")]
