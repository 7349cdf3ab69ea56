"""Community need, double disadvantage, and the list of 2019 that is kept apart from it."""

import pandas as pd
import pytest

from geo import community


def test_index_is_the_plain_sum_of_three_transformed_ranks():
    ranks = pd.DataFrame(
        {"civic_assets_rank": [1, 2], "connectedness_rank": [1, 2], "engaged_rank": [1, 2]}
    )
    first, second = community.cni_from_domain_ranks(ranks)
    assert first == pytest.approx(300)
    assert second < first


def test_double_disadvantage_needs_the_worst_tenth_of_both():
    imd, cni = pd.Series([1, 1, 2, 10]), pd.Series([1, 2, 1, 10])
    assert community.double_disadvantage(imd, cni).tolist() == [True, False, False, False]


@pytest.mark.parametrize(("rank", "third"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3)])
def test_thirds_are_equal(rank, third):
    assert community.third(pd.Series([rank]), 9).tolist() == [third]


def test_two_way_class_runs_from_worst_on_both_to_best_on_both():
    deprived, needy = pd.Series([1, 2, 3]), pd.Series([3, 2, 1])
    assert community.two_way_class(deprived, deprived).tolist() == [0, 4, 8]
    assert community.two_way_class(deprived, needy).tolist() == [2, 4, 6]
