"""Sources that unpack to far more than they weigh: refused while they are unpacked, in a line."""

import gzip
import io
import json
import resource
import struct
import tracemalloc
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_sources import MADE, copy_made, made_register, reregister

from geo.build import packed
from geo.build.register import SourceError, Sources

MIB = 1 << 20
ROWS = 10
TABLE = (MADE / "cni2023.csv").read_bytes()
WEIGHS_TOO_MUCH = "holds more than 1 MB"


def _zip(**files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def _claiming(archive: bytes, size: int) -> bytes:
    """The archive with another unpacked size of its last file, in its directory and before it."""
    changed = bytearray(archive)
    for mark, after in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, archive.rindex(mark) + after, size)
    return bytes(changed)


def _workbook(cells: dict[str, object]) -> bytes:
    book, whole = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "IMD"
    for place, value in cells.items():
        book.active[place] = value
    book.save(whole)
    return whole.getvalue()


def _workbook_and(name: str, content: bytes) -> bytes:
    whole = io.BytesIO(_workbook({"A1": "code"}))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


def _far_apart() -> bytes:
    """Two cells of a workbook with sixteen billion between them."""
    return _workbook({"XFD1": 1, "A1048576": 1})


def _long_cell() -> bytes:
    """A workbook with a cell that its own program could not hold, many rows may share it."""
    whole, changed = io.BytesIO(_workbook({"A1": "code"})), io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b">code<", b">" + b"c" * 40_000 + b"<"))
    return changed.getvalue()


def _parquet() -> bytes:
    whole = io.BytesIO()
    column = pa.array(np.zeros(3 * MIB, "int64"))
    pq.write_table(pa.table({"WD25CD": column}), whole, use_dictionary=False)
    return whole.getvalue()


def _written(column: pa.Array, **options) -> bytes:
    whole = io.BytesIO()
    pq.write_table(pa.table({"WD25CD": column}), whole, compression="zstd", **options)
    return whole.getvalue()


def _one_text_in_every_row(letters: int, rows: int, **options) -> bytes:
    """A column that says how long its one text is, and not how often it stands."""
    numbers = pa.array(np.zeros(rows, "int32"))
    column = pa.DictionaryArray.from_arrays(numbers, pa.array(["x" * letters]))
    return _written(column, **options)


def _each_text_as_the_one_before(letters: int, rows: int) -> bytes:
    return _written(
        pa.array(["x" * letters] * rows),
        use_dictionary=False,
        column_encoding={"WD25CD": "DELTA_BYTE_ARRAY"},
    )


def _one_list_without_end(numbers: int) -> bytes:
    values = pa.array(np.zeros(numbers, "int64"))
    return _written(pa.ListArray.from_arrays(pa.array([0, numbers], "int32"), values))


def _short_lines_below_many_headings() -> bytes:
    return ",".join(["h"] * 8_000).encode() + b"\n" + b"1\n" * 500_000


# What a file is called, what it holds, and what is said of it.
TOO_MUCH = {
    "gzip of zeros": ("bomb.csv.gz", lambda: gzip.compress(bytes(64 * MIB)), WEIGHS_TOO_MUCH),
    "gzip of gzips": (
        "bomb.csv.gz",
        lambda: gzip.compress(bytes(MIB)) * 64,
        WEIGHS_TOO_MUCH,
    ),
    "zip of zeros": ("bomb.zip", lambda: _zip(a=bytes(64 * MIB)), WEIGHS_TOO_MUCH),
    "zip of two files": ("bomb.zip", lambda: _zip(a=TABLE, b=TABLE), "a .zip of 2 files"),
    "zip that lies": (
        "bomb.zip",
        lambda: _claiming(_zip(a=bytes(64 * MIB)), 100),
        "cannot be read",
    ),
    "plain and heavy": ("bomb.csv", lambda: bytes(64 * MIB), WEIGHS_TOO_MUCH),
    "many headings": ("bomb.csv", _short_lines_below_many_headings, "33,554,432 cells"),
    "one line": ("bomb.csv", lambda: b"a\n" + b"," * (MIB + 1), "a line of more than 1 MB"),
    "workbook of zeros": (
        "bomb.xlsx",
        lambda: _workbook_and("xl/media/a.png", bytes(64 * MIB)),
        WEIGHS_TOO_MUCH,
    ),
    "workbook that lies": (
        "bomb.xlsx",
        lambda: _claiming(_workbook_and("xl/media/a.png", bytes(64 * MIB)), 100),
        "cannot be read",
    ),
    "workbook with far cells": ("bomb.xlsx", _far_apart, "33,554,432 cells"),
    "workbook with a long cell": ("bomb.xlsx", _long_cell, "a cell of more than 32,767 letters"),
    "GeoJSON of zeros": (
        "bomb.geojson.gz",
        lambda: gzip.compress(b"{" + bytes(64 * MIB)),
        WEIGHS_TOO_MUCH,
    ),
    "table of zeros": ("bomb.parquet", _parquet, WEIGHS_TOO_MUCH),
    "table of one text": (
        "bomb.parquet",
        lambda: _one_text_in_every_row(MIB - 1_000, 20, store_schema=False),
        WEIGHS_TOO_MUCH,
    ),
    "table of one category": (
        "bomb.parquet",
        lambda: _one_text_in_every_row(MIB - 1_000, 20),
        WEIGHS_TOO_MUCH,
    ),
    "table of one text in thousands of rows": (
        "bomb.parquet",
        lambda: _one_text_in_every_row(MIB - 1_000, 9_000, store_schema=False),
        "takes more than 1,024 MB of memory",
    ),
    "table of texts that grow": (
        "bomb.parquet",
        lambda: _each_text_as_the_one_before(MIB // 2, 20),
        WEIGHS_TOO_MUCH,
    ),
    "table of one list": (
        "bomb.parquet",
        lambda: _one_list_without_end(3 * MIB),
        WEIGHS_TOO_MUCH,
    ),
}


def _sources(folder, name: str, content: bytes) -> Sources:
    sources, data, _ = copy_made(folder)
    (sources / name).write_bytes(content)
    register = data / "sources.toml"
    register.write_text(reregister(register.read_text(), "cni2023", name, ROWS))
    return Sources(sources, made_register(data))


def _read(sources: Sources) -> pd.DataFrame:
    file = sources.register["cni2023"].file
    if ".geojson" in file:
        return sources.geo("cni2023")
    if file.endswith(".xlsx"):
        return sources.excel("cni2023", "IMD")
    return sources.parquet("cni2023") if file.endswith(".parquet") else sources.csv("cni2023")


@pytest.mark.parametrize(("name", "make", "says"), TOO_MUCH.values(), ids=list(TOO_MUCH))
def test_a_file_that_unpacks_to_too_much_is_refused_before_it_does(tmp_path, name, make, says):
    sources = _sources(tmp_path, name, make())
    tracemalloc.start()
    with pytest.raises(SourceError) as refusal:
        _read(sources)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    line = str(refusal.value)
    assert "\n" not in line
    assert line.startswith(f"{name}: ")
    assert says in line
    assert "It should be Community Needs Index 2023" in line
    assert "; get it from https://localtrust.org.uk/" in line
    assert peak < 24 * MIB


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("whole.csv.gz", gzip.compress(TABLE[:300]) + gzip.compress(TABLE[300:])),
        ("whole.zip", _zip(**{"cni.csv": TABLE})),
    ],
)
def test_a_packed_file_is_read_as_what_is_in_it(tmp_path, name, content):
    plain = _sources(tmp_path / "plain", "whole.csv", TABLE)
    sources = _sources(tmp_path / "packed", name, content)
    pd.testing.assert_frame_equal(_read(sources), _read(plain))


def test_a_workbook_is_read_from_one_of_its_sheets(tmp_path):
    cells = {"A1": "code", **{f"A{row + 2}": f"E{row}" for row in range(ROWS)}}
    sources = _sources(tmp_path, "whole.xlsx", _workbook(cells))
    assert _read(sources)["code"].tolist() == [f"E{row}" for row in range(ROWS)]


def test_a_text_of_megabytes_in_every_row_takes_bounded_memory(tmp_path):
    """A kilobyte that would take 3 GB: here none of it is unpacked, beside this no more than 1."""
    content = _one_text_in_every_row(4 * MIB, 800, store_schema=False)
    assert len(content) < 2_000
    (tmp_path / "bomb.parquet").write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(packed.TooMuchError, match="1,024 MB of memory"):
        packed.parquet(tmp_path / "bomb.parquet", packed.MOST_BYTES)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    (tmp_path / "fewer.parquet").write_bytes(_one_text_in_every_row(4 * MIB, 40))
    with pytest.raises(packed.TooMuchError, match="holds more than 128 MB"):
        packed.parquet(tmp_path / "fewer.parquet", packed.MOST_BYTES)


def test_a_damaged_parquet_file_is_told_of_by_what_unpacks_it(tmp_path):
    content = bytearray(_written(pa.array([f"E{row}" for row in range(5_000)])))
    content[100:900] = bytes(800)
    sources = _sources(tmp_path, "damaged.parquet", bytes(content))
    with pytest.raises(SourceError, match="damaged.parquet cannot be read, it may be cut short"):
        _read(sources)


def test_geojson_that_names_another_file_to_read_is_refused(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("x,y,WD25CD\n1,50,secret\n")
    layer = (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        '<GeometryField encoding="PointFromColumns" x="x" y="y"/></OGRVRTLayer></OGRVRTDataSource>'
    )
    sources = _sources(tmp_path / "made", "foreign.geojson", layer.encode())
    with pytest.raises(SourceError, match="foreign.geojson cannot be read, .*not GeoJSON"):
        _read(sources)


def test_geojson_nested_past_reading_is_refused(tmp_path):
    deep = json.dumps({"type": "FeatureCollection", "features": []})[:-2] + "[" * 900_000
    with pytest.raises(SourceError):
        _read(_sources(tmp_path, "deep.geojson", deep.encode()))


def test_room_is_left_for_every_release_to_come():
    assert packed.most_bytes(0) == packed.most_bytes(10**6) == packed.MOST_BYTES
    assert packed.most_bytes(ROWS) == MIB + ROWS * 8192
