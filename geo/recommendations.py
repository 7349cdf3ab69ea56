"""The five recommendations of a report, each as a list made from today's tables.

The words of each, and its limits, are in `data/evidence.toml` under the function's name with
hyphens. Lists are of neighbourhoods (about 8,300 people) unless said otherwise. Thresholds are
parameters: a list is an order of places to look at, not a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from geo.asset_kinds import KINDS
from geo.deprivation import average_score, rank

WORST_FIFTH = 0.2
YOUNG_FUTURES = "Young Futures Hubs early adopters"
# Councils outside the most deprived 30% look well on average.
LOOKS_WELL_FROM_DECILE = 4

# Places for young people outside school that a list of England has; schools are not "outside".
OUTSIDE_SCHOOL = ("library", "youth_centre", "community_hub", "sports_club")
# Community places that could host a pupil for two weeks.
HOSTS = (
    "library",
    "family_hub",
    "childrens_centre",
    "youth_centre",
    "community_hub",
    "community_pub",
    "community_shop",
    "sports_club",
    "museum",
)
_NAMED = ["code", "name", "council", "ltla24_code", "longitude", "latitude"]


def worst(ranks: pd.Series, share: float = WORST_FIFTH) -> pd.Series:
    """Whether a rank (1 the worst) is among the worst `share` of those given."""
    return ranks <= share * len(ranks)


def _summed(areas: pd.DataFrame, values: pd.Series, codes: pd.Series) -> pd.Series:
    return codes.map(values.groupby(areas["msoa21_code"]).sum()).fillna(0)


def early_years(
    neighbourhoods: pd.DataFrame,
    areas: pd.DataFrame,
    child_poverty: pd.DataFrame,
    hub_access: Iterable[pd.DataFrame],
    hubs: pd.DataFrame,
    share: float = WORST_FIFTH,
) -> pd.DataFrame:
    """Where early years hubs are most needed: the worst `share` on child poverty and on community
    need, the furthest from a family hub or children's centre first. Councils with none on record
    come last: no record is not the same as none.

    neighbourhoods, areas: frames of `geo.areas`. hub_access: small areas' access tables
    (lsoa21_code, nearest_m). hubs: the places themselves (lsoa21_code). Columns beside names:
    children (0 to 15, Census 2021), children_income_deprived (withheld counts as 0), child_share,
    child_rank, cni_rank, hub_m (metres to the nearest, mean over children by small area) and
    on_record (whether the council has any on record).
    """
    counted = areas["code"].map(child_poverty.set_index("lsoa21_code")["children_income_deprived"])
    nearest = [areas["code"].map(one.set_index("lsoa21_code")["nearest_m"]) for one in hub_access]
    hub_m = pd.concat(nearest, axis=1).min(axis=1)
    codes, children = neighbourhoods["code"], areas["age_0_15"]
    frame = neighbourhoods[[*_NAMED, "cni_rank", "cni_decile"]].copy()
    frame["children"] = _summed(areas, children, codes).astype("int64")
    frame["children_income_deprived"] = _summed(areas, counted.fillna(0), codes).astype("int64")
    frame["child_share"] = frame["children_income_deprived"] / frame["children"]
    frame["child_rank"] = rank(frame["child_share"])
    frame["hub_m"] = _summed(areas, hub_m * children, codes) / frame["children"]
    needed = worst(frame["child_rank"], share) & worst(frame["cni_rank"], share)
    councils = areas.loc[areas["code"].isin(hubs["lsoa21_code"]), "ltla24_code"]
    frame["on_record"] = frame["ltla24_code"].isin(councils)
    return _ordered(frame[needed], ["on_record", "hub_m"], ascending=False)


def outside_school(
    neighbourhoods: pd.DataFrame,
    areas: pd.DataFrame,
    access: Mapping[str, pd.DataFrame],
    share: float = WORST_FIFTH,
) -> pd.DataFrame:
    """Where provision outside school is weakest: the worst `share` on the children's part of
    education, the fewest kinds of place on record within 1,200 m first, then the worst education.

    access: neighbourhoods' access tables by kind (msoa21_code, within_1200m) for OUTSIDE_SCHOOL.
    Columns beside names: young_people (0 to 24, Census 2021), children_rank, one share (0 to 1)
    of postcodes within 1,200 m a kind, and kinds_in_reach, their sum: how many of the kinds the
    average postcode has in reach. Raises KeyError where a kind is missing.
    """
    codes = neighbourhoods["code"]
    frame = neighbourhoods[_NAMED].copy()
    young = areas["age_0_15"] + areas["age_16_24"]
    frame["young_people"] = _summed(areas, young, codes).astype("int64")
    frame["children_rank"] = _neighbourhood_rank(areas, "children_young_people", codes)
    for kind in OUTSIDE_SCHOOL:
        frame[kind] = codes.map(access[kind].set_index("msoa21_code")["within_1200m"])
    frame["kinds_in_reach"] = frame[list(OUTSIDE_SCHOOL)].sum(axis=1)
    weakest = frame[worst(frame["children_rank"], share)]
    return _ordered(weakest, ["kinds_in_reach", "children_rank"])


def _neighbourhood_rank(areas: pd.DataFrame, measure: str, codes: pd.Series) -> pd.Series:
    scores = average_score(
        areas[f"{measure}_score"], areas["population_2022"], areas["msoa21_code"]
    )
    return codes.map(rank(scores))


def work_experience(
    neighbourhoods: pd.DataFrame,
    areas: pd.DataFrame,
    assets: pd.DataFrame,
    share: float = WORST_FIFTH,
) -> pd.DataFrame:
    """Where a work experience guarantee has most to do: the worst `share` on employment and on
    the children's part of education, the fewest community places on record first.

    assets: one row a place, with kind and lsoa21_code. Columns beside names: age_16_24 (Census
    2021), employment_rank, children_rank, hosts (places of HOSTS in the neighbourhood) and
    hosts_per_1000 residents aged 16 to 24.
    """
    codes = neighbourhoods["code"]
    frame = neighbourhoods[[*_NAMED, "age_16_24", "employment_rank"]].copy()
    frame["children_rank"] = _neighbourhood_rank(areas, "children_young_people", codes)
    hosts = assets[assets["kind"].isin(HOSTS)]
    in_area = areas["code"].map(hosts["lsoa21_code"].value_counts()).fillna(0)
    frame["hosts"] = _summed(areas, in_area, codes).astype("int64")
    frame["hosts_per_1000"] = 1000 * frame["hosts"] / frame["age_16_24"]
    needed = worst(frame["employment_rank"], share) & worst(frame["children_rank"], share)
    return _ordered(frame[needed], ["hosts_per_1000", "employment_rank"])


def hosts_in_words() -> str:
    """The kinds that count as community partners, as a list."""
    return ", ".join(KINDS[kind].plural for kind in HOSTS)


def young_futures(areas: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """The councils that start Young Futures hubs, by young people in doubly disadvantaged areas.

    One row a council, most first, then "All that start" and "England". Columns: code ("" for the
    last two), name, young_people (0 to 24, Census 2021), double_young_people, double_share,
    double_areas.
    """
    listed = set(programmes.loc[programmes["programme"] == YOUNG_FUTURES, "code"])
    young = areas["age_0_15"] + areas["age_16_24"]
    double = areas["double"].astype(bool)
    parts = pd.DataFrame(
        {
            "code": areas["ltla24_code"],
            "name": areas["council"],
            "young_people": young,
            "double_young_people": young.where(double, 0),
            "double_areas": double.astype("int64"),
        }
    )
    sums = ["young_people", "double_young_people", "double_areas"]
    starting = parts[parts["code"].isin(listed)]
    rows = starting.groupby(["code", "name"], as_index=False)[sums].sum()
    rows = _ordered(rows, ["double_young_people"], ascending=False)
    totals = pd.DataFrame(
        [
            {"code": "", "name": name, **some[sums].sum().to_dict()}
            for name, some in (("All that start", starting), ("England", parts))
        ]
    )
    frame = pd.concat([rows, totals], ignore_index=True)
    frame["double_share"] = frame["double_young_people"] / frame["young_people"]
    return frame


def young_futures_neighbourhoods(
    neighbourhoods: pd.DataFrame, areas: pd.DataFrame, programmes: pd.DataFrame
) -> pd.DataFrame:
    """Neighbourhoods of those councils with doubly disadvantaged small areas.

    Most young people (0 to 24, Census 2021) in such areas first: double_young_people. Half of the
    hubs would have to stand in these to meet the recommendation.
    """
    listed = set(programmes.loc[programmes["programme"] == YOUNG_FUTURES, "code"])
    young = (areas["age_0_15"] + areas["age_16_24"]).where(areas["double"].astype(bool), 0)
    frame = neighbourhoods[[*_NAMED, "double_small_areas"]].copy()
    frame["double_young_people"] = _summed(areas, young, frame["code"]).astype("int64")
    inside = frame["ltla24_code"].isin(listed) & (frame["double_small_areas"] > 0)
    return _ordered(frame[inside], ["double_young_people"], ascending=False)


def neighbourhood_lens(areas: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    """Councils whose average hides doubly disadvantaged areas, most people in them first.

    councils: ltla24_code, ltla24_name, region24_name, population_2022, imd_rank, imd_decile (among
    councils). Columns beside these: double_areas, double_people, double_share of residents.
    """
    double = areas[areas["double"].astype(bool)]
    groups = double.groupby("ltla24_code")["population_2022"]
    frame = councils[
        ["ltla24_code", "ltla24_name", "region24_name", "population_2022", "imd_rank", "imd_decile"]
    ].rename(columns={"ltla24_code": "code", "ltla24_name": "name", "region24_name": "region"})
    frame["double_areas"] = frame["code"].map(groups.size()).fillna(0).astype("int64")
    frame["double_people"] = frame["code"].map(groups.sum()).fillna(0).astype("int64")
    frame["double_share"] = frame["double_people"] / frame["population_2022"]
    hidden = (frame["imd_decile"] >= LOOKS_WELL_FROM_DECILE) & (frame["double_areas"] > 0)
    return _ordered(frame[hidden], ["double_people"], ascending=False)


def _ordered(frame: pd.DataFrame, by: list[str], *, ascending: bool = True) -> pd.DataFrame:
    """In order, ties by code, so that two runs list alike; places that cannot be told last."""
    directions = [ascending] * len(by) + [True]
    ordered = frame.sort_values([*by, "code"], ascending=directions, na_position="last")
    return ordered.replace([np.inf, -np.inf], np.nan).reset_index(drop=True)
