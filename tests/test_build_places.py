"""Shapes, tiles, postcodes, places and libraries: how each is made, and what was made."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from shapely.geometry import box

from geo.build import libraries, places, postcodes, shapes
from geo.maps import TILES
from geo.store import DATA_DIR

STATIC = DATA_DIR.parent / "static"
FILE_OF = {layer: STATIC / path for path, layers in TILES.items() for layer in layers}


def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(DATA_DIR / f"{name}.parquet")


def squares() -> gpd.GeoDataFrame:
    """Three squares of 100 m in a row, the last with its border off by less than a centimetre."""
    edges = [box(0, 0, 100, 100), box(100, 0, 200, 100), box(200.004, 0, 300, 100)]
    return gpd.GeoDataFrame(geometry=edges, crs="EPSG:27700")


# Shapes


def test_borders_that_differ_by_millimetres_become_the_same():
    assert not shapely.coverage_is_valid(squares().geometry.to_numpy(), gap_width=1)
    assert shapely.coverage_is_valid(shapes.coverage(squares().geometry, "EPSG:27700"), gap_width=1)


def test_larger_areas_are_dissolved_by_number():
    coverage = shapes.coverage(squares().geometry, "EPSG:27700")
    whole = shapes.dissolve(coverage, np.array([1, 0, 1]), 2)
    assert [part.area for part in whole] == [10_000, 20_000]
    assert whole[0].bounds == (100, 0, 200, 100)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("small_areas", "lsoa21_code"),
        ("neighbourhoods", "msoa21_code"),
        ("councils", "ltla24_code"),
    ],
)
def test_shapes_stand_row_for_row_with_their_table(name, code):
    outlines = gpd.read_parquet(DATA_DIR / "shapes" / f"{name}.parquet")
    assert outlines.crs.to_epsg() == 27700
    assert outlines[code].equals(table(name)[code])
    assert outlines.is_valid.all()
    coordinates = shapely.get_coordinates(outlines.geometry.to_numpy())
    assert np.array_equal(coordinates, coordinates.round())


def test_small_areas_hold_their_own_points():
    outlines = gpd.read_parquet(DATA_DIR / "shapes" / "small_areas.parquet")
    areas = table("small_areas")
    points = shapely.points(areas["easting"], areas["northing"])
    assert shapely.intersects(outlines.geometry.to_numpy(), points).mean() > 0.9999


def test_larger_shapes_have_the_area_of_their_parts():
    small = gpd.read_parquet(DATA_DIR / "shapes" / "small_areas.parquet")
    for name in ("neighbourhoods", "councils"):
        whole = gpd.read_parquet(DATA_DIR / "shapes" / f"{name}.parquet")
        assert whole.area.sum() == pytest.approx(small.area.sum(), rel=0.001)


# Tiles


@pytest.fixture(scope="module")
def cut() -> dict[tuple[str, int], pd.DataFrame]:
    """What the features of some layers carry at some zooms."""
    wanted = [("lsoa", 7), ("lsoa", 8), ("lsoa", 11), ("msoa", 8), ("msoa", 9), ("lad", 5)]
    wanted += [("ladlabel", 7), ("msoalabel", 11), ("left", 7), ("ward", 10)]
    return {
        (layer, zoom): pyogrio.read_dataframe(
            FILE_OF[layer], layer=layer, ZOOM_LEVEL=zoom, read_geometry=False
        ).assign(i=lambda features: features["mvt_id"] - 1)
        for layer, zoom in wanted
    }


def test_tiles_have_their_layers():
    for path, layers in TILES.items():
        assert {name for name, _ in pyogrio.list_layers(STATIC / path)} == set(layers)


@pytest.mark.parametrize(
    ("layer", "zoom", "name", "column"),
    [
        ("lsoa", 11, "small_areas", "lsoa21_name"),
        ("msoa", 9, "neighbourhoods", "neighbourhood_name"),
        ("lad", 5, "councils", "ltla24_name"),
        ("ladlabel", 7, "councils", "ltla24_name"),
        ("msoalabel", 11, "neighbourhoods", "neighbourhood_name"),
    ],
)
def test_every_area_is_in_the_tiles_with_its_number_and_name(cut, layer, zoom, name, column):
    drawn = cut[layer, zoom].drop_duplicates("i").set_index("i")["n"].sort_index()
    names = table(name)[column]
    assert drawn.index.equals(names.index)
    assert (drawn.to_numpy() == names.to_numpy()).all()


def test_no_area_is_lost_from_zoom_8_on_and_hardly_one_before(cut):
    assert cut["lsoa", 8]["i"].nunique() == 33_755
    assert cut["lsoa", 7]["i"].nunique() >= 33_700


def test_doubly_disadvantaged_small_areas_are_marked(cut):
    both = (table("deprivation")["imd_decile"] == 1) & (table("community_needs")["cni_decile"] == 1)
    marked = cut["lsoa", 11].loc[cut["lsoa", 11]["d"] == 1, "i"]
    assert set(marked) == set(np.flatnonzero(both))
    assert len(set(marked)) == 1262


def test_names_wait_for_the_zooms_that_show_them(cut):
    assert "n" not in cut["lsoa", 8].dropna(axis=1, how="all")
    assert "n" not in cut["msoa", 8].dropna(axis=1, how="all")


def test_wards_are_those_of_the_tables(cut):
    listed = table("left_behind_wards")
    drawn = cut["left", 7][["n", "la"]].drop_duplicates()
    assert set(drawn.itertuples(index=False, name=None)) == set(
        listed[["ward17_name", "lad19_name"]].itertuples(index=False, name=None)
    )
    outlined = set(table("wards")["outline_ward25_code"].dropna())
    assert outlined <= set(cut["ward", 10]["code"])


def test_names_come_in_the_order_of_population(cut):
    listed = cut["ladlabel", 7].drop_duplicates("i").sort_values("o")["i"]
    people = table("councils")["population_2022"].iloc[listed]
    assert people.is_monotonic_decreasing


def test_tiles_are_light():
    assert sum((STATIC / path).stat().st_size for path in TILES) <= 16_000_000


# Postcodes


def test_a_point_goes_to_the_area_it_is_in_or_else_to_the_nearest():
    easting, northing = pd.Series([50, 150, 100, -30, 50]), pd.Series([50, 50, 50, 50, 50])
    number, distance_m = postcodes.small_area_of(easting, northing, squares())
    assert number.tolist() == [0, 1, 0, 0, 0]
    assert distance_m.tolist() == [0, 0, 0, 30, 0]


def test_what_was_not_straightforward_is_counted_in_the_table():
    metadata = pq.read_schema(DATA_DIR / "postcodes.parquet").metadata
    assert int(metadata[b"outside_every_outline"]) == 410
    assert int(metadata[b"furthest_outside_m"]) <= postcodes.OFFSHORE_M
    assert int(metadata[b"in_another_council_than_the_directory_says"]) < 300


def test_sheffield_and_barnsley_keep_their_postcodes_under_their_code_of_2024():
    numbers = pq.read_table(DATA_DIR / "postcodes.parquet", columns=["i"])["i"].to_numpy()
    council = table("small_areas")["ltla24_code"].to_numpy()[numbers]
    assert (council == "E08000019").sum() == pytest.approx(19_410, abs=20)
    assert (council == "E08000016").sum() == pytest.approx(8_741, abs=20)


# Places


def test_districts_have_a_centre_among_their_postcodes_and_a_box():
    made = places.postcode_districts(
        pd.DataFrame(
            {
                "postcode": ["AA11AA", "AA11AB", "AA11AC", "AA111AA"],
                "i": np.array([0, 1, 2, 3], dtype="uint16"),
                "easting": [500_000, 500_100, 500_200, 600_000],
                "northing": [200_000, 200_100, 200_200, 300_000],
            }
        )
    )
    assert made["name"].tolist() == ["AA1", "AA11"]
    assert made["i"].tolist() == [1, 3]
    assert made["west"][0] < made["longitude"][0] < made["east"][0]


def test_places_are_english_and_each_type_is_spelled_out():
    made = table("places")
    assert set(made["type"]) == {*places.TYPES.values(), places.DISTRICT}
    assert not {"Cardiff", "Edinburgh", "Wrexham"} & set(made.loc[made["type"] == "city", "name"])
    assert made["lsoa21_code"].isin(table("small_areas")["lsoa21_code"]).all()
    hastings = made[(made["name"] == "Hastings") & (made["type"] == "town")].squeeze()
    assert (hastings["ltla24_code"], hastings["district"]) == ("E07000062", "Hastings")
    districts = made[made["type"] == places.DISTRICT]
    assert districts[places.BOX].notna().all(axis=None)
    assert made.loc[made["type"] != places.DISTRICT, places.BOX].isna().all(axis=None)


# Libraries


def listed(**facts) -> dict:
    row = dict.fromkeys(libraries.COLUMNS) | {
        "reporting": "Alder",
        "name": "Alder Library",
        "postcode": "AA1 1AA",
        "type": "Static Library",
        "statutory_23": "Yes",
        "hours": "20",
        "staffed_hours": "15",
        "monday": "AM & PM (continuous)",
    }
    return row | dict.fromkeys(libraries.BY_YEAR, "LA") | facts


def tidied(**facts) -> pd.Series:
    return libraries.tidy(pd.DataFrame([listed(**facts)], dtype="str")).squeeze()


@pytest.mark.parametrize(
    ("code", "operation"),
    [
        ("LA", "council"),
        ("La", "council"),
        ("LAU", "council"),
        ("c", "commissioned"),
        ("CR", "community"),
        ("ICL", "independent"),
    ],
)
def test_the_publishers_codes_of_operation_in_any_case(code, operation):
    library = tidied(operation_23=code)
    assert (library["operation"], library["status"], library["kind"]) == (
        operation, "open", "library",
    )  # fmt: skip


def test_a_closed_library_keeps_its_year_and_who_ran_it_last():
    library = tidied(operation_23="closed", operation_22="Closed", operation_21="CR", closed="2022")
    assert (library["status"], library["kind"]) == ("closed", "library_closed")
    assert (library["operation"], library["closed_year"]) == ("community", 2022)
    assert libraries.detail(library) == "Closed in 2022\nRun by the council in 2016"


def test_a_library_closed_for_a_time_still_counts_and_says_so():
    library = tidied(operation_23="Temporary Closure", hours="Not Currently Open")
    assert (library["status"], library["operation"]) == ("open", "council")
    assert library["temporarily_closed"]
    assert pd.isna(library["hours_per_week"])
    assert libraries.detail(library) == "Closed for a time at the end of 2023"


def test_what_nobody_recorded_is_unknown():
    library = tidied(**dict.fromkeys(libraries.BY_YEAR, "[Unknown]"), hours="[Unknown]", opened=" ")
    assert library["operation"] == "unknown"
    assert pd.isna(library["opened_year"])
    assert libraries.detail(library) == "Opening hours not recorded"


def test_sharers_of_a_building_are_named():
    library = tidied(co_located_community="x", co_located_museum="X", co_located_other_text="Gym ")
    assert library["co_located"] == "community centre;museum"
    assert library["co_located_community"]
    assert library["co_located_other"] == "Gym"
    assert libraries.detail(library) == (
        "20 hours a week\nShares its building: community centre, museum"
    )


def test_hours_without_staff_are_said():
    assert libraries.detail(tidied(staffed_hours="0")) == "20 hours a week, unstaffed"


@pytest.mark.parametrize("kind", ["Prison Library", "mobile library", "Archive"])
def test_prisons_archives_and_mobile_libraries_are_left_out(kind):
    rows = pd.DataFrame([listed(type=kind), listed(name="Elm Library")], dtype="str")
    assert libraries.tidy(rows)["name"].tolist() == ["Elm Library"]


def test_a_library_closed_before_2010_is_left_out():
    rows = pd.DataFrame([listed(operation_23="Closed", closed="2009")], dtype="str")
    assert libraries.tidy(rows).empty


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("AM & PM (continuous)", "AM & PM (continuous)"),
        ("ALl Day (continuous)", "All day (continuous)"),
        ("N/A Closed", "Closed"),
        ("[Unknown]", ""),
        ("PM only", "PM only"),
    ],
)
def test_opening_patterns_are_written_one_way(published, shown):
    assert tidied(monday=published)["monday"] == shown


def test_the_points_on_the_map_are_the_libraries_of_the_table():
    made = table("assets/libraries")
    for operation in (*libraries.RUN_BY, "unknown"):
        rows = json.loads((STATIC / "points" / f"library_{operation}.json").read_text())["rows"]
        kept = made[(made["operation"] == operation) & (made["kind"] == "library")]
        assert [row[2] for row in rows] == kept["name"].tolist()
    closed = json.loads((STATIC / "points" / "library_closed.json").read_text())["rows"]
    assert len(closed) == (made["kind"] == "library_closed").sum() == 338


def test_one_library_inside_a_prison_is_not_one_to_walk_to():
    made = table("assets/libraries")
    assert made.loc[made["kind"] == "other", "name"].tolist() == ["Prison"]
    assert made["temporarily_closed"].sum() == 19
