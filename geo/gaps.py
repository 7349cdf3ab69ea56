"""What an area has against areas like it, what it lacks, and where need meets weak provision.

A gap is a place in the national distribution of the same rural or urban class: a village is not
held against a city. All positions run from 0 to 1 with 1 the worst, so that parts can be added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.cells import Table

WORST_TENTH = 0.9
DEPRIVATION_PARTS = (
    "imd",
    "income",
    "employment",
    "education",
    "health",
    "crime",
    "housing",
    "environment",
)
COMMUNITY_PARTS = ("cni", "civic_assets", "connectedness", "engaged")
GAP_PREFIX = "gap_"

# The Rural Urban Classification 2021 in words that fit after "small areas in".
CLASS_WORDS = {
    "UN1": "towns and cities in reach of a major one",
    "UF1": "towns far from a major town or city",
    "RLN1": "larger villages and small towns near a major town or city",
    "RLF1": "larger villages and small towns far from a major town or city",
    "RSN1": "small villages and countryside near a major town or city",
    "RSF1": "small villages and countryside far from a major town or city",
}

QUADRANTS = {
    "deprived-weak": "More deprived, weaker social infrastructure",
    "deprived-strong": "More deprived, stronger social infrastructure",
    "better-off-weak": "Less deprived, weaker social infrastructure",
    "better-off-strong": "Less deprived, stronger social infrastructure",
}


@dataclass(frozen=True)
class Gaps:
    """Distances of every area and where they stand; one row an area, one column a kind.

    metres: to the nearest place. closer: share of the other areas of the class that are closer,
    0 to 1. worst_tenth: whether at least nine in ten are. No record is NaN, and not worst.
    """

    metres: pd.DataFrame
    closer: pd.DataFrame
    worst_tenth: pd.DataFrame


def standing(values: pd.DataFrame, classes: pd.Series) -> pd.DataFrame:
    """Share of the other areas of the same class with a lower figure, 0 to 1, in each column.

    Areas with equal figures stand equal; NaN stands nowhere and is not counted. An area alone in
    its class stands at 0. Turn the sign where a high figure is good.
    """
    grouped = values.groupby(classes.to_numpy())
    others = grouped.transform("count") - 1
    return (grouped.rank(method="min") - 1) / others.where(others > 0, 1)


def find_gaps(metres: pd.DataFrame, classes: pd.Series) -> Gaps:
    """Gaps in access for all areas at once.

    `metres` has a column a kind (median metres to the nearest place) and a row an area; `classes`
    are their rural or urban classes, row for row.
    """
    closer = standing(metres, classes)
    return Gaps(metres, closer, closer >= WORST_TENTH)


def gaps_of(gaps: Gaps, row: int) -> Table:
    """One area's gaps, the worst first: kind, metres, closer_in_100, worst_tenth.

    closer_in_100 is a whole number rounded down, so that it never says 100 in 100 unless every
    other area of the class is closer. Kinds with no record are left out.
    """
    kinds = gaps.metres.columns.tolist()
    metres, closer, worst = (
        table.to_numpy()[row].tolist() for table in (gaps.metres, gaps.closer, gaps.worst_tenth)
    )
    known = [column for column, share in enumerate(closer) if not math.isnan(share)]
    known.sort(key=lambda column: (-closer[column], kinds[column]))
    return Table(
        {
            "kind": [kinds[column] for column in known],
            "metres": [metres[column] for column in known],
            # A hair's breadth, lest 0.29 × 100 round down to 28.
            "closer_in_100": [math.floor(100 * closer[column] + 1e-9) for column in known],
            "worst_tenth": [worst[column] for column in known],
        }
    )


def positions(areas: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Each measure's place among the areas, from its {measure}_rank: 1 the worst, 0 the best."""
    most = max(len(areas) - 1, 1)
    return pd.DataFrame({key: (len(areas) - areas[f"{key}_rank"]) / most for key in measures})


def parts_of(areas: pd.DataFrame, gaps: Gaps | None = None) -> pd.DataFrame:
    """Every part a ranking can be made of, 0 to 1 with 1 the worst, row for row with `areas`.

    Columns: DEPRIVATION_PARTS, COMMUNITY_PARTS (from {measure}_rank, 1 the worst) and, with
    `gaps`, gap_{kind}.
    """
    parts = positions(areas, (*DEPRIVATION_PARTS, *COMMUNITY_PARTS))
    if gaps is None:
        return parts
    return pd.concat([parts, gaps.closer.add_prefix(GAP_PREFIX)], axis=1)


def rank_areas(parts: pd.DataFrame, need: Sequence[str], provision: Sequence[str]) -> pd.DataFrame:
    """Areas by high need and weak provision, with what each part gives to the score.

    need and weakness (0 to 100) are plain averages of their chosen parts; the score is the
    average of the two, so the {part}_points add up to it. A part with no record in a row is left
    out of that row's average. With one side empty the other is the score. place 1 is the highest
    score, equal scores share a place; a row with no record on a side has no score.

    Rows stay in the order of `parts`. Raises ValueError when no part is chosen.
    """
    sides = {
        name: list(chosen) for name, chosen in (("need", need), ("weakness", provision)) if chosen
    }
    if not sides:
        raise ValueError("choose at least one part to rank by")
    columns: dict[str, pd.Series] = {}
    for name, chosen in sides.items():
        values = 100 * parts[chosen]
        known = values.notna().sum(axis=1)
        columns[name] = values.sum(axis=1) / known.where(known > 0)
        points = values.div(known.where(known > 0), axis=0).fillna(0) / len(sides)
        columns |= {f"{part}_points": points[part] for part in chosen}
    ranking = pd.DataFrame(columns)
    ranking["score"] = ranking[list(sides)].mean(axis=1, skipna=False)
    ranking["place"] = ranking["score"].rank(method="min", ascending=False).astype("Int64")
    return ranking


def quadrants(need: pd.Series, weakness: pd.Series, line: float = 0.5) -> pd.Series:
    """Which quarter of deprivation × social infrastructure each area is in: keys of QUADRANTS.

    Both are positions from 0 to 1 with 1 the worst; at or above `line` counts as worse. An area
    missing either has None.
    """
    names = np.array(list(QUADRANTS), dtype=object)
    number = 2 * (need < line).to_numpy() + (weakness < line).to_numpy()
    known = (need.notna() & weakness.notna()).to_numpy()
    return pd.Series(np.where(known, names[number], None), index=need.index, dtype=object)


def council_summary(areas: pd.DataFrame, gaps: Gaps, quadrant: pd.Series) -> pd.DataFrame:
    """Gaps and quadrants by council, one row each in the order of ltla24_code.

    `areas` has ltla24_code and population_2022, row for row with `gaps` and `quadrant`. Columns:
    ltla24_code, areas, people, deprived_weak_areas, deprived_weak_people,
    deprived_weak_people_share and, for each kind, {kind}_worst_tenth_areas.
    """
    people = areas["population_2022"]
    both = (quadrant == "deprived-weak").to_numpy()
    counted = pd.DataFrame(
        {
            "areas": 1,
            "people": people,
            "deprived_weak_areas": both.astype("int64"),
            "deprived_weak_people": people.where(both, 0),
        }
    )
    worst = gaps.worst_tenth.astype("int64").add_suffix("_worst_tenth_areas")
    counted = pd.concat([counted, worst.set_axis(counted.index)], axis=1)
    summary = counted.groupby(areas["ltla24_code"].to_numpy(), sort=True).sum()
    share = summary["deprived_weak_people"] / summary["people"].where(summary["people"] > 0)
    summary.insert(4, "deprived_weak_people_share", share)
    return summary.rename_axis("ltla24_code").reset_index()
