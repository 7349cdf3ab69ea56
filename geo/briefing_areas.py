"""The briefing of one area: small area, neighbourhood, ward or council, from its profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from geo import briefing_cases, briefing_reach, layers, profiles, sentences
from geo import profile_sentences as words
from geo.briefing import NUMBER, TENTH, Briefing, Column, Point, Section, Table
from geo.briefing_area_map import area_map
from geo.community import NEED_INDICES
from geo.deprivation import INDICES
from geo.national import National
from geo.postcodes import Place
from geo.profiles import Profile
from geo.reached import EVERYDAY, REACHED, TWO_NAMES

# More entries of a programme than this are listed by name only.
ENTRIES_BY_THEMSELVES = 2
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
        briefing_reach.section(profile),
        _learning(profile),
        briefing_cases.section(profile.cases_near, profile.cases_alike),
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
    mark = "worst_tenth" if profile.is_measured else "worst_areas"
    worst = [row for row in profile.gaps.rows() if row["kind"] in EVERYDAY and row[mark]]
    if not worst:
        kinds = sentences.joined([REACHED[kind].singular for kind in EVERYDAY])
        text = f"For none of these is it in the furthest tenth of areas of its class: {kinds}."
        return Section(heading="Gaps", sentences=(text,))
    return Section(
        heading="Gaps",
        points=tuple(Point(words.capital(words.gap(profile, row))) for row in worst),
    )


def _libraries(profile: Profile) -> Section:
    """The nearest open library, the one that was lost, and those that closed."""
    found: list[str | None] = []
    if profile.near is not None:
        row = profile.near.by("kind")["library"]
        if row["name"]:
            where = f"{sentences.distance(row['distance_m'])} {profile.start.words}"
            found.append(f"The nearest is {row['name']}, {where}. {words.nearest(row)}.")
    found += [words.lost(profile), words.closed(profile)]
    return Section(heading="Libraries", sentences=tuple(text for text in found if text))


def _programmes(profile: Profile) -> Section | None:
    """Programmes and published lists that name it."""
    listed = []
    for programme, entries in words.entries(profile).items():
        if len(entries) > ENTRIES_BY_THEMSELVES:
            names = "; ".join(entry["name"] for entry in entries)
            listed.append(Point(f"{names}.", f"{programme}, {len(entries)} in it:"))
        else:
            listed += [Point(words.programme(entry, profile)) for entry in entries]
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
    alike = [_named(row) for row in profile.alike.rows() if row["good_match"]]
    found = []
    if alike:
        # Some councils' names hold a comma.
        found.append(f"Most like it: {'; '.join(alike)}.")
    for row in profile.pair.rows():
        found.append(
            f"As deprived, with much stronger social infrastructure: {_named(row)} "
            f"({words.match(row)})."
        )
    if not found:
        return None
    return Section(heading="Who to learn from", sentences=(*found, words.HOW_ALIKE))


def _named(row: Mapping[str, Any]) -> str:
    if row["name"] == row["council"]:
        return row["name"]
    if row["name"] == row["neighbourhood_name"]:
        return f"{row['name']} ({row['council']})"
    return f"{row['neighbourhood_name']} ({row['name']})"


def _source_keys(profile: Profile, register: Iterable[str]) -> tuple[str, ...]:
    """Keys of what the briefing rests on, each once, those of the register only."""
    keys = [*_ALWAYS_CREDITED]
    keys += [REACHED[kind].sources[0] for kind in profile.gaps["kind"]]
    shown = {*REACHED, *TWO_NAMES}
    on_record = zip(profile.inside["kind"], profile.inside["source"], strict=True)
    keys += sorted({source for kind, source in on_record if kind in shown})
    if profile.programmes:
        keys += ["pride_in_place", "cni2019"]
    if words.need(profile):
        keys.append("hyper_local_need")
    known = set(register)
    return tuple(key for key in dict.fromkeys(keys) if key in known)
