"""The claims of the reports beside today's data: the answer, a chart, and how it was worked out."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo import charts, evidence_charts, verdicts
from geo.evidence import ASSOCIATION, ClaimText, Evidence
from geo.verdicts import Answer
from pages import downloads, frame, html_parts
from pages.html_table import table

# A word and a sign for how much of a claim holds: neither rests on colour.
_TONES = {
    "yes": ("✓", "Data agree"),
    "partly": ("◐", "Data agree in part"),
    "no": ("✗", "Not supported by data"),
}
_STATUS_TONE = {verdicts.YES: "yes", verdicts.UNCLEAR: "no", verdicts.OPPOSITE: "no"}
_SOURCES = {
    "child-income": ("iod2025", "iod2025_indicators", "cni2023", "census21_age"),
    "education": ("iod2025", "cni2023", "ruc21_lsoa"),
    "north": ("iod2004", "iod2010", "iod2025", "lookup_lsoa01", "lookup_lsoa11"),
}
# The distribution that belongs to a claim: measure of the table, what it shows, in words.
_DISTRIBUTIONS = {
    "child-income": (
        "idaci",
        "Income deprivation of children: of each 100 areas of a group, how many stand in which "
        "tenth of England by the published ranks.",
    ),
    "education": (
        "children_young_people",
        "Children’s education: of each 100 areas of the matched pairs, how many stand in which "
        "tenth of England.",
    ),
}


def answers_of(claim: ClaimText) -> tuple[Answer, ...]:
    """Today's answers to a claim."""
    findings = frame.store().table("evidence_findings")
    return verdicts.answers(findings, claim.key, claim.published)


def _mark(tone: str, words: str = "") -> str:
    sign, said = _TONES[tone]
    return f'<span class="cg-mark cg-{tone}"><b>{sign}</b> {html.escape(words or said)}</span>'


def at_a_glance(words: Evidence) -> None:
    """One line a claim, with a way to its detail."""
    made = ""
    for claim in words.claims:
        answers = answers_of(claim)
        made += (
            f"<li>{_mark(verdicts.tone(answers))}"
            f'<a href="#{claim.key}">{html.escape(claim.title)}</a>'
            f"<p>{html.escape(verdicts.headline(answers))}</p></li>"
        )
    st.html(f'<ul class="cg-glance">{made}</ul>')


def claims(words: Evidence) -> None:
    """Every claim."""
    st.header("Claims put to today’s data", anchor="claims")
    frame.paragraphs(
        [
            "An interval says how far a figure would move if other councils or neighbourhoods "
            "happened to be in it. A claim holds here only where the whole 95% interval lies on "
            f"its side. {ASSOCIATION} A difference between places does not say what made it."
        ]
    )
    for claim in words.claims:
        _claim(claim)


def _claim(claim: ClaimText) -> None:
    answers = answers_of(claim)
    main = sorted(answers, key=lambda answer: not answer.part.is_main)
    with st.container(border=True, key=f"claim {claim.key}"):
        st.subheader(frame.plain(claim.title), anchor=claim.key)
        st.html(
            f'<p class="cg-says"><b>{html.escape(claim.source.publisher)}, '
            f"{html.escape(str(claim.source.year))}:</b> {html.escape(claim.says)}</p>"
            f'<p class="cg-lead">{_mark(verdicts.tone(answers))} '
            f"{html.escape(verdicts.headline(answers))}</p>"
        )
        said, drawn = st.columns([5, 6], gap="large")
        with said:
            st.html(f'<ul class="cg-answers">{"".join(map(_answer, main))}</ul>')
            frame.note(f"What this cannot tell: {claim.cannot}")
        with drawn:
            _charts(claim, answers)
        with st.expander("How it was worked out, and every comparison"):
            _detail(claim, answers)


def _answer(answer: Answer) -> str:
    tone = _STATUS_TONE.get(answer.status)
    mark = _mark(tone, answer.status) if tone else f'<span class="cg-mark">{answer.status}</span>'
    return f"<li>{mark} {html.escape(verdicts.in_words(answer))}</li>"


@st.cache_resource(show_spinner=False)
def _intervals(claim: str, ink: str, _charted: Sequence[Answer]) -> dict:
    rows = evidence_charts.interval_rows(_charted, [answer.part.short for answer in _charted])
    return charts.as_spec(evidence_charts.intervals(rows, ink))


@st.cache_resource(show_spinner=False)
def _tenths(measure: str, ink: str) -> dict:
    table = frame.store().table("evidence_tenths")
    return charts.as_spec(evidence_charts.tenths(table, measure, ink))


def _charts(claim: ClaimText, answers: Sequence[Answer]) -> None:
    charted = [answer for answer in answers if answer.part.short]
    spoken = " ".join(verdicts.in_words(answer) for answer in charted)
    st.vega_lite_chart(spec=_intervals(claim.key, frame.ink(), charted), alt=spoken)
    marks = "Dot: figure. Bar: 95% interval. Dashed line: no difference."
    frame.note(f"{marks} Diamond: the report’s figure." if claim.published else marks)
    if claim.key in _DISTRIBUTIONS:
        measure, words = _DISTRIBUTIONS[claim.key]
        st.vega_lite_chart(spec=_tenths(measure, frame.ink()), alt=words)
        frame.note(words)


def _detail(claim: ClaimText, answers: Sequence[Answer]) -> None:
    store = frame.store()
    st.html(html_parts.bullets(claim.method))
    findings = store.table("evidence_findings")
    own = findings[findings["claim"] == claim.key].drop(columns="claim")
    rows = [
        (f"{row.period}: {row.label}" if row.period else row.label, row.words, _number(row))
        for row in own.itertuples()
    ]
    st.html(table(("Compared", "Found", "Small areas, or pairs"), rows))
    _take_away(claim, own, answers)


def _number(row) -> str:
    return f"{row.n:,} and {row.others:,}" if row.others else f"{row.n:,}"


def _take_away(claim: ClaimText, rows: pd.DataFrame, answers: Sequence[Answer]) -> None:
    """A claim's comparisons and charts as files."""
    sources = _SOURCES[claim.key]
    groups = [downloads.table("The comparisons", claim.key, lambda: rows, sources)]
    charted = [answer for answer in answers if answer.part.short]
    if charted:
        groups.append(
            downloads.chart(
                "The chart",
                f"{claim.key}-chart",
                lambda: _intervals(claim.key, charts.INK, charted),
                claim.title,
                sources,
            )
        )
    if claim.key in _DISTRIBUTIONS:
        measure, words = _DISTRIBUTIONS[claim.key]
        groups.append(
            downloads.chart(
                "By tenth",
                f"{claim.key}-tenths",
                lambda: _tenths(measure, charts.INK),
                words,
                sources,
            )
        )
    downloads.popover(f"claim {claim.key}", *groups)
