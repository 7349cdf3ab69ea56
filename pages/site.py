"""The pages of the site, in the order in which the head of the page names them."""

from __future__ import annotations

from copy import copy

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_PAGES = {
    "map": ("map.py", "Map"),
    "profile": ("profile.py", "Profile"),
    "gaps": ("gaps.py", "Gaps"),
    "compare": ("compare.py", "Compare"),
    "what-if": ("what_if.py", "What if"),
    "where-next": ("siting.py", "Where next"),
    "your-places": ("your_places.py", "Your places"),
    "case-studies": ("case_studies.py", "Case studies"),
    "evidence": ("evidence.py", "Evidence"),
    "data-and-methods": ("data_and_methods.py", "Data and methods"),
    "accessibility": ("accessibility.py", "Accessibility"),
}
_FIRST, _NOT_IN_HEAD = "map", ("accessibility",)


def pages() -> list[StreamlitPage]:
    """Every page. Streamlit marks the one it shows: each run has its own."""
    return [copy(page) for page in _pages().values()]


def page(address: str) -> StreamlitPage:
    """The page at an address, by its last part, for a link to it."""
    return _pages()[address]


@st.cache_resource(show_spinner=False)
def _pages() -> dict[str, StreamlitPage]:
    """Looked up on the disk once: a link that names a file looks it up at every run."""
    return {
        address: st.Page(
            f"pages/{file}",
            title=title,
            url_path=address,
            default=address == _FIRST,
            visibility="hidden" if address in _NOT_IN_HEAD else "visible",
        )
        for address, (file, title) in _PAGES.items()
    }
