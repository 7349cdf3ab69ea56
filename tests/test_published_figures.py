"""Published facts, brought back from our own tables.

Each figure was published by the body named in its test, not worked out by us first.
"""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from geo import community, deprivation
from geo.store import DATA_DIR


def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(DATA_DIR / f"{name}.parquet")


@pytest.fixture(scope="module")
def iod() -> pd.DataFrame:
    return table("deprivation")


@pytest.fixture(scope="module")
def cni() -> pd.DataFrame:
    return table("community_needs")


# Areas and people: Office for National Statistics


@pytest.mark.parametrize(
    ("name", "count"), [("small_areas", 33755), ("neighbourhoods", 6856), ("councils", 296)]
)
def test_number_of_areas(name, count):
    areas = table(name)
    assert len(areas) == count
    assert areas.iloc[:, 0].is_unique
    assert areas.iloc[:, 0].is_monotonic_increasing


@pytest.mark.parametrize("name", ["small_areas", "neighbourhoods", "councils", "wards"])
def test_people_of_england_mid_2022(name):
    assert table(name)["population_2022"].sum() == 57_106_398


def test_census_counts_in_six_ages_come_to_the_residents_of_england():
    # 56,490,048 usual residents on 21 March 2021; cells are perturbed, hence the thousandth.
    ages = table("small_areas").filter(regex="^age_")
    assert ages.to_numpy().sum() == pytest.approx(56_490_048, rel=0.001)


def test_sheffield_and_barnsley_have_other_codes_since_2025():
    councils = table("councils").set_index("ltla24_code")
    changed = councils[councils.index != councils["ltla25_code"]]
    assert changed["ltla24_name"].to_dict() == {"E08000016": "Barnsley", "E08000019": "Sheffield"}
    assert changed["ltla25_code"].tolist() == ["E08000038", "E08000039"]


def test_hull_can_be_found_by_the_name_it_goes_by():
    councils = table("councils").set_index("ltla24_code")
    assert "Hull" in councils.loc["E06000010", "alternative_names"].split(";")


# Indices of Deprivation: Ministry of Housing, Communities and Local Government


def test_imd_2025_follows_from_its_domains_ranks(iod):
    ours = deprivation.imd_from_domain_ranks(iod)
    assert (ours - iod["imd_score"]).abs().max() < 0.001


@pytest.mark.parametrize("key", [*deprivation.INDICES, "idaci", "idaopi", "indoors", "outdoors"])
def test_deciles_2025_follow_from_ranks(iod, key):
    assert (deprivation.decile(iod[f"{key}_rank"]) == iod[f"{key}_decile"]).all()


@pytest.mark.parametrize("key", deprivation.INDICES)
def test_rank_1_has_the_highest_score_2025(iod, key):
    assert iod[f"{key}_rank"].corr(iod[f"{key}_score"], method="spearman") < -0.9999


def test_jaywick_is_the_most_deprived_in_2019_and_2025(iod):
    now = iod.set_index("lsoa21_code")["imd_rank"]
    then = table("deprivation_history").set_index("lsoa21_code")["imd_rank_2019"]
    assert now["E01021988"] == 1
    assert then["E01021988"] == 1


def test_192_councils_have_a_small_area_in_the_worst_tenth():
    assert (table("council_measures")["imd_worst_tenth_share"] > 0).sum() == 192


HIGHEST_SHARES = {
    "Middlesbrough": 50.0,
    "Birmingham": 42.8,
    "Hartlepool": 42.1,
    "Kingston upon Hull, City of": 41.7,
    "Manchester": 40.7,
    "Blackpool": 40.4,
}


def test_councils_with_the_highest_share_in_the_worst_tenth():
    measures = table("council_measures").merge(table("councils"), on="ltla24_code")
    highest = measures.sort_values("imd_worst_tenth_share", ascending=False).head(6)
    shares = (100 * highest.set_index("ltla24_name")["imd_worst_tenth_share"]).round(1)
    assert shares.to_dict() == HIGHEST_SHARES


RELEASES = {2004: 32482, 2007: 32482, 2010: 32482, 2015: 32844, 2019: 32844}


@pytest.mark.parametrize(("year", "areas"), RELEASES.items())
def test_earlier_releases_ranked_the_areas_of_their_day(year, areas):
    metadata = pq.read_schema(DATA_DIR / "deprivation_history.parquet").metadata
    assert int(metadata[f"areas_{year}".encode()]) == areas
    ranks = table("deprivation_history")[f"imd_rank_{year}"]
    assert ranks.min() >= 1
    assert ranks.max() <= areas


def test_most_small_areas_are_the_same_place_since_2004():
    change = table("deprivation_history")["change_2004"]
    assert change.value_counts()["unchanged"] == 30_832
    assert change.isna().sum() == 5


# Community Needs Index: OCSI for Local Trust


def test_cni_2023_follows_from_its_domains_ranks(cni):
    ours = community.cni_from_domain_ranks(cni)
    assert (ours - cni["cni_score"]).abs().max() < 0.03


def test_1262_small_areas_are_in_the_worst_tenth_of_both(iod, cni):
    both = community.double_disadvantage(iod["imd_decile"], cni["cni_decile"])
    assert iod["lsoa21_code"].equals(cni["lsoa21_code"])
    assert both.sum() == 1262
    for name in ("neighbourhood_measures", "council_measures"):
        assert table(name)["double_disadvantage_areas"].sum() == 1262


def test_225_of_7433_wards_in_82_councils_are_on_the_list_of_2019():
    wards = table("community_needs_2019")
    listed = wards[wards["left_behind"]]
    assert len(wards) == 7433
    assert len(listed) == 225
    assert listed["lad19_code"].nunique() == 82
    assert set(table("left_behind_wards")["ward17_code"]) == set(listed["ward17_code"])


# Programmes: the departments that announced them


def test_programmes_name_146_neighbourhoods_and_8_councils():
    listed = table("programmes")
    assert listed["level"].value_counts().to_dict() == {"neighbourhood": 146, "council": 8}
    doubtful = listed[listed["code"] == "E02005617"]
    assert doubtful["name_as_listed"].tolist() == [
        "Corby Kingswood",
        "Queensway (North Northamptonshire)",
    ]
    assert doubtful["note"].notna().all()


# Libraries: Arts Council England, 31 December 2023


@pytest.fixture(scope="module")
def libraries() -> pd.DataFrame:
    return table("assets/libraries")


def test_2906_open_static_libraries_are_placed(libraries):
    still_open = libraries[libraries["status"] == "open"]
    assert len(still_open) == 2906
    assert still_open["lsoa21_code"].isin(table("small_areas")["lsoa21_code"]).all()
    assert (still_open["operation_2023"] == "community").sum() == 418
    assert (still_open["operation_2023"] == "independent").sum() == 76


def test_ore_library_is_independent_and_open_18_hours_a_week(libraries):
    ore = libraries[libraries["name"] == "Ore Library"].squeeze()
    assert (ore["operation"], ore["hours_per_week"], ore["status"]) == ("independent", 18, "open")
    assert (ore["postcode"], ore["lsoa21_code"]) == ("TN35 5BP", "E01021004")
    assert (ore["operation_2016"], ore["operation_2019"]) == ("council", "temporarily closed")


# Postcodes: ONS Postcode Directory, November 2025


def test_2264892_english_postcodes_each_have_a_small_area():
    postcodes = pq.read_table(DATA_DIR / "postcodes.parquet", columns=["postcode", "i"])
    assert postcodes.num_rows == 2_264_892
    assert postcodes["postcode"].to_pandas().is_monotonic_increasing
    assert postcodes["i"].to_pandas().nunique() == 33755
