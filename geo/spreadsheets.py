"""Tables as spreadsheets (XLSX): codes stay text, numbers stay numbers, sources on a sheet.

Text is written as text and marked as such, so that none of it runs as a formula, not even when a
reader edits the cell.
"""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from numbers import Real

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from geo import letters
from geo.build.register import Source
from geo.exports import Credit

MOST_ROWS = 1_048_575
# What a cell of the format may hold.
MOST_LETTERS = 32_767
_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT = 200
# Days are counted as if 1900 had been a leap year: before its end they are written as text.
_FIRST_YEAR, _DAY_NOUGHT = 1900, datetime(1899, 12, 30)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
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
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        table = book.add_worksheet(sheet, worksheet_class=_TableSheet)
        table.fill(frame, _Looks(book))
        _credits(book.add_worksheet("Sources and licences"), credit, sources, _Looks(book))
        table.activate()
    return buffer.getvalue()


class _Looks:
    """What cells look like. Quote-prefixed: what shows is text, whatever sign it starts with."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.text: Format = book.add_format({"quote_prefix": True, "num_format": "@"})
        self.wrapped = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "quote_prefix": True}
        )
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})


class _TableSheet(Worksheet):
    """A sheet of a long table. XlsxWriter's own way, a call a cell, takes six times as long."""

    _rows = pd.DataFrame()
    _text_end = _day_end = ""

    def fill(self, frame: pd.DataFrame, looks: _Looks) -> None:
        """The frame with its headings frozen and columns wide enough."""
        self._rows = frame
        self._text_end = f'" s="{looks.text._get_xf_index()}" t="inlineStr"><is><t'
        self._day_end = f'" s="{looks.day._get_xf_index()}"><v>'
        for column, heading in enumerate(frame.columns):
            self.write_string(0, column, _short(str(heading)), looks.head)
            self.set_column(column, column, _width(str(heading), frame.iloc[:, column]))
        self.freeze_panes(1, 0)
        if len(frame.columns):
            self.autofilter(0, 0, len(frame), len(frame.columns) - 1)

    def _write_dimension(self) -> None:
        if len(self._rows.columns):
            self.dim_rowmax = len(self._rows)
        super()._write_dimension()

    def _write_rows(self) -> None:
        self.dim_rowmax = 0
        super()._write_rows()
        columns = range(len(self._rows.columns))
        starts = [f'<c r="{xl_col_to_name(column)}' for column in columns]
        ends = [self._ends(self._rows.iloc[:, column]) for column in columns]
        for number, row in enumerate(zip(*ends, strict=True), start=2):
            cells = "".join(
                [f"{start}{number}{end}" for start, end in zip(starts, row, strict=True) if end]
            )
            self.fh.write(f'<row r="{number}">{cells}</row>')

    def _ends(self, values: pd.Series) -> Iterator[str]:
        """Each cell of a column after the number of its row; nothing where it is empty."""
        known: dict[str, str] = {}
        for value in values.tolist():
            if not isinstance(value, str):
                yield self._end(value)
                continue
            end = known.get(value)
            if end is None:
                end = known[value] = self._text(value)
            yield end

    def _end(self, value: object) -> str:
        if isinstance(value, np.generic):
            value = value.item()
        if value is None or value is pd.NA or value is pd.NaT:
            return ""
        if isinstance(value, bool):
            return f'" t="b"><v>{value:d}</v></c>'
        if isinstance(value, (int, float, Real)):
            return f'"><v>{value:.16G}</v></c>' if math.isfinite(value) else ""
        if isinstance(value, date) and value.year > _FIRST_YEAR:
            return f"{self._day_end}{_days(value):.10G}</v></c>"
        return self._text(str(value))

    def _text(self, text: str) -> str:
        shown = html.escape(_UNWRITABLE.sub(_coded, _short(text)), quote=False)
        return f'{self._text_end} xml:space="preserve">{shown}</t></is></c>'


def _credits(sheet: Worksheet, credit: Credit, sources: Sequence[Source], looks: _Looks) -> None:
    """The attribution and licence texts, then a line for each source."""
    lines = [("Attribution", credit.source), ("Licence", credit.licence)]
    for row, (heading, words) in enumerate(lines):
        sheet.write_string(row, 0, heading, looks.head)
        sheet.write_string(row, 1, _short(words), looks.wrapped)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 70)
    if not sources:
        return
    sheet.set_column(2, len(_REGISTER) - 1, 32)
    for column, field in enumerate(_REGISTER):
        heading = field.replace("_", " ").capitalize()
        sheet.write_string(3, column, heading, looks.head)
        for row, source in enumerate(sources, start=4):
            words = _short(getattr(source, field))
            sheet.write_string(row, column, words, looks.wrapped)


def _days(when: date) -> float:
    """The number that a spreadsheet has for a day, or a moment of it, by the clock it was read."""
    moment = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)
    return (moment.replace(tzinfo=None) - _DAY_NOUGHT) / timedelta(days=1)


def _coded(found: re.Match[str]) -> str:
    """A letter that XML cannot hold, or a text that reads like one so written, as Excel has it."""
    text = found.group()
    return f"_x005F{text}" if len(text) > 1 else f"_x{ord(text):04X}_"


def _short(text: str) -> str:
    text = letters.whole(text)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _width(heading: str, values: pd.Series) -> float:
    """A column's width in letters, from its heading's longest word and its first rows."""
    longest = max((len(str(value)) for value in values.head(_LOOKED_AT)), default=0)
    word = max((len(part) for part in heading.replace("_", " ").split()), default=0)
    return min(max(longest, word, _NARROWEST) + 2, _WIDEST)
