"""The sets of places a reader can put on the map."""

import json
from pathlib import Path

import pytest

from geo.layers import LAYERS
from geo.links import WORD
from geo.points import POINT_SETS, drawn

STATIC = Path(__file__).resolve().parent.parent / "static"


def test_keys_can_stand_in_a_link_and_are_said_once():
    for keys in ([row.key for row in POINT_SETS], [row.key for row in LAYERS]):
        assert len(set(keys)) == len(keys)
        assert all(WORD.fullmatch(key) for key in keys)


@pytest.mark.parametrize("row", POINT_SETS, ids=lambda row: row.key)
def test_every_set_has_points_and_says_how_complete_it_is(row):
    assert row.how_complete
    for points in row.drawn:
        rows = json.loads((STATIC / points.url).read_text())["rows"]
        assert rows
        assert all(-6.5 < longitude < 2 and 49 < latitude < 56 for longitude, latitude, *_ in rows)


def test_libraries_on_the_map_are_those_that_are_open(store):
    sets = {row.key: row for row in POINT_SETS}
    count = sum(
        len(json.loads((STATIC / points.url).read_text())["rows"])
        for points in sets["libraries"].drawn
    )
    # One of the 2,906 open static libraries is a prison's: nobody else can walk in.
    assert count == (store.libraries["kind"] == "library").sum() == 2_905


def test_drawing_follows_the_list_not_the_link():
    assert drawn(("cases", "closed")) == drawn(("closed", "cases"))
    assert drawn(()) == ()
