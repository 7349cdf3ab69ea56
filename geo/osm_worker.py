"""Reads one OpenStreetMap file in a process of its own, for `geo.osm_native` (see `geo.bounded`).

Takes the file from standard input and a request: its format, "pbf" or "osm"; `tags`, pairs of key
and value of which an object has one; `keys`, further tags told of it; `letters`, how many of a
text are told; `most`, after how many objects it stops.

Writes a line of JSON for each point or area: ["way/10", tags, [longitude, latitude]], the point
on the area, or null where the lines of one do not make an area.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from typing import Any

import osmium
import shapely
from osmium.filter import TagFilter

from geo import bounded

FAULTS = (RuntimeError, ValueError, osmium.InvalidLocationError)


def lines(request: dict[str, Any]) -> Iterator[str]:
    """What is found in standard input, as JSON."""
    found = found_in(sys.stdin.buffer.read(), request)
    return map(json.dumps, itertools.islice(found, request["most"]))


def found_in(
    content: bytes, request: dict[str, Any]
) -> Iterator[tuple[str, dict[str, str], tuple[float, float] | None]]:
    """The points and areas of a file that have one of the tags asked for."""
    wanted = {(key, value) for key, value in request["tags"]}
    tag_filter = TagFilter(*wanted)
    shape_of = osmium.geom.WKBFactory()
    buffer = osmium.io.FileBuffer(content, request["format"])
    for found in osmium.FileProcessor(buffer).with_areas(tag_filter).with_filter(tag_filter):
        tags = {
            tag.k: tag.v[: request["letters"]]
            for tag in found.tags
            if (tag.k, tag.v) in wanted or tag.k in request["keys"]
        }
        if isinstance(found, osmium.osm.Node):
            yield f"node/{found.id}", tags, (found.location.lon, found.location.lat)
        elif isinstance(found, osmium.osm.Area):
            kind = "way" if found.from_way() else "relation"
            yield f"{kind}/{found.orig_id()}", tags, _point_on(shape_of, found)


def _point_on(
    shape_of: osmium.geom.WKBFactory, found: osmium.osm.Area
) -> tuple[float, float] | None:
    try:
        area = shapely.from_wkb(shape_of.create_multipolygon(found))
    except RuntimeError:
        return None
    point = area.point_on_surface()
    return None if point.is_empty else (point.x, point.y)


if __name__ == "__main__":
    bounded.serve(lines, FAULTS)
