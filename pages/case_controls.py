"""The link of the case studies' page and the filters that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from geo import case_view, layers
from geo.case_cards import PART_LABELS
from geo.case_records import Case
from geo.case_rules import PARTS, THEMES
from geo.case_studies import COSTS
from geo.case_view import AGE_LABELS, AGES, CaseView
from pages import controls, frame

_LISTS = {
    "themes": THEMES,
    "costs": tuple(COSTS),
    "programmes": None,
    "parts": PARTS,
}
_SINGLE = ("ages", "layer")
_FILTERS = "cases filters"


def _values(view: CaseView) -> dict[str, object]:
    values = {name: getattr(view, name) for name in (*_LISTS, *_SINGLE)}
    return {n: list(value) if isinstance(value, tuple) else value for n, value in values.items()}


_CONTROLS = controls.Controls("cases", _values, case_view.query, {_FILTERS: (*_LISTS, "ages")})
_key, load = _CONTROLS.key, _CONTROLS.load


def asked() -> tuple[CaseView, tuple[str, ...]]:
    """The view that the address asks for, and notices of what in it there is not."""
    view, notices = case_view.parse(st.query_params.to_dict())
    view, more = case_view.known(view, frame.cases())
    return view, (*notices, *more)


def _used() -> None:
    before, _ = asked()
    said = _CONTROLS.said(before)
    for name, order in _LISTS.items():
        said[name] = tuple(sorted(said[name], key=order.index if order else None))
    _show(replace(before, **said))


def _show(view: CaseView) -> None:
    frame.put(case_view.query(view))


def open_case(key: str | None) -> None:
    """Puts the story of a case, or with None the list, in the address; filters stay."""
    before, _ = asked()
    _show(replace(before, case=key))


def _take_filters_off() -> None:
    before, _ = asked()
    _show(before.without_filters())


def take_filters_off() -> None:
    """A button that shows every case again."""
    st.button("Take all filters off", icon=":material/filter_alt_off:", on_click=_take_filters_off)


def filters(view: CaseView, cases: Sequence[Case]) -> None:
    """A drawer with every filter; cases must pass all of them."""
    _CONTROLS.drawer(
        _FILTERS, view, "Filters", lambda: _filters(cases), icon=":material/filter_alt:"
    )


def _filters(cases: Sequence[Case]) -> None:
    titles = case_view.programmes(cases)
    _pills("About", "themes", THEMES, str.capitalize)
    st.pills(
        "For ages",
        list(AGES),
        format_func=lambda age: AGE_LABELS.get(age, age),
        key=_key("ages"),
        on_change=_used,
        help="Cases whose source names no age are kept.",
    )
    _pills("Cost of one grant", "costs", COSTS, COSTS.get)
    _pills("What it built", "parts", PARTS, PART_LABELS.get)
    _pills("Programme", "programmes", titles, titles.get)


def _pills(label: str, name: str, options, words) -> None:
    st.pills(
        label,
        list(options),
        format_func=words,
        selection_mode="multi",
        key=_key(name),
        on_change=_used,
    )


def layer() -> None:
    """What colours the map."""
    st.selectbox(
        "Colour the map by",
        case_view.LAYERS,
        format_func=lambda key: layers.layer(key).label,
        key=_key("layer"),
        on_change=_used,
        width=360,
    )
