"""Closing and opening places: truths that must hold, and toy towns worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import scenarios
from geo.areas import AGE_BANDS
from geo.effects import effect, touched_areas, weighted_median
from geo.residents import locate_residents
from geo.scenarios import Opening, Scenario

NOTHING = Scenario()


def town(rows, people, councils=None):
    """Residents and areas from postcode points (area, easting, northing) and people by area."""
    points = pd.DataFrame(rows, columns=["i", "easting", "northing"]).sort_values("i")
    size = len(people)
    areas = pd.DataFrame(
        {
            "population_2022": people,
            "ltla24_code": councils or ["E07000001"] * size,
            "ward24_code": [f"W{number}" for number in range(size)],
            "imd_decile": [1 + number % 10 for number in range(size)],
            "double": [number == 0 for number in range(size)],
        }
    )
    for number, age in enumerate(AGE_BANDS):
        areas[age] = 10 * (number + 1)
    return locate_residents(points, areas["population_2022"]), areas


def libraries(rows):
    frame = pd.DataFrame(rows, columns=["asset_id", "easting", "northing"])
    return frame.assign(kind="library", name=frame["asset_id"] + " Library", hours_per_week=30.0)


# A road of 4 km: area 0 at 0 and 400 m, area 1 at 2,000 m, area 2 at 4,000 m in another council.
ROAD, ROAD_AREAS = town(
    [(0, 0, 0), (0, 400, 0), (1, 2000, 0), (2, 4000, 0)],
    [100, 60, 30],
    ["E07000001", "E07000001", "E07000002"],
)
TWO = libraries([("L1", 0, 0), ("L2", 3000, 0)])


# The form a link carries


def test_a_scenario_goes_into_a_link_and_back():
    scenario = NOTHING.close("L2b").close("L1a").open("library", 583110.4, 111022.2)
    text = scenarios.serialise(scenario)
    assert text == "close.L1a,close.L2b,open.library.583110.111022"
    assert scenarios.parse(text) == (scenario, ())


def test_changes_in_another_order_are_the_same_scenario():
    assert NOTHING.close("L1").open("library", 60000, 60000) == NOTHING.open(
        "library", 60000, 60000
    ).close("L1")
    assert scenarios.serialise(NOTHING.close("B1").close("A1")) == "close.A1,close.B1"


def test_taking_a_change_back_leaves_nothing():
    opening = Opening("library", 60000, 60000)
    scenario = NOTHING.close("L1").open("library", 60000, 60000).keep("L1").without(opening)
    assert scenario == NOTHING
    assert scenario.is_empty
    assert scenarios.serialise(scenario) == ""


def test_a_name_travels_with_it():
    text = scenarios.serialise(Scenario(frozenset({"L1"}), name="  Ore,\n without ~ its library "))
    assert text == "close.L1~Ore, without ~ its library"
    assert scenarios.parse(text)[0].name == "Ore, without ~ its library"


@pytest.mark.parametrize(
    "broken", ["close.", "open.library.5", "open.Library.60000.60000", "<script>", "open.x.1.1"]
)
def test_what_cannot_be_read_is_left_out_with_a_notice(broken):
    scenario, notices = scenarios.parse(f"close.L1,{broken}")
    assert scenario == NOTHING.close("L1")
    assert len(notices) == 1


def test_a_link_may_not_hold_endless_changes():
    scenario, notices = scenarios.parse(",".join(f"close.L{number}" for number in range(1, 201)))
    assert len(scenario.closures) == scenarios.MAX_CHANGES
    assert len(notices) == 1


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_and_what_it_reads_is_stable(text):
    scenario, _ = scenarios.parse(text)
    assert scenarios.parse(scenarios.serialise(scenario)) == (scenario, ())


def test_closures_that_do_not_exist_are_named():
    assert scenarios.unknown_closures(NOTHING.close("L9").close("L1"), TWO) == ("L9",)


# Worked by hand


def test_closing_a_library_worked_by_hand():
    result = effect(NOTHING.close("L1"), ROAD, TWO, ROAD_AREAS, threshold_m=1609.344)
    # 50 people from 0 to 3,000 m and 50 from 400 to 2,600 m; area 1 keeps L2 at 1,000 m.
    assert result.affected_postcodes == 2
    assert result.affected_people == result.further_people == 100
    assert result.nearer_people == 0
    assert result.pushed_beyond_people == 100
    assert (result.before.median_m, result.before.worst_m) == (0, 400)
    assert (result.after.median_m, result.after.worst_m) == (2600, 3000)
    assert (result.before.within_share, result.after.within_share) == (1, 0)
    # The other council is not in it, for nobody there is affected.
    assert result.all_before.people == 160
    assert result.all_after.beyond_people == 100
    assert result.by_council["ltla24_code"].tolist() == ["E07000001"]


def test_who_is_affected_by_group():
    result = effect(NOTHING.close("L1"), ROAD, TWO, ROAD_AREAS, threshold_m=1609.344)
    deciles = result.by_decile.set_index("imd_decile")
    assert list(deciles.index) == list(range(1, 11))
    assert (
        deciles.loc[1, ["people", "affected_people", "beyond_after_people"]].tolist() == [100] * 3
    )
    assert deciles.loc[2, ["people", "affected_people", "beyond_after_people"]].tolist() == [
        60,
        0,
        0,
    ]
    assert deciles.loc[10, "people"] == 0
    double = result.by_double.set_index("double")
    assert double.loc[True, "further_people"] == 100
    assert double.loc[False, "further_people"] == 0
    ages = result.by_age.set_index("age")
    assert ages["people"].sum() == pytest.approx(160)
    assert ages.loc["age_0_15", "affected_people"] == pytest.approx(100 * 10 / 210)
    assert ages.loc["age_65_plus", "affected_people"] == pytest.approx(100 * 60 / 210)
    wards = result.by_ward.set_index("ward24_code")
    assert wards.loc["W0", "median_before_m"] == 0
    assert wards.loc["W0", "median_after_m"] == 2600
    assert np.isnan(wards.loc["W1", "median_after_m"])


def test_areas_that_fall_outside_the_walk():
    result = effect(NOTHING.close("L1"), ROAD, TWO, ROAD_AREAS, threshold_m=1609.344)
    assert result.areas["area"].tolist() == [0]
    row = result.areas.iloc[0]
    assert (row["share_before"], row["share_after"]) == (1, 0)
    assert row["falls_outside"]
    assert not row["comes_inside"]


def test_where_a_closure_sends_people():
    three = libraries([("L1", 0, 0), ("L2", 3000, 0), ("L3", 0, 500)])
    result = effect(NOTHING.close("L1"), ROAD, three, ROAD_AREAS, threshold_m=800)
    row = result.alternatives.iloc[0]
    assert len(result.alternatives) == 1
    assert (row["name"], row["to_name"], row["to_hours_per_week"]) == (
        "L1 Library",
        "L3 Library",
        30,
    )
    assert (row["people"], row["share"], row["apart_m"]) == (100, 1, 500)
    assert (row["median_before_m"], row["median_after_m"]) == (0, 500)


def test_opening_one_worked_by_hand():
    result = effect(NOTHING.open("library", 60_000, 0), ROAD, TWO, ROAD_AREAS, threshold_m=800)
    assert result.affected_people == 0
    near = effect(NOTHING.open("library", 2000, 0), ROAD, TWO, ROAD_AREAS, threshold_m=800)
    # Area 1 from 1,000 m to none; area 2, at 1,000 m from L2, stays.
    assert near.nearer_people == near.brought_within_people == 60
    assert near.gains["people"].tolist() == [60]
    assert near.gains["median_before_m"].tolist() == [1000]
    assert near.gains["median_after_m"].tolist() == [0]


def test_an_opening_of_another_service_does_not_count():
    result = effect(
        NOTHING.open("hall", 2000, 0), ROAD, TWO, ROAD_AREAS, threshold_m=800, kinds=["library"]
    )
    assert result.affected_people == 0


def test_closing_the_last_one_leaves_nowhere_to_go():
    one = libraries([("L1", 0, 0)])
    result = effect(NOTHING.close("L1"), ROAD, one, ROAD_AREAS, threshold_m=800)
    assert result.affected_people == 190
    assert np.isinf(result.after.median_m)
    assert result.all_after.beyond_people == 190
    assert result.alternatives["to_asset_id"].isna().all()


def test_opening_the_first_one():
    none = libraries([])
    result = effect(NOTHING.open("library", 0, 0), ROAD, none, ROAD_AREAS, threshold_m=800)
    assert result.brought_within_people == 100
    assert result.nearer_people == 190


def test_totals_can_be_told_for_a_chosen_scope():
    everyone = np.ones(3, dtype=bool)
    result = effect(NOTHING.close("L1"), ROAD, TWO, ROAD_AREAS, 1609.344, scope=everyone)
    assert result.all_before.people == 190
    assert result.affected_people == 100


def test_a_threshold_is_inclusive():
    result = effect(NOTHING.close("L1"), ROAD, TWO, ROAD_AREAS, threshold_m=3000)
    assert result.pushed_beyond_people == 0


def test_weighted_median_by_hand():
    values, weights = np.array([5.0, 1, 3, 9]), np.array([1.0, 1, 2, 4])
    group = np.array([0, 0, 0, 2])
    median = weighted_median(values, weights, group, 3)
    assert median[[0, 2]].tolist() == [3, 9]
    assert np.isnan(median[1])


# Truths

spot = st.tuples(st.integers(0, 9000), st.integers(0, 9000))
towns = st.tuples(
    st.lists(st.tuples(st.integers(0, 4), spot), min_size=1, max_size=25),
    st.lists(spot, min_size=1, max_size=6, unique=True),
)


def made(example):
    homes, spots = example
    residents, areas = town([(area, *xy) for area, xy in homes], [100, 80, 60, 40, 20])
    return residents, areas, libraries([(f"L{n}", *xy) for n, xy in enumerate(spots)])


@settings(max_examples=25, deadline=None)
@given(towns)
def test_closing_never_improves_anyone(example):
    residents, areas, places = made(example)
    result = effect(NOTHING.close("L0"), residents, places, areas, threshold_m=1000)
    assert result.nearer_people == 0
    assert result.brought_within_people == 0
    assert result.all_after.beyond_people >= result.all_before.beyond_people


@settings(max_examples=25, deadline=None)
@given(towns, spot)
def test_opening_never_worsens_anyone(example, new):
    residents, areas, places = made(example)
    result = effect(NOTHING.open("library", *new), residents, places, areas, threshold_m=1000)
    assert result.further_people == 0
    assert result.pushed_beyond_people == 0


@settings(max_examples=25, deadline=None)
@given(towns)
def test_closing_and_opening_the_same_place_changes_nothing(example):
    residents, areas, places = made(example)
    first = places.iloc[0]
    swap = NOTHING.close("L0").open("library", first["easting"], first["northing"])
    result = effect(swap, residents, places, areas, threshold_m=1000)
    assert result.affected_postcodes == 0
    assert result.areas.empty


@settings(max_examples=25, deadline=None)
@given(towns, spot)
def test_areas_ruled_out_are_untouched_and_brute_force_agrees(example, new):
    residents, areas, places = made(example)
    scenario = NOTHING.close("L0").open("library", *new)
    after = scenarios.places_after(scenario, places)
    homes = residents.xy.astype(float)

    def metres(frame):
        spots = frame[["easting", "northing"]].to_numpy(float)
        return np.hypot(*(homes[:, None] - spots[None]).transpose(2, 0, 1)).min(axis=1)

    changed = ~np.isclose(metres(places), metres(after), rtol=0, atol=1e-9)
    assert not changed[~touched_areas(residents, places, after)[residents.area]].any()
    result = effect(scenario, residents, places, areas, threshold_m=1000)
    assert result.affected_people == pytest.approx(residents.people[residents.area[changed]].sum())


@settings(max_examples=15, deadline=None)
@given(towns, spot, spot)
def test_two_changes_in_either_order_are_equal_to_both_at_once(example, one, other):
    residents, areas, places = made(example)
    first = NOTHING.open("library", *one).close("L0").open("library", *other)
    second = NOTHING.open("library", *other).open("library", *one).close("L0")
    left, right = (
        effect(scenario, residents, places, areas, threshold_m=1000) for scenario in (first, second)
    )
    assert left.after == right.after or np.isnan(left.after.median_m)
    pd.testing.assert_frame_equal(left.areas, right.areas)
    # Applied one after the other they come to the same places.
    stepwise = scenarios.places_after(
        NOTHING.close("L0"),
        scenarios.places_after(
            NOTHING.open("library", *other),
            scenarios.places_after(NOTHING.open("library", *one), places),
        ),
    )
    at_once = scenarios.places_after(first, places)
    assert set(stepwise["asset_id"]) == set(at_once["asset_id"])
