"""The figures of the evidence page as tables: made once by the build, read back by the page.

Intervals take seconds to draw, and the tables they rest on only change with a build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields

import numpy as np
import pandas as pd

from geo import claims
from geo.claims import PERIODS, QUOTED_FROM, Finding
from geo.paths import CITY_REGIONS, FELL_BACK, GAINED, KEPT_PACE, rank_paths, region_of

ENGLAND = "England"
# Beside the two periods of the claim, the whole time, by overall deprivation as on the map.
PATH_PERIODS = (*PERIODS, ("2004 to 2025", "imd_rank_2004", "imd_rank", "overall deprivation"))


def findings_table(
    areas: pd.DataFrame,
    child_poverty: pd.DataFrame,
    history: pd.DataFrame,
    councils: pd.DataFrame,
) -> pd.DataFrame:
    """Every finding of `geo.claims`: claim and period ("" where there is one only) beside it."""

    def rows(claim: str, period: str, findings: tuple[Finding, ...]) -> Iterator[dict]:
        for finding in findings:
            yield {"claim": claim, "period": period, **asdict(finding)}

    north = claims.north(areas, history, councils)
    return pd.DataFrame(
        [
            *rows("child-income", "", claims.child_income(areas, child_poverty)),
            *rows("education", "", claims.education(areas)),
            *(row for period in north for row in rows("north", period, north[period])),
        ]
    )


def findings(table: pd.DataFrame, claim: str, period: str = "") -> tuple[Finding, ...]:
    """The findings of a claim as they were made. table: `findings_table`."""
    chosen = table[(table["claim"] == claim) & (table["period"] == period)]
    names = [field.name for field in fields(Finding)]
    return tuple(Finding(**row) for row in chosen[names].to_dict("records"))


def tenths_table(areas: pd.DataFrame) -> pd.DataFrame:
    """Whole distributions: of each 100 areas of a group, how many stand in each tenth.

    Columns measure, group, areas (how many there are), tenth (1 the worst) and share (percent).
    Groups "double" and "stronger" for children's education (matched pairs) and for income
    deprivation of children (`idaci`, all areas in the most deprived tenth), there also "others".
    """
    pairs = claims.matched_pairs(areas, "education", QUOTED_FROM)
    matched = claims.education_by_tenth(areas).rename(columns={"matched": "stronger"})
    parts = [
        _long("children_young_people", group, len(pairs.first), matched[group])
        for group in matched.columns
    ]
    double = areas["double"].to_numpy(dtype=bool)
    deprived = (areas["imd_decile"] == 1).to_numpy()
    groups = {
        "double": double,
        "stronger": deprived & (areas["cni_decile"] >= QUOTED_FROM).to_numpy(),
        "others": ~double,
    }
    tenth = areas["idaci_decile"].to_numpy()
    for group, inside in groups.items():
        shares = 100 * np.bincount(tenth[inside], minlength=11)[1:] / inside.sum()
        parts.append(_long("idaci", group, int(inside.sum()), pd.Series(shares, range(1, 11))))
    return pd.concat(parts, ignore_index=True)


def _long(measure: str, group: str, count: int, shares: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": measure,
            "group": group,
            "areas": count,
            "tenth": np.arange(1, 11),
            "share": shares.to_numpy(),
        }
    )


def paths_table(areas: pd.DataFrame, history: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    """How many deprived small areas took which path, in England and in each city region.

    Columns period, measure, region, path, areas, share (percent of the region's deprived areas).
    areas: code, ltla24_code, imd_rank, employment_rank; history: row for row with it.
    """
    ranks = pd.concat([history, areas[["imd_rank", "employment_rank"]]], axis=1)
    region = areas["ltla24_code"].map(region_of(councils))
    rows = []
    for period, start, end, measure in PATH_PERIODS:
        path = rank_paths(ranks[start], ranks[end])["path"].reindex(ranks.index)
        for name in (ENGLAND, *CITY_REGIONS):
            inside = path if name == ENGLAND else path[region == name]
            counted = inside.value_counts()
            for key in (GAINED, KEPT_PACE, FELL_BACK):
                share = 100 * counted.get(key, 0) / counted.sum()
                rows.append((period, measure, name, key, int(counted.get(key, 0)), share))
    columns = ["period", "measure", "region", "path", "areas", "share"]
    return pd.DataFrame(rows, columns=columns)


def paths_in_words(table: pd.DataFrame, period: str) -> str:
    """The paths of a period as sentences, one a region. table: `paths_table`."""
    rows = table[table["period"] == period].pivot(index="region", columns="path", values="share")
    return " ".join(
        f"{region}: {row[GAINED]:.0f}% gained, {row[KEPT_PACE]:.0f}% kept pace, "
        f"{row[FELL_BACK]:.0f}% fell back."
        for region, row in rows.loc[[ENGLAND, *CITY_REGIONS]].iterrows()
    )
