"""The register of sources, and reading publishers' files against it.

`data/sources.toml` says for every file who published it, under what licence, and how many rows
it has. A file that is missing, cut short, or of another vintage raises `SourceError`, whose text
is one line: the file, what was expected, and where to get it.
"""

from __future__ import annotations

import hashlib
import re
import threading
import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from geo.build import checks, packed
from geo.build.checks import Fault, Figure

HASH_BLOCK_BYTES = 1 << 20
MAX_FAULT = 160
FIRST_ROW = 2

# What it raises to make a table of what a file may hold: a code that no other file knows, a code
# twice, a word for a number.
_UNUSABLE = (ValueError, LookupError, TypeError, ArithmeticError, RuntimeError, pa.ArrowException)


class SourceError(Exception):
    """A publisher's file is missing or is not what was expected; its text is one line."""


@dataclass(frozen=True)
class Source:
    """One file (or folder of like files, when `file` is a pattern) and who published it."""

    key: str
    title: str
    publisher: str
    vintage: str
    page: str
    licence: str
    licence_url: str
    attribution: str
    caveat: str
    file: str
    sha256: str
    rows: int
    tables: tuple[str, ...]


def load_register(path: Path) -> dict[str, Source]:
    """Read `sources.toml` into `Source`s by key.

    Raises `ValueError` where an entry lacks a field or has one that is not known.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    known = {field.name for field in fields(Source)} - {"key"}
    register = {}
    for key, entry in entries.items():
        if wrong := known.symmetric_difference(entry):
            raise ValueError(f"{path.name}: [source.{key}] lacks or misnames {sorted(wrong)}")
        register[key] = Source(key=key, **entry | {"tables": tuple(entry["tables"])})
    return register


def record_readings(text: str, readings: dict[str, tuple[str, int]]) -> str:
    """Put what was read into the register's text: key → (SHA-256, rows).

    Only the values of `sha256` and `rows` change; every other byte is kept.
    """
    lines = text.splitlines(keepends=True)
    key = None
    for number, line in enumerate(lines):
        if heading := re.match(r"\[source\.(\w+)\]", line):
            key = heading[1]
        elif key in readings and (field := re.match(r"(sha256|rows) = ", line)):
            sha256, rows = readings[key]
            value = f'"{sha256}"' if field[1] == "sha256" else f"{rows}"
            lines[number] = f"{field[1]} = {value}\n"
    return "".join(lines)


class Sources:
    """Publishers' files in one folder, read by their key in the register."""

    def __init__(self, root: Path, register: dict[str, Source]) -> None:
        self.root = Path(root)
        self.register = register
        self.readings: dict[str, tuple[str, int]] = {}
        # One step may run beside the others; each thread knows what its own step has opened.
        self._step = threading.local()

    @contextmanager
    def feeding(self, step: str) -> Iterator[None]:
        """Raise `SourceError`, naming what a step has read, where it cannot make use of that.

        A step that has read nothing lets its own errors through.
        """
        self._step.read = {}
        try:
            yield
        except _UNUSABLE as error:
            if not self._step.read:
                raise
            what = f"cannot make “{step}” of what it holds ({_in_words(error)})"
            *others, last = self._step.read
            if others:
                files = ", ".join(self.register[key].file for key in others)
                what += f"; or the fault is in {files}"
            self.fail(last, what, error)

    def paths(self, key: str) -> list[Path]:
        """The files of a source in order of name. Raises `SourceError` if there is none."""
        source = self.register[key]
        if hasattr(self._step, "read"):
            self._step.read[key] = None
        found = sorted(path for path in self.root.glob(source.file) if path.is_file())
        if not found:
            self.fail(key, "file is missing")
        return found

    def path(self, key: str) -> Path:
        """The file of a source. Raises `SourceError` if it is missing."""
        return self.paths(key)[0]

    def csv(
        self,
        key: str,
        columns: Iterable[Any] | None = None,
        rows: int | None = None,
        figures: Mapping[str, Figure] | None = None,
        **options,
    ) -> pd.DataFrame:
        """Read a CSV file (or several alike), all as strings but the columns of `figures`.

        Only an empty cell is missing: a place may be called "NA". `columns` must all be there.
        `rows` is by default the number in the register. Options go to `pandas.read_csv`.
        """
        figures = figures or {}
        dtypes: defaultdict[str, str | type] = defaultdict(lambda: str)
        dtypes |= {column: figure.dtype for column, figure in figures.items()}
        options = {
            "encoding": "utf-8-sig",
            "keep_default_na": False,
            "na_values": [""],
            "low_memory": False,
        } | options

        def read(path: Path, most: int) -> pd.DataFrame:
            content = packed.delimited(path, most)
            try:
                return pd.read_csv(BytesIO(content), dtype=dtypes, **options)
            except (ValueError, OverflowError):
                # A word for a number: read once more as it stands, to say where.
                there = pd.read_csv(BytesIO(content), dtype=str, **options)
                self.figures(key, there, {k: f for k, f in figures.items() if k in there})
                raise

        frame = self._read(key, read, columns, rows)
        self.figures(key, frame, figures)
        return frame

    def parquet(
        self, key: str, columns: Iterable[str] | None = None, rows: int | None = None
    ) -> pd.DataFrame:
        """Read the named columns of a Parquet file without geometry."""
        wanted = None if columns is None else list(columns)

        def read(path: Path, most: int) -> pd.DataFrame:
            return pd.read_parquet(packed.parquet(path, most), columns=wanted)

        return self._read(key, read, wanted, rows)

    def geo(
        self, key: str, columns: Iterable[str] | None = None, rows: int | None = None, **options
    ) -> gpd.GeoDataFrame:
        """Read GeoParquet, or GeoJSON (also packed), with its geometry.

        Options go to `geopandas.read_file`.
        """

        def read(path: Path, most: int) -> gpd.GeoDataFrame:
            if path.suffix == ".parquet":
                return gpd.read_parquet(packed.parquet(path, most))
            return gpd.read_file(BytesIO(packed.geojson(path, most)), **options)

        wanted = None if columns is None else [*columns, "geometry"]
        frame = self._read(key, read, wanted, rows)
        self.expect(key, frame.crs is not None, "shapes whose coordinate system it states")
        self._refuse(key, checks.wrong_shape(frame.to_crs("EPSG:4326")))
        return frame

    def excel(
        self,
        key: str,
        sheet: str,
        columns: Iterable[Any] | None = None,
        rows: int | None = None,
        **options,
    ) -> pd.DataFrame:
        """Read one sheet of a workbook. Options go to `pandas.read_excel`."""

        def read(path: Path, most: int) -> pd.DataFrame:
            content = BytesIO(packed.workbook(path, most, sheet))
            return pd.read_excel(content, sheet_name=sheet, **options)

        return self._read(key, read, columns, rows)

    def expect(self, key: str, condition: bool, expected: str) -> None:
        """Raise `SourceError` unless the condition holds: a probe for the right vintage."""
        if not condition:
            self.fail(key, f"expected {expected}")

    def figures(self, key: str, frame: pd.DataFrame, figures: Mapping[str, Figure]) -> None:
        """Raise `SourceError` at the first cell of a source's rows that is no such figure."""
        self._refuse(key, checks.wrong_figure(frame, figures), frame)

    def codes(
        self,
        key: str,
        frame: pd.DataFrame,
        column: str,
        known: Collection[str],
        expected: str,
        once: bool = False,
    ) -> None:
        """Raise `SourceError` at the first cell that is blank, not known, or there before."""
        self._refuse(key, checks.unknown_code(frame, column, known, expected), frame)
        if once:
            self._refuse(key, checks.code_twice(frame, column), frame)

    def fits(
        self, key: str, frame: pd.DataFrame, column: str, fitting: pd.Series, expected: str
    ) -> None:
        """Raise `SourceError` at the first cell that does not fit, row for row."""
        self._refuse(key, checks.unfit(frame, column, fitting, expected), frame)

    def filled(self, key: str, frame: pd.DataFrame, columns: Collection[str]) -> None:
        """Raise `SourceError` at the first blank cell of columns of text."""
        self._refuse(key, checks.blank_cell(frame, columns), frame)

    def codes_in(self, key: str, column: str) -> set[str]:
        """The codes of a file that feeds no table and is read to check others against."""
        frame = self.csv(key, [column])
        del self.readings[key]
        return set(frame[column])

    def _refuse(self, key: str, fault: Fault | None, frame: pd.DataFrame | None = None) -> None:
        if fault is None:
            return
        # As a spreadsheet counts: rows from 1, and the first of them has the headings.
        label = fault.row if frame is None else frame.index[fault.row]
        where = f"row {label + FIRST_ROW:,}, column “{fault.column}”"
        self.fail(key, f"{where}: expected {fault.expected}, found {fault.found}")

    def fail(self, key: str, what: str, cause: Exception | None = None) -> NoReturn:
        """Raise `SourceError` for a source, in one line."""
        source = self.register[key]
        line = (
            f"{source.file}: {what}. It should be {source.title} ({source.publisher}, "
            f"{source.vintage}); get it from {source.page}"
        )
        raise SourceError(" ".join(line.split())) from cause

    def _read(
        self,
        key: str,
        read: Callable[[Path, int], pd.DataFrame],
        columns: Iterable[Any] | None,
        rows: int | None,
    ) -> pd.DataFrame:
        paths = self.paths(key)
        expected = self.register[key].rows if rows is None else rows
        most = packed.most_bytes(expected)
        parts = []
        for path in paths:
            try:
                part = read(path, most)
            except packed.TooMuchError as error:
                self.fail(key, f"{path.name} {error}")
            except packed.UNREADABLE as error:
                self.fail(key, f"{path.name} cannot be read, it may be cut short ({error})")
            parts.append(part if len(paths) == 1 else part.assign(source_file=path.stem))
        frame = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
        if columns is not None:
            columns = list(columns)
            if missing := [column for column in columns if column not in frame.columns]:
                self.fail(key, f"expected the columns {missing}")
            if twice := [column for column in columns if f"{column}.1" in frame.columns]:
                self.fail(key, f"expected each column once, not {twice} twice")
            frame = frame[columns + (["source_file"] if len(parts) > 1 else [])]
        if expected and len(frame) != expected:
            self.fail(key, f"expected {expected:,} rows, found {len(frame):,}")
        self.readings[key] = (_sha256(paths), len(frame))
        return frame


def _in_words(error: Exception) -> str:
    """What kind of fault, and the first of its lines, short."""
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first[:MAX_FAULT]}"


def _sha256(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(HASH_BLOCK_BYTES):
                digest.update(block)
    return digest.hexdigest()
