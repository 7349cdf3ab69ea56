"""Tables as spreadsheets (XLSX): codes stay text, numbers stay numbers, sources on a sheet.

Text is written as text and marked as such, so that none of it runs as a formula, not even when a
reader edits the cell.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date, datetime
from numbers import Integral, Real

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo import letters
from geo.build.register import Source
from geo.exports import Credit

MOST_ROWS = 1_048_575
# What a cell of the format may hold.
MOST_LETTERS = 32_767
_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT = 200
_REGISTER = ("title", "publisher", "vintage", "licence", "licence_url", "page", "caveat")


def xlsx_bytes(
    frame: pd.DataFrame, credit: Credit, sources: Sequence[Source] = (), sheet: str = "Table"
) -> bytes:
    """`frame` as a workbook of two sheets: the table, and its sources and licences.

    sources: for a line each with publisher, date and licence beside the credit's texts. sheet:
    name of the first. Dates are written as dates; a missing or infinite figure is an empty cell.
    Raises ValueError where there are more rows than a sheet holds.
    """
    if len(frame) > MOST_ROWS:
        raise ValueError(f"a sheet holds at most {MOST_ROWS:,} rows, not {len(frame):,}")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "remove_timezone": True}) as book:
        _Sheet(book, sheet).table(frame)
        _Sheet(book, "Sources and licences").credits(credit, sources)
        book.get_worksheet_by_name(sheet).activate()
    return buffer.getvalue()


class _Sheet:
    """One sheet being written, with the looks it needs."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        # Quote-prefixed: what the cell shows is text, whatever sign it starts with.
        self.text: Format = book.add_format({"quote_prefix": True, "num_format": "@"})
        self.wrapped = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "quote_prefix": True}
        )
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def table(self, frame: pd.DataFrame) -> None:
        """The frame with its headings frozen and columns wide enough."""
        for column, heading in enumerate(frame.columns):
            values = frame.iloc[:, column]
            self.sheet.write_string(0, column, _short(str(heading)), self.head)
            for row, value in enumerate(values.tolist(), start=1):
                self._cell(row, column, value)
            self.sheet.set_column(column, column, _width(str(heading), values))
        self.sheet.freeze_panes(1, 0)
        if len(frame.columns):
            self.sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)

    def _cell(self, row: int, column: int, value: object) -> None:
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, str):
            self.sheet.write_string(row, column, _short(value), self.text)
        elif value is None or value is pd.NA or value is pd.NaT:
            return
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value)
        elif isinstance(value, (Integral, Real)):
            if math.isfinite(value):
                self.sheet.write_number(row, column, value)
        elif isinstance(value, (date, datetime)):
            self.sheet.write_datetime(row, column, value, self.day)
        else:
            self.sheet.write_string(row, column, _short(str(value)), self.text)

    def credits(self, credit: Credit, sources: Sequence[Source]) -> None:
        """The attribution and licence texts, then a line for each source."""
        lines = [("Attribution", credit.source), ("Licence", credit.licence)]
        for row, (heading, words) in enumerate(lines):
            self.sheet.write_string(row, 0, heading, self.head)
            self.sheet.write_string(row, 1, _short(words), self.wrapped)
        self.sheet.set_column(0, 0, 40)
        self.sheet.set_column(1, 1, 70)
        if not sources:
            return
        self.sheet.set_column(2, len(_REGISTER) - 1, 32)
        for column, field in enumerate(_REGISTER):
            heading = field.replace("_", " ").capitalize()
            self.sheet.write_string(3, column, heading, self.head)
            for row, source in enumerate(sources, start=4):
                words = _short(getattr(source, field))
                self.sheet.write_string(row, column, words, self.wrapped)


def _short(text: str) -> str:
    text = letters.whole(text)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _width(heading: str, values: pd.Series) -> float:
    """A column's width in letters, from its heading's longest word and its first rows."""
    longest = max((len(str(value)) for value in values.head(_LOOKED_AT)), default=0)
    word = max((len(part) for part in heading.replace("_", " ").split()), default=0)
    return min(max(longest, word, _NARROWEST) + 2, _WIDEST)
