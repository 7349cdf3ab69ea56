"""Case studies: which fit a reader's question, where they were, and what the map draws of them.

How a case is written down and checked is in `geo.case_records`. Where a case was is only known as
precisely as its source says, and no more precisely is it drawn or compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from geo.case_records import Case
from geo.case_rules import PINNED
from geo.distance import METRES_800, metres_to
from geo.placing import to_grid

# One grant's cost in bands that part the cases at hand: upper end in pounds → words.
COSTS = {
    "up-to-10k": "Up to £10,000",
    "up-to-100k": "£10,001 to £100,000",
    "over-100k": "Over £100,000",
    "not-given": "Not given",
}
# "Around a site" is the 20-minute neighbourhood; "around a town" holds most of a small town.
SITE_RADIUS_M = METRES_800
TOWN_RADIUS_M = 2_000.0


def cost_band(case: Case) -> str:
    """Key in COSTS for what one grant of the case cost, by its upper end."""
    if case.cost_pounds is None:
        return "not-given"
    pounds = case.cost_pounds[1]
    return "up-to-10k" if pounds <= 10_000 else "up-to-100k" if pounds <= 100_000 else "over-100k"


def choose(
    cases: Iterable[Case],
    *,
    themes: Collection[str] = (),
    ages: tuple[int, int] | None = None,
    costs: Collection[str] = (),
    programmes: Collection[str] = (),
    parts: Collection[str] = (),
) -> tuple[Case, ...]:
    """Cases that meet every choice; within one choice any of its values will do.

    Nothing chosen leaves nothing out. `ages` (youngest, oldest, inclusive) keeps cases whose ages
    overlap and those whose source names no age.
    """

    def fits(case: Case) -> bool:
        overlap = (
            ages is None
            or case.ages is None
            or (case.ages[0] <= ages[1] and ages[0] <= case.ages[1])
        )
        return (
            overlap
            and (not themes or not set(themes).isdisjoint(case.themes))
            and (not costs or cost_band(case) in costs)
            and (not programmes or case.programme in programmes)
            and (not parts or not set(parts).isdisjoint(case.parts))
        )

    return tuple(case for case in cases if fits(case))


def areas_of(case: Case, small_areas: pd.DataFrame) -> pd.Series:
    """Which small areas stand for a case's places, as a mask over `small_areas`.

    Around a site: those whose middle is within 800 m. Around a town: those of its councils whose
    middle is within 2 km. At least the nearest one. A council or county: all of them.
    small_areas: ltla24_code, longitude, latitude.
    """
    mask = pd.Series(False, index=small_areas.index)
    for place in case.places:
        inside = small_areas["ltla24_code"].isin(place.councils)
        at = place.longitude, place.latitude
        if place.precision in PINNED and inside.any() and at[0] is not None and at[1] is not None:
            radius = SITE_RADIUS_M if place.precision == "site" else TOWN_RADIUS_M
            own = small_areas[inside]
            points = np.column_stack(to_grid(own["longitude"], own["latitude"]))
            metres = metres_to(points, np.array(to_grid(*at)))
            near = own.index[metres <= max(radius, metres.min())]
            mask[near] = True
        else:
            mask |= inside
    return mask


def today(case: Case, small_areas: pd.DataFrame) -> dict[str, float]:
    """Today's figures for the small areas that stand for a case; empty outside England.

    Counts: areas, people, worst_imd, worst_cni, double (areas in the worst tenth of deprivation,
    community need, both). imd_decile, cni_decile: those of the middle resident. library_m: metres
    for the middle resident. small_areas: a frame of `geo.areas.small_areas`.
    """
    own = small_areas[areas_of(case, small_areas)]
    if own.empty:
        return {}
    figures: dict[str, float] = {
        "areas": len(own),
        "people": int(own["population_2022"].sum()),
        "worst_imd": int((own["imd_decile"] == 1).sum()),
        "worst_cni": int((own["cni_decile"] == 1).sum()),
        "double": int(own["double"].sum()),
    }
    for column in ("imd_decile", "cni_decile", "library_m"):
        figures[column] = _middle_resident(own[column], own["population_2022"])
    return figures


def _middle_resident(values: pd.Series, people: pd.Series) -> float:
    order = values.sort_values(kind="stable")
    gone = people[order.index].cumsum()
    return float(order[gone >= people.sum() / 2].iloc[0])


def map_rows(cases: Iterable[Case], precision: str) -> list[list]:
    """What is drawn as a point, one row a place of that precision ("site" or "town").

    Longitude, latitude, title, then place, years and summary a line each, and the link to the
    story, as the map takes them.
    """
    return [
        [
            place.longitude,
            place.latitude,
            case.title,
            "\n".join((place.name, case.years_text, case.summary)),
            link_to(case),
        ]
        for case in cases
        for place in case.places
        if place.precision == precision
    ]


def link_to(case: Case) -> str:
    """The address of a case's story, from any page of the app."""
    return f"case-studies?case={case.key}"


def outlined_councils(cases: Iterable[Case]) -> dict[str, tuple[str, ...]]:
    """Councils to outline, because a case is known no more precisely: code → keys of the cases."""
    outlined: dict[str, list[str]] = {}
    for case in cases:
        for place in case.places:
            if place.precision not in PINNED:
                for code in place.councils:
                    outlined.setdefault(code, []).append(case.key)
    return {code: tuple(dict.fromkeys(keys)) for code, keys in sorted(outlined.items())}
