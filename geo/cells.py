"""Tables without what a frame takes: rows of a wide one read cell by cell, and small ones.

To copy out a hundred columns, or to make a frame for five rows, takes far longer than to fill it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Table:
    """A small table: name of a column → the cells of its rows. Readers share it: change nothing.

    It is as long as it has rows; without rows it is false. Raises ValueError where its columns are
    not of one length.
    """

    __slots__ = ("columns",)

    def __init__(self, columns: Mapping[str, list[Any]]) -> None:
        if len(lengths := set(map(len, columns.values()))) > 1:
            raise ValueError(f"columns of {sorted(lengths)} rows")
        self.columns = columns

    @classmethod
    def of_rows(cls, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
        """A table from its rows, each with a cell for every name."""
        cells = list(zip(*rows, strict=True)) or [()] * len(names)
        return cls({name: list(column) for name, column in zip(names, cells, strict=True)})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]

    def rows(self) -> list[dict[str, Any]]:
        """Row by row: name of a column → its cell."""
        cells = zip(*self.columns.values(), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in cells]

    def by(self, name: str) -> dict[Any, dict[str, Any]]:
        """The cell in one column, which no two rows share → that row."""
        return {row[name]: row for row in self.rows()}
