"""OpenStreetMap's own formats, binary (`.osm.pbf`) and XML (`.osm`), read as nothing else.

A file that a stranger sends is never shown to a reader that guesses its format: some formats
name other files on the server, and such a reader would open them.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from geo import bounded
from geo.bounded import Bounds

_BINARY_START = b"\n\tOSMHeader"
# XML that begins with the element <osm>, after a declaration and comments at most.
_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--.*?-->\s*)*<osm[\s/>]", re.DOTALL
)
_LOOKED_AT = 4_096
# A block holds some 8,000 objects.
_MOST_BLOCKS = 100_000
# What OpenStreetMap itself lets a tag hold is 255.
MAX_LETTERS = 300

# However many readers bring a file at once, no more than one takes that memory.
_one_at_a_time = threading.Lock()


class Unreadable(Exception):
    """A file is broken or cut short; the text says where, in one line."""


class TooMuch(Exception):
    """A file is larger than its reader has room for; the text goes on from "This file"."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may come to.

    `unpacked_bytes` of a .osm.pbf, what its reader may take, and `places` found in it.
    """

    unpacked_bytes: int
    reading: Bounds
    places: int


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
    total = at = blocks = 0
    while at < len(content):
        blocks += 1
        if blocks > _MOST_BLOCKS:
            raise Unreadable(f"it has more than {_MOST_BLOCKS:,} blocks")
        head_end = at + 4 + int.from_bytes(content[at : at + 4], "big")
        length = _field(content, at + 4, head_end, 3)
        total += _field(content, head_end, head_end + length, 2)
        at = head_end + length
    return total


def objects(
    content: bytes, tags: Iterable[tuple[str, str]], keys: Collection[str], limits: Limits
) -> Iterator[tuple[str, dict[str, str], tuple[float, float] | None]]:
    """Points and areas that have one of `tags`: ("way/10", tags, longitude and latitude).

    Of their tags those asked for are told, and those under `keys`. Areas are closed ways and
    relations, told by a point on them; it is None where the lines of one do not make an area, as
    in an extract that cuts it off at its edge. Raises Unreadable and TooMuch.
    """
    if unpacked_bytes(content) > limits.unpacked_bytes:
        raise TooMuch(f"unpacks to more than {limits.unpacked_bytes >> 20:,} MB")
    request = {
        "format": format_of(content),
        "tags": [*tags],
        "keys": [*keys],
        "letters": MAX_LETTERS,
        "most": limits.places + 1,
    }
    try:
        with _one_at_a_time:
            lines = bounded.run("geo.osm_worker", request, content, limits.reading)
    except bounded.BeyondBoundsError as error:
        raise TooMuch(str(error)) from error
    except bounded.BrokenError as error:
        raise Unreadable(str(error)) from error
    if len(lines) > limits.places:
        raise TooMuch(f"has more than {limits.places:,} places")
    for osm_id, told, point in map(json.loads, lines):
        yield osm_id, told, None if point is None else (point[0], point[1])


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
