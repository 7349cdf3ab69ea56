"""A reader's GeoJSON into a table of cells and points in degrees."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection
from typing import Any

import pandas as pd
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry import shape

from geo import letters
from geo.upload_text import MAX_COLUMNS, MAX_LETTERS, MAX_ROWS, UploadError

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError,
               RecursionError, shapely.errors.ShapelyError)  # fmt: skip
_MAX_DEGREES = 180
# A code of a published system, in any of its spellings. A definition written out in full is not
# read: it can name files on the server.
_SYSTEM = re.compile(r"(?:[A-Za-z]{2,12}[:0-9.]*|urn:[A-Za-z0-9:._-]+|https?://www\.opengis\.net/"
                     r"[A-Za-z0-9/._#-]+):*[A-Za-z0-9]*")  # fmt: skip
_WGS_84 = "World Geodetic System 1984"


def read_geojson(text: str) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[int, str]]]:
    """Rows of a FeatureCollection, Feature or geometry: (properties, points, left out).

    Properties have a text column each. Points have `number` (of the feature), `x` and `y` in
    degrees (WGS 84), or in metres where the file does not say and they cannot be degrees, and
    `metres`, whether so. Areas and lines stand at a point on them. What was left out is
    (number, reason). Raises `UploadError`.
    """
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise UploadError(
            "The file’s lists lie within each other thousands deep, which no map’s do."
        ) from error
    except ValueError as error:
        raise UploadError(f"This is not complete GeoJSON ({error}).") from error
    features = _features(document)
    if len(features) > MAX_ROWS:
        raise UploadError(f"The file has {len(features):,} features; the limit is {MAX_ROWS:,}.")
    transform = _to_degrees(document)
    rows, problems = [], []
    headings: dict[str, None] = {}
    for number, feature in enumerate(features, start=1):
        try:
            geometry = feature["geometry"]
            if geometry is None:
                raise ValueError("no geometry")
            x, y = _point_on(shape(geometry))
            if transform:
                x, y = transform.transform(x, y)
            if not (math.isfinite(x) and math.isfinite(y)):
                raise ValueError("not a number")
            properties = feature.get("properties") or {}
            # Before the table is made: it would have a cell for each property of each feature.
            _refuse_wide(headings, properties)
            cells = {_heading(key): _cell(value) for key, value in properties.items()}
            rows.append((number, x, y, cells))
            headings |= dict.fromkeys(cells)
        except _UNREADABLE:
            problems.append((number, "this feature has no geometry that can be read"))
    _refuse_wide(headings, ())
    cells = pd.DataFrame([cells for *_, cells in rows], index=range(len(rows)), dtype="object")
    if not rows and not problems:
        raise UploadError("The file has no features.")
    points = pd.DataFrame([row[:3] for row in rows], columns=["number", "x", "y"])
    points = points.astype({"number": "int64", "x": "float64", "y": "float64"})
    far = (points["x"].abs() > _MAX_DEGREES) & (points["y"].abs() > _MAX_DEGREES)
    points["metres"] = far & (transform is None)
    return cells.fillna("").astype("str"), points, problems


def _refuse_wide(headings: Collection[str], properties: Collection[str]) -> None:
    if max(len(headings), len(properties)) > MAX_COLUMNS:
        raise UploadError(
            f"The features have more than {MAX_COLUMNS} properties between them. Keep the name, "
            "the kind and where each place is."
        )


def _features(document: Any) -> list:
    if isinstance(document, dict):
        if isinstance(document.get("features"), list):
            return document["features"]
        if document.get("type") == "Feature":
            return [document]
        if "coordinates" in document or "geometries" in document:
            return [{"geometry": document, "properties": {}}]
    raise UploadError("This is JSON, but not GeoJSON: it has no features.")


def _to_degrees(document: dict) -> Transformer | None:
    """From the file's stated system to degrees; None where it is degrees or says nothing."""
    stated = document.get("crs")
    if not stated:
        return None
    try:
        name = str(stated["properties"]["name"])
        if len(name) > MAX_LETTERS or not _SYSTEM.fullmatch(name):
            raise ValueError(name[:MAX_LETTERS])
        system = CRS.from_user_input(name)
        if system.is_vertical or not (system.is_geographic or system.is_projected):
            raise ValueError(name)
        if system.is_geographic and system.datum and system.datum.name.startswith(_WGS_84):
            return None
        return Transformer.from_crs(system, 4326, always_xy=True)
    except (KeyError, TypeError, AttributeError, ValueError, ProjError) as error:
        raise UploadError(
            "The file's coordinate system is not known. Save it in WGS 84 (EPSG:4326)."
        ) from error


def _point_on(geometry: shapely.Geometry) -> tuple[float, float]:
    if geometry.is_empty:
        raise ValueError("empty geometry")
    if geometry.geom_type != "Point":
        geometry = geometry.point_on_surface()
    return geometry.x, geometry.y


def _heading(key: str) -> str:
    return letters.whole(key[:MAX_LETTERS])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    said = value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return letters.whole(said)
