"""Small pieces of HTML that several pages share; all text is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit as st

_STYLE = (Path(__file__).parent / "stories.css").read_text(encoding="utf-8")


def style() -> None:
    """The look of stories and findings."""
    st.html(f"<style>{_STYLE}</style>")


def lead(text: str) -> str:
    """An opening sentence."""
    return f'<p class="cg-lead">{html.escape(text)}</p>'


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is a class of the style sheet."""
    return f'<p class="{kind}">{html.escape(text)}</p>' if kind else f"<p>{html.escape(text)}</p>"


def strong(text: str) -> str:
    """A paragraph in bold type."""
    return f"<p><strong>{html.escape(text)}</strong></p>"


def note(text: str) -> str:
    """What to mind about the figures above, letter for letter: quieter, and still read easily."""
    return paragraph(text, "cg-note")


def parts(*pieces: str) -> str:
    """Pieces one below the other, as far apart as Streamlit's own elements."""
    return "".join(f'<div class="cg-part">{piece}</div>' for piece in pieces)


def subheading(text: str, anchor: str) -> str:
    """A heading below a header of Streamlit's. anchor: what a link on the page calls it."""
    return f'<h3 id="{anchor}">{html.escape(text)}</h3>'


def fold(title: str, inside: str, is_open: bool = False) -> str:
    """HTML under a line that opens and closes it; it looks as Streamlit's own."""
    state = " open" if is_open else ""
    return (
        f'<details class="cg-fold"{state}><summary>{html.escape(title)}</summary>'
        f"<div>{inside}</div></details>"
    )


def together(*pieces: str) -> None:
    """Draws `parts` as one element: each takes the server nearly a millisecond."""
    st.html(parts(*pieces))


def bullets(items: Iterable[str | tuple[str, str]], tag: str = "ul") -> str:
    """A list; an item with a second text has it as a note below."""
    made = "".join(f"<li>{_item(item)}</li>" for item in items)
    return f'<{tag} class="cg-list">{made}</{tag}>'


def _item(item: str | tuple[str, str]) -> str:
    if isinstance(item, str):
        return html.escape(item)
    text, note = item
    return f'{html.escape(text)} <span class="cg-note">{html.escape(note)}</span>'


def facts(pairs: Mapping[str, str]) -> str:
    """Names and what they are, side by side."""
    made = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>"
        for name, text in pairs.items()
        if text
    )
    return f'<dl class="cg-facts">{made}</dl>'


def tags(words: Iterable[str]) -> str:
    """Words as a row of labels."""
    return f'<ul class="cg-tags">{"".join(f"<li>{html.escape(word)}</li>" for word in words)}</ul>'


def link(text: str, url: str) -> str:
    """A link to another site; without an address the text alone."""
    if not url.startswith("https://"):
        return html.escape(text)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noopener">{html.escape(text)}</a>'
