"""One building known from two sources is one asset: examples worked by hand."""

import pandas as pd
from asset_helpers import make

from geo import duplicates


class TestDuplicates:
    TRUSTED = make(
        "register",
        ("Ash Grove Family Hub", "family_hub", 100, 100),
        ("St Mary's Church Hall", "hall", 600, 600),
        ("Museum of Bricks", "museum", 1200, 200),
    )
    LIST = make(
        "list",
        ("Ash Grove Family Hub - Warm Welcome", "other", 100, 249),
        ("Ash Grove Family Hub", "other", 100, 300),
        ("St Mary's Church", "worship", 600, 610),
        ("The Museum of Bricks", "cafe", 1200, 200),
        ("St Mary's C of E School", "school", 600, 600),
    )
    MAP = make(
        "map",
        ("", "worship", 600, 650),
        ("", "worship", 600, 670),
        ("", "hall", 600, 600),
        ("", "playground", 100, 100),
    )

    def merged(self):
        return duplicates.merge_duplicates([self.TRUSTED, self.LIST, self.MAP])

    def test_one_building_is_one_asset_with_both_sources(self):
        hub = self.merged().query("name == 'Ash Grove Family Hub'").set_index("source")
        assert hub.loc["register", "sources"] == ("register", "list")
        assert hub.loc["register", "also_named"] == ("Ash Grove Family Hub - Warm Welcome",)
        assert hub.loc["register", "kind"] == "family_hub"
        # The other record of that name is 200 m off: too far to be sure.
        assert hub.loc["list", "sources"] == ("list",)

    def test_a_church_is_not_its_hall_or_school(self):
        names = list(self.merged()["name"])
        assert "St Mary's Church Hall" in names
        assert "St Mary's Church" in names
        assert "St Mary's C of E School" in names

    def test_a_nameless_shape_is_the_nearest_named_place_of_its_kind(self):
        merged = self.merged()
        church = merged[merged["name"] == "St Mary's Church"].iloc[0]
        assert church["sources"] == ("list", "map")
        assert church["also_named"] == ()
        # 40 m is near enough, 60 m is not; the hall's shape joins the hall.
        assert list(merged[(merged["name"] == "") & (merged["kind"] == "worship")]["northing"]) == [
            670
        ]
        assert merged.query("kind == 'hall'")["sources"].iloc[0] == ("register", "map")

    def test_kinds_that_are_two_services_stay_two(self):
        assert len(self.merged().query("name.str.contains('Bricks')")) == 2
        assert not duplicates.could_be_one("nursery_school", "childrens_centre")
        assert duplicates.could_be_one("other", "museum")

    def test_a_source_keeps_all_its_places(self):
        register = make("register", ("Oak Hall", "hall", 0, 0), ("Oak  Hall", "hall", 60, 0))
        listed = make("list", ("Oak Hall", "hall", 10, 0))
        merged = duplicates.merge_duplicates([register, listed])
        assert len(merged) == 2
        assert sorted(merged["sources"], key=len) == [("register",), ("register", "list")]

    def test_a_record_that_knows_the_kind_stands_for_one_that_does_not(self):
        known = make("b", ("Elm Place", "youth_centre", 0, 0))
        merged = duplicates.merge_duplicates([make("a", ("Elm Place", "other", 0, 0)), known])
        assert list(merged["kind"]) == ["youth_centre"]
        assert list(merged["sources"]) == [("b", "a")]

    def test_two_services_are_not_joined_by_a_third_record(self):
        frames = [
            make("a", ("Elm Place", "library", 0, 0)),
            make("b", ("Elm Place", "museum", 0, 0)),
            make("c", ("Elm Place", "other", 0, 0)),
        ]
        merged = duplicates.merge_duplicates(frames)
        assert sorted(merged["kind"]) == ["library", "museum"]

    def test_spellings_of_one_list(self):
        places = pd.DataFrame(
            {
                "name": ["Oak Room", "Oak Room Warm Space", "Oak Rooms", "", "", "Elm"],
                "kind": ["other", "hall", "hall", "hall", "hall", "hall"],
                "easting": [0, 10, 500, 0, 0, 0],
                "northing": 0,
            },
            index=list("abcdef"),
        )
        # The record whose kind is known stays; nameless ones are never called the same.
        assert list(duplicates.repeats(places)) == ["a"]

    def test_nothing_with_nothing(self):
        empty = self.TRUSTED.head(0)
        assert duplicates.merge_duplicates([empty, empty]).empty
