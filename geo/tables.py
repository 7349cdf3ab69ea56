"""The areas a view leaves, as a table for the screen and for files."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.areas import NEIGHBOURHOOD, SMALL_AREA

# Column, its heading on screen. Files keep the column's own name.
_COLUMNS = {
    "neighbourhood_name": "Neighbourhood",
    "name": "Small area",
    "council": "Council",
    "imd_decile": "Deprivation tenth (1 = most)",
    "imd_rank": "Deprivation rank",
    "cni_decile": "Community need tenth (1 = greatest)",
    "cni_rank": "Community need rank",
    "double": "Doubly disadvantaged",
    "library_m": "Nearest library, metres",
    "population_2022": "People, mid-2022",
    "ruc21_name": "Urban or rural",
    "code": "Code",
}
# Headings of the columns whose numbers run into thousands.
THOUSANDS = tuple(_COLUMNS[key] for key in ("imd_rank", "cni_rank", "library_m", "population_2022"))
_RECURRING = ("council", "ruc21_name")
CODES = {SMALL_AREA: "lsoa21_code", NEIGHBOURHOOD: "msoa21_code"}
SOURCES = ("iod2025", "cni2023", "population2022", "libraries", "onspd", "msoa_names", "ruc21_lsoa")


def headings(level: str) -> dict[str, str]:
    """Column → heading for the table of a level, in the order shown."""
    return {
        column: heading
        for column, heading in _COLUMNS.items()
        if column != "name" or level == SMALL_AREA
    }


def area_table(areas: pd.DataFrame, keep: np.ndarray, level: str) -> pd.DataFrame:
    """The rows that `keep` marks, most deprived first, with the columns of `headings`."""
    listed = areas.loc[keep, list(headings(level))].sort_values("imd_rank", kind="stable")
    return listed.reset_index(drop=True)


def on_screen(table: pd.DataFrame, level: str) -> pa.Table:
    """`area_table` as a browser takes it: with headings, and names that recur written once."""
    shown = pa.Table.from_pandas(table[list(headings(level))], preserve_index=False)
    columns = [
        column.dictionary_encode() if name in _RECURRING else column
        for name, column in zip(shown.column_names, shown.columns, strict=True)
    ]
    return pa.table(columns, names=list(headings(level).values()))


def with_shapes(table: pd.DataFrame, shapes: gpd.GeoDataFrame, code: str) -> gpd.GeoDataFrame:
    """`table` with each area's shape; `code` is the shapes' column of codes."""
    found = shapes.set_index(code).geometry.loc[table["code"]]
    return gpd.GeoDataFrame(table, geometry=found.to_numpy(), crs=shapes.crs)
