"""The table beside the map: the same areas, most deprived first, with their shapes on request."""

import numpy as np
import pytest

from geo import exports, methods, tables
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.selection import selected
from geo.view import View

HASTINGS = View(councils=("E07000062",))


def test_the_table_lists_the_areas_on_the_map(store):
    keep = selected(HASTINGS, store.small_areas)
    table = tables.area_table(store.small_areas, keep, SMALL_AREA)
    assert len(table) == keep.sum()
    assert set(table["council"]) == {"Hastings"}
    assert table["imd_rank"].is_monotonic_increasing
    assert list(table) == list(tables.headings(SMALL_AREA))


def test_neighbourhoods_need_no_second_name(store):
    assert "name" not in tables.headings(NEIGHBOURHOOD)


@pytest.mark.parametrize(
    ("level", "code"), [(SMALL_AREA, "lsoa21_code"), (NEIGHBOURHOOD, "msoa21_code")]
)
def test_each_row_gets_its_own_shape(store, level, code):
    areas = store.level(level)
    keep = selected(HASTINGS, areas)
    table = tables.area_table(areas, keep, level)
    shaped = tables.with_shapes(table, store.level_shapes(level), code)
    where = areas.set_index("code").loc[table["code"]]
    distance = np.hypot(
        shaped.geometry.centroid.x - where["easting"].to_numpy(),
        shaped.geometry.centroid.y - where["northing"].to_numpy(),
    )
    assert (distance < 3_000).all()


def test_every_source_named_is_in_the_register(store):
    assert exports.credit(store.sources, tables.SOURCES).licence
    for method in methods.METHODS:
        assert set(method.sources) <= set(store.sources)
