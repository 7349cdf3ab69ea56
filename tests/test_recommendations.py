"""The five recommendations: each list again by another route, from the tables themselves."""

import numpy as np
import pandas as pd
import pytest

from geo import recommendations
from geo.assets import every_place


@pytest.fixture(scope="module")
def raw(store):
    """The tables joined anew, without the frames that the functions under test are given."""
    frame = store.table("small_areas")
    for name in ("deprivation", "community_needs", "deprivation_history", "child_poverty"):
        frame = frame.merge(store.table(name), on="lsoa21_code", validate="1:1")
    double = (frame["imd_rank"] <= 3375.5) & (frame["cni_rank"] <= 3375.5)
    return frame.assign(double=double)


def test_early_years_list_by_hand(raw, store):
    hubs = [store.access("family_hub"), store.access("childrens_centre")]
    made = recommendations.early_years(
        store.neighbourhoods,
        store.small_areas,
        store.table("child_poverty"),
        hubs,
        store.table("assets/childrens_centres"),
    )
    groups = raw.groupby("msoa21_code")
    children = groups["age_0_15"].sum()
    share = groups["children_income_deprived"].sum() / children
    need = store.table("neighbourhood_measures").set_index("msoa21_code")["cni_rank"]
    expected = set(share.index[share.rank(ascending=False, method="min") <= 0.2 * 6856])
    expected &= set(need.index[need <= 0.2 * 6856])
    assert set(made["code"]) == expected
    on_record = made["on_record"]
    assert set(made.loc[~on_record, "council"]) == {"Swindon"}
    assert on_record.is_monotonic_decreasing
    assert made.loc[on_record, "hub_m"].is_monotonic_decreasing
    top = made.iloc[0]
    own = raw[raw["msoa21_code"] == top["code"]].set_index("lsoa21_code")
    metres = [table.set_index("lsoa21_code")["nearest_m"][own.index] for table in hubs]
    nearest = np.minimum(*metres)
    assert top["hub_m"] == pytest.approx(np.average(nearest, weights=own["age_0_15"]))
    assert top["children"] == own["age_0_15"].sum()


def test_outside_school_list_by_hand(raw, store):
    access = {kind: store.access(kind, "neighbourhood") for kind in recommendations.OUTSIDE_SCHOOL}
    made = recommendations.outside_school(store.neighbourhoods, store.small_areas, access)
    scores = pd.Series(
        {
            code: np.average(rows["children_young_people_score"], weights=rows["population_2022"])
            for code, rows in raw.groupby("msoa21_code")
        }
    )
    assert set(made["code"]) == set(scores.nlargest(1371).index)
    assert made["kinds_in_reach"].is_monotonic_increasing
    row = made.iloc[700]
    reach = [
        table.set_index("msoa21_code").at[row["code"], "within_1200m"] for table in access.values()
    ]
    assert row["kinds_in_reach"] == pytest.approx(sum(reach))


def test_work_experience_list_by_hand(raw, store):
    assets = every_place(store.table, store.table_names())
    made = recommendations.work_experience(store.neighbourhoods, store.small_areas, assets)
    measures = store.table("neighbourhood_measures").set_index("msoa21_code")
    assert (measures.loc[made["code"], "employment_rank"] <= 0.2 * 6856).all()
    assert (made["children_rank"] <= 0.2 * 6856).all()
    home = raw.set_index("lsoa21_code")["msoa21_code"]
    hosts = assets[assets["kind"].isin(recommendations.HOSTS)]["lsoa21_code"].map(home)
    for row in made.iloc[::100].itertuples():
        assert row.hosts == (hosts == row.code).sum()
    assert made["hosts_per_1000"].is_monotonic_increasing


def test_young_futures_share_by_hand(raw, store):
    made = recommendations.young_futures(store.small_areas, store.table("programmes"))
    assert made["name"].tolist() == [
        "Birmingham", "Manchester", "County Durham", "Nottingham", "Leeds", "Bristol, City of",
        "Brighton and Hove", "Tower Hamlets", "All that start", "England",
    ]  # fmt: skip
    young = raw["age_0_15"] + raw["age_16_24"]
    birmingham = raw["ltla24_code"] == "E08000025"
    assert made.at[0, "double_young_people"] == young[birmingham & raw["double"]].sum()
    assert made.at[0, "double_share"] == pytest.approx(
        young[birmingham & raw["double"]].sum() / young[birmingham].sum()
    )
    england = made.iloc[-1]
    assert (england["double_areas"], england["young_people"]) == (1262, young.sum())
    assert made.iloc[:8][["double_areas"]].sum().item() == made.at[8, "double_areas"] == 175

    places = recommendations.young_futures_neighbourhoods(
        store.neighbourhoods, store.small_areas, store.table("programmes")
    )
    assert places["double_young_people"].sum() == made.at[8, "double_young_people"]
    assert places["double_small_areas"].sum() == 175


def test_neighbourhood_lens_by_hand(raw, store):
    made = recommendations.neighbourhood_lens(store.small_areas, store.councils)
    measures = store.table("council_measures").set_index("ltla24_code")
    double = raw[raw["double"]].groupby("ltla24_code")["population_2022"].agg(["size", "sum"])
    looks_well = measures.index[measures["imd_rank"] > 0.3 * 296]
    expected = double.loc[double.index.isin(looks_well)]
    assert dict(zip(made["code"], made["double_people"], strict=True)) == expected["sum"].to_dict()
    assert made["double_areas"].sum() == expected["size"].sum()
    assert made["double_people"].is_monotonic_decreasing
