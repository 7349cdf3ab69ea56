"""The tables of a profile page as rows of text, ready to be drawn: nothing here is computed.

A row that is one text heads the rows after it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from geo import profile_sentences as words
from geo.asset_kind import REGISTER
from geo.asset_kinds import KINDS, no_record
from geo.cells import Table
from geo.figures import COMMUNITY, DEPRIVATION, DISTANCE, PEOPLE
from geo.profiles import Profile
from geo.reached import EVERYDAY, REACHED
from geo.sentences import distance

Row = tuple[str, ...] | str

NEAR_HEADINGS = ("Kind", "Nearest", "Distance", "Around", "What the list says")
SUPPLY_HEADINGS = ("Kind", "In the area", "For 1,000 people", "In England")
REACH_HEADINGS = ("Kind", "Distance", "Against areas like it")
PAIR_SECTIONS = (PEOPLE, DEPRIVATION, COMMUNITY, DISTANCE)


def _grouped(kinds: Sequence[str], row) -> list[Row]:
    """`row(kind)` for each kind, under the name of its group."""
    rows: list[Row] = []
    group = None
    for kind in kinds:
        if KINDS[kind].group != group:
            group = KINDS[kind].group
            rows.append(group)
        rows.append(row(kind))
    return rows


def near(profile: Profile) -> list[Row]:
    """The nearest place of every kind on record, none for a council; see NEAR_HEADINGS."""
    if profile.near is None:
        return []
    places = profile.near.by("kind")
    known = [kind for kind, place in places.items() if not math.isnan(place["distance_m"])]

    def row(kind: str) -> tuple[str, ...]:
        place = places[kind]
        about = " ".join(filter(None, (_full_stop(words.nearest(place)), _complete(kind))))
        return (
            words.capital(KINDS[kind].singular),
            words.place_name(place["name"], kind),
            _whole(distance(place["distance_m"])),
            _within(kind, int(place["within"])),
            about,
        )

    return _grouped(known, row)


def no_records(profile: Profile) -> list[str]:
    """The kinds that no list here has near the area, each with why that tells little."""
    if profile.near is None:
        return []
    return [
        words.capital(no_record(kind))
        for kind, metres in zip(profile.near["kind"], profile.near["distance_m"], strict=True)
        if math.isnan(metres)
    ]


def supply(table: Table) -> list[Row]:
    """Places inside an area for its residents; table: `profiles.supply`. See SUPPLY_HEADINGS."""
    rows = table.by("kind")

    def row(kind: str) -> tuple[str, ...]:
        found = rows[kind]
        name = words.capital(KINDS[kind].plural)
        if not found["count"]:
            return (name, words.capital(no_record(kind)), "", _rate(found["england_per_1000"]))
        return (
            name,
            f"{found['count']:,.0f} ({KINDS[kind].how_complete})",
            _rate(found["per_1000"]),
            _rate(found["england_per_1000"]),
        )

    return _grouped(list(rows), row)


def reach(profile: Profile, registers: bool) -> list[Row]:
    """How far each kind is against areas like it, the worst first; see REACH_HEADINGS.

    registers: the England-wide registers, or else the lists that not every place is on.
    """
    rows: list[Row] = []
    for row in profile.gaps.rows():
        kind = REACHED[row["kind"]]
        if (kind.completeness == REGISTER) != registers:
            continue
        mark = "worst tenth: " if row.get("worst_tenth", False) else ""
        rows.append(
            (
                words.capital(kind.singular),
                _whole(distance(row["metres"])),
                words.capital(mark + words.against(profile, row)),
            )
        )
    return rows


def alike(table: Table) -> list[tuple[str, str, tuple[str, ...]]]:
    """Areas like this one: name, code and the other cells, a row each."""
    rows: list[tuple[str, str, tuple[str, ...]]] = []
    for row in table.rows():
        name, around = row["name"], row["neighbourhood_name"]
        close = f"{row['closeness']:.0f} of 100"
        close += "" if row["good_match"] else ", not a good match"
        tenths = (str(row["imd_decile"]), str(row["cni_decile"]))
        title = name if name == around else f"{around} ({name})"
        rows.append((title, row["code"], (row["council"], close, *tenths)))
    return rows


def beside(
    figures: Sequence[tuple[str, ...]], sections: Sequence[str], everyday_only: bool = False
) -> list[Row]:
    """`figures.side_by_side` as rows under their sections.

    everyday_only: of distances only those to the kinds of `reached.EVERYDAY`.
    """
    everyday = {f"Nearest {REACHED[kind].singular}" for kind in EVERYDAY}
    rows: list[Row] = []
    for section in sections:
        own = [row for of, *row in figures if of == section]
        if section == DISTANCE and everyday_only:
            own = [row for row in own if row[0] in everyday]
        if own:
            rows.append(section)
            rows += map(tuple, own)
    return rows


def _within(kind: str, count: int) -> str:
    if not KINDS[kind].counted:
        return "not counted"
    return _whole(f"{count:,} within a mile" if count else "no record within a mile")


def _whole(text: str) -> str:
    """`text` that does not break over two lines."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _complete(kind: str) -> str:
    return f"{KINDS[kind].how_complete}."


def _full_stop(text: str) -> str:
    return f"{text}." if text and not text.endswith(".") else text


def _rate(value: float) -> str:
    if math.isnan(value):
        return ""
    if 0 < value < 0.005:
        return "under 0.01"
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
