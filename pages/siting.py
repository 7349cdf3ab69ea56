"""Where next: the best places for new ones, for those whom the reader counts."""

from __future__ import annotations

import streamlit as st

from geo import (
    briefing_siting,
    legend,
    siting_map,
    siting_run,
    siting_sentences,
    siting_view,
)
from geo.reached import REACHED
from geo.siting_run import CannotChoose, Result, Run
from geo.siting_view import SitingView
from pages import (
    briefing_button,
    frame,
    scenario_data,
    share,
    shown_map,
    siting_controls,
    siting_results,
    spoken,
)

_RUN = "siting run"
# Short answers are waited for, so that no progress bar flickers.
_PATIENCE_S = 2.5
_EVERY_S = 0.5
_STEPS = {
    siting_run.WAITING: "Waiting for another reader’s question about all England",
    siting_run.GATHERING: "Gathering people and buildings",
    "swaps": "Swapping places for better ones",
    "bound": "Bounding how much better another choice could be",
    "next": "Comparing with other choices",
    "exact": "Proving the choice best",
}
HEIGHT = 560


def _start(question: SitingView) -> None:
    """Begins to answer a question; a reader has one at a time."""
    before: Run | None = st.session_state.get(_RUN)
    if before:
        before.stop()
    st.session_state[_RUN] = scenario_data.runs().start(question)


def _current(view: SitingView, afresh: bool) -> Run | None:
    """The run that answers `view`; None where the reader has yet to ask for it."""
    question = view.question
    run: Run | None = st.session_state.get(_RUN)
    if run and run.question == question:
        return run
    if question.is_quick or afresh or scenario_data.runs().finished(question):
        _start(question)
        return st.session_state[_RUN]
    if run:
        run.stop()
    return None


@st.fragment(run_every=_EVERY_S)
def _progress(run: Run) -> None:
    """How far a run has got, with a way to stop it."""
    if run.is_done:
        st.rerun()
    most = 3 * siting_run.TIME_LIMIT_S
    st.progress(
        min(run.seconds / most, 0.99),
        f"{_STEPS.get(run.step, run.step)}: {run.seconds:.0f} s. It ends by itself, all England "
        "within about a minute.",
    )
    st.button("Stop, and show the best so far", icon=":material/stop_circle:", on_click=run.stop)


def _answer(view: SitingView, afresh: bool) -> Result | None:
    """The answer if it is there; else how to get it, or how far it has got."""
    run = _current(view, afresh)
    if run is None:
        st.write("All England takes up to a minute.")
        st.button(
            "Work it out", on_click=_start, args=(view.question,), type="primary",
            icon=":material/play_arrow:",
        )  # fmt: skip
        return None
    if not run.wait(_PATIENCE_S):
        _progress(run)
        return None
    if isinstance(run.error, CannotChoose):
        st.warning(frame.plain(str(run.error)), icon=":material/info:")
        return None
    if run.error:
        raise run.error
    return run.result


def _said(view: SitingView, result: Result, area: str) -> None:
    for line in siting_sentences.shortfalls(view, result, area):
        st.warning(frame.plain(line), icon=":material/info:")
    said = siting_sentences.headline(view, result, area)
    spoken.sentence(said)
    frame.paragraphs([siting_sentences.proof(result)])
    if result.stopped:
        st.button("Work on it to the end", on_click=_start, args=(view.question,))


def _briefing(view: SitingView, result: Result) -> None:
    """Two pages of the answer."""
    briefing_button.buttons(
        lambda link, made: briefing_siting.of_answer(view, result, frame.national(), link, made),
        "common-ground-where-next-briefing",
    )


def _map(view: SitingView, result: Result | None) -> None:
    shown = siting_map.state(view, frame.national(), result)
    shown_map.draw(
        shown,
        key="siting map",
        label="Map of the places chosen. The table below lists them.",
        height=HEIGHT,
        sources=[key for kind in view.open_now for key in REACHED[kind].sources],
    )
    with st.expander("Key to the map"):
        st.html(
            legend.legend(
                siting_map.LAYER,
                frame.store().sources,
                points=shown.points,
                outlines=["double", *(["council"] if shown.council is not None else [])],
                faded=view.area != siting_view.ENGLAND,
                pale="outside the chosen area",
            )
        )


def _page() -> None:
    councils = frame.store().table("councils")
    view, notices = siting_controls.asked()
    afresh = siting_controls.load(view)
    frame.notices(*notices)
    if frame.is_embedded():
        frame.head_of_embedded("where-next")
        with st.container():
            result = _answer(view, afresh)
        _map(view, result)
        return
    area = siting_view.area_name(view.area, councils)
    st.title(frame.plain(siting_sentences.question(view, area)), anchor=False)
    with st.container(key="controls"):
        siting_controls.choices(view)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            siting_controls.needs()
            take_away = share.group()
    with st.container():
        result = _answer(view, afresh)
        if result:
            _said(view, result, area)
            with take_away:
                _briefing(view, result)
    with st.container(key="map-and-panel"):
        shown, side = st.columns([6, 4], gap="medium")
    with shown:
        _map(view, result)
    if result:
        with side:
            siting_results.beside(view, result)
    with st.container(key="below"):
        if result:
            siting_results.places(view, result)
            siting_results.other_ways(view, result)
        siting_results.policy()
        siting_results.unknown(view)


_page()
