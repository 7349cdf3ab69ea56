"""What a scenario does, in words and tables: toy effects, and Ore as the issue asks for it."""

import dataclasses
import io

import numpy as np
import pandas as pd
import pytest

from geo import effect_charts, effect_sentences, effect_tables, exports, what_if_map
from geo.areas import AGE_BANDS
from geo.distance import MILE_M
from geo.effects import effect
from geo.reached import REACHED
from geo.scenarios import Opening, Scenario
from geo.what_if_places import Change, changes, of_service, services
from geo.what_if_view import EXAMPLE

LIBRARY = REACHED["library"]
ORE = "lib1354f037"


@pytest.fixture(scope="module")
def england(store, national, residents):
    """Residents, places and areas, shared by the tests of this file."""
    return residents, services(national.places), store.small_areas


@pytest.fixture(scope="module")
def names(store):
    councils, wards = store.table("councils"), store.table("wards")
    found = dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True))
    return found | dict(zip(wards["ward24_code"], wards["ward24_name"], strict=True))


def worked(england, scenario, walk_m=MILE_M):
    residents, open_places, areas = england
    libraries = of_service(open_places, "library")
    return (
        effect(scenario, residents, libraries, areas, walk_m, ("library",)),
        changes(scenario, open_places, residents, areas),
    )


@pytest.fixture(scope="module")
def ore(england):
    return worked(england, EXAMPLE.scenario)


def closing(name):
    return Change("x1", name, name, "Somewhere", "library", 0.0, 51.0)


def opening(name):
    return Change(Opening("library", 1, 1), f"New {name}", name, "Somewhere", "library", 0.0, 51.0)


# Words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "none"),
        (0.02, "hardly any"),
        (0.1, "one in ten"),
        (0.387, "about two in five"),
        (0.5, "half"),
        (0.66, "about two in three"),
        (0.9, "nine in ten"),
        (0.97, "nearly all"),
        (1.0, "all"),
    ],
)
def test_shares_are_said_as_people_say_them(share, words):
    assert effect_sentences.fraction(share) == words


def test_too_few_people_to_tell():
    assert effect_sentences.some_people(3.2) == "fewer than 10 people"
    assert effect_sentences.some_people(0) == "0 people"
    assert effect_sentences.some_people(17_787) == "18,000 people"


def test_what_changes_names_a_few_and_counts_many():
    what = effect_sentences.what_changes
    assert what([closing("Ore Library")], LIBRARY) == "Closing Ore Library"
    assert (
        what([closing("A"), closing("B"), opening("public library in Ore")], LIBRARY)
        == "Closing A and B, and opening a public library in Ore"
    )
    assert what([closing("A")] * 3, LIBRARY) == "Closing 3 public libraries"


def test_the_sentence_about_ore(ore):
    result, made = ore
    said = effect_sentences.headline(result, made, LIBRARY, "1 mile")
    assert said == (
        "Closing Ore Library would leave another 18,000 people more than 1 mile from a public "
        "library; about two in five of them live in the most deprived fifth of areas."
    )
    # The shares said follow from the figures.
    fifth = result.by_decile["imd_decile"] <= 2
    more = (result.by_decile["beyond_after_people"] - result.by_decile["beyond_before_people"])[
        fifth
    ].sum()
    assert 0.35 < more / result.pushed_beyond_people < 0.45


def test_where_ores_readers_would_be_sent(ore):
    said = effect_sentences.alternatives(ore[0], LIBRARY)
    assert len(said) == 1
    assert "Hastings Library nearest, 3.1 km (1.9 miles) from it, open 39 hours a week" in said[0]


def test_who_is_affected_is_told_with_ages(ore):
    first, second = effect_sentences.who(ore[0], LIBRARY)
    assert first.startswith("24,000 people would have further to go.")
    assert "under 16" in second
    assert "doubly disadvantaged" in second


def test_opening_is_told_as_a_gain(england):
    result, made = worked(england, Scenario().open("library", 580_000, 112_500))
    said = effect_sentences.headline(result, made, LIBRARY, "1 mile")
    assert said.startswith("Opening a public library in Ashdown would bring 3,400 people within")
    assert effect_sentences.alternatives(result, LIBRARY) == []
    assert effect_sentences.gains(result, made)[0].startswith(
        "New public library in Ashdown: nearest for 14,000 people."
    )
    assert effect_sentences.before_after_headings(made) == ("Now", "After the change")


def test_a_swap_on_the_spot_changes_nothing(england):
    swap = EXAMPLE.scenario.open("library", 583_608, 111_599)
    result, made = worked(england, swap)
    assert "would change nobody’s distance" in effect_sentences.headline(
        result, made, LIBRARY, "1 mile"
    )
    assert effect_sentences.who(result, LIBRARY) == []


def test_moving_within_the_walk_is_told_as_further(england):
    # From two miles the closure of one of two neighbours pushes nobody out of the walk.
    result, made = worked(england, EXAMPLE.scenario, walk_m=20_000)
    said = effect_sentences.headline(result, made, LIBRARY, "20 km")
    assert said == (
        "Closing Ore Library would not change who lives within 20 km of a public library, but "
        "take 24,000 people further from one."
    )


def test_the_last_place_leaves_nowhere_to_go(england):
    residents, open_places, areas = england
    only = of_service(open_places, "library").head(1)
    closing_it = Scenario(frozenset(only["asset_id"]))
    here = (areas["council"] == "Hastings").to_numpy()
    result = effect(closing_it, residents, only, areas, MILE_M, ("library",), here)
    assert "nowhere else to go" in effect_sentences.alternatives(result, LIBRARY)[0]
    rows = effect_tables.before_after(result, "1 mile", {c: c for c in set(areas["ltla24_code"])})
    assert rows[1][2] == "nowhere to go"
    assert effect_tables.alternative_rows(result)[0][0] == "nowhere"


def test_a_voluntary_list_says_that_it_is_one():
    assert "never signed up" in effect_sentences.how_complete(REACHED["community_hub"])
    assert "never signed up" not in effect_sentences.how_complete(LIBRARY)


# Tables


def test_before_and_after_of_ore(ore, names):
    rows = effect_tables.before_after(ore[0], "1 mile", names)
    assert rows[0] == "Those whose distance changes: 23,970 people"
    assert rows[1] == ("Half of them are within", "1.1 km (0.7 miles)", "2.7 km (1.7 miles)")
    assert rows[3] == ("Share within 1 mile", "74%", "0%")
    assert rows[5] == "Everyone in Hastings and Rother: 184,780 people"


def test_every_group_adds_up_to_everyone(ore, names):
    result = ore[0]
    for group in ("deprivation", "age", "double", "council"):
        table = effect_tables.labelled(result, group, names)
        assert table["people"].sum() == pytest.approx(result.all_before.people)
        assert table["affected_people"].sum() == pytest.approx(result.affected_people)
        beyond = table["beyond_after_people"].sum()
        assert beyond == pytest.approx(result.all_after.beyond_people)
    wards = effect_tables.labelled(result, "ward", names)
    assert wards["label"].iat[0] == "Ore"
    assert wards["affected_people"].sum() == pytest.approx(result.affected_people)


def test_groups_are_told_in_words(ore, names):
    rows = effect_tables.group_rows(effect_tables.labelled(ore[0], "age", names))
    assert [row[0] for row in rows] == list(AGE_BANDS.values())
    assert len(effect_tables.group_headings("age", "1 mile")) == len(rows[0])


def test_the_areas_that_fall_outside_are_the_ones_outlined(ore, store):
    numbers, key = what_if_map.crossing(ore[0])
    assert key == "falls"
    listed = effect_tables.area_table(ore[0], store.small_areas)
    half = (listed["within_before_percent"] >= 50) & (listed["within_after_percent"] < 50)
    codes = set(store.small_areas["code"].iloc[list(numbers)])
    assert codes == set(listed.loc[half, "code"])
    assert what_if_map.crossing(None) == ((), None)


def test_files_hold_every_figure_and_their_sources(ore, names, store):
    credit = exports.credit(store.sources, (*effect_tables.SOURCES, *LIBRARY.sources))
    written = exports.csv_bytes(effect_tables.figures(ore[0], names), credit)
    read = pd.read_csv(io.BytesIO(written))
    assert read["people"].iat[1] == pytest.approx(ore[0].all_before.people, abs=0.1)
    assert set(read["group"]) == {"All", *(row[2] for row in effect_tables.GROUPS.values())}
    assert "Arts Council" in read["source"].iat[0]


def test_the_chart_has_a_bar_for_now_and_one_for_after(ore):
    chart = effect_charts.beyond_by_tenth(ore[0], "1 mile")
    assert chart.to_dict()
    data = chart.data
    assert len(data) == 20
    assert data["people"].sum() == pytest.approx(
        ore[0].all_before.beyond_people + ore[0].all_after.beyond_people, abs=20
    )


# The map


def test_the_map_shows_who_is_affected_and_what_changes(ore, national):
    result, made = ore
    near = pd.DataFrame({"latitude": [50.86], "longitude": [0.58]})
    look_at = what_if_map.target(EXAMPLE, national, near, made)
    state = what_if_map.state(EXAMPLE, national, result, made, None, look_at)
    plain = np.frombuffer(state.values.encode(), dtype=np.uint8) < ord("a")
    assert set(np.flatnonzero(plain)) == set(result.areas["area"])
    closed = state.points[-1]
    assert (closed.shape, closed.rows[0][2]) == ("cross", "Ore Library")
    assert look_at.south < 50.86 < look_at.north
    more = dataclasses.replace(EXAMPLE, scenario=EXAMPLE.scenario.close("lib75014bab"))
    assert what_if_map.target(more, national, near, made).key == look_at.key


def test_only_lists_that_cover_england_are_drawn():
    keys = [points.key for points in what_if_map.places("hall")]
    assert keys == ["hall-warm-spaces"]
    assert len(what_if_map.places("family_centre")) == 2


# Worked out again the plain way


@pytest.mark.parametrize("council", ["Hastings", "Herefordshire, County of", "Leeds"])
def test_a_council_losing_its_largest_library_by_brute_force(england, council):
    residents, open_places, areas = england
    libraries = of_service(open_places, "library")
    inside = (areas["council"] == council).to_numpy()
    own = libraries[inside[libraries["i"]]].sort_values("hours_per_week")
    closed = own["asset_id"].iat[-1]
    result = effect(
        Scenario(frozenset({closed})), residents, libraries, areas, MILE_M, scope=inside
    )
    people = {"before": [], "after": []}
    weight = []
    left = libraries[libraries["asset_id"] != closed]
    for number in np.flatnonzero(inside):
        xy = residents.xy[residents.area == number].astype(float)
        weight += [areas["population_2022"].iat[number] / len(xy)] * len(xy)
        for when, frame in (("before", libraries), ("after", left)):
            east = frame["easting"].to_numpy() - xy[:, :1]
            north = frame["northing"].to_numpy() - xy[:, 1:]
            people[when].append(np.sqrt((east**2 + north**2).min(axis=1)))
    weight = np.array(weight)
    before, after = (np.concatenate(people[when]) for when in ("before", "after"))
    assert result.all_before.people == pytest.approx(areas.loc[inside, "population_2022"].sum())
    assert result.affected_people == pytest.approx(weight[after > before + 1e-6].sum())
    assert result.pushed_beyond_people == pytest.approx(
        weight[(before <= MILE_M) & (after > MILE_M)].sum()
    )
    assert result.all_after.worst_m == pytest.approx(after.max())
    assert result.all_after.within_share == pytest.approx(
        weight[after <= MILE_M].sum() / weight.sum()
    )
