"""What is near one area or postcode: the library people would walk to, a case study to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from geo import case_near
from geo.cells import Columns
from geo.postcodes import Place


@dataclass(frozen=True)
class NearestLibrary:
    """An open library and how far it is.

    metres: straight line. hours_per_week: None where not recorded. starting: where from, in words.
    past: who ran it, as (operation, first year found so), oldest first. shut_for_now: whether its
    service reported it closed for a time; it still counts as open, as the publisher counts it.
    """

    name: str
    operation: str
    metres: float
    hours_per_week: float | None
    starting: str
    past: tuple[tuple[str, int], ...]
    shut_for_now: bool = False


# The Arts Council asked in these years.
_YEARS = (2016, 2019, 2021, 2022, 2023)
_TOLD = (
    "name", "operation", "hours_per_week", "temporarily_closed",
    *(f"operation_{year}" for year in _YEARS),
)  # fmt: skip


def past(row: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """Who ran a library, as (operation, first year it was found so), oldest first.

    row: of the libraries table. Years without an answer are passed over.
    """
    answers = [(row[f"operation_{year}"], year) for year in _YEARS]
    known = [answer for answer in answers if answer[0] not in ("", "unknown", None)]
    return tuple(next(run) for _, run in groupby(known, key=lambda answer: answer[0]))


@dataclass(frozen=True)
class OpenLibraries:
    """The libraries that are open, sorted out once for all who ask. Change nothing.

    told: their rows of the libraries table. easting, northing: metres (EPSG:27700).
    """

    told: Columns
    easting: np.ndarray
    northing: np.ndarray


def open_libraries(libraries: pd.DataFrame) -> OpenLibraries:
    """Those of the libraries table that are open."""
    still = libraries[libraries["kind"] == "library"]
    return OpenLibraries(
        Columns(still[list(_TOLD)]), still["easting"].to_numpy(), still["northing"].to_numpy()
    )


def library(libraries: OpenLibraries, area, postcode: Place | None = None) -> NearestLibrary:
    """The open library nearest to a postcode, or to the middle of an area.

    area: a row of a frame from `geo.areas`. Straight-line distance.
    """
    easting = postcode.easting if postcode else area["easting"]
    northing = postcode.northing if postcode else area["northing"]
    metres = np.hypot(libraries.easting - easting, libraries.northing - northing)
    nearest = int(metres.argmin())
    row = libraries.told.at(nearest)
    hours = row["hours_per_week"]
    return NearestLibrary(
        name=row["name"],
        operation=row["operation"],
        metres=float(metres[nearest]),
        hours_per_week=None if pd.isna(hours) else float(hours),
        starting=f"from {postcode.postcode}" if postcode else "from the middle of the area",
        past=past(row),
        shut_for_now=bool(row["temporarily_closed"]),
    )


def case_study(
    cases: case_near.Placed, area, postcode: Place | None = None
) -> case_near.Nearest | None:
    """The case study nearest to a postcode, or to the middle of an area; None without any."""
    longitude = postcode.longitude if postcode else area["longitude"]
    latitude = postcode.latitude if postcode else area["latitude"]
    found = case_near.nearest(cases, longitude, latitude, area["ltla24_code"], count=1)
    return found[0] if found else None
