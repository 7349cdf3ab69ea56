"""Postcodes in any writing, found one group of rows at a time."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.postcodes import Postcodes, extent_of, partial_postcode
from geo.store import DATA_DIR

FILE = DATA_DIR / "postcodes.parquet"


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(FILE)


@pytest.fixture(scope="module")
def group_edges() -> list[str]:
    """The first and last postcode of every group of rows."""
    metadata = pq.read_metadata(FILE)
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    statistics = [group.column(0).statistics for group in groups]
    return [edge for group in statistics for edge in (group.min, group.max)]


@pytest.mark.parametrize("text", ["TN35 5BP", "tn355bp", "  Tn35  5bP\t", "tn3 55bp"])
def test_a_postcode_is_found_in_any_spacing_and_case(postcodes, text):
    place = postcodes.find(text)
    assert place.postcode == "TN35 5BP"
    assert (place.easting, place.northing) == (583608, 111599)
    assert (place.longitude, place.latitude) == (0.60835, 50.87472)


def test_it_lies_in_its_small_area(postcodes, store):
    number = postcodes.find("TN35 5BP").i
    assert store.table("small_areas")["lsoa21_name"].iat[number] == "Hastings 004A"


@pytest.mark.parametrize(
    "text",
    ["", " ", "TN35", "TN35 5", "ZZ99 9ZZ", "TN35 5BP 1", "5BP TN35", "EH1 1YZ", "\0", "é" * 999],
)
def test_what_is_not_an_english_postcode_is_not_found(postcodes, text):
    assert postcodes.find(text) is None


def test_the_first_and_last_of_every_group_are_found(postcodes, group_edges):
    assert all(postcodes.find(edge) for edge in group_edges)


def test_a_look_up_reads_one_group_of_rows(postcodes, monkeypatch):
    read = []
    whole = pq.ParquetFile.read_row_group

    def counted(file, group, **options):
        read.append(group)
        return whole(file, group, **options)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", counted)
    assert postcodes.find("TN35 5BP")
    assert len(read) == 1


def test_a_look_up_takes_under_20_ms(postcodes, group_edges):
    postcodes.find("TN35 5BP")
    taken = []
    for edge in group_edges[::7]:
        start = time.process_time()
        postcodes.find(edge)
        taken.append(time.process_time() - start)
    assert sorted(taken)[len(taken) // 2] < 0.020


def test_many_readers_can_look_up_at_once(postcodes, group_edges):
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(postcodes.find, group_edges)]
    assert [place.postcode.replace(" ", "") for place in found] == group_edges


@given(st.text(max_size=20))
def test_no_text_breaks_a_look_up(text):
    Postcodes(FILE).find(text)
    partial_postcode(text)


def test_a_file_that_is_not_the_table_is_refused():
    with pytest.raises(ValueError, match=r"places\.parquet has the columns"):
        Postcodes(DATA_DIR / "places.parquet")
    with pytest.raises(FileNotFoundError):
        Postcodes(DATA_DIR / "no_such.parquet")


# Parts of postcodes


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("TN35", ("TN35", "")),
        ("tn35 5", ("TN35", "5")),
        ("TN355", ("TN35", "5")),
        ("TN35 5B", ("TN35", "5B")),
        ("M1 1", ("M1", "1")),
        ("M11", ("M11", "")),
        ("ec1a", ("EC1A", "")),
        ("SW1A 1", ("SW1A", "1")),
        ("TN", None),
        ("Ore", None),
        ("TN35 5BP", None),
        ("", None),
    ],
)
def test_parts_of_postcodes_are_read(text, part):
    assert partial_postcode(text) == part


def test_a_district_is_not_mixed_with_those_that_begin_alike(postcodes):
    """TN3 5AA begins with the letters of TN35, and TN35 with those of TN3."""
    district, sector = postcodes.extent("TN35"), postcodes.extent("TN35", "5")
    assert district.centre.postcode.startswith("TN35 ")
    assert sector.centre.postcode.startswith("TN35 5")
    assert sector.count < district.count
    assert postcodes.extent("TN3").centre.postcode.startswith("TN3 ")


def test_the_parts_of_a_district_add_up_to_it(postcodes):
    parts = [postcodes.extent("TN35", str(digit)) for digit in range(10)]
    assert sum(part.count for part in parts if part) == postcodes.extent("TN35").count


def test_a_box_holds_the_centre_and_lies_about_hastings(postcodes):
    extent = postcodes.extent("TN35")
    west, south, east, north = extent.bbox
    assert west < extent.centre.longitude < east
    assert south < extent.centre.latitude < north
    assert 0.5 < west < east < 0.75
    assert 50.8 < south < north < 51.0


def test_there_is_no_extent_where_there_are_no_postcodes(postcodes):
    assert postcodes.extent("ZZ1") is None
    assert postcodes.extent("TN35", "5ZZZ") is None


def test_an_outlier_does_not_stretch_the_box():
    points = np.array(
        [[500_000 + step, 200_000 + step] for step in range(400)] + [[100_000, 900_000]]
    )
    extent = extent_of("AA1", ["AA11AA"] * 401, [0] * 401, points)
    west, south, east, north = extent.bbox
    assert east - west < 0.02
    assert north - south < 0.02
    assert extent.count == 401
