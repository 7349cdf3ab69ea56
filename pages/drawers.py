"""Popovers that are filled once they are opened.

What a closed popover holds costs every run of the page as much as what is on screen: a third of the
map page's messages were controls that few readers open.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def address() -> dict[str, str]:
    """What the link says of the page."""
    return st.query_params.to_dict()


def drawer(
    label: str,
    fill: Callable[[], None],
    *,
    icon: str,
    key: str,
    says: Callable[[], object] = address,
) -> None:
    """A popover with what `fill` draws. Opening it draws it alone, not the page.

    key: under which the session keeps whether it is open. says: what its controls change, and
    what it shows; once that is not what it was when the page was drawn, the page is drawn anew.
    """
    _drawn(label, fill, icon, key, says, says())


@st.fragment
def _drawn(label, fill, icon, key, says, said) -> None:
    if says() != said:
        st.rerun()
    popover = st.popover(label, icon=icon, key=key, on_change="rerun")
    if popover.open:
        with popover:
            fill()
