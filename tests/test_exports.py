"""Files people take away: safe in a spreadsheet, credited, and with nothing lost."""

import io
import json
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from geo.exports import Credit, credit, csv_bytes, geojson_bytes

CREDIT = Credit("Office for National Statistics", "OGL v3.0")


def test_csv_keeps_codes_and_accents_and_says_its_source():
    frame = pd.DataFrame({"code": ["007", "E01020965"], "name": ["Ynys Môn", "Ore"], "n": [-1, 2]})
    data = csv_bytes(frame, CREDIT)
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data), dtype={"code": str})
    assert back["code"].tolist() == ["007", "E01020965"]
    assert back["name"].tolist() == ["Ynys Môn", "Ore"]
    assert back["n"].tolist() == [-1, 2]
    assert back["licence"].fillna("").tolist() == ["OGL v3.0", ""]
    assert back.loc[0, "source"] == CREDIT.source


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_text_runs_as_a_formula(start):
    hostile = f'{start}HYPERLINK("x")'
    data = csv_bytes(pd.DataFrame({"name": [hostile]}), CREDIT)
    assert pd.read_csv(io.BytesIO(data))["name"][0] == f"'{hostile}"


def test_geojson_comes_out_in_degrees_with_its_source():
    frame = gpd.GeoDataFrame({"name": ["Ore"]}, geometry=[Point(583_600, 111_300)], crs=27700)
    document = json.loads(geojson_bytes(frame, CREDIT))
    longitude, latitude = document["features"][0]["geometry"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((0.608, 50.874), abs=0.01)
    assert document["licence"] == "OGL v3.0"
    assert document["features"][0]["properties"] == {"name": "Ore"}


def test_geojson_keeps_every_letter_and_says_null_for_what_is_no_figure():
    frame = gpd.GeoDataFrame(
        {
            "name": ['a\nb\u2028c\x85"d', "Ōre"],
            "metres": [float("inf"), 0.5],
            "made": [pd.Timestamp("2026-03-05"), pd.NaT],
        },
        geometry=[Point(583_600, 111_300), None],
        crs=27700,
    )
    first, second = json.loads(geojson_bytes(frame, CREDIT))["features"]
    assert first["properties"]["name"] == 'a\nb\u2028c\x85"d'
    assert first["properties"]["metres"] is None
    assert first["properties"]["made"].startswith("2026-03-05")
    assert second == {
        "type": "Feature",
        "properties": {"name": "Ōre", "metres": 0.5, "made": None},
        "geometry": None,
    }
    empty = json.loads(geojson_bytes(frame.iloc[:0], CREDIT))
    assert empty["features"] == []


def test_shapes_without_a_coordinate_system_are_refused():
    with pytest.raises(ValueError, match="coordinate system"):
        geojson_bytes(gpd.GeoDataFrame(geometry=[Point(0, 0)]), CREDIT)


def test_a_credit_names_each_text_once():
    sources = {
        "a": SimpleNamespace(attribution="A", licence="OGL"),
        "b": SimpleNamespace(attribution="B", licence="OGL"),
    }
    assert credit(sources, ["a", "b", "a"]) == Credit("A | B", "OGL")
