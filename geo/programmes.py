"""Which programmes and published lists name an area, and what the Hyper-Local Need Measure says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.cells import Table

WARDS_OF_2019 = "Wards published as “left behind” in 2019"
# Mission → column of the measure, and whether a low figure is the greater need.
MISSIONS = {
    "Economic growth": ("growth", False),
    "Clean energy": ("energy", False),
    "Safer streets": ("crime_rank", True),
    "Opportunity": ("opportunity", False),
    "Health": ("health", False),
}
_ENTRY = ("level", "code", "programme", "name_as_listed", "note")


def named(
    small_areas: pd.DataFrame | Mapping[str, Any],
    programmes: pd.DataFrame,
    listed_wards: pd.DataFrame,
) -> Table:
    """The programmes and lists that name any part of an area, one row an entry.

    small_areas: the rows the area is made of, or their `Cells`. programmes: that table.
    listed_wards: ward17_code and ward17_name of the 225. Columns: programme, name (as listed),
    areas (how many of the small areas it covers) and note.
    """
    rows = []
    counts = _counted(small_areas["left_behind_ward17_code"])
    if counts:
        names = dict(zip(listed_wards["ward17_code"], listed_wards["ward17_name"], strict=True))
        rows = [(WARDS_OF_2019, names[ward], counts[ward], "") for ward in sorted(counts)]
    entries = [programmes[column].tolist() for column in _ENTRY]
    columns = {"neighbourhood": "msoa21_code", "council": "ltla24_code"}
    for level, column in columns.items():
        counts = _counted(small_areas[column])
        rows += [
            (programme, name, counts[code], note if isinstance(note, str) else "")
            for where, code, programme, name, note in zip(*entries, strict=True)
            if where == level and code in counts
        ]
    return Table.of_rows(("programme", "name", "areas", "note"), rows)


def _counted(codes: Iterable) -> Counter[str]:
    """How often each code stands among some, of which any may be missing."""
    return Counter(code for code in np.asarray(codes).tolist() if isinstance(code, str))


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


def need_of(neighbourhoods: Sequence[str], tenths: pd.DataFrame) -> Table:
    """Mission by mission for some neighbourhoods: mission, neighbourhoods, worst, tenth.

    neighbourhoods: their codes; those without the measure (the Isles of Scilly) are not counted.
    worst: how many are in the tenth with the greatest need. tenth: that of the only one, else None.
    """
    rows = tenths.index.get_indexer(list(dict.fromkeys(np.asarray(neighbourhoods))))
    columns = (tenths[mission].array.take(rows[rows >= 0]) for mission in MISSIONS)
    own = np.array([column.to_numpy("float64", na_value=np.nan) for column in columns])
    own = own[:, ~np.isnan(own).any(axis=0)]
    alone = own.shape[1] == 1
    return Table(
        {
            "mission": list(MISSIONS),
            "neighbourhoods": [own.shape[1]] * len(MISSIONS),
            "worst": (own == 1).sum(axis=1).tolist(),
            "tenth": own[:, 0].astype("int64").tolist() if alone else [None] * len(MISSIONS),
        }
    )
