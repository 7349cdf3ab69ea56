"""How far people are once a reader's own places count too, and the gaps that leaves.

Only areas that an own place can come nearest to are worked out; the rest are as the tables have
them. A place more never makes a distance longer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from geo import gaps, own_places
from geo.access import THRESHOLDS_M, summarise
from geo.areas import NEIGHBOURHOOD
from geo.distance import nearest, points_of
from geo.effects import touched_areas
from geo.gaps import Gaps
from geo.national import National
from geo.residents import Residents

_METRES, _SHARES = ["median_m", "p90_m"], list(THRESHOLDS_M)
MEASURES = (*_METRES, *_SHARES)
_SHARE_DECIMALS = 4


def access_with_own(
    residents: Residents,
    listed: pd.DataFrame,
    own: pd.DataFrame,
    now: pd.DataFrame,
    group: np.ndarray | None = None,
) -> pd.DataFrame:
    """How far each area is from the nearest of `listed` and `own` places of one kind.

    Both have asset_id, easting and northing (m). now: MEASURES for every area to `listed` alone
    (whole metres; shares 0 to 1), as the tables of access have them. group: the area number of
    each small area, where the areas are larger. Areas whose figures cannot change keep them.
    """
    after = pd.concat([listed, own], ignore_index=True)
    touched = touched_areas(residents, listed, after)
    if group is None:
        group = np.arange(len(residents.people))
    # An area's median needs all of its points, touched or not.
    areas = np.unique(group[touched])
    found = now[list(MEASURES)].astype("float64")
    if len(areas) == 0:
        return found
    points = residents.in_areas(np.isin(group, areas))
    metres, _ = nearest(residents.xy[points].astype("float64"), points_of(after))
    row_of = np.zeros(len(now), dtype="int64")
    row_of[areas] = np.arange(len(areas))
    number = row_of[group][residents.area[points]]
    changed = summarise(metres, number, len(areas))
    # As fine as the tables are, so that the same distance is the same figure.
    changed[_METRES] = changed[_METRES].round()
    changed[_SHARES] = changed[_SHARES].round(_SHARE_DECIMALS).astype("float32")
    found.iloc[areas] = changed[list(MEASURES)].to_numpy("float64")
    return found


class NationalWithOwn:
    """`National` as the Gaps page asks it, with a reader's own places counted in.

    national: shared by every reader and left as it is. own: `own_places.join`. listed: gives the
    places of one kind of REACHED that the tables measure to.
    """

    def __init__(
        self,
        national: National,
        residents: Residents,
        own: pd.DataFrame,
        listed: Callable[[str], pd.DataFrame],
    ) -> None:
        self._national = national
        self._residents = residents
        self._own = own
        self._listed = listed
        self._measured: dict[str, dict[str, pd.DataFrame]] = {}
        self._gaps: dict[str, Gaps] = {}

    def level(self, level: str) -> pd.DataFrame:
        """All areas of a level; see `National.level`."""
        return self._national.level(level)

    def access(self, column: str, level: str) -> pd.DataFrame:
        """One figure of access for every area and kind; see `National.access`."""
        own: dict[str, Any] = {
            kind: frame[column].to_numpy() for kind, frame in self._with_own(level).items()
        }
        return self._national.access(column, level).assign(**own)

    def gaps(self, level: str) -> Gaps:
        """Gaps of every area against its own class; see `National.gaps`.

        Where own places bring some areas nearer, the others of the class stand further back.
        """
        if level not in self._gaps:
            kinds = list(self._with_own(level))
            metres = self.access("median_m", level)[kinds]
            self._gaps[level] = gaps.find_gaps(metres, self.level(level)["ruc21_code"])
        some, whole = self._gaps[level], self._national.gaps(level)
        return Gaps(
            whole.metres.assign(**dict(some.metres.items())),
            whole.closer.assign(**dict(some.closer.items())),
            whole.worst_tenth.assign(**dict(some.worst_tenth.items())),
        )

    def _with_own(self, level: str) -> dict[str, pd.DataFrame]:
        if level not in self._measured:
            group = self._group(level)
            store = self._national.store
            self._measured[level] = {
                kind: access_with_own(
                    self._residents,
                    self._listed(kind),
                    own_places.of_service(self._own, kind),
                    store.access(kind, level),
                    group,
                )
                for kind in own_places.services(self._own)
            }
        return self._measured[level]

    def _group(self, level: str) -> np.ndarray | None:
        if level != NEIGHBOURHOOD:
            return None
        codes = self.level(level)["code"]
        return pd.Index(codes).get_indexer(self._national.store.small_areas["msoa21_code"])


# England as it is, or with a reader's own places counted.
Counted = National | NationalWithOwn
