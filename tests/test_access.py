"""Distances, shares within a walk and catchments, against figures worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import access
from geo.distance import MILE_M, TWO_MILES_M, nearest, pairs_within


def points(rows):
    return pd.DataFrame(rows, columns=["i", "easting", "northing"])


def places(rows, **columns):
    frame = pd.DataFrame(rows, columns=["asset_id", "easting", "northing"])
    return frame.assign(**columns)


coordinate = st.integers(0, 20_000)
spots = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=30)


def test_thresholds_are_those_of_the_standards():
    assert access.THRESHOLDS_M == {
        "within_800m": 800,
        "within_1200m": 1200,
        "within_1_mile": 1609.344,
        "within_2_miles": 3218.688,
    }


def test_a_grid_reference_counts_once_in_its_small_area():
    postcodes = pd.DataFrame(
        {
            "postcode": ["A1", "A2", "A3", "A4"],
            "i": np.array([33754, 0, 0, 33754], dtype="uint16"),
            "easting": np.array([655_000, 5, 5, 82_000], dtype="int32"),
            "northing": np.array([657_000, 7, 7, 5_000], dtype="int32"),
        }
    )
    distinct = access.distinct_points(postcodes)
    assert distinct.to_numpy().tolist() == [
        [0, 5, 7],
        [33754, 82_000, 5_000],
        [33754, 655_000, 657_000],
    ]


def test_nearest_names_the_place_and_the_metres():
    metres, place = nearest(np.array([[0.0, 0.0], [10, 0]]), np.array([[3.0, 4.0], [10, 1]]))
    assert metres.tolist() == [5, 1]
    assert place.tolist() == [0, 1]


def test_nearest_with_nothing_to_reach_is_infinitely_far():
    metres, place = nearest(np.array([[0.0, 0.0]]), np.empty((0, 2)))
    assert np.isinf(metres).all()
    assert place.tolist() == [-1]


def test_summary_of_a_street_worked_by_hand():
    # Eleven points every 300 m from the only place: 0, 300 … 3,000 m.
    street = points([(0, 300 * step, 0) for step in range(11)])
    table = access.access_to(street, places([("L1", 0, 0)]), street["i"].to_numpy(), 1)
    row = table.iloc[0]
    assert row["median_m"] == 1500
    assert row["p90_m"] == 2700
    assert row["within_800m"] == pytest.approx(3 / 11)  # 0, 300, 600
    assert row["within_1200m"] == pytest.approx(5 / 11)  # 1,200 itself is within
    assert row["within_1_mile"] == pytest.approx(6 / 11)
    assert row["within_2_miles"] == 1
    assert row["nearest_asset_id"] == "L1"
    assert row["nearest_m"] == 1500


@pytest.mark.parametrize(("metres", "within"), [(800.0, 1), (np.nextafter(800, 900), 0)])
def test_threshold_is_inclusive(metres, within):
    assert access.summarise(np.array([metres]), np.array([0]), 1)["within_800m"].iloc[0] == within


def test_pairs_at_exactly_the_reach_are_within():
    origin, destination, metres = pairs_within(
        np.array([[0.0, 0.0], [0, 801]]), np.array([[480.0, 640.0], [0, 0]]), 800
    )
    assert sorted(zip(origin.tolist(), destination.tolist(), metres.tolist(), strict=True)) == [
        (0, 0, 800),
        (0, 1, 0),
        (1, 0, pytest.approx(np.hypot(480, 161))),
    ]


def test_an_area_without_points_has_no_figures():
    table = access.access_to(
        points([(0, 0, 0), (2, 0, 60)]), places([("L1", 0, 0)]), np.array([0, 2]), 3
    )
    assert table["median_m"].isna().tolist() == [False, True, False]
    assert table["within_800m"].isna().tolist() == [False, True, False]
    assert table["nearest_asset_id"].isna().tolist() == [False, True, False]


def test_access_to_nothing_is_refused():
    with pytest.raises(ValueError, match="no places"):
        access.access_to(points([(0, 0, 0)]), places([]), np.array([0]), 1)


@given(spots, st.lists(st.integers(0, 4), min_size=30, max_size=30))
def test_group_quantiles_agree_with_numpy(values, groups):
    values = np.array([value for value, _ in values], dtype=float)
    group = np.array(groups[: len(values)])
    low, high = access.group_quantiles(values, group, 5, (0.25, 0.9))
    for number in range(5):
        mine = values[group == number]
        if len(mine):
            assert low[number] == pytest.approx(np.quantile(mine, 0.25))
            assert high[number] == pytest.approx(np.quantile(mine, 0.9))
        else:
            assert np.isnan(low[number])


@given(spots, spots, st.tuples(coordinate, coordinate))
def test_adding_a_place_never_worsens_anyone(origins, destinations, extra):
    origins = np.array(origins, dtype=float)
    before, _ = nearest(origins, np.array(destinations, dtype=float))
    after, _ = nearest(origins, np.array([*destinations, extra], dtype=float))
    assert (after <= before).all()


def test_supply_per_1000():
    supply = access.supply_per_1000(np.array([3, 1, 0]), np.array([2000, 500, 0]))
    assert supply[:2].tolist() == [1.5, 2]
    assert np.isnan(supply[2])


def test_catchments_worked_by_hand():
    # A place of 40 hours reaches 100 and 300 people; one of 30 reaches the 300 only.
    people = np.array([100.0, 300.0, 50.0])
    demand = np.array([[0.0, 0.0], [1000.0, 0.0], [9000.0, 0.0]])
    supply_points = np.array([[500.0, 0.0], [1500.0, 0.0]])
    figure = access.catchment_access(demand, people, supply_points, np.array([40.0, 30.0]), 800)
    assert figure.tolist() == pytest.approx([40 / 400, 40 / 400 + 30 / 300, 0])


def test_one_huge_catchment_gives_supply_over_demand_everywhere():
    rng = np.random.default_rng(7)
    people, hours = rng.integers(1, 500, 40).astype(float), rng.integers(5, 60, 9).astype(float)
    figure = access.catchment_access(
        rng.uniform(0, 9000, (40, 2)), people, rng.uniform(0, 9000, (9, 2)), hours, 1e6
    )
    assert figure == pytest.approx(np.full(40, hours.sum() / people.sum()))


@settings(max_examples=50)
@given(spots, spots, st.integers(1, 30_000))
def test_access_times_people_is_the_supply_that_reaches_anyone(origins, destinations, reach_m):
    demand, supply_points = np.array(origins, float), np.array(destinations, float)
    people = 1.0 + np.arange(len(demand))
    hours = 10.0 + np.arange(len(supply_points))
    figure = access.catchment_access(demand, people, supply_points, hours, reach_m)
    apart = np.hypot(*(demand[:, None] - supply_points[None]).transpose(2, 0, 1))
    reaches = (apart <= reach_m).any(axis=0)
    assert figure @ people == pytest.approx(hours[reaches].sum())


LIBRARIES = pd.DataFrame(
    {
        "asset_id": ["L1", "L2", "L3"],
        "name": ["Old", "Steady", "New"],
        "easting": [0, 3000, 1000],
        "northing": [0, 0, 0],
        "status": ["closed", "open", "open"],
        "opened_year": [None, 1965, 2015],
        "closed_year": [2016, 2012, None],  # the second came back
    }
)


def test_which_were_open_in_a_year():
    assert access.open_in(LIBRARIES, 2010).tolist() == [True, True, False]
    assert access.open_in(LIBRARIES, 2016).tolist() == [True, True, True]
    assert access.open_in(LIBRARIES, 2020).tolist() == [False, True, True]


def test_areas_that_lost_their_library():
    street = points([(0, 0, 0), (1, 3000, 0)])
    areas = pd.DataFrame({"lsoa21_code": ["E01000001", "E01000002"]})

    def in_year(year):
        some = LIBRARIES[access.open_in(LIBRARIES, year)]
        table = access.access_to(street, some, street["i"].to_numpy(), 2)
        return pd.concat([areas, table], axis=1)

    lost = access.lost_nearest(in_year(2010), in_year(2024), LIBRARIES)
    assert len(lost) == 1
    row = lost.iloc[0]
    assert (row["lsoa21_code"], row["lost_name"], row["now_name"]) == ("E01000001", "Old", "New")
    assert (row["then_m"], row["now_m"], row["further_m"]) == (0, 1000, 1000)
    assert row["closed_year"] == 2016


def test_two_miles_are_two_miles():
    assert TWO_MILES_M == 2 * MILE_M
