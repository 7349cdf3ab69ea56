"""A profile in plain words; figures come from `geo.profiles`, nothing here computes a measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geo import layers, paths, programmes, releases
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.asset_kind import VOLUNTARY
from geo.asset_kinds import KINDS, no_record
from geo.deprivation import DOMAINS
from geo.gaps import CLASS_WORDS
from geo.larger_areas import COUNCIL, WARD
from geo.profiles import Basics, Outline, Profile
from geo.reached import EVERYDAY, REACHED
from geo.sentences import LEVEL_NOUNS, RUN_BY, count, distance, joined, people, tenth

NOUNS = LEVEL_NOUNS | {WARD: ("ward", "wards"), COUNCIL: ("council", "councils")}
NO_RECORD = "“No record” means that no list here has one; it does not mean that there is none."
HALF = "An area’s distance is the one that half of its postcodes are within, in a straight line."
MIDDLE = (
    "The distance is the middle resident’s: half of residents live in small areas at least as near."
)
RELATIVE = (
    "Ranks compare areas with each other. Methods changed between releases, so a move says how the "
    "area stands against others, not whether it became better or worse off."
)
WARD_OUTLINE = "Red outlines: the small areas that fit the ward best."
BEST_FIT = "A ward’s figures are those of the small areas that fit it best."
AVERAGES = (
    "Its rank is by the average score of its small areas, each counted by its residents, among {}."
)
COMMUNITY_WORDS = {
    "civic_assets": "places to meet",
    "connectedness": "links",
    "engaged": "an active community",
}
HOW_ALIKE = (
    "Alike means: the seven domains of deprivation, people by age, and how rural the place is. "
    "Social infrastructure is left out on purpose, so that it can be compared."
)
NO_PROGRAMME = (
    "It is not on the list of 225 wards published in 2019, nor in the lists of neighbourhoods and "
    "councils of Pride in Place phase 2 and of the Young Futures Hubs’ early adopters."
)
NO_PAIR = (
    "No {noun} in England is both as deprived and much stronger on community need, so there is no "
    "matched pair."
)


def capital(text: str) -> str:
    """`text` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def title(profile: Outline) -> str:
    """What the area is called: "Ore (Hastings 004B)", "Ore ward", "Hastings"."""
    area = profile.area
    if profile.level == SMALL_AREA:
        return f"{area['neighbourhood_name']} ({area['name']})"
    return f"{area['name']} ward" if profile.level == WARD else area["name"]


def short_name(profile: Basics) -> str:
    """The name to head a column with: "Hastings 004B", "Ore", "Ore ward", "Hastings"."""
    area = profile.area
    return f"{area['name']} ward" if profile.level == WARD else area["name"]


def distinct_names(profiles: Sequence[Basics]) -> list[str]:
    """Short names to head columns with, with the code where two areas bear the same."""
    names = [short_name(profile) for profile in profiles]
    return [
        f"{name} ({profile.code})" if names.count(name) > 1 else name
        for name, profile in zip(names, profiles, strict=True)
    ]


def mixed_levels(profiles: Sequence[Outline]) -> str | None:
    """What to mind where areas of several levels stand side by side; None where they do not."""
    levels = list(dict.fromkeys(profile.level for profile in profiles))
    if len(levels) < 2:
        return None
    nouns = [NOUNS[level][1] for level in levels]
    return (
        f"These are {joined(nouns)}: each is ranked among its own kind, so tenths of one kind and "
        "of another do not say the same."
    )


def where(profile: Outline) -> str:
    """Which kind of area it is, where, and how many people live there."""
    area = profile.area
    noun = capital(NOUNS[profile.level][0])
    place = area["region"] if profile.level == COUNCIL else f"{area['council']}, {area['region']}"
    parts = ""
    if len(profile.members) > 1:
        parts = f", {count(len(profile.members), 'small area')}"
    residents = people(int(area["population_2022"]))
    return f"{noun} in {place}: {residents} in mid-2022{parts}. {area['ruc21_name']}."


def briefly(profile: Outline) -> str:
    """Where an area stands on both indices, in one sentence to set beside another area's."""
    area, plural = profile.area, NOUNS[profile.level][1]
    need = tenth(int(area["cni_decile"]), "greatest-need", "least-need")
    return (
        f"In the {tenth(int(area['imd_decile']))} of England’s {plural} for deprivation (rank "
        f"{int(area['imd_rank']):,} of {profile.total:,}) and the {need} for places, groups and "
        f"links (rank {int(area['cni_rank']):,}); {people(int(area['population_2022']))}."
    )


def summary(profile: Profile) -> list[str]:
    """The area in a few plain sentences: need, then what people share, then what is furthest."""
    lines: list[str | None] = [_deprivation(profile), _strongest_needs(profile)]
    lines += [_community(profile)]
    lines += [_double(profile), _first_gap(profile)]
    lines += [moved(profile)] if profile.path is not None else []
    return [line for line in lines if line]


def _deprivation(profile: Outline) -> str:
    area, plural = profile.area, NOUNS[profile.level][1]
    first = (
        f"It is in the {tenth(int(area['imd_decile']))} of England’s {plural} on the Index of "
        f"Multiple Deprivation 2025: rank {int(area['imd_rank']):,} of {profile.total:,}, where 1 "
        "is the most deprived."
    )
    if len(profile.members) == 1:
        return first
    worst = profile.worst["imd"]
    return f"{first} {_of(worst, len(profile.members))} in England’s most deprived tenth."


def _of(some: int, whole: int) -> str:
    if some == 0:
        return f"None of its {whole:,} small areas is"
    if some == whole:
        return f"All of its {whole:,} small areas are"
    return f"{some:,} of its {whole:,} small areas {'is' if some == 1 else 'are'}"


def _strongest_needs(profile: Outline) -> str:
    """The domains of deprivation it is among the worst three tenths on, the worst first."""
    area = profile.area
    worst = sorted(
        (key for key in DOMAINS if area[f"{key}_decile"] <= 3), key=lambda key: area[f"{key}_rank"]
    )
    if not worst:
        return "It is in the worst three tenths on none of the seven domains of deprivation."
    names = [f"{layers.layer(key).short.lower()} (tenth {area[f'{key}_decile']})" for key in worst]
    return f"Domains in the worst three tenths: {joined(names)}."


def _community(profile: Outline) -> str:
    area = profile.area
    words = tenth(int(area["cni_decile"]), "greatest-need", "least-need")
    parts = [f"{name} tenth {area[f'{key}_decile']}" for key, name in COMMUNITY_WORDS.items()]
    return (
        f"On the Community Needs Index 2023, which looks at places to meet, active groups and "
        f"links, it is in the {words}: rank {int(area['cni_rank']):,} of {profile.total:,}, where "
        f"1 is the greatest need. By part: {joined(parts)}."
    )


def _double(profile: Outline) -> str | None:
    if profile.level == SMALL_AREA:
        if not profile.area["double"]:
            return None
        return (
            "It is doubly disadvantaged: in the worst tenth of small areas both for deprivation "
            "and for places, groups and links."
        )
    if not profile.worst["double"]:
        return None
    some = _of(profile.worst["double"], len(profile.members))
    return f"{some} doubly disadvantaged: in the worst tenth on both indices."


def _first_gap(profile: Outline) -> str | None:
    """The everyday kind it is furthest from for its class, where that is in the worst tenth."""
    if not profile.is_measured:
        return None
    for row in profile.gaps.rows():
        if row["kind"] in EVERYDAY and row["worst_tenth"]:
            return capital(gap(profile, row))
    return None


def gap(profile: Outline, row: Mapping[str, Any]) -> str:
    """One row of a profile's gaps as a sentence."""
    kind = REACHED[row["kind"]]
    recorded = " on the list" if kind.completeness == VOLUNTARY else ""
    start = f"nearest {kind.singular}{recorded} {distance(row['metres'])}"
    return f"{start}; {against(profile, row)}."


def against(profile: Outline, row: Mapping[str, Any]) -> str:
    """How a row of a profile's gaps stands against areas of the same rural or urban class."""
    if not profile.is_measured:
        worst = int(row["worst_areas"])
        some = _of(worst, len(profile.members))
        few = f"{some[0].lower()}{some[1:]}"
        return f"{few} further than nine in ten areas like {_it(worst)}"
    return _closer(profile, int(row["closer_in_100"]))


def _it(some: int) -> str:
    return "it" if some == 1 else "them"


def _closer(profile: Outline, in_100: int) -> str:
    plural = NOUNS[profile.level][1]
    group = f"{plural} in {CLASS_WORDS[profile.area['ruc21_code']]}"
    if in_100 == 100:
        return f"all other {group} are closer"
    if in_100 == 0:
        return f"fewer than 1 in 100 {group} are closer"
    return f"{in_100} in 100 {group} {'is' if in_100 == 1 else 'are'} closer"


def moved(profile: Profile) -> str | None:
    """How the area moved in the ranking from the first release that has it to the latest."""
    if profile.path is None:
        first, *_, last = profile.past.rows()
        was = "was" if first["worst"] == 1 else "were"
        return (
            f"{first['release']:.0f} to {last['release']:.0f}: {first['worst']:.0f} of "
            f"{first['areas']:.0f} of its small areas {was} in England’s most deprived tenth, now "
            f"{last['worst']:.0f} of {last['areas']:.0f}."
        )
    if len(profile.path) < 2:
        return None
    first, *_, last = profile.path.rows()
    path = profile.standing if first["release"] == releases.EARLIER[0] else None
    years = f"{first['release']} to {last['release']}"
    return paths.in_words(first["place"] - 1e-9, last["place"] - 1e-9, path, years)


def library_hours(profile: Outline) -> str:
    """How much library there is for each of those who share it."""
    own, england = profile.library_hours
    return (
        f"Public libraries give {own:.2f} opening hours a week for every 1,000 people here; "
        f"England’s average is {england:.2f}. Each library’s hours are shared among all who live "
        "within 2 miles of it in a straight line, so a crowded library counts for less."
    )


def nearest(row: Mapping[str, Any]) -> str:
    """What is known of the nearest place of a kind: who runs it, hours, what else the list says."""
    if not row["name"] and pd.isna(row["distance_m"]):
        return capital(no_record(row["kind"]))
    if row["kind"] != "library":
        detail = row["detail"]
        return detail if isinstance(detail, str) else ""
    run_by = RUN_BY.get(row["operation"], "Who runs it is not recorded")
    hours = row["hours_per_week"]
    opening = f"open {hours:g} hours a week" if hours > 0 else "opening hours not recorded"
    if row["temporarily_closed"] is True:
        opening = "closed for the time being"
    shared = row["co_located"]
    with_ = (
        f"; shares its building: {shared.replace(';', ', ')}"
        if isinstance(shared, str) and shared
        else ""
    )
    return f"{run_by}, {opening}{with_}"


def place_name(name: str, kind: str) -> str:
    """A place's name, or what it is where the list gives none."""
    return name or f"{capital(KINDS[kind].singular)} without a name on the list"


def lost(profile: Profile) -> str | None:
    """The library that was nearest in 2010 and has closed, and how far the next one is now."""
    if profile.lost is None:
        return None
    row = profile.lost
    year = row["closed_year"]
    when = f"closed in {year:.0f}" if pd.notna(year) else "has closed since"
    return (
        f"{row['lost_name']} was {distance(row['then_m'])} away in 2010 and {when}. The nearest "
        f"library is now {row['now_name']}, {distance(row['now_m'])} away. Both distances are from "
        "the middle of where people live."
    )


def closed(profile: Profile) -> str:
    """Which libraries in the area have closed since 2010."""
    if not profile.closed:
        return "No library in it is recorded as closed since 2010."
    names = [
        f"{row['name']} ({row['closed_year']:.0f})" if pd.notna(row["closed_year"]) else row["name"]
        for row in profile.closed.rows()
    ]
    closed_ = count(len(names), "library", "libraries")
    return f"{closed_} in it closed since 2010: {joined(names)}."


def entries(profile: Profile) -> dict[str, list[dict[str, Any]]]:
    """The entries that name the area or parts of it: programme or list → rows of its own."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in profile.programmes.rows():
        found.setdefault(entry["programme"], []).append(entry)
    return found


def named(profile: Profile) -> list[str]:
    """The programmes and lists that name the area or parts of it, a sentence each."""
    whole = len(profile.members)
    said = []
    for programme, listed in entries(profile).items():
        names = joined([entry["name"] for entry in listed])
        covered = sum(entry["areas"] for entry in listed)
        cover = f" ({covered:,} of its {whole:,} small areas)" if covered < whole else ""
        told = dict.fromkeys(entry["note"] for entry in listed if entry["note"])
        notes = "".join(f" {note}" for note in told)
        said.append(f"{programme}: {names}{cover}.{notes}")
    return said or [NO_PROGRAMME]


def programme(row: Mapping[str, Any], profile: Profile) -> str:
    """An entry of a programme or list as a sentence."""
    listed, whole = int(row["areas"]), len(profile.members)
    cover = ""
    if whole > 1 and listed < whole:
        cover = f", which covers {listed:,} of its {whole:,} small areas"
    note = f" {row['note']}" if row["note"] else ""
    if row["programme"] == programmes.WARDS_OF_2019:
        return f"{row['programme']}: {row['name']}{cover}.{note}"
    return f"{row['programme']}: listed as {row['name']}{cover}.{note}"


def need(profile: Profile) -> str | None:
    """The Hyper-Local Need Measure in one sentence."""
    missions = profile.need.rows()
    if not missions or not missions[0]["neighbourhoods"]:
        return None
    whole = missions[0]["neighbourhoods"]
    if whole == 1:
        of = "" if profile.level == NEIGHBOURHOOD else ", for the neighbourhood it lies in"
        parts = [f"{row['mission'].lower()} {row['tenth']}" for row in missions]
        return (
            "Hyper-Local Need Measure by mission, in tenths of England’s neighbourhoods where 1 "
            f"is the greatest need{of}: {joined(parts)}."
        )
    parts = [f"{row['mission'].lower()} {row['worst']}" for row in missions]
    return (
        f"Hyper-Local Need Measure by mission, how many of the {whole:,} neighbourhoods it touches "
        f"are in the tenth with the greatest need: {joined(parts)}."
    )


def match(row: Mapping[str, Any]) -> str:
    """How close a match is, in words."""
    close = f"closeness {row['closeness']:.0f} of 100"
    return close if row["good_match"] else f"{close}, not a good match"
