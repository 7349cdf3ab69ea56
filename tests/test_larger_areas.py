"""Wards and councils in the columns of small areas; the releases of the indices; worked by hand."""

import numpy as np
import pandas as pd
import pytest

from geo import larger_areas, programmes, releases
from geo.build import centres
from geo.larger_areas import COUNCIL, WARD

NAN = float("nan")


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("E01021005", "small-area"),
        ("E02004371", "neighbourhood"),
        ("E05011211", WARD),
        ("E06000052", COUNCIL),
        ("E07000062", COUNCIL),
        ("E08000025", COUNCIL),
        ("E09000001", COUNCIL),
    ],
)
def test_a_code_tells_its_level(code, level):
    assert larger_areas.level_of(code) == level


def _small_areas():
    return pd.DataFrame(
        {
            "code": ["E01000001", "E01000002", "E01000003"],
            "ward24_code": ["E05000001", "E05000001", "E05000002"],
            "ltla24_code": ["E06000001"] * 3,
            "msoa21_code": ["E02000001"] * 3,
            "ruc21_code": ["UN1", "RSF1", "UN1"],
            "population_2022": [1000, 1500, 10],
        }
    )


def test_members_are_the_small_areas_an_area_is_made_of():
    areas = _small_areas()
    assert larger_areas.members("E05000001", areas).tolist() == [0, 1]
    assert larger_areas.members("E06000001", areas).tolist() == [0, 1, 2]
    assert larger_areas.members("E01000003", areas).tolist() == [2]
    assert larger_areas.members("E05000009", areas).tolist() == []


@pytest.mark.parametrize("code", ["E01021005", "E02004371", "E05012902", "E08000025"])
def test_members_found_by_number_are_those_found_by_code(national, store, code):
    expected = larger_areas.members(code, store.small_areas).tolist()
    assert national.members(code).tolist() == expected
    with pytest.raises(KeyError):
        national.members(f"{code[:3]}999999")


def test_the_main_class_is_where_most_residents_live():
    areas = _small_areas()
    by_ward = larger_areas.main_class(areas, areas["ward24_code"])
    assert by_ward.to_dict() == {"E05000001": "RSF1", "E05000002": "UN1"}
    assert larger_areas.main_class(areas, areas["ltla24_code"])["E06000001"] == "RSF1"


def test_wards_are_brought_up_like_neighbourhoods(store):
    small = store.small_areas
    wards = larger_areas.wards(store.table("wards"), small)
    assert len(wards) == len(store.table("wards"))
    ore = wards.set_index("code").loc["E05011211"]
    own = small[small["ward24_code"] == "E05011211"]
    weight = own["population_2022"] / own["population_2022"].sum()
    assert ore["imd_score"] == pytest.approx((own["imd_score"] * weight).sum())
    assert ore["population_2022"] == own["population_2022"].sum()
    assert ore["age_0_15"] == own["age_0_15"].sum()
    assert ore["double_small_areas"] == own["double"].sum()
    assert ore["council"] == "Hastings"
    better = (wards["imd_score"] > ore["imd_score"]).sum()
    assert ore["imd_rank"] == better + 1


def test_councils_bear_the_same_columns_as_small_areas(store):
    small = store.small_areas
    councils = larger_areas.councils(store.councils, small)
    shared = {"code", "name", "council", "region", "ruc21_name", "easting", "double", "imd_rank"}
    assert shared <= set(councils.columns)
    hastings = councils.set_index("code").loc["E07000062"]
    assert hastings["name"] == hastings["council"] == "Hastings"
    assert hastings["double_small_areas"] == 5
    assert 570_000 < hastings["easting"] < 590_000


HISTORY = pd.DataFrame(
    {
        "imd_rank_2004": [1.0, 50.0, NAN],
        "imd_rank_2007": [10.0, 50.0, NAN],
        "imd_rank_2010": [11.0, 50.0, NAN],
        "imd_rank_2015": [30.0, 50.5, 60.0],
        "imd_rank_2019": [31.0, 50.0, 60.0],
        "change_2004": ["unchanged", "merged", None],
        "change_2007": ["unchanged", "merged", None],
        "change_2010": ["unchanged", "merged", None],
        "change_2015": ["split", "merged", "irregular"],
        "change_2019": ["unchanged", "unchanged", "unchanged"],
    }
)
RANKED = dict.fromkeys(releases.EARLIER, 100)
NOW = pd.DataFrame({"imd_rank": [3, 2, 1]})


def test_places_are_ranks_over_the_areas_ranked():
    places = releases.places(HISTORY, NOW, RANKED)
    assert places.columns.tolist() == [2004, 2007, 2010, 2015, 2019, 2025]
    assert places.loc[0].tolist() == pytest.approx([0.01, 0.1, 0.11, 0.3, 0.31, 1])


def test_a_path_has_the_tenth_of_every_release_that_knows_the_area():
    places = releases.places(HISTORY, NOW, RANKED)
    path = releases.path(HISTORY.loc[0], places.loc[0].to_numpy())
    assert path["tenth"] == [1, 1, 2, 3, 4, 10]  # rank 10 of 100 is in the first tenth
    assert path["change"] == ["unchanged"] * 3 + ["split", "unchanged", "unchanged"]
    late = releases.path(HISTORY.loc[2], places.loc[2].to_numpy())
    assert late["release"] == [2015, 2019, 2025]


def test_tenths_of_paths_are_the_published_ones(store):
    history = store.table("deprivation_history")
    ranked = {2004: 32_482, 2007: 32_482, 2010: 32_482, 2015: 32_844, 2019: 32_844}
    places = releases.places(history, store.small_areas, ranked)
    for year in (2007, 2019):
        known = history[f"imd_rank_{year}"].notna()
        published = history.loc[known, f"imd_decile_{year}"].astype(int)
        assert (releases.tenths(places.loc[known, year]) == published).all()
    assert (releases.tenths(places[2025]) == store.small_areas["imd_decile"]).all()


def test_the_worst_tenth_is_counted_among_areas_with_a_rank():
    places = releases.places(HISTORY, NOW, RANKED)
    past = releases.worst_tenth(places.to_numpy())
    assert past["areas"] == [2, 2, 2, 3, 3, 3]
    assert past["worst"] == [1, 1, 0, 0, 0, 0]
    assert past.by("release")[2004]["share"] == 0.5


def test_caveats_name_the_years_and_the_kind_of_change():
    places = releases.places(HISTORY, NOW, RANKED)
    split = releases.caveats(releases.path(HISTORY.loc[0], places.loc[0].to_numpy()))
    assert split == (
        "2015: the area was part of a larger small area that was split since, whose rank is shown.",
    )
    merged = releases.caveats(releases.path(HISTORY.loc[1], places.loc[1].to_numpy()))
    assert merged[0].startswith("2004 to 2015: the area was several small areas")


def test_centres_are_medians_of_the_postcodes():
    points = pd.DataFrame(
        {"i": [0, 0, 0, 1, 2], "easting": [0, 10, 100, 7, 50], "northing": [0, 20, 40, 7, 60]}
    )
    found = centres.centres(points, pd.Series(["A", "A", "B"])).set_index("code")
    assert found.loc["A"].tolist() == [8, 14]  # between 7 and 10; between 7 and 20, halves to even
    assert found.loc["B"].tolist() == [50, 60]


def test_the_shipped_centres_are_those_of_the_postcodes(store):
    table = store.table("centres")
    assert table["code"].is_monotonic_increasing
    assert len(table) == 33_755 + 6_856 + len(store.table("wards")) + 296
    number = store.area_number("E01021005")
    postcodes = pd.read_parquet(
        store.path("postcodes"), columns=["i", "easting", "northing"], filters=[("i", "=", number)]
    ).drop_duplicates()
    middle = table.set_index("code").loc["E01021005"]
    assert middle["easting"] == round(postcodes["easting"].median())
    assert middle["northing"] == round(postcodes["northing"].median())


PROGRAMMES = pd.DataFrame(
    {
        "programme": ["Pride in Place phase 2", "Young Futures Hubs early adopters"],
        "level": ["neighbourhood", "council"],
        "code": ["E02000001", "E06000009"],
        "name_as_listed": ["Made-up Town", "Elsewhere"],
        "note": ["One of two codes is wrong.", np.nan],
    }
)
WARDS_OF_2019 = pd.DataFrame({"ward17_code": ["E05000077"], "ward17_name": ["Old Ward"]})


def test_programmes_that_name_any_part_of_an_area():
    areas = _small_areas().assign(left_behind_ward17_code=["E05000077", None, None])
    listed = programmes.entries(PROGRAMMES, WARDS_OF_2019)
    found = programmes.named(areas, listed)
    assert found.rows() == [
        {"programme": programmes.WARDS_OF_2019, "name": "Old Ward", "areas": 1, "note": ""},
        {
            "programme": "Pride in Place phase 2",
            "name": "Made-up Town",
            "areas": 3,
            "note": "One of two codes is wrong.",
        },
    ]
    assert not programmes.named(areas[2:].assign(msoa21_code="x"), listed)


def test_need_is_told_in_tenths_the_right_way_round():
    measure = pd.DataFrame({"msoa21_code": [f"E0200000{n}" for n in range(10)]})
    for column in ("growth", "energy", "opportunity", "health"):
        measure[column] = np.arange(10, 0, -1.0)  # the first has the greatest need
    measure["crime_rank"] = np.arange(1, 11)  # and here the lowest rank is the greatest
    tenths = programmes.need_tenths(measure)
    assert tenths.iloc[0].tolist() == [1] * 5
    assert tenths.iloc[9].tolist() == [10] * 5
    unknown = tenths.reindex([*tenths.index, "E02999999"]).to_numpy("float32", na_value=np.nan)
    one = programmes.need_of([3], unknown)
    assert one["tenth"] == [4] * 5
    two = programmes.need_of([0, 3, 10], unknown)
    assert two["neighbourhoods"] == [2] * 5
    assert two["worst"] == [1] * 5
    assert two["tenth"] == [None] * 5
