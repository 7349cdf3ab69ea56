"""The story of one case: what was done and found, beside what its place is like today."""

from __future__ import annotations

import html

import streamlit as st

from geo import (
    case_alike,
    case_cards,
    case_studies,
    case_today,
    profile_tables,
    what_if_view,
)
from geo import profile_sentences as profile_words
from geo import view as views
from geo.case_records import Case
from geo.larger_areas import level_of
from geo.view import View
from pages import case_controls, frame, html_parts, share
from pages.html_table import Link, table


def head(case: Case) -> None:
    """The way back, then title, where and when, and the story in short."""
    st.button(
        "All case studies",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=case_controls.open_case,
        args=(None,),
    )
    st.title(frame.plain(case.title), anchor=False)
    st.html(html_parts.paragraph(f"{case_cards.where(case)} · {case.years_text}", "cg-meta"))
    st.html(html_parts.lead(case.summary))


def ways_on(case: Case) -> None:
    """The place on the main map, and the link to this story."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if case.councils:
            frame.page_link(
                "map",
                label="See this on the map",
                icon=":material/map:",
                query_params=views.query(_on_the_map(case)),
            )
            for code in case_today.standing_for(case, frame.store()):
                frame.page_link(
                    "profile",
                    label=f"Profile of {frame.plain(_name(code))}",
                    icon=":material/description:",
                    query_params={"area": code},
                )
        if case.key == what_if_view.EXAMPLE_CASE:
            frame.page_link(
                "what-if",
                label="The figures with and without it",
                icon=":material/alt_route:",
                query_params=what_if_view.query(what_if_view.EXAMPLE),
            )
        share.group(viewport=False, embed=False)


def _name(code: str) -> str:
    national = frame.national()
    return national.level(level_of(code))["name"].iat[national.row(code)]


def _on_the_map(case: Case) -> View:
    codes = case_today.standing_for(case, frame.store())
    if codes == case.councils:
        return View(councils=codes)
    return View(area=codes[0])


def facts(case: Case) -> None:
    """Who, what for, at what cost."""
    st.html(
        html_parts.facts(
            {
                "For": case_cards.who_for(case),
                "Cost": case.cost_text,
                "About": ", ".join(case.themes),
                "It built": ", ".join(case_cards.PART_LABELS[part].lower() for part in case.parts),
                "Programme": case.programme_title,
            }
        )
    )


def told(case: Case) -> None:
    """What was done, what worked, what did not, and what it takes."""
    st.header("What was done", anchor="done")
    frame.paragraphs([case.done])
    st.header("What worked", anchor="worked")
    st.html(html_parts.bullets(case.worked))
    st.header("What did not", anchor="did-not")
    if case.did_not_work:
        st.html(html_parts.bullets(case.did_not_work))
    else:
        frame.paragraphs(["The source reports nothing that failed. That is not the same as none."])
    st.header("What it takes", anchor="ingredients")
    st.html(html_parts.bullets(case.ingredients))


def then_and_now(case: Case) -> None:
    """The results as reported, and the place today, side by side."""
    figures = case_studies.today(case, frame.store().small_areas)
    then, now = st.columns([6, 5], gap="large")
    with then:
        st.header("What the source reports", anchor="results")
        st.html(
            html_parts.bullets(
                (result.text, case_today.number_behind(result)) for result in case.results
            )
        )
        if any(result.n is None for result in case.results):
            frame.note(case_today.NO_NUMBER)
    with now:
        st.header("The place today", anchor="today")
        if not figures:
            frame.paragraphs(["The figures here are for England only."])
            return
        frame.paragraphs([case_today.basis(case, figures)])
        st.html(
            html_parts.bullets(
                (f"{row.label}: {row.value.lower()}", row.note) for row in case_today.rows(figures)
            )
        )
        frame.note(case_today.MIDDLE_RESIDENT)
    frame.note(case_today.DATES)


def alike(case: Case) -> None:
    """Areas like this one now."""
    found = case_alike.areas_like(case, frame.national())
    if not found:
        return
    st.header("Areas like this one now", anchor="alike")
    frame.note(profile_words.HOW_ALIKE)
    headings = (
        "Area", "Council", "Closeness", "Deprivation tenth (1 = most)",
        "Community need tenth (1 = greatest)",
    )  # fmt: skip
    for likes in found:
        rows: list[tuple[Link | str, ...]] = [
            (Link(name, f"profile?area={code}"), *cells)
            for shown in (likes.own, likes.alike)
            for name, code, cells in profile_tables.alike(shown)
        ]
        frame.paragraphs(
            [f"{likes.name}, which stands for the place here, and the {likes.noun} most like it:"]
        )
        st.html(table(headings, rows))


def sources(case: Case) -> None:
    """Where it was published, and what to bear in mind."""
    notes = [note for note in (case.note, *(place.note for place in case.places)) if note]
    placed = [f"{place.name}: {place.placed_by}." for place in case.places if place.placed_by]
    if notes or placed:
        st.header("Bear in mind", anchor="note")
    if notes:
        frame.paragraphs(notes)
    if placed:
        frame.note("Placed on the map by: " + " ".join(placed))
    st.header("Sources", anchor="sources")
    made = "".join(
        f"<li>{html_parts.link(source.link_text, source.url)}"
        f' <span class="cg-note">{html.escape(f"{source.publisher}, {source.year}")}</span></li>'
        for source in case.sources
    )
    st.html(f'<ul class="cg-list">{made}</ul>')
