"""Spreadsheets as a reader opens them: types kept, nothing runs, sources inside."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd
import pytest

from geo import exports, spreadsheets
from geo.exports import Credit
from geo.spreadsheets import xlsx_bytes
from tests.briefing_helpers import source

CREDIT = Credit("An office. | Another.", "Open Government Licence v3.0")


def opened(frame: pd.DataFrame, *args, **kwargs):
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(frame, CREDIT, *args, **kwargs)))


def test_codes_are_text_and_numbers_are_numbers():
    frame = pd.DataFrame(
        {
            "code": ["E01000001", "007"],
            "rank": np.array([1, 33_755], dtype="int32"),
            "share": [0.25, np.nan],
            "double": [True, False],
            "tenth": pd.array([3, None], dtype="Int64"),
            "made": [date(2026, 3, 5), None],
        }
    )
    sheet = opened(frame)["Table"]
    assert [cell.value for cell in sheet[1]] == list(frame.columns)
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert first[:5] == ["E01000001", 1, 0.25, True, 3]
    assert str(first[5]).startswith("2026-03-05")
    assert second == ["007", 33_755, None, False, None, None]
    assert sheet["A3"].data_type == "s"
    assert sheet["B2"].data_type == "n"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula_not_even_once_edited(text):
    sheet = opened(pd.DataFrame({text: [text]}))["Table"]
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.value == text
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_sources_and_licences_have_their_sheet():
    book = opened(pd.DataFrame({"a": [1]}), [source(), source(title="Second")])
    assert book.sheetnames == ["Table", "Sources and licences"]
    assert book.active.title == "Table"
    sheet = book["Sources and licences"]
    assert [sheet["A1"].value, sheet["B1"].value] == ["Attribution", CREDIT.source]
    assert [sheet["A2"].value, sheet["B2"].value] == ["Licence", CREDIT.licence]
    assert [cell.value for cell in sheet[4]][:4] == ["Title", "Publisher", "Vintage", "Licence"]
    assert [cell.value for cell in sheet[5]][:3] == ["Made-up figures", "An office", "May 2025"]
    assert sheet["A6"].value == "Second"


def test_figures_without_an_end_and_odd_values_do_not_stop_it():
    frame = pd.DataFrame(
        {
            "odd": [np.inf, -np.inf, np.nan],
            "mixed": [np.bool_(True), np.float32(0.5), ("a", 1)],
            "text": pd.Series(["x" * 40_000, "half \ud800 letter", "bell \x07"], dtype=object),
            "when": pd.to_datetime(["2026-03-05T10:00Z"] * 3),
        }
    )
    sheet = opened(frame)["Table"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [None, None, None]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == [True, 0.5, "('a', 1)"]
    assert len(sheet["C2"].value) == spreadsheets.MOST_LETTERS
    assert sheet["C3"].value == "half  letter"


def test_text_that_looks_like_the_file_itself_stays_text():
    texts = ["<r><t>bold</t></r>", "a & <b>", " spaces ", "_x0041_", "two\nlines", "bell \x07."]
    made = xlsx_bytes(pd.DataFrame({"text": texts}), CREDIT)
    sheet = openpyxl.load_workbook(BytesIO(made))["Table"]
    assert sheet.dimensions == "A1:A7"
    written = zipfile.ZipFile(BytesIO(made)).read("xl/worksheets/sheet1.xml").decode()
    for text in ("_x005F_x0041_", "bell _x0007_.", "a &amp; &lt;b&gt;"):
        assert text in written
    # What openpyxl leaves as it is written, Excel reads back.
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == texts[:3]


def test_days_before_spreadsheets_count_them_are_text():
    moments = [datetime(2026, 3, 5, 12), date(1901, 1, 1), date(1838, 6, 28)]
    sheet = opened(pd.DataFrame({"when": pd.Series(moments, dtype=object)}))["Table"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == [
        datetime(2026, 3, 5, 12), datetime(1901, 1, 1), "1838-06-28",
    ]  # fmt: skip


def test_columns_are_as_wide_as_what_they_hold():
    frame = pd.DataFrame({"n": [1], "a_long_heading": [1], "text": ["y" * 200]})
    sheet = opened(frame)["Table"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert 8 <= widths[0] < 12
    assert widths[2] > 55


def test_an_empty_table_is_a_sheet_of_headings():
    sheet = opened(pd.DataFrame({"a": [], "b": []}))["Table"]
    assert [cell.value for cell in sheet[1]] == ["a", "b"]
    assert sheet.max_row == 1
    assert opened(pd.DataFrame())["Table"].max_row == 1


def test_more_rows_than_a_sheet_holds_are_refused():
    with pytest.raises(ValueError, match="at most 1,048,575 rows"):
        xlsx_bytes(pd.DataFrame({"a": np.zeros(spreadsheets.MOST_ROWS + 1)}), CREDIT)


def test_real_areas_keep_their_codes(store):
    areas = store.table("councils")[["ltla24_code", "ltla24_name", "population_2022"]]
    credit = exports.credit(store.sources, ["population2022"])
    book = openpyxl.load_workbook(BytesIO(xlsx_bytes(areas, credit)))
    rows = list(book["Table"].iter_rows(min_row=2, values_only=True))
    assert rows == list(areas.itertuples(index=False, name=None))
    assert "Office for National Statistics" in book["Sources and licences"]["B1"].value
