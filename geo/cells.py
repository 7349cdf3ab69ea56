"""Some rows of a wide table, read cell by cell: to copy out a hundred columns takes far longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd


class Cells(Mapping[str, Any]):
    """One row of a table, or several: name of a column → its cell, or an array of its cells.

    `Columns.at` makes it. Read only, like the table.
    """

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: Mapping[str, Any], rows: int | slice | np.ndarray) -> None:
        self._columns, self._rows = columns, rows

    def __getitem__(self, name: str) -> Any:
        return self._columns[name][self._rows]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class Columns:
    """The columns of a table at hand. They are the table's own, not copies of them."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._columns = {
            name: column.to_numpy() if isinstance(column.dtype, np.dtype) else column.array
            for name, column in table.items()
        }

    def at(self, rows: int | slice | np.ndarray) -> Cells:
        """The row of that number, or the rows of those numbers."""
        return Cells(self._columns, rows)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A small table row by row: name of a column → its cell."""
    names = [str(name) for name in table]
    cells = zip(*(table[name].tolist() for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]
