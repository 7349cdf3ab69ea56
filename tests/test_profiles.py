"""What a profile is put together from, worked by hand on made-up areas and places."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd

from geo import access, areas, figures, nearby, profile_sentences, profile_tables, profiles
from geo.asset_kinds import KINDS
from geo.cells import Table
from geo.gaps import find_gaps
from geo.postcodes import Place

NAN = float("nan")
LIBRARIES = "Public libraries (England-wide register, 31 December 2023)"


def _places(*rows):
    columns = ["asset_id", "name", "kind", "easting", "northing", "i", "lsoa21_code"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        detail="", operation=np.nan, hours_per_week=np.nan, temporarily_closed=np.nan,
        co_located=np.nan, longitude=0.0, latitude=0.0, source="",
    )  # fmt: skip


PLACES = _places(
    ("a1", "Near Library", "library", 300, 400, 0, "E01000001"),
    ("a2", "Far Library", "library", 1000, 0, 1, "E01000002"),
    ("a3", "", "worship", 0, 1609, 0, "E01000001"),
    ("a4", "Old Library", "library_closed", 0, 1, 0, "E01000001"),
    ("a5", "City Park", "park", 0, 3300, 1, "E01000002"),
)
LISTED = nearby.listed(PLACES)


def test_the_nearest_of_every_kind_and_how_many_within_a_mile():
    near = nearby.near(LISTED, 0.0, 0.0).by("kind")
    assert list(near) == list(nearby.SHOWN)
    assert near["library"]["name"] == "Near Library"
    assert near["library"]["distance_m"] == 500
    assert near["library"]["within"] == 2
    assert near["worship"]["within"] == 1  # 1,609 m is within 1,609.344
    assert "library_closed" not in near


def test_no_record_has_no_distance_and_a_local_list_ends_where_it_ends():
    near = nearby.near(LISTED, 0.0, 0.0).by("kind")
    assert near["gp"]["name"] == ""
    assert np.isnan(near["gp"]["distance_m"])
    assert near["gp"]["within"] == 0
    assert np.isnan(near["park"]["distance_m"])  # Norwich's list, 3.3 km away
    closer = nearby.near(LISTED, 0.0, 100.0).by("kind")
    assert closer["park"]["distance_m"] == 3200


def test_a_place_at_the_other_end_of_england_is_far():
    ends = PLACES[1:3].assign(easting=[134_210, 655_000], northing=[25_570, 293_000])
    whole = ends.astype({"easting": "int32", "northing": "int32"})
    near = nearby.near(nearby.listed(whole), 134_213, 25_574).by("kind")
    assert near["library"]["distance_m"] == 5
    assert near["library"]["within"] == 1
    assert near["worship"]["distance_m"] == np.hypot(655_000 - 134_213, 293_000 - 25_574)
    assert near["worship"]["within"] == 0


def test_places_inside_come_kind_by_kind_and_name_by_name():
    found = nearby.inside(LISTED, np.array([0, 1]))
    assert found["asset_id"].tolist() == ["a2", "a1", "a3", "a5"]
    assert nearby.inside(LISTED, np.array([8]))["asset_id"].tolist() == []


def test_drawn_are_those_in_reach_and_the_nearest_of_each_kind():
    near = nearby.near(LISTED, 0.0, 0.0)
    assert nearby.drawn(near, LISTED, 0.0, 0.0, 100)["asset_id"].tolist() == ["a1", "a3", "a4"]


def test_libraries_that_closed_the_latest_first():
    libraries = pd.DataFrame(
        {
            "name": ["A", "B", "C", "D"],
            "status": ["closed", "closed", "open", "closed"],
            "closed_year": [2012, 2018, NAN, 2020],
            "i": [0, 1, 1, 9],
        }
    )
    by_area = nearby.closed_by_area(libraries)
    assert nearby.closed_libraries(by_area, np.array([0, 1]))["name"] == ["B", "A"]
    unknown = {0: [("E", NAN), ("F", 2011.0), ("G", 2019.0), ("H", 2019.0)]}
    assert nearby.closed_libraries(unknown, np.array([0]))["name"] == ["G", "H", "F", "E"]


def test_distances_start_at_the_postcode_where_one_was_asked_for():
    place = Place("TN35 5BP", 5, 583_608, 111_599, 0.6, 50.9)
    assert profiles.starting_at((1.0, 2.0), place).words == "from TN35 5BP"
    middle = profiles.starting_at((1.0, 2.0), None)
    assert (middle.easting, middle.northing) == (1.0, 2.0)


AGES = ["age_0_15", "age_16_24", "age_25_34", "age_35_49", "age_50_64", "age_65_plus"]


def test_ages_are_shares_of_all_ages_beside_england():
    everyone = pd.DataFrame([[10, 10, 20, 20, 20, 20], [30, 10, 10, 10, 20, 20]], columns=AGES)
    table = profiles.ages(everyone.loc[1], areas.ages(everyone))
    assert table["band"][0] == "0 to 15"
    assert table["people"] == [30, 10, 10, 10, 20, 20]
    assert table["share"] == [0.3, 0.1, 0.1, 0.1, 0.2, 0.2]
    assert table["england_share"] == [0.2, 0.1, 0.15, 0.15, 0.2, 0.2]


def test_worst_tenths_count_each_index_and_both():
    areas = pd.DataFrame(
        {"imd_decile": [1, 1, 2], "cni_decile": [1, 2, 1], "double": [True, False, False]}
    )
    assert profiles.worst_tenths(areas) == {"imd": 2, "cni": 2, "double": 1}


def test_the_middle_resident_has_half_of_the_people_at_most_as_far():
    values = np.array([[100.0, 1.0], [900.0, 2.0], [500.0, 3.0]])
    people = np.array([10, 50, 40])
    assert profiles.middle_resident(values, people).tolist() == [500, 2]
    assert profiles.middle_resident(values, people * [1, 3, 1]).tolist() == [900, 2]


def test_gaps_of_a_larger_area_count_its_small_areas_in_the_worst_tenth():
    metres = pd.DataFrame({"library": np.arange(20.0), "gp": np.arange(20.0)[::-1]})
    found = find_gaps(metres, pd.Series(["UN1"] * 20))
    table = profiles.gaps_of_members(found, np.array([0, 18, 19]), np.array([5, 5, 100]))
    assert table["kind"] == ["library", "gp"]
    assert table["worst_areas"] == [2, 1]
    assert table["metres"] == [19, 0]


def _profile(**changes):
    """A made-up small area with just what the tables and sentences below read."""
    area = pd.Series(
        {
            "name": "Town 001A", "neighbourhood_name": "Old Town", "council": "Town",
            "region": "Somewhere", "ruc21_code": "UF1", "ruc21_name": "Urban: Further",
            "population_2022": 1_234, "double": False,
        }
        | {f"{key}_decile": 5 for key in (*figures.INDICES, *figures.NEED_INDICES)}
        | {f"{key}_rank": 9 for key in (*figures.INDICES, *figures.NEED_INDICES)}
    )  # fmt: skip
    ages = Table({"band": ["0 to 15"], "people": [10], "share": [0.254], "england_share": [0.2]})
    gaps = Table(
        {
            "kind": ["library", "school"],
            "metres": [3_400.0, 210.0],
            "closer_in_100": [92, 0],
            "worst_tenth": [True, False],
        }
    )
    path = Table(
        {
            "release": [2004, 2025], "place": [0.25, 0.55], "tenth": [3, 6],
            "change": ["split", "unchanged"],
        }
    )  # fmt: skip
    known = {
        "code": "E01000001", "level": "small-area", "row": 0, "area": area, "total": 20,
        "members": np.array([0]), "start": profiles.Start(0, 0, "from here"),
        "worst": {"imd": 0, "cni": 0, "double": 0}, "ages": ages,
        "near": nearby.near(LISTED, 0.0, 0.0), "inside": nearby.inside(LISTED, np.array([0])),
        "gaps": gaps, "path": path, "standing": None, "past": None, "programmes": None,
        "need": None, "alike": None, "pair": None, "cases_near": (), "cases_alike": (),
        "lost": None, "closed": Table({}), "library_hours": (3.25, 1.5),
    }  # fmt: skip
    return profiles.Profile(**(known | changes))


def test_gaps_are_told_against_areas_of_the_same_class():
    profile = _profile()
    rows = [profile_sentences.gap(profile, row) for row in profile.gaps.rows()]
    assert rows == [
        "nearest public library 3.4 km (2.1 miles); 92 in 100 small areas in towns far from a "
        "major town or city are closer.",
        "nearest school 210 m; fewer than 1 in 100 small areas in towns far from a major town or "
        "city are closer.",
    ]
    assert profile_sentences.summary(profile)[-2].startswith("Nearest public library 3.4 km")


def test_a_move_in_the_ranking_is_told_relative_to_other_areas():
    said = profile_sentences.moved(_profile())
    assert said == (
        "2004 to 2025: moved from the 3rd most deprived tenth to the 5th least deprived tenth "
        "relative to other areas."
    )
    gained = _profile(standing="gained")
    assert "it gained on areas that began alike" in profile_sentences.moved(gained)


def test_what_the_list_says_of_a_place():
    library = pd.Series(
        {
            "kind": "library", "name": "Ore Library", "distance_m": 10.0, "detail": "x",
            "operation": "independent", "hours_per_week": 18.0, "temporarily_closed": False,
            "co_located": "community centre;café",
        }
    )  # fmt: skip
    assert profile_sentences.nearest(library) == (
        "Independent, outside the council’s service, open 18 hours a week; shares its building: "
        "community centre, café"
    )
    unknown = library.copy()
    unknown[["operation", "hours_per_week", "co_located"]] = "unknown", NAN, ""
    assert profile_sentences.nearest(unknown) == (
        "Who runs it is not recorded, opening hours not recorded"
    )


def test_no_record_is_said_in_those_words():
    missing = profile_tables.no_records(_profile())
    assert "No record of a GP practice (England-wide register, November 2025)" in missing
    rows = profile_tables.near(_profile())
    assert rows[0] == KINDS["library"].group
    said = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in rows[1][:4]]
    assert said == ["Public library", "Near Library", "500 m", "2 within a mile"]
    assert not any("none" in cell.lower() for row in rows for cell in row)


def test_figures_hold_each_number_once_with_its_unit_and_sources():
    table = figures.figures(_profile())
    found = table.set_index(["section", "figure"])
    assert found.at[(figures.PEOPLE, "Residents, mid-2022"), "value"] == 1234
    assert found.at[(figures.PEOPLE, "Aged 0 to 15, 2021"), "text"] == "25%"
    assert found.at[(figures.DEPRIVATION, "Income"), "text"] == "Tenth 5 · rank 9 of 20"
    assert found.at[(figures.DEPRIVATION, "Income, rank"), "value"] == 9
    assert found.at[(figures.DISTANCE, "Nearest public library"), "value"] == 3400
    assert found.at[(figures.CLOSER, "Public library"), "value"] == 92
    assert found.at[(figures.PLACES, LIBRARIES), "value"] == 1
    surgeries = found.loc[(figures.PLACES, "GP practices (England-wide register, November 2025)")]
    assert np.isnan(surgeries["value"])
    assert surgeries["text"] == "No record"
    assert found.index.is_unique
    assert table["sources"].map(len).min() > 0


def test_side_by_side_leaves_out_ranks_and_what_one_has_not():
    one = _profile()
    nearest = {name: cells[:1] for name, cells in one.gaps.columns.items()}
    other = _profile(gaps=Table(nearest))
    both = figures.side_by_side([figures.rows(one), figures.rows(other)])
    rows = {figure: texts for _, figure, *texts in both}
    assert "Income, rank" not in rows
    assert rows["Nearest school"] == ["210 m", ""]
    shown = profile_tables.beside(both, (figures.DISTANCE,), everyday_only=True)
    assert shown[0] == figures.DISTANCE
    assert shown[1] == ("Nearest public library", "3.4 km (2.1 miles)", "3.4 km (2.1 miles)")


def test_a_file_says_where_each_row_is_from(store):
    table = figures.credited(figures.figures(_profile()), store.sources)
    library = table[table["figure"] == "Nearest public library"].iloc[0]
    assert "Arts Council England" in library["source"]
    assert "Open Government Licence" in library["licence"]
    both = figures.stacked([figures.figures(_profile())] * 2, ["One", "Other"], store.sources)
    assert both["area"].unique().tolist() == ["One", "Other"]


def test_names_that_two_areas_bear_get_their_codes():
    one = _profile()
    two = replace(one, code="E01000002")
    assert profile_sentences.distinct_names([one, two]) == [
        "Town 001A (E01000001)",
        "Town 001A (E01000002)",
    ]
    assert profile_sentences.mixed_levels([one, two]) is None
    ward = replace(one, level="ward")
    assert "small areas and wards" in profile_sentences.mixed_levels([one, ward])


def test_library_hours_count_each_area_by_its_residents():
    hours, people = np.array([10.0, 20.0, 0.0]), np.array([100, 300, 600])
    assert access.per_resident(hours[:2], people[:2]) == 17.5
    assert access.per_resident(hours, people) == 7
    assert profile_sentences.library_hours(_profile()).startswith(
        "Public libraries give 3.25 opening hours a week for every 1,000 people here; England’s "
        "average is 1.50."
    )


def test_supply_is_counted_for_those_it_is_there_for():
    small = pd.DataFrame(
        {"age_0_15": [100, 100], "age_16_24": [100, 700], "population_2022": [1000, 4000]}
    )
    places = _places(
        ("b1", "Hub", "family_hub", 0, 0, 0, "E01000001"),
        ("b2", "Hub", "family_hub", 0, 0, 1, "E01000002"),
        ("b3", "Hall", "hall", 0, 0, 0, "E01000001"),
        ("b4", "Park", "park", 0, 0, 1, "E01000002"),
        ("b5", "Chapel", "worship", 0, 0, 1, "E01000002"),
        ("b6", "Mosque", "worship", 0, 0, 0, "E01000001"),
    ).assign(source=["childrens_centres"] * 2 + ["warm_spaces", "norwich_osm", "warm_spaces",
                                                 "gm_places_of_worship"])  # fmt: skip
    profile = SimpleNamespace(inside=places[places["i"] == 0], members=np.array([0]))
    table = profiles.supply(profile, small, nearby.listed(places)).by("kind")
    assert table["family_hub"]["per_1000"] == 5  # 1 for 200 residents under 25
    assert table["family_hub"]["england_per_1000"] == 2  # 2 for 1,000
    assert table["hall"]["per_1000"] == 1  # 1 for 1,000 residents
    assert table["hall"]["england_per_1000"] == 0.2
    assert np.isnan(table["park"]["england_per_1000"])  # a list of one city
    # One of its places of worship is from a list of one city, so England's rate is none to it.
    assert table["worship"]["count"] == 1
    assert np.isnan(table["worship"]["england_per_1000"])
    other = SimpleNamespace(inside=places[places["i"] == 1], members=np.array([1]))
    beside = profiles.supply(other, small, nearby.listed(places))
    # Nor does that list count for England: 1 place on the England-wide one, not 2, for 5,000.
    assert beside.by("kind")["worship"]["england_per_1000"] == 0.2
    small_rate = [0.004 if rate == 0.2 else rate for rate in beside["england_per_1000"]]
    told = profile_tables.supply(Table({**beside.columns, "england_per_1000": small_rate}))
    rows = {row[0]: row[1:] for row in told if row[1:]}
    assert rows["Places of worship"][1:] == ("0.25", "under 0.01")
