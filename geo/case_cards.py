"""The case studies as cards: places that share one story of one programme share one card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.case_records import Case
from geo.case_rules import PRECISIONS
from geo.case_studies import COSTS, cost_band
from geo.sentences import count, joined

# How a place is drawn, and why no more precisely than this.
HOW_DRAWN = {
    "site": "a pin marks the place itself",
    "town": "a ring marks the middle of the town; no building in it is named",
    "council": "the council is outlined, because the source names no neighbourhood in it",
    "county": "its councils are outlined, because the source names no neighbourhood in them",
    "nation": "it is not on the map, because the source names no place in it",
}
PART_LABELS = {
    "places": "Places to meet",
    "people": "People who are active",
    "links": "Links that connect",
}


@dataclass(frozen=True)
class Card:
    """One story and the cases that share it: one case, or the places of a programme."""

    title: str
    cases: tuple[Case, ...]

    @property
    def story(self) -> Case:
        """The case whose words stand on the card."""
        return self.cases[0]

    @property
    def is_shared(self) -> bool:
        """Whether several places share this story."""
        return len(self.cases) > 1


def cards(cases: Iterable[Case]) -> tuple[Card, ...]:
    """Cards in order: single stories first, the most precisely placed before others."""
    shared: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        shared.setdefault((case.programme or case.key, case.summary), []).append(case)
    made = [
        Card(group[0].programme_title if len(group) > 1 else group[0].title, tuple(group))
        for group in shared.values()
    ]
    return tuple(sorted(made, key=lambda card: (card.is_shared, _precision(card), card.title)))


def _precision(card: Card) -> int:
    return min(PRECISIONS.index(place.precision) for place in card.story.places)


def where(case: Case) -> str:
    """The places of a case as one phrase."""
    return joined([place.name for place in case.places])


def short_name(case: Case) -> str:
    """What to call a case among others of its programme: where it was."""
    return case.places[0].name


def who_for(case: Case) -> str:
    """Its audience, with ages and key stages where the source gives them."""
    parts = []
    if case.ages:
        parts.append(f"ages {case.ages[0]} to {case.ages[1]}")
    if case.key_stages:
        stages = joined([str(stage) for stage in case.key_stages])
        parts.append(f"key {'stage' if len(case.key_stages) == 1 else 'stages'} {stages}")
    return f"{case.audience} ({', '.join(parts)})" if parts else case.audience


def how_drawn(case: Case) -> str:
    """How each place is drawn on the map and why, in a sentence each."""
    return " ".join(f"{place.name}: {HOW_DRAWN[place.precision]}." for place in case.places)


def cost(case: Case) -> str:
    """The band of what one grant cost, in words."""
    band = cost_band(case)
    return "Cost not given" if band == "not-given" else COSTS[band]


def how_many(left: Sequence[Case], total: int, is_filtered: bool) -> str:
    """How many cases the filters leave, as one sentence."""
    stories = count(len(cards(left)), "story", "stories")
    if not is_filtered:
        return f"{count(total, 'case study', 'case studies')} in {stories}."
    if not left:
        return "No case study matches all of these filters. Take one off to see more."
    return f"{len(left)} of {count(total, 'case study', 'case studies')}, in {stories}."
