"""The places a scenario can close, what is near, and what its changes are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.asset_kinds import KINDS
from geo.placing import to_degrees
from geo.profile_sentences import place_name
from geo.reached import ENGLAND_WIDE, FAMILY_CENTRE, REACHED, TWO_NAMES
from geo.residents import Residents
from geo.scenarios import Opening, Scenario
from geo.sentences import distance

# A new place further from any postcode than this is in the sea or abroad.
INHABITED_M = 5_000.0


@dataclass(frozen=True)
class Change:
    """One change of a scenario in words.

    what: the asset_id of a closure, or the opening. name: of the place ("Ore Library", "New public
    library in Ore"); label: the same for the map ("New in Ore"). where: its council. service: a
    key of REACHED.
    """

    what: str | Opening
    name: str
    label: str
    where: str
    service: str
    longitude: float
    latitude: float

    @property
    def closes(self) -> bool:
        """Whether it closes a place; otherwise it opens one."""
        return isinstance(self.what, str)


def services(places: pd.DataFrame) -> pd.DataFrame:
    """Places open now, of kinds and from lists that cover England, with `service`, a REACHED key.

    places: `National.places`. They are those that the tables of access measure to.
    """
    service = places["kind"].where(~places["kind"].isin(TWO_NAMES), FAMILY_CENTRE.key)
    covered = service.isin(REACHED) & places["source"].isin(ENGLAND_WIDE)
    found = places.assign(service=service)[covered].reset_index(drop=True)
    unnamed = found["name"] == ""
    found.loc[unnamed, "name"] = [place_name("", kind) for kind in found.loc[unnamed, "kind"]]
    return found


def of_service(open_places: pd.DataFrame, service: str) -> pd.DataFrame:
    """Those of `services` that do one service."""
    return open_places[open_places["service"] == service].reset_index(drop=True)


def near(open_places: pd.DataFrame, easting: float, northing: float, count: int) -> pd.DataFrame:
    """The `count` nearest to a point with `distance_m`, metres in a straight line."""
    metres = np.hypot(open_places["easting"] - easting, open_places["northing"] - northing)
    return open_places.assign(distance_m=metres).nsmallest(count, "distance_m")


def inside(open_places: pd.DataFrame, members: np.ndarray) -> pd.DataFrame:
    """Those in some small areas (their numbers), by name."""
    own = open_places[open_places["i"].isin(members)]
    return own.sort_values(["name", "asset_id"], ignore_index=True)


def detail(place, distance_m: float | None = None) -> str:
    """What is known of a place in a few words: "550 m away, open 18 hours a week, independent"."""
    parts = []
    if distance_m is not None:
        parts.append(f"{distance(distance_m)} away")
    if place["kind"] in TWO_NAMES:
        parts.append(KINDS[place["kind"]].singular)
    if pd.notna(place["hours_per_week"]):
        parts.append(f"open {place['hours_per_week']:g} hours a week")
    elif place["kind"] == "library":
        parts.append("hours not recorded")
    if place["operation"] in ("community", "independent"):
        parts.append({"community": "run by the community"}.get(place["operation"], "independent"))
    if not parts or distance_m is None:
        parts.append(place["postcode"] or "postcode not recorded")
    return ", ".join(parts)


def area_at(residents: Residents, easting: float, northing: float) -> int | None:
    """Number of the small area of the postcode nearest to a point, None far from all of them."""
    away = np.hypot(residents.centre[:, 0] - easting, residents.centre[:, 1] - northing)
    # No point of an area is nearer than its circle, and one of some area is within this bound.
    nearest_m = (away + residents.radius_m).min()
    best, found = INHABITED_M, None
    for area in np.flatnonzero(away - residents.radius_m <= nearest_m):
        first, last = np.searchsorted(residents.area, [area, area + 1])
        metres = np.hypot(*(residents.xy[first:last] - (easting, northing)).T)
        if len(metres) and metres.min() <= best:
            best, found = metres.min(), int(area)
    return found


def changes(
    scenario: Scenario, open_places: pd.DataFrame, residents: Residents, areas: pd.DataFrame
) -> tuple[Change, ...]:
    """The changes of a scenario with their names, closures first.

    areas: the frame of `areas.small_areas`. Of several new places of a kind in one neighbourhood
    each gets a number.
    """
    named = open_places.set_index("asset_id").loc[sorted(scenario.closures)]
    found = [
        Change(
            str(asset_id),
            place["name"],
            place["name"],
            areas["council"].iat[place["i"]],
            place["service"],
            float(place["longitude"]),
            float(place["latitude"]),
        )
        for asset_id, place in named.iterrows()
    ]
    seen: dict[str, int] = {}
    for opening in sorted(scenario.openings):
        number = area_at(residents, opening.easting, opening.northing)
        area = None if number is None else areas.iloc[number]
        where = "the sea" if area is None else area["neighbourhood_name"]
        name = f"New {REACHED[opening.kind].singular} in {where}"
        seen[name] = seen.get(name, 0) + 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        longitude, latitude = to_degrees(opening.easting, opening.northing)
        council = "" if area is None else area["council"]
        found.append(
            Change(
                opening,
                name + again,
                f"New in {where}{again}",
                council,
                opening.kind,
                float(longitude),
                float(latitude),
            )
        )
    return tuple(found)


def scenario_of(changes: Iterable[Change]) -> Scenario:
    """The scenario that makes these changes and no others, without a name."""
    what = [change.what for change in changes]
    return Scenario(
        closures=frozenset(one for one in what if isinstance(one, str)),
        openings=frozenset(one for one in what if isinstance(one, Opening)),
    )
