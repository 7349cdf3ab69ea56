"""Common Ground: deprivation and social infrastructure in England's neighbourhoods, on one map."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.dataframe import lazy_df_source
from streamlit.runtime.pages_manager import PagesManager

from pages import frame, link_previews


def show() -> None:
    """One run for one reader: the frame, the navigation and the page that the address names."""
    st.set_page_config(page_icon="🗺️", layout="wide")
    embedded = frame.is_embedded()
    if not embedded:
        st.logo(str(frame.STATIC / "brand" / "common-ground.svg"), size="large", link=None)
    page = st.navigation(
        [
            st.Page("pages/map.py", title="Map", url_path="map", default=True),
            st.Page("pages/profile.py", title="Profile", url_path="profile"),
            st.Page("pages/gaps.py", title="Gaps", url_path="gaps"),
            st.Page("pages/compare.py", title="Compare", url_path="compare"),
            st.Page("pages/what_if.py", title="What if", url_path="what-if"),
            st.Page("pages/siting.py", title="Where next", url_path="where-next"),
            st.Page("pages/your_places.py", title="Your places", url_path="your-places"),
            st.Page("pages/case_studies.py", title="Case studies", url_path="case-studies"),
            st.Page("pages/evidence.py", title="Evidence", url_path="evidence"),
            st.Page(
                "pages/data_and_methods.py", title="Data and methods", url_path="data-and-methods"
            ),
            st.Page(
                "pages/accessibility.py",
                title="Accessibility",
                url_path="accessibility",
                visibility="hidden",
            ),
        ],
        position="hidden" if embedded else "top",
    )
    frame.run(page)


if __name__ == "__main__":
    show()
else:
    # The server imports this file once, before the first reader. Streamlit takes a folder called
    # pages for its older kind of navigation until st.navigation has run, and would tell whoever
    # comes first by a link that the page does not exist.
    PagesManager.uses_pages_directory = False
    # The first page of a long table goes out with every run; a thousand rows are 100 KB.
    lazy_df_source.DEFAULT_PAGE_SIZE = 100
    frame.warm_up()
    app = st.App(
        __file__, middleware=[Middleware(link_previews.LinkPreviews, describe=frame.preview)]
    )
