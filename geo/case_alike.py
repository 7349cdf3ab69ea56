"""Areas that are today like the place of a case study: where else its idea might be tried."""

from __future__ import annotations

from dataclasses import dataclass

from geo import comparators, larger_areas, profiles
from geo.case_records import Case
from geo.case_today import standing_for
from geo.cells import Table
from geo.national import National
from geo.profile_sentences import NOUNS

COUNT = 3


@dataclass(frozen=True)
class Likes:
    """One area that stands for a case, and the areas most like it: rows of `profiles.described`.

    own: the row of the area itself.
    """

    name: str
    noun: str
    own: Table
    alike: Table


def areas_like(case: Case, national: National) -> tuple[Likes, ...]:
    """For each area that stands for the case the COUNT areas of its level most like it now."""
    return tuple(_likes(code, national) for code in standing_for(case, national.store))


def _likes(code: str, national: National) -> Likes:
    level = larger_areas.level_of(code)
    areas, row = national.columns_of(level), national.row(code)
    if row is None:
        raise LookupError(f"no area {code}")
    matches = comparators.most_alike(national.likeness(level), row, COUNT)
    itself = Table({"row": [row], "closeness": [100.0], "good_match": [True]})
    return Likes(
        name=areas.at(row)["name"],
        noun=NOUNS[level][1],
        own=profiles.described(areas, itself),
        alike=profiles.described(areas, matches),
    )
