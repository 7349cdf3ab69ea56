"""The sentence that says what a page shows, and its voice: it is read out when it changes."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "spoken.js").read_text(encoding="utf-8")


def sentence(text: str) -> None:
    """What is on screen, in words. A screen reader says it when a choice changes it.

    Streamlit puts a new paragraph in place of the old one, which some screen readers pass over:
    the words are also put in a region that stays.
    """
    st.html(f'<p class="cg-sentence">{html.escape(text)}</p>')
    component = st.components.v2.component("spoken", html="<span></span>", js=_SCRIPT)
    component(key="spoken", data={"text": text}, height="content")
