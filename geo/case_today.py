"""A case study's place as it is today, in words, beside what its source reported then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.case_records import Case, Result
from geo.case_rules import PINNED
from geo.case_studies import SITE_RADIUS_M, TOWN_RADIUS_M, areas_of
from geo.sentences import count, distance, people, tenth
from geo.store import Store

DATES = (
    "What the source reports is of its own time; the figures for today are of 2025 (deprivation), "
    "2023 (community need) and December 2023 (libraries). They measure different things, so a "
    "difference between the two columns is not what the project did."
)
NO_NUMBER = "Where no N (number of people) stands, the source gives none."
MIDDLE_RESIDENT = (
    "The middle resident: half of the people here live in areas that stand worse, half in areas "
    "that stand better."
)


@dataclass(frozen=True)
class Figure:
    """One of today's figures: what it is, for the middle resident, and how many areas share it."""

    label: str
    value: str
    note: str


def basis(case: Case, figures: Mapping[str, float]) -> str:
    """Which small areas stand for the case, as one sentence. figures: `case_studies.today`."""
    areas = count(int(figures["areas"]), "small area")
    precisions = {place.precision for place in case.places}
    if precisions.isdisjoint(PINNED):
        which = f"All {areas} of the council" + ("s" if len(case.councils) > 1 else "")
    else:
        near = []
        if "site" in precisions:
            near.append(f"{SITE_RADIUS_M:.0f} m of the place")
        if "town" in precisions:
            near.append(f"{TOWN_RADIUS_M / 1000:.0f} km of the middle of the town")
        which = f"{areas} with their middle within {' or '.join(near)}".capitalize()
    return f"{which}, {people(int(figures['people']))}."


def rows(figures: Mapping[str, float]) -> tuple[Figure, ...]:
    """Today's figures. figures: `case_studies.today`; empty gives none."""
    if not figures:
        return ()
    areas = int(figures["areas"])

    def of_all(key: str) -> str:
        return f"{int(figures[key]):,} of {count(areas, 'small area')}"

    return (
        Figure(
            "Deprivation (Index of Multiple Deprivation 2025)",
            tenth(int(figures["imd_decile"])).capitalize(),
            f"{of_all('worst_imd')} in England’s most deprived tenth",
        ),
        Figure(
            "Places, groups and links (Community Needs Index 2023)",
            tenth(int(figures["cni_decile"]), "greatest-need", "least-need").capitalize(),
            f"{of_all('worst_cni')} in the tenth with the greatest need",
        ),
        Figure(
            "Double disadvantage",
            of_all("double"),
            "in the worst tenth of England on both indices",
        ),
        Figure(
            "Nearest open library (December 2023)",
            distance(figures["library_m"]),
            "for the middle resident, in a straight line",
        ),
    )


def number_behind(result: Result) -> str:
    """What a result rests on and when it was reported: "N = 685, 2011", "no date given"."""
    number = [] if result.n is None else [f"N = {result.n:,}"]
    return ", ".join([*number, result.date])


def standing_for(case: Case, store: Store) -> tuple[str, ...]:
    """Codes of the areas that stand for a case in comparisons with others of today.

    For a site or a town the neighbourhood that most residents of its small areas live in
    (`case_studies.areas_of`); else its councils; none outside England.
    """
    if {place.precision for place in case.places}.isdisjoint(PINNED):
        return case.councils
    own = store.small_areas[areas_of(case, store.small_areas)]
    people = own.groupby("msoa21_code")["population_2022"].sum()
    return (people.idxmax(),)
