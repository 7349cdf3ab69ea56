"""What the profile of an area shows, put together from the tables; nothing here is drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from geo import access, case_studies, comparators, gaps, larger_areas, nearby, programmes, releases
from geo.areas import AGE_BANDS, SMALL_AREA
from geo.asset_kind import LOCAL
from geo.asset_kinds import KINDS
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
class Outline:
    """An area's own figures: what stands beside another area's.

    area: its row in the frame of its level, `total` rows long. members: the numbers of its small
    areas. worst: how many of them are in the worst tenth of England by "imd", "cni" and on both
    ("double"). ages: `ages`. inside: places in it. gaps: `gaps.gaps_of` or, for wards and
    councils, `gaps_of_members`. path: `releases.path` of a small area, else None. past:
    `releases.worst_tenth`. library_hours: see `library_hours`.
    """

    code: str
    level: str
    row: int
    area: pd.Series
    total: int
    members: np.ndarray
    worst: dict[str, int]
    ages: pd.DataFrame
    inside: pd.DataFrame
    gaps: pd.DataFrame
    path: pd.DataFrame | None
    past: pd.DataFrame
    library_hours: tuple[float, float]

    @property
    def is_measured(self) -> bool:
        """Whether distances from its own postcodes are known (small areas and neighbourhoods)."""
        return self.level in MEASURED


@dataclass(frozen=True)
class Profile(Outline):
    """All that is known of one area: its outline, what is near it, and who and what is like it.

    near: `nearby.near`, None for a council. standing: a small area's row of `paths.rank_paths`.
    alike, pair: `described`. lost: a row of `access.lost_nearest` or None. closed: libraries in it
    that closed since 2010, the latest first.
    """

    start: Start
    near: pd.DataFrame | None
    standing: pd.Series | None
    programmes: pd.DataFrame
    need: pd.DataFrame
    alike: pd.DataFrame
    pair: pd.DataFrame
    cases_near: tuple[case_studies.Nearest, ...]
    cases_alike: tuple[case_studies.Alike, ...]
    lost: pd.Series | None
    closed: pd.DataFrame


def outline(code: str, national: National) -> Outline:
    """The figures of a small area, neighbourhood, ward or council by its code.

    Raises KeyError where there is no area of that code.
    """
    row = national.row(code)
    if row is None:
        raise KeyError(code)
    level = larger_areas.level_of(code)
    frame = national.level(level)
    area = frame.iloc[row]
    small_areas = national.store.small_areas
    members = larger_areas.members(code, small_areas)
    own = small_areas.iloc[members]
    return Outline(
        code=code,
        level=level,
        row=row,
        area=area,
        total=len(frame),
        members=members,
        worst=worst_tenths(own),
        ages=ages(area, small_areas),
        inside=nearby.inside(national.places, own["code"]),
        gaps=_gaps(national, level, row, members),
        path=_path(national, row) if level == SMALL_AREA else None,
        past=releases.worst_tenth(national.ranking_places.iloc[members]),
        library_hours=library_hours(
            members,
            national.store.access("library")["hours_per_1000"],
            small_areas["population_2022"],
        ),
    )


def profile(code: str, national: National, postcode: Place | None = None) -> Profile:
    """The whole profile of an area of any level by its code.

    postcode: where distances start instead of the middle of the area. Raises KeyError where there
    is no area of that code.
    """
    known = outline(code, national)
    level, row, store = known.level, known.row, national.store
    frame = national.level(level)
    own = store.small_areas.iloc[known.members]
    start = starting_at(national.centre(code), postcode)
    like = national.likeness(level)
    return Profile(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        start=start,
        near=None if level == COUNCIL else nearby.near(national.places, *_point(start)),
        standing=_standing(national, row) if level == SMALL_AREA else None,
        programmes=programmes.named(
            own, store.table("programmes"), store.table("left_behind_wards")
        ),
        need=programmes.need_of(own["msoa21_code"], national.need_tenths),
        alike=described(frame, comparators.most_alike(like, row, ALIKE_COUNT)),
        pair=described(
            frame, comparators.matched_pair(like, frame["imd_rank"], frame["cni_rank"], row)
        ),
        cases_near=_near_cases(national, known.area, start),
        cases_alike=case_studies.most_alike(
            national.cases,
            case_studies.profile(own, len(store.small_areas)),
            national.case_profiles,
            CASE_COUNT,
        ),
        lost=_lost(national, level, code),
        closed=nearby.closed_libraries(store.libraries, known.members),
    )


def starting_at(centre: tuple[float, float], postcode: Place | None) -> Start:
    """The postcode a reader came by, else the middle of where the area's people live (metres)."""
    if postcode:
        return Start(postcode.easting, postcode.northing, f"from {postcode.postcode}")
    return Start(*centre, "from the middle of where people live")


def ages(area: pd.Series, small_areas: pd.DataFrame) -> pd.DataFrame:
    """Residents by age at the 2021 Census: band, people, share, england_share (0 to 1)."""
    columns = list(AGE_BANDS)
    people = area[columns].astype("int64").to_numpy()
    england = small_areas[columns].sum().to_numpy()
    return pd.DataFrame(
        {
            "band": list(AGE_BANDS.values()),
            "people": people,
            "share": people / max(people.sum(), 1),
            "england_share": england / england.sum(),
        }
    )


def worst_tenths(small_areas: pd.DataFrame) -> dict[str, int]:
    """How many of some small areas are in the worst tenth of England on each index and on both."""
    counts = {key: int((small_areas[f"{key}_decile"] == 1).sum()) for key in WORST_COUNTED}
    return counts | {"double": int(small_areas["double"].sum())}


def middle_resident(values: pd.DataFrame, people: pd.Series) -> pd.Series:
    """The figure that half of the residents are at or below, column by column.

    values: a row a small area; each resident has that of the small area they live in.
    """
    ranked = {}
    for name, column in values.items():
        order = column.sort_values(kind="stable")
        gone = people.loc[order.index].cumsum()
        ranked[name] = order[gone >= people.sum() / 2].iloc[0]
    return pd.Series(ranked, dtype="float64")


def supply(profile: Outline, small_areas: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Places inside an area for its residents, beside England: a row a counted kind.

    Kinds for children and young people are counted for residents aged 0 to 24 (Census 2021), all
    others for all residents (mid-2022). Columns: kind, count, per_1000, england_per_1000. The last
    is of England-wide lists alone, and NaN where a list of one city is counted in the area: it
    would be held against an England without such a list. small_areas: all of them; places: all
    places.
    """
    kinds = [key for key in nearby.SHOWN if KINDS[key].counted]
    own = small_areas.iloc[profile.members]

    def people(frame: pd.DataFrame) -> pd.Series:
        everyone = frame["population_2022"].sum()
        young = frame[["age_0_15", "age_16_24"]].to_numpy().sum()
        return pd.Series(
            {key: young if KINDS[key].group == YOUNG_GROUP else everyone for key in kinds}
        )

    of_england = places.loc[places["source"].isin(ENGLAND_WIDE), "kind"]
    own_lists = profile.inside[~profile.inside["source"].isin(ENGLAND_WIDE)]
    local = [KINDS[key].completeness == LOCAL or key in set(own_lists["kind"]) for key in kinds]
    england = access.supply_per_1000(of_england, people(small_areas)).mask(local)
    return pd.DataFrame(
        {
            "kind": kinds,
            "count": profile.inside["kind"].value_counts().reindex(kinds, fill_value=0).to_numpy(),
            "per_1000": access.supply_per_1000(profile.inside["kind"], people(own)).to_numpy(),
            "england_per_1000": england.to_numpy(),
        }
    )


def library_hours(members: np.ndarray, hours: pd.Series, people: pd.Series) -> tuple[float, float]:
    """Public library hours a week for every 1,000 residents: an area's, and England's.

    Each library's hours are shared among all who live within 2 miles of it, on whichever side of a
    border (`access.catchment_access`). hours, people: for every small area; members: the numbers
    of the area's own. Each small area counts by its residents.
    """
    own = np.average(hours.iloc[members], weights=people.iloc[members])
    return float(own), float(np.average(hours, weights=people))


def gaps_of_members(found: gaps.Gaps, members: np.ndarray, people: pd.Series) -> pd.DataFrame:
    """Gaps of a ward or council through its small areas, the worst kind first.

    found: gaps of all small areas. people: residents of `members`, row for row. Columns: kind,
    metres (of the middle resident), worst_areas (how many of its small areas are in the worst
    tenth of their class).
    """
    metres = found.metres.iloc[members]
    worst = found.worst_tenth.iloc[members].sum()
    table = pd.DataFrame(
        {
            "kind": metres.columns,
            "metres": middle_resident(metres, people.set_axis(metres.index)).to_numpy(),
            "worst_areas": worst.to_numpy(),
        }
    )
    return table.sort_values(["worst_areas", "kind"], ascending=[False, True], ignore_index=True)


def described(frame: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """Matches of `comparators` with who they are and where they stand on both indices.

    frame: the areas of their level. Adds code, name, neighbourhood_name, council, imd_decile and
    cni_decile.
    """
    found = frame.iloc[matches["row"]][_WHO]
    return pd.concat([matches.reset_index(drop=True), found.reset_index(drop=True)], axis=1)


def _point(start: Start) -> tuple[float, float]:
    return start.easting, start.northing


def _gaps(national: National, level: str, row: int, members: np.ndarray) -> pd.DataFrame:
    if level in MEASURED:
        return gaps.gaps_of(national.gaps(level), row)
    people = national.store.small_areas["population_2022"].iloc[members]
    return gaps_of_members(national.gaps(SMALL_AREA), members, people)


def _path(national: National, row: int) -> pd.DataFrame:
    history = national.store.table("deprivation_history")
    return releases.path(history.iloc[row], national.ranking_places.iloc[row])


def _standing(national: National, row: int) -> pd.Series | None:
    paths = national.rank_paths
    return paths.loc[row] if row in paths.index else None


def _near_cases(
    national: National, area: pd.Series, start: Start
) -> tuple[case_studies.Nearest, ...]:
    """Cases nearest to where people live; more than one only of those that are near."""
    longitude, latitude = to_degrees(start.easting, start.northing)
    found = case_studies.nearest(
        national.cases,
        float(longitude),
        float(latitude),
        national.store.table("councils"),
        area["ltla24_code"],
        CASE_COUNT,
    )
    return found[:1] + tuple(near for near in found[1:] if near.metres <= NEAR_CASE_M)


def _lost(national: National, level: str, code: str) -> pd.Series | None:
    if level not in MEASURED:
        return None
    lost = national.lost_libraries(level)
    return lost.loc[code] if code in lost.index else None
