"""The asset tables that ship: how they were made, and that they hang together."""

import json

import pandas as pd
import pytest

from geo import assets, duplicates
from geo.asset_kinds import KINDS
from geo.build.childrens_centres import pair_sites, place_words
from geo.build.coops import kind_of_society
from geo.build.gp_practices import title_case
from geo.build.warm_spaces import without_libraries

MEMBERS = "Membership associations, social clubs and trade unions"


class TestBuildRules:
    def test_hub_and_centre_of_two_registers_are_one_site(self):
        gias, hubs = "GIAS", "DfE family hub sites list"
        rows = [
            ("Ash Grove Children's Centre", gias, 0),
            ("Ash Grove Family Hub", hubs, 349),
            ("Rookery Children's Centre", gias, 5000),
            ("Perry Barr Family Hub - Rookery", hubs, 5151),
            ("Elm Children's Centre", gias, 9000),
            ("Elm Family Centre", gias, 9000),
        ]
        sites = pd.DataFrame(rows, columns=["name", "register", "easting"]).assign(northing=0)
        pairs = pair_sites(sites)
        # Same words within 350 m; some of the words only within 150 m; never in one register.
        assert pairs[["hub", "centre"]].to_numpy().tolist() == [[1, 0]]
        assert place_words("The Ash Grove Sure Start Children's Centre") == {"ash", "grove"}

    @pytest.mark.parametrize(
        ("name", "sector", "code", "ownership", "kind"),
        [
            ("Ore Working Men's Club Limited", MEMBERS,
             "94990", "Consumers", "social_club"),
            ("Clyde Valley Orchards Limited", MEMBERS,
             "94990", "Enterprises", ""),
            ("Hastings Rugby Football Club Limited", "Sports and Recreation", "93120", "Consumers",
             "sports_club"),
            ("Cornwall Rugby Football Union Limited", "Sports and Recreation", "93120", "Consumers",
             ""),
            ("Leeds Supporters' Society Limited", "Sports and Recreation", "93120",
             "Consumers", ""),
            ("The Old Crown Limited", "Food service, Accommodation and Pubs", "56302",
             "Community of Interest", "community_pub"),
            ("Marsden Conservative Club Limited", "Food service, Accommodation and Pubs", "56301",
             "Consumers", "social_club"),
            ("Ide Community Shop Limited", "Retail", "47110", "Consumers", "community_shop"),
            ("Stroud Wholefood Co-op", "Retail", "47110", "Consumers", ""),
            ("Unicorn Grocery Limited", "Retail", "47110", "Workers", ""),
        ],
    )  # fmt: skip
    def test_societies(self, name, sector, code, ownership, kind):
        frame = pd.DataFrame(
            {"name": [name], "Sector": sector, "SIC Code": code,
             "Ownership Classification": ownership}
        )  # fmt: skip
        assert list(kind_of_society(frame)) == [kind]

    def test_names_in_capitals(self):
        assert (
            title_case("ST JOHN'S SURGERY (NHS) AT THE MILL")
            == "St John's Surgery (NHS) at the Mill"
        )
        assert title_case("THE O'NEILL-SMITH GP PRACTICE") == "The O'neill-Smith GP Practice"

    def test_libraries_of_the_register_are_left_out(self):
        venues = pd.DataFrame(
            {"name": ["Ore Library", "Far Library", "Hall"], "kind": ["library", "library", "hall"],
             "easting": [0, 5000, 0], "northing": 0, "detail": ""}
        )  # fmt: skip
        register = pd.DataFrame(
            {"kind": ["library", "library_closed"], "easting": [1000, 5000], "northing": 0}
        )
        left = without_libraries(venues, register)
        assert list(left["name"]) == ["Far Library", "Hall"]
        assert list(left["kind"]) == ["other", "hall"]
        assert "not in the register" in left["detail"].iloc[0]


class TestShippedTables:
    """The tables in data/, against what the publishers' files hold."""

    @pytest.mark.parametrize(
        ("table", "counts"),
        [
            ("childrens_centres", {"family_hub": 673, "childrens_centre": 2337}),
            ("gias", {"nursery_school": 378}),
            ("gp_practices", {"gp": 6221}),
            ("museums", {"museum": 2513}),
            ("gm_food_banks", {"food_bank": 171}),
            ("gm_post_offices", {"post_office": 343}),
            ("norwich_osm", {"playground": 139}),
        ],
    )
    def test_counts(self, store, table, counts):
        found = store.table(f"assets/{table}")["kind"].value_counts()
        assert {kind: found[kind] for kind in counts} == counts

    @pytest.mark.parametrize("source", assets.TRUSTED_FIRST)
    def test_every_table_has_the_common_columns_and_lies_in_england(self, store, source):
        frame = store.table(f"assets/{source}")
        areas = store.table("small_areas")
        assert set(assets.COMMON) <= set(frame.columns)
        assert frame["asset_id"].is_unique
        assert set(frame["kind"]) <= set(KINDS)
        assert (frame["source"] == source).all()
        assert (areas["lsoa21_code"].to_numpy()[frame["i"]] == frame["lsoa21_code"]).all()
        assert frame["longitude"].between(-6.5, 1.8).all()
        assert frame["latitude"].between(49.8, 55.9).all()

    def test_ids_are_unique_over_all_sources(self, store):
        ids = pd.concat(
            [store.table(f"assets/{source}")["asset_id"] for source in assets.TRUSTED_FIRST]
        )
        assert ids.is_unique

    def test_places_known_twice_point_to_places_that_are_there(self, store):
        frames = [store.table(f"assets/{source}") for source in assets.TRUSTED_FIRST]
        same = store.table("same_places")
        ids = set(pd.concat(frames)["asset_id"])
        assert set(same["asset_id"]) | set(same["same_as"]) <= ids
        assert not set(same["asset_id"]) & set(same["same_as"])
        merged = duplicates.merge(frames, same)
        assert len(merged) == sum(map(len, frames)) - len(same)
        assert (merged["sources"].map(len) > 1).sum() == same["same_as"].nunique()

    def test_every_place_is_on_the_map_once(self, store):
        places = assets.every_place(store.table, store.table_names())
        folder = store.data_dir.parent / "static" / "points"
        available = [path.name for path in folder.glob("*.*.json")]
        for kind, rows in places.groupby("kind"):
            if kind in ("library", "library_closed"):
                continue
            files = assets.points_files(kind, available)
            expected = {assets.points_file(kind, source) for source in rows["source"].unique()}
            assert set(files) == expected
            assert {file.split(".")[1] for file in files} - {"libraries"} <= set(
                KINDS[kind].sources
            )
            shown = [json.loads((folder.parent / file).read_text("utf-8")) for file in files]
            assert sum(len(document["rows"]) for document in shown) == len(
                rows[rows["source"] != "libraries"]
            )
            for document in shown:
                assert document["columns"] == ["lon", "lat", "name", "detail"]
                assert all(row[2] for row in document["rows"])

    def test_hubs_registered_as_centres_keep_the_registers_kind(self, store):
        centres = store.table("assets/childrens_centres")
        renamed = centres[centres["named_family_hub"]]
        assert set(renamed["kind"]) == {"childrens_centre"}
        assert renamed["name"].str.contains("family hub", case=False).all()
        assert len(renamed) > 50
