"""Which case studies are near: the nearest first, and how far in words."""

import numpy as np
import pytest

from geo import case_near
from geo.case_records import load_cases


@pytest.fixture(scope="module")
def cases(store):
    return load_cases(store.data_dir / "case_studies")


def test_nearest_says_how_far_and_what_it_rests_on(cases, store):
    placed = case_near.placed(cases, store.table("councils"))
    ore = case_near.nearest(placed, 0.60835, 50.87472, "E07000062")
    assert ore[0].case.key == "ore-community-library"
    assert ore[0].metres == pytest.approx(0, abs=1)
    assert [found.metres for found in ore] == sorted(found.metres for found in ore)

    norwich = case_near.nearest(placed, 1.2971, 52.6287, "E07000148", count=2)
    assert [found.case.key for found in norwich] == [
        "norwich-catton-grove-world-of-work",  # some streets away, not just "in Norwich"
        "norwich-community-innovation-fund",
    ]
    assert norwich[1].words == "in Norwich; the source names no neighbourhood there"
    everywhere = case_near.nearest(placed, 1.2971, 52.6287, "E07000148", count=100)
    assert len(everywhere) == len(cases) - 1


def test_nearest_agrees_with_a_flat_earth(cases, store):
    placed = case_near.placed(cases, store.table("councils"))
    (found,) = case_near.nearest(placed, 0.5729, 50.8543, "E07000062", count=1)
    east = (0.60835 - 0.5729) * 111_320 * np.cos(np.radians(50.865))
    north = (50.87472 - 50.8543) * 111_230
    assert found.metres == pytest.approx(np.hypot(east, north), rel=0.01)
    assert found.words == f"{found.metres / 1000:.1f} km away"


def test_a_site_on_the_doorstep_comes_before_a_case_of_the_whole_council(cases, store):
    ore = next(case for case in cases if case.key == "ore-community-library").places[0]
    placed = case_near.placed(cases, store.table("councils"))
    found = case_near.nearest(placed, ore.longitude + 0.002, ore.latitude, "E07000062", count=2)
    assert found[0].case.key == "ore-community-library"
    assert 100 < found[0].metres < 200
    far = case_near.nearest(placed, 0.2, 50.95, "E07000062", count=1)
    assert far[0].metres == min(
        near.metres for near in case_near.nearest(placed, 0.2, 50.95, "E07000062", count=len(cases))
    )
