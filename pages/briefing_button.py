"""A button that makes the two printed pages of what is on screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from geo.briefing import Briefing
from geo.briefing_pdf import briefing_pdf


def button(content: Callable[[str, date], Briefing], name: str) -> None:
    """Draws the button; the pages are made when it is used.

    content: from the link of the live view and today's date. name: of the file, without ending.
    """
    link = f"{st.context.url}?{urlencode(st.query_params.to_dict())}"
    st.download_button(
        "Briefing (PDF)",
        lambda: briefing_pdf(content(link, date.today())),
        file_name=f"{name}.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/print:",
    )
