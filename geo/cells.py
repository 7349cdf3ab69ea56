"""Tables without what a frame takes: rows of a wide one read cell by cell, and small ones.

To copy out a hundred columns, or to make a frame for five rows, takes far longer than to fill it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

# So many texts are read one by one faster than all at once.
_FEW = 30


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
        self._columns = {name: _column(column) for name, column in table.items()}

    def at(self, rows: int | slice | np.ndarray) -> Cells:
        """The row of that number, or the rows of those numbers."""
        return Cells(self._columns, rows)


def _column(column: pd.Series) -> Any:
    if isinstance(column.dtype, pd.StringDtype):
        return _Texts(column)
    return column.to_numpy() if isinstance(column.dtype, np.dtype) else column.array


class _Texts:
    """A column of texts. A few are read from its bytes: Arrow takes several times as long, and
    lets other threads in before it answers. A missing text is NaN."""

    __slots__ = ("_bytes", "_ends", "_is_missing", "_packed")

    def __init__(self, column: pd.Series) -> None:
        packed = pa.array(column)
        packed = packed.combine_chunks() if isinstance(packed, pa.ChunkedArray) else packed
        self._packed = packed.cast(pa.large_string())
        _, ends, content = self._packed.buffers()
        self._bytes = memoryview(content or b"")
        last = self._packed.offset + len(self._packed)
        self._ends = np.frombuffer(ends, dtype="int64", count=last + 1)[self._packed.offset :]
        self._is_missing = column.isna().to_numpy() if self._packed.null_count else None

    def __getitem__(self, rows: int | slice | np.ndarray) -> Any:
        if isinstance(rows, int | np.integer):
            return self._text(rows)
        if isinstance(rows, slice):
            rows = np.arange(len(self._packed))[rows]
        if len(rows) <= _FEW:
            texts = [self._text(row) for row in rows.tolist()]
        else:
            texts = self._packed.take(pa.array(rows)).to_pylist()
            texts = [np.nan if text is None else text for text in texts]
        return np.array(texts, dtype=object)

    def _text(self, row: int | np.integer) -> Any:
        if self._is_missing is not None and self._is_missing[row]:
            return np.nan
        return str(self._bytes[self._ends[row] : self._ends[row + 1]], "utf-8")


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
