"""Areas alike and matched pairs, on areas made so that the answer is known."""

import numpy as np
import pandas as pd
import pytest

from geo import comparators


def level(size, seed=3):
    """Made-up areas: ranks in a random order and people by age."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {f"{domain}_rank": rng.permutation(size) + 1 for domain in comparators.DOMAINS}
    )
    for age in comparators.AGES:
        frame[age] = rng.integers(50, 400, size)
    return frame


def cities(size):
    return pd.DataFrame({"rural": np.zeros(size), "remote": np.zeros(size)})


def with_twin(frame, row):
    """The last area made the same as `row`, but for ranks, which cannot be equal."""
    for column in frame.columns:
        frame.loc[len(frame) - 1, column] = frame.loc[row, column]
    return frame


def test_rural_urban_classes_as_figures():
    figures = comparators.rurality(pd.Series(["UN1", "UF1", "RLN1", "RSF1"]))
    assert figures["rural"].tolist() == [0, 0, 0.5, 1]
    assert figures["remote"].tolist() == [0, 1, 0, 1]


def test_an_unknown_class_is_refused():
    with pytest.raises(KeyError, match="XX9"):
        comparators.rurality(pd.Series(["UN1", "XX9"]))


def test_a_council_is_as_rural_as_its_residents():
    small_areas = pd.DataFrame(
        {
            "ruc21_code": ["UN1", "RSF1", "RLN1"],
            "ltla24_code": ["B", "B", "A"],
            "population_2022": [300, 100, 50],
        }
    )
    figures = comparators.council_rurality(small_areas, pd.Series(["A", "B"]))
    assert figures["rural"].tolist() == [0.5, 0.25]
    assert figures["remote"].tolist() == [0, 0.25]


def test_the_twin_comes_first_with_full_closeness():
    areas = with_twin(level(200), 17)
    like = comparators.likeness(areas, cities(200))
    found = comparators.most_alike(like, 17, 3)
    assert found["row"][0] == 199
    assert found["distance"][0] == pytest.approx(0)
    assert found["closeness"][0] == pytest.approx(100)
    assert found["good_match"][0]
    assert found["distance"] == sorted(found["distance"])


def test_an_area_is_never_like_itself():
    like = comparators.likeness(level(30), cities(30))
    assert 4 not in comparators.most_alike(like, 4, 29)["row"]


def test_distance_is_one_standard_deviation_when_every_feature_differs_by_one():
    like = comparators.likeness(level(500), cities(500))
    from_middle = np.linalg.norm(like.points, axis=1)
    # Without variety in place, seven domains and two of age remain of a weight of eleven.
    assert np.mean(from_middle**2) == pytest.approx(9 / 11, rel=1e-6)


def test_a_village_is_not_matched_with_a_city_that_looks_alike():
    areas = with_twin(level(200), 17)
    place = cities(200)
    place.loc[199] = [1, 1]
    like = comparators.likeness(areas, place)
    assert comparators.most_alike(like, 17, 1)["row"] != [199]
    twin = comparators.most_alike(like, 17, 199).by("row")[199]
    assert not twin["good_match"]


def test_the_limit_leaves_one_area_in_a_hundred_without_a_good_match():
    areas = level(400)
    like = comparators.likeness(areas, cities(400))
    good = [comparators.most_alike(like, row, 1)["good_match"][0] for row in range(400)]
    assert sum(good) == 396


def test_closeness_is_fifty_at_the_limit_and_falls():
    assert comparators.closeness(np.array([0, 0.4, 0.8]), 0.4).tolist() == [100, 50, 25]
    assert comparators.closeness(np.array([0, 0.1]), 0).tolist() == [100, 0]


def test_only_areas_allowed_are_named():
    like = comparators.likeness(level(50), cities(50))
    among = np.zeros(50, dtype=bool)
    among[[3, 8, 9]] = True
    assert sorted(comparators.most_alike(like, 3, 5, among)["row"]) == [8, 9]


def test_provision_plays_no_part():
    areas = level(100)
    first = comparators.likeness(areas, cities(100)).points
    areas["cni_rank"] = np.arange(100) + 1
    assert (comparators.likeness(areas, cities(100)).points == first).all()


def test_matched_pair_is_as_deprived_and_much_stronger():
    areas = with_twin(level(200), 17)
    like = comparators.likeness(areas, cities(200))
    imd_rank, cni_rank = np.arange(200) + 1, np.full(200, 100)
    imd_rank[199], cni_rank[17], cni_rank[199] = imd_rank[17] + 10, 20, 80
    pair = comparators.matched_pair(like, imd_rank, cni_rank, 17)
    assert pair["row"] == [199]  # 10 of 200 apart, 60 of 200 better: both at the bound
    assert pair["good_match"] == [True]
    cni_rank[cni_rank == 100] = 79
    cni_rank[199] = 79
    assert not comparators.matched_pair(like, imd_rank, cni_rank, 17)
    cni_rank[199], imd_rank[199] = 80, imd_rank[17] + 11
    assert not comparators.matched_pair(like, imd_rank, cni_rank, 17)
