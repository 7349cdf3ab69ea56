"""What the profile of an area shows, put together from the tables; nothing here is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from geo import (
    access,
    case_likeness,
    case_near,
    comparators,
    gaps,
    larger_areas,
    nearby,
    programmes,
    releases,
)
from geo.areas import AGE_BANDS, NEIGHBOURHOOD, SMALL_AREA
from geo.asset_kind import LOCAL
from geo.asset_kinds import KINDS
from geo.cells import Cells, Columns, Table
from geo.larger_areas import COUNCIL
from geo.national import MEASURED, National
from geo.placing import to_degrees
from geo.postcodes import Place
from geo.reached import ENGLAND_WIDE

ALIKE_COUNT = 5
CASE_COUNT = 3
# A case further away than this is not near; the nearest is named all the same.
NEAR_CASE_M = 50_000.0
YOUNG_GROUP = KINDS["family_hub"].group
WORST_COUNTED = ("imd", "cni")
_WHO = ["code", "name", "neighbourhood_name", "council", "imd_decile", "cni_decile"]


@dataclass(frozen=True)
class Start:
    """Where distances start: metres of EPSG:27700, and in words ("from TN35 5BP")."""

    easting: float
    northing: float
    words: str


@dataclass(frozen=True)
class Basics:
    """Who lives in an area, where it stands and how far it is from what.

    area: its row in the frame of its level, `total` rows long. members: the numbers of its small
    areas. ages: `ages`. gaps: `gaps.gaps_of` or, for wards and councils, `gaps_of_members`.
    """

    code: str
    level: str
    row: int
    area: Mapping[str, Any]
    total: int
    members: np.ndarray
    ages: Table
    gaps: Table

    @property
    def is_measured(self) -> bool:
        """Whether distances from its own postcodes are known (small areas and neighbourhoods)."""
        return self.level in MEASURED


@dataclass(frozen=True)
class Outline(Basics):
    """An area's own figures: what stands beside another area's.

    worst: how many of its small areas are in the worst tenth of England by "imd", "cni" and on both
    ("double"). inside: `nearby.inside`. path: `releases.path` of a small area, else None. past:
    `releases.worst_tenth`. library_hours: public library hours a week for every 1,000 residents,
    its own and England's; each library's are shared among all who live within 2 miles of it, on
    whichever side of a border (`access.catchment_access`).
    """

    worst: dict[str, int]
    inside: Mapping[str, Any]
    path: Table | None
    past: Table
    library_hours: tuple[float, float]


@dataclass(frozen=True)
class Profile(Outline):
    """All that is known of one area: its outline, what is near it, and who and what is like it.

    near: `nearby.near`, None for a council. standing: a small area's path in `paths.rank_paths`.
    alike, pair: `described`. lost: a row of `access.lost_nearest` or None. closed: libraries in it
    that closed since 2010, the latest first.
    """

    start: Start
    near: Table | None
    standing: str | None
    programmes: Table
    need: Table
    alike: Table
    pair: Table
    cases_near: tuple[case_near.Nearest, ...]
    cases_alike: tuple[case_likeness.Alike, ...]
    lost: pd.Series | None
    closed: Table


def basics(code: str, national: National) -> Basics:
    """Who lives in a small area, neighbourhood, ward or council, and where it stands.

    Raises KeyError where there is no area of that code.
    """
    row = national.row(code)
    if row is None:
        raise KeyError(code)
    level = larger_areas.level_of(code)
    area = national.columns_of(level).at(row)
    members = national.members(code)
    return Basics(
        code=code,
        level=level,
        row=row,
        area=area,
        total=len(national.level(level)),
        members=members,
        ages=ages(area, national.ages),
        gaps=_gaps(national, level, row, members),
    )


def outline(code: str, national: National) -> Outline:
    """All its own figures. Raises KeyError where there is no area of that code."""
    known = basics(code, national)
    members = known.members
    return Outline(
        **_fields(known),
        worst=worst_tenths(_own(national, members)),
        inside=nearby.inside(national.listed, members),
        path=_path(national, known.row) if known.level == SMALL_AREA else None,
        past=releases.worst_tenth(national.ranking_places.to_numpy()[members]),
        library_hours=(_library_hours(national, members), national.library_hours),
    )


def profile(code: str, national: National, postcode: Place | None = None) -> Profile:
    """The whole profile of an area of any level by its code.

    postcode: where distances start instead of the middle of the area. Raises KeyError where there
    is no area of that code.
    """
    known = outline(code, national)
    level, row, store = known.level, known.row, national.store
    frame, areas = national.level(level), national.columns_of(level)
    own = _own(national, known.members)
    start = starting_at(national.centre(code), postcode)
    like = national.likeness(level)
    apart = comparators.apart_from(like, row)
    return Profile(
        **_fields(known),
        start=start,
        near=None if level == COUNCIL else nearby.near(national.listed, *_point(start)),
        standing=_standing(national, row) if level == SMALL_AREA else None,
        programmes=programmes.named(own, national.programme_entries),
        need=programmes.need_of(_neighbourhoods(own, national), national.need_tenths),
        alike=described(areas, comparators.most_alike(like, row, ALIKE_COUNT, apart=apart)),
        pair=described(
            areas,
            comparators.matched_pair(like, frame["imd_rank"], frame["cni_rank"], row, apart),
        ),
        cases_near=_near_cases(national, known.area, start),
        cases_alike=case_likeness.most_alike(
            case_likeness.profile(own, len(store.small_areas)),
            national.case_profiles,
            CASE_COUNT,
        ),
        lost=_lost(national, level, code),
        closed=nearby.closed_libraries(national.closed_libraries, known.members),
    )


def starting_at(centre: tuple[float, float], postcode: Place | None) -> Start:
    """The postcode a reader came by, else the middle of where the area's people live (metres)."""
    if postcode:
        return Start(postcode.easting, postcode.northing, f"from {postcode.postcode}")
    return Start(*centre, "from the middle of where people live")


def ages(area: Mapping[str, Any], england: np.ndarray) -> Table:
    """Residents by age at the 2021 Census: band, people, share, england_share (0 to 1).

    england: how many people of each band live there, `areas.ages`.
    """
    people = np.array([int(area[band]) for band in AGE_BANDS])
    return Table(
        {
            "band": list(AGE_BANDS.values()),
            "people": people.tolist(),
            "share": (people / max(people.sum(), 1)).tolist(),
            "england_share": (england / england.sum()).tolist(),
        }
    )


def worst_tenths(small_areas: Mapping[str, Any] | pd.DataFrame) -> dict[str, int]:
    """How many of some small areas are in the worst tenth of England on each index and on both."""
    counts = {
        key: int(np.count_nonzero(small_areas[f"{key}_decile"] == 1)) for key in WORST_COUNTED
    }
    return counts | {"double": int(np.count_nonzero(small_areas["double"]))}


def middle_resident(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The figure that half of the residents are at or below, column by column.

    values: a row a small area; each resident has that of the small area they live in. people:
    residents, row for row.
    """
    order = np.argsort(values, axis=0, kind="stable")
    reached = people[order].cumsum(axis=0) >= people.sum() / 2
    middle = np.take_along_axis(order, reached.argmax(axis=0)[np.newaxis], axis=0)
    return np.take_along_axis(values, middle, axis=0)[0]


def supply(profile: Outline, small_areas: pd.DataFrame, places: nearby.Listed) -> Table:
    """Places inside an area for its residents, beside England: a row a counted kind.

    Kinds for children and young people are counted for residents aged 0 to 24 (Census 2021), all
    others for all residents (mid-2022). Columns: kind, count, per_1000, england_per_1000. The last
    is of England-wide lists alone, and NaN where a list of one city is counted in the area: it
    would be held against an England without such a list. small_areas, places: all of them.
    """
    kinds = [key for key in nearby.SHOWN if KINDS[key].counted]
    residents, *young = (
        small_areas[column].to_numpy() for column in ("population_2022", "age_0_15", "age_16_24")
    )
    is_young = np.array([KINDS[key].group == YOUNG_GROUP for key in kinds])

    def per_1000(counts: Counter[str], rows: np.ndarray | slice) -> np.ndarray:
        everyone = residents[rows].sum()
        people = np.where(is_young, sum(ages[rows].sum() for ages in young), everyone)
        return access.supply_per_1000(np.array([counts[key] for key in kinds]), people)

    on_record = list(zip(profile.inside["kind"], profile.inside["source"], strict=True))
    counts = Counter(kind for kind, _ in on_record)
    from_local = {kind for kind, source in on_record if source not in ENGLAND_WIDE}
    local = [KINDS[key].completeness == LOCAL or key in from_local for key in kinds]
    england = np.where(local, np.nan, per_1000(places.england_wide, slice(None)))
    return Table(
        {
            "kind": kinds,
            "count": [counts[key] for key in kinds],
            "per_1000": per_1000(counts, profile.members).tolist(),
            "england_per_1000": england.tolist(),
        }
    )


def gaps_of_members(found: gaps.Gaps, members: np.ndarray, people: np.ndarray) -> Table:
    """Gaps of a ward or council through its small areas, the worst kind first.

    found: gaps of all small areas. people: residents of `members`, row for row. Columns: kind,
    metres (of the middle resident), worst_areas (how many of its small areas are in the worst
    tenth of their class).
    """
    metres = middle_resident(found.metres.to_numpy()[members], people).tolist()
    worst = found.worst_tenth.to_numpy()[members].sum(axis=0).tolist()
    rows = zip(found.metres.columns, metres, worst, strict=True)
    worst_first = sorted(rows, key=lambda row: (-row[2], row[0]))
    return Table.of_rows(("kind", "metres", "worst_areas"), worst_first)


def described(areas: Columns, matches: Table) -> Table:
    """Matches of `comparators` with who they are and where they stand on both indices.

    areas: all of their level. Adds code, name, neighbourhood_name, council, imd_decile and
    cni_decile.
    """
    found = areas.at(np.array(matches["row"], dtype="int64"))
    return Table({**matches.columns, **{name: found[name].tolist() for name in _WHO}})


def _fields(known: Basics) -> dict[str, Any]:
    return {field.name: getattr(known, field.name) for field in fields(known)}


def _own(national: National, members: np.ndarray) -> Cells:
    """The small areas that an area is made of."""
    return national.columns_of(SMALL_AREA).at(members)


def _neighbourhoods(own: Cells, national: National) -> list[int]:
    """The numbers of the neighbourhoods that some small areas are part of."""
    numbers = national.store.numbers(NEIGHBOURHOOD, "code")
    return [numbers[code] for code in dict.fromkeys(own["msoa21_code"])]


def _library_hours(national: National, members: np.ndarray) -> float:
    hours = national.store.access("library")["hours_per_1000"].to_numpy()
    return access.per_resident(hours[members], _own(national, members)["population_2022"])


def _point(start: Start) -> tuple[float, float]:
    return start.easting, start.northing


def _gaps(national: National, level: str, row: int, members: np.ndarray) -> Table:
    if level in MEASURED:
        return gaps.gaps_of(national.gaps(level), row)
    people = _own(national, members)["population_2022"]
    return gaps_of_members(national.gaps(SMALL_AREA), members, people)


def _path(national: National, row: int) -> Table:
    history = national.store.columns_of("deprivation_history").at(row)
    return releases.path(history, national.ranking_places.to_numpy()[row])


def _standing(national: National, row: int) -> str | None:
    found = national.rank_paths["path"]
    return found.at[row] if row in found.index else None


def _near_cases(
    national: National, area: Mapping[str, Any], start: Start
) -> tuple[case_near.Nearest, ...]:
    """Cases nearest to where people live; more than one only of those that are near."""
    longitude, latitude = to_degrees(start.easting, start.northing)
    found = case_near.nearest(
        national.placed_cases,
        float(longitude),
        float(latitude),
        area["ltla24_code"],
        CASE_COUNT,
    )
    return found[:1] + tuple(near for near in found[1:] if near.metres <= NEAR_CASE_M)


def _lost(national: National, level: str, code: str) -> pd.Series | None:
    if level not in MEASURED:
        return None
    lost = national.lost_libraries(level)
    return lost.loc[code] if code in lost.index else None
