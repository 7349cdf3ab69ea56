"""Which programmes and published lists name an area, and what the Hyper-Local Need Measure says."""

from __future__ import annotations

import numpy as np
import pandas as pd

WARDS_OF_2019 = "Wards published as “left behind” in 2019"
# Mission → column of the measure, and whether a low figure is the greater need.
MISSIONS = {
    "Economic growth": ("growth", False),
    "Clean energy": ("energy", False),
    "Safer streets": ("crime_rank", True),
    "Opportunity": ("opportunity", False),
    "Health": ("health", False),
}


def named(
    small_areas: pd.DataFrame, programmes: pd.DataFrame, listed_wards: pd.DataFrame
) -> pd.DataFrame:
    """The programmes and lists that name any part of an area, one row an entry.

    small_areas: the rows the area is made of. programmes: that table. listed_wards: ward17_code
    and ward17_name of the 225. Columns: programme, name (as listed), areas (how many of the small
    areas it covers) and note.
    """
    rows = []
    counts = small_areas["left_behind_ward17_code"].value_counts()
    names = listed_wards.set_index("ward17_code")["ward17_name"]
    for ward, areas in counts.sort_index().items():
        rows.append((WARDS_OF_2019, names[ward], int(areas), ""))
    columns = {"neighbourhood": "msoa21_code", "council": "ltla24_code"}
    for level, column in columns.items():
        counts = small_areas[column].value_counts()
        entries = programmes[(programmes["level"] == level) & programmes["code"].isin(counts.index)]
        for entry in entries.itertuples():
            note = entry.note if isinstance(entry.note, str) else ""
            areas = int(counts[entry.code])
            rows.append((entry.programme, entry.name_as_listed, areas, note))
    return pd.DataFrame(rows, columns=["programme", "name", "areas", "note"])


def need_tenths(hyper_local_need: pd.DataFrame) -> pd.DataFrame:
    """Tenth of every neighbourhood on each mission, 1 the greatest need; a column a mission.

    The measure's units are mixed, so only the order is used. Equal figures share the tenth of the
    worst of them. Indexed by msoa21_code.
    """
    values = hyper_local_need.set_index("msoa21_code")
    tenths = {}
    for mission, (column, low_is_worse) in MISSIONS.items():
        rank = values[column].rank(method="min", ascending=low_is_worse)
        tenths[mission] = np.ceil(10 * rank / rank.count()).astype("Int64")
    return pd.DataFrame(tenths)


def need_of(neighbourhoods: pd.Series, tenths: pd.DataFrame) -> pd.DataFrame:
    """Mission by mission for some neighbourhoods: mission, neighbourhoods, worst, tenth.

    neighbourhoods: their codes; those without the measure (the Isles of Scilly) are not counted.
    worst: how many are in the tenth with the greatest need. tenth: that of the only one, else NA.
    """
    own = tenths.reindex(neighbourhoods.drop_duplicates()).dropna()
    return pd.DataFrame(
        [
            (
                mission,
                len(own),
                int((own[mission] == 1).sum()),
                int(own[mission].iloc[0]) if len(own) == 1 else pd.NA,
            )
            for mission in MISSIONS
        ],
        columns=["mission", "neighbourhoods", "worst", "tenth"],
    )
