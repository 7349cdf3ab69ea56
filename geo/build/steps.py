"""The steps of a build, in order: later ones use the tables of earlier ones."""

from __future__ import annotations

from collections.abc import Callable

from geo.build import (
    access,
    asset_points,
    cases,
    centres,
    child_poverty,
    childrens_centres,
    community_needs,
    coops,
    councils,
    deprivation,
    evidence,
    gp_practices,
    history,
    left_behind,
    libraries,
    local_lists,
    measures,
    museums,
    neighbourhoods,
    places,
    postcodes,
    programmes,
    rank_paths,
    readme,
    schools,
    shapes,
    small_areas,
    tiles,
    wards,
    warm_spaces,
)
from geo.build.output import Output
from geo.build.register import Sources

Step = Callable[[Sources, Output], None]

STEPS: list[tuple[str, Step]] = [
    ("Left-behind wards", left_behind.build),
    ("Small areas", small_areas.build),
    ("Neighbourhoods", neighbourhoods.build),
    ("Councils", councils.build),
    ("Wards", wards.build),
    ("Deprivation", deprivation.build),
    ("Deprivation since 2004", history.build),
    ("Community needs", community_needs.build),
    ("Tiles", tiles.build),
    ("Outlines", shapes.build),
    ("Postcodes", postcodes.build),
    ("Centres", centres.build),
    ("Places", places.build),
    ("Libraries", libraries.build),
    ("Children's centres", childrens_centres.build),
    ("Schools", schools.build),
    ("Museums", museums.build),
    ("GP practices", gp_practices.build),
    ("Co-operatives", coops.build),
    ("Warm spaces", warm_spaces.build),
    ("Local lists", local_lists.build),
    ("Map of assets", asset_points.build),
    ("Access", access.build),
    ("Measures", measures.build),
    ("Programmes", programmes.build),
    ("Child poverty", child_poverty.build),
    ("Rank paths", rank_paths.build),
    ("Evidence", evidence.build),
    ("Case studies", cases.build),
    # Always last: it describes all the tables there are.
    ("Data dictionary", readme.build),
]

# Steps that take long, mostly outside Python, and make what no other step needs: each runs beside
# the steps after it.
BESIDE = ("Tiles",)
