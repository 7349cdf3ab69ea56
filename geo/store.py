"""Opens data/ once and hands out its tables: the only reader of data/ in the running product.

Tables are shared by every reader of the app, so nothing that gets one may change it.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from geo import access, areas
from geo.build.register import Source, load_register
from geo.cells import Cells, Columns
from geo.postcodes import Postcodes
from geo.reached import REACHED
from geo.residents import Residents, locate_residents

DATA_DIR = Path(__file__).resolve().parent.parent / "data"


class DataError(Exception):
    """A table is missing or cannot be read; the text is one line for people."""


def opened(path: Path, read):
    """What `read` makes of a file of data/; raises DataError where it is missing or broken."""
    try:
        return read(path)
    except FileNotFoundError as error:
        raise DataError(
            f"data/{path.name} is missing. It is part of the product: restore it from the "
            "repository, or make it again with python -m geo.build."
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            f"data/{path.name} cannot be read ({type(error).__name__}). Restore it from the "
            "repository, or make it again with python -m geo.build."
        ) from error


class Store:
    """The tables of one data folder, each read when first asked for and kept.

    Raises DataError from any attribute whose file is missing or broken.
    """

    def __init__(self, data_dir: Path = DATA_DIR) -> None:
        self.data_dir = Path(data_dir)
        self._frames: dict[str, pd.DataFrame] = {}
        self._numbers: dict[tuple[str, str], dict[str, int]] = {}
        self._columns: dict[str, Columns] = {}
        self._lock = threading.RLock()

    def table(self, name: str) -> pd.DataFrame:
        """The table data/<name>.parquet as it was built; rows in the order of their code."""
        with self._lock:
            if name not in self._frames:
                self._frames[name] = self._read(name)
            return self._frames[name]

    def _read(self, name: str) -> pd.DataFrame:
        """A table, not kept: for what is kept in another form."""
        return opened(self.path(name), pd.read_parquet)

    def shapes(self, name: str) -> gpd.GeoDataFrame:
        """Shapes of one level in EPSG:27700 metres, row for row with that level's table."""
        with self._lock:
            key = f"shapes/{name}"
            if key not in self._frames:
                path = self.data_dir / "shapes" / f"{name}.parquet"
                self._frames[key] = opened(path, gpd.read_parquet)
            return self._frames[key]

    def table_names(self) -> tuple[str, ...]:
        """Every table in data/, as the name that `table` takes."""
        found = self.data_dir.rglob("*.parquet")
        return tuple(
            sorted(path.relative_to(self.data_dir).with_suffix("").as_posix() for path in found)
        )

    def rows(self, name: str) -> int:
        """How many rows a table has, without reading it."""
        path = self.data_dir / f"{name}.parquet"
        return opened(path, lambda file: pq.ParquetFile(file).metadata.num_rows)

    def column_names(self, name: str) -> list[str]:
        """The columns of a table, without reading it."""
        path = self.data_dir / f"{name}.parquet"
        return opened(path, lambda file: pq.read_schema(file).names)

    def path(self, name: str) -> Path:
        """Where a table's file is, for a download as it stands."""
        return self.data_dir / f"{name}.parquet"

    def access(self, kind: str, level: str = areas.SMALL_AREA) -> pd.DataFrame:
        """Distances from a level's postcodes to the nearest place of one kind, metres.

        Which place is nearest to an area's centre is in `nearest_places` alone.
        """
        with self._lock:
            key = f"access/{level}/{kind}"
            if key not in self._frames:
                self._frames[key] = self._distances(kind, level)
            return self._frames[key]

    def _distances(self, kind: str, level: str) -> pd.DataFrame:
        table = self.nearest_places(kind, level).drop(columns="nearest_asset_id")
        code = table.columns[0]
        codes = self.table("small_areas" if level == areas.SMALL_AREA else "neighbourhoods")[code]
        # The tables of all kinds share their codes, which are a third of what each takes.
        return table.assign(**{code: codes}) if table[code].equals(codes) else table

    def nearest_places(self, kind: str, level: str = areas.SMALL_AREA) -> pd.DataFrame:
        """The same with nearest_asset_id, read anew each time."""
        prefix = "neighbourhood_" if level == areas.NEIGHBOURHOOD else ""
        return self._read(f"access/{prefix}{kind}")

    def _toml(self, name: str) -> dict:
        def read(path: Path) -> dict:
            with path.open("rb") as file:
                return tomllib.load(file)

        return opened(self.data_dir / name, read)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The register by key: what each source is, who publishes it, under which licence."""
        return opened(self.data_dir / "sources.toml", load_register)

    @cached_property
    def columns(self) -> dict:
        """What each column of each table means."""
        return self._toml("columns.toml")

    @cached_property
    def postcodes(self) -> Postcodes:
        """Looks postcodes up without loading them all."""
        return opened(self.data_dir / "postcodes.parquet", Postcodes)

    def residents(self) -> Residents:
        """Where people live, from every postcode. Takes a few seconds: make it once and keep it."""
        path = self.path("postcodes")
        columns = ["i", "easting", "northing"]
        postcodes = opened(path, lambda file: pd.read_parquet(file, columns=columns))
        population = self.table("small_areas")["population_2022"]
        return locate_residents(access.distinct_points(postcodes), population)

    @property
    def libraries(self) -> pd.DataFrame:
        """Public libraries, open and closed since 2010."""
        return self.table("assets/libraries")

    @cached_property
    def small_areas(self) -> pd.DataFrame:
        """Small areas with their names, people, indices and access; see `areas.small_areas`."""
        return areas.small_areas(
            self.table("small_areas"),
            self.table("neighbourhoods"),
            self.table("councils"),
            self._read("deprivation"),
            self._read("community_needs"),
            {kind: self.access(kind) for kind in REACHED},
            self._read("rank_paths"),
        )

    @cached_property
    def neighbourhoods(self) -> pd.DataFrame:
        """Neighbourhoods likewise; see `areas.neighbourhoods`."""
        return areas.neighbourhoods(
            self.table("neighbourhoods"),
            self.table("councils"),
            self._read("neighbourhood_measures"),
            {kind: self.access(kind, areas.NEIGHBOURHOOD) for kind in REACHED},
            self._read("neighbourhood_paths"),
        )

    @cached_property
    def councils(self) -> pd.DataFrame:
        """Councils with their summaries of each index."""
        return self.table("councils").merge(
            self.table("council_measures"), on="ltla24_code", validate="1:1"
        )

    def level(self, level: str) -> pd.DataFrame:
        """The areas of one level, `areas.SMALL_AREA` or `areas.NEIGHBOURHOOD`."""
        return self.small_areas if level == areas.SMALL_AREA else self.neighbourhoods

    def area_number(self, code: str) -> int | None:
        """The row of a small area (E01…) or neighbourhood (E02…) in its level, by its code."""
        return self.numbers(areas.level_of(code), "code").get(code)

    def numbers(self, name: str, column: str) -> Mapping[str, int]:
        """Every code in a column of a table, or of a level's areas, with a row that has it."""
        with self._lock:
            key = name, column
            if key not in self._numbers:
                codes = self._rows(name)[column].tolist()
                self._numbers[key] = {code: number for number, code in enumerate(codes)}
            return self._numbers[key]

    def columns_of(self, name: str) -> Columns:
        """A table, or the areas of one level, to take a few rows from."""
        with self._lock:
            if name not in self._columns:
                self._columns[name] = Columns(self._rows(name))
            return self._columns[name]

    def _rows(self, name: str) -> pd.DataFrame:
        return self.level(name) if name in areas.LEVELS else self.table(name)

    def cells(self, name: str, column: str, code: str) -> Cells | None:
        """The row of a table that has a code in one of its columns; None where there is none."""
        row = self.numbers(name, column).get(code)
        return None if row is None else self.columns_of(name).at(row)

    def area(self, code: str) -> Cells:
        """One small area's or neighbourhood's row; KeyError where there is none."""
        row = self.area_number(code)
        if row is None:
            raise KeyError(code)
        return self.columns_of(areas.level_of(code)).at(row)

    def level_shapes(self, level: str) -> gpd.GeoDataFrame:
        """Their shapes, row for row."""
        return self.shapes("small_areas" if level == areas.SMALL_AREA else "neighbourhoods")
