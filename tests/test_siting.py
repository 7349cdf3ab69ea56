"""Siting: against brute force, a plain integer programme, and a published problem's optimum."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import floyd_warshall

from geo import siting
from geo.location_exact import integer_programme, prices, solve
from geo.location_models import (
    Model,
    RuleCannotHold,
    coverage_benefit,
    greedy,
    improve,
    in_order_of_gain,
    value,
)
from geo.residents import locate_residents

PUBLISHED = Path(__file__).parent / "published"


def brute_force(model):
    """The most any allowed set of places brings."""
    sets = (
        np.array(chosen)
        for chosen in combinations(range(model.benefit.shape[0]), model.count)
        if model.favoured[list(chosen)].sum() >= model.at_least
    )
    return max(value(model, chosen) for chosen in sets)


def random_model(seed, candidates, demand, count, at_least, levels):
    """Benefits in so many levels: one level is coverage, many are like distances saved."""
    rng = np.random.default_rng(seed)
    reached = rng.random((candidates, demand)) < 0.3
    benefit = reached * rng.integers(1, levels + 1, (candidates, demand))
    benefit = benefit * rng.integers(1, 9, demand)
    favoured = rng.random(candidates) < 0.4
    favoured[:at_least] = True
    return Model(sp.csr_matrix(benefit.astype(float)), favoured, count, at_least)


shapes = st.tuples(
    st.integers(0, 10_000),
    st.integers(4, 9),
    st.integers(1, 14),
    st.integers(1, 4),
    st.integers(0, 2),
    st.sampled_from([1, 30]),
)


def made(shape):
    seed, candidates, demand, count, at_least, levels = shape
    return random_model(seed, candidates, demand, count, min(at_least, count), levels)


# The optimum


@settings(max_examples=50, deadline=None)
@given(shapes)
def test_solution_is_the_best_by_brute_force(shape):
    model = made(shape)
    solution = solve(model)
    assert solution.value == pytest.approx(brute_force(model))
    assert solution.gap == 0
    assert len(set(solution.chosen)) == model.count
    assert model.favoured[solution.chosen].sum() >= model.at_least
    assert value(model, solution.chosen) == pytest.approx(solution.value)


@settings(max_examples=25, deadline=None)
@given(shapes)
def test_integer_programme_alone_is_the_best_by_brute_force(shape):
    model = made(shape)
    chosen, upper = integer_programme(model, 10)
    best = brute_force(model)
    assert value(model, chosen) == pytest.approx(best)
    assert upper == pytest.approx(best, rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(shapes, st.integers(1, 40))
def test_bound_is_never_below_the_best_and_keeps_the_best_candidates(shape, rounds):
    model = made(shape)
    first, _ = greedy(model)
    bound = prices(model, first, rounds)
    best = brute_force(model)
    assert bound.upper >= best * (1 - 1e-9)
    kept_best = brute_force(model.of(bound.kept))
    assert max(bound.value, kept_best) == pytest.approx(best)


@settings(max_examples=25, deadline=None)
@given(shapes)
def test_greedy_is_as_good_as_it_is_sure_to_be(shape):
    model = made(shape)
    solution = solve(model)
    assert solution.greedy_value >= solution.greedy_share * brute_force(model) - 1e-9
    chosen, gains = greedy(model)
    assert gains.sum() == pytest.approx(value(model, chosen))
    assert model.favoured[chosen].sum() >= model.at_least
    if model.at_least == 0:
        assert (np.diff(gains) <= 1e-9).all()
    assert value(model, improve(model, chosen)) >= gains.sum() - 1e-9


def test_lazy_greedy_takes_what_plain_greedy_takes():
    model = random_model(5, 40, 200, 8, 0, 30)
    chosen, gains = greedy(model)
    taken: list[int] = []
    for number in range(8):
        totals = [value(model, np.array([*taken, row])) for row in range(40)]
        best = int(np.argmax(totals))
        assert gains[: number + 1].sum() == pytest.approx(max(totals))
        taken.append(best)
    assert set(chosen) == set(taken)


def test_or_library_pmed1_has_its_published_optimum():
    """pmed1 of Beasley J (1985), European Journal of Operational Research 21, 270–273: 5,819."""
    numbers = np.loadtxt(PUBLISHED / "pmed1.txt", skiprows=1, dtype=int)
    graph = np.full((100, 100), np.inf)
    for start, end, length in numbers:  # of two lengths for one edge the last counts
        graph[start - 1, end - 1] = graph[end - 1, start - 1] = length
    metres = floyd_warshall(graph)
    furthest = metres.max()
    solution = solve(Model(sp.csr_matrix(furthest - metres), np.zeros(100, bool), 5))
    assert 100 * furthest - solution.value == pytest.approx(5819)
    assert solution.gap == 0


@pytest.mark.parametrize("at_least", [0, 4])
def test_coverage_agrees_with_the_classic_formulation(at_least):
    """Church and ReVelle's programme as it stands, without merging, bounds or prices."""
    rng = np.random.default_rng(11)
    homes, spots = rng.uniform(0, 9000, (600, 2)), rng.uniform(0, 9000, (60, 2))
    people = rng.integers(1, 50, 600).astype(float)
    favoured = rng.random(60) < 0.3
    apart = np.hypot(*(homes[:, None] - spots[None]).transpose(2, 0, 1))
    demand, candidate = np.nonzero(apart <= 800)
    model = Model(coverage_benefit(demand, candidate, people, 60), favoured, 8, at_least)
    solution = solve(model)

    reach = sp.csr_matrix((apart <= 800).astype(float))
    plain = milp(
        np.concatenate([np.zeros(60), -people]),
        integrality=np.ones(660),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(sp.hstack([reach, -sp.eye(600)]), lb=0),
            LinearConstraint(np.r_[np.ones(60), np.zeros(600)][None], ub=8),
            LinearConstraint(np.r_[favoured.astype(float), np.zeros(600)][None], lb=at_least),
        ],
        options={"mip_rel_gap": 0},
    )
    assert solution.value == pytest.approx(-plain.fun)
    covered = (apart[:, solution.chosen] <= 800).any(axis=1)
    assert people[covered].sum() == pytest.approx(solution.value)


def test_demand_that_the_same_places_reach_is_counted_as_one():
    benefit = coverage_benefit(
        np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 0, 1]), np.array([5.0, 7, 2, 9]), 3
    )
    assert benefit.toarray().sum(axis=1).tolist() == [12, 14, 0]
    assert benefit.shape[1] == 2


def test_places_come_in_order_of_gain():
    model = random_model(2, 12, 60, 5, 0, 30)
    chosen, gains = in_order_of_gain(model, np.array([3, 9, 1, 7, 0]))
    assert set(chosen) == {0, 1, 3, 7, 9}
    assert (np.diff(gains) <= 0).all()
    assert gains.sum() == pytest.approx(value(model, chosen))


def test_a_rule_that_cannot_hold_is_refused():
    with pytest.raises(RuleCannotHold, match="only 1"):
        Model(sp.csr_matrix(np.ones((3, 2))), np.array([True, False, False]), 3, 2)


def test_more_places_than_candidates_are_refused():
    with pytest.raises(ValueError, match="only 3 candidates"):
        Model(sp.csr_matrix(np.ones((3, 2))), np.zeros(3, bool), 4)


def test_the_reader_can_stop_and_still_gets_an_answer_with_its_bound():
    model = random_model(4, 120, 900, 10, 0, 30)
    steps = []

    def stop(share, step):
        steps.append(step)
        return len(steps) > 3

    solution = solve(model, progress=stop)
    assert solution.stopped
    assert len(solution.chosen) == 10
    assert solution.upper >= solution.value


def test_no_benefit_anywhere_is_no_gain():
    solution = solve(Model(sp.csr_matrix((5, 3)), np.zeros(5, bool), 2))
    assert (solution.value, solution.upper, solution.gap) == (0, 0, 0)
    assert len(solution.chosen) == 2


# A town worked by hand: four areas along a road, one of them doubly disadvantaged


POINTS = pd.DataFrame(
    [(0, 0, 0), (0, 100, 0), (1, 3000, 0), (2, 6000, 0), (3, 9000, 0)],
    columns=["i", "easting", "northing"],
)
AREAS = pd.DataFrame(
    {
        "code": ["A", "B", "C", "D"],
        "name": ["A", "B", "C", "D"],
        "population_2022": [200, 300, 150, 120],
        "imd_decile": [10, 10, 6, 1],
        "age_0_15": [10, 10, 10, 50],
        "age_16_24": [10, 10, 10, 30],
        "age_25_34": [80, 80, 80, 20],
    }
)
RESIDENTS = locate_residents(POINTS, AREAS["population_2022"])
FAVOURED = np.array([False, False, False, True])
EVERYWHERE = np.ones(4, dtype=bool)
NOTHING_OPEN = pd.DataFrame({"easting": [], "northing": []})
SPOTS = pd.DataFrame(
    {
        "asset_id": ["s0", "s1", "s2", "s3"],
        "kind": "hall",
        "name": ["Hall 0", "Hall 1", "Hall 2", "Hall 3"],
        "easting": [0, 3000, 6000, 9000],
        "northing": 0,
        "i": [0, 1, 2, 3],
    }
)


def case(open_places=NOTHING_OPEN, objective=siting.COVERAGE, region=EVERYWHERE):
    return siting.prepare(RESIDENTS, AREAS, region, SPOTS, open_places, FAVOURED, 800, objective)


def names(answer):
    return answer.places["asset_id"].tolist()


def test_weights_of_people():
    table = siting.weights(AREAS)
    assert table["everyone"].tolist() == [200, 300, 150, 120]
    assert table["young"].tolist() == pytest.approx([40, 60, 30, 96])
    assert table["deprived"].tolist() == pytest.approx([20, 30, 75, 120])


def test_most_people_first():
    answer = siting.site(case(), 2)
    assert names(answer) == ["s1", "s0"]
    assert answer.curve["people_within"].tolist() == [0, 300, 500]
    assert answer.curve["share_within"].tolist() == pytest.approx([0, 300 / 770, 500 / 770])
    assert answer.curve["young_within"].tolist() == pytest.approx([0, 60, 100])
    assert answer.curve["favoured_within"].tolist() == [0, 0, 0]
    assert answer.places["people_within"].tolist() == [300, 500]
    assert np.isinf(answer.curve["mean_m"][0])


def test_whose_need_counts_changes_the_answer():
    assert names(siting.site(case(), 1, siting.YOUNG)) == ["s3"]
    assert names(siting.site(case(), 2, siting.DEPRIVED)) == ["s3", "s2"]


def test_what_is_open_already_is_not_served_twice():
    open_there = pd.DataFrame({"easting": [3000], "northing": [0]})
    answer = siting.site(case(open_there), 1)
    assert names(answer) == ["s0"]
    assert answer.curve["people_within"].tolist() == [300, 500]


def test_the_rule_and_what_it_costs():
    answers = siting.compare(case(), 2, rule_share=0.5)
    assert set(names(answers["chosen"])) == {"s1", "s3"}
    assert answers["chosen"].at_least == 1
    assert answers["chosen"].favoured_places == 1
    table = siting.comparison(answers).set_index("way")
    assert table.loc["chosen", "people_within"] == 420
    assert table.loc["without_rule", "more_than_chosen"] == 80
    assert table.loc["chosen", "favoured_within"] == 120
    assert table.loc["chosen", "gained"] == 420
    assert answers["everyone_equally"] is answers["without_rule"]


def test_a_rule_of_half_is_rounded_up():
    with pytest.raises(RuleCannotHold):
        siting.site(case(), 3, rule_share=0.5)


def test_everyone_equally_stands_beside_another_weighing():
    answers = siting.compare(case(), 1, siting.YOUNG, rule_share=0)
    assert answers["without_rule"] is answers["chosen"]
    assert names(answers["everyone_equally"]) == ["s1"]
    table = siting.comparison(answers).set_index("way")
    assert table.loc["everyone_equally", "more_than_chosen"] == 180


def test_least_distance_worked_by_hand():
    open_there = pd.DataFrame({"easting": [0], "northing": [0]})
    answer = siting.site(case(open_there, siting.DISTANCE), 1)
    # s1 saves 300×3,000 + 150×3,000 + 120×3,000; s2 saves 300×0 + 150×6,000 + 120×6,000.
    assert names(answer) == ["s1"]
    assert answer.solution.value == 3000 * (300 + 150 + 120)
    # From the postcode points: 100 people at 100 m, then 0, 3,000 and 6,000 m.
    assert answer.curve["mean_m"].tolist()[1] == pytest.approx(
        (100 * 100 + 150 * 3000 + 120 * 6000) / 770
    )


def test_least_distance_from_nothing_is_p_median():
    answer = siting.site(case(objective=siting.DISTANCE), 1)
    middle = RESIDENTS.centre[:, 0]
    total = [(np.abs(middle - spot) * AREAS["population_2022"]).sum() for spot in SPOTS["easting"]]
    assert names(answer) == [SPOTS["asset_id"][int(np.argmin(total))]]


def test_only_the_region_counts_but_open_places_beyond_it_serve():
    region = np.array([True, True, False, False])
    beyond = pd.DataFrame({"easting": [3700], "northing": [0]})
    answer = siting.site(case(beyond, region=region), 1)
    assert names(answer) == ["s0"]
    assert answer.curve["people_within"].tolist() == [300, 500]


def test_a_region_without_candidates_is_refused():
    with pytest.raises(ValueError, match="no candidate"):
        siting.prepare(RESIDENTS, AREAS, FAVOURED, SPOTS[:2], NOTHING_OPEN, FAVOURED, 800)


def test_more_places_than_candidates_take_them_all():
    assert len(siting.site(case(), 10).places) == 4


def test_thinned_demand_keeps_every_person(monkeypatch):
    monkeypatch.setattr(siting, "MOST_PAIRS", 4)
    thin = case()
    assert thin.grid_m == 200
    assert thin.demand["everyone"].sum() == 770
    assert len(thin.demand) == 4
    assert thin.demand["easting"].tolist() == [50, 3000, 6000, 9000]
    assert siting.site(thin, 2).curve["people_within"].tolist() == [0, 300, 500]


def test_middles_of_areas_can_be_candidates():
    candidates = siting.centre_candidates(AREAS, RESIDENTS)
    assert candidates["easting"].tolist() == [50, 3000, 6000, 9000]
    assert candidates["i"].tolist() == [0, 1, 2, 3]


def test_policy_share_worked_by_hand():
    places = pd.DataFrame({"kind": ["hub", "hub", "library", "library"], "i": [3, 0, 0, 1]})
    table = siting.policy_share(places, AREAS, FAVOURED).set_index("kind")
    assert table.loc["hub", ["places", "favoured_places"]].tolist() == [2, 1]
    assert table["share_of_places"].to_dict() == {"hub": 0.5, "library": 0, "all": 0.25}
    assert table.loc["all", "share_of_people"] == pytest.approx(120 / 770)
    assert table.loc["all", "share_of_young"] == pytest.approx(96 / 226)
