"""A reader's file of text into rows of cells: encoding, delimiter, line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
# What a heading or a cell may say of a place; more is a mistake, or meant to take long.
MAX_LETTERS = 300
# Twenty and twelve to a row. Empty objects and lists weigh thirty times as much once they are read.
MAX_BRACES, MAX_BRACKETS = 1_000_000, 600_000

_DELIMITERS = ",;\t|"
_SNIFFED_LINES = 50
_COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard",
}
_WORKBOOK_PARTS = (b"xl/", b"[Content_Types].xml")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UploadError(Exception):
    """A file cannot be used at all; the text is for its owner and says what to do."""


def check_size(content: bytes) -> None:
    """Raise `UploadError` where a file is empty or larger than MAX_BYTES."""
    if not content.strip():
        raise UploadError("The file is empty.")
    if len(content) > MAX_BYTES:
        raise UploadError(
            f"The file is {len(content) / 1024**2:.1f} MB; the limit is "
            f"{MAX_BYTES // 1024**2} MB. Leave out the rows or columns you do not need."
        )


def check_brackets(content: bytes) -> None:
    """Raise `UploadError` where JSON has far more parts than a list of places needs."""
    if content.count(b"{") > MAX_BRACES or content.count(b"[") > MAX_BRACKETS:
        raise UploadError(
            "The file has more brackets than a list of places needs. Simplify its shapes to points."
        )


def refuse_packed(content: bytes) -> None:
    """Raise `UploadError` where a file is compressed, a workbook or some other binary."""
    if content.startswith(_OLD_WORKBOOK) or (
        content.startswith(b"PK") and any(part in content[:4096] for part in _WORKBOOK_PARTS)
    ):
        raise UploadError("This is a workbook. Save the sheet as CSV and upload that.")
    for start, name in _COMPRESSED.items():
        if content.startswith(start):
            raise UploadError(
                f"This file is compressed ({name}). Unpack it and upload the file inside."
            )
    if content.startswith(b"%PDF"):
        raise UploadError("This is a PDF. Upload the table as CSV or GeoJSON.")
    if content[:200].lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<"):
        raise UploadError("This is XML or a web page. Upload the table as CSV or GeoJSON.")


def decode(content: bytes) -> str:
    """Text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252, with or without a mark.

    Raises `UploadError` where it is not text.
    """
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None and b"\0" in content[:1000]:
        encoding = _unmarked_utf16(content[:1000])
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise UploadError("This file is not text. Save it as CSV in UTF-8.") from error
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UploadError("This file is not text. Save it as CSV in UTF-8.")
    return text


def _unmarked_utf16(start: bytes) -> str | None:
    """Which UTF-16 a file without a mark is in: every other byte of Latin letters is nought."""
    first, second = start[0::2].count(0), start[1::2].count(0)
    if min(first, second) > 0.1 * len(start) or max(first, second) < 0.3 * len(start):
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def read_rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]], list[tuple[int, str]]]:
    """Headings, rows as (line number, cells), and rows left out as (line number, reason).

    Blank rows are passed over; short rows are filled up. Line 1 holds the headings. Raises
    `UploadError` for too many rows or columns, or where there is no row.
    """
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    headings: list[str] = []
    rows, problems = [], []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            problems.append((line, f"this line cannot be read ({error})"))
            continue
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if not headings:
            headings = _headings(cells)
        elif len(cells) > len(headings) and any(cells[len(headings) :]):
            problems.append(
                (line, f"{len(cells)} cells under {len(headings)} headings: is a comma unquoted?")
            )
        else:
            rows.append((line, (cells + [""] * len(headings))[: len(headings)]))
            if len(rows) > MAX_ROWS:
                raise UploadError(
                    f"The file has more than {MAX_ROWS:,} rows. Upload it in parts, or only the "
                    "area you work in."
                )
    if not rows and not problems:
        raise UploadError(
            "The file has headings but no rows." if headings else "The file is empty."
        )
    return headings, rows, problems


def _headings(cells: list[str]) -> list[str]:
    if len(cells) > MAX_COLUMNS:
        raise UploadError(
            f"The file has {len(cells):,} columns; the limit is {MAX_COLUMNS}. Keep the name, "
            "the kind and where each place is."
        )
    while cells and not cells[-1]:
        cells = cells[:-1]
    seen: Counter[str] = Counter()
    headings = []
    for number, cell in enumerate(cells, start=1):
        heading = cell[:MAX_LETTERS] or f"column {number}"
        seen[heading] += 1
        headings.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return headings


def _delimiter(text: str) -> str:
    """The delimiter that gives the most columns on most of the first lines."""
    start = "\n".join(text[:200_000].splitlines()[:_SNIFFED_LINES])

    def columns(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(start), delimiter=delimiter) if row
            )
        except csv.Error:
            return 0, 0
        width, lines = widths.most_common(1)[0] if widths else (0, 0)
        return (lines, width) if width > 1 else (0, width)

    return max(_DELIMITERS, key=columns)
