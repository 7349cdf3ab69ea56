"""The controls of the Where-next page. Each, when used, puts a new view in the link."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import siting, siting_view
from geo.reached import REACHED
from geo.siting_sentences import AIM_LABELS, CANDIDATE_LABELS, WHOSE_LABELS, WHOSE_MEANS
from geo.siting_view import AIMS, CANDIDATES, WHOSE, SitingView
from pages import controls, frame

_FIELDS = ("kind", "area", "count", "walk", "aim", "whose", "rule")
_GIVEN = "siting given"


def _values(view: SitingView) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(view, name) for name in _FIELDS}
    values["candidates"] = list(view.candidates)
    values["open"] = list(view.open_now)
    return values


_CONTROLS = controls.Controls(
    "siting", _values, siting_view.query, {_GIVEN: ("candidates", "open", "aim")}
)
_key, load = _CONTROLS.key, _CONTROLS.load


def asked() -> tuple[SitingView, tuple[str, ...]]:
    """The view that the address bar asks for, and notices of what in it there is not."""
    view, notices = siting_view.parse(st.query_params.to_dict())
    view, more = siting_view.known(view, frame.store().table("councils"))
    return view, (*notices, *more)


def _used() -> None:
    before, _ = asked()
    said = _CONTROLS.said(before)
    own = tuple(sorted(said["open"], key=list(REACHED).index))
    if said["kind"] != before.kind and own == before.open_now and before.open_kinds is None:
        own = (said["kind"],)
    view = replace(
        before,
        **{name: said[name] for name in _FIELDS},
        candidates=(
            tuple(sorted(said["candidates"], key=CANDIDATES.index)) or SitingView().candidates
        ),
        open_kinds=None if own == (said["kind"],) else own,
        # Another area is looked at; a shared viewport no longer is.
        at=before.at if said["area"] == before.area else None,
    )
    _CONTROLS.put(view)


def take_rule_off() -> None:
    """Asks the same without the rule."""
    _CONTROLS.put(replace(asked()[0], rule=0))


def choices(view: SitingView) -> None:
    """Where, how many, of what and how near."""
    areas = siting_view.area_options(frame.store().table("councils"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Where",
            list(areas),
            format_func=lambda code: areas.get(code, code),
            key=_key("area"),
            on_change=_used,
            width=280,
        )
        st.number_input(
            "How many new", 1, siting.MOST_PLACES, key=_key("count"), on_change=_used, width=150
        )
        controls.kind_of_place(_key("kind"), _used)
        controls.walk(_key("walk"), _used)
        _CONTROLS.drawer(_GIVEN, view, "Buildings and what is open", _given, icon=":material/tune:")


def _given() -> None:
    """What is taken as given, and what is best."""
    st.pills(
        "New places could be in",
        list(CANDIDATES),
        format_func=lambda key: CANDIDATE_LABELS.get(key, key),
        selection_mode="multi",
        key=_key("candidates"),
        on_change=_used,
    )
    st.multiselect(
        "What counts as open already",
        list(REACHED),
        format_func=controls.service,
        key=_key("open"),
        on_change=_used,
        placeholder="Nothing: start afresh",
    )
    st.radio(
        "What is best",
        list(AIMS),
        format_func=lambda aim: AIM_LABELS.get(aim, aim),
        key=_key("aim"),
        on_change=_used,
    )


def needs() -> None:
    """Whose need counts, and the rule."""
    st.segmented_control(
        "Whose need counts",
        list(WHOSE),
        format_func=lambda who: WHOSE_LABELS.get(who, who),
        key=_key("whose"),
        on_change=_used,
        required=True,
        help=" ".join(f"{WHOSE_LABELS[key]}: {WHOSE_MEANS[key]}" for key in WHOSE),
    )
    st.number_input(
        "Rule: % in doubly disadvantaged areas",
        0,
        100,
        step=10,
        key=_key("rule"),
        on_change=_used,
        width=290,
        help="So many of the new places must stand in doubly disadvantaged small areas: those in "
        "the worst tenth both for deprivation and for community need. 0 is no rule.",
    )
