"""Damaged lists of places, postcodes and names: each stops the step that reads it in one line.

The areas are built once; only the step that reads the damaged file runs again.
"""

import json

import pandas as pd
import pytest
from made_sources import MADE_STEPS, PLACED, copy_made, place_made
from test_hostile_sources import CHANGED, RUINED, is_finite, stopped
from test_source_columns import refused

from geo.build.__main__ import run
from geo.build.register import SourceError

STEP_OF = {name: step for step, names in PLACED.items() for name in names}
TABLES = (
    *("os_open_names", "libraries", "childrens_centres", "gias", "museums", "gp_practices"),
    *("coops", "warm_spaces", "gm_polling_stations"),
)
SHAPES = sorted(set(STEP_OF) - set(TABLES) - {"onspd"})
# A GP practice is known by its place in the row, and a code twice is found in all lists of codes.
CODED = ("gias", "gp_practices", "coops")


def _with(change):
    """Damage to the last shape of a GeoJSON file."""

    def damage(content: bytes) -> bytes:
        document = json.loads(content)
        change(document["features"][-1])
        return json.dumps(document).encode()

    return damage


def _at(*coordinates):
    return _with(lambda feature: feature.update(geometry=_point(coordinates)))


def _point(coordinates) -> dict:
    return {"type": "Point", "coordinates": coordinates}


DISPLACED = {
    "no shape": _with(lambda feature: feature.update(geometry=None)),
    "an empty shape": _with(
        lambda feature: feature.update(geometry={"type": "Polygon", "coordinates": []})
    ),
    "no number": _at(float("nan"), 53.4),
    "infinite": _at(float("inf"), 53.4),
    "axes swapped": _at(53.385, -1.45),
    "metres": _at(435_000, 387_000),
    "the gulf of Guinea": _at(0, 0),
    "another system": lambda content: content.replace(b"OGC:1.3:CRS84", b"EPSG::27700"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    made = copy_made(tmp_path_factory.mktemp("made"))
    run(*made, MADE_STEPS)
    place_made(made)
    return made


def _file(made, name: str) -> str:
    return next(made[0].glob(f"{name}.*")).name


def test_each_list_of_places_is_read_as_it_is(made):
    kinds = {
        path.stem: sorted(pd.read_parquet(path)["kind"])
        for path in (made[1] / "assets").glob("*.parquet")
    }
    assert kinds == {
        "libraries": ["library", "library", "library", "library_closed"],
        "childrens_centres": ["childrens_centre", "family_hub"],
        "gias": ["college", "nursery_school", "school"],
        "museums": ["museum", "museum"],
        "gp_practices": ["gp", "gp"],
        "coops": ["community_pub", "community_shop", "social_club", "sports_club"],
        "warm_spaces": ["community_hub", "hall"],
        "gm_polling_stations": ["hall"],
        "gm_food_banks": ["food_bank", "food_bank"],
        "gm_places_of_worship": ["worship", "worship"],
        "gm_post_offices": ["post_office"],
        "gm_greenspace": ["green_entrance", "green_entrance"],
        "norwich_osm": ["park", "playground"],
    }


def test_places_stand_in_their_areas(made):
    gp = pd.read_parquet(made[1] / "assets" / "gp_practices.parquet").set_index("name")
    assert gp["lsoa21_code"].to_dict() == {
        "St Made's Surgery": "E01000003",
        "Ore Medical Centre": "E01000009",
    }
    names = pd.read_parquet(made[1] / "places.parquet")
    assert set(names["name"]) == {"Sheffield", "Ore", "Hastings", "S1", "S2", "TN34", "TN35"}


# One of each damage, each done to another file.
SOME = [
    *zip(sorted(STEP_OF), [*RUINED, *RUINED, *RUINED], strict=False),
    *(("gias", name) for name in ("words", "infinite", "digits", "a code twice")),
    *(("warm_spaces", name) for name in ("no number", "last column gone")),
]


@pytest.mark.parametrize(("name", "damage"), [pair for pair in SOME if pair != ("onspd", "UTF-16")])
def test_a_damaged_list_stops_the_build(made, capsys, name, damage):
    how = (RUINED | CHANGED)[damage]
    assert stopped(made, capsys, _file(made, name), how, [STEP_OF[name]])


@pytest.mark.parametrize("damage", DISPLACED)
def test_shapes_that_are_nowhere_stop_the_build(made, capsys, damage):
    how = DISPLACED[damage]
    assert stopped(made, capsys, "gm_greenspace.geojson", how, ["Local lists"])


@pytest.mark.slow
@pytest.mark.parametrize("name", [*TABLES, *SHAPES, "onspd"])
def test_every_list_is_refused_in_one_line_or_read_as_it_is(made, capsys, name):
    file, steps = _file(made, name), [STEP_OF[name]]
    for what, damage in RUINED.items():
        if not (name == "onspd" and what == "UTF-16"):
            assert stopped(made, capsys, file, damage, steps), what
    for what, damage in DISPLACED.items() if name in SHAPES else ():
        assert stopped(made, capsys, file, damage, steps), what
    for what, damage in CHANGED.items() if name in TABLES else ():
        refused = stopped(made, capsys, file, damage, steps)
        assert refused or is_finite(made), what
        assert refused or what != "a code twice" or name not in CODED
    place_made(made, *steps)


FAR = ("", "near", "NaN", "inf", "530")
# File, row as a spreadsheet counts, column, and what cannot stand there.
CELLS = [
    ("libraries", 3, "hours", ("twenty", "-1", "169", "inf")),
    ("libraries", 4, "closed", ("last year", "20155")),
    ("libraries", 2, "operation_19", ("XX",)),
    ("libraries", 5, "name", ("", " ")),
    ("childrens_centres", 4, "kind", ("", "hub")),
    ("childrens_centres", 2, "register", ("", "Ofsted")),
    ("childrens_centres", 3, "ended_postcode", ("", "0")),
    ("gias", 2, "easting", ("here", "NaN", "inf", "-5", "434360.5", "800000")),
    ("gias", 3, "number_of_pupils", ("many", "-1", "2.5")),
    ("gias", 4, "urn", ("", "100001")),
    ("gias", 4, "establishment_type", ("",)),
    ("museums", 2, "Latitude", FAR),
    ("museums", 3, "Accreditation", ("", "Perhaps")),
    ("coops", 4, "Identifier", ("", "R1")),
    ("warm_spaces", 3, "longitude", FAR),
    ("os_open_names", 3, "lat", FAR),
    ("os_open_names", 4, "type", ("x",)),
    ("gm_polling_stations", 3, "lon", FAR),
]


@pytest.mark.parametrize(
    ("name", "row", "column", "damage"), CELLS, ids=[f"{cell[0]}-{cell[2]}" for cell in CELLS]
)
def test_a_cell_of_a_list_that_cannot_be_is_named(made, capsys, name, row, column, damage):
    for text in damage:
        refused(made, capsys, f"{name}.csv", row, column, text, [STEP_OF[name]])


def test_a_practice_is_told_by_its_row_though_its_file_has_no_headings(made):
    path = made[0] / "gp_practices.csv"
    whole = path.read_text()
    path.write_text(whole.replace("A00002", "A00001"))
    try:
        with pytest.raises(SourceError, match=r"^gp_practices\.csv: row 2, column “code”: "):
            place_made(made, "GP practices")
    finally:
        path.write_text(whole)


POSTCODES = {
    "pcd": (None, "", "TN35", "S1  1AB"),
    "laua": (None, "E99999999", "W06000015"),
    "oseast1m": (None, -1, 800_000),
    "osnrth1m": (None, -1, 1_400_000),
}


@pytest.mark.parametrize("column", POSTCODES)
def test_a_postcode_that_cannot_be_is_named(made, column):
    path = made[0] / "onspd.parquet"
    whole = path.read_bytes()
    frame = pd.read_parquet(path).astype({"oseast1m": "Int32", "osnrth1m": "Int32"})
    try:
        for value in POSTCODES[column]:
            changed = frame.copy()
            changed.loc[8, column] = value
            changed.to_parquet(path)
            with pytest.raises(SourceError, match=f"^onspd.parquet: row 10, column “{column}”: "):
                place_made(made, "Postcodes")
    finally:
        path.write_bytes(whole)
