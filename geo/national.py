"""What an area is held against: all of England, prepared once and kept.

Each part is made when first asked for. Readers share it, so nothing that gets one may change it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from geo import (
    access,
    areas,
    assets,
    case_likeness,
    case_near,
    comparators,
    gaps,
    larger_areas,
    layers,
    nearby,
    paths,
    programmes,
    releases,
)
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.case_records import Case
from geo.cells import Columns
from geo.comparators import Likeness
from geo.gaps import Gaps
from geo.larger_areas import COUNCIL, PART_OF, WARD
from geo.layer import Layer
from geo.programmes import Entry
from geo.reached import REACHED
from geo.store import Store

# The levels whose own postcodes are measured; wards and councils speak through their small areas.
MEASURED = (SMALL_AREA, NEIGHBOURHOOD)


class National:
    """England's areas of all four levels, their gaps, who is like whom, and all places.

    store: the data. cases: the case studies; placed_cases: where they are, ready to be asked which
    is near. Raises DataError from a part whose table is missing.
    """

    def __init__(self, store: Store, cases: Sequence[Case]) -> None:
        self.store = store
        self.cases = tuple(cases)
        # A moment's work, done at once: who asks for it never waits while another part is made.
        self.placed_cases = case_near.placed(self.cases, store.table("councils"))
        self._made: dict[Any, Any] = {}
        self._lock = threading.RLock()

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]

    def level(self, level: str) -> pd.DataFrame:
        """All areas of a level with every measure, sorted by code; see `areas`, `larger_areas`."""
        if level in MEASURED:
            return self.store.level(level)
        make = {
            WARD: lambda: larger_areas.wards(self.store.table("wards"), self.store.small_areas),
            COUNCIL: lambda: larger_areas.councils(self.store.councils, self.store.small_areas),
        }[level]
        return self._once(("level", level), make)

    def columns_of(self, level: str) -> Columns:
        """The same areas, to take a few rows from."""
        if level in MEASURED:
            return self.store.columns_of(level)
        return self._once(("columns", level), lambda: Columns(self.level(level)))

    def row(self, code: str) -> int | None:
        """The row of an area in its level, None where there is none of that code."""
        level = larger_areas.level_of(code)
        if level in MEASURED:
            return self.store.area_number(code)
        codes = self._once(
            ("rows", level),
            lambda: {code: row for row, code in enumerate(self.level(level)["code"])},
        )
        return codes.get(code)

    def members(self, code: str) -> np.ndarray:
        """The numbers of the small areas that an area is made of; for a ward, its best fit.

        Raises KeyError where there is no area of that code.
        """
        row, level = self.row(code), larger_areas.level_of(code)
        if row is None:
            raise KeyError(code)
        if level == SMALL_AREA:
            return np.array([row])

        def make() -> np.ndarray:
            rows = pd.Index(self.level(level)["code"])
            return rows.get_indexer(self.store.small_areas[PART_OF[level]]).astype("int16")

        return np.flatnonzero(self._once(("members", level), make) == row)

    def centre(self, code: str) -> tuple[float, float]:
        """Easting and northing (m) of the middle of where an area's people live."""

        def make() -> dict[str, tuple[float, float]]:
            table = self.store.table("centres")
            points = table[["easting", "northing"]].astype("float64").to_numpy().tolist()
            return dict(zip(table["code"], map(tuple, points), strict=True))

        return self._once("centres", make)[code]

    @property
    def ages(self) -> np.ndarray:
        """How many people of each band of age live in England."""
        return self._once("ages", lambda: areas.ages(self.store.small_areas))

    @property
    def library_hours(self) -> float:
        """Public library hours a week for every 1,000 residents of England."""
        return self._once(
            "library hours",
            lambda: access.per_resident(
                self.store.access("library")["hours_per_1000"].to_numpy(),
                self.store.small_areas["population_2022"].to_numpy(),
            ),
        )

    def classes(self, layer: Layer) -> np.ndarray:
        """The class of every small area on a layer; see `layers.classes`."""
        return self._once(
            ("classes", layer.key), lambda: layers.classes(layer, self.store.small_areas)
        )

    def access(self, column: str, level: str) -> pd.DataFrame:
        """One figure of access for every area of a level: a column a kind, a row an area.

        Kinds are those of `reached.REACHED`. column: median_m (metres), or a share within a walk
        such as within_800m (0 to 1).
        """
        return self._once(
            ("access", column, level),
            lambda: pd.DataFrame(
                {kind: self.store.access(kind, level)[column] for kind in REACHED}
            ).astype("float64"),
        )

    def gaps(self, level: str) -> Gaps:
        """Gaps in access of every small area or neighbourhood against its own class."""
        return self._once(
            ("gaps", level),
            lambda: gaps.find_gaps(self.access("median_m", level), self.level(level)["ruc21_code"]),
        )

    def likeness(self, level: str) -> Likeness:
        """Where every area of a level lies among its kind."""
        return self._once(("likeness", level), lambda: self._likeness(level))

    def _likeness(self, level: str) -> Likeness:
        areas = self.level(level)
        if level in MEASURED:
            return comparators.likeness(areas, comparators.rurality(areas["ruc21_code"]))
        part_of = self.store.small_areas[PART_OF[level]]
        small = self.store.small_areas.assign(ltla24_code=part_of)
        return comparators.likeness(areas, comparators.council_rurality(small, areas["code"]))

    @property
    def ranking_places(self) -> pd.DataFrame:
        """Place of every small area in each release of the Indices; see `releases.places`."""
        return self._once("places", self._ranking_places)

    def _ranking_places(self) -> pd.DataFrame:
        metadata = pq.read_schema(self.store.path("deprivation_history")).metadata
        counts = {year: int(metadata[f"areas_{year}".encode()]) for year in releases.EARLIER}
        history = self.store.table("deprivation_history")
        return releases.places(history, self.store.small_areas, counts)

    @property
    def rank_paths(self) -> pd.DataFrame:
        """How every small area did from 2004 to 2025 against those that began alike."""
        return self._once(
            "paths",
            lambda: paths.rank_paths(
                self.store.table("deprivation_history")[f"imd_rank_{releases.EARLIER[0]}"],
                self.store.small_areas["imd_rank"],
            ),
        )

    @property
    def places(self) -> pd.DataFrame:
        """Every place that ships, once, with what is known of libraries; see `nearby`."""
        return self._once("assets", self._every_place)

    def _every_place(self) -> pd.DataFrame:
        # Read beside the shared tables: once they are one, nobody asks for most of them again.
        beside = Store(self.store.data_dir)
        found = assets.every_place(beside.table, beside.table_names())
        return nearby.with_libraries(found, self.store.libraries)

    @property
    def listed(self) -> nearby.Listed:
        """Every place, ready to be asked what is near and what is inside."""
        return self._once("listed", lambda: nearby.listed(self.places))

    def lost_libraries(self, level: str) -> pd.DataFrame:
        """Areas of a measured level whose nearest library of 2010 has closed, indexed by code."""

        def make() -> pd.DataFrame:
            lost = access.lost_nearest(
                self.store.nearest_places("library_2010", level),
                self.store.nearest_places("library", level),
                self.store.libraries,
            )
            return lost.set_index(lost.columns[0])

        return self._once(("lost", level), make)

    @property
    def closed_libraries(self) -> dict[int, list[tuple[str, float]]]:
        """Libraries that have closed since 2010, by the number of their small area."""
        return self._once("closed", lambda: nearby.closed_by_area(self.store.libraries))

    @property
    def need_tenths(self) -> np.ndarray:
        """Tenth of every neighbourhood on each mission of the Hyper-Local Need Measure, or NaN."""

        def make() -> np.ndarray:
            tenths = programmes.need_tenths(self.store.table("hyper_local_need"))
            whole = tenths.reindex(self.level(NEIGHBOURHOOD)["code"])
            return whole.to_numpy("float32", na_value=np.nan)

        return self._once("need", make)

    @property
    def programme_entries(self) -> dict[str, list[Entry]]:
        """The programmes and lists that name an area, by its code."""
        return self._once(
            "programmes",
            lambda: programmes.entries(
                self.store.table("programmes"), self.store.table("left_behind_wards")
            ),
        )

    @property
    def case_profiles(self) -> case_likeness.CaseProfiles:
        """What the places of every case are like today; see `case_likeness.case_profiles`."""
        return self._once(
            "cases", lambda: case_likeness.case_profiles(self.cases, self.store.small_areas)
        )

    def prepare(self, levels: Sequence[str] = MEASURED) -> None:
        """Makes what profiles of the given levels need, so that no reader has to wait for it."""
        for level in levels:
            self.likeness(level)
            if level in MEASURED:
                self.gaps(level)
        for part in (
            "ranking_places", "rank_paths", "listed", "need_tenths", "case_profiles",
            "closed_libraries", "programme_entries", "library_hours",
        ):  # fmt: skip
            getattr(self, part)
