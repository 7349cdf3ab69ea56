"""Reading OpenStreetMap: tags, every format, and adding an extract for good."""

import json
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from publishers import publishers_folder

from geo.build.__main__ import main
from geo.build.osm import add_extract, table_name
from geo.osm import OsmError, format_of, kind_of_tags, looks_like_osm, read_extract
from geo.placing import to_grid
from geo.venues import load_rules

INPUT = Path(__file__).parent / "input_data"
# Made by hand for these tests; the same objects in every format.
FILES = [INPUT / f"village.{end}" for end in ("osm.pbf", "osm", "json", "geojson")]
PBF, XML, OVERPASS, GEOJSON = FILES
VILLAGE = {
    "node/1": ("Ore Centre", "community_hub"),
    "node/2": ("Ore Village Hall", "hall"),
    "node/3": ("The Den", "youth_centre"),
    "way/10": ("", "playground"),
    "way/11": ("St Helen's Church", "worship"),
}


def found_in(content):
    frame, problems = read_extract(content, load_rules())
    return {row.osm_id: (row.name, row.kind) for row in frame.itertuples(index=False)}, problems


class TestTags:
    @pytest.mark.parametrize(
        ("tags", "kind"),
        [
            ({"amenity": "library"}, "library"),
            ({"amenity": "community_centre"}, "community_hub"),
            ({"amenity": "community_centre", "community_centre": "village_hall"}, "hall"),
            ({"amenity": "community_centre", "community_centre": "youth_centre"}, "youth_centre"),
            ({"amenity": "youth_centre"}, "youth_centre"),
            ({"amenity": "social_centre"}, "community_hub"),
            ({"building": "village_hall"}, "hall"),
            ({"amenity": "place_of_worship", "building": "church"}, "worship"),
            ({"leisure": "sports_centre"}, "sports_centre"),
            ({"leisure": "playground"}, "playground"),
            ({"leisure": "park"}, "park"),
            ({"landuse": "allotments"}, "allotments"),
            ({"leisure": "playground", "access": "private"}, ""),
            ({"amenity": "pub"}, ""),
            ({"building": "church"}, ""),
            ({}, ""),
        ],
    )
    def test_kind(self, tags, kind):
        assert kind_of_tags(tags) == kind

    def test_a_centre_named_a_hall_is_a_hall(self):
        tags = {"amenity": "community_centre", "name": "Ore Village Hall"}
        assert kind_of_tags(tags) == "community_hub"
        assert kind_of_tags(tags, load_rules()) == "hall"
        assert kind_of_tags(tags | {"name": "Church Centre Café"}, load_rules()) == "hall"
        assert kind_of_tags(tags | {"name": "St Mary's Church"}, load_rules()) == "community_hub"


class TestFormats:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
    def test_the_same_places_in_every_format(self, path):
        content = path.read_bytes()
        assert looks_like_osm(content)
        assert bool(format_of(content)) == (path in (PBF, XML))
        found, problems = found_in(content)
        assert found == VILLAGE
        assert problems == []

    def test_areas_stand_at_a_point_inside_them(self):
        for path in FILES:
            frame, _ = read_extract(path.read_bytes())
            play = frame[frame["osm_id"] == "way/10"].iloc[0]
            assert shapely.box(0.599, 50.869, 0.601, 50.871).contains(
                shapely.Point(play["longitude"], play["latitude"])
            )

    def test_objects_without_a_place_are_listed(self):
        elements = [
            {"type": "way", "id": 5, "tags": {"leisure": "park"}},
            {"type": "node", "id": 6, "lat": "x", "lon": 0, "tags": {"leisure": "park"}},
            {"type": "node", "id": 7, "lat": 50.9, "lon": 0.6},
            {"type": "relation", "id": 8, "tags": {"leisure": "park", "name": "P"},
             "bounds": {"minlat": 50, "minlon": 0, "maxlat": 52, "maxlon": 1}},
            {"type": "way", "id": 9, "tags": {"leisure": "park"}, "center": {"lat": 5, "lon": 1}},
        ]  # fmt: skip
        frame, problems = read_extract(json.dumps({"elements": elements}).encode())
        assert [number for number, _ in problems] == [1, 2]
        assert "out center" in problems[0][1]
        assert frame[["osm_id", "longitude", "latitude"]].to_numpy().tolist() == [
            ["relation/8", 0.5, 51],
            ["way/9", 1, 5],
        ]

    def test_geojson_without_geometry_is_listed(self):
        features = [
            {"id": "node/1", "properties": {"leisure": "park"}, "geometry": None},
            {"id": "node/2", "geometry": {"type": "Point", "coordinates": [0, 51]}},
            {"properties": {"@id": "way/3", "tags": {"leisure": "park"}},
             "geometry": {"type": "Point", "coordinates": [0, 51]}},
        ]  # fmt: skip
        frame, problems = read_extract(json.dumps({"features": features}).encode())
        assert list(frame["osm_id"]) == ["way/3"]
        assert [number for number, _ in problems] == [1]

    @pytest.mark.parametrize(
        "content",
        [b"{", b"[]", b'{"elements": 3}', b"", PBF.read_bytes()[:200], b"\0\0\0\x0d\n\tOSMHeader"],
    )
    def test_what_is_no_extract_is_refused_in_words(self, content):
        with pytest.raises(OsmError, match="."):
            read_extract(content)

    def test_other_geojson_is_not_taken_for_openstreetmap(self):
        assert not looks_like_osm(b'{"type": "FeatureCollection", "features": []}')
        assert not looks_like_osm(b"name,amenity\nA,pub\n")


class TestAddingForGood:
    @pytest.fixture
    def data_dir(self, tmp_path):
        data_dir = tmp_path / "data"
        (data_dir / "shapes").mkdir(parents=True)
        corners = to_grid([0.55, 0.65], [50.85, 50.89])
        square = shapely.box(corners[0][0], corners[1][0], corners[0][1], corners[1][1])
        gpd.GeoDataFrame({"lsoa21_code": ["E01000001"]}, geometry=[square], crs=27700).to_parquet(
            data_dir / "shapes" / "small_areas.parquet"
        )
        (data_dir / "sources.toml").write_text('[source.first]\ntitle = "First"\n', "utf-8")
        return data_dir

    def test_a_table_points_and_an_entry(self, data_dir):
        counts = add_extract(PBF, data_dir)
        assert counts == {"community_hub": 1, "hall": 1, "youth_centre": 1, "playground": 1,
                          "worship": 1}  # fmt: skip
        table = pd.read_parquet(data_dir / "assets" / "osm_village.parquet")
        assert set(table["source"]) == {"osm_village"}
        assert set(table["lsoa21_code"]) == {"E01000001"}
        points = json.loads(
            (data_dir.parent / "static/points/playground.osm_village.json").read_text("utf-8")
        )
        assert points["rows"][0][2] == "Playground"
        entry = tomllib.loads((data_dir / "sources.toml").read_text("utf-8"))["source"]
        assert list(entry) == ["first", "osm_village"]
        assert entry["osm_village"]["licence"] == "Open Database Licence 1.0"
        assert entry["osm_village"]["rows"] == 5

    def test_adding_it_again_replaces_it(self, data_dir):
        add_extract(PBF, data_dir)
        before = {
            path: path.read_bytes()
            for path in sorted(data_dir.parent.rglob("*.*"))
            if path.is_file()
        }
        add_extract(PBF, data_dir)
        after = {
            path: path.read_bytes()
            for path in sorted(data_dir.parent.rglob("*.*"))
            if path.is_file()
        }
        assert before == after

    def test_a_second_extract_is_the_same_places(self, data_dir, tmp_path):
        add_extract(PBF, data_dir)
        again = tmp_path / "village-later.json"
        again.write_bytes(OVERPASS.read_bytes())
        add_extract(again, data_dir)
        same = pd.read_parquet(data_dir / "same_places.parquet")
        assert len(same) == 5
        assert not (data_dir.parent / "static/points/hall.osm_village_later.json").exists()

    def test_from_the_command_line(self, data_dir, tmp_path, capsys):
        where = ["--data", str(data_dir), "--static", str(tmp_path / "static")]
        assert main(["osm", str(PBF), *where]) == 0
        assert "1 village or church hall\n" in capsys.readouterr().out
        broken = tmp_path / "broken.osm.pbf"
        broken.write_bytes(PBF.read_bytes()[:99])
        assert main(["osm", str(broken), *where]) == 1
        assert main(["osm", str(tmp_path / "missing.json"), *where]) == 1
        words = capsys.readouterr().err.splitlines()
        assert len(words) == 2
        assert not (data_dir / "assets" / "osm_broken.parquet").exists()

    def test_names(self):
        assert table_name(Path("Rutland-latest.osm.pbf")) == "osm_rutland_latest"
        assert table_name(Path("…/ö.json")) == "osm_extract"


@pytest.mark.sources
def test_rutland():
    path = publishers_folder() / "osm" / "rutland-latest.osm.pbf"
    frame, _ = read_extract(path.read_bytes(), load_rules())
    counts = frame["kind"].value_counts()
    assert counts["worship"] == 65
    assert counts["library"] == 3
    assert {"Rutland County Library", "Ryhall Library"} <= set(frame["name"])
