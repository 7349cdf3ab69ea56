"""Links to the Where-next page, its runs, and what it says."""

import io
import threading
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import (
    exports,
    siting,
    siting_charts,
    siting_map,
    siting_run,
    siting_sentences,
    siting_tables,
    siting_view,
)
from geo.reached import REACHED
from geo.siting_run import CannotChoose, Runs
from geo.siting_view import ENGLAND, SitingView
from geo.what_if_places import services

HASTINGS = SitingView()


@pytest.fixture(scope="module")
def open_places(national):
    return services(national.places)


@pytest.fixture(scope="module")
def answer(national, open_places, residents):
    """Answers a question, one after the other."""
    return lambda view, enough=siting.never: siting_run.work(
        view, national, open_places, residents, enough
    )


@pytest.fixture(scope="module")
def hastings(answer):
    return answer(HASTINGS)


# The link


def test_every_choice_goes_into_the_link_and_back():
    view = SitingView(
        "family_centre", "E12000008", 25, "800m", "nearest", siting.YOUNG,
        ("libraries", "centres"), ("family_centre", "library"), 0, (52.1, -1.0, 9.5),
    )  # fmt: skip
    # What counts as open is put in the order of the kinds.
    read, notices = siting_view.parse(siting_view.query(view))
    assert notices == ()
    assert set(read.open_kinds) == set(view.open_kinds)
    assert siting_view.parse(siting_view.query(read)) == (read, ())


def test_the_usual_question_needs_no_words():
    assert siting_view.query(SitingView()) == {}
    assert siting_view.parse({}) == (SitingView(), ())
    assert siting_view.parse({"open": "library"}) == (SitingView(), ())
    assert siting_view.parse({"open": "none"})[0].open_now == ()


@given(st.dictionaries(st.sampled_from(siting_view.WORDS), st.text(max_size=40)))
def test_no_link_breaks_the_reader_and_what_it_reads_is_stable(query):
    view, _ = siting_view.parse(query)
    assert siting_view.parse(siting_view.query(view)) == (view, ())


@pytest.mark.parametrize(
    ("word", "text"),
    [("places", "51"), ("places", "0"), ("rule", "101"), ("in", "none"), ("area", "E02004371")],
)
def test_what_cannot_be_read_is_left_out_with_a_notice(word, text):
    view, notices = siting_view.parse({word: text})
    assert view == SitingView()
    assert len(notices) == 1


def test_an_area_that_does_not_exist_is_told(store):
    councils = store.table("councils")
    view, notices = siting_view.known(SitingView(area="E07999999"), councils)
    assert view.area == SitingView().area
    assert len(notices) == 1
    for area in (ENGLAND, "E12000008", "E07000062"):
        assert siting_view.known(SitingView(area=area), councils)[1] == ()


def test_areas_have_names_and_members(store):
    councils, small_areas = store.table("councils"), store.small_areas
    assert siting_view.area_name("E07000062", councils) == "Hastings"
    assert siting_view.area_name("E12000008", councils) == "the South East"
    assert siting_view.area_name("E12000007", councils) == "London"
    assert siting_view.members(ENGLAND, small_areas).all()
    options = siting_view.area_options(councils)
    assert len(options) == 1 + 9 + 296
    counts = [siting_view.members(code, small_areas).sum() for code in list(options)[1:10]]
    assert sum(counts) == len(small_areas)


# The answer


def test_three_libraries_in_hastings(hastings, store):
    assert hastings.rule_kept
    assert hastings.chosen.favoured_places >= 2
    inside = store.small_areas["council"].iloc[hastings.chosen.places["i"]]
    assert set(inside) == {"Hastings"}
    said = siting_sentences.headline(HASTINGS, hastings, "Hastings")
    assert said.startswith("3 new public libraries in Hastings could bring 14,000 people within")
    assert siting_sentences.proof(hastings).startswith("Proved best: no other choice")
    cost = siting_sentences.costs(HASTINGS, hastings)
    assert cost[0].startswith("By the rule of 50%, 2 of the places instead of 0 would stand")
    # The cost said is the difference of the figures shown.
    free = hastings.answers["without_rule"].curve["people_within"].iloc[-1]
    more = free - hastings.chosen.curve["people_within"].iloc[-1]
    assert f"{round(more, -2):,.0f} more people" in cost[0]


def test_a_rule_that_cannot_hold_is_left_out_and_told(answer):
    view = SitingView(area="E07000008", rule=100)  # Cambridge
    result = answer(view)
    assert not result.rule_kept
    assert result.favoured_candidates == 0
    told = siting_sentences.shortfalls(view, result, "Cambridge")
    assert "the rule of 100% could not be kept" in told[0]
    assert siting_sentences.costs(view, result) == []


def test_more_places_than_candidates_takes_them_all(answer):
    view = SitingView(area="E06000053", count=50, candidates=("schools",), rule=0)
    result = answer(view)
    assert len(result.chosen.places) == result.candidates < 50
    assert "so all were taken" in siting_sentences.shortfalls(view, result, "Isles of Scilly")[0]


def test_no_candidate_at_all_is_told(answer):
    with pytest.raises(CannotChoose, match="no candidate lies in the area"):
        answer(SitingView(area="E06000053", candidates=("halls",)))


def test_counting_young_people_reaches_at_least_as_many_of_them(answer):
    view = SitingView(whose=siting.YOUNG, rule=0)
    result = answer(view)
    young = {way: a.curve["young_within"].iloc[-1] for way, a in result.answers.items()}
    assert young["chosen"] >= young["everyone_equally"] - 1e-6
    assert siting_sentences.costs(view, result)[0].startswith("Counting everyone alike")


def test_the_middles_of_areas_can_be_candidates(answer, hastings):
    result = answer(SitingView(candidates=("centres",), rule=0))
    assert set(result.chosen.places["kind"]) == {"area_centre"}
    assert set(siting_tables.places(result, _areas(result))["what"]) == {"middle of a small area"}


def _areas(result):
    size = int(result.chosen.places["i"].max()) + 1
    return pd.DataFrame({"neighbourhood_name": ["n"] * size, "council": ["c"] * size})


def test_starting_afresh_counts_no_place_as_open(answer, hastings):
    result = answer(SitingView(open_kinds=(), rule=0, aim="nearest"))
    assert result.open_places == 0
    assert np.isinf(result.chosen.curve["mean_m"].iloc[0])
    view = SitingView(open_kinds=(), rule=0, aim="nearest")
    assert "away on average" in siting_sentences.headline(view, result, "Hastings")


def test_the_shortest_distance_is_told_as_one(answer):
    view = SitingView(aim="nearest")
    result = answer(view)
    said = siting_sentences.headline(view, result, "Hastings")
    assert "could bring the average distance to the nearest from 1.2 km" in said
    assert "on average" in siting_sentences.costs(view, result)[0]


def test_nothing_left_to_gain_is_told(answer):
    view = SitingView(area="E09000001", walk="2-miles", count=1, rule=0)  # City of London
    said = siting_sentences.headline(view, answer(view), "City of London")
    assert said.startswith("None of these buildings would bring anyone in City of London")


# Runs


def waiting(question, enough):
    """An answer that only stopping ends."""
    while not enough(0.5, "swaps"):
        time.sleep(0.005)
    return Made(stopped=True)


class Made:
    """What `Runs` looks at in a result."""

    def __init__(self, stopped=False):
        self.stopped = stopped


def test_an_answer_is_kept_for_the_next_who_asks():
    asked = []

    def answer(question, enough):
        asked.append(question)
        return Made()

    runs = Runs(answer)
    first = runs.start(HASTINGS.question)
    assert first.wait(5)
    second = runs.start(HASTINGS.question)
    assert second.is_done
    assert second.result is first.result
    assert len(asked) == 1
    assert runs.finished(SitingView(count=4).question) is None


def test_questions_that_mean_the_same_are_the_same():
    same = SitingView(open_kinds=("library",), at=(51.0, 0.0, 9.0))
    assert same.question == SitingView().question


def test_a_run_can_be_stopped_and_is_not_kept():
    runs = Runs(waiting)
    run = runs.start(HASTINGS.question)
    assert not run.wait(0.05)
    assert run.step == "swaps"
    run.stop()
    assert run.wait(5)
    assert run.result.stopped
    assert runs.finished(HASTINGS.question) is None


def test_one_question_at_a_time_is_about_all_england():
    runs = Runs(waiting)
    england, wider = SitingView(area=ENGLAND), SitingView(area=ENGLAND, count=9)
    first = runs.start(england.question)
    while first.step != "swaps":
        time.sleep(0.005)
    second = runs.start(wider.question)
    # A council does not wait for England.
    council = runs.start(HASTINGS.question)
    council.stop()
    assert council.wait(5)
    assert not second.wait(0.3)
    assert second.step == siting_run.WAITING
    second.stop()
    assert second.wait(5)
    assert isinstance(second.error, CannotChoose)
    first.stop()
    assert first.wait(5)
    assert first.result.stopped


def test_what_goes_wrong_is_handed_over():
    def broken(question, enough):
        raise RuntimeError("no")

    run = Runs(broken).start(HASTINGS.question)
    assert run.wait(5)
    assert isinstance(run.error, RuntimeError)


def test_only_so_many_answers_are_kept():
    runs = Runs(lambda question, enough: Made())
    for rule in range(siting_run.KEPT + 3):
        assert runs.start(SitingView(rule=rule).question).wait(5)
    assert runs.finished(SitingView(rule=0).question) is None
    assert runs.finished(SitingView(rule=siting_run.KEPT + 2).question)


def test_stopping_leaves_ways_that_were_not_begun_out(answer):
    stop = threading.Event()
    stop.set()
    view = SitingView(area="E08000025", count=10, whose=siting.YOUNG)
    result = answer(view, lambda share, step: stop.is_set())
    assert result.stopped
    assert list(result.answers) == ["chosen"]
    assert len(result.chosen.places) == 10
    assert siting_sentences.costs(view, result) == [
        "It was stopped before all other choices were worked out."
    ]
    assert "It was stopped" in siting_sentences.proof(result)


# Tables, chart and map


def test_the_table_of_places_adds_up(hastings, store):
    table = siting_tables.places(hastings, store.small_areas)
    curve = hastings.chosen.curve["people_within"]
    assert table["adds_people"].sum() == pytest.approx(curve.iloc[-1] - curve.iloc[0], abs=0.5)
    assert len(siting_tables.place_rows(table)[0]) == len(siting_tables.PLACE_HEADINGS)
    assert table["council"].eq("Hastings").all()


def test_ways_that_are_the_same_are_told_once(hastings):
    rows = siting_tables.way_rows(hastings)
    assert [row[0] for row in rows] == ["As things are", "As you chose", "Without the rule"]
    assert {len(row) for row in rows} == {len(siting_tables.WAY_HEADINGS)}
    curves = siting_tables.curves(hastings)
    assert curves["way"].nunique() == 2
    assert siting_charts.curve(curves, "1 mile").to_dict()


def test_files_carry_their_sources(hastings, store):
    credit = exports.credit(store.sources, siting_tables.SOURCES)
    written = exports.csv_bytes(siting_tables.curves(hastings), credit)
    assert pd.read_csv(io.BytesIO(written)).loc[0, "source"] == credit.source


def test_the_map_shows_the_places_in_order(hastings, national):
    state = siting_map.state(HASTINGS, national, hastings)
    drawn = state.points[-1]
    assert [row[2] for row in drawn.rows] == ["1", "2", "3"]
    assert state.council is not None
    assert siting_map.state(SitingView(area=ENGLAND), national, None).council is None


def test_the_policy_test_counts_places_people_and_the_young(store, open_places):
    areas = store.small_areas
    places = open_places.assign(kind=open_places["service"])
    places = places[places["kind"].isin(["library", "family_centre"])]
    table = siting.policy_share(places, areas, areas["double"].to_numpy())
    kinds = {key: REACHED[key] for key in ("library", "family_centre")}
    said = siting_sentences.policy(table, kinds)
    share = 100 * areas.loc[areas["double"], "population_2022"].sum()
    share /= areas["population_2022"].sum()
    assert f"have {share:.1f}% of residents" in said
    library = places[places["kind"] == "library"]
    inside = areas["double"].to_numpy()[library["i"]].mean()
    assert f"{100 * inside:.1f}% of public libraries" in said
    rows = siting_tables.policy_rows(table, kinds)
    assert len(rows) == 2


def test_how_it_was_worked_out_names_the_gap_and_the_limit(hastings):
    said = " ".join(siting_sentences.worked_out(HASTINGS, hastings))
    assert "Gap to the bound: 0.00%" in said
    assert "Time limit: 20 seconds" in said
    assert "HiGHS" in said
