"""A button that copies the link to what is on screen, the map's own viewport included."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "copy_link.js").read_text(encoding="utf-8")
_MARKUP = """
<button type="button" class="copy">Copy link to this view</button>
<span class="said" role="status" aria-live="polite"></span>
<input class="link" type="text" readonly hidden aria-label="Link to this view">
"""
_STYLE = """
.copy { font: inherit; font-size: 1rem; min-height: 2.5rem; padding: .25rem .9rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: .5rem; }
.copy:hover { border-color: var(--st-primary-color); }
.copy:focus-visible { outline: 3px solid #ffbf47; outline-offset: 2px; }
.said { margin-left: .6rem; }
.link { width: 100%; margin-top: .4rem; padding: .3rem; font: inherit; }
"""


def button(viewport: bool = True) -> None:
    """Draws the button. The map owns its viewport, so the link is made in the browser.

    viewport: whether the page's links say where the map looks.
    """
    component = st.components.v2.component("copy_link", html=_MARKUP, css=_STYLE, js=_SCRIPT)
    component(key="copy link", data={"viewport": viewport}, height="content", width="content")
