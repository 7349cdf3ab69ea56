"""Files that nobody sends by mistake, made in code: name → bytes, and one word of the refusal.

`REFUSED` cannot be used at all; `READ` are read, with what is wrong said row by row.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

from geo.upload_text import MAX_BYTES, MAX_ROWS

LON, LAT = 0.60216, 50.86029
HEAD = "name,postcode\n"
FULL = MAX_BYTES - 1_000
Made = Callable[[], bytes]

# Names that run, break out of what they stand in, or turn the text around them.
NAMES = (
    '<img src=x onerror="window.hit=1">',
    "</script><script>window.hit=2</script>",
    "javascript:window.hit=3",
    "' onmouseover='window.hit=4' \" onclick=\"window.hit=5\"",
    "${window.hit=6} {{7*7}} {% x %} `window.hit=7`",
    "[link](javascript:window.hit=8) **bold** $x^2$ :red[x] # head",
    "=HYPERLINK(1)",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "😀👩‍👩‍👧‍👦🏳️‍🌈 Café Ünïted",
    "مركز \u202egpj.exe\u202c \u2067שלום\u2069 \u200f",
    "bell \x07 escape \x1b[31m next \x85 line \u2028 separator \u2029 bom \ufeff",
    "Ｆｕｌｌ ‮ width \u0000".replace("\u0000", "") + "Z\u0351\u036b\u0343" * 20,
    "&lt;b&gt;entity&lt;/b&gt; &amp;amp;",
    "]]>--><!--<style>*{display:none}</style>",
    "DROP TABLE places; -- ' OR 1=1",
    "../../etc/passwd\\..\\con",
    "%s %n %00 \\u0000 \\x00",
)


def quoted(cells) -> str:
    """Cells of a CSV line."""
    return ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells)


def table(names=NAMES, kind: str = "library") -> bytes:
    """A CSV with a row a name, all at one postcode."""
    rows = "".join(f"{quoted([name])},{kind},TN35 5AA\n" for name in names)
    return f"name,kind,postcode\n{rows}".encode()


def feature(geometry: object, **properties: object) -> dict:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: object, **members: object) -> bytes:
    """A GeoJSON file of these features."""
    return json.dumps({"type": "FeatureCollection", "features": features} | members).encode()


def point(x: float = LON, y: float = LAT) -> dict:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [x, y]}


def nested(depth: int) -> dict:
    """A collection of geometries in a collection in a collection."""
    geometry: dict = point()
    for _ in range(depth):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    return geometry


def crs(name: object) -> dict:
    """A GeoJSON file's own statement of its coordinate system."""
    return {"crs": {"type": "name", "properties": {"name": name}}}


def in_crs(name: object, x: float = LON, y: float = LAT) -> bytes:
    """One place in a coordinate system that the file states."""
    return collection(feature(point(x, y), name="Hall"), **crs(name))


def zip_bomb(name: str = "a.csv", megabytes: int = 60) -> bytes:
    """A zip that unpacks to a thousand times its size."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as f,
    ):
        for _ in range(megabytes):
            f.write(bytes(1 << 20))
    return packed.getvalue()


def zip_called(name: str) -> bytes:
    """A zip whose first file's name stands in the first bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "name,postcode\nA,TN35 5AA\n")
    return packed.getvalue()


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def blob(kind: bytes, raw: bytes, claims: int | None = None) -> bytes:
    """One block of an .osm.pbf, packed, that says it unpacks to `claims` bytes."""
    packed = zlib.compress(raw, 9)
    size = len(raw) if claims is None else claims
    body = b"\x10" + _varint(size) + b"\x1a" + _varint(len(packed)) + packed
    head = b"\n" + _varint(len(kind)) + kind + b"\x18" + _varint(len(body))
    return struct.pack(">I", len(head)) + head + body


HEADER = blob(b"OSMHeader", b"\x22\x0eOsmSchema-V0.6\x22\x0aDenseNodes")


def pbf_bomb() -> bytes:
    """Blocks of 32 MB of nothing, each packed into 32 KB: 640 times what it weighs."""
    return HEADER + blob(b"OSMData", bytes(32 << 20)) * 100


def pbf_that_lies() -> bytes:
    """A block that unpacks to far more than it says."""
    return HEADER + blob(b"OSMData", bytes(24 << 20), claims=100) * 50


def _part(number: int, body: bytes) -> bytes:
    """One field of a message of Protocol Buffers that holds bytes."""
    return bytes([number << 3 | 2]) + _varint(len(body)) + body


def pbf_of_nodes(count: int, tags: int = 0, letters: int = 1) -> bytes:
    """Nodes at one spot, three bytes each, whose tags all have the same long key and value."""
    places = [_varint(start) + step * (count - 1) for start, step in
              ((2, b"\x02"), (1_017_200_000, b"\0"), (12_000_000, b"\0"))]  # fmt: skip
    dense = b"".join(map(_part, (1, 8, 9), places))
    dense += _part(10, (b"\1\2" * tags + b"\0") * count) if tags else b""
    texts = [_part(1, text) for text in (b"", b"k" * letters, b"v" * letters)]
    return HEADER + blob(b"OSMData", _part(1, b"".join(texts)) + _part(2, _part(2, dense)))


PARK = '<tag k="leisure" v="park"/>'


def osm_xml(inside: str, before: str = "") -> bytes:
    """An .osm file around `inside`."""
    return f'<?xml version="1.0"?>{before}<osm version="0.6">{inside}</osm>'.encode()


def million_laughs() -> bytes:
    """Entities of entities, after an element that looks like the first."""
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    node = (
        '<node id="1" lat="50" lon="0"><tag k="name" v="&a9;"/><tag k="leisure" v="park"/></node>'
    )
    return osm_xml(node, f"<!DOCTYPE osm [{''.join(lines)}]>")


def outside_entity() -> bytes:
    """An entity that would put a file of the server's into a name."""
    node = f'<node id="1" lat="50.87" lon="0.6">{PARK}&e;</node>'
    return osm_xml(node, '<!DOCTYPE osm [<!ENTITY e SYSTEM "file:///etc/hostname">]>')


def foreign_layer(path: str) -> bytes:
    """A description of another file on the server, dressed as an .osm file."""
    return (
        f'<OGRVRTDataSource><!-- <osm --><OGRVRTLayer name="points"><SrcDataSource>{path}'
        "</SrcDataSource><SrcLayer>secret</SrcLayer><GeometryType>wkbPoint</GeometryType>"
        '<GeometryField encoding="PointFromColumns" x="X" y="Y"/></OGRVRTLayer>'
        '<OGRVRTLayer name="multipolygons"><SrcDataSource>'
        f"{path}</SrcDataSource><SrcSQL>select osm_id, name, other_tags, name as amenity, name as "
        "leisure, name as landuse, name as building from secret where 1=0</SrcSQL></OGRVRTLayer>"
        "</OGRVRTDataSource>"
    ).encode()


def one_by_one(geometries) -> bytes:
    """A GeoJSON file of a feature for each geometry, and of things that are no feature."""
    return collection(*(feature(geometry, name="A") for geometry in geometries), 3, None, "x", [])


ODD_GEOMETRIES = (
    {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]},
    {"type": "MultiPolygon", "coordinates": [[[]]]},
    {"type": "LineString", "coordinates": [[0, 0]]},
    {"type": "Point", "coordinates": []},
    {"type": "Point", "coordinates": [None, "x"]},
    {"type": "Point", "coordinates": {"x": 1}},
    {"type": "Circle", "coordinates": [0, 0]},
    {"type": ["Point"], "coordinates": [0, 0]},
    [],
    3,
    "POINT (0 0)",
    {},
)

REFUSED: dict[str, tuple[Made, str]] = {
    "50 MB": (lambda: b"a,b\n" * (50 * 1024**2 // 4), "limit is 20 MB"),
    "zip bomb": (zip_bomb, "compressed"),
    "gzip bomb": (lambda: gzip.compress(bytes(30 << 20)), "compressed"),
    "zip named as OpenStreetMap": (lambda: zip_called("OSMHeader.csv"), "compressed"),
    "zip named as XML": (lambda: zip_called("<osm.csv"), "compressed"),
    "NUL bytes": (lambda: b"name,postcode\nA\0,TN35 5AA\n", "not text"),
    "NUL bytes late": (lambda: HEAD.encode() + b"A,TN35 5AA\n" * 500 + b"\0", "not text"),
    "nothing but NUL": (lambda: bytes(FULL), "not text"),
    "UTF-16 cut": (lambda: b"\xff\xfe" + "name,postcode\nA".encode("utf-16-le")[:-1], "not text"),
    "a million columns": (lambda: (",".join(["c"] * 1_000_000) + "\n1\n").encode(), "columns"),
    "a million properties": (
        lambda: collection(feature(point(), **{f"p{n}": 1 for n in range(500_000)})),
        "properties",
    ),
    "properties that never repeat": (
        lambda: collection(
            *(feature(point(), **{f"p{n}-{k}": 1 for k in range(9)}) for n in range(30_000))
        ),
        "properties",
    ),
    "too many rows": (lambda: HEAD.encode() + b"A,B\n" * (MAX_ROWS + 1), "rows"),
    "one quote that never ends": (
        lambda: (HEAD + '"' + "A,\n" * (FULL // 3)).encode(),
        "more than 50,000 rows",
    ),
    "JSON cut short": (lambda: collection(feature(point(), name="A"))[:-9], "not complete"),
    "JSON nested": (lambda: b"[" * 500_000, "within each other"),
    "JSON of millions of corners": (
        lambda: b'{"type":"Polygon","coordinates":[[' + b"[0.5,51.5]," * 700_000 + b"[0,51]]]}",
        "brackets",
    ),
    "JSON nested through": (lambda: b"[" * FULL, "brackets"),
    "JSON of empty lists": (
        lambda: b'{"features":[' + b"[]," * (FULL // 3 - 9) + b"[]]}",
        "brackets",
    ),
    "JSON of empty objects": (
        lambda: b'{"features":[' + b"{}," * (FULL // 3 - 9) + b"{}]}",
        "brackets",
    ),
    "JSON number of a million digits": (lambda: b'{"features":[' + b"9" * 1_000_000 + b"]}", "."),
    "JSON that is no map": (lambda: b'{"a": 1}', "no features"),
    "crs that is a file": (lambda: in_crs("/etc/passwd"), "coordinate system"),
    "crs that reads a file": (lambda: in_crs("+init=/etc/passwd:1"), "coordinate system"),
    "crs with a grid of its own": (
        lambda: in_crs("+proj=longlat +nadgrids=/etc/passwd +type=crs"),
        "coordinate system",
    ),
    "crs of heights": (lambda: in_crs("EPSG:5701"), "coordinate system"),
    "crs nested": (lambda: in_crs("GEOGCRS[" * 100_000), "coordinate system"),
    "crs of 20 MB": (lambda: in_crs("E" * FULL), "coordinate system"),
    "crs that is a number": (lambda: in_crs(27700), "coordinate system"),
    "pbf cut short": (lambda: HEADER[:-3], "cannot be read"),
    "pbf bomb": (pbf_bomb, "unpacks to"),
    "pbf that lies": (pbf_that_lies, "cannot be read"),
    # 32 KB and 5 KB that would take half a gigabyte and two.
    "pbf of nothing but nodes": (lambda: pbf_of_nodes(10_000_000), "of memory"),
    "pbf of one text told a million times": (lambda: pbf_of_nodes(100_000, 10, 1_000), "of memory"),
    "pbf of junk": (lambda: HEADER + blob(b"OSMData", b"\xff" * 1_000), "cannot be read"),
    "pbf of one endless block": (lambda: b"\0\0\xff\xff\n\tOSMHeader" + bytes(9), "cannot be read"),
    "xml cut short": (lambda: osm_xml('<node id="1" lat="50" lon="0">')[:-20], "cannot be read"),
    "million laughs": (million_laughs, "XML"),
    "outside entity": (outside_entity, "XML"),
    "entities inside": (lambda: osm_xml("<!DOCTYPE osm><node/>"), "cannot be read"),
    "another file on the server": (lambda: foreign_layer("/etc/hostname"), "XML"),
    "web page": (lambda: b"<!doctype html><title>Sign in</title>", "web page"),
    "xml nested": (lambda: osm_xml("<node>" * 2_000_000), "cannot be read"),
    "a workbook's insides": (lambda: zip_called("xl/workbook.xml"), "workbook"),
}

READ: dict[str, Made] = {
    "hostile names": table,
    "hostile kinds": lambda: "".join(
        ["name,kind,postcode\n", *(f"A,{quoted([name])},TN35 5AA\n" for name in NAMES)]
    ).encode(),
    "hostile headings": lambda: (
        quoted([*NAMES, "name", "postcode"]) + "\n" + "x," * len(NAMES) + "Hall,TN35 5AA\n"
    ).encode(),
    "half of a letter": lambda: (
        b'{"type":"Feature","geometry":{"type":"Point","coordinates":'
        b'[0.60216,50.86029]},"properties":{"name":"Hall \\ud83d","\\udc00":"\\ud800"}}'
    ),
    "Windows-1252": lambda: "name,postcode\nCafé – “Ore”,TN35 5AA\n".encode("cp1252"),
    "UTF-16": lambda: "name,postcode\nCafé,TN35 5AA\n".encode("utf-16"),
    "UTF-8 with bytes of another": lambda: HEAD.encode() + b"Caf\xc3\xa9 \xe9\xff\xfe,TN35 5AA\n",
    "Shift JIS": lambda: HEAD.encode() + "図書館,TN35 5AA\n".encode("shift_jis"),
    "NaN and infinity": lambda: (
        b"name,lat,lon\nA,nan,inf\nB,NaN,-Infinity\nC,1e999,1\nD,50.86029,0.60216\n"
    ),
    "JSON NaN and infinity": lambda: collection(
        feature(point(float("nan"), 1.0), name="A"), feature(point(1.0, float("inf")), name="B")
    ),
    "numbers too large": lambda: collection(feature(point(10**400, 10**400), name="A")),
    "axes swapped": lambda: collection(feature(point(LAT, LON), name="A")),
    "grid metres in degrees": lambda: b"name,lat,lon\nA,110000,582000\n",
    "OSGB in metres": lambda: in_crs("urn:ogc:def:crs:EPSG::27700", 582_000, 15_000),
    "web Mercator": lambda: in_crs("EPSG:3857", 67_000, 6_600_000),
    "a crs far away": lambda: in_crs("EPSG:2193", 1_750_000, 5_900_000),
    "geometry collections": lambda: one_by_one(map(nested, (1, 9, 90))),
    "a collection nested past reading": lambda: one_by_one([nested(300)]),
    "broken geometries": lambda: one_by_one(ODD_GEOMETRIES),
    "one cell of 19 MB": lambda: (HEAD + "A" * FULL).encode(),
    "cells of 130 KB": lambda: (HEAD + ("é " * 60_000 + ",TN35 5AA\n") * 100).encode(),
    "headings of 90 KB": lambda: (
        ",".join([*("x " * 45_000 + str(n) for n in range(190)), "name", "postcode"])
        + "\n"
        + "x," * 190
        + "Hall,TN35 5AA\n"
    ).encode(),
    "5,000 kinds": lambda: (
        "name,kind,postcode\n" + "".join(f"A,K{n * 7919} q,TN35 5AA\n" for n in range(5_000))
    ).encode(),
    "5,000 places at one postcode": lambda: (
        HEAD + "".join(f"Hall {n},TN35 5AA\n" for n in range(5_000))
    ).encode(),
    "200 columns, short rows": lambda: (
        ",".join(["name", "postcode", *(f"c{n}" for n in range(198))])
        + "\n"
        + "A,TN35 5AA\n" * 5_000
    ).encode(),
    "quotes": lambda: (HEAD + '"' * 100_001).encode(),
    "empty lines": lambda: (HEAD + "\n" * 1_000_000 + "A,TN35 5AA\n").encode(),
    "old line ends": lambda: b"name,postcode\rA,TN35 5AA\r",
}
