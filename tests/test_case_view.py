"""The link of the case studies' page, its cards, its map and the words beside the figures."""

from pathlib import Path

import pytest

from geo import case_cards, case_map, case_today, case_view, layers
from geo.case_records import load_cases
from geo.case_rules import PARTS, THEMES
from geo.case_studies import today
from geo.case_view import AGES, CaseView, known, parse, query
from geo.maps import ENGLAND

CASES_DIR = Path(__file__).parents[1] / "data" / "case_studies"
VIEWS = [
    CaseView(),
    CaseView(case="ore-community-library"),
    CaseView(
        themes=("early years", "reading"),
        ages="5-10",
        costs=("up-to-10k", "not-given"),
        programmes=("big-local", "inspiring-communities"),
        parts=("places", "links"),
        layer="cni",
    ),
    CaseView(case="par-bay", themes=THEMES, parts=PARTS, ages="20-plus"),
]


@pytest.fixture(scope="module")
def cases():
    return load_cases(CASES_DIR)


@pytest.fixture(scope="module")
def by_key(cases):
    return {case.key: case for case in cases}


# ---- The link


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_comes_back_from_its_link(view):
    assert parse(query(view)) == (view, ())


def test_the_plain_list_has_a_plain_link():
    assert query(CaseView()) == {}


def test_a_link_is_short_words():
    assert query(VIEWS[2]) == {
        "theme": "early-years,reading",
        "ages": "5-10",
        "cost": "up-to-10k,not-given",
        "programme": "big-local,inspiring-communities",
        "part": "places,links",
        "layer": "cni",
    }


@pytest.mark.parametrize(
    "junk",
    [
        {"case": "<script>"},
        {"case": "../../etc"},
        {"theme": "happiness"},
        {"ages": "5-200"},
        {"cost": "1000"},
        {"programme": "a b"},
        {"part": "places,roads"},
        {"layer": "Robert'); DROP"},
        {"layer": "nonesuch"},
        {"theme": "reading," * 500},
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_notice(junk):
    view, notices = parse(junk)
    assert view == CaseView()
    assert len(notices) == 1


def test_what_is_not_there_is_left_out_with_a_notice(cases):
    asked = CaseView(case="nowhere", programmes=("big-local", "gone"))
    view, notices = known(asked, cases)
    assert view == CaseView(programmes=("big-local",))
    assert len(notices) == 2
    assert known(VIEWS[2], cases) == (VIEWS[2], ())


def test_filters_are_not_the_case_that_is_read():
    assert not CaseView(case="par-bay", layer="cni").is_filtered
    assert CaseView(ages="5-10").is_filtered
    assert VIEWS[3].without_filters() == CaseView(case="par-bay")


def test_programmes_are_listed_by_title(cases):
    assert list(case_view.programmes(cases).values()) == [
        "Big Local",
        "Community Innovation Fund, Norwich",
        "Inspiring Communities",
        "Rebalancing Local Economies",
    ]


# ---- Filters


def test_ages_meet_ages_and_none_given_stays(cases):
    found = {case.key for case in case_view.chosen(cases, CaseView(ages="under-5"))}
    assert "ramsey-million" in found
    assert "ore-community-library" in found  # its source names no age
    assert not any(key.startswith("inspiring") for key in found)


@pytest.mark.parametrize("ages", AGES)
def test_every_age_finds_something(cases, ages):
    assert case_view.chosen(cases, CaseView(ages=ages))


def test_filters_are_all_met(cases):
    view = CaseView(themes=("reading",), costs=("up-to-10k",), parts=("places",))
    assert [case.key for case in case_view.chosen(cases, view)] == ["ore-community-library"]
    assert case_view.chosen(cases, CaseView(themes=("reading",), costs=("not-given",))) == ()


# ---- Cards


def test_places_of_one_story_share_a_card(cases):
    made = case_cards.cards(cases)
    assert sum(len(card.cases) for card in made) == len(cases) == 24
    assert {card.title: len(card.cases) for card in made if card.is_shared} == {
        "Inspiring Communities": 15,
        "Rebalancing Local Economies": 3,
    }
    assert [card.is_shared for card in made] == sorted(card.is_shared for card in made)


def test_how_many_are_left(cases):
    assert case_cards.how_many(cases, 24, False) == "24 case studies in 8 stories."
    assert case_cards.how_many(cases[:2], 24, True) == "2 of 24 case studies, in 1 story."
    assert "Take one off" in case_cards.how_many((), 24, True)


def test_how_each_place_is_drawn_is_said(cases, by_key):
    for case in cases:
        said = case_cards.how_drawn(case)
        assert all(place.name in said for place in case.places)
        unnamed = {"council", "county", "nation"} & {place.precision for place in case.places}
        assert ("names no" in said) == bool(unnamed)
    assert "key stage 3" in case_cards.who_for(by_key["inspiring-communities-colne"])
    assert case_cards.cost(by_key["ore-community-library"]) == "Up to £10,000"


# ---- The map


def test_sites_are_pins_towns_rings_and_councils_outlines(cases, store):
    state = case_map.state(cases, layers.layer("imd"), store, ENGLAND)
    by_kind = {points.key: points for points in state.points}
    assert {key: len(points.rows) for key, points in by_kind.items()} == {
        "case-site": 3,
        "case-town": 7,
    }
    assert by_kind["case-town"].named
    assert all(points.large for points in state.points)
    names = store.table("councils")["ltla24_name"].iloc[list(state.councils)].tolist()
    assert len(names) == 15
    assert {"Cumberland", "Westmorland and Furness", "Norwich", "Leeds"} <= set(names)
    assert "Hastings" not in names
    assert len(state.values) == 33_755


def test_the_map_looks_at_the_places_of_a_case(cases, by_key, store):
    councils = store.table("councils")
    assert case_map.target(None, councils) == ENGLAND
    assert case_map.target(by_key["scotland-people-and-communities-fund"], councils) == ENGLAND
    for case in cases:
        box = case_map.target(case, councils)
        for place in case.places:
            if place.longitude:
                assert box.west < place.longitude < box.east
                assert box.south < place.latitude < box.north
    cumbria = case_map.target(by_key["inspiring-communities-cumbria"], councils)
    two = councils[councils["ltla24_name"].isin(["Cumberland", "Westmorland and Furness"])]
    assert (cumbria.south, cumbria.north) == (two["south"].min(), two["north"].max())


# ---- Then and now


def test_todays_figures_in_words(by_key, store):
    ore = by_key["ore-community-library"]
    figures = today(ore, store.small_areas)
    assert case_today.basis(ore, figures) == (
        "3 small areas with their middle within 800 m of the place, 5,400 people."
    )
    values = {row.label: (row.value, row.note) for row in case_today.rows(figures)}
    assert values["Deprivation (Index of Multiple Deprivation 2025)"] == (
        "Most deprived tenth",
        "2 of 3 small areas in England’s most deprived tenth",
    )
    assert values["Nearest open library (December 2023)"][0] == "440 m"
    assert case_today.rows({}) == ()


def test_what_the_figures_stand_on_is_said(by_key, store):
    said = {
        key: case_today.basis(by_key[key], today(by_key[key], store.small_areas))
        for key in ("par-bay", "rebalancing-leeds", "inspiring-communities-cumbria")
    }
    assert "within 800 m of the place or 2 km of the middle of the town" in said["par-bay"]
    assert said["rebalancing-leeds"].startswith("All 488 small areas of the council,")
    assert said["inspiring-communities-cumbria"].startswith("All 319 small areas of the councils,")


def test_the_area_that_stands_for_a_case_lies_in_its_council(cases, store):
    neighbourhoods = store.neighbourhoods.set_index("code")["ltla24_code"]
    for case in cases:
        for code in case_today.standing_for(case, store):
            assert neighbourhoods.get(code, code) in case.councils
    assert case_today.standing_for(cases[-1], store) == ()


def test_a_number_stands_only_where_the_source_gives_one(cases):
    for case in cases:
        for result in case.results:
            said = case_today.number_behind(result)
            assert ("N = " in said) == (result.n is not None)
            assert result.date in said
