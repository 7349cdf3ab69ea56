"""Community assets in OpenStreetMap extracts: `.osm.pbf`, `.osm`, Overpass JSON and GeoJSON.

OpenStreetMap is made available under the Open Database Licence: what is read here must stay in
a table of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import shape

from geo import letters, osm_native
from geo.bounded import Bounds
from geo.osm_native import Limits, format_of
from geo.upload_text import MAX_ROWS
from geo.venues import RuleTable, kind_of

# The first row that fits gives the kind. Tags as https://wiki.openstreetmap.org/wiki/Map_features
# defines them; youth_centre as an amenity is older use, still on the map.
TAG_KINDS: tuple[tuple[Mapping[str, str], str], ...] = (
    ({"amenity": "library"}, "library"),
    ({"community_centre": "youth_centre"}, "youth_centre"),
    ({"amenity": "youth_centre"}, "youth_centre"),
    ({"community_centre": "village_hall"}, "hall"),
    ({"community_centre": "parish_hall"}, "hall"),
    ({"building": "village_hall"}, "hall"),
    ({"amenity": "community_centre"}, "community_hub"),
    ({"amenity": "social_centre"}, "community_hub"),
    ({"amenity": "social_club"}, "social_club"),
    ({"social_facility": "food_bank"}, "food_bank"),
    ({"amenity": "place_of_worship"}, "worship"),
    ({"leisure": "sports_centre"}, "sports_centre"),
    ({"leisure": "playground"}, "playground"),
    ({"leisure": "park"}, "park"),
    ({"landuse": "recreation_ground"}, "park"),
    ({"leisure": "recreation_ground"}, "park"),
    ({"landuse": "allotments"}, "allotments"),
)
TAG_KEYS = tuple(dict.fromkeys(key for tags, _ in TAG_KINDS for key in tags)) + ("access",)
# What is told of an object beside the tag that gives its kind.
_TOLD_KEYS = ("name", "access")
_NOT_OPEN = ("private", "no")
# A mapper's "community centre" is often a village hall or youth club by name.
_NAME_DECIDES = {"hall", "youth_centre"}

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError,
               RecursionError, shapely.errors.ShapelyError)  # fmt: skip
# An object's identifier, its tags and a point on it in degrees.
Found = tuple[str, Mapping[str, Any], shapely.Point]
_COLUMNS = ["osm_id", "name", "kind", "longitude", "latitude"]
# "relation/" and a number of 64 bits have 29 letters.
_MAX_ID_LETTERS = 40
_CUT_IT = "Cut the extract to the area you work in."
# While others read the page: a true extract of 20 MB unpacks to 45 and takes 190 MB and 3 s.
PAGE_LIMITS = Limits(100 << 20, Bounds(512 << 20, 30), MAX_ROWS)


class OsmError(Exception):
    """An extract cannot be read; the text says what to do."""


def kind_of_tags(tags: Mapping[str, Any], rules: RuleTable | None = None) -> str:
    """The kind of asset that an object's tags tell of, "" if none or not open to people.

    With `rules` a community centre whose name is that of a hall or youth club is one.
    """
    if tags.get("access") in _NOT_OPEN:
        return ""
    for wanted, kind in TAG_KINDS:
        if all(tags.get(key) == value for key, value in wanted.items()):
            if kind == "community_hub" and rules and isinstance(tags.get("name"), str):
                by_name = kind_of(tags["name"], rules)
                return by_name if by_name in _NAME_DECIDES else kind
            return kind
    return ""


def looks_like_osm(content: bytes) -> bool:
    """Whether a file is an OpenStreetMap extract, by its first bytes or its keys."""
    if format_of(content):
        return True
    start = content[:200_000]
    overpass = b'"elements"' in start and (b'"osm3s"' in start or b'"generator"' in start)
    tagged = b'"FeatureCollection"' in start and any(
        f'"{kind}/'.encode() in start for kind in ("node", "way", "relation")
    )
    return overpass or tagged


def read_extract(
    content: bytes, rules: RuleTable | None = None, limits: Limits = PAGE_LIMITS
) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Assets of an extract: (osm_id, name, kind, longitude, latitude; [(number, reason)]).

    Areas stand at a point inside them. The list has the objects left out, by their number in
    the file. Raises `OsmError` where the file is not an extract, is cut short or goes beyond
    `limits`; how much JSON takes, which is read in this process, follows from its size.
    """
    if format_of(content):
        found, problems = _read_native(content, limits)
    else:
        try:
            document = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise OsmError(f"This is not complete JSON ({error}).") from error
        if isinstance(document, dict) and isinstance(document.get("elements"), list):
            found, problems = _read_overpass(document["elements"])
        elif isinstance(document, dict) and isinstance(document.get("features"), list):
            found, problems = _read_geojson(document["features"])
        else:
            raise OsmError("This has neither Overpass elements nor GeoJSON features.")
    if len(found) > limits.places:
        raise OsmError(f"This file has more than {limits.places:,} places. {_CUT_IT}")
    rows = [
        (letters.whole(osm_id), letters.whole(_text(tags.get("name"))), kind, point.x, point.y)
        for osm_id, tags, point in found
        if (kind := kind_of_tags(tags, rules))
    ]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"name": "str"}), problems


def _text(value: object) -> str:
    """What JSON has under a key, where that is text or a number."""
    return str(value) if isinstance(value, str | int | float) else ""


def _point_in(geometry: shapely.Geometry) -> shapely.Point:
    point = geometry if geometry.geom_type == "Point" else geometry.point_on_surface()
    if point.is_empty:
        raise ValueError("empty geometry")
    return point


def _read_native(content: bytes, limits: Limits) -> tuple[list[Found], list[tuple[int, str]]]:
    found: list[Found] = []
    problems: list[tuple[int, str]] = []
    wanted = [pair for tags, _ in TAG_KINDS for pair in tags.items()]
    try:
        objects = osm_native.objects(content, wanted, _TOLD_KEYS, limits)
        for number, (osm_id, tags, point) in enumerate(objects, 1):
            if not kind_of_tags(tags):
                continue
            if point is None:
                problems.append((number, f"{osm_id} has no shape that can be read"))
            else:
                found.append((osm_id, tags, shapely.Point(point)))
        return found, problems
    except osm_native.Unreadable as error:
        raise OsmError(
            f"This OpenStreetMap file cannot be read; it may be cut short ({error})."
        ) from error
    except osm_native.TooMuch as error:
        raise OsmError(f"This file {error}. {_CUT_IT}") from error


def _read_overpass(elements: list) -> tuple[list[Found], list[tuple[int, str]]]:
    found: list[Found] = []
    problems: list[tuple[int, str]] = []
    for number, element in enumerate(elements, start=1):
        tags = element.get("tags") if isinstance(element, dict) else None
        if not isinstance(tags, dict) or not kind_of_tags(tags):
            continue
        try:
            point = _overpass_point(element)
        except _UNREADABLE:
            point = None
        if point is None:
            problems.append((number, 'no coordinates: ask Overpass for "out center;"'))
        else:
            osm_id = f"{_text(element.get('type'))}/{_text(element.get('id'))}"
            found.append((osm_id[:_MAX_ID_LETTERS], tags, point))
    return found, problems


def _overpass_point(element: dict) -> shapely.Point | None:
    place = element if "lat" in element else element.get("center")
    if place:
        return shapely.Point(float(place["lon"]), float(place["lat"]))
    if line := element.get("geometry"):
        corners = [(float(corner["lon"]), float(corner["lat"])) for corner in line]
        return shapely.Polygon(corners).point_on_surface() if len(corners) > 3 else None
    if box := element.get("bounds"):
        return shapely.box(
            *(float(box[side]) for side in ("minlon", "minlat", "maxlon", "maxlat"))
        ).centroid
    return None


def _read_geojson(features: list) -> tuple[list[Found], list[tuple[int, str]]]:
    found: list[Found] = []
    problems = []
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            continue
        nested = properties.get("tags")
        tags = properties | (nested if isinstance(nested, dict) else {})
        if not kind_of_tags(tags):
            continue
        osm_id = feature.get("id") or properties.get("@id") or properties.get("id") or number
        try:
            point = _point_in(shape(feature["geometry"]))
            found.append((_text(osm_id)[:_MAX_ID_LETTERS], tags, point))
        except _UNREADABLE:
            problems.append((number, "no geometry that can be read"))
    return found, problems
