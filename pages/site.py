"""The pages of the site, in the order in which the head of the page names them."""

from __future__ import annotations

from copy import copy

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def pages() -> list[StreamlitPage]:
    """Every page. Streamlit marks the one it shows: each run has its own."""
    return [copy(page) for page in _pages()]


@st.cache_resource(show_spinner=False)
def _pages() -> list[StreamlitPage]:
    """Looked up on the disk once."""
    return [
        st.Page("pages/map.py", title="Map", url_path="map", default=True),
        st.Page("pages/profile.py", title="Profile", url_path="profile"),
        st.Page("pages/gaps.py", title="Gaps", url_path="gaps"),
        st.Page("pages/compare.py", title="Compare", url_path="compare"),
        st.Page("pages/what_if.py", title="What if", url_path="what-if"),
        st.Page("pages/siting.py", title="Where next", url_path="where-next"),
        st.Page("pages/your_places.py", title="Your places", url_path="your-places"),
        st.Page("pages/case_studies.py", title="Case studies", url_path="case-studies"),
        st.Page("pages/evidence.py", title="Evidence", url_path="evidence"),
        st.Page("pages/data_and_methods.py", title="Data and methods", url_path="data-and-methods"),
        st.Page(
            "pages/accessibility.py",
            title="Accessibility",
            url_path="accessibility",
            visibility="hidden",
        ),
    ]
