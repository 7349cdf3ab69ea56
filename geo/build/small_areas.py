"""Small areas (LSOA 2021): names, what they belong to, residents, a point and a box."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.build.outlines import NATIONAL_GRID, boxes, points, read_outlines
from geo.build.output import Output
from geo.build.population import RESIDENTS, expect_areas, read_ages, read_population
from geo.build.register import Sources

# The Rural Urban Classification of 2021: urban, larger and smaller rural; nearer and further.
CLASSES = ("UN1", "UF1", "RLN1", "RLF1", "RSN1", "RSF1")
COLUMNS = [
    "lsoa21_code",
    "lsoa21_name",
    "msoa21_code",
    "ltla24_code",
    "ward24_code",
    "region24_code",
    "ruc21_code",
    "ruc21_name",
    "ruc",
    *RESIDENTS,
    "easting",
    "northing",
    "longitude",
    "latitude",
    "west",
    "south",
    "east",
    "north",
    "left_behind_ward17_code",
]


def build(sources: Sources, output: Output) -> None:
    """Make `small_areas`, in the order of code that numbers them on the map."""
    frame = read_outlines(sources, "lsoa21_bgc", "LSOA21CD", "lsoa21_code")
    frame = frame.join(points(frame.geometry)).join(boxes(frame.geometry))
    codes = frame["lsoa21_code"]

    neighbourhoods = sources.csv("lookup_msoa21", ["LSOA21CD", "LSOA21NM", "MSOA21CD"])
    # The council is the one the Indices of Deprivation count a small area in; the best fit of
    # wards puts one, West Northamptonshire 048E, on the other side of the boundary.
    councils = sources.csv("iod2025", ["LSOA code (2021)", "Local Authority District code (2024)"])
    wards = sources.csv("lookup_ward24", ["lsoa21_code", "ward24_code"])
    regions = sources.csv("lookup_region24", ["ltla24_code", "region24_code"])
    rural = sources.csv("ruc21_lsoa", ["lsoa21_code", "ruc21_code", "classification", "ruc"])
    population, ages = read_population(sources, codes), read_ages(sources, codes)

    for key, part in {
        "lookup_msoa21": neighbourhoods,
        "iod2025": councils,
        "lookup_ward24": wards,
        "ruc21_lsoa": rural,
    }.items():
        expect_areas(sources, key, part, codes)
    sources.filled("lookup_msoa21", neighbourhoods, ["LSOA21NM", "MSOA21CD"])
    sources.filled("lookup_ward24", wards, ["ward24_code"])
    check_classes(sources, "ruc21_lsoa", rural)
    council = "Local Authority District code (2024)"
    counted, known = set(councils[council].dropna()), set(regions["ltla24_code"])
    expected = "a council with small areas"
    sources.codes("lookup_region24", regions, "ltla24_code", counted, expected, once=True)
    sources.filled("lookup_region24", regions, ["region24_code"])
    sources.codes("iod2025", councils, council, known, "a council of 2024")
    neighbourhoods.columns = ["lsoa21_code", "lsoa21_name", "msoa21_code"]
    councils.columns = ["lsoa21_code", "ltla24_code"]
    rural = rural.rename(columns={"classification": "ruc21_name"})
    for key, part in {
        "lookup_msoa21": neighbourhoods,
        "iod2025": councils,
        "lookup_ward24": wards,
        "ruc21_lsoa": rural,
        "population2022": population,
        "census21_age": ages,
    }.items():
        known = codes.isin(part["lsoa21_code"]).all()
        sources.expect(key, known, "a row for each small area of 2021")
        frame = frame.merge(part, on="lsoa21_code", how="left", validate="one_to_one")
    frame = frame.merge(regions, on="ltla24_code", how="left", validate="many_to_one")
    frame["left_behind_ward17_code"] = _ward_of_the_225(frame, output.frames["left_behind_wards"])

    sources.expect("lookup_region24", frame["region24_code"].notna().all(), "every council")
    output.table("small_areas", frame[COLUMNS])


def check_classes(sources: Sources, key: str, rural: pd.DataFrame) -> None:
    """Raise `SourceError` unless a source's ruc21_code, classification and ruc are published."""
    sources.codes(key, rural, "ruc21_code", CLASSES, "a class of 2021")
    sources.codes(key, rural, "ruc", ("Urban", "Rural"), "Urban or Rural")
    sources.filled(key, rural, ["classification"])


def _ward_of_the_225(frame: gpd.GeoDataFrame, wards: gpd.GeoDataFrame) -> pd.Series:
    """Code of the listed ward that holds an area's point, missing where none does."""
    inside = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(frame["easting"], frame["northing"]), crs=NATIONAL_GRID
    )
    found = inside.sjoin(wards[["ward17_code", "geometry"]].to_crs(NATIONAL_GRID))
    return found.groupby(level=0)["ward17_code"].min()
