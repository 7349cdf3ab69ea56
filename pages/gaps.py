"""Gaps: where need is high and social infrastructure weak, ranked so that the ranking explains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from geo import (
    briefing_gaps,
    gap_charts,
    gaps_list,
    gaps_map,
    gaps_page,
    gaps_sentences,
    gaps_view,
    legend,
    map_view,
    memory,
    sentences,
    tables,
)
from geo.briefing_gaps_map import scores_map
from geo.downloads import picture_of_map
from geo.gaps_list import Shown
from geo.gaps_page import FIRST_SCORES, LISTED, GapsPage
from geo.gaps_view import Box, GapsView
from geo.own_access import NationalWithOwn
from geo.sentences import LEVEL_NOUNS
from pages import (
    briefing_button,
    downloads,
    frame,
    gaps_controls,
    gaps_data,
    own_places,
    share,
    shown_map,
    spoken,
)
from pages.html_table import table

_MAP = "gaps map"
_CHART = "gaps chart shown"
_BRUSHED = "gaps chart brushed"
_MEASURED = "gaps measured anew"
MAP_HEIGHT = 480


@dataclass(frozen=True)
class _ChartState:
    """The box the chart was made with, the one it shows now, and how many charts came before."""

    at_first: Box | None = None
    shown: Box | None = None
    number: int = 0


def _brushed(key: str) -> None:
    view, _ = gaps_controls.asked()
    reply = st.session_state.get(key) or {}
    drawn = reply.get("selection") if isinstance(reply, dict) else None
    box = gap_charts.box_of((drawn or {}).get(gap_charts.BRUSH))
    gaps_controls.show(replace(view, box=box))
    st.session_state[_BRUSHED] = True


def _clear_box() -> None:
    view, _ = gaps_controls.asked()
    gaps_controls.show(replace(view, box=None))


def _clicked() -> None:
    """A click on the map explains the area under it, and leaves the map where it is."""
    view, _ = gaps_controls.asked()
    click = shown_map.clicked(_MAP, view.level)
    code = shown_map.code_under(click, view.level) if click else None
    if code:
        chosen = replace(view, area=code)
        gaps_controls.show(chosen)
        shown_map.stay(_MAP, gaps_map.plain_view(chosen))


def _made(view: GapsView) -> GapsPage:
    """What the page shows: made once for all readers, or for one whose own places count."""
    plain, counted = gaps_page.shared(view), own_places.national()
    if not isinstance(counted, NationalWithOwn):
        return gaps_data.shared(plain)
    return own_places.latest("gaps", plain, lambda: _for_one(plain, counted))


def _for_one(view: GapsView, counted: NationalWithOwn) -> GapsPage:
    st.session_state[_MEASURED] = True
    return gaps_page.made(view, counted)


def _chart(made: GapsPage, view: GapsView) -> None:
    if not view.need or not view.provision:
        st.info(
            "The chart needs a part of each side: choose some need and some social "
            "infrastructure under “What counts”.",
            icon=":material/info:",
        )
        return
    gaps_controls.quarters(made.quarters)
    chart = st.session_state[_CHART]
    key = f"gaps chart {chart.number}"
    drawn = gap_charts.two_axes(made.marks, chart.at_first, _chosen(made, view), frame.ink())
    st.vega_lite_chart(
        drawn.rows,
        drawn.spec,
        key=key,
        on_select=lambda: _brushed(key),
        selection_mode=gap_charts.BRUSH,
        alt="Deprivation against the weakness of social infrastructure",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.note("Drag a box on the chart to list only the areas in it.")
        if view.box:
            st.button("Clear the box", on_click=_clear_box, icon=":material/close:")


def _chosen(made: GapsPage, view: GapsView) -> pd.Series | None:
    """The chosen area, where it is among those on the chart."""
    row = frame.store().area_number(view.area) if view.area else None
    return made.found.frame.iloc[row] if row is not None and made.found.scope[row] else None


def _map(found: Shown, view: GapsView) -> None:
    store = frame.store()
    own = own_places.counted_points(view.kinds)
    shown = gaps_map.state(found, view, store, shown_map.look_at(_MAP, gaps_map.plain_view(view)))
    shown_map.draw(
        replace(shown, points=shown.points + own),
        key=_MAP,
        label="Map of the scores. The list below has the same figures.",
        height=MAP_HEIGHT,
        own=bool(own),
        on_click=_clicked,
    )
    st.html(
        legend.legend(
            gaps_list.SCORE,
            store.sources,
            level=map_view.TILE_LEVELS[view.level],
            points=gaps_map.points(view) + own,
            outlines=("selected",) if view.area else (),
            faded=bool(view.councils or view.regions or view.is_narrowed),
            folded=frame.is_embedded(),
        )
    )


def _explained(found: Shown, view: GapsView) -> None:
    """Why the chosen area stands where it does."""
    if view.area is None:
        frame.note(
            "Click an area on the map, or a row of the list, to see what its score is made of."
        )
        return
    area = frame.store().area(view.area)
    st.subheader(frame.plain(sentences.area_title(area)), anchor=False)
    frame.paragraphs([gaps_sentences.score(found, view)])
    rows = gaps_sentences.score_rows(gaps_list.explained(found, view, view.area))
    if rows:
        st.html(table(("Part", "Points", "Of at most"), rows))
    frame.page_link(
        "profile",
        label="Read its profile",
        icon=":material/article:",
        query_params={"area": view.area},
    )


def _chosen_row(codes: list[str], key: str) -> None:
    view, _ = gaps_controls.asked()
    rows = st.session_state[key]["selection"]["rows"]
    gaps_controls.show(replace(view, area=codes[rows[0]] if rows else None))


def _list(made: GapsPage, view: GapsView) -> None:
    st.header("The list", anchor="list")
    frame.note(f"{gaps_sentences.HOW_SCORED} {gaps_sentences.threshold(view)}")
    if not made.count:
        st.info(gaps_sentences.NOTHING_LEFT, icon=":material/filter_alt_off:")
        return
    # A list of other rows is another list: what was chosen in it by its number is no more.
    key = f"gaps list {sorted(gaps_view.query(gaps_page.shared(view)).items())}"
    st.dataframe(
        made.list_on_screen,
        hide_index=True,
        height="content" if made.count < FIRST_SCORES else 420,
        key=key,
        on_select=lambda: _chosen_row(made.codes, key),
        selection_mode="single-row",
        column_config={
            "Score": st.column_config.ProgressColumn(min_value=0, max_value=100, format="%.1f"),
            **frame.columns(gaps_list.formats(view)),
        },
    )
    if made.count > LISTED:
        frame.note(
            f"The first {LISTED:,} of {made.count:,}, highest scores first; the download has all."
        )
    _take_list(made, view)
    with st.expander(f"What the first {min(made.count, FIRST_SCORES)} scores are made of"):
        frame.chart(gap_charts.score_parts(made.scores, frame.ink()), "What the scores are made of")


def _take_list(made: GapsPage, view: GapsView) -> None:
    """The list, its map and its charts as files."""
    found = made.found
    sources, counted = gaps_list.sources(view), own_places.national()
    groups = [
        downloads.table(
            "The list",
            "gaps",
            lambda: gaps_list.listed(found, view),
            sources,
            shapes=lambda: tables.with_shapes(
                gaps_list.listed(found, view),
                frame.store().level_shapes(view.level),
                tables.CODES[view.level],
            ),
        ),
        picture_of_map(
            "The map",
            "gaps-map",
            lambda: scores_map(
                view,
                found,
                frame.national(),
                counted,
                gaps_sentences.where(view, frame.store()),
            ),
        ),
        downloads.chart(
            "The scores",
            "gaps-scores",
            lambda: gap_charts.score_parts(made.scores),
            "What the first scores are made of",
            sources,
        ),
    ]
    if view.need and view.provision:
        groups.append(
            downloads.chart(
                "The chart",
                "gaps-chart",
                lambda: gap_charts.two_axes(made.marks, view.box, _chosen(made, view)),
                "Deprivation against the weakness of social infrastructure",
                sources,
            )
        )
    downloads.popover("gaps", *groups)


def _councils(made: GapsPage, view: GapsView) -> None:
    plural, summary = LEVEL_NOUNS[view.level][1], made.summary
    st.header("By council", anchor="councils")
    frame.note(
        "People who live where need is above England’s middle and social infrastructure weaker "
        f"than it, and how many {plural} are further from a place than nine in ten of their class."
    )
    st.dataframe(
        made.summary_on_screen,
        hide_index=True,
        height="content" if len(summary) < FIRST_SCORES else 380,
        column_config={
            "Share of people": st.column_config.NumberColumn(format="percent"),
            **frame.columns(dict.fromkeys(("People, mid-2022", "People there"), "localized")),
        },
    )
    downloads.popover(
        "gaps councils",
        downloads.table("The summary", "gaps-by-council", lambda: summary, gaps_list.sources(view)),
    )


def _briefing(found: Shown, view: GapsView) -> None:
    """Two pages of what is on screen."""
    counted, note = own_places.national(), own_places.counted_note(view.kinds)
    briefing_button.buttons(
        lambda link, made: briefing_gaps.of_view(
            view, found, frame.national(), link, made, counted, note
        ),
        "common-ground-gaps-briefing",
    )


def _note_box(view: GapsView) -> None:
    """Notes which box the chart shows: one brushed on it is there, any other is put there."""
    chart = st.session_state.setdefault(_CHART, _ChartState())
    if st.session_state.pop(_BRUSHED, False):
        chart = replace(chart, shown=view.box)
    elif view.box != chart.shown:
        chart = _ChartState(view.box, view.box, chart.number + 1)
    st.session_state[_CHART] = chart


def _page() -> None:
    store = frame.store()
    view, notices = gaps_controls.asked()
    gaps_controls.load(view)
    _note_box(view)
    frame.notices(*notices)
    made = _made(view)
    found = made.found
    if frame.is_embedded():
        frame.head_of_embedded("gaps")
        _map(found, view)
        return
    where = gaps_sentences.where(view, store)
    st.title("Gaps: high need, weak social infrastructure", anchor=False)
    with st.container(
        key="gaps-controls", horizontal=True, vertical_alignment="center", gap="small"
    ):
        gaps_controls.where_and_level(view, where)
        gaps_controls.what_counts(view)
        gaps_controls.walk(view)
        own_places.tick_count("gaps")
        with share.group(viewport=False):
            _briefing(found, view)
    said = f"{gaps_sentences.left(found, view, where)} {gaps_sentences.what_counts(view)}"
    spoken.sentence(said)
    with st.container():
        if own_places.counted_note(view.kinds):
            frame.note(own_places.counted_note(view.kinds))
    with st.container(key="gaps-charts"):
        charted, mapped = st.columns(2, gap="medium")
    with charted:
        _chart(made, view)
        _explained(found, view)
    with mapped:
        _map(found, view)
    with st.container(key="gaps-lists"):
        _list(made, view)
        _councils(made, view)
    if st.session_state.pop(_MEASURED, False):
        # What it took to measure anew from a million postcodes; the reader need not wait for it.
        memory.release()


_page()
