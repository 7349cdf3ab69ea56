"""Close a place or open one: the changes a reader makes, and the text that a link carries.

A `Scenario` is a set of changes, so their order does not matter. `geo.effects` works out who
gains and who loses by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

MAX_CHANGES = 100
MAX_NAME_LENGTH = 80
# England's grid with room around it, metres.
_EASTINGS, _NORTHINGS = (50_000, 700_000), (0, 700_000)
_CLOSURE = re.compile(r"close\.([A-Za-z0-9]{2,20})", re.ASCII)
_OPENING = re.compile(r"open\.([a-z][a-z_]{0,30})\.(\d{1,6})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True, order=True)
class Opening:
    """A new place of a kind at an easting and northing, whole metres EPSG:27700."""

    kind: str
    easting: int
    northing: int

    @property
    def asset_id(self) -> str:
        """Its name in the figures, which no real place has."""
        return f"new.{self.kind}.{self.easting}.{self.northing}"


@dataclass(frozen=True)
class Scenario:
    """Places closed (by asset_id) and opened. Equal sets of changes are equal scenarios."""

    closures: frozenset[str] = frozenset()
    openings: frozenset[Opening] = frozenset()
    name: str = ""

    def close(self, asset_id: str) -> Scenario:
        """With one more place closed."""
        return replace(self, closures=self.closures | {asset_id})

    def keep(self, asset_id: str) -> Scenario:
        """With that place left open after all."""
        return replace(self, closures=self.closures - {asset_id})

    def open(self, kind: str, easting: float, northing: float) -> Scenario:
        """With a new place there, to the nearest metre."""
        return replace(
            self, openings=self.openings | {Opening(kind, round(easting), round(northing))}
        )

    def without(self, opening: Opening) -> Scenario:
        """With that new place left out after all."""
        return replace(self, openings=self.openings - {opening})

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.closures and not self.openings


def serialise(scenario: Scenario) -> str:
    """The scenario as a link carries it: "close.L1a2b3c4d,open.library.583110.111022~Name"."""
    changes = [f"close.{asset_id}" for asset_id in sorted(scenario.closures)]
    changes += [
        f"open.{opening.kind}.{opening.easting}.{opening.northing}"
        for opening in sorted(scenario.openings)
    ]
    name = " ".join(scenario.name.split())[:MAX_NAME_LENGTH].strip()
    return ",".join(changes) + (f"~{name}" if name else "")


def parse(text: str) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario that a link carries, and a notice for each part that could not be read.

    Never raises. Whether the places exist is for `unknown_closures`.
    """
    changes, _, name = text.partition("~")
    scenario = Scenario(name=" ".join(name.split())[:MAX_NAME_LENGTH].strip())
    notices = []
    parts = [part.strip() for part in changes.split(",") if part.strip()]
    if len(parts) > MAX_CHANGES:
        notices.append(f"The link holds more than {MAX_CHANGES} changes; the rest was left out.")
    for part in parts[:MAX_CHANGES]:
        if match := _CLOSURE.fullmatch(part):
            scenario = scenario.close(match[1])
        elif (match := _OPENING.fullmatch(part)) and _in_england(int(match[2]), int(match[3])):
            scenario = scenario.open(match[1], int(match[2]), int(match[3]))
        else:
            notices.append(f"The change “{part[:40]}” could not be read and was left out.")
    return scenario, tuple(notices)


def _in_england(easting: int, northing: int) -> bool:
    return _EASTINGS[0] <= easting <= _EASTINGS[1] and _NORTHINGS[0] <= northing <= _NORTHINGS[1]


def unknown_closures(scenario: Scenario, places: pd.DataFrame) -> tuple[str, ...]:
    """Closures of places that are not in `places`: they change nothing."""
    return tuple(sorted(scenario.closures - set(places["asset_id"])))


def places_after(
    scenario: Scenario, places: pd.DataFrame, kinds: Sequence[str] | None = None
) -> pd.DataFrame:
    """The places that are open under the scenario: those kept, then the new ones.

    Only new places of `kinds` are added (all, when None). They have asset_id, kind, name, easting
    and northing; what is not known of them is missing.
    """
    kept = places[~places["asset_id"].isin(scenario.closures)]
    new = [o for o in sorted(scenario.openings) if kinds is None or o.kind in kinds]
    if not new:
        return kept.reset_index(drop=True)
    added = pd.DataFrame(
        {
            "asset_id": [opening.asset_id for opening in new],
            "kind": [opening.kind for opening in new],
            "name": "New place",
            "easting": [opening.easting for opening in new],
            "northing": [opening.northing for opening in new],
        }
    )
    return pd.concat([kept, added], ignore_index=True)
