"""Which case studies' places are most like an area today, and why.

Where a case was is only known as precisely as its source says, so every comparison says what it
rests on. Areas that are like a case's place are in `geo.case_alike`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.case_records import Case
from geo.case_rules import PINNED
from geo.case_studies import areas_of
from geo.community import NEED_DOMAINS
from geo.deprivation import DOMAINS

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
