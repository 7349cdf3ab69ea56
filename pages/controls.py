"""A page's controls and its link: what the link says goes into the controls, and only then."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def _loaded(page: str) -> str:
    return f"links loaded into the controls of {page}"


def key(page: str, name: str) -> str:
    """A control's key, new when a link brings other choices than those on screen.

    A control that is out of sight, in a closed popover, does not learn of a value set for it: it
    would send its old one back with the next click anywhere.
    """
    loaded = st.session_state.get(_loaded(page), 0)
    return f"{page} {name} {loaded}" if loaded else f"{page} {name}"


def load(page: str, values: Mapping[str, object], afresh: bool) -> None:
    """Sets the controls to `values`, by name: all when a link brought them, else those not drawn.

    afresh: whether the address changed by other means than a control.
    """
    drawn = [name for name in values if key(page, name) in st.session_state]
    if afresh and any(st.session_state[key(page, name)] != values[name] for name in drawn):
        st.session_state[_loaded(page)] = st.session_state.get(_loaded(page), 0) + 1
    for name, value in values.items():
        if key(page, name) not in st.session_state:
            st.session_state[key(page, name)] = value
