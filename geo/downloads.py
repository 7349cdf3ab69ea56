"""What people can take away of a table, a map or a chart, and in which formats.

Nothing is made until a file is asked for. Each file says inside where its figures are from and
under which licence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo import briefing_pdf, chart_pictures, exports, print_key, spreadsheets
from geo.build.register import Source
from geo.charts import Drawing
from geo.exports import Credit
from geo.print_spec import MapSpec

CSV, XLSX, GEOJSON = "CSV", "Excel", "GeoJSON"
PNG, SVG = "PNG", "SVG"
_ENDINGS = {
    CSV: ("csv", "text/csv"),
    XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    GEOJSON: ("geojson", "application/geo+json"),
    PNG: ("png", "image/png"),
    SVG: ("svg", "image/svg+xml"),
}


@dataclass(frozen=True)
class File:
    """One file. label: what it is and its format ("The list as CSV"); make: its bytes."""

    label: str
    name: str
    mime: str
    make: Callable[[], bytes]


def _file(what: str, file_format: str, stem: str, make: Callable[[], bytes]) -> File:
    ending, mime = _ENDINGS[file_format]
    return File(f"{what} as {file_format}", f"common-ground-{stem}.{ending}", mime, make)


def table(
    what: str,
    stem: str,
    rows: Callable[[], pd.DataFrame],
    credit: Credit | None,
    sources: Sequence[Source] = (),
    *,
    shapes: Callable[[], gpd.GeoDataFrame] | None = None,
) -> tuple[File, ...]:
    """A table as CSV and Excel, and as GeoJSON where its rows lie somewhere.

    what: the table in a word or two. stem: of the files' names. credit: None where the rows say
    source and licence themselves. shapes: gives the rows with their outlines or points.
    """

    def workbook() -> bytes:
        made = rows()
        return spreadsheets.xlsx_bytes(made, credit or _own_credit(made), sources)

    files = [
        _file(what, CSV, stem, lambda: exports.csv_bytes(rows(), credit)),
        _file(what, XLSX, stem, workbook),
    ]
    if shapes:
        places = shapes

        def located() -> bytes:
            made = places()
            return exports.geojson_bytes(made, credit or _own_credit(made))

        files.append(_file(what, GEOJSON, stem, located))
    return tuple(files)


def _own_credit(rows: pd.DataFrame) -> Credit:
    """The sources and licences that rows name themselves, each once; else the reader's own."""
    if not {"source", "licence"} <= set(rows.columns):
        return Credit("Your own file", "Not stated")
    texts = (dict.fromkeys(part for text in rows[column].dropna() for part in text.split(" | "))
             for column in ("source", "licence"))  # fmt: skip
    return Credit(*(" | ".join(found) for found in texts))


def points(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Rows with easting and northing as points on the National Grid."""
    places = gpd.points_from_xy(rows["easting"], rows["northing"])
    return gpd.GeoDataFrame(rows.drop(columns=["easting", "northing"]), geometry=places, crs=27700)


def picture_of_map(what: str, stem: str, spec: Callable[[], MapSpec]) -> tuple[File, ...]:
    """A map as PNG and SVG: title, key, scale bar, north and sources on the sheet."""
    return (
        _file(what, PNG, stem, lambda: briefing_pdf.map_png(spec())),
        _file(what, SVG, stem, lambda: print_key.map_svg(spec()).encode()),
    )


def picture_of_chart(
    what: str, stem: str, chart: Callable[[], Drawing | dict], title: str, credit: Credit
) -> tuple[File, ...]:
    """A chart as PNG and SVG with its title and sources. chart: on a white page, in dark ink."""

    def make(file_format: str) -> bytes:
        return chart_pictures.picture(chart(), title, credit, file_format)

    return (
        _file(what, PNG, stem, lambda: make("png")),
        _file(what, SVG, stem, lambda: make("svg")),
    )
