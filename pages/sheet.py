"""On a phone the panel of the chosen area is a sheet at the foot of the screen; this opens it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPT = (Path(__file__).parent / "sheet.js").read_text(encoding="utf-8")
_MARKUP = """
<button type="button" class="handle" aria-expanded="false">
  <span class="title"></span><span class="mark" aria-hidden="true"></span>
  <span class="line"></span>
</button>
"""
_STYLE = """
.handle { display: grid; grid-template-columns: 1fr auto; width: 100%; min-height: 44px;
  font: inherit; text-align: left; padding: .35rem .25rem; cursor: pointer; border: 0;
  color: inherit; background: none; line-height: 1.3; }
.handle:focus-visible { outline: 3px solid #0b0c0c; outline-offset: -3px;
  box-shadow: inset 0 0 0 6px #ffdd00; }
.title { font-size: 1.1rem; font-weight: 700; }
.mark { grid-row: 1 / 3; grid-column: 2; align-self: center; font-size: 1.2rem; padding: 0 .5rem; }
.mark::before { content: "▲"; }
[aria-expanded=true] .mark::before { content: "▼"; }
.line { font-size: 1rem; }
"""


def handle(title: str, line: str) -> None:
    """The bar of the sheet, first in the container `area-sheet`; unseen on larger screens.

    title, line: what the sheet is about, and what matters most in it; plain text.
    """
    component = st.components.v2.component("sheet_handle", html=_MARKUP, css=_STYLE, js=_SCRIPT)
    component(key="sheet-handle", data={"title": title, "line": line}, height="content")
