"""Opening publishers' files without letting them unpack to more than anybody publishes.

A few kilobytes can hold gigabytes of nothing, and one far cell makes a sheet of billions. Whatever
a build reads goes through here and is measured as it is unpacked: what a header says of itself is
not believed.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from geo import bounded
from geo.osm_native import format_of

MIB = 1 << 20
# The largest file of the register unpacks to 69 MB, and the largest that feeds a table to 41 MB.
MOST_BYTES = 128 * MIB
# The heaviest rows of the register, outlines of neighbourhoods, take 2.3 kB each, unpacked; a
# workbook with a row a council on each of its sheets 4 kB.
ROW_BYTES = 8 << 10
SMALLEST_BYTES = MIB
# Readers make room for every heading in every line, and for every cell up to the furthest.
MOST_CELLS = 1 << 25
LINE_BYTES = MIB
# What a spreadsheet's own program holds.
CELL_LETTERS = 32_767
BLOCK_BYTES = MIB
# An extract of Rutland has 1.2 MB; it may have the places of 200 such.
MOST_EXTRACT_BYTES = 256 * MIB
# What reads JSON holds it whole, at up to 15 times its size and 230 bytes an object.
MOST_JSON_BYTES = 64 * MIB
MOST_BRACKETS = 3_000_000
# The directory of postcodes, the largest of the register, takes 0.4 s and 410 MB.
PARQUET_BOUNDS = bounded.Bounds(memory_bytes=1 << 30, seconds=60)

# What pandas, pyarrow, GDAL and the decompressors raise on a damaged or foreign file.
UNREADABLE = (
    OSError, EOFError, ValueError, KeyError, RuntimeError, MemoryError, zlib.error,
    zipfile.BadZipFile, pa.ArrowException,
)  # fmt: skip


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class TooMuchError(Exception):
    """A file holds more than the one expected could; its text follows the file's name."""


def most_bytes(rows: int) -> int:
    """How many bytes a file of so many rows (0 where that is not known) may unpack to."""
    return min(MOST_BYTES, SMALLEST_BYTES + rows * ROW_BYTES) if rows else MOST_BYTES


def unpacked(path: Path, most: int) -> bytes:
    """What a file holds, unpacked where it is a .gz, or a .zip of one file.

    Raises `TooMuchError` beyond `most` bytes, and what the unpackers raise where it is damaged.
    """
    if path.suffix == ".gz":
        with gzip.open(path) as stream:
            return _at_most(stream, most)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            inside = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(inside) != 1:
                raise ValueError(f"a .zip of {len(inside):,} files, expected one")
            with archive.open(inside[0]) as stream:
                return _at_most(stream, most)
    with path.open("rb") as stream:
        return _at_most(stream, most)


def extract(path: Path) -> bytes:
    """An OpenStreetMap extract, as `unpacked`; only where it has OpenStreetMap's own formats may
    it have more than a file of JSON.

    Raises `ValueError` where it begins as neither.
    """
    content = unpacked(path, MOST_EXTRACT_BYTES)
    if format_of(content):
        return content
    if content[:LINE_BYTES].lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1] != b"{":
        raise ValueError(".osm.pbf, .osm, Overpass JSON and GeoJSON begin otherwise")
    if len(content) > MOST_JSON_BYTES:
        raise TooMuchError(
            f"holds more than {MOST_JSON_BYTES / MIB:.0f} MB of JSON; as .osm.pbf it may have more"
        )
    if content.count(b"{") > MOST_BRACKETS or content.count(b"[") > MOST_BRACKETS:
        raise TooMuchError(
            f"has more than {MOST_BRACKETS:,} brackets; as .osm.pbf it may have more"
        )
    return content


def delimited(path: Path, most: int) -> bytes:
    """A file of lines with commas, as `unpacked`; also its lines and cells are bounded."""
    content = unpacked(path, most)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    first = min((at for at in map(content.find, (b"\n", b"\r")) if at >= 0), default=len(content))
    _refuse_cells(lines * (content.count(b",", 0, first) + 1))
    start = 0
    while len(content) - start > LINE_BYTES:
        end = max(content.rfind(mark, start, start + LINE_BYTES) for mark in (b"\n", b"\r"))
        if end < 0:
            raise TooMuchError(f"has a line of more than {LINE_BYTES // MIB} MB")
        start = end + 1
    return content


def geojson(path: Path, most: int) -> bytes:
    """A file of GeoJSON, as `unpacked`. Raises `ValueError` where it is of another format.

    Other formats that the reader knows may name files and addresses to read in their place.
    """
    content = unpacked(path, most)
    if not content.lstrip()[:1] == b"{":
        raise ValueError("not GeoJSON")
    return content


def workbook(path: Path, most: int, sheet: str) -> bytes:
    """A workbook's own bytes, once its parts have been unpacked and one of its sheets walked."""
    content = unpacked(path, most)
    left = most
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > most:
            raise _too_large(most)
        for entry in archive.infolist():
            with archive.open(entry) as stream:
                while block := stream.read(BLOCK_BYTES):
                    left -= len(block)
                    if left < 0:
                        raise _too_large(most)
    # Imported late: no step of the build reads a workbook, only tests of what it made do.
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    walked = book[sheet]
    walked.reset_dimensions()
    widest = 0
    for number, row in enumerate(walked.iter_rows(values_only=True), start=1):
        widest = max(widest, len(row))
        _refuse_cells(number * widest)
        if any(isinstance(cell, str) and len(cell) > CELL_LETTERS for cell in row):
            raise TooMuchError(f"has a cell of more than {CELL_LETTERS:,} letters")
    return content


def parquet(path: Path, most: int) -> Path:
    """The path of a Parquet file whose columns unpack to no more than that.

    What they say of themselves is looked at first; then they are unpacked and counted, one after
    the other, where the memory for it is bounded. Raises `TooMuchError`, and `ValueError` where
    the file is damaged.
    """
    with pq.ParquetFile(path) as file:
        about = file.metadata
        groups = [about.row_group(number) for number in range(about.num_row_groups)]
    _refuse_cells(about.num_rows * about.num_columns)
    if path.stat().st_size > most or sum(group.total_byte_size for group in groups) > most:
        raise _too_large(most)
    request = {"path": str(path), "most": most}
    try:
        (found,) = bounded.run("geo.build.parquet_worker", request, b"", PARQUET_BOUNDS)
    except bounded.BeyondBoundsError as error:
        raise TooMuchError(str(error)) from error
    except bounded.BrokenError as error:
        raise ValueError(str(error)) from error
    if int(found) > most:
        raise _too_large(most)
    return path


def _at_most(stream: _Stream, most: int) -> bytes:
    """All of a stream, read block by block so that no more than `most` is ever held."""
    blocks, left = [], most
    while block := stream.read(min(BLOCK_BYTES, left + 1)):
        left -= len(block)
        if left < 0:
            raise _too_large(most)
        blocks.append(block)
    return b"".join(blocks)


def _refuse_cells(cells: int) -> None:
    if cells > MOST_CELLS:
        raise TooMuchError(f"has room for more than {MOST_CELLS:,} cells")


def _too_large(most: int) -> TooMuchError:
    return TooMuchError(f"holds more than {most / MIB:.0f} MB, the most expected of it unpacked")
