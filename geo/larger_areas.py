"""Wards and councils in the same columns as the frames of `geo.areas`, and who is part of whom.

A profile, a comparison or a table is then written once for all four levels.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo import areas, community, deprivation
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.placing import to_grid

WARD = "ward"
COUNCIL = "council"
LEVELS = (SMALL_AREA, NEIGHBOURHOOD, WARD, COUNCIL)
MEASURES = (*deprivation.INDICES, *community.NEED_INDICES)
_LEVEL_OF = {"E01": SMALL_AREA, "E02": NEIGHBOURHOOD, "E05": WARD}
# The column of the small areas' frame that says which larger area each is part of.
PART_OF = {
    SMALL_AREA: "code",
    NEIGHBOURHOOD: "msoa21_code",
    WARD: "ward24_code",
    COUNCIL: "ltla24_code",
}


def level_of(code: str) -> str:
    """The level a code belongs to: E01… small area, E02… neighbourhood, E05… ward, else council."""
    return _LEVEL_OF.get(code[:3], COUNCIL)


def members(code: str, small_areas: pd.DataFrame) -> np.ndarray:
    """Rows of the small areas that an area of any level is made of (for a ward: its best fit)."""
    return np.flatnonzero((small_areas[PART_OF[level_of(code)]] == code).to_numpy())


def main_class(small_areas: pd.DataFrame, by: pd.Series) -> pd.Series:
    """The Rural Urban Classification code that most residents of each larger area live in."""
    people = small_areas["population_2022"].groupby([by, small_areas["ruc21_code"]]).sum()
    return people.unstack(fill_value=0).idxmax(axis=1)


def wards(table: pd.DataFrame, small_areas: pd.DataFrame) -> pd.DataFrame:
    """Wards with every measure, brought up from their best-fit small areas; rows as in `table`.

    table: the wards table. small_areas: a frame of `areas.small_areas`.
    """
    by = small_areas["ward24_code"]
    measures = deprivation.bring_up(small_areas, MEASURES, small_areas["population_2022"], by)
    counted = small_areas[[*areas.AGE_BANDS, "double_small_areas"]].groupby(by).sum()
    place = small_areas.groupby(by)[["council", "region24_code", "region"]].first()
    frame = table.rename(columns={"ward24_code": "code", "ward24_name": "name"})
    for part in (measures, counted, place):
        frame = frame.merge(part, left_on="code", right_index=True, how="left", validate="1:1")
    return _finished(frame, small_areas, by)


def councils(table: pd.DataFrame, small_areas: pd.DataFrame) -> pd.DataFrame:
    """Councils with every measure; rows as in `table`, which is `Store.councils`."""
    frame = table.rename(
        columns={
            "ltla24_name": "name",
            "region24_name": "region",
            "double_disadvantage_areas": "double_small_areas",
        }
    )
    frame = frame.assign(code=frame["ltla24_code"], council=frame["name"])
    return _finished(frame, small_areas, small_areas["ltla24_code"])


def _finished(frame: pd.DataFrame, small_areas: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """`frame` with its class, its grid reference and what it is called."""
    names = small_areas.drop_duplicates("ruc21_code").set_index("ruc21_code")
    main = frame["code"].map(main_class(small_areas, by))
    easting, northing = to_grid(frame["longitude"], frame["latitude"])
    return frame.assign(
        neighbourhood_name=frame["name"],
        ruc21_code=main,
        ruc21_name=main.map(names["ruc21_name"]),
        ruc=main.map(names["ruc"]),
        easting=easting,
        northing=northing,
        double=community.double_disadvantage(frame["imd_decile"], frame["cni_decile"]),
    )
