"""Neighbourhoods (MSOA 2021) with the names chosen by the House of Commons Library."""

from __future__ import annotations

from geo.build.outlines import boxes, points, read_outlines
from geo.build.output import Output
from geo.build.population import sum_residents
from geo.build.register import Sources
from geo.build.small_areas import check_classes

WORDS = {"neighbourhood_name": "name", "ruc": "class"}


def build(sources: Sources, output: Output) -> None:
    """Make `neighbourhoods` from their outlines, names, and the small areas in them."""
    small_areas = output.frames["small_areas"]
    names = sources.csv("msoa_names", ["MSOACD", "MSOANM", "MSOAHCLNM", "MSOA21CD"])
    # The list also has the areas of 2011, each beside the area of 2021 that it became.
    names = names.loc[names["MSOACD"] == names["MSOA21CD"], ["MSOACD", "MSOANM", "MSOAHCLNM"]]
    names.columns = ["msoa21_code", "msoa21_name", "neighbourhood_name"]
    belongs = small_areas[["msoa21_code", "ltla24_code", "region24_code"]].drop_duplicates()
    rural = sources.csv("ruc21_msoa", ["msoa21_code", "ruc21_code", "classification", "ruc"])
    check_classes(sources, "ruc21_msoa", rural)
    rural = rural.rename(columns={"classification": "ruc21_name"})

    frame = read_outlines(sources, "msoa21_bgc", "MSOA21CD", "msoa21_code")
    outlines = frame.pop("geometry")
    parts = sources.csv("lookup_msoa21", ["LSOA21CD", "MSOA21CD"])
    parts = parts[parts["LSOA21CD"].isin(small_areas["lsoa21_code"])]
    known = set(frame["msoa21_code"])
    sources.codes("lookup_msoa21", parts, "MSOA21CD", known, "a neighbourhood of 2021")
    each = frame["msoa21_code"].is_unique and known == set(parts["MSOA21CD"])
    sources.expect("msoa21_bgc", each, "an outline for each neighbourhood that has small areas")
    for part in (names, belongs, rural, sum_residents(small_areas, "msoa21_code")):
        frame = frame.merge(part, on="msoa21_code", how="left", validate="one_to_one")
    for key, column in {"msoa_names": "neighbourhood_name", "ruc21_msoa": "ruc"}.items():
        whole = frame[column].notna().all()
        sources.expect(key, whole, f"a {WORDS[column]} for every neighbourhood of 2021")
    output.table("neighbourhoods", frame.join(points(outlines)).join(boxes(outlines)))
