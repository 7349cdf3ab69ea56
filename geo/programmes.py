"""Which programmes and published lists name an area, and what the Hyper-Local Need Measure says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Entry:
    """An entry of a programme or list. place: where it stands among all, wards before
    neighbourhoods before councils. name: as listed."""

    place: int
    programme: str
    name: str
    note: str


def entries(programmes: pd.DataFrame, listed_wards: pd.DataFrame) -> dict[str, list[Entry]]:
    """The entries that name each ward of 2017, neighbourhood or council, by its code.

    programmes: that table. listed_wards: ward17_code and ward17_name of the 225.
    """
    wards = sorted(zip(listed_wards["ward17_code"], listed_wards["ward17_name"], strict=True))
    listed = [(code, WARDS_OF_2019, name, "") for code, name in wards]
    columns = (programmes[column].tolist() for column in _ENTRY)
    rows = list(zip(*columns, strict=True))
    for wanted in ("neighbourhood", "council"):
        listed += [
            (code, programme, name, note if isinstance(note, str) else "")
            for level, code, programme, name, note in rows
            if level == wanted
        ]
    found: dict[str, list[Entry]] = {}
    for place, (code, *told) in enumerate(listed):
        found.setdefault(code, []).append(Entry(place, *told))
    return found


def named(
    small_areas: pd.DataFrame | Mapping[str, Any], listed: Mapping[str, Sequence[Entry]]
) -> Table:
    """The programmes and lists that name any part of an area, one row an entry.

    small_areas: the rows the area is made of, or their `Cells`. listed: `entries`. Columns:
    programme, name (as listed), areas (how many of the small areas it covers) and note.
    """
    found = [
        (entry.place, entry.programme, entry.name, areas, entry.note)
        for column in ("left_behind_ward17_code", "msoa21_code", "ltla24_code")
        for code, areas in Counter(np.asarray(small_areas[column]).tolist()).items()
        for entry in listed.get(code, ())
    ]
    columns = ("programme", "name", "areas", "note")
    return Table.of_rows(columns, (entry for _, *entry in sorted(found)))


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


def need_of(neighbourhoods: Sequence[int], tenths: np.ndarray) -> Table:
    """Mission by mission for some neighbourhoods: mission, neighbourhoods, worst, tenth.

    neighbourhoods: their rows in `tenths`, `need_tenths` row for row with all neighbourhoods; those
    without the measure (the Isles of Scilly, NaN) are not counted. worst: how many are in the tenth
    with the greatest need. tenth: that of the only one, else None.
    """
    own = tenths[list(neighbourhoods)]
    own = own[~np.isnan(own).any(axis=1)]
    return Table(
        {
            "mission": list(MISSIONS),
            "neighbourhoods": [len(own)] * len(MISSIONS),
            "worst": (own == 1).sum(axis=0).tolist(),
            "tenth": own[0].astype("int64").tolist() if len(own) == 1 else [None] * len(MISSIONS),
        }
    )
