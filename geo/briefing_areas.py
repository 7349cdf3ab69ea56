"""The briefing of one area: small area, neighbourhood, ward or council, from its profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from geo import layers, nearby, profiles, sentences
from geo import profile_sentences as words
from geo.asset_kinds import VOLUNTARY
from geo.briefing import NUMBER, TENTH, Briefing, Column, Point, Section, Table
from geo.briefing_area_map import area_map
from geo.case_records import Case
from geo.case_rules import PINNED
from geo.case_studies import Nearest
from geo.community import NEED_INDICES
from geo.deprivation import INDICES
from geo.national import National
from geo.postcodes import Place
from geo.profiles import Profile
from geo.reached import EVERYDAY, FAMILY_CENTRE, REACHED, TWO_NAMES

CASES = 2
# More entries of a programme than this are listed by name only.
ENTRIES_BY_THEMSELVES = 2
# A case known to the street comes before one known to the council only. Further off than the
# second, a case is not one of the neighbourhood.
DOORSTEP_M, NEAR_CASE_M = 5_000, 25_000
_ALWAYS_CREDITED = (
    "iod2025",
    "cni2023",
    "population2022",
    "lsoa21_bgc",
    "msoa_names",
    "onspd",
    "ruc21_lsoa",
    "libraries",
)


def of_area(
    code: str, national: National, link: str, made: date, postcode: Place | None = None
) -> Briefing:
    """The briefing of the area with this code; `link` is its live view.

    postcode: where distances start instead of the middle of the area. Raises KeyError where there
    is no area of that code, ValueError where the link is no web address.
    """
    return of_profile(profiles.profile(code, national, postcode), national, link, made)


def of_profile(
    profile: Profile, national: National, link: str, made: date, layer: str = "imd"
) -> Briefing:
    """The briefing of an area whose profile is at hand; layer: what colours its map."""
    register = national.store.sources
    sections = (
        _gaps(profile),
        _libraries(profile),
        _programmes(profile),
        _reach(profile),
        _learning(profile),
        _case_studies(profile),
    )
    return Briefing(
        kind=f"{words.capital(words.NOUNS[profile.level][0])} briefing",
        title=words.title(profile),
        place=words.where(profile),
        lead=(*words.summary(profile), sentences.NOT_EVERYONE),
        sections=tuple(section for section in sections if section),
        sources=tuple(register[key] for key in _source_keys(profile, register)),
        link=link,
        made=made,
        map=area_map(profile, national, layer),
        beside=_standing(profile),
    )


def _standing(profile: Profile) -> Section:
    """Tenth and rank on every index and domain."""
    rows = [
        (
            layers.layer(key).short,
            str(int(profile.area[f"{key}_decile"])),
            f"{int(profile.area[f'{key}_rank']):,}",
        )
        for key in (*INDICES, *NEED_INDICES)
    ]
    return Section(
        heading="Where it stands",
        table=Table(
            columns=(Column("Measure"), Column("Tenth", TENTH), Column("Rank", NUMBER)),
            rows=tuple(rows),
            note=f"1 = most deprived or greatest need, of {profile.total:,} "
            f"{words.NOUNS[profile.level][1]}. Deprivation 2025, community need 2023.",
        ),
    )


def _gaps(profile: Profile) -> Section:
    """Everyday places it is further from than nine in ten areas like it."""
    found = profile.gaps[profile.gaps["kind"].isin(EVERYDAY)]
    marked = found["worst_tenth"] if profile.is_measured else found["worst_areas"] > 0
    worst = found[marked]
    if worst.empty:
        kinds = sentences.joined([REACHED[kind].singular for kind in EVERYDAY])
        text = f"For none of these is it in the furthest tenth of areas of its class: {kinds}."
        return Section(heading="Gaps", sentences=(text,))
    return Section(
        heading="Gaps",
        points=tuple(Point(words.capital(words.gap(profile, row))) for _, row in worst.iterrows()),
    )


def _reach(profile: Profile) -> Section | None:
    """Kind by kind: what is on record in it, the nearest place, and how that compares."""
    found = profile.gaps.set_index("kind")
    kinds = [kind for kind in dict.fromkeys((*EVERYDAY, *REACHED)) if kind in found.index]
    if not kinds:
        return None
    counts = profile.inside["kind"].replace(TWO_NAMES, FAMILY_CENTRE.key).value_counts()
    rows = tuple(
        (
            f"{words.capital(REACHED[kind].plural)}{' *' if _is_voluntary(kind) else ''}",
            f"{counts[kind]:,}" if kind in counts else "no record",
            *_nearness(profile, kind, found.loc[kind]),
        )
        for kind in kinds
    )
    if profile.is_measured:
        near, compared = "Half of postcodes are within", "Closer, in 100"
        told = f"Closer: of 100 {words.NOUNS[profile.level][1]} of its class, how many are closer."
    else:
        near, compared = "Half of residents are within", "Small areas in the furthest tenth"
        told = "Furthest tenth: of the small areas of the same urban or rural class."
    lists = dict.fromkeys(REACHED[kind].how_complete for kind in kinds if _is_voluntary(kind))
    starred = f"* {sentences.joined(list(lists))}." if lists else ""
    note = f"{told} Distances are in a straight line. {words.NO_RECORD} {starred}".strip()
    numbers = [Column(heading, NUMBER) for heading in ("On record in it", near, compared)]
    columns = (Column("Kind of place"), *numbers)
    return Section(heading="What is in reach", table=Table(columns, rows, note))


def _is_voluntary(kind: str) -> bool:
    return REACHED[kind].completeness == VOLUNTARY


def _nearness(profile: Profile, kind: str, row: pd.Series) -> tuple[str, str]:
    """How far a kind is and how that compares; a list that few joined says nothing from afar."""
    if _is_voluntary(kind) and row["metres"] > nearby.LOCAL_REACH_M:
        return "no record near", "–"
    compared = row["closer_in_100"] if profile.is_measured else row["worst_areas"]
    return sentences.distance(row["metres"]), f"{int(compared):,}"


def _libraries(profile: Profile) -> Section:
    """The nearest open library, the one that was lost, and those that closed."""
    found = []
    if profile.near is not None:
        row = profile.near.set_index("kind", drop=False).loc["library"]
        if row["name"]:
            where = f"{sentences.distance(row['distance_m'])} {profile.start.words}"
            found.append(f"The nearest is {row['name']}, {where}. {words.nearest(row)}.")
    found += [words.lost(profile), words.closed(profile)]
    return Section(heading="Libraries", sentences=tuple(text for text in found if text))


def _programmes(profile: Profile) -> Section | None:
    """Programmes and published lists that name it."""
    listed = []
    for programme, rows in profile.programmes.groupby("programme", sort=False):
        if len(rows) > ENTRIES_BY_THEMSELVES:
            listed.append(Point(f"{'; '.join(rows['name'])}.", f"{programme}, {len(rows)} in it:"))
        else:
            listed += [Point(words.programme(row, profile)) for _, row in rows.iterrows()]
    need = words.need(profile)
    if not listed and not need:
        return None
    return Section(
        heading="Programmes and lists",
        points=tuple(listed),
        sentences=(need,) if need else (),
    )


def _learning(profile: Profile) -> Section | None:
    """Areas like it, and one as deprived that does better on what people share."""
    alike = [_named(row) for _, row in profile.alike[profile.alike["good_match"]].iterrows()]
    found = []
    if alike:
        # Some councils' names hold a comma.
        found.append(f"Most like it: {'; '.join(alike)}.")
    for _, row in profile.pair.iterrows():
        found.append(
            f"As deprived, with much stronger social infrastructure: {_named(row)} "
            f"({words.match(row)})."
        )
    if not found:
        return None
    return Section(heading="Who to learn from", sentences=(*found, words.HOW_ALIKE))


def _named(row: pd.Series) -> str:
    if row["name"] == row["council"]:
        return row["name"]
    if row["name"] == row["neighbourhood_name"]:
        return f"{row['name']} ({row['council']})"
    return f"{row['neighbourhood_name']} ({row['name']})"


def _case_studies(profile: Profile) -> Section | None:
    """The case nearby, and those whose places are most alike, each with where to read it."""
    found: dict[str, Point] = {}
    near = _nearby_case(profile.cases_near)
    if near:
        told = f"{words.capital(near.words)}. {near.case.summary} {_reference(near.case)}"
        found[near.case.key] = Point(told, f"{near.case.title}.")
    for like in profile.cases_alike:
        if like.case.key not in found and len(found) < CASES:
            told = f"{like.why}. {like.case.summary} {_reference(like.case)}"
            found[like.case.key] = Point(told, f"{like.case.title}.")
    if not found:
        return None
    return Section(heading="Case studies worth reading", points=tuple(found.values()))


def _nearby_case(cases: Sequence[Nearest]) -> Nearest | None:
    """The case on the doorstep, else the nearest of the district, else none."""
    for near in cases:
        if near.place.precision in PINNED and near.metres <= DOORSTEP_M:
            return near
    return next((near for near in cases if near.metres <= NEAR_CASE_M), None)


def _reference(case: Case) -> str:
    if not case.sources:
        return ""
    first = case.sources[0]
    return f"Read: {first.publisher}, {first.title} ({first.year})."


def _source_keys(profile: Profile, register: Iterable[str]) -> tuple[str, ...]:
    """Keys of what the briefing rests on, each once, those of the register only."""
    keys = [*_ALWAYS_CREDITED]
    keys += [REACHED[kind].sources[0] for kind in profile.gaps["kind"]]
    shown = profile.inside["kind"].isin((*REACHED, *TWO_NAMES))
    keys += sorted(profile.inside.loc[shown, "source"].unique())
    if not profile.programmes.empty:
        keys += ["pride_in_place", "cni2019"]
    if words.need(profile):
        keys.append("hyper_local_need")
    known = set(register)
    return tuple(key for key in dict.fromkeys(keys) if key in known)
