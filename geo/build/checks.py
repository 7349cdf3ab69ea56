"""What a column of a publisher's file may hold, and the first of its cells that holds otherwise.

One check for every step: figures are numbers within what can be, codes are codes that the tables
of areas (or a list of the publisher's) know, and neither is blank unless the publisher leaves
it so.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

MOST_SHOWN = 40
# Degrees that hold the United Kingdom: west, south, east, north. Just south of it, at 49.77, lies
# the origin of the National Grid, where degrees that are said to be metres end up.
KINGDOM = (-9.0, 49.8, 3.0, 61.5)


@dataclass(frozen=True)
class Figure:
    """What the figures of a column may be: a number from `least` to `most`, read as `dtype`.

    `words` stand for no figure, in any case; "" among them allows a blank cell.
    """

    least: float
    most: float
    dtype: str = "float"
    words: frozenset[str] = frozenset()

    def __str__(self) -> str:
        kind = "a whole number" if self.dtype.casefold().startswith("int") else "a number"
        return f"{kind} from {self.least:,} to {self.most:,}"


LONGITUDE = Figure(KINGDOM[0], KINGDOM[2])
LATITUDE = Figure(KINGDOM[1], KINGDOM[3])
# Metres of the British National Grid.
EASTING, NORTHING = Figure(0, 700_000, "int32"), Figure(0, 1_300_000, "int32")
# More than this none of the figures that have no bounds of their own comes near.
SCORE = Figure(-1_000, 1_000)
SHARE = Figure(0, 100)
PEOPLE = Figure(0, 100_000, "int64")


def rank(of: int, dtype: str = "int32") -> Figure:
    """A place among so many; places may be shared."""
    return Figure(1, max(of, 1), dtype)


@dataclass(frozen=True)
class Fault:
    """A cell that is not what was expected; `row` is its place in the frame."""

    row: int
    column: str
    expected: str
    found: str


def wrong_figure(frame: pd.DataFrame, figures: Mapping[str, Figure]) -> Fault | None:
    """The first cell of the columns that is no such figure; they hold numbers or their text."""
    for column, figure in figures.items():
        values = frame[column]
        words = values.isna().to_numpy(bool) & ("" in figure.words)
        if not pd.api.types.is_numeric_dtype(values):
            words = words | values.str.strip().str.casefold().isin(figure.words).to_numpy(bool)
            values = values.map(_number)
        numbers = values.to_numpy("float64", na_value=np.nan)
        fits = (numbers >= figure.least) & (numbers <= figure.most)
        if figure.dtype.casefold().startswith("int"):
            fits &= np.isfinite(numbers) & (np.floor(numbers) == numbers)
        if fault := unfit(frame, column, fits | words, str(figure)):
            return fault
    return None


def unknown_code(
    frame: pd.DataFrame, column: str, known: Collection[str], expected: str
) -> Fault | None:
    """The first cell of a column that is blank or not among the codes that are known."""
    if set(frame[column].unique()) <= set(known):
        return None
    return unfit(frame, column, frame[column].isin(list(known)), expected)


def code_twice(frame: pd.DataFrame, column: str) -> Fault | None:
    """The first cell of a column that an earlier row has too."""
    return unfit(frame, column, ~frame[column].duplicated(), "each once")


def blank_cell(frame: pd.DataFrame, columns: Collection[str]) -> Fault | None:
    """The first cell of the columns that holds nothing but white space."""
    for column in columns:
        fault = unfit(frame, column, frame[column].fillna("").str.strip() != "", "a text")
        if fault:
            return fault
    return None


def wrong_shape(frame: gpd.GeoDataFrame) -> Fault | None:
    """The first shape that is missing, empty or not in the United Kingdom, told in degrees."""
    bounds = frame.geometry.bounds.to_numpy()
    west, south, east, north = KINGDOM
    inside = (bounds[:, :2] >= (west, south)).all(axis=1) & (bounds[:, 2:] <= (east, north)).all(
        axis=1
    )
    if inside.all():
        return None
    return Fault(int(np.argmin(inside)), "geometry", "a shape in the United Kingdom", "another")


def _number(text: str | float) -> float:
    """The number that a text is; not a number where it is none."""
    try:
        return float(text) if _plain(text) else math.nan
    except ValueError:
        return math.nan


def _plain(text: str | float) -> bool:
    """Whether a cell has no more than what figures are written with in every language."""
    return isinstance(text, str) and text.isascii() and "_" not in text


def unfit(
    frame: pd.DataFrame, column: str, fits: pd.Series | np.ndarray, expected: str
) -> Fault | None:
    """The first cell of a column that does not fit, row for row; None where all do."""
    if fits.all():
        return None
    row = int(np.argmin(np.asarray(fits, bool)))
    value = frame[column].iloc[row]
    found = "nothing" if pd.isna(value) or not str(value).strip() else _quoted(str(value))
    return Fault(row, str(column), expected, found)


def _quoted(text: str) -> str:
    """A cell's text, short, with whatever steers a terminal spelled out."""
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return f"“{shown if shown.isprintable() else ascii(shown)[1:-1]}”"
