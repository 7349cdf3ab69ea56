"""How far every small area and neighbourhood is from each kind of place: `access/<kind>`.

One pair of tables a kind and each kind from England-wide lists only, so that a licence can be
honoured and a local sample never passes for a distance in the rest of England.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.access import (
    THRESHOLDS_M,
    catchment_access,
    centres,
    distinct_points,
    nearest_to_centres,
    open_in,
    summarise,
)
from geo.asset_kind import LOCAL
from geo.asset_kinds import KINDS
from geo.build.output import Output
from geo.build.register import Sources
from geo.distance import TWO_MILES_M, nearest, points_of
from geo.reached import ENGLAND_WIDE, FAMILY_CENTRE, TWO_NAMES
from geo.residents import Residents, locate_residents
from geo.venues import OTHER

LIBRARY = "library"
CLOSED = "library_closed"
# Libraries as they stood at the start of the register's record of closures.
LIBRARY_2010 = "library_2010"
FIRST_YEAR = 2010
CATCHMENT_M = TWO_MILES_M
# A share of some fifty postcodes needs no more.
SHARE_DECIMALS = 4


def build(sources: Sources, output: Output) -> None:
    """Make `access/<kind>` and `access/neighbourhood_<kind>` for every England-wide kind."""
    points = distinct_points(output.frames["postcodes"])
    areas, neighbourhoods = output.frames["small_areas"], output.frames["neighbourhoods"]
    libraries = output.frames["assets/libraries"]
    neighbourhood = neighbourhoods["msoa21_code"].searchsorted(areas["msoa21_code"])
    levels = [
        (prefix, codes, group, centres(points, group, len(codes)))
        for prefix, codes, group in (
            ("", areas[["lsoa21_code"]], points["i"].to_numpy()),
            ("neighbourhood_", neighbourhoods[["msoa21_code"]], neighbourhood[points["i"]]),
        )
    ]
    hours = library_hours(points, areas["population_2022"], libraries)
    wanted = england_wide_places(output)
    wanted[LIBRARY_2010] = libraries[open_in(libraries, FIRST_YEAR) & (libraries["kind"] != OTHER)]
    for kind, places in wanted.items():
        metres, _ = nearest(points_of(points), points_of(places))
        for prefix, codes, group, centre in levels:
            table = narrow(
                summarise(metres, group, len(codes)).join(nearest_to_centres(centre, places))
            )
            if kind == LIBRARY:
                table["hours_per_1000"] = residents_mean(hours, points, areas, group, len(codes))
            output.table(f"access/{prefix}{kind}", pd.concat([codes, table], axis=1))


def england_wide_places(output: Output) -> dict[str, pd.DataFrame]:
    """Places of each kind that England-wide lists hold, each building once, by kind.

    Children's centres and family hubs stand by themselves and as one (`geo.reached`).
    """
    assets = pd.concat([output.frames[f"assets/{source}"] for source in ENGLAND_WIDE])
    assets = assets[~assets["asset_id"].isin(output.frames["same_places"]["asset_id"])]
    kinds = [
        key
        for key, kind in KINDS.items()
        if kind.completeness != LOCAL and key not in (CLOSED, OTHER)
    ]
    places = {kind: assets[assets["kind"] == kind] for kind in kinds}
    places[FAMILY_CENTRE.key] = assets[assets["kind"].isin(TWO_NAMES)]
    return places


def library_hours(
    points: pd.DataFrame, population: pd.Series, libraries: pd.DataFrame
) -> np.ndarray:
    """Library hours a week for each resident, at each postcode point, by floating catchments.

    A library whose hours are not recorded is taken to be open for the median of those that are.
    """
    residents: Residents = locate_residents(points, population)
    open_now = libraries[libraries["kind"] == LIBRARY]
    hours = open_now["hours_per_week"].astype("float64")
    return catchment_access(
        points_of(points),
        residents.people[residents.area],
        points_of(open_now),
        hours.fillna(hours.median()).to_numpy(),
        CATCHMENT_M,
    )


def residents_mean(
    per_person: np.ndarray,
    points: pd.DataFrame,
    areas: pd.DataFrame,
    group: np.ndarray,
    groups: int,
) -> np.ndarray:
    """Average over an area's residents of a figure at their points, for 1,000 of them."""
    per_area = np.bincount(points["i"], minlength=len(areas))
    people = (areas["population_2022"].to_numpy() / np.maximum(per_area, 1))[points["i"]]
    total = np.bincount(group, weights=per_person * people, minlength=groups)
    whole = np.bincount(group, weights=people, minlength=groups)
    mean = np.divide(1000 * total, whole, out=np.full(groups, np.nan), where=whole > 0)
    return mean.round(2).astype("float32")


def narrow(table: pd.DataFrame) -> pd.DataFrame:
    """Metres as whole numbers and shares to four decimals: no area is left without points."""
    metres = [name for name in table.columns if name.endswith("_m")]
    table[metres] = table[metres].round().astype("int32")
    shares = list(THRESHOLDS_M)
    table[shares] = table[shares].round(SHARE_DECIMALS).astype("float32")
    return table
