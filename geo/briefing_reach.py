"""What is in reach of one area, or of several side by side, kind by kind, for a briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo import nearby, sentences
from geo import profile_sentences as words
from geo.asset_kind import VOLUNTARY
from geo.briefing import NUMBER, Column, Section, Table
from geo.profiles import Outline
from geo.reached import EVERYDAY, FAMILY_CENTRE, REACHED, TWO_NAMES

HEADING = "What is in reach"
# Where areas stand side by side only so many kinds have room, everyday ones first.
MOST_BESIDE = 7
_STRAIGHT = "Distances are in a straight line."


def section(profile: Outline) -> Section | None:
    """Kind by kind: what is on record in it, the nearest place, and how that compares."""
    found, kinds = profile.gaps.by("kind"), _kinds(profile)
    if not kinds:
        return None
    rows = tuple(
        (_name(kind), _on_record(profile, kind), *_nearness(profile, kind, found[kind]))
        for kind in kinds
    )
    if profile.is_measured:
        near, compared = "Half of postcodes are within", "Closer, in 100"
        told = f"Closer: of 100 {words.NOUNS[profile.level][1]} of its class, how many are closer."
    else:
        near, compared = "Half of residents are within", "Small areas in the furthest tenth"
        told = "Furthest tenth: of the small areas of the same urban or rural class."
    numbers = [Column(heading, NUMBER) for heading in ("On record in it", near, compared)]
    return Section(HEADING, table=Table((Column("Kind of place"), *numbers), rows,
                                        _note(told, kinds)))  # fmt: skip


def beside(compared: Sequence[Outline], names: Sequence[str]) -> Section | None:
    """The same of several areas: for each what is on record in it, and the nearest place.

    names: of the areas. A distance in the furthest tenth of its class has a cross.
    """
    kinds = kinds_beside(compared)
    if not kinds:
        return None
    tables = [profile.gaps.by("kind") for profile in compared]
    rows = tuple(
        (
            _name(kind),
            *(
                cell
                for profile, table in zip(compared, tables, strict=True)
                for cell in (_on_record(profile, kind), _marked(profile, kind, table[kind]))
            ),
        )
        for kind in kinds
    )
    columns = [
        Column(heading, NUMBER)
        for name in names
        for heading in (f"On record in {name}", f"{name}: half are within")
    ]
    told = "† In the furthest tenth of areas of its urban or rural class."
    return Section(
        HEADING, table=Table((Column("Kind of place"), *columns), rows, _note(told, kinds))
    )


def kinds_beside(compared: Sequence[Outline]) -> list[str]:
    """The kinds that `beside` shows: those with a distance in every area."""
    known = set.intersection(*(set(profile.gaps["kind"]) for profile in compared))
    return [kind for kind in _kinds(compared[0]) if kind in known][:MOST_BESIDE]


def _kinds(profile: Outline) -> list[str]:
    """The kinds that there is a distance to, everyday ones first."""
    known = set(profile.gaps["kind"])
    return [kind for kind in dict.fromkeys((*EVERYDAY, *REACHED)) if kind in known]


def _name(kind: str) -> str:
    return f"{words.capital(REACHED[kind].plural)}{' *' if is_voluntary(kind) else ''}"


def _on_record(profile: Outline, kind: str) -> str:
    names = TWO_NAMES if kind == FAMILY_CENTRE.key else (kind,)
    count = sum(each in names for each in profile.inside["kind"])
    return f"{count:,}" if count else "no record"


def is_voluntary(kind: str) -> bool:
    """Whether the list of a kind is one that few joined."""
    return REACHED[kind].completeness == VOLUNTARY


def _nearness(profile: Outline, kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """How far a kind is and how that compares; a list that few joined says nothing from afar."""
    if is_voluntary(kind) and row["metres"] > nearby.LOCAL_REACH_M:
        return "no record near", "–"
    compared = row["closer_in_100"] if profile.is_measured else row["worst_areas"]
    return sentences.distance(row["metres"]), f"{int(compared):,}"


def _marked(profile: Outline, kind: str, row: Mapping[str, Any]) -> str:
    told, _ = _nearness(profile, kind, row)
    is_far = profile.is_measured and row["worst_tenth"] and told[0].isdigit()
    return f"{told} †" if is_far else told


def _note(told: str, kinds: Sequence[str]) -> str:
    lists = dict.fromkeys(REACHED[kind].how_complete for kind in kinds if is_voluntary(kind))
    starred = f"* {sentences.joined(list(lists))}." if lists else ""
    return f"{told} {_STRAIGHT} {words.NO_RECORD} {starred}".strip()
