"""Which case studies are alike: a place is most like itself, and the reason is said."""

import pandas as pd
import pytest

from geo import case_likeness, case_studies
from geo.case_records import load_cases


@pytest.fixture(scope="module")
def cases(store):
    return load_cases(store.data_dir / "case_studies")


@pytest.fixture(scope="module")
def profiles(cases, store):
    return case_likeness.case_profiles(cases, store.small_areas)


def test_a_place_is_most_like_itself(cases, profiles, store):
    areas = store.small_areas
    for case in cases:
        if case.country != "England":
            continue
        own = areas[case_studies.areas_of(case, areas)]
        like = case_likeness.most_alike(case_likeness.profile(own, len(areas)), profiles, 1)
        assert like[0].distance == pytest.approx(0, abs=1e-9)
        assert like[0].case.key == case.key
        assert like[0].close


def test_alike_gives_each_programme_once_and_says_why(cases, profiles, store):
    areas = store.small_areas
    jaywick = areas[areas["code"] == "E01021988"]
    found = case_likeness.most_alike(case_likeness.profile(jaywick, len(areas)), profiles, 5)
    programmes = [like.case.programme for like in found]
    assert len(set(programmes)) == len(programmes)
    assert all("urban" in like.why or "rural" in like.why for like in found)
    assert [like.close for like in found] == [like.distance <= 0.25 for like in found]


def test_profile_by_hand():
    rows = pd.DataFrame(
        {f"{key}_rank": [10, 40] for key in case_likeness.PROFILED}
        | {"population_2022": [300, 100], "ruc": ["Rural", "Urban"]}
    )
    made = case_likeness.profile(rows, 100)
    assert made["income"] == pytest.approx((300 * 10 + 100 * 40) / 400 / 100)
    assert made["rural"] == 0.75
