"""How a view is shared: its link, a code that phones read, a frame for other sites, a meeting."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.links import MAX_PARAMETER_LENGTH
from geo.qr import qr_svg
from pages import frame

_HERE = Path(__file__).parent
_MARKUP = (_HERE / "share.html").read_text(encoding="utf-8")
_STYLE = (_HERE / "share.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "share.js").read_text(encoding="utf-8")
_KEY = "share"
_SWITCH = "meeting mode"


def group(*, viewport: bool = True, embed: bool = True) -> DeltaGenerator:
    """Draws the buttons. The map owns its viewport, so the link is made in the browser.

    viewport: whether the page's links say where the map looks. embed: whether the page has a map
    that can stand on another site. Returns the row, which other ways to take the page away join:
    it stays together where controls wrap.
    """
    row = st.container(
        key="take-away", horizontal=True, width="content", vertical_alignment="center", gap="small"
    )
    with row:
        _buttons(viewport, embed)
        st.session_state[_SWITCH] = frame.is_meeting()
        st.toggle("Meeting mode", key=_SWITCH, on_change=_switched)
    return row


@st.fragment
def _buttons(viewport: bool, embed: bool) -> None:
    """The part of the page that runs again when its code is asked for, and alone."""
    link = (st.session_state.get(_KEY) or {}).get("link") or ""
    drawn = qr_svg(link) if 0 < len(link) <= MAX_PARAMETER_LENGTH else None
    component = st.components.v2.component("share", html=_MARKUP, css=_STYLE, js=_SCRIPT)
    component(
        key=_KEY,
        data={"viewport": viewport, "embed": embed, "code": {"link": link, "svg": drawn}},
        default={"link": ""},
        on_link_change=lambda: None,
        height="content",
        width="content",
    )


def _switched() -> None:
    if st.session_state[_SWITCH]:
        st.query_params[frame.MEETING] = "1"
    else:
        st.query_params.pop(frame.MEETING, None)
