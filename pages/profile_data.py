"""What the pages of areas share: an area's profile and outline, made once for all who read them.

These stand here and not in the pages: a page is run anew for every reader, and what it keeps would
be set up anew each time.
"""

from __future__ import annotations

import streamlit as st

from geo import profile_page, profiles
from geo.profile_page import ProfilePage
from geo.profiles import Outline
from pages import frame, profile_html
from pages.profile_html import ProfileHtml


@st.cache_resource(show_spinner=False, max_entries=64)
def page(area: str, postcode: str | None) -> ProfilePage:
    """A profile's page, for all that its readers do on it."""
    national = frame.national()
    place = national.store.postcodes.find(postcode) if postcode else None
    return profile_page.made(profiles.profile(area, national, place), national, place)


def html(area: str, postcode: str | None) -> ProfileHtml:
    """What the page of a profile says, as HTML and charts for this reader's page."""
    # In a meeting the links of the page say so.
    return _html(area, postcode, frame.ink(), frame.is_meeting())


@st.cache_resource(show_spinner=False, max_entries=64)
def _html(area: str, postcode: str | None, ink: str, in_meeting: bool) -> ProfileHtml:
    return profile_html.made(page(area, postcode), ink)


@st.cache_resource(show_spinner=False, max_entries=64)
def outline(code: str) -> Outline:
    """An area's outline, for all who set it beside others."""
    return profiles.outline(code, frame.national())
