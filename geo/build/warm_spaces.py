"""Places that opened as a free warm space, sorted by name; libraries of the register left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.build.asset_tables import place_by_either, write_assets
from geo.build.checks import LATITUDE, LONGITUDE
from geo.build.output import Output
from geo.build.register import Sources
from geo.duplicates import repeats
from geo.venues import OTHER, kind_of, load_rules, tidy_name

SOURCE = "warm_spaces"
# A venue called a library is the register's library when one is this near. Generous: most that
# are not at the same door are the same library, looked up by its town's name.
SAME_LIBRARY_M = 1_000


def build(sources: Sources, output: Output) -> None:
    """Make `assets/warm_spaces`.

    Left out: libraries that the register of libraries has, with their hours, and a venue listed
    again under the same or another spelling.
    """
    columns = ["name", "postcode", "longitude", "latitude", "directory"]
    venues = sources.csv(SOURCE, columns)
    sources.figures(SOURCE, venues, {"longitude": LONGITUDE, "latitude": LATITUDE})
    sources.filled(SOURCE, venues, ["name"])
    rules = load_rules()
    venues["name"] = venues["name"].map(tidy_name)
    venues["kind"] = [kind_of(name, rules) for name in venues["name"]]
    longitude, latitude = venues.pop("longitude"), venues.pop("latitude")
    postcodes = venues.pop("postcode")
    placed = place_by_either(venues[venues["name"] != ""], longitude, latitude, postcodes, output)
    placed["detail"] = "Warm welcome"
    placed = without_libraries(placed, output.frames["assets/libraries"])
    write_assets(placed.drop(index=repeats(placed)), SOURCE, "ws", output)


def without_libraries(venues: pd.DataFrame, libraries: pd.DataFrame) -> pd.DataFrame:
    """Leave out the libraries that the register has; a library it lacks is of no known kind.

    Both frames have kind, easting and northing (m).
    """
    called_library = venues["kind"] == "library"
    register = libraries.loc[libraries["kind"] == "library", ["easting", "northing"]]
    away, _ = cKDTree(register).query(venues[["easting", "northing"]])
    kept = venues[~(called_library & (away <= SAME_LIBRARY_M))].copy()
    lacking = kept["kind"] == "library"
    kept["kind"] = np.where(lacking, OTHER, kept["kind"])
    kept.loc[lacking, "detail"] = "Warm welcome; calls itself a library, not in the register"
    return kept
