"""The case studies: every record holds, pins are true, and choices leave out what does not fit."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point

from geo import case_studies
from geo.case_records import load_cases
from geo.case_rules import MAX_SUMMARY, PARTS, PRECISIONS, THEMES
from geo.placing import to_grid

CASES_DIR = Path(__file__).parents[1] / "data" / "case_studies"
STATIC_DIR = Path(__file__).parents[1] / "static"

INSPIRING = {
    "barking-and-dagenham": ("council", {"Barking and Dagenham"}),
    "barnsley": ("council", {"Barnsley"}),
    "blackburn-with-darwen": ("council", {"Blackburn with Darwen"}),
    "bolton": ("council", {"Bolton"}),
    "bradford": ("council", {"Bradford"}),
    "bristol": ("council", {"Bristol, City of"}),
    "colne": ("town", {"Pendle"}),
    "cumbria": ("county", {"Cumberland", "Westmorland and Furness"}),
    "folkestone": ("town", {"Folkestone and Hythe"}),
    "grimsby": ("town", {"North East Lincolnshire"}),
    "manchester": ("council", {"Manchester"}),
    "rotherham": ("council", {"Rotherham"}),
    "south-shields": ("town", {"South Tyneside"}),
    "stoke-on-trent": ("council", {"Stoke-on-Trent"}),
    "thetford": ("town", {"Breckland"}),
}
OTHERS = {
    "norwich-catton-grove-world-of-work": {"Norwich"},
    "norwich-community-innovation-fund": {"Norwich"},
    "ore-community-library": {"Hastings"},
    "par-bay": {"Cornwall"},
    "ramsey-million": {"Huntingdonshire"},
    "rebalancing-leeds": {"Leeds"},
    "rebalancing-liverpool": {"Liverpool"},
    "rebalancing-middlesbrough": {"Middlesbrough"},
    "scotland-people-and-communities-fund": set(),
}


@pytest.fixture(scope="module")
def cases(store):
    return load_cases(CASES_DIR, set(store.table("councils")["ltla24_code"]))


@pytest.fixture(scope="module")
def by_key(cases):
    return {case.key: case for case in cases}


def test_every_case_is_there_in_its_council(by_key, store):
    names = store.table("councils").set_index("ltla24_code")["ltla24_name"]
    found = {key: {names[code] for code in case.councils} for key, case in by_key.items()}
    inspiring = {f"inspiring-communities-{key}": where for key, (_, where) in INSPIRING.items()}
    assert found == inspiring | OTHERS


def test_places_are_shown_as_precisely_as_is_known(by_key):
    for key, (precision, _) in INSPIRING.items():
        (place,) = by_key[f"inspiring-communities-{key}"].places
        assert place.precision == precision
    precisions = {key: [place.precision for place in by_key[key].places] for key in OTHERS}
    assert precisions == {
        "norwich-catton-grove-world-of-work": ["site"],
        "norwich-community-innovation-fund": ["council"],
        "ore-community-library": ["site"],
        "par-bay": ["site", "town"],
        "ramsey-million": ["town"],
        "rebalancing-leeds": ["council"],
        "rebalancing-liverpool": ["council"],
        "rebalancing-middlesbrough": ["council"],
        "scotland-people-and-communities-fund": ["nation"],
    }


def test_what_a_case_says_is_complete(cases):
    for case in cases:
        assert len(case.summary) <= MAX_SUMMARY, case.key
        assert set(case.themes) <= set(THEMES), case.key
        assert set(case.parts) <= set(PARTS), case.key
        assert case.sources, case.key
        assert all(result.date for result in case.results), case.key
        assert all(place.precision in PRECISIONS for place in case.places), case.key
    assert {theme for case in cases for theme in case.themes} == set(THEMES)


def test_figures_of_the_sources_are_carried_over(by_key):
    inspiring = by_key["inspiring-communities-thetford"]
    assert (inspiring.years, inspiring.ages, inspiring.results[0].n) == (
        (2009, 2011),
        (11, 14),
        685,
    )
    for place, percent in (("liverpool", 68), ("leeds", 59), ("middlesbrough", 56)):
        texts = " ".join(result.text for result in by_key[f"rebalancing-{place}"].results)
        assert f"{percent}%" in texts
        assert "57%" in texts
    ore = by_key["ore-community-library"]
    assert ore.cost_pounds == (6_000, 6_000)
    assert "1,000 members" in ore.results[0].text
    assert by_key["norwich-community-innovation-fund"].cost_pounds == (10_000, 30_000)
    assert by_key["ramsey-million"].cost_pounds == (1_000_000, 1_000_000)


def test_a_programme_lends_what_its_cases_leave_out(by_key):
    catton = by_key["norwich-catton-grove-world-of-work"]
    fund = by_key["norwich-community-innovation-fund"]
    assert catton.worked == fund.worked
    assert catton.summary != fund.summary
    assert fund.sources[-1] in catton.sources
    assert catton.programme_title == "Community Innovation Fund, Norwich"


def test_pins_lie_inside_their_council(cases, store):
    shapes = gpd.GeoSeries(store.shapes("small_areas")["geometry"], crs="EPSG:27700")
    council = store.table("small_areas")["ltla24_code"].to_numpy()
    pinned = [(case, place) for case in cases for place in case.places if place.longitude]
    assert len(pinned) == 10
    for case, place in pinned:
        easting, northing = to_grid(place.longitude, place.latitude)
        rows = shapes.sindex.query(Point(easting, northing), predicate="within")
        assert {council[row] for row in rows} == set(place.councils), (case.key, place.name)


def test_pins_stand_where_their_source_puts_them(by_key, store):
    for key in ("ore-community-library", "par-bay"):
        place = by_key[key].places[0]
        found = store.postcodes.find(place.postcode)
        easting, northing = to_grid(place.longitude, place.latitude)
        assert np.hypot(easting - found.easting, northing - found.northing) < 2, key
    ore = store.libraries[store.libraries["name"] == "Ore Library"]
    assert ore["postcode"].tolist() == ["TN35 5BP"]
    school = store.table("assets/gias")
    school = school[school["name"] == "Catton Grove Primary School"].iloc[0]
    pin = by_key["norwich-catton-grove-world-of-work"].places[0]
    easting, northing = to_grid(pin.longitude, pin.latitude)
    assert np.hypot(easting - school["easting"], northing - school["northing"]) < 2
    hub = store.table("assets/warm_spaces")
    hub = hub[hub["name"] == "Cornubia Hub"].iloc[0]
    assert hub["postcode"] == by_key["par-bay"].places[0].postcode


def test_towns_stand_where_open_names_puts_them(cases, store):
    settlements = store.table("places")
    towns = [place for case in cases for place in case.places if place.precision == "town"]
    assert len(towns) == 7
    for place in towns:
        name = place.name.split(",")[0].split(" (")[0]
        rows = settlements[
            (settlements["name"] == name)
            & (settlements["type"] == "town")
            & settlements["ltla24_code"].isin(place.councils)
        ]
        away = np.hypot(rows["longitude"] - place.longitude, rows["latitude"] - place.latitude)
        assert (away < 0.0002).any(), place.name


def test_nothing_chosen_leaves_nothing_out(cases):
    assert case_studies.choose(cases) == cases


def test_choices(cases):
    def keys(**choice):
        return {case.key for case in case_studies.choose(cases, **choice)}

    assert keys(themes=["reading"]) == {"ore-community-library"}
    assert keys(themes=["early years", "reading"]) == {"ore-community-library", "ramsey-million"}
    assert keys(parts=["places"]) == {"ore-community-library", "ramsey-million", "par-bay"}
    assert keys(costs=["over-100k"]) == {"ramsey-million", "par-bay"}
    assert keys(costs=["up-to-10k"]) == {
        "ore-community-library",
        "norwich-catton-grove-world-of-work",
    }
    assert keys(costs=["up-to-100k"]) == {"norwich-community-innovation-fund"}
    assert len(keys(programmes=["inspiring-communities"])) == 15
    adults = keys(ages=(20, 60))
    assert not any(key.startswith(("inspiring", "ramsey", "norwich")) for key in adults)
    assert "par-bay" in adults
    toddlers = keys(ages=(0, 3), programmes=["big-local"])
    assert toddlers == {"ramsey-million", "ore-community-library", "par-bay"}


def test_areas_that_stand_for_a_case(by_key, store):
    areas = store.small_areas
    hastings = areas[areas["ltla24_code"] == "E07000062"]
    pin = to_grid(0.60835, 50.87472)
    away = np.hypot(hastings["easting"] - pin[0], hastings["northing"] - pin[1])
    expected = set(hastings["code"][away <= 800])
    ore = by_key["ore-community-library"]
    assert set(areas["code"][case_studies.areas_of(ore, areas)]) == expected
    leeds = case_studies.areas_of(by_key["rebalancing-leeds"], areas)
    assert leeds.sum() == (areas["ltla24_code"] == "E08000035").sum()
    scotland = by_key["scotland-people-and-communities-fund"]
    assert not case_studies.areas_of(scotland, areas).any()


def test_todays_figures(by_key, store):
    areas = store.small_areas
    norwich = areas[areas["ltla24_code"] == "E07000148"]
    figures = case_studies.today(by_key["norwich-community-innovation-fund"], areas)
    assert figures["people"] == norwich["population_2022"].sum()
    assert figures["double"] == ((norwich["imd_decile"] == 1) & (norwich["cni_decile"] == 1)).sum()
    residents = np.repeat(norwich["imd_decile"], norwich["population_2022"])
    assert figures["imd_decile"] == np.quantile(residents, 0.5, method="inverted_cdf")
    assert case_studies.today(by_key["scotland-people-and-communities-fund"], areas) == {}


def test_what_the_map_draws(cases):
    for precision, name in (("site", "case_studies.json"), ("town", "case_towns.json")):
        shipped = json.loads((STATIC_DIR / "points" / name).read_text(encoding="utf-8"))
        made = {"rows": case_studies.map_rows(cases, precision)}
        assert shipped == made, 'run: python -m geo.build --sources . --only "Case studies"'
    outlined = case_studies.outlined_councils(cases)
    assert outlined["E08000012"] == ("rebalancing-liverpool",)
    assert set(outlined["E06000063"]) == {"inspiring-communities-cumbria"}
    assert "E07000062" not in outlined
    assert len(outlined) == 9 + 2 + 3 + 1
