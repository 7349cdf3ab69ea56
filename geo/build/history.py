"""Ranks of earlier Indices of Deprivation, brought to the small areas of 2021.

The areas of 2001, 2011 and 2021 are linked by the exact look-ups. An unchanged area keeps its
rank; the parts of a split area take its rank; a merged area takes the mean of its parts, weighed
by the population of mid-2015 between 2011 and 2021 and unweighed between 2001 and 2011, for which
no population is at hand; an irregular change is treated as a merger and marked.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.build.checks import Figure, rank
from geo.build.output import Output
from geo.build.register import Sources
from geo.deprivation import decile

# The look-ups' letters, in order of how far a link departs from "the same place".
CHANGES = {"U": "unchanged", "S": "split", "M": "merged", "X": "irregular"}
LETTERS = list(CHANGES)

# Release → year of the small areas it was made for.
RELEASES = {2004: 2001, 2007: 2001, 2010: 2001, 2015: 2011, 2019: 2011}
WITH_DOMAINS = (2010, 2019)
INDEX = {"IMD_rank": "imd"}
DOMAINS = {
    "Income_rank": "income",
    "Employment_rank": "employment",
    "Education_rank": "education",
    "Health_rank": "health",
    "Crime_rank": "crime",
    "Housing_and_Access_rank": "housing",
    "Environment_rank": "environment",
}
CODE_COLUMN = {2001: "lsoa01_code", 2011: "lsoa11_code"}
POPULATION = "Total population: mid 2015 (excluding prisoners)"
RESIDENTS = Figure(1, 100_000)
RANK_DECIMALS = 2
# The look-up from 2001 to 2011 leaves out four areas (Greenwich 035D, Hartlepool 003G, Leeds 067K,
# Nottingham 028F), so five small areas of today have no rank before 2015.
LINKED_SHARE = 0.999


def build(sources: Sources, output: Output) -> None:
    """Make `deprivation_history`; the number of areas in each release is in its metadata."""
    links_2001 = _read_links(sources, "lookup_lsoa01", "lsoa01_code", "lsoa11_code", "change_code")
    links_2011 = _read_links(sources, "lookup_lsoa11", "LSOA11CD", "LSOA21CD", "CHGIND")
    codes = output.frames["small_areas"]["lsoa21_code"]
    areas_2011, areas_2001 = set(links_2011["parent"]), set(links_2001["parent"])
    _expect_linked(sources, "lookup_lsoa11", links_2011, "LSOA21CD", set(codes))
    _expect_linked(sources, "lookup_lsoa01", links_2001, "lsoa11_code", areas_2011)
    people = sources.csv(
        "iod2019_population", ["LSOA code (2011)", POPULATION], figures={POPULATION: RESIDENTS}
    )
    _expect_areas(sources, "iod2019_population", people, "LSOA code (2011)", areas_2011)
    population = people.set_index("LSOA code (2011)")[POPULATION]

    columns: dict[str, pd.Series] = {}
    metadata = {}
    for year, areas in RELEASES.items():
        ranks = _read_ranks(sources, year, areas_2001 if areas == 2001 else areas_2011)
        metadata[f"areas_{year}"] = str(len(ranks))
        release = len(ranks)
        change = pd.Series(0, index=ranks.index)
        if areas == 2001:
            even = pd.Series(1.0, index=ranks.index)
            ranks, change = carry(ranks, change, links_2001, even)
        ranks, change = carry(ranks, change, links_2011, population)
        ranks, change = ranks.reindex(codes), change.reindex(codes)
        linked = ranks["imd"].notna().mean()
        sources.expect(f"iod{year}", linked >= LINKED_SHARE, "areas that the look-ups know")
        columns[f"imd_rank_{year}"] = ranks["imd"]
        columns[f"imd_decile_{year}"] = decile(ranks["imd"], release)
        columns[f"change_{year}"] = change.map(dict(enumerate(CHANGES.values())))
        columns |= {f"{key}_rank_{year}": ranks[key] for key in ranks.columns.drop("imd")}
    frame = pd.DataFrame(columns).rename_axis("lsoa21_code").reset_index()
    output.table("deprivation_history", frame, metadata=metadata)


def carry(
    ranks: pd.DataFrame, change: pd.Series, links: pd.DataFrame, weights: pd.Series
) -> tuple[pd.DataFrame, pd.Series]:
    """Carry ranks of parents over to their children: the weighted mean of a child's parents.

    `ranks`, `change` (place in `CHANGES`) and `weights` are indexed by the parents' code; `links`
    has parent, child, change. Gives ranks and the furthest change so far, by the children's code.
    """
    known = links[links["parent"].isin(ranks.index)]
    parent, child = known["parent"], known["child"]
    weight = weights.loc[parent].to_numpy()
    weighed = ranks.loc[parent].mul(weight, axis=0).groupby(child.to_numpy()).sum()
    total = pd.Series(weight).groupby(child.to_numpy()).sum()
    furthest = np.maximum(known["change"].to_numpy(), change.loc[parent].to_numpy())
    carried = weighed.div(total, axis=0).round(RANK_DECIMALS)
    return carried, pd.Series(furthest).groupby(child.to_numpy()).max()


def _read_links(sources: Sources, key: str, parent: str, child: str, change: str) -> pd.DataFrame:
    links = sources.csv(key, [parent, child, change])
    sources.expect(key, set(links[change]) <= set(LETTERS), f"changes marked {LETTERS}")
    links = links.set_axis(["parent", "child", "change"], axis="columns")
    return links.assign(change=links["change"].map(LETTERS.index))


def _expect_linked(
    sources: Sources, key: str, links: pd.DataFrame, column: str, known: set[str]
) -> None:
    english = links.loc[links["child"].str.startswith("E", na=True), ["child"]]
    expected = "a small area of the next census"
    sources.codes(key, english.set_axis([column], axis="columns"), column, known, expected)


def _expect_areas(
    sources: Sources, key: str, frame: pd.DataFrame, column: str, known: set[str]
) -> None:
    expected = "a small area that the look-ups know"
    sources.codes(key, frame, column, known, expected, once=True)


def _read_ranks(sources: Sources, year: int, known: set[str]) -> pd.DataFrame:
    columns = INDEX | DOMAINS if year in WITH_DOMAINS else INDEX
    code, key = CODE_COLUMN[RELEASES[year]], f"iod{year}"
    ranked = rank(sources.register[key].rows, "float")
    ranks = sources.csv(key, [code, *columns], figures=dict.fromkeys(columns, ranked))
    _expect_areas(sources, key, ranks, code, known)
    return ranks.rename(columns=columns).set_index(code)
