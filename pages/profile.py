"""The profile of a small area, neighbourhood, ward or council, from its link."""

from __future__ import annotations

import streamlit as st

from geo import briefing_areas, profile_view
from geo import profile_sentences as words
from geo.profile_view import CompareView, ProfileView
from geo.profiles import Profile
from geo.search import Match
from pages import (
    briefing_button,
    frame,
    profile_data,
    profile_parts,
    search_box,
    share,
    spoken,
)

EXAMPLES = {"E02004371": "Ore, Hastings", "E02003959": "Par, Cornwall", "E05012902": "Catton Grove"}


def _go(match: Match) -> bool:
    """Opens the profile of an answer; False where the answer is no one area."""
    chosen = profile_view.area_of(match, frame.store().small_areas)
    if chosen is None:
        return False
    frame.put(profile_view.profile_query(chosen))
    return True


def _asked() -> ProfileView:
    """The view that the link asks for, without what the tables do not know."""
    view, notices = profile_view.parse_profile(st.query_params.to_dict())
    view, _, more = profile_view.known(view, frame.national())
    frame.notices(*notices, *more)
    return view


def _nothing_chosen() -> None:
    st.title("Profile of an area")
    st.write(
        "Type a postcode, a place, a council, a ward or a neighbourhood in the box above to read "
        "where it stands, what is near, what is far and which areas are like it. For example:"
    )
    with st.container(horizontal=True):
        for code, name in EXAMPLES.items():
            frame.page_link("profile", label=name, query_params={"area": code})


def _head(profile: Profile) -> None:
    st.title(frame.plain(words.title(profile)), anchor=False)
    spoken.sentence(words.where(profile))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.page_link(
            "map",
            label="See on the map",
            icon=":material/map:",
            query_params=profile_view.map_query(profile),
        )
        frame.page_link(
            "compare",
            label="Compare with another area",
            icon=":material/compare_arrows:",
            query_params=profile_view.compare_query(CompareView((profile.code,))),
        )
        with share.group(viewport=False):
            briefing_button.buttons(
                lambda link, made: briefing_areas.of_profile(profile, frame.national(), link, made),
                f"common-ground-{profile.code}",
            )
            profile_parts.download(profile)


def _contents(profile: Profile) -> None:
    """The way down a long page."""
    places = "Places in the area" if profile.near is None else "Places near"
    parts = {
        "programmes": "Programmes",
        "people": "People",
        "past": "Since 2004",
        "places": places,
        "gaps": "What is far",
        "alike": "Areas like this",
        "cases": "Case studies",
    }
    links = "".join(f'<li><a href="#{key}">{text}</a></li>' for key, text in parts.items())
    st.html(f'<nav aria-label="On this page" class="cg-jump"><ul>{links}</ul></nav>')


def _page() -> None:
    if not frame.is_embedded():
        search_box.box(_go, page="profile", label="Find an area")
    view = _asked()
    if view.area is None:
        _nothing_chosen()
        return
    page = profile_data.page(view.area, view.postcode)
    profile = page.profile
    if frame.is_embedded():
        frame.head_of_embedded("profile")
        profile_parts.small_map(page)
        return
    html = profile_data.html(view.area, view.postcode)
    _head(profile)
    _contents(profile)
    told, side = st.columns([6, 4], gap="large")
    with told:
        profile_parts.standing(html)
    with side:
        profile_parts.small_map(page)
        profile_parts.named(html)
    left, right = st.columns(2, gap="large")
    with left:
        profile_parts.people(html)
    with right:
        profile_parts.past(html)
    profile_parts.places(profile, html)
    profile_parts.reach(html)
    profile_parts.alike(html)
    profile_parts.cases(html)


_page()
