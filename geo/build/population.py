"""Residents of small areas: mid-2022 estimates, and ages from the Census of 2021."""

from __future__ import annotations

import pandas as pd

from geo.build.checks import PEOPLE
from geo.build.register import Sources

AGE_BANDS = {
    "Aged 15 years and under": "age_0_15",
    "Aged 16 to 24 years": "age_16_24",
    "Aged 25 to 34 years": "age_25_34",
    "Aged 35 to 49 years": "age_35_49",
    "Aged 50 to 64 years": "age_50_64",
    "Aged 65 years and over": "age_65_plus",
}
RESIDENTS = ("population_2022", *AGE_BANDS.values())


def read_population(sources: Sources, known: pd.Series) -> pd.DataFrame:
    """People in each small area, mid-2022: lsoa21_code, population_2022.

    `known` has the codes of the small areas of England.
    """
    totals = sources.csv("population2022", ["lsoacd", "population"], figures={"population": PEOPLE})
    expect_areas(sources, "population2022", totals, known)
    return totals.set_axis(["lsoa21_code", "population_2022"], axis="columns")


def read_ages(sources: Sources, known: pd.Series) -> pd.DataFrame:
    """People in each small area by age, Census 2021: lsoa21_code, then a column a band.

    `known` has the codes of the small areas of England.
    """
    ages = sources.csv(
        "census21_age",
        ["lsoa21_code", "age_group", "usual_residents"],
        figures={"usual_residents": PEOPLE},
    )
    sources.codes("census21_age", ages, "age_group", AGE_BANDS, f"one of {list(AGE_BANDS)}")
    expect_areas(sources, "census21_age", ages, known)
    every = ages["lsoa21_code"].value_counts().eq(len(AGE_BANDS)).all()
    sources.expect("census21_age", every, f"{len(AGE_BANDS)} bands of each small area")
    wide = ages.pivot(index="lsoa21_code", columns="age_group", values="usual_residents")
    return wide.rename(columns=AGE_BANDS)[list(AGE_BANDS.values())].reset_index()


def expect_areas(sources: Sources, key: str, rows: pd.DataFrame, known: pd.Series) -> None:
    """Raise `SourceError` where the first column has an English code of no small area."""
    column = rows.columns[0]
    english = rows[rows[column].str.startswith("E", na=True)]
    sources.codes(key, english, column, known, "a small area of 2021")


def sum_residents(small_areas: pd.DataFrame, by: str) -> pd.DataFrame:
    """Small areas (count) and residents of each larger area, sorted by its code."""
    groups = small_areas.groupby(by)
    counts = groups.size().rename("small_areas")
    return pd.concat([counts, groups[list(RESIDENTS)].sum()], axis=1).reset_index()
