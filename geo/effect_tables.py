"""The figures of a scenario as tables: for the screen in rounded words, for files in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from geo.areas import AGE_BANDS
from geo.effects import Effect, Reach
from geo.sentences import distance, joined

SOURCES = (
    "onspd", "lsoa21_bgc", "population2022", "census21_age", "iod2025", "cni2023",
    "msoa_names", "lookup_ward24",
)  # fmt: skip
_MEDIANS = ("median_before_m", "median_after_m")
# Groups in the order of the page: key, its column, what its rows are called.
GROUPS = {
    "deprivation": ("by_decile", "imd_decile", "Deprivation tenth (1 = most deprived)"),
    "age": ("by_age", "age", "Age"),
    "double": ("by_double", "double", "Double disadvantage"),
    "ward": ("by_ward", "ward24_code", "Ward"),
    "council": ("by_council", "ltla24_code", "Council"),
}
_DOUBLE = {True: "In doubly disadvantaged small areas", False: "Elsewhere"}

Rows = list[tuple[str, ...] | str]


def number(people: float) -> str:
    """An estimate of people, to the nearest ten."""
    return "under 10" if 0 < people < 9.5 else f"{round(people / 10) * 10:,}"


def percent(share: float) -> str:
    """A share as a whole per cent; a dash where there is nobody."""
    return "–" if np.isnan(share) else f"{100 * share:.0f}%"


def metres(value: float) -> str:
    """A distance in words; a dash where nobody is affected."""
    if np.isnan(value):
        return "–"
    return distance(value) if np.isfinite(value) else "nowhere to go"


def before_after(effect: Effect, walk: str, councils: Mapping[str, str]) -> Rows:
    """Now and after, of those affected and of everyone in the councils they live in.

    walk: the chosen walk in words. councils: code → name.
    """
    names = [councils[code] for code in effect.by_council["ltla24_code"]]
    everyone = joined(names) if len(names) <= 3 else f"the {len(names)} councils they live in"
    rows: Rows = []
    for heading, before, after in (
        ("Those whose distance changes", effect.before, effect.after),
        (f"Everyone in {everyone}", effect.all_before, effect.all_after),
    ):
        rows.append(f"{heading}: {number(before.people)} people")
        rows += [(label, told(before), told(after)) for label, told in _measures(walk)]
    return rows


def _measures(walk: str) -> tuple[tuple[str, Callable[[Reach], str]], ...]:
    return (
        ("Half of them are within", lambda reach: metres(reach.median_m)),
        ("The furthest is at", lambda reach: metres(reach.worst_m)),
        (f"Share within {walk}", lambda reach: percent(reach.within_share)),
        (f"People further than {walk}", lambda reach: number(reach.beyond_people)),
    )


def labelled(effect: Effect, group: str, names: Mapping[str, str]) -> pd.DataFrame:
    """One of GROUPS with its rows named; those without people are left out.

    names: code → name of wards and councils. Only wards with anyone affected are listed.
    """
    attribute, column, _ = GROUPS[group]
    table = getattr(effect, attribute)
    table = table[table["people"] > 0]
    if group == "ward":
        table = table[table["affected_people"] > 0]
        table = table.sort_values("affected_people", ascending=False)
    label = {
        "deprivation": lambda value: str(value),
        "age": AGE_BANDS.get,
        "double": _DOUBLE.get,
    }.get(group, lambda code: names.get(code, code))
    table = table.assign(label=table[column].map(label))
    return table.reset_index(drop=True)


def group_headings(group: str, walk: str) -> tuple[str, ...]:
    """Headings of `group_rows`."""
    return (
        GROUPS[group][2],
        "People",
        "Distance changes for",
        f"Beyond {walk} now",
        f"Beyond {walk} after",
        "Half of those affected within, now",
        "After",
    )


def group_rows(table: pd.DataFrame) -> Rows:
    """`labelled` in words."""
    return [
        (
            row.label,
            number(row.people),
            number(row.affected_people),
            number(row.beyond_before_people),
            number(row.beyond_after_people),
            metres(row.median_before_m),
            metres(row.median_after_m),
        )
        for row in table.itertuples()
    ]


ALTERNATIVE_HEADINGS = (
    "Would go to", "Instead of", "People", "From one to the other", "Open, hours a week",
    "Half of them within, now", "After",
)  # fmt: skip


def alternative_rows(effect: Effect) -> list[tuple[str, ...]]:
    """Where each closure would send people, those with most people first."""
    return [
        (
            row.to_name if isinstance(row.to_name, str) else "nowhere",
            row.name_,
            f"{number(row.people)} ({percent(row.share)})",
            metres(row.apart_m),
            "not recorded" if np.isnan(row.to_hours_per_week) else f"{row.to_hours_per_week:g}",
            metres(row.median_before_m),
            metres(row.median_after_m),
        )
        for row in effect.alternatives.rename(columns={"name": "name_"})
        .astype({"to_hours_per_week": "float64"})
        .itertuples()
    ]


AREA_HEADINGS = {
    "neighbourhood_name": "Neighbourhood",
    "name": "Small area",
    "council": "Council",
    "imd_decile": "Deprivation tenth (1 = most)",
    "double": "Doubly disadvantaged",
    "people": "People",
    "affected_people": "Distance changes for",
    "median_before_m": "Half of those within, metres, now",
    "median_after_m": "After",
    "within_before_percent": "Share within the walk now, %",
    "within_after_percent": "After, %",
    "code": "Code",
}
# Headings of the columns whose numbers run into thousands.
THOUSANDS = tuple(
    AREA_HEADINGS[key] for key in ("people", "affected_people", "median_before_m", "median_after_m")
)


def area_table(effect: Effect, areas: pd.DataFrame) -> pd.DataFrame:
    """Small areas with anyone affected, most people first, with the columns of AREA_HEADINGS.

    areas: the frame of `areas.small_areas`. People and metres are whole, shares in per cent.
    """
    listed = effect.areas.copy()
    about = areas.iloc[listed["area"]].reset_index(drop=True)
    for column in ("neighbourhood_name", "name", "council", "imd_decile", "double", "code"):
        listed[column] = about[column].to_numpy()
    listed["within_before_percent"] = (100 * listed["share_before"]).round(0)
    listed["within_after_percent"] = (100 * listed["share_after"]).round(0)
    figures = ["people", "affected_people", *_MEDIANS]
    listed[figures] = listed[figures].round(0)
    return listed[list(AREA_HEADINGS)]


def figures(effect: Effect, names: Mapping[str, str]) -> pd.DataFrame:
    """Every figure by group as one table for a file: people to one decimal, metres whole.

    Columns: group, of, code, people … median_after_m of `effects`. The first two rows are of all.
    """
    parts = [_totals(effect)]
    for group, (_, column, heading) in GROUPS.items():
        table = labelled(effect, group, names)
        table.insert(0, "group", heading)
        table.insert(1, "of", table["label"])
        table.insert(2, "code", table[column] if group in ("ward", "council") else "")
        parts.append(table.drop(columns=[column, "label"]))
    whole = pd.concat(parts, ignore_index=True)
    counts = [name for name in whole.columns if name.endswith("people")]
    whole[counts] = whole[counts].astype("float64").round(1)
    whole[list(_MEDIANS)] = whole[list(_MEDIANS)].astype("float64").round(0)
    return whole


def _totals(effect: Effect) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": "All",
            "of": ["Those whose distance changes", "Everyone in the councils they live in"],
            "code": "",
            "people": [effect.before.people, effect.all_before.people],
            "affected_people": effect.affected_people,
            "further_people": effect.further_people,
            "nearer_people": effect.nearer_people,
            "beyond_before_people": [effect.before.beyond_people, effect.all_before.beyond_people],
            "beyond_after_people": [effect.after.beyond_people, effect.all_after.beyond_people],
            "median_before_m": [effect.before.median_m, effect.all_before.median_m],
            "median_after_m": [effect.after.median_m, effect.all_after.median_m],
        }
    )
