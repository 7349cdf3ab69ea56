"""What closing or opening places does, in plain words; figures come from `geo.effects`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.asset_kind import VOLUNTARY, Kind
from geo.effects import Effect
from geo.scenarios import Opening
from geo.sentences import count, distance, joined, people
from geo.what_if_places import Change

SPREAD = (
    "People are estimates: residents of a small area (mid-2022) are spread evenly over its "
    "postcodes, and ages are those of its Census in 2021."
)
NOTHING_YET = "Nothing is closed or opened yet: close a place from the list, or open a new one."
NOWHERE_ELSE = "Nobody would go anywhere else."
_FRACTIONS = (
    (0.1, "one in ten"),
    (0.2, "one in five"),
    (0.25, "one in four"),
    (1 / 3, "one in three"),
    (0.4, "two in five"),
    (0.5, "half"),
    (0.6, "three in five"),
    (2 / 3, "two in three"),
    (0.75, "three in four"),
    (0.8, "four in five"),
    (0.9, "nine in ten"),
)
# More names than this and the sentence counts them.
_NAMED = 2


def fraction(share: float) -> str:
    """A share (0 to 1) as people say it: 0.39 → "about two in five", 0.004 → "hardly any"."""
    if share < 0.001:
        return "none"
    if share < 0.05:
        return "hardly any"
    if share > 0.999:
        return "all"
    if share > 0.95:
        return "nearly all"
    nearest, words = min(_FRACTIONS, key=lambda row: abs(row[0] - share))
    return words if abs(nearest - share) < 0.005 else f"about {words}"


def some_people(number: float) -> str:
    """People of an estimate; fewer than ten are too few to tell."""
    return "fewer than 10 people" if 0 < number < 9.5 else people(round(number))


def what_changes(changes: Sequence[Change], kind: Kind) -> str:
    """The changes as the subject of a sentence: "Closing Ore Library, and opening 3 …"."""
    parts = []
    for verb, these in (
        ("closing", [change for change in changes if change.closes]),
        ("opening", [change for change in changes if not change.closes]),
    ):
        if not these:
            continue
        if len(these) > _NAMED:
            parts.append(f"{verb} {count(len(these), kind.singular, kind.plural)}")
        elif verb == "closing":
            parts.append(f"{verb} {joined([change.name for change in these])}")
        else:
            names = [change.name.removeprefix("New ") for change in these]
            parts.append(f"{verb} {joined([f'a {name}' for name in names])}")
    text = ", and ".join(parts)
    return text[:1].upper() + text[1:]


def headline(effect: Effect, changes: Sequence[Change], kind: Kind, walk: str) -> str:
    """The one sentence to say in a meeting.

    changes: those to this service. walk: the chosen walk, such as "1 mile".
    """
    what = what_changes(changes, kind)
    pushed, brought = effect.pushed_beyond_people, effect.brought_within_people
    if not effect.affected_postcodes:
        return f"{what} would change nobody’s distance to the nearest {kind.singular}."
    if pushed and brought:
        return (
            f"{what} would leave another {some_people(pushed)} more than {walk} from a "
            f"{kind.singular}, and bring {some_people(brought)} within it."
        )
    if pushed:
        return (
            f"{what} would leave another {some_people(pushed)} more than {walk} from a "
            f"{kind.singular}; {_deprived(effect, pushed)}."
        )
    if brought:
        return (
            f"{what} would bring {some_people(brought)} within {walk} of a {kind.singular}; "
            f"{_deprived(effect, brought)}."
        )
    moved = []
    if effect.further_people:
        moved.append(f"take {some_people(effect.further_people)} further from one")
    if effect.nearer_people:
        moved.append(f"bring {some_people(effect.nearer_people)} nearer to one")
    return (
        f"{what} would not change who lives within {walk} of a {kind.singular}, but "
        f"{' and '.join(moved)}."
    )


def _deprived(effect: Effect, moved: float) -> str:
    """How many of those who change sides live in the most deprived fifth of small areas."""
    fifth = effect.by_decile[effect.by_decile["imd_decile"] <= 2]
    crossed = abs((fifth["beyond_after_people"] - fifth["beyond_before_people"]).sum())
    words = fraction(min(crossed / moved, 1.0))
    return f"{words} of them live in the most deprived fifth of areas"


def who(effect: Effect, kind: Kind) -> list[str]:
    """Who is affected and how far they would have to go, in a few sentences."""
    if not effect.affected_postcodes:
        return []
    lines = []
    if effect.further_people:
        lines.append(f"{some_people(effect.further_people)} would have further to go.".capitalize())
    if effect.nearer_people:
        lines.append(f"{some_people(effect.nearer_people)} would have one nearer.".capitalize())
    before, after = effect.before, effect.after
    lines.append(
        f"Half of those affected live within {_metres(before.median_m)} of a {kind.singular} now; "
        f"after the change, within {_metres(after.median_m)}. The furthest of them would be "
        f"{_metres(after.worst_m)} away."
    )
    ages = effect.by_age.set_index("age")["affected_people"]
    double = effect.by_double.set_index("double")["affected_people"]
    of_them = [
        f"{some_people(ages['age_0_15'])} are under 16",
        f"{some_people(ages['age_65_plus'])} are 65 or over",
    ]
    if double[True]:
        of_them.append(f"{some_people(double[True])} live in doubly disadvantaged areas")
    lines.append(
        f"Of those affected, about {joined([part.replace(' people', '') for part in of_them])}."
    )
    return [" ".join(lines[:-1]), lines[-1]]


def _metres(metres: float) -> str:
    return distance(metres) if np.isfinite(metres) else "no distance at all: there would be none"


def alternatives(effect: Effect, kind: Kind) -> list[str]:
    """Where each closure sends most people: the place, how far, and its hours."""
    lines = []
    for _, rows in effect.alternatives.groupby("asset_id", sort=False):
        row = rows.iloc[0]
        if pd.isna(row["to_asset_id"]):
            lines.append(f"Without {row['name']} there would be nowhere else to go.")
            continue
        lines.append(
            f"Instead of {row['name']}, {fraction(row['share'])} of its people would have "
            f"{row['to_name']} nearest, {distance(row['apart_m'])} from it"
            f"{_opening(row['to_hours_per_week'], kind)}. Half of them live within "
            f"{distance(row['median_before_m'])} now; then, within "
            f"{distance(row['median_after_m'])}."
        )
    return lines


def gains(effect: Effect, changes: Sequence[Change]) -> list[str]:
    """Whom each new place would serve, and how far they would have to go."""
    names = {
        change.what.asset_id: change.name for change in changes if isinstance(change.what, Opening)
    }
    return [
        f"{names[row.asset_id]}: nearest for {some_people(row.people)}. Half of them live within "
        f"{_metres(row.median_before_m)} of one now; then, within {_metres(row.median_after_m)}."
        if row.people
        else f"{names[row.asset_id]}: nearest for nobody."
        for row in effect.gains.itertuples()
    ]


def before_after_headings(changes: Sequence[Change]) -> tuple[str, str]:
    """What the two columns of figures are called."""
    if len(changes) == 1 and changes[0].closes:
        return f"With {changes[0].name}", "Without it"
    return "Now", "After the change" if len(changes) == 1 else "After the changes"


def _opening(hours: float, kind: Kind) -> str:
    if pd.notna(hours):
        return f", open {hours:g} hours a week"
    return ", hours not recorded" if kind.key == "library" else ""


def how_complete(kind: Kind) -> str:
    """What list the figures rest on, and what to mind about it."""
    words = f"{kind.plural[:1].upper()}{kind.plural[1:]}: {kind.how_complete}."
    if kind.completeness == VOLUNTARY:
        words += " Places that never signed up are not counted, so real distances may be shorter."
    return f"{words} {kind.caveat}".strip()
