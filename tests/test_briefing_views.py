"""Briefings of gaps, comparisons, what-ifs and new places: true to the page, two pages, in time."""

import os
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from geo import (
    briefing_compare,
    briefing_gaps,
    briefing_scenarios,
    briefing_siting,
    effect_sentences,
    effects,
    gaps_list,
    profiles,
    siting_run,
    what_if_places,
)
from geo.briefing import SHORTENED
from geo.briefing_html import briefing_html
from geo.briefing_pdf import PAGES, briefing_pdf
from geo.case_records import load_cases
from geo.gaps_view import GapsView
from geo.national import National
from geo.print_spec import PALE
from geo.reached import REACHED
from geo.scenarios import Opening, Scenario
from geo.siting_view import SitingView
from geo.what_if_view import EXAMPLE, WhatIfView
from tests.briefing_helpers import HOSTILE

LINK, MADE = "https://map.example.org/?area=x", date(2026, 11, 22)
ORE, PAR, CATTON_GROVE = "E02004371", "E02003959", "E02005584"
HASTINGS, BIRMINGHAM, SCILLY, NORWICH = "E07000062", "E08000025", "E06000053", "E07000148"


@pytest.fixture(scope="module")
def national(store) -> National:
    return National(store, load_cases(store.data_dir / "case_studies"))


@pytest.fixture(scope="module")
def services(national):
    return what_if_places.services(national.places)


def printed(content) -> str:
    """The words of its pages, which are two at most, made in time and small."""
    # Processor time, since other work on the machine should not fail the test.
    start = sum(os.times()[:4])
    pdf = briefing_pdf(content)
    assert sum(os.times()[:4]) - start <= 2
    assert len(pdf) <= 500_000
    assert len(briefing_html(content)) <= 700_000
    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) <= PAGES
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def gaps_briefing(view: GapsView, national: National):
    found = gaps_list.shown(view, national)
    return briefing_gaps.of_view(view, found, national, LINK, MADE), found


@pytest.mark.parametrize(
    "view",
    [
        GapsView(),
        GapsView(councils=(BIRMINGHAM,)),
        GapsView(councils=(HASTINGS,), level="small-area"),
        GapsView(councils=(SCILLY,), kinds=("library",)),
    ],
    ids=["England", "Birmingham", "Hastings", "Scilly"],
)
def test_gaps_lists_the_page_s_first_areas_with_their_parts(view, national):
    content, found = gaps_briefing(view, national)
    listed = gaps_list.listed(found, view)
    table = next(part for part in content.sections if part.table).table
    first = listed.iloc[0]
    assert first["neighbourhood_name"] in table.rows[0][0]
    assert table.rows[0][1:3] == (f"{first['place']:,}", f"{first['score']:.1f}")
    points = [float(cell) for cell in table.rows[0][3 : 3 + len(gaps_list.chosen_parts(view))]]
    assert sum(points) == pytest.approx(first["score"], abs=0.25)
    said = printed(content)
    assert table.rows[0][2] in said
    assert content.place in said


def test_gaps_of_one_council_are_drawn_with_the_rest_pale(national):
    content, found = gaps_briefing(GapsView(councils=(NORWICH,)), national)
    spec = content.map
    assert int((spec.classes != PALE).sum()) == int(found.keep.sum()) == found.totals.areas
    assert PALE in set(spec.classes)
    assert len(spec.names) == 8


def test_more_small_areas_than_paper_holds_are_drawn_as_neighbourhoods(national):
    content, _ = gaps_briefing(GapsView(level="small-area", area="E01020965"), national)
    assert len(content.map.shapes) == 6_856
    assert "33,755 small areas" in content.place
    assert any("what its score is made of" in part.heading for part in content.sections)


def test_an_empty_list_is_said_to_be_one(national):
    content, _ = gaps_briefing(GapsView(councils=(SCILLY,), quarters=("deprived-weak",)), national)
    assert "No area is left" in printed(content)


def test_areas_stand_side_by_side_each_with_its_map(national):
    compared = [profiles.outline(code, national) for code in (ORE, PAR, CATTON_GROVE)]
    content = briefing_compare.of_areas(compared, national, LINK, MADE)
    assert [spec.title for spec in content.maps] == ["Ore", "Par", "Catton Grove & Airport"]
    said = printed(content)
    assert SHORTENED not in said
    for profile in compared:
        assert f"rank {profile.area['imd_rank']:,} of 6,856" in said
        assert f"{int(profile.area['population_2022']):,}" in said
    assert "Ore Community Library" in said
    assert "Par Bay" in said
    with pytest.raises(ValueError, match="two or three"):
        briefing_compare.of_areas(compared[:1], national, LINK, MADE)


def scenario_briefing(view: WhatIfView, national, residents, services, **other):
    areas = national.store.small_areas
    places = what_if_places.of_service(services, view.kind)
    changes = what_if_places.changes(view.scenario, services, residents, areas)
    effect = effects.effect(
        view.scenario, residents, places, areas, view.threshold.metres, (view.kind,)
    )
    content = briefing_scenarios.of_scenario(
        view, effect, changes, places, national, LINK, MADE, **other
    )
    return content, effect, changes


def test_a_closure_leads_with_the_sentence_for_the_meeting(national, residents, services):
    content, effect, changes = scenario_briefing(EXAMPLE, national, residents, services)
    walk = EXAMPLE.threshold.label
    assert content.lead[0] == effect_sentences.headline(effect, changes, REACHED["library"], walk)
    said = printed(content)
    for text in (content.lead[0], "What if? Closing Ore Library", "Hastings Library",
                 "Ore Community Library", "Most deprived tenth", "spread evenly"):  # fmt: skip
        assert text in said
    spec = content.map
    assert len(spec.chosen) == int(effect.areas["falls_outside"].sum())
    closed = next(kind for kind in spec.symbols if kind.large)
    assert closed.texts == ("Ore Library",)
    stays = next(kind for kind in spec.symbols if not kind.large)
    assert "Ore Library" not in stays.texts


def test_an_opening_that_changes_nothing_and_a_hostile_name(national, residents, services):
    library = what_if_places.of_service(services, "library").iloc[0]
    there = Opening("library", int(library["easting"]) + 400_000, int(library["northing"]))
    view = WhatIfView(scenario=Scenario(openings=frozenset({there}), name=HOSTILE[:80]))
    content, effect, _ = scenario_briefing(
        view, national, residents, services, note="Your own libraries are counted."
    )
    assert not effect.affected_postcodes
    said = printed(content)
    assert "would change nobody’s distance" in said
    assert "Your own libraries are counted." in said
    assert '#import "x"' in said
    assert "<script" not in briefing_html(content)
    with pytest.raises(ValueError, match="nothing is closed"):
        briefing_scenarios.of_scenario(view, effect, (), services, national, LINK, MADE)


def test_new_places_are_numbered_on_the_map_and_in_the_table(national, residents, services):
    view = SitingView()
    result = siting_run.work(view, national, services, residents)
    content = briefing_siting.of_answer(view, result, national, LINK, MADE)
    sited = next(kind for kind in content.map.symbols if kind.large)
    assert sited.texts == ("1", "2", "3")
    said = printed(content)
    for name in result.chosen.places["name"]:
        assert name in said
    assert "Where should 3 new public libraries in Hastings go?" in said
    assert "Proved best" in said
