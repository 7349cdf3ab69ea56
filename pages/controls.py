"""A page's controls and its link: what the link says goes into the controls, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from geo.profile_sentences import capital
from geo.reached import REACHED
from geo.thresholds import THRESHOLDS
from geo.view import MAX_COUNCILS
from pages import frame

_ABSENT = object()


def _loaded(group: str) -> str:
    return f"links loaded into the controls of {group}"


def key(page: str, name: str, group: str = "") -> str:
    """A control's key, new when a link brings other choices than those on screen.

    group: the controls that are set together, by default all of the page.

    A control that is out of sight, in a closed popover, does not learn of a value set for it: it
    would send its old one back with the next click anywhere.
    """
    loaded = st.session_state.get(_loaded(group or page), 0)
    return f"{page} {name} {loaded}" if loaded else f"{page} {name}"


def _other(drawn: object, value: object) -> bool:
    """Whether a control says something else; the order in which things were ticked says nothing."""
    if isinstance(drawn, list) and isinstance(value, list):
        return sorted(drawn) != sorted(value)
    return drawn != value


def load(page: str, values: Mapping[str, object], afresh: bool, group: str = "") -> None:
    """Sets the controls to `values`, by name: all when a link brought them, else those not drawn.

    afresh: whether the address changed by other means than a control. group: as in `key`.
    """
    drawn = _drawn(page, values, group)
    if afresh and any(_other(drawn[name], values[name]) for name in drawn):
        counter = _loaded(group or page)
        st.session_state[counter] = st.session_state.get(counter, 0) + 1
        drawn = _drawn(page, values, group)
    for name in values.keys() - drawn.keys():
        st.session_state[key(page, name, group)] = values[name]


def _drawn(page: str, names: Iterable[str], group: str) -> dict[str, object]:
    """What the controls on screen say, by name."""
    stem = key(page, "{}", group)
    said = {name: st.session_state.get(stem.format(name), _ABSENT) for name in names}
    return {name: value for name, value in said.items() if value is not _ABSENT}


def kind_of_place(key: str, used: Callable[[], None]) -> None:
    """Which kind of place is asked about. key: the control's; used: what to do with the answer."""
    st.selectbox(
        "Kind of place",
        list(REACHED),
        format_func=service,
        key=key,
        on_change=used,
        width=270,
    )


def service(kind: str) -> str:
    """A kind of REACHED as a control names it."""
    return capital(REACHED[kind].plural)


def walk(key: str, used: Callable[[], None], said: str | None = None) -> None:
    """How far is too far. said: where that comes from."""
    st.segmented_control(
        "A walk of",
        list(THRESHOLDS),
        format_func=lambda key: THRESHOLDS[key].label,
        key=key,
        on_change=used,
        required=True,
        help=said,
    )


@st.cache_resource(show_spinner=False)
def _councils_and_regions() -> tuple[dict[str, str], dict[str, str]]:
    """What councils and regions are called, by code; in the order of choosing."""
    councils = frame.store().table("councils").sort_values("ltla24_name")
    regions = councils.sort_values("region24_name")
    return (
        dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True)),
        dict(zip(regions["region24_code"], regions["region24_name"], strict=True)),
    )


def councils_and_regions(
    page: str, used: Callable[[], None], every: tuple[str, str], group: str = ""
) -> None:
    """Which councils and regions, as many as fit a link. every: what it means to choose none."""
    names = zip(("councils", "regions"), ("Councils", "Regions"), strict=True)
    for (name, label), called, none in zip(names, _councils_and_regions(), every, strict=True):
        st.multiselect(
            label,
            list(called),
            format_func=called.__getitem__,
            key=key(page, name, group),
            on_change=used,
            placeholder=none,
            max_selections=MAX_COUNCILS,
        )
