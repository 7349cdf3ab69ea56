"""Files of what is on screen: every format, made only when asked for, each with its sources."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from geo import (
    area_charts,
    case_tables,
    charts,
    downloads,
    exports,
    parquet_files,
    view_map,
)
from geo.areas import NEIGHBOURHOOD
from geo.case_records import load_cases
from geo.cells import Table
from geo.exports import Credit
from geo.national import National
from geo.print_spec import MOST_AREAS, PALE
from geo.view import View
from tests.briefing_helpers import HOSTILE, source, spec

APP = str(Path(__file__).resolve().parent.parent / "app.py")
CREDIT = Credit("Contains made-up figures.", "Open Government Licence v3.0")
ROWS = pd.DataFrame(
    {"code": ["007", "=1+1"], "people": [1_200, 3], "easting": [583_600.0] * 2,
     "northing": [111_300.0] * 2}
)  # fmt: skip


def by_ending(files) -> dict[str, downloads.File]:
    return {file.name.rpartition(".")[2]: file for file in files}


def test_a_table_has_every_format_and_its_sources_in_each():
    asked = []

    def rows() -> pd.DataFrame:
        asked.append(1)
        return ROWS

    files = by_ending(
        downloads.table("The list", "list", rows, CREDIT, [source()],
                        shapes=lambda: downloads.points(ROWS))
    )  # fmt: skip
    assert [file.label for file in files.values()] == [
        "The list as CSV", "The list as Excel", "The list as GeoJSON",
    ]  # fmt: skip
    assert not asked
    back = pd.read_csv(BytesIO(files["csv"].make()), dtype=str)
    assert back["code"].tolist() == ["007", "'=1+1"]
    assert back["licence"].fillna("").tolist() == [CREDIT.licence, ""]
    book = openpyxl.load_workbook(BytesIO(files["xlsx"].make()))
    assert [cell.value for cell in book["Table"]["A"]] == ["code", "007", "=1+1"]
    assert book["Table"]["A3"].data_type == "s"
    assert book["Sources and licences"]["B1"].value == CREDIT.source
    document = json.loads(files["geojson"].make())
    assert document["licence"] == CREDIT.licence
    assert document["features"][0]["geometry"]["coordinates"][1] == pytest.approx(50.87, abs=0.01)


def test_rows_that_name_their_sources_are_taken_at_their_word():
    rows = pd.DataFrame({"a": [1, 2], "source": ["X | Y", "Y"], "licence": ["OGL", "ODbL"]})
    files = by_ending(downloads.table("The figures", "figures", lambda: rows, None))
    assert set(files) == {"csv", "xlsx"}
    sheet = openpyxl.load_workbook(BytesIO(files["xlsx"].make()))["Sources and licences"]
    assert [sheet["B1"].value, sheet["B2"].value] == ["X | Y", "OGL | ODbL"]
    assert pd.read_csv(BytesIO(files["csv"].make()))["licence"].tolist() == ["OGL", "ODbL"]


def test_a_map_is_a_picture_with_its_credit():
    files = by_ending(downloads.picture_of_map("The map", "map", lambda: spec(title=HOSTILE)))
    drawn = files["svg"].make().decode()
    assert "Contains made-up figures." in drawn
    assert "<script" not in drawn
    assert files["png"].make().startswith(b"\x89PNG")


def test_a_chart_is_a_picture_with_title_rows_and_credit(store):
    ages = Table({"band": ["<script>", "65 and over"], "share": [0.2, 0.8],
                  "people": [2, 8], "england_share": [0.3, 0.7]})  # fmt: skip
    files = by_ending(
        downloads.picture_of_chart(
            "Ages", "ages", lambda: area_charts.ages(ages), HOSTILE[:40], CREDIT
        )
    )
    drawn = files["svg"].make().decode()
    for text in ("65 and over", "Contains made-up figures.", "Open Government Licence v3.0"):
        assert text in drawn
    assert "undefined" not in drawn
    assert "<script" not in drawn
    tenths = charts.tenths(store.area("E02004371"))[0]
    (picture, _) = downloads.picture_of_chart("A", "a", lambda: tenths, "Ore", CREDIT)
    assert picture.make().startswith(b"\x89PNG")


def test_the_map_of_a_view_is_the_view(store):
    national = National(store, load_cases(store.data_dir / "case_studies"))
    whole = view_map.view_map(View(), national)
    assert len(whole.shapes) == 6_856 <= MOST_AREAS
    view = View(level=NEIGHBOURHOOD, councils=("E07000148",), points=("libraries",))
    drawn = view_map.view_map(view, national)
    inside = store.level(NEIGHBOURHOOD)["ltla24_code"] == "E07000148"
    assert int((drawn.classes != PALE).sum()) == int(inside.sum())
    assert any(kind.label.startswith("Library") for kind in drawn.symbols)
    assert exports.credit(store.sources, ["iod2025"]).source in drawn.credit
    chosen = view_map.view_map(View(area="E01020965"), national)
    assert len(chosen.chosen) == 1
    assert store.area("E01020965")["name"] in chosen.title


def test_a_parquet_file_says_where_it_is_from_and_is_the_same_otherwise(store):
    named = [store.sources["iod2025"], source(title="Second")]
    for name in ("council_measures", "shapes/councils", "postcodes"):
        path = store.path(name)
        made = parquet_files.described(path, name, "What it is.", named)
        file = pq.ParquetFile(BytesIO(made))
        about = {key.decode(): text.decode() for key, text in file.metadata.metadata.items()}
        assert (about["title"], about["description"]) == (name, "What it is.")
        assert about["source"] == exports.credit({row.key: row for row in named}, [
            row.key for row in named
        ]).source  # fmt: skip
        assert "Open Government Licence v3.0" in about["licence"]
        assert [row["title"] for row in json.loads(about["sources"])] == [
            store.sources["iod2025"].title, "Second",
        ]  # fmt: skip
        before = pq.ParquetFile(path)
        assert file.read().equals(before.read())
        assert file.num_row_groups == before.num_row_groups
        assert set(before.schema_arrow.metadata or {}) <= set(file.schema_arrow.metadata)
        assert len(made) < 1.3 * path.stat().st_size


def test_case_studies_are_a_row_a_place_drawn_no_more_precisely_than_known(store):
    cases = load_cases(store.data_dir / "case_studies")
    councils = store.table("councils")
    rows = case_tables.rows(cases, councils)
    assert len(rows) == sum(len(case.places) for case in cases)
    assert rows["source"].str.len().min() > 10
    ore = rows.set_index("case").loc["ore-community-library"]
    assert (ore["councils"], ore["first_year"], ore["grant_to_pounds"]) == ("Hastings", 2018, 6000)
    assert "A small grant, matched by a second funder." in ore["what_worked"].split("\n")
    credit = exports.credit(store.sources, ["lsoa21_bgc"])
    files = by_ending(
        downloads.table(
            "The case studies", "cases", lambda: rows, None,
            shapes=lambda: case_tables.with_shapes(
                cases, store.shapes("councils"), councils, credit
            ),
        )
    )  # fmt: skip
    document = json.loads(files["geojson"].make())
    assert credit.source in document["source"]
    drawn = {"site": {"Point"}, "town": {"Point"}, "council": {"Polygon", "MultiPolygon"},
             "county": {"Polygon", "MultiPolygon"}, "nation": {None}}  # fmt: skip
    for feature in document["features"]:
        shape = feature["geometry"] and feature["geometry"]["type"]
        assert shape in drawn[feature["properties"]["how_precise"]]
    assert pd.read_csv(BytesIO(files["csv"].make()))["case"].nunique() == len(cases)


@pytest.mark.parametrize(
    ("page", "link", "labels"),
    [
        ("map", {"council": "E07000148"}, ("The table as Excel", "The map as SVG")),
        ("gaps", {"council": "E07000148"}, ("The list as GeoJSON", "The summary as CSV")),
        ("compare", {"areas": "E02004371,E02003959"}, ("The figures as CSV", "Map of Par as SVG")),
        ("profile", {"area": "E02003959"}, ("The figures as CSV", "The map as SVG")),
        (
            "data_and_methods",
            {},
            ("The sources as Excel", "As Parquet"),
        ),
        ("case_studies", {"about": "reading"}, ("The case studies as GeoJSON",)),
        ("evidence", {}, ("2004 to 2025 as SVG", "The paths as CSV")),
    ],
)  # fmt: skip
def test_pages_offer_files_that_can_be_made(page, link, labels, monkeypatch):
    offered: dict[str, downloads.File] = {}
    real = downloads.File

    def noted(*args) -> downloads.File:
        file = real(*args)
        offered[file.label] = file
        return file

    monkeypatch.setattr(downloads, "File", noted)
    app = AppTest.from_file(APP, default_timeout=120).run()
    for word, text in link.items():
        app.query_params[word] = text
    for key in ("map", "gaps", "gaps councils", "compare", "profile", "sources", "table", "cases",
                "paths"):  # fmt: skip
        app.session_state[f"download {key}"] = True
    app = app.run() if page == "map" else app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert not app.error
    shown = [button.label for button in app.get("download_button")]
    for label in labels:
        assert label in shown
        made = offered[label].make()
        assert b"icence" in made or made.startswith(b"PK")
