"""Two or three areas side by side, from a link."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo import (
    area_charts,
    briefing_compare,
    charts,
    figures,
    layers,
    profile_tables,
    profile_view,
)
from geo import profile_sentences as words
from geo.briefing_area_map import area_map
from geo.community import NEED_INDICES
from geo.deprivation import INDICES
from geo.downloads import picture_of_map
from geo.profile_view import MOST_COMPARED, CompareView
from geo.profiles import Outline
from geo.search import Match
from pages import briefing_button, downloads, frame, profile_data, search_box, share
from pages.html_table import table

_INDICES = {
    "Deprivation": (INDICES, ("most deprived", "least")),
    "Community need": (NEED_INDICES, ("greatest need", "least")),
}
EXAMPLE = CompareView(("E02004371", "E02003959", "E02005584"))


def _asked() -> tuple[CompareView, tuple[str, ...]]:
    view, notices = profile_view.parse_compare(st.query_params.to_dict())
    view, more = profile_view.known_areas(view, frame.national())
    return view, notices + more


def _show(view: CompareView) -> None:
    frame.put(profile_view.compare_query(view))


def _add(match: Match) -> bool:
    """Adds an answer; False where the answer is no one area."""
    found = profile_view.area_of(match, frame.store().small_areas)
    if found is None or found.area is None:
        return False
    view, _ = _asked()
    _show(view.with_area(found.area))
    return True


def _take_away(code: str) -> None:
    view, _ = _asked()
    _show(view.without_area(code))


def _chosen(compared: list[Outline]) -> None:
    """The areas with their letters, a way to each profile, and a way to take each away."""
    for column, profile, letter in zip(
        st.columns(len(compared), gap="medium"), compared, area_charts.LETTERS, strict=False
    ):
        with column:
            title = frame.plain(words.title(profile))
            st.header(f"{letter}: {title}", anchor=False)
            frame.paragraphs([words.where(profile)])
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                frame.page_link(
                    "profile",
                    label="Profile",
                    icon=":material/article:",
                    query_params={"area": profile.code},
                )
                st.button(
                    "Take away",
                    key=f"take away {profile.code}",
                    icon=":material/close:",
                    type="tertiary",
                    on_click=_take_away,
                    args=(profile.code,),
                    help=f"Take {title} away",
                )


def _chart(compared: list[Outline], names: list[str], title: str, ink: str) -> charts.Drawing:
    """The areas' tenths on one of the two indices and its domains."""
    keys, ends = _INDICES[title]
    labels = [layers.layer(key).short for key in keys]
    areas = [profile.area for profile in compared]
    return area_charts.beside(areas, names, keys, labels, ends, ink)


def _charts(compared: list[Outline], names: list[str]) -> None:
    for column, title in zip(st.columns(2, gap="large"), _INDICES, strict=True):
        with column:
            st.header(title, anchor=False)
            frame.chart(_chart(compared, names, title, frame.ink()), f"{title}: the areas’ tenths")


def _tables(compared: list[Outline], names: list[str]) -> None:
    both = figures.side_by_side([figures.rows(profile) for profile in compared])
    st.header("Every figure", anchor="figures")
    st.html(table(("Figure", *names), profile_tables.beside(both, figures.SECTIONS)))
    frame.note(words.NO_RECORD)
    register = frame.store().sources
    downloads.popover(
        "compare",
        downloads.table(
            "The figures",
            "compared",
            lambda: figures.stacked(
                [figures.figures(profile) for profile in compared], names, register
            ),
            None,
        ),
        *(
            downloads.chart(
                title,
                f"compared-{title.lower().replace(' ', '-')}",
                partial(_chart, compared, names, title, charts.INK),
                f"{title}: {' · '.join(names)}",
                (source,),
            )
            for title, source in (("Deprivation", "iod2025"), ("Community need", "cni2023"))
        ),
        *(
            picture_of_map(
                f"Map of {name}",
                f"{profile.code}-map",
                partial(area_map, profile, frame.national()),
            )
            for profile, name in zip(compared, names, strict=True)
        ),
    )


def _page() -> None:
    view, notices = _asked()
    frame.notices(*notices)
    st.title("Compare areas", anchor=False)
    if len(view.areas) < MOST_COMPARED:
        search_box.box(_add, page="compare", label="Add an area")
    else:
        frame.note(f"{MOST_COMPARED} areas fit side by side. Take one away to add another.")
    if not view.areas:
        st.write(
            "Put two or three areas side by side: small areas, neighbourhoods, wards or councils. "
            "The link keeps them."
        )
        frame.page_link(
            "compare",
            label="For example: Ore, Par and Catton Grove",
            query_params=profile_view.compare_query(EXAMPLE),
        )
        return
    compared = [profile_data.outline(code) for code in view.areas]
    names = words.distinct_names(compared)
    with share.group(viewport=False, embed=False):
        if len(compared) in briefing_compare.ASPECTS:
            briefing_button.buttons(
                lambda link, made: briefing_compare.of_areas(
                    compared, frame.national(), link, made
                ),
                "common-ground-comparison",
            )
    _chosen(compared)
    if len(compared) == 1:
        st.info("Add at least one more area in the box above.", icon=":material/add:")
    mixed = words.mixed_levels(compared)
    if mixed:
        frame.note(mixed)
    _charts(compared, names)
    _tables(compared, names)


_page()
