"""What a build writes: staged beside `data/` and `static/`, then renamed into place.

Until `commit` nothing under `data/` or `static/` changes, so a build that stops half-way leaves
the last good one as it was. One that is killed while it renames is finished by the next. The same
frames give the same bytes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Self

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COMPRESSION_LEVEL = 19
# A column with more distinct values than this share of its rows gains nothing by a dictionary.
MOSTLY_NEW = 0.2
_NUMBERS = (
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
    *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
    *(pa.float32(), pa.float64()),
)


class Frames(dict):
    """Tables by name: those built in this run, else those in `data/` from an earlier one."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._data_dir = data_dir

    def __missing__(self, name: str) -> pd.DataFrame:
        path = self._data_dir / f"{name}.parquet"
        schema = pq.read_schema(path)
        is_geo = b"geo" in (schema.metadata or {})
        self[name] = gpd.read_parquet(path) if is_geo else pd.read_parquet(path)
        return self[name]


class Output:
    """Where the steps of a build put their tables and files.

    A name is a path without its ending below `data/`: "small_areas", "assets/libraries".
    """

    def __init__(self, data_dir: Path, static_dir: Path) -> None:
        self._places = [(Path(place), _staging(place)) for place in (data_dir, static_dir)]
        self.data_dir = Path(data_dir)
        # Stands while everything is staged and not all of it is in place yet.
        self._whole = self._places[0][1] / ".whole"
        if self._whole.exists():
            self._rename()
        self.frames = Frames(self.data_dir)
        self.discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        if not self._whole.exists():
            self.discard()

    def table(
        self,
        name: str,
        frame: pd.DataFrame,
        *,
        column_encoding: dict[str, str] | None = None,
        row_group_size: int | None = None,
        compression_level: int = COMPRESSION_LEVEL,
        metadata: dict[str, str] | None = None,
    ) -> None:
        """Stage a table as Parquet, and keep it in `frames` for later steps.

        Whole numbers of 64 bits are kept in 32 when they fit (never less: rank × 100 must not
        overflow); a narrower type chosen by the caller stays. `metadata` goes in the schema.
        Raises ValueError where a figure is infinite.
        """
        for column, figures in frame.select_dtypes("floating").items():
            if np.isinf(figures.to_numpy(float, na_value=np.nan)).any():
                raise ValueError(f"an infinite figure in {name}, {column}")
        frame = _narrow(frame.reset_index(drop=True))
        self.frames[name] = frame
        table = pa.Table.from_pandas(frame, preserve_index=False)
        schema = pa.schema(
            [_plain_string(field) for field in table.schema],
            metadata={key: str(value) for key, value in (metadata or {}).items()} or None,
        )
        table = table.cast(schema)
        encoding = compact_encoding(table) if column_encoding is None else column_encoding
        pq.write_table(
            table,
            self.data_file(f"{name}.parquet"),
            compression="zstd",
            compression_level=compression_level,
            row_group_size=row_group_size,
            use_dictionary=[column for column in table.column_names if column not in encoding],
            column_encoding=encoding,
        )

    def geotable(self, name: str, frame: gpd.GeoDataFrame) -> None:
        """Stage a table with geometry as GeoParquet, and keep it in `frames`.

        Coordinates are columns of their own (GeoArrow), split into bytes: a fifth smaller than
        well-known binary and read in less than half the time.
        """
        frame = frame.reset_index(drop=True)
        self.frames[name] = frame
        plain = compact_encoding(pa.Table.from_pandas(frame.drop(columns=frame.geometry.name)))
        coordinates = dict.fromkeys(_coordinate_columns(frame), "BYTE_STREAM_SPLIT")
        frame.to_parquet(
            self.data_file(f"{name}.parquet"),
            index=False,
            geometry_encoding="geoarrow",
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            use_dictionary=[column for column in frame.columns if column not in plain],
            column_encoding=plain | coordinates,
        )

    def tables(self) -> dict[str, Path]:
        """Every table there will be, by name: those staged, and those kept from before."""
        found = {}
        for place in (self.data_dir, self._places[0][1]):
            for path in sorted(place.rglob("*.parquet")):
                found[path.relative_to(place).with_suffix("").as_posix()] = path
        return dict(sorted(found.items()))

    def data_file(self, relative: str) -> Path:
        """Path to write a file that is to stand at `data/<relative>`."""
        return _ready(self._places[0][1] / relative)

    def file(self, relative: str) -> Path:
        """Path to write a file that is to stand at `static/<relative>`."""
        return _ready(self._places[1][1] / relative)

    def commit(self) -> None:
        """Rename everything staged into place; files that were not made are kept."""
        _ready(self._whole).touch()
        self._rename()
        self.discard()

    def _rename(self) -> None:
        for place, staging in self._places:
            for path in sorted(staging.rglob("*")):
                if path.is_file() and path != self._whole:
                    os.replace(path, _ready(place / path.relative_to(staging)))

    def discard(self) -> None:
        """Remove what is staged."""
        for _, staging in self._places:
            shutil.rmtree(staging, ignore_errors=True)


def compact_encoding(table: pa.Table) -> dict[str, str]:
    """How to write each column that a dictionary would make larger; the others take one.

    Numbers that seldom repeat are split into their bytes, sorted codes are told by what differs
    from the one before. Over all tables that saves a third.
    """
    encoding = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        repeats = pc.count_distinct(column).as_py() < len(column) * MOSTLY_NEW
        if pa.types.is_string(column.type):
            text = column.to_pandas()
            if not column.null_count and not repeats and text.is_monotonic_increasing:
                encoding[name] = "DELTA_BYTE_ARRAY"
        elif not repeats and column.type in _NUMBERS:
            encoding[name] = "BYTE_STREAM_SPLIT"
    return encoding


def _coordinate_columns(frame: gpd.GeoDataFrame) -> list[str]:
    """What Parquet calls the columns that a geometry's coordinates go into."""
    arrow = frame.to_arrow(index=False, geometry_encoding="geoarrow", interleaved=False)
    field = pa.table(arrow).schema.field(frame.geometry.name)
    path, kind = field.name, field.type
    while pa.types.is_list(kind):
        path, kind = f"{path}.list.element", kind.value_type
    return [f"{path}.{axis.name}" for axis in kind]


def _staging(place: Path) -> Path:
    place = Path(place)
    return place.with_name(f"{place.name}.building")


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _narrow(frame: pd.DataFrame) -> pd.DataFrame:
    wide = [
        name
        for name, dtype in frame.dtypes.items()
        if dtype == "int64" and frame[name].abs().max() < 2**31
    ]
    return frame.astype(dict.fromkeys(wide, "int32"))


def _plain_string(field: pa.Field) -> pa.Field:
    return field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
