"""OpenStreetMap's own formats, binary (`.osm.pbf`) and XML (`.osm`), read as nothing else.

A file that a stranger sends is never shown to a reader that guesses its format: some formats
name other files on the server, and such a reader would open them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import osmium
import shapely
from osmium.filter import KeyFilter

_BINARY_START = b"\n\tOSMHeader"
# XML that begins with the element <osm>, after a declaration and comments at most.
_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--.*?-->\s*)*<osm[\s/>]", re.DOTALL
)
_LOOKED_AT = 4_096


class Unreadable(Exception):
    """A file is broken or cut short; the text says where, in one line."""


def format_of(content: bytes) -> str:
    """ "pbf" or "osm" where a file is in one of these formats by its first bytes, else ""."""
    if content[:1] == b"\0" and _BINARY_START in content[:64]:
        return "pbf"
    return "osm" if _XML_START.match(content[:_LOOKED_AT]) else ""


def unpacked_bytes(content: bytes) -> int:
    """How many bytes the blocks of a `.osm.pbf` say they unpack to; 0 for any other format.

    A reader of the format refuses a block that unpacks to more than it says. Raises Unreadable
    where the blocks do not follow one another to the end. Method:
    https://wiki.openstreetmap.org/wiki/PBF_Format (a length of four bytes, a BlobHeader whose
    field 3 is the length of the Blob after it, whose field 2 is the size unpacked).
    """
    if format_of(content) != "pbf":
        return 0
    total = at = 0
    while at < len(content):
        head_end = at + 4 + int.from_bytes(content[at : at + 4], "big")
        length = _field(content, at + 4, head_end, 3)
        total += _field(content, head_end, head_end + length, 2)
        at = head_end + length
    return total


def objects(
    content: bytes, keys: Collection[str]
) -> Iterator[tuple[str, Mapping[str, str], shapely.Geometry | None]]:
    """Points and areas that have one of `keys`: ("way/10", tags, geometry in degrees).

    Areas are closed ways and relations; the geometry is None where the lines of one do not make
    an area, as in an extract that cuts it off at its edge. Raises Unreadable.
    """
    buffer = osmium.io.FileBuffer(content, format_of(content))
    wanted = KeyFilter(*keys)
    shape_of = osmium.geom.WKBFactory()
    try:
        for found in osmium.FileProcessor(buffer).with_areas(wanted).with_filter(wanted):
            if isinstance(found, osmium.osm.Node):
                place = shapely.Point(found.location.lon, found.location.lat)
                yield f"node/{found.id}", dict(found.tags), place
            elif isinstance(found, osmium.osm.Area):
                kind = "way" if found.from_way() else "relation"
                yield f"{kind}/{found.orig_id()}", dict(found.tags), _area(shape_of, found)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise Unreadable(" ".join(str(error).split())[:120]) from error


def _area(shape_of: osmium.geom.WKBFactory, found: osmium.osm.Area) -> shapely.Geometry | None:
    try:
        return shapely.from_wkb(shape_of.create_multipolygon(found))
    except RuntimeError:
        return None


def _field(content: bytes, at: int, end: int, wanted: int) -> int:
    """The whole number under one field of a message of Protocol Buffers, 0 where it has none."""
    if end > len(content):
        raise Unreadable(f"the block at byte {at:,} is cut short")
    while at < end:
        tag, at = _varint(content, at)
        value, at = _varint(content, at)
        if tag == wanted << 3:
            return value
        if tag & 7 == 2:  # so many bytes
            at += value
        elif tag & 7:
            raise Unreadable(f"the block at byte {at:,} is damaged")
    return 0


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 64, 7):
        if at >= len(content):
            break
        byte, at = content[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise Unreadable(f"the block at byte {at:,} is damaged")
