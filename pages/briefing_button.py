"""Buttons that make what is on screen ready for a meeting: two A4 pages, or a page to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from geo.briefing import Briefing
from geo.briefing_html import briefing_html
from geo.briefing_pdf import briefing_pdf
from pages import frame


def buttons(content: Callable[[str, date], Briefing], name: str) -> None:
    """Draws the buttons; what they give is made when they are used.

    content: from the link of the live view and today's date. name: of the files, without ending.
    """
    link = f"{st.context.url}?{urlencode(frame.link())}"
    st.download_button(
        "Briefing (PDF)",
        lambda: briefing_pdf(content(link, date.today())),
        file_name=f"{name}.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/print:",
        help="Two A4 pages for a meeting",
    )
    st.download_button(
        "Web page to print",
        lambda: briefing_html(content(link, date.today())).encode(),
        file_name=f"{name}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/web:",
        help="The same as one page by itself, nothing of it cut",
    )
