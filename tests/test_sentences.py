"""Figures in words, on cases a reader would notice if they were wrong."""

import pytest

from geo import sentences as s
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.selection import Totals


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (67_412, "67,000 people"),
        (1_749, "1,700 people"),
        (12, "10 people"),
        (57_106_398, "57.1 million people"),
        (0, "0 people"),
    ],
)
def test_people_are_rounded_as_far_as_an_estimate_bears(number, words):
    assert s.people(number) == words


@pytest.mark.parametrize(
    ("metres", "words"),
    [(654, "650 m"), (994, "990 m"), (1_000, "1.0 km (0.6 miles)"), (3_400, "3.4 km (2.1 miles)")],
)
def test_distances(metres, words):
    assert s.distance(metres) == words


def test_tenths_name_their_direction():
    assert s.tenth(1) == "most deprived tenth"
    assert s.tenth(2) == "2nd most deprived tenth"
    assert s.tenth(5) == "5th most deprived tenth"
    assert s.tenth(6) == "5th least deprived tenth"
    assert s.tenth(10, "greatest-need", "least-need") == "least-need tenth"
    with pytest.raises(ValueError, match="1 to 10"):
        s.tenth(0)


def test_what_is_left():
    assert (
        s.what_is_left(Totals(41, 67_412, 6), SMALL_AREA, True)
        == "41 small areas, 67,000 people, in 6 councils."
    )
    assert s.what_is_left(Totals(1, 1_749, 1), SMALL_AREA, True) == (
        "1 small area, 1,700 people, in 1 council."
    )
    assert s.what_is_left(Totals(6_856, 57_106_398, 296), NEIGHBOURHOOD, False) == (
        "All of England: 6,856 neighbourhoods, 57.1 million people."
    )
    assert s.what_is_left(Totals(0, 0, 0), SMALL_AREA, True).startswith("No small area")


def test_a_small_area_goes_by_its_neighbourhood():
    area = {
        "name": "Hastings 004B",
        "neighbourhood_name": "Ore",
        "council": "Hastings",
        "region": "South East",
    }
    assert s.area_title(area) == "Ore (Hastings 004B)"
    assert s.area_title(area | {"name": "Ore"}) == "Ore"
    assert s.area_kind(area, SMALL_AREA) == "Small area in Hastings, South East"


def test_where_an_area_stands():
    area = {
        "imd_decile": 1,
        "imd_rank": 812,
        "cni_decile": 3,
        "cni_rank": 9_000,
        "double": False,
        "double_small_areas": 2,
    }
    assert "most deprived tenth of England's small areas" in s.deprivation(area, SMALL_AREA, 33_755)
    assert "rank 812 of 33,755" in s.deprivation(area, SMALL_AREA, 33_755)
    assert "3rd greatest-need tenth" in s.community_needs(area, SMALL_AREA, 33_755)
    assert s.double_disadvantage(area, SMALL_AREA) is None
    assert s.double_disadvantage(area, NEIGHBOURHOOD).startswith("2 of its small areas are")
    assert "doubly disadvantaged" in s.double_disadvantage(area | {"double": True}, SMALL_AREA)


def test_lists_in_a_sentence():
    assert s.joined(["a"]) == "a"
    assert s.joined(["a", "b", "c"]) == "a, b and c"
