"""Wards of 2024, as best fits of small areas, and whether the outline of 2025 is theirs."""

from __future__ import annotations

from geo.build.output import Output
from geo.build.register import Sources
from geo.build.settle import box_of_parts, settled_point


def build(sources: Sources, output: Output) -> None:
    """Make `wards`: those of 2024 that have at least one small area."""
    small_areas = output.frames["small_areas"]
    lookup = sources.csv("lookup_ward24", ["ward24_code", "ward24_name", "ltla24_code"])
    outlines = sources.geo("ward25_bgc", ["WD25CD"])
    english = lookup[lookup["ward24_code"].str.startswith("E", na=True)]
    councils = set(small_areas["ltla24_code"])
    sources.codes("lookup_ward24", english, "ltla24_code", councils, "a council of 2024")
    sources.filled("lookup_ward24", lookup, ["ward24_name"])
    known = set(outlines["WD25CD"].dropna())
    sources.codes("ward25_bgc", outlines, "WD25CD", known, "a ward's code", once=True)
    frame = lookup[lookup["ward24_code"].isin(small_areas["ward24_code"])].drop_duplicates()
    groups = small_areas.groupby("ward24_code")
    counts = groups.agg(
        small_areas=("lsoa21_code", "size"), population_2022=("population_2022", "sum")
    )
    for part in (
        counts.reset_index(),
        settled_point(small_areas, "ward24_code"),
        box_of_parts(small_areas, "ward24_code"),
    ):
        frame = frame.merge(part, on="ward24_code", validate="one_to_one")
    same = frame["ward24_code"].isin(outlines["WD25CD"])
    frame["outline_ward25_code"] = frame["ward24_code"].where(same)
    output.table("wards", frame.sort_values("ward24_code"))
