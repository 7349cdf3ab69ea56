"""What a page's view is called, and what it says in a sentence or two, from its link alone.

A browser's tab, a list of bookmarks, and the preview that a chat shows of a link all take it from
here. Only what is cheap is said: names and ranks, nothing that has to be worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo import (
    areas,
    case_view,
    gaps_sentences,
    gaps_view,
    known,
    larger_areas,
    layers,
    profile_view,
    sentences,
    siting_sentences,
    siting_view,
    what_if_view,
)
from geo import view as views
from geo.case_records import Case
from geo.points import POINT_SETS
from geo.reached import REACHED
from geo.store import Store

SITE = "Common Ground"
Link = Mapping[str, object]


@dataclass(frozen=True)
class Heading:
    """title: what the view is called, None for the site itself. description: plain text."""

    title: str | None
    description: str

    @property
    def full_title(self) -> str:
        """As a tab shows it: "Gaps in Hastings – Common Ground"."""
        return f"{self.title} – {SITE}" if self.title else SITE


# A page's last part of the address → what it is, whatever its link says.
PLAIN = {
    "": Heading(
        None,
        "A map of social infrastructure in England's neighbourhoods: where deprivation is high, "
        "what places and groups people have, and what is missing.",
    ),
    "profile": Heading(
        "Profile of an area",
        "Where an area stands, who lives there, what is near and what is far, how it moved since "
        "2004, and areas like it.",
    ),
    "gaps": Heading(
        "Gaps",
        "Where need is high and social infrastructure weak, ranked so that the ranking can be "
        "explained.",
    ),
    "compare": Heading("Compare areas", "Two or three areas of England side by side."),
    "what-if": Heading(
        "What if a place closed, or a new one opened?",
        "Close a library or open one, and see who would be further away, how far, and who they "
        "are.",
    ),
    "where-next": Heading(
        "Where next", "The best places for new libraries, hubs and halls, for those you count."
    ),
    "your-places": Heading(
        "Your own places", "Bring your own list of halls, clubs or pantries; it stays with you."
    ),
    "accessibility": Heading(
        "Accessibility statement",
        "Who can use this website, what is not accessible yet, and the way round.",
    ),
    "case-studies": Heading(
        "Case studies",
        "Places where people tried to make more of what a neighbourhood has, beside their figures "
        "today.",
    ),
    "evidence": Heading(
        "What the evidence says", "What reports claimed about deprived places, put to today's data."
    ),
    "data-and-methods": Heading(
        "Data and methods", "Every source with its date, licence and flaws, and every definition."
    ),
}


def heading(page: str, link: Link, store: Store, cases: Sequence[Case]) -> Heading:
    """What to call the view that a link opens.

    page: last part of the address, a key of PLAIN ("" is the map; any other is called as the site
    is). link: its parameters, as a browser sent them. Never raises for what a link says.
    """
    plain = PLAIN.get(page, PLAIN[""])
    if page == "case-studies":
        return _case(link, cases) or plain
    made = _OF_PAGE.get(page)
    return (made(link, store) if made else None) or plain


def area_name(code: str, store: Store) -> str | None:
    """ "Ore, Hastings", "Upperton (Eastbourne 008C)", "Ore ward, Hastings" or "Hastings"."""
    level = larger_areas.level_of(code)
    if level == larger_areas.COUNCIL:
        return _council(code, store)
    if level == larger_areas.WARD:
        ward = store.cells("wards", "ward24_code", code)
        if ward is None:
            return None
        return f"{ward['ward24_name']} ward, {_council(ward['ltla24_code'], store)}"
    if store.area_number(code) is None:
        return None
    area = store.area(code)
    name = sentences.area_title(area)
    return name if level == areas.SMALL_AREA else f"{name}, {area['council']}"


def _council(code: str, store: Store) -> str | None:
    found = store.cells("councils", "ltla24_code", code)
    return None if found is None else found["ltla24_name"]


def _standing(code: str, store: Store) -> str | None:
    """Where a small area or neighbourhood stands; None for larger areas."""
    level = larger_areas.level_of(code)
    if level in (larger_areas.COUNCIL, larger_areas.WARD):
        return None
    area, total = store.area(code), len(store.level(level))
    return (
        f"{sentences.area_kind(area, level)}. {sentences.deprivation(area, level, total)} "
        f"{sentences.community_needs(area, level, total)}"
    )


def _map(link: Link, store: Store) -> Heading | None:
    view, _ = known.known(views.parse(link)[0], store, {row.key for row in POINT_SETS})
    layer = layers.layer(view.layer).label
    is_plain = view.layer == views.View().layer
    if view.area:
        name = area_name(view.area, store) or view.area
        title = name if is_plain else f"{layer}: {name}"
        return Heading(title, _standing(view.area, store) or PLAIN[""].description)
    if not is_plain or view.councils or view.regions:
        where = gaps_sentences.where(view, store)
        return Heading(where if is_plain else f"{layer}: {where}", PLAIN[""].description)
    return None


def _area_of(view: profile_view.ProfileView | what_if_view.WhatIfView, store: Store) -> str | None:
    """The code of the area that a link names, or of its postcode's small area."""
    if view.area or not view.postcode:
        return view.area
    place = store.postcodes.find(view.postcode)
    return None if place is None else store.small_areas["code"].iat[place.i]


def _profile(link: Link, store: Store) -> Heading | None:
    code = _area_of(profile_view.parse_profile(link)[0], store)
    name = area_name(code, store) if code else None
    if not code or not name:
        return None
    plain = PLAIN["profile"].description
    return Heading(name, _standing(code, store) or plain.replace("an area", name, 1))


def _compare(link: Link, store: Store) -> Heading | None:
    codes = profile_view.parse_compare(link)[0].areas
    names = [name for name in (area_name(code, store) for code in codes) if name]
    if not names:
        return None
    return Heading(f"Compare: {'; '.join(names)}", "Every figure side by side.")


def _gaps(link: Link, store: Store) -> Heading | None:
    view, _ = gaps_view.known(gaps_view.parse(link)[0], store)
    said = f"{PLAIN['gaps'].description} {gaps_sentences.what_counts(view)}"
    if not view.councils and not view.regions:
        return Heading("Gaps in England", said)
    return Heading(f"Gaps in {gaps_sentences.where(view, store)}", said)


def _what_if(link: Link, store: Store) -> Heading | None:
    view, _ = what_if_view.parse(link)
    kind = REACHED[view.kind]
    code = _area_of(view, store)
    near = area_name(code, store) if code else None
    what = view.scenario.name or f"What if a {kind.singular} closed or opened"
    title = f"{what}: {near}" if near else what
    return Heading(
        title,
        f"Who would be further from a {kind.singular}, and who nearer, how far, and who they are. "
        f"A walk of {view.threshold.label}, in a straight line.",
    )


def _siting(link: Link, store: Store) -> Heading | None:
    councils = store.table("councils")
    view, _ = siting_view.known(siting_view.parse(link)[0], councils)
    area = siting_view.area_name(view.area, councils)
    return Heading(siting_sentences.question(view, area), PLAIN["where-next"].description)


def _case(link: Link, cases: Sequence[Case]) -> Heading | None:
    key = case_view.parse(link)[0].case
    found = next((case for case in cases if case.key == key), None)
    return Heading(found.title, found.summary) if found else None


_OF_PAGE: dict[str, Callable[[Link, Store], Heading | None]] = {
    "": _map,
    "profile": _profile,
    "gaps": _gaps,
    "compare": _compare,
    "what-if": _what_if,
    "where-next": _siting,
}
