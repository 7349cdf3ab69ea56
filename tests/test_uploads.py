"""Bring your own: files that people really have, and what is wrong with some of their rows."""

import json
import time

import pytest
import shapely
from upload_helpers import LAT, LON, RULES, geojson, place, point, reasons

from geo.upload_columns import Columns, guess_columns, kind_from_text
from geo.upload_text import UploadError
from geo.uploads import Problem, place_rows, read_table


class TestCsv:
    def test_good_rows_are_kept_and_bad_ones_listed(self):
        placed = place(
            "Venue name,Type,Postcode\n"
            "Ore Centre,community centre,TN35 5AA\n"
            ",hall,TN35 5AA\n"
            '"Hall, The",village hall,tn355ab\n'
            "\n"
            "Lost,hall,ZZ99 9ZZ\n"
            "Odd,hall,near the church\n"
            "Nowhere,hall,\n"
            '=HYPERLINK("x"),hall,TN35 5AA\n'
            "ORE CENTRE,hall,TN35 5AA\n"
        )
        found = placed.assets.set_index("name")
        assert dict(found["kind"]) == {"Ore Centre": "community_hub", "Hall, The": "hall"}
        assert dict(found["i"]) == {"Ore Centre": 1, "Hall, The": 0}
        assert dict(found["lsoa21_code"]) == {"Ore Centre": "E01000002", "Hall, The": "E01000001"}
        assert found.loc["Hall, The", "postcode"] == "TN35 5AB"
        assert set(found["source"]) == {"upload"}
        assert placed.problems == (
            Problem(3, "no name"),
            Problem(6, "postcode not found in England: ZZ99 9ZZ"),
            Problem(7, "not a postcode: near the church"),
            Problem(8, "no postcode and no coordinates"),
            Problem(9, "the name is a formula, not text"),
            Problem(10, "the same name at the same place as an earlier row"),
        )
        assert placed.left_out == 6

    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
    )
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_encodings_delimiters_and_line_ends(self, encoding, delimiter, end):
        rows = [["name", "postcode", "notes"], ["Café Ö’Neill", "TN35 5AA", ""]]
        text = end.join(delimiter.join(row) for row in rows) + end
        assert list(place(text.encode(encoding)).assets["name"]) == ["Café Ö’Neill"]

    def test_a_reader_confirms_other_columns(self):
        text = "a,b,c\nOre Centre,TN35 5AA,hub\n"
        assert guess_columns(("a", "b", "c")) == Columns()
        placed = place(text, Columns(name="a", postcode="b", kind="c"))
        assert list(placed.assets["kind"]) == ["community_hub"]

    def test_lines_are_counted_as_an_editor_counts_them(self):
        placed = place('name,postcode\n"Two\nlines",TN35 5AA\nBad,x\nToo,TN35 5AA,many\n')
        assert list(placed.assets["name"]) == ["Two lines"]
        assert reasons(placed) == {
            4: "not a postcode: x",
            5: "3 cells under 2 headings: is a comma unquoted?",
        }

    def test_headings_may_repeat_be_empty_or_be_our_own_words(self):
        placed = place("name,name,,line,x,y\nA,B,C,D,E,F\n")
        assert reasons(placed) == {2: "no postcode and no coordinates"}
        table = read_table(b"name,name,,line\nA,B,C,D\n")
        assert table.headings == ("name", "name (2)", "column 3", "line")

    def test_short_rows_are_filled_up(self):
        assert reasons(place("postcode,name\nTN35 5AA\n")) == {2: "no name"}

    def test_one_kind_for_all(self):
        text = "name,postcode\nOre Centre,TN35 5AA\n"
        assert list(place(text, kind="park").assets["kind"]) == ["park"]
        assert list(place(text).assets["kind"]) == ["other"]
        assert list(place("name,postcode\nOre Hall,TN35 5AA\n").assets["kind"]) == ["hall"]

    def test_a_list_without_names_needs_a_kind(self):
        text = "postcode\nTN35 5AA\n"
        assert reasons(place(text)) == {2: "no name"}
        assert list(place(text, kind="playground").assets["name"]) == [""]

    def test_an_unknown_kind_is_kept_and_remarked_on(self):
        placed = place("name,type,postcode\nA,spaceport,TN35 5AA\nB,other,TN35 5AB\n")
        assert set(placed.assets["kind"]) == {"other"}
        assert placed.problems == (Problem(2, "kind not known, counted as other: spaceport", True),)
        assert placed.left_out == 0


class TestCoordinates:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (f"{LAT},{LON}", None),
            (f"{LON},{LAT}", "latitude and longitude look swapped"),
            ("0,0", "0, 0 stands for no place"),
            ("91,0.5", "impossible coordinates"),
            ("50.9,-181", "impossible coordinates"),
            ("nan,0.5", "the latitude is not a number: nan"),
            ("50.9,inf", "the longitude is not a number: inf"),
            ("1e999,0.5", "the latitude is not a number: 1e999"),
            ("50.9,", "one of the two coordinates is missing"),
            ("50°54'N,0.5", "the latitude is not a number: 50°54'N"),
            ("=A1,0.5", "the latitude is not a number: =A1"),
            ("48.9,2.3", "outside England"),
            ("50.5,0.5", "outside England"),
            ("110000,582000", "a grid reference in metres stands under longitude and latitude"),
        ],
    )
    def test_degrees(self, row, reason):
        placed = place(f"name,lat,lon\nA,{row}\n")
        assert len(placed.assets) == (reason is None)
        assert placed.looks_swapped == (reason == "latitude and longitude look swapped")
        if reason:
            assert reasons(placed)[2].startswith(reason)

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("582000,110000", None),
            (" 582000.4 , 110000 ", None),
            ("110000,582000", "easting and northing look swapped"),
            (f"{LON},{LAT}", "degrees stand under easting and northing"),
            ("1e12,5", "outside England"),
            ("-1e300,1e300", "outside England"),
            ("400000,300000", "outside England"),
        ],
    )
    def test_metres(self, row, reason):
        placed = place(f"name,easting,northing\nA,{row}\n")
        assert len(placed.assets) == (reason is None)
        assert placed.looks_swapped == (reason == "easting and northing look swapped")
        if reason:
            assert reasons(placed) == {2: reason}

    def test_the_fix_for_swapped_columns_works(self):
        text = f"name,lat,lon\nA,{LON},{LAT}\n"
        assert place(text).looks_swapped
        mended = place(text, Columns(name="name", latitude="lat", longitude="lon", swap=True))
        assert list(mended.assets["i"]) == [1]
        assert not mended.looks_swapped

    def test_a_point_wins_over_its_postcode_unless_it_strays(self):
        placed = place(
            "name,postcode,easting,northing\n"
            "Near,TN35 5AA,582300,110000\n"
            "Far,TN35 5AA,588000,110000\n"
            "No postcode,ZZ99 9ZZ,588000,110000\n"
            "No point,TN35 5AA,,\n"
        )
        assert dict(placed.assets.set_index("name")["easting"]) == {
            "Near": 582_300, "Far": 582_000, "No postcode": 588_000, "No point": 582_000,
        }  # fmt: skip
        assert placed.left_out == 0
        assert reasons(placed) == {
            3: "the point is far from the postcode; placed at the postcode",
            4: "postcode not found in England: ZZ99 9ZZ; placed by its coordinates",
        }


class TestGuesses:
    @pytest.mark.parametrize(
        ("headings", "columns"),
        [
            (("Name", "Type", "Post Code"), Columns("Name", "Type", "Post Code")),
            (("Organisation name", "lat", "lng"),
             Columns("Organisation name", latitude="lat", longitude="lng")),
            (("venue_name", "geo_y", "geo_x", "ward name"),
             Columns("venue_name", latitude="geo_y", longitude="geo_x")),
            (("Title", "Easting", "Northing", "PCD"),
             Columns("Title", None, "PCD", easting="Easting", northing="Northing")),
            (("Ward name", "Postcode of the venue"), Columns(postcode="Postcode of the venue")),
            (("name", "latitude"), Columns("name")),
            (("latest", "long description"), Columns()),
            ((), Columns()),
        ],
    )  # fmt: skip
    def test_columns(self, headings, columns):
        assert guess_columns(headings) == columns

    @pytest.mark.parametrize(
        ("text", "kind"),
        [("Village Hall", "hall"), ("community_hub", "community_hub"), ("Libraries", "library"),
         ("GP practice", "gp"), ("foodbank", "food_bank"), ("CHURCH", "worship"), ("", ""),
         ("Youth project", "youth_centre"), ("thing", "other")],
    )  # fmt: skip
    def test_kinds(self, text, kind):
        assert kind_from_text(text, RULES) == kind


SQUARE = [[LON, LAT], [LON + 0.01, LAT], [LON + 0.01, LAT + 0.01], [LON, LAT + 0.01], [LON, LAT]]


class TestGeoJson:
    def test_every_geometry_stands_at_a_point_on_it(self):
        polygon = {"type": "Polygon", "coordinates": [SQUARE]}
        line = {"type": "LineString", "coordinates": SQUARE[1:3]}
        collection = {"type": "GeometryCollection", "geometries": [point(LON, LAT), polygon]}
        many = {"type": "MultiPoint", "coordinates": SQUARE[2:3]}
        placed = place(geojson(point(LON, LAT), polygon, line, collection, many))
        assert len(placed.assets) == 5
        inside = shapely.Polygon(SQUARE).buffer(3e-5)
        for row in placed.assets.itertuples():
            assert inside.contains(shapely.Point(row.longitude, row.latitude))

    def test_what_has_no_geometry_is_listed_by_its_number(self):
        placed = place(
            geojson(
                point(LON, LAT), None, {"type": "Point", "coordinates": []}, {"type": "Blob"},
                point("x", 1), point(LON, 1e400), {"type": "GeometryCollection", "geometries": []},
            )
        )  # fmt: skip
        assert len(placed.assets) == 1
        assert list(reasons(placed)) == [2, 3, 4, 5, 6, 7]
        assert set(reasons(placed).values()) == {"this feature has no geometry that can be read"}

    def test_a_stated_system_is_followed(self):
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
        stated = place(geojson(point(582_000, 110_000), crs=crs))
        unstated = place(geojson(point(582_000, 110_000)))
        for placed in (stated, unstated):
            assert placed.assets[["easting", "northing"]].to_numpy().tolist() == [
                [582_000, 110_000]
            ]
        crs["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
        assert len(place(geojson(point(LON, LAT), crs=crs)).assets) == 1
        crs["properties"]["name"] = "EPSG:3857"
        # Web Mercator: metres that would be degrees of nowhere.
        assert len(place(geojson(point(LON * 111_319.490793, 6_600_000), crs=crs)).assets) == 1
        with pytest.raises(UploadError, match="coordinate system"):
            place(geojson(point(0, 0), crs={"properties": {"name": "moon"}}))

    def test_swapped_axes_are_caught_and_mended(self):
        content = geojson(point(LAT, LON))
        assert place(content).looks_swapped
        assert len(place(content, Columns(name="name", swap=True)).assets) == 1

    def test_single_features_and_bare_geometries(self):
        feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": point(LON, LAT)}
        assert list(place(json.dumps(feature)).assets["name"]) == ["A"]
        assert len(place(json.dumps(point(LON, LAT)), kind="park").assets) == 1

    @pytest.mark.parametrize("text", ["{", "[1, 2]", '{"a": 1}', "[" * 100_000, '{"features": []}'])
    def test_other_json_is_refused(self, text):
        with pytest.raises(UploadError):
            read_table(text.encode())

    def test_openstreetmap_needs_no_confirmation(self):
        node = {"type": "node", "id": 1, "lat": LAT, "lon": LON, "tags": {"leisure": "playground"}}
        placed = place(json.dumps({"generator": "Overpass API", "elements": [node]}))
        assert placed.assets[["name", "kind"]].to_numpy().tolist() == [["", "playground"]]
        with pytest.raises(UploadError, match="no community centres"):
            place(json.dumps({"generator": "Overpass API", "elements": []}))


def test_five_thousand_rows_are_placed_in_time(store):
    """Real postcodes and points against the real small areas: at most 1.5 s."""
    venues = store.table("assets/warm_spaces").head(5_000)
    text = venues[["name", "postcode", "longitude", "latitude"]].to_csv(index=False).encode()
    shapes = store.shapes("small_areas")
    assert shapes.sindex is not None  # Built once for all readers, not in each one's upload.
    start = time.process_time()
    table = read_table(text, RULES)
    placed = place_rows(
        table,
        guess_columns(table.headings),
        find=store.postcodes.find_many,
        shapes=shapes,
        lsoa21_codes=store.table("small_areas")["lsoa21_code"],
        rules=RULES,
    )
    seconds = time.process_time() - start
    assert len(placed.assets) > 4_900
    assert seconds <= 1.5
