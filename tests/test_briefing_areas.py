"""Briefings of real places: true to the tables, two pages, in time and size."""

import os
from datetime import date
from io import BytesIO

import numpy as np
import pytest
import shapely
from pypdf import PdfReader

from geo import briefing_map, profile_sentences, profiles, sentences
from geo.briefing_areas import of_area
from geo.briefing_html import briefing_html
from geo.briefing_pdf import PAGES, briefing_pdf
from geo.national import National
from geo.print_map import drawing

ORE, PAR, CATTON_GROVE, ORCHARD_PARK = "E02004371", "E02003959", "E02005584", "E02002654"
SCILLY, BIRMINGHAM, NORWICH = "E02006781", "E08000025", "E07000148"
JAYWICK, LYNN_WARD = "E01021988", "E05012345"
ALL = (ORE, PAR, CATTON_GROVE, ORCHARD_PARK, SCILLY, BIRMINGHAM, NORWICH, JAYWICK, LYNN_WARD)
LINK = "https://map.example.org/profile?area="
MADE = date(2026, 11, 22)


def made(code: str, national: National):
    return of_area(code, national, LINK + code, MADE)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("code", ALL)
def test_two_pages_in_time_and_size(code, national):
    content = made(code, national)
    # Processor time, since other work on the machine should not fail the test.
    start = sum(os.times()[:4])
    pdf = briefing_pdf(content)
    assert sum(os.times()[:4]) - start <= 2
    assert len(pdf) <= 500_000
    assert len(PdfReader(BytesIO(pdf)).pages) <= PAGES
    assert len(briefing_html(content)) <= 500_000


@pytest.mark.parametrize("code", [ORE, PAR, CATTON_GROVE])
def test_it_says_what_the_tables_say(code, national, store):
    content = made(code, national)
    area, profile = store.area(code), profiles.profile(code, national)
    assert content.title == area["name"]
    assert f"rank {area['imd_rank']:,} of 6,856" in content.lead[0]
    assert content.lead[-1] == sentences.NOT_EVERYONE
    assert list(content.lead[:-1]) == profile_sentences.summary(profile)
    rows = {row[0]: row[1:] for row in content.beside.table.rows}
    assert rows["All deprivation"] == (str(area["imd_decile"]), f"{area['imd_rank']:,}")
    assert rows["Engaged community"] == (str(area["engaged_decile"]), f"{area['engaged_rank']:,}")
    reach = next(part for part in content.sections if part.heading == "What is in reach").table
    library = next(row for row in reach.rows if row[0] == "Public libraries")
    assert library[2] == sentences.distance(area["library_m"])
    printed = words(briefing_pdf(content))
    for text in (content.lead[0], library[2], *rows["Income"]):
        assert text in printed


def test_ore_has_its_library_and_its_story(national):
    content = made(ORE, national)
    told = " ".join(text for part in content.sections for text in part.sentences)
    assert "The nearest is Ore Library" in told
    assert "open 18 hours a week" in told
    stories = next(part for part in content.sections if part.heading.startswith("Case")).points
    assert stories[0].strong.startswith("Ore Community Library")
    assert "Open libraries on the map: " in content.map.alt
    assert "Ore Library" in content.map.alt


def test_a_case_on_the_doorstep_comes_before_one_somewhere_in_the_city(national):
    stories = next(
        part for part in made(CATTON_GROVE, national).sections if part.heading.startswith("Case")
    )
    assert stories.points[0].strong == "World of Work at Catton Grove Primary School."


def test_what_is_not_known_is_said_to_be_no_record(national):
    reach = next(
        part for part in made(SCILLY, national).sections if part.heading == "What is in reach"
    ).table
    assert {row[1] for row in reach.rows} > {"no record"}
    assert "0" not in {row[1] for row in reach.rows}
    assert "does not mean that there is none" in reach.note


def test_the_map_shows_the_area_among_its_neighbours(national):
    content = made(ORE, national)
    spec = content.map
    assert len(spec.chosen) == 4
    assert len(spec.shapes) > 20
    assert {name.text for name in spec.names} >= {"Ore", "Old Hastings"}
    assert set(spec.councils) == {"E07000062", "E07000064"}
    assert ">Ore<" in drawing(spec, 260)
    shapes = [kind.shape for kind in spec.symbols]
    assert len(shapes) == len(set(shapes)) >= 3


def test_an_island_fills_its_map(national):
    spec = made(SCILLY, national).map
    assert spec.names == ()
    west, _, east, _ = spec.box
    assert east - west < 25_000


def test_a_river_beyond_the_city_does_not_shrink_its_map(national):
    west, _, east, _ = made(NORWICH, national).map.box
    assert east - west < 13_000


def test_everything_used_is_credited(national):
    publishers = {source.publisher for source in made(ORE, national).sources}
    for publisher in ("Ministry of Housing", "Arts Council", "House of Commons", "Office for"):
        assert any(publisher in name for name in publishers)


def test_an_unknown_area_is_refused(national):
    with pytest.raises(KeyError):
        made("E02999999", national)


@pytest.mark.parametrize("council", ["E07000148", "E06000010", "E06000053", "E08000025"])
def test_a_map_is_fitted_to_areas_without_their_tails(store, council):
    inside = (store.small_areas["ltla24_code"] == council).to_numpy()
    shapes = store.level_shapes("small-area").geometry.to_numpy()[inside]
    cores = shapely.buffer(shapes, -briefing_map.TAIL_M)
    whole = np.where(shapely.is_empty(cores), shapes, shapely.buffer(cores, briefing_map.TAIL_M))
    found = briefing_map.extent(shapes)
    assert found == pytest.approx(shapely.total_bounds(whole).tolist())
    if council == "E07000148":  # the Yare below the city
        assert found[2] < shapely.total_bounds(shapes)[2] - 1_000
