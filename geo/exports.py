"""Tables as files people take away: safe to open, and carrying their sources and licences.

A file is passed on without the page it came from, so each row says where it is from: a comment
above or below the table would be lost by the first program that sorts it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely
from pandas.api.types import is_numeric_dtype

from geo.build.register import Source

# A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Credit:
    """Where a table comes from: attribution texts and licences, ready to print."""

    source: str
    licence: str


def credit(sources: Mapping[str, Source], keys: Sequence[str]) -> Credit:
    """The attribution and licence of the sources with these keys of the register."""
    return Credit(
        source=" | ".join(dict.fromkeys(sources[key].attribution for key in keys)),
        licence=" | ".join(dict.fromkeys(sources[key].licence for key in keys)),
    )


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def csv_bytes(frame: pd.DataFrame, credit_: Credit | None) -> bytes:
    """`frame` as CSV: UTF-8 with a byte order mark, text that can't run as a formula.

    credit_: of the whole table, said in its first row: in each it would be nine tenths of a long
    file. None where the columns source and licence say it row by row.
    """
    text = frame.copy()
    if credit_:
        rest = [""] * (len(frame) - 1)
        text["source"] = [credit_.source, *rest][: len(frame)]
        text["licence"] = [credit_.licence, *rest][: len(frame)]
    for column in text.columns:
        if not is_numeric_dtype(text[column]):
            text[column] = text[column].map(_safe)
    buffer = io.StringIO()
    text.rename(columns=_safe).to_csv(buffer, index=False, lineterminator="\r\n")
    return buffer.getvalue().encode("utf-8-sig")


def geojson_bytes(frame: gpd.GeoDataFrame, credit_: Credit) -> bytes:
    """`frame` as GeoJSON in WGS 84 to 5 decimals (about 1 m), with source and licence at its head.

    Raises ValueError when the frame says no coordinate system.
    """
    if frame.crs is None:
        raise ValueError("the shapes say no coordinate system")
    placed = frame.to_crs(4326)
    shapes = shapely.to_geojson(shapely.set_precision(placed.geometry, 1e-5, mode="pointwise"))
    rows = placed.drop(columns=placed.geometry.name)
    # An object a line; a figure that is not finite is null, as JSON has no word for it.
    about = rows.to_json(
        orient="records", lines=True, force_ascii=False, double_precision=15, date_format="iso"
    )
    drawn = [shape if isinstance(shape, str) else "null" for shape in shapes]
    features = ",".join(
        f'{{"type":"Feature","properties":{properties},"geometry":{shape}}}'
        for properties, shape in zip(about.split("\n"), drawn, strict=False)
    )
    head = {"type": "FeatureCollection", "source": credit_.source, "licence": credit_.licence}
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f'{written[:-1]},"features":[{features}]}}'.encode()
