"""Indices of deprivation: definitions at their edges, and against the publisher's own summaries."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from publishers import publishers_folder

from geo import deprivation
from geo.build.register import Sources, load_register
from geo.store import DATA_DIR


def test_weights_are_those_published_to_a_tenth_of_a_per_cent():
    assert sum(deprivation.DOMAIN_WEIGHTS.values()) == pytest.approx(0.999)


def test_transform_runs_from_100_for_the_most_deprived_to_nearly_0():
    assert deprivation.exponential_transform(np.array([1]), 33755) == pytest.approx([100])
    assert 0 < deprivation.exponential_transform(np.array([33755]), 33755)[0] < 0.001


def test_transform_gives_the_most_deprived_tenth_half_of_the_scale():
    edge = deprivation.exponential_transform(np.array([3376, 3377]), 33755)
    assert edge == pytest.approx([50, 50], abs=0.5)


@settings(deadline=None)
@given(st.integers(2, 40000), st.data())
def test_transform_falls_as_rank_grows(areas, data):
    first = data.draw(st.integers(1, areas - 1))
    higher, lower = deprivation.exponential_transform(np.array([first, first + 1]), areas)
    assert higher > lower >= 0


def test_rank_1_is_the_highest_score_and_ties_share_the_lowest():
    assert deprivation.rank(pd.Series([5.0, 9.0, 5.0, 1.0])).tolist() == [2, 1, 2, 4]


@pytest.mark.parametrize(
    ("rank", "tenth"), [(1, 1), (3375, 1), (3376, 2), (6751, 2), (6752, 3), (33755, 10)]
)
def test_decile_changes_where_the_publisher_changes_it(rank, tenth):
    assert deprivation.decile(pd.Series([rank]), 33755).tolist() == [tenth]


@settings(deadline=None)
@given(st.integers(1, 500))
def test_deciles_are_of_equal_size_as_far_as_possible(areas):
    sizes = deprivation.decile(pd.Series(range(1, areas + 1))).value_counts()
    sizes = sizes.reindex(range(1, 11), fill_value=0)
    assert sizes.max() - sizes.min() <= 1


def test_missing_rank_has_a_missing_decile():
    deciles = deprivation.decile(pd.Series([1.0, np.nan, 20.0]), 20)
    assert deciles.tolist()[::2] == [1, 10]
    assert np.isnan(deciles[1])


def test_bring_up_weighs_by_people_and_counts_areas():
    measures = pd.DataFrame({"imd_score": [10.0, 20.0, 50.0], "imd_decile": [1, 2, 1]})
    people, by = pd.Series([3000, 1000, 1500]), pd.Series(["b", "b", "a"])
    result = deprivation.bring_up(measures, ["imd"], people, by)
    assert result.index.tolist() == ["a", "b"]
    assert result["imd_score"].tolist() == [50.0, 12.5]
    assert result["imd_rank"].tolist() == [1, 2]
    assert result["imd_worst_tenth_share"].tolist() == [1.0, 0.5]


# Against the publisher's File 10 of 2019, whose definitions those of 2025 repeat.


@pytest.fixture(scope="module")
def release_2019():
    """File 10's sheet on each index, and the small areas it was made from."""
    sources = Sources(publishers_folder(), load_register(DATA_DIR / "sources.toml"))
    areas = sources.csv("iod2019").rename(columns={"Housing_and_Access_rank": "Housing_rank"})
    people = sources.csv("iod2019_population").set_index("LSOA code (2011)")
    people = people.loc[areas["lsoa11_code"]]
    by = pd.Series(people["Local Authority District code (2019)"].to_numpy())
    population = pd.Series(
        people["Total population: mid 2015 (excluding prisoners)"].astype(float).to_numpy()
    )
    summary = sources.excel("iod2019_councils", "IMD")
    summary.columns = summary.columns.str.strip()
    summary = summary.set_index("Local Authority District code (2019)").sort_index()
    return sources, areas, population, by, summary


@pytest.mark.sources
def test_average_score_of_councils_equals_the_publishers_summary_of_2019(release_2019):
    _, areas, population, by, summary = release_2019
    ranks = areas.filter(regex="_rank$").astype(int).rename(columns=str.lower)
    areas_score = deprivation.imd_from_domain_ranks(ranks)
    ours = deprivation.average_score(areas_score, population, by)
    published = summary["IMD - Average score"]
    assert ours.index.equals(published.index)
    assert (ours - published).abs().max() < 0.001
    differ = deprivation.rank(ours.round(3)) - summary["IMD - Rank of average score"]
    assert differ.abs().max() <= 1


SHEETS = {
    "IMD": "IMD",
    "Income": "Income",
    "Employment": "Employment",
    "Education": "Education",
    "Health": "Health",
    "Crime": "Crime",
    "Barriers": "Housing_and_Access",
    "Living": "Environment",
}


@pytest.mark.sources
@pytest.mark.parametrize(("sheet", "key"), SHEETS.items())
def test_share_in_the_worst_tenth_equals_the_publishers_summary_of_2019(release_2019, sheet, key):
    sources, areas, _, by, _ = release_2019
    summary = sources.excel("iod2019_councils", sheet)
    summary = summary.set_index("Local Authority District code (2019)").sort_index()
    named = [name for name in summary if "- Proportion of LSOAs" in name]
    ours = deprivation.worst_tenth_share(areas[f"{key}_decile"].astype(int), by)
    assert (ours - summary[named[0]]).abs().max() < 0.0001


@pytest.mark.sources
def test_transform_equals_the_publishers_transformed_scores_of_2019(release_2019):
    sources, areas, *_ = release_2019
    published = sources.csv("iod2019_transformed").set_index("LSOA code (2011)")
    published = published.loc[areas["lsoa11_code"]]
    ranks = areas["Income_rank"].astype(int).to_numpy()
    ours = deprivation.exponential_transform(ranks, len(areas))
    score = published["Income Score - exponentially transformed"].astype(float).to_numpy()
    # Areas with the same score share a rank, but not a transformed score.
    assert np.abs(ours - score).max() < 0.003
