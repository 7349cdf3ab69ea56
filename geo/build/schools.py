"""Schools, nursery schools and colleges open in England, from Get Information about Schools."""

from __future__ import annotations

import numpy as np

from geo.build.asset_tables import place_by_grid, write_assets
from geo.build.checks import EASTING, NORTHING, Figure
from geo.build.output import Output
from geo.build.register import Sources

SOURCE = "gias"

_SCHOOL_GROUPS = {
    "Academies",
    "Free Schools",
    "Independent schools",
    "Local authority maintained schools",
    "Special schools",
}
_OVER_16 = {
    "Further education",
    "Sixth form centres",
    "Special post 16 institution",
    "Academy 16-19 converter",
    "Academy 16 to 19 sponsor led",
    "Free schools 16 to 19",
}
_BLANK = frozenset({""})
FIGURES = {
    "easting": Figure(0, EASTING.most, "int32", _BLANK),
    "northing": Figure(0, NORTHING.most, "int32", _BLANK),
    "number_of_pupils": Figure(0, 100_000, "int32", _BLANK),
}
_NURSERY = "Local authority nursery school"
# Behind a wall: not a place a neighbour can use.
_SECURE = {"Academy secure 16 to 19"}


def build(sources: Sources, output: Output) -> None:
    """Make `assets/gias`; establishments with no grid reference are left out."""
    columns = [
        "urn", "establishment_name", "establishment_type", "establishment_type_group",
        "education_phase", "number_of_pupils", "easting", "northing",
    ]  # fmt: skip
    listed = sources.csv(SOURCE, columns)
    sources.figures(SOURCE, listed, FIGURES)
    sources.codes(SOURCE, listed, "urn", set(listed["urn"].dropna()), "a number", once=True)
    sources.filled(SOURCE, listed, columns[1:5])
    listed = listed.rename(columns={"establishment_name": "name", "number_of_pupils": "pupils"})
    kind, group = listed["establishment_type"], listed.pop("establishment_type_group")
    listed["kind"] = np.select(
        [kind.isin(_SECURE), kind == _NURSERY, kind.isin(_OVER_16), group.isin(_SCHOOL_GROUPS)],
        ["", "nursery_school", "college", "school"],
        "",
    )
    sources.expect(SOURCE, (listed["kind"] == "nursery_school").any(), f'rows of type "{_NURSERY}"')
    # A grid reference of 0, 0 stands for none.
    placeable = (listed["kind"] != "") & (listed["easting"].astype(float) > 1)
    schools = listed[placeable].astype({"easting": float, "northing": float, "pupils": "Int32"})
    schools["postcode"] = ""
    phase = schools["education_phase"]
    schools["detail"] = phase.where(phase != "Not applicable", schools["establishment_type"])
    write_assets(place_by_grid(schools, output), SOURCE, "sc", output)
