"""What is near: hand-worked distances, and Ore's library that closed and came back."""

import pandas as pd
import pytest

from geo import near, sentences


def _library(name, easting, northing, kind="library", hours=20.0, **operations):
    past = {f"operation_{year}": "council" for year in (2016, 2019, 2021, 2022, 2023)}
    return {
        "name": name, "easting": easting, "northing": northing, "kind": kind,
        "operation": "council", "hours_per_week": hours, "temporarily_closed": False,
        **past, **operations,
    }  # fmt: skip


AREA = pd.Series({"easting": 0, "northing": 0, "longitude": 0.6, "latitude": 50.9})


def test_the_nearest_open_library_is_found_and_closed_ones_are_passed_over():
    libraries = pd.DataFrame(
        [
            _library("Shut", 10, 0, kind="library_closed"),
            _library("Far", 3_000, 4_000),
            _library("Near", 300, 400),
        ]
    )
    found = near.library(near.open_libraries(libraries), AREA)
    assert (found.name, found.metres) == ("Near", 500)
    assert sentences.library(found) == (
        "Near: 500 m from the middle of the area, open 20 hours a week. Run by the council."
    )


def test_hours_that_are_not_recorded_are_said_to_be():
    found = near.library(
        near.open_libraries(pd.DataFrame([_library("Near", 300, 400, hours=None)])), AREA
    )
    assert "opening hours not recorded" in sentences.library(found)


def test_who_ran_it_leaves_out_years_without_an_answer():
    row = pd.Series(
        _library("Ore", 0, 0, operation_2019="temporarily closed", operation_2021="unknown",
                 operation_2022="independent", operation_2023="independent")
    )  # fmt: skip
    assert near.past(row) == (
        ("council", 2016), ("temporarily closed", 2019), ("independent", 2022),
    )  # fmt: skip


def test_ore_library_closed_and_came_back(store):
    postcode = store.postcodes.find("TN35 5BP")
    area = store.small_areas.iloc[postcode.i]
    found = near.library(near.open_libraries(store.libraries), area, postcode)
    assert (found.name, found.operation, found.hours_per_week) == ("Ore Library", "independent", 18)
    assert found.metres == pytest.approx(0, abs=1)
    assert sentences.library(found).endswith(
        "it was run by the council in 2016, temporarily closed in 2019 and independent in 2021."
    )


def test_a_library_closed_for_a_time_is_said_to_be():
    row = _library("Near", 300, 400, temporarily_closed=True)
    found = near.library(near.open_libraries(pd.DataFrame([row])), AREA)
    assert "Reported closed for the time being" in sentences.library(found)
