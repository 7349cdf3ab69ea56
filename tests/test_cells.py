"""Small tables: as long as their rows, and read by column, by row and by a key."""

import pytest

from geo.cells import Table

TOWNS = Table({"name": ["Ore", "Par"], "people": [1_738, 1_440]})


def test_a_table_is_as_long_as_its_rows_and_false_without_any():
    assert len(TOWNS) == 2
    assert TOWNS
    assert not Table({"name": [], "people": []})
    assert not Table({})


def test_a_table_by_column_by_row_and_by_name():
    assert TOWNS["people"] == [1_738, 1_440]
    assert TOWNS.rows() == [{"name": "Ore", "people": 1_738}, {"name": "Par", "people": 1_440}]
    assert TOWNS.by("name")["Par"] == {"name": "Par", "people": 1_440}


def test_a_table_of_rows_keeps_its_columns_without_any():
    made = Table.of_rows(("name", "people"), iter([("Ore", 1_738), ("Par", 1_440)]))
    assert made.columns == TOWNS.columns
    assert Table.of_rows(("name", "people"), []).columns == {"name": [], "people": []}


def test_columns_and_rows_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match=r"\[1, 2\] rows"):
        Table({"name": ["Ore", "Par"], "people": [1_738]})
    with pytest.raises(ValueError, match="shorter"):
        Table.of_rows(("name", "people"), [("Ore",), ("Par",)])
