"""Case studies: places where people tried, on the same map as the need, and a story of each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo import case_cards, case_map, case_tables, case_view, exports, layers, legend, maps
from geo.case_cards import Card
from geo.case_records import Case
from geo.case_view import CaseView
from pages import case_controls, case_story, downloads, frame, html_parts, share, shown_map, spoken

HEIGHT = 520
STORY_HEIGHT = 380


def _map(cases: Sequence[Case], view: CaseView, look_at, height: int, counted=()) -> None:
    store = frame.store()
    layer = layers.layer(view.layer)
    shown = case_map.state(cases, layer, store, look_at, counted)
    shown_map.draw(
        shown,
        key=f"cases map {height}",
        label="Map of case studies. The cards have the same stories.",
        height=height,
    )
    st.html(
        legend.legend(
            layer,
            store.sources,
            points=shown.points,
            outlines=[
                key for key, there in (("cases", shown.councils), ("counted", counted)) if there
            ],
        )
    )


def _card(card: Card) -> None:
    story = card.story
    with st.container(border=True, key=f"story {story.key}"):
        if card.is_shared:
            st.subheader(frame.plain(f"{card.title}: {len(card.cases)} places"), anchor=False)
        else:
            _open(story, card.title)
        st.html(
            html_parts.paragraph(_meta(card), "cg-meta")
            + html_parts.paragraph(story.summary)
            + html_parts.tags([*story.themes, case_cards.cost(story)])
        )
        if card.is_shared:
            with st.container(key=f"places {story.key}", horizontal=True, gap="small"):
                for case in card.cases:
                    _open(case, case_cards.short_name(case))


def _open(case: Case, label: str) -> None:
    st.button(
        frame.plain(label),
        key=f"open {case.key}",
        type="tertiary",
        on_click=case_controls.open_case,
        args=(case.key,),
    )


def _meta(card: Card) -> str:
    story = card.story
    return story.years_text if card.is_shared else f"{case_cards.where(story)} · {story.years_text}"


def _list(view: CaseView) -> None:
    cases = frame.cases()
    if frame.is_embedded():
        frame.head_of_embedded("case-studies")
        _map(case_view.chosen(cases, view), view, maps.ENGLAND, HEIGHT)
        return
    st.title("Case studies", anchor=False)
    st.write(
        "Places where people tried to make more of what a neighbourhood has. Each is on the map "
        "only as precisely as its source says where it was."
    )
    with st.container(
        key="case-controls", horizontal=True, vertical_alignment="bottom", gap="small"
    ):
        case_controls.filters(view, cases)
        case_controls.layer()
        share.group(viewport=False)
    left = case_view.chosen(cases, view)
    said = case_cards.how_many(left, len(cases), view.is_filtered)
    spoken.sentence(said)
    with st.container():
        if view.is_filtered:
            case_controls.take_filters_off()
    with st.container(key="cases"):
        shown, cards = st.columns([6, 5], gap="medium")
    with shown, st.container(key="cases-map"):
        _map(left, view, maps.ENGLAND, HEIGHT)
    with cards:
        frame.unseen("The stories")
        for card in case_cards.cards(left):
            _card(card)
        if left:
            _download(left)
        frame.note(
            "A community can add its own: one file a case, explained in "
            "data/case_studies/README.md."
        )


def _download(left: Sequence[Case]) -> None:
    """The cases left as files."""
    store = frame.store()
    councils = store.table("councils")
    drawn_by = exports.credit(store.sources, ("lsoa21_bgc",))
    downloads.popover(
        "cases",
        downloads.table(
            "The case studies",
            "case-studies",
            lambda: case_tables.rows(left, councils),
            None,
            shapes=lambda: case_tables.with_shapes(
                left, store.shapes("councils"), councils, drawn_by
            ),
        ),
    )


def _story(case: Case, view: CaseView) -> None:
    case_story.head(case)
    case_story.ways_on(case)
    told, side = st.columns([6, 5], gap="large")
    with told:
        case_story.facts(case)
        case_story.told(case)
    with side:
        if case.councils:
            store = frame.store()
            look_at = case_map.target(case, store.table("councils"))
            _map([case], view, look_at, STORY_HEIGHT, case_map.counted(case, store))
        frame.note(case_cards.how_drawn(case))
    case_story.then_and_now(case)
    case_story.alike(case)
    case_story.sources(case)


def _page() -> None:
    html_parts.style()
    view, notices = case_controls.asked()
    case_controls.load(view)
    frame.notices(*notices)
    found = {case.key: case for case in frame.cases()}.get(view.case or "")
    if found:
        _story(found, view)
    else:
        _list(view)


_page()
