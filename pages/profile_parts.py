"""The parts of a profile page, each drawn from what `profile_html` wrote out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from geo import area_charts, charts, figures, legend, profile_map
from geo import profile_sentences as words
from geo.briefing_area_map import area_map
from geo.downloads import picture_of_map
from geo.larger_areas import COUNCIL, WARD
from geo.profile_page import ProfilePage
from geo.profiles import Profile
from pages import downloads, frame, shown_map
from pages.profile_html import ProfileHtml, past_chart

MAP_HEIGHT = 420


def small_map(page: ProfilePage) -> None:
    """The area among its neighbours, with the places near it, and the key."""
    profile, sources = page.profile, frame.store().sources
    shown_map.draw(
        page.map,
        key="profile map",
        label="Map of the area and its neighbours. The page says the same in words.",
        height=MAP_HEIGHT,
        sources=page.map_sources,
    )
    outlines = {COUNCIL: ("council",), WARD: ()}.get(profile.level, ("selected",))
    st.html(
        legend.legend(
            profile_map.LAYER,
            sources,
            points=page.map.points,
            outlines=outlines,
            faded=profile.level == COUNCIL,
        )
    )
    if profile.level == WARD:
        frame.note(words.WARD_OUTLINE)


def standing(html: ProfileHtml) -> None:
    """Plain sentences, then the tenths of every domain."""
    st.html(html.summary)
    for chart, name in zip(html.tenths, ("deprivation", "community need"), strict=True):
        frame.chart(chart, f"Tenths of {name}")
    st.html(html.standing)


def people(html: ProfileHtml) -> None:
    """Residents by age beside England."""
    st.header("People", anchor="people")
    frame.chart(html.ages, "Residents by age")
    frame.note("Share of residents by age, Census 2021. The red line is England.")


def past(html: ProfileHtml) -> None:
    """The path through the releases of the Indices of Deprivation."""
    st.header("Deprivation since 2004", anchor="past")
    if html.moved:
        st.html(html.moved)
    frame.chart(html.past, "Deprivation since 2004")
    st.html(html.past_notes)


def places(profile: Profile, html: ProfileHtml) -> None:
    """Places near, or for a council the places in it; and what there is no record of."""
    st.header("Places in the area" if profile.near is None else "Places near", anchor="places")
    st.html(html.places)


def reach(html: ProfileHtml) -> None:
    """How far each kind is against areas like it, and the libraries that closed."""
    st.header("What is far away", anchor="gaps")
    st.html(html.reach)


def alike(html: ProfileHtml) -> None:
    """Five areas like this one, and the matched pair beside it."""
    st.header("Areas like this one", anchor="alike")
    st.html(html.alike)


def cases(html: ProfileHtml) -> None:
    """Case studies, near and of places like this one; below them all that the charts show."""
    st.header("Case studies", anchor="cases")
    st.html(html.cases)


def named(html: ProfileHtml) -> None:
    """Programmes and published lists, and the Hyper-Local Need Measure."""
    st.header("Programmes and lists", anchor="programmes")
    st.html(html.named)


def download(profile: Profile) -> None:
    """Every figure of the profile, its map and its charts as files."""
    sources = frame.store().sources
    title = words.title(profile)
    drawn: dict[str, tuple[str, Callable[[], charts.Drawing], Sequence[str]]] = {
        "Deprivation": ("deprivation", lambda: charts.tenths(profile.area)[0], ("iod2025",)),
        "Community need": ("need", lambda: charts.tenths(profile.area)[1], ("cni2023",)),
        "Ages": ("ages", lambda: area_charts.ages(profile.ages), ("census21_age",)),
        "Since 2004": ("past", lambda: past_chart(profile, charts.INK), _releases(profile)),
    }
    downloads.popover(
        "profile",
        downloads.table(
            "The figures",
            profile.code,
            lambda: figures.credited(figures.figures(profile), sources),
            None,
        ),
        picture_of_map(
            "The map", f"{profile.code}-map", lambda: area_map(profile, frame.national())
        ),
        *(
            downloads.chart(what, f"{profile.code}-{stem}", made, f"{title}: {what}", keys)
            for what, (stem, made, keys) in drawn.items()
        ),
    )


def _releases(profile: Profile) -> list[str]:
    steps = profile.past if profile.path is None else profile.path
    return [f"iod{release}" for release in steps["release"]]
