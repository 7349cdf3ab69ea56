"""The data dictionary explains every column that is shipped, and the data's page is up to date."""

import pyarrow.parquet as pq
import pytest

from geo.build import readme
from geo.dictionary import column_descriptions, table_description
from geo.store import DATA_DIR

TABLES = sorted(
    path.relative_to(DATA_DIR).with_suffix("").as_posix() for path in DATA_DIR.rglob("*.parquet")
)
MADE = {
    "names": {"gp": "a GP practice", "imd": "the index"},
    "access/*": {"description": "Access", "columns": {"{}_m": "Metres to {}", "gp_m": "Special"}},
    "access/neighbourhood_*": {"description": "By neighbourhood", "columns": {"{}_m": "To {}"}},
    "places": {"description": "Places", "columns": {"name": "Name"}},
}


def test_a_column_of_its_own_comes_before_a_pattern():
    assert column_descriptions(MADE, "access/gp", ["imd_m", "gp_m"]) == {
        "imd_m": "Metres to the index",
        "gp_m": "Special",
    }


def test_the_narrowest_section_explains_a_table():
    assert table_description(MADE, "access/neighbourhood_gp") == "By neighbourhood"
    assert table_description(MADE, "access/gp") == "Access"


@pytest.mark.parametrize(("table", "column"), [("places", "code"), ("access/gp", "other_m")])
def test_what_is_not_explained_is_named(table, column):
    with pytest.raises(KeyError, match=f"{column} of {table}"):
        column_descriptions(MADE, table, [column])


def test_unknown_table_is_named():
    with pytest.raises(KeyError, match="no section for people"):
        table_description(MADE, "people")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_every_table_is_explained(store, table):
    names = pq.read_schema(DATA_DIR / f"{table}.parquet").names
    explained = column_descriptions(store.columns, table, names)
    assert list(explained) == names
    assert all(explained.values())
    assert table_description(store.columns, table)


def test_every_section_is_about_a_shipped_table(store):
    for section, about in store.columns.items():
        if section == "names":
            continue
        patterned = "*" in section
        assert patterned or section in TABLES, section
        if not patterned:
            names = pq.read_schema(DATA_DIR / f"{section}.parquet").names
            exact = {column for column in about["columns"] if "{}" not in column}
            assert exact <= set(names), section


def test_register_and_tables_name_each_other(store):
    fed = {table for source in store.sources.values() for table in source.tables}
    assert fed - set(TABLES) == set(), "the register names tables that are not there"
    assert set(TABLES) - fed == set(), "tables that no source in the register feeds"


def test_page_of_the_data_is_the_one_that_the_build_writes(store):
    tables = {name: DATA_DIR / f"{name}.parquet" for name in TABLES}
    written = readme.page(tables, store.columns, list(store.sources.values()))
    assert written == (DATA_DIR / "README.md").read_text(encoding="utf-8")
