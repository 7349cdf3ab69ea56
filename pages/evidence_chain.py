"""What a review found to help: context, mechanism, outcomes, as ordered statements with N."""

from __future__ import annotations

import html

import streamlit as st

from geo.evidence import STAGES, Evidence, Statement, in_words, statements_on
from pages import frame, html_parts

_STAGE_WORDS = {
    "context": "Context: what people met with",
    "mechanism": "Mechanism: what that set going",
    "short-term outcome": "Short-term outcome",
    "long-term outcome": "Long-term outcome",
    "outcomes people name themselves": "Outcomes people name themselves",
}
_GROUPING_WORDS = {
    "participant": "By who was asked",
    "theme": "By what the project did",
    "model": "By model of co-production, from the shallowest to the deepest",
}


def chain(words: Evidence) -> None:
    """The chain, a card a stage, with the groups behind a line to open."""
    source = words.sources["review"]
    st.header("What helps, in the words of people who took part", anchor="chain")
    frame.paragraphs(
        [
            "A review of community-led projects in Scotland asked partners, community "
            "organisations and members what helped and what came of it. First things first: the "
            "lists are in the order of how many named each. The source shows sizes only as "
            "charts, so there are no percentages here. N is how many were asked or answered."
        ]
    )
    *chained, own = STAGES
    cards = "".join(_stage(words, stage) for stage in chained)
    st.html(f'<ol class="cg-chain">{cards}</ol><div class="cg-chain">{_card(words, own)}</div>')
    st.html(f'<p class="cg-note">Source: {html_parts.link(source.link_text, source.url)}</p>')


def _stage(words: Evidence, stage: str) -> str:
    return f"<li>{_card(words, stage)}</li>"


def _card(words: Evidence, stage: str) -> str:
    everyone, *others = statements_on(words, stage)
    more = "".join(
        f"<h4>{html.escape(said)}</h4>"
        + html_parts.bullets([in_words(row) for row in others if row.by == grouping])
        for grouping, said in _GROUPING_WORDS.items()
        if any(row.by == grouping for row in others)
    )
    return (
        f'<section class="cg-stage"><h3>{html.escape(_STAGE_WORDS[stage])}</h3>'
        f"{_ordered(everyone)}"
        f"<details><summary>By group</summary>{more}</details></section>"
    )


def _ordered(row: Statement) -> str:
    note = html_parts.paragraph(row.text) if row.text else ""
    basis = html_parts.paragraph(f"{row.group}, {row.basis}", "cg-note")
    return html_parts.bullets(row.order, "ol") + note + basis
