"""Links to the What-if page, and the places and changes they name."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import scenarios, what_if_places, what_if_view
from geo.profile_view import ProfileView
from geo.reached import ENGLAND_WIDE, REACHED
from geo.scenarios import Opening, Scenario
from geo.what_if_view import EXAMPLE, WhatIfView

ORE, HASTINGS = "lib1354f037", "lib75014bab"


@pytest.fixture(scope="module")
def open_places(national):
    return what_if_places.services(national.places)


# The link


def test_a_link_that_says_nothing_opens_the_example():
    assert what_if_view.parse({}) == (EXAMPLE, ())
    assert what_if_view.parse({"utm_source": "x"}) == (EXAMPLE, ())


def test_the_example_can_be_linked_to_in_words():
    words = what_if_view.query(EXAMPLE)
    assert words == {"area": "E02004371", "do": f"close.{ORE}"}
    assert what_if_view.parse(words) == (EXAMPLE, ())


def test_a_view_without_any_choice_does_not_turn_into_the_example():
    assert what_if_view.parse(what_if_view.query(WhatIfView())) == (WhatIfView(), ())


def test_every_choice_goes_into_the_link_and_back():
    scenario = Scenario(
        frozenset({ORE, HASTINGS}),
        frozenset({Opening("gp", 580_000, 110_000), Opening("library", 583_000, 111_000)}),
        "Option B: keep, close & open",
    )
    view = WhatIfView("gp", "800m", "E07000062", "TN355BP", scenario, (50.87, 0.6, 12.5))
    assert what_if_view.parse(what_if_view.query(view)) == (view, ())


def test_a_hundred_openings_fit_into_a_link():
    openings = {Opening("community_shop", 500_000 + n, 600_000 + n) for n in range(100)}
    view = WhatIfView(scenario=Scenario(openings=frozenset(openings), name="x" * 80))
    assert what_if_view.parse(what_if_view.query(view)) == (view, ())


words = st.sampled_from(what_if_view.WORDS)


@given(st.dictionaries(words, st.text(max_size=60)))
def test_no_link_breaks_the_reader_and_what_it_reads_is_stable(query):
    view, _ = what_if_view.parse(query)
    assert what_if_view.parse(what_if_view.query(view)) == (view, ())


def test_changes_that_are_not_known_are_left_out_with_a_notice(national, open_places):
    scenario = Scenario(
        frozenset({ORE, "lib00000000"}), frozenset({Opening("casino", 580_000, 110_000)})
    )
    view, place, notices = what_if_view.known(
        WhatIfView(area="E02999999", postcode="TN355BP", scenario=scenario), national, open_places
    )
    assert view.scenario == Scenario(frozenset({ORE}))
    assert view.area is None
    assert place.postcode == "TN35 5BP"
    assert len(notices) == 3


def test_a_closed_library_cannot_be_closed(national, open_places):
    gone = Scenario(frozenset({"lib3915ceda"}))
    view, _, notices = what_if_view.known(WhatIfView(scenario=gone), national, open_places)
    assert view.scenario.is_empty
    assert len(notices) == 1


def test_looking_elsewhere_keeps_the_readers_changes_but_not_the_examples():
    there = ProfileView("E02002183", None)
    assert EXAMPLE.near(there).scenario.is_empty
    own = dataclasses.replace(EXAMPLE, scenario=Scenario(frozenset({HASTINGS})))
    assert own.near(there).scenario == own.scenario
    assert own.near(there).area == "E02002183"


# Places


def test_services_are_the_places_that_distances_are_measured_to(open_places, store):
    assert set(open_places["service"]) == set(REACHED)
    assert set(open_places["source"]) <= set(ENGLAND_WIDE)
    assert (open_places["name"] != "").all()
    libraries = what_if_places.of_service(open_places, "library")
    assert set(store.nearest_places("library")["nearest_asset_id"]) <= set(libraries["asset_id"])


def test_near_ore_are_the_libraries_of_hastings(open_places):
    libraries = what_if_places.of_service(open_places, "library")
    near = what_if_places.near(libraries, 583_608, 111_599, 3)
    assert near["asset_id"].tolist()[:2] == [ORE, HASTINGS]
    assert near["distance_m"].iat[0] == 0
    said = what_if_places.detail(near.iloc[0], 0.0)
    assert said == "0 m away, open 18 hours a week, independent"


def test_the_area_at_a_point_is_that_of_its_nearest_postcode(residents):
    rng = np.random.default_rng(7)
    for number in rng.integers(len(residents.xy), size=20):
        spot = residents.xy[number] + rng.normal(0, 400, 2)
        metres = np.hypot(*(residents.xy - spot).T)
        found = what_if_places.area_at(residents, *spot)
        nearest = residents.area[np.isclose(metres, metres.min(), rtol=0, atol=1e-6)]
        assert found in nearest


def test_nobody_lives_in_the_channel(residents):
    assert what_if_places.area_at(residents, 600_000, 50_000) is None


def test_changes_have_names(open_places, residents, store):
    scenario = scenarios.parse(
        f"close.{ORE},open.library.583608.111599,open.library.583609.111599,open.gp.600000.50000"
    )[0]
    made = what_if_places.changes(scenario, open_places, residents, store.small_areas)
    assert [(change.name, change.label, change.where) for change in made] == [
        ("Ore Library", "Ore Library", "Hastings"),
        ("New GP practice in the sea", "New in the sea", ""),
        ("New public library in Ore", "New in Ore", "Hastings"),
        ("New public library in Ore (2)", "New in Ore (2)", "Hastings"),
    ]
    assert [change.closes for change in made] == [True, False, False, False]
    assert what_if_places.scenario_of(made) == scenario
    libraries = [change for change in made if change.service == "library"]
    assert what_if_places.scenario_of(libraries).openings == frozenset(
        {Opening("library", 583_608, 111_599), Opening("library", 583_609, 111_599)}
    )
