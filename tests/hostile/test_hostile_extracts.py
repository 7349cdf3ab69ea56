"""OpenStreetMap extracts made to break `python -m geo.build osm`: one line, and nothing changed."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import corpus
import geopandas as gpd
import osmium
import pandas as pd
import pytest
import shapely
from osmium.osm.mutable import Node

from geo.bounded import Bounds
from geo.build import osm, packed
from geo.build.__main__ import main
from geo.osm_native import Limits
from geo.placing import to_grid

ROOT = Path(__file__).resolve().parents[2]
VILLAGE = (ROOT / "tests/input_data/village.osm.pbf").read_bytes()
LON, LAT = 0.6, 50.87


def park(number: int, lon: float = LON, lat: float = LAT, **tags: object) -> dict:
    """A park as Overpass tells of it."""
    told = {"leisure": "park"} | tags
    return {"type": "node", "id": number, "lat": lat, "lon": lon, "tags": told}


def overpass(*elements: object) -> bytes:
    return json.dumps({"elements": elements}).encode()


# A file's name, what it holds, and what is said of it.
REFUSED = {
    "empty": ("a.osm.pbf", lambda: b"", "begin otherwise"),
    "white space": ("a.json", lambda: b" " * 9_999, "begin otherwise"),
    "text": ("a.osm.pbf", lambda: b"name,postcode\nA,TN35 5AA\n", "begin otherwise"),
    "web page": ("a.osm", lambda: b"<!doctype html><title>Sign in</title>", "begin otherwise"),
    "zip bomb called pbf": ("a.osm.pbf", lambda: corpus.zip_bomb(megabytes=4), "begin otherwise"),
    "zip cut short": ("a.zip", lambda: corpus.zip_bomb(megabytes=4)[:999], "not a zip file"),
    "another file on the server": (
        "a.osm",
        lambda: corpus.foreign_layer("/etc/hostname"),
        "begin otherwise",
    ),
    "half a pbf": ("a.osm.pbf", lambda: VILLAGE[: len(VILLAGE) // 2], "cut short"),
    "pbf of junk": (
        "a.osm.pbf",
        lambda: corpus.HEADER + corpus.blob(b"OSMData", b"\xff" * 1_000),
        "cannot be read",
    ),
    "pbf that lies": ("a.osm.pbf", corpus.pbf_that_lies, "cannot be read"),
    "pbf bomb": (
        "a.osm.pbf",
        lambda: corpus.HEADER + corpus.blob(b"OSMData", bytes(32 << 20)) * 33,
        "unpacks to more than 1,024 MB",
    ),
    "pbf of blocks of nothing": (
        "a.osm.pbf",
        lambda: corpus.HEADER + corpus.blob(b"OSMData", b"") * 100_000,
        "more than 100,000 blocks",
    ),
    "pbf of nothing but nodes": (
        "a.osm.pbf",
        lambda: corpus.pbf_of_nodes(10_000_000),
        "more than 300 MB of memory, or 60 seconds",
    ),
    "pbf of one text told a million times": (
        "a.osm.pbf",
        lambda: corpus.pbf_of_nodes(100_000, 10, 1_000),
        "more than 300 MB of memory, or 60 seconds",
    ),
    "million laughs": ("a.osm", corpus.million_laughs, "begin otherwise"),
    "xml cut short": (
        "a.osm",
        lambda: corpus.osm_xml('<node id="1" lat="50" lon="0">')[:-20],
        "cut short",
    ),
    "too many places": (
        "a.json",
        lambda: overpass(*(park(number) for number in range(3_001))),
        "more than 3,000 places",
    ),
    "a crowd at one spot": (
        "a.json",
        lambda: overpass(*(park(number, name=f"Park {number}") for number in range(2_001))),
        "more places at one spot than any town",
    ),
    "a name without end": (
        "a.json",
        lambda: overpass(park(1, name="x" * 256)),
        "a name of more than 255 letters",
    ),
    "JSON cut short": ("a.json", lambda: overpass(park(1))[:-9], "not complete JSON"),
    "JSON nested": ("a.json", lambda: b'{"elements":' + b"[" * 900_000, "not complete JSON"),
    "JSON of brackets": (
        "a.json",
        lambda: b'{"elements":[' + b"[]," * 3_000_000 + b"[]]}",
        "more than 3,000,000 brackets",
    ),
    "JSON without end": (
        "a.json",
        lambda: b'{"elements":["' + b"x" * packed.MOST_JSON_BYTES,
        "more than 64 MB of JSON",
    ),
    "GeoJSON without an object": ("a.geojson", lambda: b'{"features":{}}', "neither"),
    "no place in England": ("a.json", lambda: overpass(park(1, lon=2.3, lat=48.9)), "no place in"),
    "nothing that the map shows": ("a.json", lambda: overpass(park(1, access="no")), "no place in"),
}


@pytest.fixture
def made(tmp_path):
    """Folders of data and of static files with one small area, and one extract added."""
    data = tmp_path / "data"
    (data / "shapes").mkdir(parents=True)
    west, south = (float(axis[0]) for axis in to_grid([0.55], [50.85]))
    square = shapely.box(west, south, west + 7_000, south + 5_000)
    gpd.GeoDataFrame({"lsoa21_code": ["E01000001"]}, geometry=[square], crs=27700).to_parquet(
        data / "shapes" / "small_areas.parquet"
    )
    (data / "sources.toml").write_text('[source.first]\ntitle = "First"\n', "utf-8")
    return data, tmp_path / "static"


@pytest.fixture
def tight(monkeypatch):
    """The bounds drawn closer, so that a test need not fill them."""
    monkeypatch.setattr(osm, "LIMITS", Limits(1 << 30, Bounds(300 << 20, 60), 3_000))


def added(made, tmp_path, name: str, content: bytes) -> int:
    """The exit status of adding a file."""
    file = tmp_path / name
    file.write_bytes(content)
    return main(["osm", str(file), "--data", str(made[0]), "--static", str(made[1])])


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "make", "says"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_extract_stops_in_one_line(made, tight, tmp_path, capsys, name, make, says):
    assert added(made, tmp_path, "kept.osm.pbf", VILLAGE) == 0
    capsys.readouterr()
    before = everything(made[0]), everything(made[1])
    assert added(made, tmp_path, name, make()) == 1
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert line.startswith(name)
    assert says in line
    assert len(line) < 300
    assert line.isprintable()
    assert (everything(made[0]), everything(made[1])) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["data", "static"]


def test_a_file_that_is_not_there_or_no_file(made, tmp_path, capsys):
    for path in (tmp_path / "missing.osm", made[0]):
        assert main(["osm", str(path), "--data", str(made[0]), "--static", str(made[1])]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{path.name} cannot be read")


def test_tags_that_are_no_text_are_passed_over(made, tmp_path):
    tags = ({"access": []}, {"access": {}}, {"name": ["x"]}, {"name": {"a": 1}}, {"leisure": []})
    places = (park(number, LON + number / 100, **told) for number, told in enumerate(tags))
    odd = [park(8, LON + 0.005) | {"id": ["\ud800"], "type": "\udc00\n" * 90}]
    assert added(made, tmp_path, "odd.json", overpass(*places, *odd, 3, None, [])) == 0
    assert pd.read_parquet(made[0] / "assets" / "osm_odd.parquet")["name"].unique().tolist() == [""]


def test_names_are_kept_as_text(made, tmp_path):
    """As letters of a name, whatever they mean elsewhere, without those that steer others."""
    file = tmp_path / "names.osm.pbf"
    names = [*corpus.NAMES, "&#x202e;turned", "line\nline"]
    with osmium.SimpleWriter(str(file)) as writer:
        for number, name in enumerate(names, start=1):
            tags = {"leisure": "park", "name": name}
            writer.add_node(Node(id=number, location=(LON + number / 1_000, LAT), tags=tags))
    assert added(made, tmp_path, file.name, file.read_bytes()) == 0
    kept = pd.read_parquet(made[0] / "assets" / "osm_names.parquet")
    assert len(kept) == len(names)
    assert all(name.isprintable() for name in kept["name"])
    assert {corpus.NAMES[0], "turned", "line line"} <= set(kept["name"])
    json.loads((made[1] / "points/park.osm_names.json").read_text("utf-8"))


def test_a_file_name_cannot_break_the_register(made, tmp_path):
    name = 'a"]\x7f\x1b[31m\u202e\udce9.osm.pbf'
    assert added(made, tmp_path, name, VILLAGE) == 0
    entry = tomllib.loads((made[0] / "sources.toml").read_text("utf-8"))["source"]["osm_a_31m"]
    assert entry["file"] == 'a"][31m.osm.pbf'
    assert entry["rows"] == 5


@pytest.mark.slow
def test_the_largest_takes_bounded_memory(made, tmp_path):
    """Nodes in 400 KB that would take gigabytes, read where the real bounds hold."""
    file = tmp_path / "bomb.osm.pbf"
    nodes = corpus.pbf_of_nodes(10_000_000)
    file.write_bytes(nodes + nodes[len(corpus.HEADER) :] * 12)
    code = (
        "import resource, sys; from geo.build.__main__ import main; status = main(sys.argv[1:])\n"
        "own = open('/proc/self/status').read().split('VmHWM:')[1].split()[0]\n"
        "print(status, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    where = ["--data", str(made[0]), "--static", str(made[1])]
    run = subprocess.run(
        [sys.executable, "-c", code, "osm", str(file), *where],
        cwd=ROOT, capture_output=True, text=True, timeout=400,
    )  # fmt: skip
    status, own, readers = map(int, run.stdout.split())
    assert status == 1
    assert "of memory" in run.stderr
    assert own < 400 << 10
    assert readers < osm.LIMITS.reading.memory_bytes >> 10
