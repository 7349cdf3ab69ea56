"""What the page of gaps keeps for all who read it.

It stands here and not in the page, which is run anew for every reader and would set it up anew.
"""

from __future__ import annotations

import streamlit as st

from geo import gaps_page
from geo.gaps_page import GapsPage
from geo.gaps_view import GapsView
from pages import frame


@st.cache_resource(show_spinner=False, max_entries=6)
def shared(view: GapsView) -> GapsPage:
    """A ranking of areas by lists that are the same for everyone."""
    return gaps_page.made(view, frame.national())
