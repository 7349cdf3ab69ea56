"""Files made to break what reads them: a clear refusal or rows with reasons, in bounded memory."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import corpus
import openpyxl
import pandas as pd
import pytest
from upload_helpers import geojson, place, point

from geo import exports, spreadsheets
from geo.exports import Credit
from geo.osm_native import format_of, unpacked_bytes
from geo.upload_text import MAX_LETTERS, UploadError
from geo.uploads import read_table

ROOT = Path(__file__).resolve().parents[2]
# CPU seconds for any one file; none takes two on a plain machine.
PATIENCE_S = 12


@pytest.mark.parametrize("name", corpus.REFUSED)
def test_what_cannot_be_used_is_refused_in_one_line(name):
    made, words = corpus.REFUSED[name]
    content = made()
    begun = time.process_time()
    with pytest.raises(UploadError, match=words) as refusal:
        place(content)
    said = str(refusal.value)
    assert time.process_time() - begun < PATIENCE_S
    assert len(said.splitlines()) == 1
    assert len(said) < 300
    for word in ("Traceback", "Error(", "/etc", "object at 0x"):
        assert word not in said


@pytest.mark.parametrize("name", corpus.READ)
def test_what_can_be_read_says_what_is_wrong_row_by_row(name):
    content = corpus.READ[name]()
    begun = time.process_time()
    placed = place(content)
    assert time.process_time() - begun < PATIENCE_S
    assert len(placed.assets) + placed.left_out > 0
    assert placed.assets["i"].between(0, 1).all()
    assert placed.assets[["easting", "northing"]].notna().all().all()
    assert placed.assets["name"].str.len().max() <= MAX_LETTERS or placed.assets.empty
    for problem in placed.problems:
        assert problem.reason
        assert len(problem.reason) < 300


@pytest.mark.slow
def test_all_of_it_in_one_process_stays_within_bounded_memory():
    """The corpus again, where the system gives no more than so much memory."""
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bounded.py"))],
        cwd=ROOT, capture_output=True, text=True, timeout=400,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    told = json.loads(run.stdout)
    assert set(told) == {*corpus.REFUSED, *corpus.READ}


def test_another_file_on_the_server_is_not_read(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(
        'osm_id,name,other_tags,X,Y\n1,top secret,"""amenity""=>""library""",0.6,50.87\n'
    )
    layer = corpus.foreign_layer(str(secret))
    inside = corpus.osm_xml("<note>x</note>").replace(b"<note>x</note>", layer)
    after = corpus.osm_xml("") + layer
    commented = b"<osm><!--" + layer.replace(b"<!-- <osm -->", b"") + b"--></osm>"
    for content in (layer, inside, after, commented):
        with pytest.raises(UploadError) as refusal:
            read_table(content)
        assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b'<?xml version="1.0"?>\n<osm version="0.6">', "osm"),
        (b"\xef\xbb\xbf<!-- by hand --> <osm>", "osm"),
        (b"<osm/>", "osm"),
        (b"<osmosis>", ""),
        (b"<gpx><osm>", ""),
        (b"name,note\nA,<osm version>", ""),
        (b"PK\x03\x04OSMHeader", ""),
        (corpus.HEADER, "pbf"),
    ],
)
def test_openstreetmap_is_told_by_how_a_file_begins(content, form):
    assert format_of(content) == form


def test_what_a_pbf_unpacks_to_is_the_sum_of_its_blocks():
    whole = (ROOT / "tests/input_data/village.osm.pbf").read_bytes()
    assert 100 < unpacked_bytes(whole) < 10_000
    assert unpacked_bytes(corpus.HEADER + corpus.blob(b"OSMData", b"x" * 5_000)) == 5_000 + (
        unpacked_bytes(corpus.HEADER)
    )


def test_published_coordinate_systems_are_read_and_others_refused():
    for name in ("EPSG:27700", "urn:ogc:def:crs:EPSG::27700",
                 "http://www.opengis.net/def/crs/EPSG/0/27700"):  # fmt: skip
        placed = place(geojson(point(582_000, 110_000), **corpus.crs(name)))
        assert placed.assets[["easting", "northing"]].to_numpy().tolist() == [[582_000, 110_000]]
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "OGC:CRS84"):
        (row,) = place(corpus.in_crs(name)).assets.itertuples()
        assert abs(row.easting - 582_000) < 5_000
    # The same degrees on the older figure of the Earth are a hundred metres away.
    (old,) = place(corpus.in_crs("EPSG:4277")).assets.itertuples()
    assert 50 < abs(old.easting - row.easting) + abs(old.northing - row.northing) < 300


def test_names_leave_as_text_in_csv_and_xlsx():
    placed = place(corpus.table())
    # A name that is a formula is left out with a reason; the others are kept as they are.
    assert [problem.reason for problem in placed.problems if not problem.kept] == [
        "the name is a formula, not text"
    ]
    frame = placed.assets[["name", "kind"]]
    assert len(frame) == len(corpus.NAMES) - 1
    credit = Credit("From your file", "Yours")
    saved = pd.read_csv(io.BytesIO(exports.csv_bytes(frame, credit)), encoding="utf-8-sig")
    assert not saved["name"].str.startswith(("=", "+", "-", "@")).any()
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.xlsx_bytes(frame, credit)))
    cells = [cell for (cell, _) in book["Table"].iter_rows(min_row=2, max_col=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(cell.value == corpus.NAMES[0] for cell in cells)


def test_memory_can_be_limited_here():
    """The bounded run would prove nothing where the limit is not obeyed."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "try: bytes(2 << 30)\nexcept MemoryError: print('limited')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout == "limited\n"
