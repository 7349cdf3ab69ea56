"""Bring your own: files too large, files of another kind, and junk."""

import gzip
import io
import json
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from upload_helpers import LAT, geojson, place, point

from geo.upload_text import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, UploadError
from geo.uploads import read_table


class TestLimits:
    def test_size(self):
        with pytest.raises(UploadError, match=r"20\.0 MB; the limit is 20 MB"):
            read_table(b"a" * (MAX_BYTES + 1))

    def test_rows(self):
        row = "A,TN35 5AA\n"
        assert len(read_table(("name,postcode\n" + row * MAX_ROWS).encode()).rows) == MAX_ROWS
        with pytest.raises(UploadError, match="more than 50,000 rows"):
            read_table(("name,postcode\n" + row * (MAX_ROWS + 1)).encode())
        with pytest.raises(UploadError, match="50,001 features"):
            read_table(geojson(*[None] * (MAX_ROWS + 1)))

    def test_columns(self):
        with pytest.raises(UploadError, match="201 columns; the limit is 200"):
            read_table(",".join(f"c{n}" for n in range(MAX_COLUMNS + 1)).encode())
        wide = {f"p{n}": n for n in range(MAX_COLUMNS + 1)}
        feature = {"type": "Feature", "properties": wide, "geometry": point(0, 0)}
        with pytest.raises(UploadError, match="more than 200 properties"):
            read_table(json.dumps(feature).encode())

    @pytest.mark.parametrize("content", [b"", b"  \n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n,,\n"])
    def test_empty(self, content):
        with pytest.raises(UploadError, match="empty"):
            read_table(content)

    def test_headings_only(self):
        with pytest.raises(UploadError, match="no rows"):
            read_table(b"name,postcode\n")

    def test_packed_files_and_workbooks(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.csv", "name\nA\n")
        workbook = io.BytesIO()
        pd.DataFrame({"name": ["A"]}).to_excel(workbook, index=False)
        for content, words in (
            (gzip.compress(b"name\nA\n"), "compressed"),
            (packed.getvalue(), "compressed"),
            (workbook.getvalue(), "workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
            (b"name\0,postcode\nA,B", "not text"),
        ):
            with pytest.raises(UploadError, match=words):
                read_table(content)


@pytest.mark.slow
class TestAnything:
    """Whatever comes, the reader gets places, reasons, or one friendly refusal."""

    def survives(self, content):
        try:
            placed = place(content)
        except UploadError as refusal:
            words = str(refusal)
            assert len(words.splitlines()) == 1, words
            return
        assert placed.assets["i"].between(0, 1).all()
        assert all(problem.reason for problem in placed.problems)

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=400))
    def test_bytes(self, content):
        self.survives(content)

    @settings(max_examples=60, deadline=None)
    @given(
        st.sampled_from(["", "name,lat,lon\n", "name\tpostcode\n", "a;easting;northing\n"]),
        st.text(max_size=200),
        st.sampled_from(["utf-8", "utf-16", "utf-16-le"]),
    )
    def test_text(self, head, text, encoding):
        self.survives((head + text).encode(encoding, "ignore"))

    cells = st.one_of(
        st.floats(),
        st.integers(),
        st.text(max_size=8),
        st.sampled_from(["", "TN35 5AA", "=1", LAT]),
    )

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=8))
    def test_tables(self, rows):
        for head in ("name,postcode,lat,lon", "name,kind,easting,northing"):
            frame = pd.DataFrame(rows, columns=head.split(","))
            self.survives(frame.to_csv(index=False).encode("utf-8", "ignore"))

    values = st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "coordinates", "geometries", "properties", "name", "tags"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
    types = st.sampled_from(
        ["Point", "Polygon", "LineString", "GeometryCollection", "MultiPolygon"]
    )

    @settings(max_examples=60, deadline=None)
    @given(values, types, values, values)
    def test_json(self, value, kind, coordinates, crs):
        geometry = {"type": kind, "coordinates": coordinates, "geometries": coordinates}
        feature = {"type": "Feature", "properties": value, "geometry": geometry}
        element = {"type": "way", "tags": {"leisure": "park"}, "geometry": value, "center": crs}
        for document in (
            value,
            {"type": "FeatureCollection", "features": [feature, value], "crs": crs},
            {"type": "FeatureCollection", "features": value},
            {"generator": "x", "elements": [element, value]},
        ):
            self.survives(json.dumps(document).encode())
