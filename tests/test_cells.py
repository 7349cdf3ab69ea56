"""Small tables by column, by row and by a key, and a few rows of a wide one."""

import numpy as np
import pandas as pd
import pytest

from geo.cells import Columns, Table

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


NAMES = ["Ore", "Ynys Môn", None, "", "Par"] * 20
WIDE = pd.DataFrame({"name": pd.Series(NAMES, dtype="str"), "people": range(100)})


@pytest.mark.parametrize(
    "table", [WIDE, WIDE[7:], pd.concat([WIDE, WIDE]), WIDE[:0]],
    ids=["whole", "a part", "two in one", "empty"],
)  # fmt: skip
def test_texts_are_those_of_the_table_one_or_a_few_or_many(table):
    columns, expected = Columns(table), table["name"].tolist()
    for count in (0, 5, len(table)):
        rows = np.arange(len(table))[::-1][:count]
        assert _same(columns.at(rows)["name"].tolist(), [expected[row] for row in rows])
        assert _same([columns.at(row)["name"] for row in rows], [expected[row] for row in rows])
    assert _same(columns.at(slice(None))["name"].tolist(), expected)


def _same(found, expected):
    """Whether two lists of texts are alike: nothing is equal to a missing one, not even itself."""
    return [None if text is np.nan else text for text in found] == [
        None if pd.isna(text) else text for text in expected
    ]


def test_texts_of_several_rows_are_compared_one_by_one():
    cells = Columns(WIDE).at(np.array([0, 2, 4]))
    assert (cells["name"] == "Ore").tolist() == [True, False, False]
    assert cells["people"].tolist() == [0, 2, 4]
