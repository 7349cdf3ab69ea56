"""Bring your own: a reader's CSV or GeoJSON of places into assets, and what was wrong with it.

    table = read_table(content)                 # raises UploadError
    columns = guess_columns(table.headings)     # shown for confirmation
    placed = place_rows(table, columns, …)      # .assets, .problems

Nothing is kept: what is read here lives in the reader's session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.asset_kinds import KINDS
from geo.assets import to_assets
from geo.osm import OsmError, looks_like_osm, read_extract
from geo.placing import (
    NOWHERE,
    clean_postcode,
    settle_points,
    show_postcode,
    small_area_at,
    to_grid,
)
from geo.upload_columns import Columns, guess_columns, kind_from_text
from geo.upload_geojson import read_geojson
from geo.upload_text import (
    MAX_LETTERS,
    UploadError,
    check_brackets,
    check_size,
    decode,
    read_rows,
    refuse_packed,
)
from geo.venues import OTHER, RuleTable, kind_of, load_rules, tidy_name

SOURCE = "upload"
# Degrees that hold England with room around it, for telling swapped columns.
_LONGITUDES, _LATITUDES = (-9.0, 3.0), (49.0, 61.0)
_EASTINGS, _NORTHINGS = (1_000, 700_000), (1_000, 700_000)

__all__ = [
    "Columns", "Placed", "Problem", "Table", "UploadError", "guess_columns", "place_rows",
    "read_table",
]  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row: its line in the file (or number of the feature), and why.

    `kept` tells a remark on a row that was kept from a row that was left out.
    """

    line: int
    reason: str
    kept: bool = False


@dataclass(frozen=True)
class Table:
    """A reader's file as read.

    `rows` has a text column a heading; `lines` the line of each row. `points` has x, y and
    `metres` (else degrees) where the file has geometry. A place of an OpenStreetMap extract
    needs no name.
    """

    headings: tuple[str, ...]
    rows: pd.DataFrame
    lines: pd.Series
    problems: tuple[Problem, ...]
    points: pd.DataFrame | None = None
    is_osm: bool = False


@dataclass(frozen=True)
class Placed:
    """Assets of a file, its problems by line, and whether exchanging x and y would mend it."""

    assets: pd.DataFrame
    problems: tuple[Problem, ...]
    looks_swapped: bool = False

    @property
    def left_out(self) -> int:
        """How many rows were left out."""
        return sum(not problem.kept for problem in self.problems)


def read_table(content: bytes, rules: RuleTable | None = None) -> Table:
    """Read CSV, GeoJSON or an OpenStreetMap extract. Raises `UploadError`."""
    check_size(content)
    check_brackets(content)
    if looks_like_osm(content):
        return _osm_table(content, rules or load_rules())
    refuse_packed(content)
    text = decode(content)
    if text.lstrip()[:1] in ("{", "["):
        rows, points, problems = read_geojson(text)
        return Table(tuple(rows.columns), rows, points["number"], _problems(problems), points)
    headings, cells, problems = read_rows(text)
    rows = pd.DataFrame([row for _, row in cells], columns=headings, dtype="str")
    lines = pd.Series([line for line, _ in cells], dtype="int64")
    return Table(tuple(headings), rows, lines, _problems(problems))


def place_rows(
    table: Table,
    columns: Columns,
    *,
    find: Callable[[pd.Series], pd.DataFrame],
    shapes: gpd.GeoDataFrame,
    lsoa21_codes: pd.Series,
    kind: str | None = None,
    rules: RuleTable | None = None,
) -> Placed:
    """Place the rows of a file and turn the good ones into assets.

    `find` gives i, easting and northing (m) of clean postcodes, as `placing.find_postcodes`
    does; `shapes` are the small areas in EPSG:27700. `kind` is for rows whose kind the file does
    not say; without it the name decides. Points win over postcodes unless they stray.
    """
    rules = rules or load_rules()
    problems = _Notes(table.lines)
    names = _cells(table, columns.name).map(tidy_name)
    # A list of playgrounds may have no names; then the reader says what they all are.
    if not table.is_osm and (columns.name or not (columns.kind or kind)):
        problems.leave_out(names == "", "no name")
    problems.leave_out(names.str.startswith("="), "the name is a formula, not text")
    if columns.name:
        long = table.rows[columns.name].str.len() > MAX_LETTERS
        problems.remark(long, f"only the first {MAX_LETTERS} letters of the name were kept")

    points, swapped = _points(table, columns, problems)
    by_postcode, postcodes = _by_postcode(table, columns, points, find, problems)
    place, placed_by = settle_points(points, by_postcode)
    strayed = (placed_by == "postcode") & points["easting"].notna()
    problems.remark(strayed, "the point is far from the postcode; placed at the postcode")
    problems.leave_out(place["easting"].isna(), "no postcode and no coordinates")
    i = small_area_at(place["easting"], place["northing"], shapes)
    swapped |= _swapped_grid(place, i, shapes) & problems.good
    problems.leave_out(swapped, "easting and northing look swapped")
    problems.leave_out(pd.Series(i == NOWHERE), "outside England")

    kinds = _kinds(table, columns, names, kind, rules, problems)
    frame = pd.DataFrame(
        {"name": names, "kind": kinds, "postcode": postcodes.map(show_postcode), "i": i,
         "detail": "From your file", "line": table.lines}
    ).join(place)  # fmt: skip
    assets = to_assets(frame[problems.good], SOURCE, "up", lsoa21_codes)
    repeated = problems.good & ~frame["line"].isin(assets["line"])
    problems.leave_out(repeated, "the same name at the same place as an earlier row")
    every = (*table.problems, *problems.listed)
    return Placed(
        assets, tuple(sorted(every, key=lambda problem: problem.line)), bool(swapped.any())
    )


class _Notes:
    """What is wrong with each row: the first reason to leave it out, and remarks on the rest."""

    def __init__(self, lines: pd.Series) -> None:
        self.lines = lines
        self.good = pd.Series(True, index=lines.index)
        self.listed: list[Problem] = []

    def leave_out(self, rows: pd.Series, reason: str | pd.Series) -> None:
        self._list(rows, reason, kept=False)
        self.good &= ~rows

    def remark(self, rows: pd.Series, reason: str | pd.Series) -> None:
        self._list(rows, reason, kept=True)

    def _list(self, rows: pd.Series, reason: str | pd.Series, *, kept: bool) -> None:
        for row in np.flatnonzero(rows & self.good):
            text = reason if isinstance(reason, str) else reason[row]
            self.listed.append(Problem(int(self.lines[row]), text, kept))


def _problems(problems: list[tuple[int, str]]) -> tuple[Problem, ...]:
    return tuple(Problem(line, reason) for line, reason in problems)


def _osm_table(content: bytes, rules: RuleTable) -> Table:
    try:
        found, problems = read_extract(content, rules)
    except OsmError as error:
        raise UploadError(str(error)) from error
    if found.empty:
        raise UploadError(
            "This OpenStreetMap extract has no community centres, halls, libraries, places of "
            "worship, sports centres, playgrounds, parks or allotments."
        )
    points = found.rename(columns={"longitude": "x", "latitude": "y"})[["x", "y"]]
    lines = pd.Series(range(1, len(found) + 1))
    return Table(
        ("name", "kind"), found[["name", "kind"]], lines, _problems(problems),
        points.assign(metres=False), is_osm=True,
    )  # fmt: skip


def _cells(table: Table, heading: str | None) -> pd.Series:
    """A column's cells, each as far as anything is read from it; empty where there is none."""
    if heading is None:
        return pd.Series("", index=table.rows.index, dtype="str")
    return table.rows[heading].str.slice(0, MAX_LETTERS)


def _numbers(cells: pd.Series, what: str, problems: _Notes) -> pd.Series:
    """Numbers of text cells; a cell that is not a finite number is a problem, an empty one not."""
    numbers = pd.to_numeric(cells.where(cells != ""), errors="coerce").astype("float64")
    wrong = (cells != "") & ~np.isfinite(numbers)
    problems.leave_out(wrong, f"the {what} is not a number: " + cells.str.slice(0, 30))
    return numbers.where(~wrong)


def _points(table: Table, columns: Columns, problems: _Notes) -> tuple[pd.DataFrame, pd.Series]:
    """Easting and northing (m) of the rows that give a point, and which look swapped."""
    index = table.rows.index
    if table.points is not None:
        x, y, metres = (table.points[column] for column in ("x", "y", "metres"))
    elif columns.easting and columns.northing:
        x = _numbers(_cells(table, columns.easting), "easting", problems)
        y = _numbers(_cells(table, columns.northing), "northing", problems)
        metres = pd.Series(True, index=index)
    elif columns.longitude and columns.latitude:
        x = _numbers(_cells(table, columns.longitude), "longitude", problems)
        y = _numbers(_cells(table, columns.latitude), "latitude", problems)
        metres = pd.Series(False, index=index)
    else:
        nowhere = pd.DataFrame({"easting": np.nan, "northing": np.nan}, index=index)
        return nowhere, pd.Series(False, index=index)
    if columns.swap:
        x, y = y, x
    one = x.isna() ^ y.isna()
    problems.leave_out(one & problems.good, "one of the two coordinates is missing")
    given = x.notna() & y.notna()
    problems.leave_out(given & (x == 0) & (y == 0), "0, 0 stands for no place")
    degrees = given & ~metres
    swapped = degrees & x.between(*_LATITUDES) & y.between(*_LONGITUDES)
    problems.leave_out(swapped, "latitude and longitude look swapped")
    in_metres = degrees & x.between(*_EASTINGS) & y.between(*_NORTHINGS)
    problems.leave_out(in_metres, "a grid reference in metres stands under longitude and latitude")
    problems.leave_out(
        degrees & ((x.abs() > 180) | (y.abs() > 90)),
        "impossible coordinates: longitude runs from -180 to 180, latitude from -90 to 90",
    )
    in_degrees = given & metres & (x.abs() <= 180) & (y.abs() <= 180)
    problems.leave_out(in_degrees, "degrees stand under easting and northing")
    given &= problems.good
    easting, northing = to_grid(x.where(given & ~metres), y.where(given & ~metres))
    points = pd.DataFrame({"easting": easting, "northing": northing}, index=index)
    points = points.where(~metres, pd.DataFrame({"easting": x, "northing": y}))
    return points.where(given & np.isfinite(points).all(axis="columns")), swapped


def _swapped_grid(place: pd.DataFrame, i: np.ndarray, shapes: gpd.GeoDataFrame) -> pd.Series:
    """Which places outside England would be in it with easting and northing exchanged."""
    outside = place[i == NOWHERE]
    inside = small_area_at(outside["northing"], outside["easting"], shapes) != NOWHERE
    return pd.Series(inside, index=outside.index).reindex(place.index, fill_value=False)


def _by_postcode(
    table: Table,
    columns: Columns,
    points: pd.DataFrame,
    find: Callable[[pd.Series], pd.DataFrame],
    problems: _Notes,
) -> tuple[pd.DataFrame, pd.Series]:
    """The postcode's point of each row and its clean postcode; wrong ones are problems."""
    written = _cells(table, columns.postcode)
    clean = written.map(clean_postcode)
    places = find(clean)
    no_point = points["easting"].isna()
    wrong = (written != "") & (clean == "")
    unknown = (clean != "") & (places["i"] == NOWHERE)
    for rows_wrong, reason in (
        (wrong, "not a postcode: " + written.str.slice(0, 30)),
        (unknown, "postcode not found in England: " + clean.map(show_postcode)),
    ):
        problems.leave_out(rows_wrong & no_point, reason)
        problems.remark(rows_wrong & ~no_point, reason + "; placed by its coordinates")
    return places[["easting", "northing"]], clean.where(~unknown, "")


def _kinds(
    table: Table,
    columns: Columns,
    names: pd.Series,
    kind: str | None,
    rules: RuleTable,
    problems: _Notes,
) -> pd.Series:
    """Kind of each row: what the file says, else the one chosen, else what the name tells."""
    written = _cells(table, columns.kind)
    meaning = {text: kind_from_text(text, rules) for text in written.unique()}
    kinds = written.map(meaning)
    unknown = (kinds == OTHER) & (written.str.casefold() != OTHER)
    reason = "kind not known, counted as other: " + written.str.slice(0, 30)
    problems.remark(unknown & (written != ""), reason)
    missing = kinds == ""
    if kind in KINDS:
        return kinds.where(~missing, kind)
    kinds[missing] = names[missing].map(lambda name: kind_of(name, rules))
    return kinds
