"""Filters on a town of four areas, worked by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.selection import Totals, selected, totals
from geo.view import View

TOWN = pd.DataFrame(
    {
        "code": ["a", "b", "c", "d"],
        "ltla24_code": ["E07000001", "E07000001", "E07000002", "E07000003"],
        "region24_code": ["E12000001", "E12000001", "E12000001", "E12000002"],
        "ruc21_code": ["UN1", "RSN1", "UN1", "UF1"],
        "imd_decile": [1, 2, 1, 10],
        "cni_decile": [1, 1, 5, 10],
        "double": [True, False, False, False],
        "library_m": [400.0, 800.0, 1_600.0, 5_000.0],
        "population_2022": [1_500, 1_600, 1_700, 1_800],
    }
)


@pytest.mark.parametrize(
    ("view", "left"),
    [
        (View(), "abcd"),
        (View(ranges=(("imd", 1, 2),)), "abc"),
        (View(ranges=(("imd", 1, 1), ("cni", 1, 2))), "a"),
        (View(councils=("E07000001", "E07000003")), "abd"),
        (View(regions=("E12000002",)), "d"),
        (View(rural_urban=("RSN1", "UF1")), "bd"),
        (View(double_only=True), "a"),
        (View(library_m=(800, None)), "bcd"),
        (View(library_m=(None, 800)), "ab"),
        (View(library_m=(800, 1_600)), "bc"),
        (View(regions=("E12000002",), double_only=True), ""),
    ],
)
def test_areas_must_pass_every_filter(view, left):
    assert "".join(TOWN["code"][selected(view, TOWN)]) == left


def test_an_area_without_a_distance_passes_no_filter_on_it():
    unknown = TOWN.assign(library_m=float("nan"))
    assert not selected(View(library_m=(0, None)), unknown).any()
    assert selected(View(), unknown).all()


def test_what_is_left_adds_up():
    keep = selected(View(ranges=(("imd", 1, 1),)), TOWN)
    assert totals(TOWN, keep) == Totals(areas=2, population=3_200, councils=2)


def test_filters_on_real_areas_agree_with_counting_another_way(store):
    areas = store.small_areas
    view = View(ranges=(("imd", 1, 1), ("cni", 1, 1)))
    keep = selected(view, areas)
    assert keep.sum() == 1_262
    assert (keep == selected(replace(View(), double_only=True), areas)).all()
    hastings = selected(View(councils=("E07000062",)), areas)
    assert hastings.sum() == areas["name"].str.startswith("Hastings ").sum() > 0
