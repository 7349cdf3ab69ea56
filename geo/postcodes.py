"""Postcodes: how they are written, and finding them without loading all 2.3 million."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.placing import clean_postcode, find_postcodes, show_postcode, to_degrees

COLUMNS = ["postcode", "i", "easting", "northing"]
# A district ("TN35"), a sector ("TN35 5") or all but the last letter ("TN35 5B").
_PARTIAL = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*([0-9][A-Z]?))?")
# Box that a share of postcodes lies in: a few are kept at a sorting office far away.
_OUTER_PERCENTILES = (1, 99)


@dataclass(frozen=True)
class Place:
    """A postcode and where it is. i: number of its small area; metres of EPSG:27700; WGS 84."""

    postcode: str
    i: int
    easting: int
    northing: int
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Extent:
    """Postcodes that begin alike: how many, the most central one, and the box they lie in.

    bbox is west, south, east, north in WGS 84 degrees.
    """

    beginning: str
    count: int
    centre: Place
    bbox: tuple[float, float, float, float]


def partial_postcode(text: str) -> tuple[str, str] | None:
    """The district and the rest of the beginning of a postcode in any case and spacing.

    "tn35 5" is ("TN35", "5"), "TN35" is ("TN35", ""); None where the text is no such thing.
    Without a space the district is as long as it can be: "M11" is M11, "M1 1" a part of M1.
    """
    spaced = " ".join(text.upper().split())
    found = _PARTIAL.fullmatch(spaced)
    return (found[1], found[2] or "") if found else None


class Postcodes:
    """Looks postcodes up in data/postcodes.parquet, reading one group of rows at a time.

    The file is sorted by postcode; the first and last of each group are in its footer, which is
    all that is kept in memory. Safe to share between threads. Raises OSError or ValueError
    where the file is missing or is not such a table.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._metadata = pq.read_metadata(self._path)
        names = self._metadata.schema.to_arrow_schema().names
        if names != COLUMNS:
            raise ValueError(f"{self._path.name} has the columns {names}, not {COLUMNS}")
        groups = range(self._metadata.num_row_groups)
        statistics = [self._metadata.row_group(group).column(0).statistics for group in groups]
        self._last = [group.max for group in statistics]

    def __len__(self) -> int:
        return self._metadata.num_rows

    def find(self, text: str) -> Place | None:
        """The postcode written in any case and spacing, or None where there is none."""
        clean = clean_postcode(text)
        rows = list(self._rows(clean, clean)) if clean else []
        return _place(rows[0]) if rows else None

    def find_many(self, clean: pd.Series) -> pd.DataFrame:
        """i, easting and northing (m) of clean postcodes; see `geo.placing.find_postcodes`.

        Each group of rows that holds one of them is read once: some 0.2 s for thousands.
        """
        wanted = sorted({postcode for postcode in clean if postcode})
        groups = sorted({bisect_left(self._last, postcode) for postcode in wanted})
        groups = [group for group in groups if group < len(self._last)]
        with pq.ParquetFile(self._path, metadata=self._metadata) as file:
            rows = file.read_row_groups(groups, columns=COLUMNS)
        known = rows.filter(pc.is_in(rows["postcode"], pa.array(wanted, pa.string())))
        return find_postcodes(clean, known.to_pandas())

    def extent(self, district: str, rest: str = "") -> Extent | None:
        """Where the postcodes of a district lie, or of the part of it that goes on with `rest`.

        "TN35" and "5" are the sector TN35 5. None where no postcode begins so.
        """
        beginning = district + rest
        length = len(district) + 3
        rows = [row for row in self._rows(beginning, beginning + "ZZZ") if len(row[0]) == length]
        if not rows:
            return None
        names, numbers, *points = zip(*rows, strict=True)
        return extent_of(f"{district} {rest}".strip(), names, numbers, np.array(points).T)

    def _rows(self, first: str, last: str) -> Iterator[tuple[str, int, int, int]]:
        """The rows from one postcode to another, both included."""
        group = bisect_left(self._last, first)
        # A file of its own each time: one that is being read cannot be shared between threads.
        with pq.ParquetFile(self._path, metadata=self._metadata) as file:
            while group < len(self._last):
                table = file.read_row_group(group, columns=COLUMNS)
                names = table["postcode"]
                chosen = pc.and_(pc.greater_equal(names, first), pc.less_equal(names, last))
                columns = table.filter(chosen).to_pydict()
                yield from zip(*columns.values(), strict=True)
                if self._last[group] >= last:
                    return
                group += 1


def extent_of(
    beginning: str, postcodes: Sequence[str], numbers: Sequence[int], points: np.ndarray
) -> Extent:
    """Box and most central of some postcodes, their small areas' numbers and points (n × 2, m)."""
    middle = np.median(points, axis=0)
    central = int(np.argmin(((points - middle) ** 2).sum(axis=1)))
    easting, northing = (int(metres) for metres in points[central])
    centre = _place((postcodes[central], int(numbers[central]), easting, northing))
    low, high = np.percentile(points, _OUTER_PERCENTILES, axis=0)
    corners = to_degrees([low[0], high[0], low[0], high[0]], [low[1], low[1], high[1], high[1]])
    (west, east), (south, north) = ((float(side.min()), float(side.max())) for side in corners)
    return Extent(beginning, len(points), centre, (west, south, east, north))


def _place(row: tuple[str, int, int, int]) -> Place:
    postcode, i, easting, northing = row
    longitude, latitude = to_degrees(easting, northing)
    return Place(show_postcode(postcode), i, easting, northing, float(longitude), float(latitude))
