"""Small areas and neighbourhoods with all that is known of them in one frame a level.

Both levels come out with the same columns, so that a filter, a layer or a table is written once:
code, name, neighbourhood_name, msoa21_code, ltla24_code, council, region24_code, region,
ruc21_code, ruc21_name, ruc, population_2022, age bands, easting, northing, longitude, latitude,
west, south, east, north, a score, rank and decile for each measure, double (worst tenth on both
indices), double_small_areas (how many small areas in it are) and for each kind of place that
is measured {kind}_m (median metres, straight line, from its postcodes to the nearest) and
{kind}_closer (share, 0 to 1, of the areas of its rural or urban class that are closer), and path
(how a deprived area did since 2004, a class of PATH_CLASSES).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo import community, gaps

SMALL_AREA = "small-area"
NEIGHBOURHOOD = "neighbourhood"
LEVELS = (SMALL_AREA, NEIGHBOURHOOD)
AGE_BANDS = {
    "age_0_15": "0 to 15",
    "age_16_24": "16 to 24",
    "age_25_34": "25 to 34",
    "age_35_49": "35 to 49",
    "age_50_64": "50 to 64",
    "age_65_plus": "65 and over",
}
# Path of `geo.paths` → its class; the last is an area that was not among the deprived. A
# neighbourhood has the first three where more of its small areas gained than fell back, as many,
# or fewer.
PATH_CLASSES = {"gained": 0, "kept-pace": 1, "fell-back": 2, "": 3}


def ages(small_areas: pd.DataFrame) -> np.ndarray:
    """How many people of each band of AGE_BANDS live in some small areas together."""
    return np.array([small_areas[band].to_numpy().sum() for band in AGE_BANDS])


def level_of(code: str) -> str:
    """The level a code belongs to: E01… small area, E02… neighbourhood."""
    return NEIGHBOURHOOD if code.startswith("E02") else SMALL_AREA


def _with_council(frame: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    named = councils.set_index("ltla24_code")
    return frame.assign(
        council=frame["ltla24_code"].map(named["ltla24_name"]),
        region=frame["ltla24_code"].map(named["region24_name"]),
    )


def _with_access(frame: pd.DataFrame, access: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    metres = pd.DataFrame(
        {kind: table["median_m"].to_numpy("float32") for kind, table in access.items()}
    )
    closer = gaps.find_gaps(metres, frame["ruc21_code"]).closer.astype("float32")
    return pd.concat([frame, metres.add_suffix("_m"), closer.add_suffix("_closer")], axis=1)


def small_areas(
    table: pd.DataFrame,
    neighbourhoods_table: pd.DataFrame,
    councils: pd.DataFrame,
    deprivation: pd.DataFrame,
    community_needs: pd.DataFrame,
    access: Mapping[str, pd.DataFrame],
    rank_paths: pd.DataFrame,
) -> pd.DataFrame:
    """Small areas with every measure; one row an area, in the order of `table`.

    access: kind of place → its table, with median_m row for row with `table`. rank_paths:
    lsoa21_code, path.
    """
    frame = _with_council(table, councils).rename(
        columns={"lsoa21_code": "code", "lsoa21_name": "name"}
    )
    names = neighbourhoods_table.set_index("msoa21_code")["neighbourhood_name"]
    frame["neighbourhood_name"] = frame["msoa21_code"].map(names)
    for measures in (deprivation, community_needs):
        frame = frame.merge(
            measures, left_on="code", right_on="lsoa21_code", how="left", validate="1:1"
        ).drop(columns="lsoa21_code")
    frame["double"] = community.double_disadvantage(frame["imd_decile"], frame["cni_decile"])
    frame["double_small_areas"] = frame["double"].astype("int16")
    paths = rank_paths.set_index("lsoa21_code")["path"].map(PATH_CLASSES)
    frame["path"] = frame["code"].map(paths).astype("float32")
    return _with_access(frame, access)


def neighbourhoods(
    table: pd.DataFrame,
    councils: pd.DataFrame,
    measures: pd.DataFrame,
    access: Mapping[str, pd.DataFrame],
    paths: pd.DataFrame,
) -> pd.DataFrame:
    """Neighbourhoods with every measure, likewise.

    paths: msoa21_code and how many of its small areas gained, kept_pace and fell_back.
    """
    frame = _with_council(table, councils).merge(measures, on="msoa21_code", validate="1:1")
    frame = frame.rename(columns={"double_disadvantage_areas": "double_small_areas"})
    frame["double"] = community.double_disadvantage(frame["imd_decile"], frame["cni_decile"])
    counted = paths.set_index("msoa21_code").loc[frame["msoa21_code"]]
    none = counted.sum(axis=1) == 0
    balance = np.sign(counted["fell_back"] - counted["gained"])
    frame["path"] = balance.add(1).mask(none, PATH_CLASSES[""]).to_numpy("float32")
    frame["code"] = frame["msoa21_code"]
    frame["name"] = frame["neighbourhood_name"]
    return _with_access(frame, access)
