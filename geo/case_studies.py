"""Case studies: which fit a reader's question, which are most like an area.

How a case is written down and checked is in `geo.case_records`. Where a case was is only known as
precisely as its source says, so every comparison says what it rests on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.case_records import Case
from geo.case_rules import PINNED
from geo.community import NEED_DOMAINS
from geo.deprivation import DOMAINS
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
PROFILED = (*DOMAINS, *NEED_DOMAINS)
DOMAIN_WORDS = {
    "income": "income",
    "employment": "employment",
    "education": "education",
    "health": "health",
    "crime": "crime",
    "housing": "housing and services",
    "environment": "living environment",
    "civic_assets": "places to meet",
    "connectedness": "connectedness",
    "engaged": "an active community",
}
# Further apart than this on average, in shares of the ranking, places are not called alike.
ALIKE_WITHIN = 0.25
# A step between an urban and a rural area counts as much as a fifth of the ranking on average.
RURAL_STEP = 0.2


@dataclass(frozen=True)
class Alike:
    """A case whose place is like an area now. distance: 0 (the same) to about 1; close: whether
    that is within ALIKE_WITHIN; why: in words."""

    case: Case
    distance: float
    close: bool
    why: str


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


def profile(rows: pd.DataFrame | Mapping[str, Any], areas: int) -> dict[str, float]:
    """What some small areas are like together: population-weighted place in the ranking of each
    domain (0 most deprived, 1 least) and the share of residents in rural areas (`rural`).

    rows: `{domain}_rank`, population_2022, ruc, or their `Cells`. areas: how many small areas are
    ranked.
    """
    people = np.asarray(rows["population_2022"])
    weight = people / people.sum()
    figures = {
        key: float((weight * np.asarray(rows[f"{key}_rank"])).sum()) / areas for key in PROFILED
    }
    return {**figures, "rural": float(weight[np.asarray(rows["ruc"] == "Rural")].sum())}


@dataclass(frozen=True)
class CaseProfiles:
    """`profile` of every case with a place in England, a row a case.

    ranks: place in the ranking of each of PROFILED, a column each. rural: shares of residents.
    """

    cases: tuple[Case, ...]
    ranks: np.ndarray
    rural: np.ndarray


def case_profiles(cases: Iterable[Case], small_areas: pd.DataFrame) -> CaseProfiles:
    """What the places of cases are like, in the cases' order. small_areas: all, every measure."""
    own = ((case, small_areas[areas_of(case, small_areas)]) for case in cases)
    known = [(case, profile(rows, len(small_areas))) for case, rows in own if not rows.empty]
    return CaseProfiles(
        cases=tuple(case for case, _ in known),
        ranks=np.array([[figures[key] for _, figures in known] for key in PROFILED]).T,
        rural=np.array([figures["rural"] for _, figures in known]),
    )


def most_alike(
    area: Mapping[str, float], profiles: CaseProfiles, count: int = 3
) -> tuple[Alike, ...]:
    """The cases whose places are most like an area now, at most one a programme.

    area: a `profile`. profiles: `case_profiles`. The distance is the mean difference in the
    ranking over the domains of deprivation and social infrastructure, and RURAL_STEP times the
    difference in the share of rural residents.
    """
    there, its_rural = profiles.ranks, profiles.rural
    here, rural = np.array([area[key] for key in PROFILED]), area["rural"]
    distances = np.abs(there - here).mean(axis=1) + RURAL_STEP * np.abs(its_rural - rural)
    found, seen = [], set()
    for row in np.argsort(distances, kind="stable").tolist():
        case = profiles.cases[row]
        if case.programme and case.programme in seen:
            continue
        seen.add(case.programme)
        close = bool(distances[row] <= ALIKE_WITHIN)
        why = _why_alike(case, here, there[row], (rural, its_rural[row]))
        why = why if close else f"Not very alike: {_small(why)}"
        found.append(Alike(case, float(distances[row]), close, why))
        if len(found) == count:
            break
    return tuple(found)


def _why_alike(case: Case, here: np.ndarray, there: np.ndarray, rural: tuple[float, float]) -> str:
    """The reason in words: urban or rural, then the strongest needs both share, then the gap.

    here, there: places in the ranking of each of PROFILED. rural: the shares of both.
    """
    is_rural, its_rural = (share >= 0.5 for share in rural)
    kind = "rural" if its_rural else "urban"
    reasons = [f"also mostly {kind}" if is_rural == its_rural else f"though mostly {kind}"]
    words = [DOMAIN_WORDS[key] for key in PROFILED]
    both, apart = np.maximum(here, there), np.abs(there - here)
    shared = [domain for domain in np.argsort(both, kind="stable") if both[domain] <= 0.3][:3]
    if shared:
        reasons.append(f"in the worst 30% for {_listed([words[domain] for domain in shared])} too")
    else:
        close = np.argsort(apart, kind="stable")[:2]
        reasons.append(f"closest for {_listed([words[domain] for domain in close])}")
    widest = apart.argmax()
    if apart[widest] > 0.25:
        side = "better" if there[widest] > here[widest] else "worse"
        reasons.append(f"but {side} off for {words[widest]}")
    wide = {place.precision for place in case.places}.isdisjoint(PINNED)
    basis = " (the whole council is compared: no neighbourhood is named)" if wide else ""
    return _capital(", ".join(reasons)) + basis


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


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
