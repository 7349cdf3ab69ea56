"""The figures in plain words. Pages print these; nothing here computes a measure."""

from __future__ import annotations

from collections.abc import Sequence

from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.case_near import Nearest
from geo.near import NearestLibrary
from geo.selection import Totals

METRES_IN_MILE = 1609.344
DETOUR = "Distances are in a straight line. On foot it is usually 1.2 to 1.3 times as far."
NOT_EVERYONE = "Not everyone who lives in a deprived area is deprived."
LEVEL_NOUNS = {
    SMALL_AREA: ("small area", "small areas"),
    NEIGHBOURHOOD: ("neighbourhood", "neighbourhoods"),
}
_ORDINALS = {2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A whole number with its noun: "1 council", "33,755 small areas"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def people(number: int) -> str:
    """Residents, rounded as far as an estimate bears: "67,000 people", "1,700 people"."""
    step = 1_000 if number >= 10_000 else 100 if number >= 1_000 else 10
    rounded = round(number / step) * step
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f} million people"
    return f"{rounded:,} people"


def distance(metres: float) -> str:
    """A distance as people say it: "650 m", "3.4 km (2.1 miles)"."""
    if metres < 995:
        return f"{round(metres / 10) * 10:.0f} m"
    return f"{metres / 1_000:.1f} km ({metres / METRES_IN_MILE:.1f} miles)"


def tenth(decile: int, worst: str = "most deprived", best: str = "least deprived") -> str:
    """A decile in words: 1 → "most deprived tenth", 9 → "2nd least deprived tenth"."""
    if not 1 <= decile <= 10:
        raise ValueError(f"a decile is 1 to 10, not {decile}")
    place, end = (decile, worst) if decile <= 5 else (11 - decile, best)
    return f"{_ORDINALS[place]} {end} tenth" if place > 1 else f"{end} tenth"


def joined(parts: Sequence[str]) -> str:
    """Parts as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def what_is_left(left: Totals, level: str, is_filtered: bool) -> str:
    """How many areas and people the filters leave, as one sentence."""
    nouns = LEVEL_NOUNS[level]
    if not is_filtered:
        return f"All of England: {count(left.areas, *nouns)}, {people(left.population)}."
    if not left.areas:
        return f"No {nouns[0]} in England matches all of these filters. Take one off to see more."
    where = "1 council" if left.councils == 1 else f"{left.councils:,} councils"
    return f"{count(left.areas, *nouns)}, {people(left.population)}, in {where}."


def area_title(area) -> str:
    """What an area is called: its neighbourhood's name, and its own where that differs."""
    if area["name"] == area["neighbourhood_name"]:
        return area["name"]
    return f"{area['neighbourhood_name']} ({area['name']})"


def area_kind(area, level: str) -> str:
    """Which kind of area it is, and where: "Small area in Hastings, South East"."""
    noun = LEVEL_NOUNS[level][0].capitalize()
    return f"{noun} in {area['council']}, {area['region']}"


def deprivation(area, level: str, total: int) -> str:
    """Where an area stands on the Index of Multiple Deprivation.

    total: how many areas are ranked at this level.
    """
    return (
        f"It is in the {tenth(int(area['imd_decile']))} of England's "
        f"{LEVEL_NOUNS[level][1]} on the Index of Multiple Deprivation 2025: "
        f"rank {int(area['imd_rank']):,} of {total:,}, where 1 is the most deprived."
    )


def community_needs(area, level: str, total: int) -> str:
    """Where an area stands on the Community Needs Index."""
    words = tenth(int(area["cni_decile"]), "greatest-need", "least-need")
    return (
        f"On the Community Needs Index 2023 (places to meet, active groups and links) it is in "
        f"the {words}: rank {int(area['cni_rank']):,} of {total:,}, where 1 is the greatest need."
    )


def double_disadvantage(area, level: str) -> str | None:
    """That an area is among the worst tenth on both indices, or None where it is not."""
    if area["double"]:
        noun = LEVEL_NOUNS[level][0]
        return (
            f"This {noun} is doubly disadvantaged: in the worst tenth both for deprivation and "
            "for places, groups and links."
        )
    if level == NEIGHBOURHOOD and area["double_small_areas"]:
        some = count(
            int(area["double_small_areas"]), "of its small areas is", "of its small areas are"
        )
        return (
            f"{some} doubly disadvantaged: in the worst tenth both for deprivation and for places, "
            "groups and links."
        )
    return None


RUN_BY = {
    "council": "Run by the council",
    "commissioned": "Run for the council by another body",
    "community": "Run by the community with the council",
    "independent": "Independent, outside the council’s service",
}

_PAST = {
    "council": "run by the council",
    "commissioned": "run for the council",
    "community": "run by the community",
}


def residents(area) -> str:
    """How many people live in an area, and when they were counted."""
    return f"{people(int(area['population_2022']))}, mid-2022 estimate".capitalize()


def library(near: NearestLibrary) -> str:
    """The nearest open library: who runs it, how far it is and how long it opens."""
    hours = near.hours_per_week
    opening = f"open {hours:g} hours a week" if hours else "opening hours not recorded"
    run_by = RUN_BY.get(near.operation, "Who runs it is not recorded")
    how_far = "at this postcode" if near.metres < 1 else f"{distance(near.metres)} {near.starting}"
    words = f"{near.name}: {how_far}, {opening}. {run_by}."
    if near.shut_for_now:
        words += " Reported closed for the time being at the end of 2023."
    if any(operation == "temporarily closed" for operation, _ in near.past):
        steps = [f"{_PAST.get(operation, operation)} in {year}" for operation, year in near.past]
        words += f" In the Arts Council’s lists it was {joined(steps)}."
    return words


def case_study(near: Nearest) -> str:
    """The case study nearest to an area, with how near and how precisely that is known."""
    return f"{near.case.title}: {near.words}. {near.case.summary}"
