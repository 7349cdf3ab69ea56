"""Kinds, placing and what is where: small examples worked by hand."""

import numpy as np
import pandas as pd
import pytest
from asset_helpers import SQUARES, make

from geo import assets, placing
from geo.asset_kind import LOCAL, REGISTER, SHAPES, VOLUNTARY
from geo.asset_kinds import KINDS, count_in_words, no_record


class TestKinds:
    def test_every_kind_is_drawn_unlike_the_others(self):
        symbols = [(kind.colour, kind.shape) for kind in KINDS.values()]
        assert len(set(symbols)) == len(symbols)
        assert {kind.shape for kind in KINDS.values()} <= set(SHAPES)

    def test_colours_stand_out_on_white(self):
        def luminance(colour):
            channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
            linear = np.where(
                channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
            )
            return linear @ [0.2126, 0.7152, 0.0722]

        for kind in KINDS.values():
            assert 1.05 / (luminance(kind.colour) + 0.05) >= 4.5, kind.key

    def test_every_source_is_registered(self, store):
        for kind in KINDS.values():
            assert set(kind.sources) <= set(store.sources)

    def test_no_record_is_never_none(self):
        for key in KINDS:
            words = count_in_words(key, 0)
            assert words.startswith("no record")
            assert "none" not in words.lower()

    def test_words(self):
        assert no_record("youth_centre") == (
            "no record of a youth club or centre (voluntary list, October to December 2025)"
        )
        assert count_in_words("library", 1) == "1 public library"
        assert count_in_words("school", 1200) == "1,200 schools"
        assert KINDS["cafe"].how_complete == "Voluntary list, October to December 2025"
        assert KINDS["hall"].how_complete == (
            "Voluntary list, October to December 2025; in Greater Manchester local lists too"
        )
        assert KINDS["library"].completeness == REGISTER
        assert KINDS["hall"].completeness == VOLUNTARY
        assert KINDS["park"].completeness == LOCAL
        assert not KINDS["green_entrance"].counted
        assert "registered office" in KINDS["community_pub"].caveat


class TestPlacing:
    @pytest.mark.parametrize(
        ("written", "clean"),
        [
            ("tn35 5aa", "TN355AA"),
            (" w1a1aa ", "W1A1AA"),
            ("TN35", ""),
            ("5AA TN35", ""),
            (None, ""),
        ],
    )
    def test_postcodes_are_cleaned(self, written, clean):
        assert placing.clean_postcode(written) == clean
        assert placing.clean_postcode(placing.show_postcode(clean)) == clean

    def test_points_fall_in_their_area(self):
        i = placing.small_area_at([500, 1500, 1000, -100, -300, np.nan, np.inf], [500] * 7, SQUARES)
        # Inside each; on the border the lower number; just off shore; at sea; no place at all.
        assert list(i) == [0, 1, 0, 0, -1, -1, -1]

    def test_postcodes_are_found_row_for_row(self):
        directory = pd.DataFrame(
            {"postcode": ["AA11AA", "BB11BB"], "i": [0, 1], "easting": [5, 6], "northing": [7, 8]}
        )
        asked = pd.Series(["BB11BB", "", "ZZ11ZZ", "BB11BB"], index=[9, 8, 7, 6])
        found = placing.find_postcodes(asked, directory)
        assert list(found["i"]) == [1, -1, -1, 1]
        assert list(found.index) == [9, 8, 7, 6]
        assert found.loc[9, "easting"] == 6
        assert np.isnan(found.loc[8, "northing"])

    def test_a_stray_point_gives_way_to_its_postcode(self):
        points = pd.DataFrame({"easting": [0.0, 0, np.nan, 0], "northing": [0.0, 0, np.nan, 0]})
        codes = pd.DataFrame(
            {"easting": [1000.0, 1001, 5, np.nan], "northing": [0.0, 0, 5, np.nan]}
        )
        place, placed_by = placing.settle_points(points, codes)
        assert list(placed_by) == ["point", "postcode", "postcode", "point"]
        assert list(place["easting"]) == [0, 1001, 5, 0]

    def test_degrees_and_metres_agree(self):
        # Trig point on Leith Hill, as the Ordnance Survey gives it in both.
        easting, northing = placing.to_grid([-0.36989], [51.17593])
        assert easting[0] == pytest.approx(514_056, abs=60)
        assert northing[0] == pytest.approx(143_100, abs=1000)
        longitude, latitude = placing.to_degrees(easting, northing)
        assert (longitude[0], latitude[0]) == (-0.36989, 51.17593)


class TestWhatIsWhere:
    PLACES = make(
        "one",
        ("A", "library", 500, 500),
        ("B", "hall", 800, 500),
        ("C", "library", 1500, 500),
        ("D", "library_closed", 500, 501),
        ("E", "green_entrance", 500, 502),
    )

    def test_columns(self):
        assert list(self.PLACES.columns[: len(assets.COMMON)]) == assets.COMMON
        assert self.PLACES["asset_id"].is_monotonic_increasing

    def test_nearest_of_each_kind(self):
        near = assets.nearest(self.PLACES, 900, 500, kinds=["library", "hall"])
        assert list(near["name"]) == ["B", "A"]
        assert list(near["distance_m"]) == [100, 400]
        assert "D" not in set(assets.nearest(self.PLACES, 500, 501)["name"])

    def test_threshold_is_inclusive(self):
        assert set(assets.within(self.PLACES, 500, 500, 300)["name"]) == {"A", "B", "D", "E"}
        assert "B" not in set(assets.within(self.PLACES, 500, 500, 299.9)["name"])

    def test_counts_have_every_counted_kind(self):
        counts = assets.count_by_kind(self.PLACES)
        assert counts["library"] == 2
        assert counts["hall"] == 1
        assert counts["youth_centre"] == 0
        assert "green_entrance" not in counts
        assert list(counts.index) == [key for key, kind in KINDS.items() if kind.counted]

    def test_ids_do_not_depend_on_spelling(self):
        first = assets.asset_id("x", "St. Mary’s Café", "TN35 5AA")
        assert first == assets.asset_id("x", "ST MARY'S CAFE", "tn355aa")
        assert first != assets.asset_id("x", "St Mary's Cafe", "TN35 5AB")
        assert len(first) == 9

    def test_a_row_told_twice_is_one(self):
        assert len(make("one", ("A", "hall", 5, 5), ("a.", "hall", 5, 5))) == 1
