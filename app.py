"""Common Ground: deprivation and social infrastructure in England's neighbourhoods, on one map."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from pages import frame, lighter, link_previews, site, upload_bounds


def show() -> None:
    """One run for one reader: the frame, the navigation and the page that the address names."""
    embedded = frame.is_embedded()
    if not embedded:
        st.logo(str(frame.STATIC / "brand" / "common-ground.svg"), size="large", link=None)
    page = st.navigation(site.pages(), position="hidden" if embedded else "top")
    frame.run(page)


if __name__ == "__main__":
    show()
else:
    # The server imports this file once, before the first reader. Streamlit takes a folder called
    # pages for its older kind of navigation until st.navigation has run, and would tell whoever
    # comes first by a link that the page does not exist.
    PagesManager.uses_pages_directory = False
    lighter.install()
    frame.warm_up()
    app = st.App(
        __file__,
        middleware=[
            Middleware(link_previews.LinkPreviews, describe=frame.preview),
            Middleware(upload_bounds.UploadBounds),
        ],
    )
