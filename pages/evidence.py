"""What the evidence says: claims held against data, who gained, where to act, what helps."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo import charts, evidence_figures, evidence_view
from geo import view as views
from geo.case_view import CaseView
from geo.case_view import query as case_query
from geo.evidence import ASSOCIATION, Evidence
from geo.evidence_charts import PATH_COLOURS, PATHS
from geo.paths import CITY_REGIONS, region_of
from geo.sentences import joined
from geo.view import View
from pages import (
    downloads,
    evidence_chain,
    evidence_claims,
    evidence_data,
    evidence_lists,
    frame,
    html_parts,
)

_CONTENTS = {
    "claims": "Claims put to today’s data",
    "paths": "Who gained and who fell back",
    "recommendations": "Five recommendations, and where they point",
    "chain": "What helps, in people’s words",
    "unanswered": "What the data cannot answer",
}


# What the paths rest on; all of them are ranks as published.
_PATH_SOURCES = ("iod2004", "iod2010", "iod2025", "lookup_lsoa01", "lookup_lsoa11")


def _opening(words: Evidence) -> None:
    st.title("What the evidence says", anchor=False)
    st.html(
        html_parts.lead(
            "Reports make claims about deprived places and what people there share. Here each is "
            f"held against today’s data, and it is said where the data do not agree. {ASSOCIATION}"
        )
    )
    evidence_claims.at_a_glance(words)
    links = "".join(f'<li><a href="#{key}">{text}</a></li>' for key, text in _CONTENTS.items())
    st.html(f'<nav aria-label="On this page"><ul class="cg-contents">{links}</ul></nav>')


def _paths(words: Evidence) -> None:
    st.header("Who gained and who fell back", anchor="paths")
    table = frame.store().table("evidence_paths")
    frame.paragraphs(
        [
            "Each deprived small area is held against all in England that began in the same "
            "twentieth of the ranking. Gained: it did better than three in four of them. Fell "
            "back: worse than three in four. In England, by construction, a quarter gained and a "
            "quarter fell back."
        ]
    )
    key = "".join(
        f'<li><span aria-hidden="true" style="background:{colour}"></span>{name}</li>'
        for name, colour in zip(PATHS.values(), PATH_COLOURS.values(), strict=True)
    )
    st.html(f'<ul class="cg-key">{key}</ul>')
    for column, (period, _, _, measure) in zip(
        st.columns(3, gap="large"), evidence_figures.PATH_PERIODS, strict=True
    ):
        with column:
            st.markdown(f"**{period}, {measure}**")
            st.vega_lite_chart(
                spec=evidence_data.path_chart(period, frame.ink()),
                alt=evidence_figures.paths_in_words(table, period),
            )
    downloads.popover(
        "paths",
        downloads.table("The paths", "paths", lambda: table, _PATH_SOURCES),
        *(
            downloads.chart(
                period,
                f"paths-{period.replace(' ', '-')}",
                partial(evidence_data.path_chart, period, charts.INK, with_key=True),
                f"Deprived small areas that gained, kept pace or fell back, {period}: {measure}",
                _PATH_SOURCES,
            )
            for period, _, _, measure in evidence_figures.PATH_PERIODS
        ),
    )
    st.markdown("The paths of 2004 to 2025 on the map:")
    region = region_of(frame.store().table("councils"))
    with st.container(horizontal=True, gap="small"):
        for name in (evidence_figures.ENGLAND, *CITY_REGIONS):
            codes = tuple(sorted(region.index[region == name]))
            frame.page_link(
                "map",
                label=name,
                icon=":material/map:",
                query_params=views.query(View(layer="path", councils=codes, outlines=())),
            )
    st.subheader("What the report found where neighbourhoods improved, and where they lagged")
    frame.paragraphs(
        [
            f"{words.sources['rebalancing'].publisher} ({words.sources['rebalancing'].year}) "
            "followed pairs of neighbourhoods in Leeds, Liverpool and Middlesbrough that began "
            "alike. Whether an area on the map is like them cannot be read from its rank."
        ]
    )
    told = [path for path in words.paths if path.found]
    for column, path in zip(st.columns(len(told), gap="large"), told, strict=True):
        with column:
            st.markdown(f"**{frame.plain(path.label)}**")
            st.html(html_parts.bullets(path.found))
    frame.page_link(
        "case-studies",
        label="The stories of the three cities",
        icon=":material/menu_book:",
        query_params=case_query(CaseView(programmes=("rebalancing-local-economies",))),
    )
    regions = "; ".join(f"{name}: {joined(councils)}" for name, councils in CITY_REGIONS.items())
    frame.note(f"The regions here are made of today’s councils. {regions}.")


def _unanswered(words: Evidence) -> None:
    st.header("What the data cannot answer", anchor="unanswered")
    st.html(html_parts.bullets(words.unanswered))
    st.header("Sources", anchor="sources")
    made = "".join(
        f"<li>{html_parts.link(source.link_text, source.url)}</li>"
        for source in words.sources.values()
    )
    st.html(f'<ul class="cg-list">{made}</ul>')
    frame.page_link(
        "data-and-methods",
        label="How each measure is made",
        icon=":material/function:",
    )


def _page() -> None:
    html_parts.style()
    view, notices = evidence_view.parse(st.query_params.to_dict())
    evidence_lists.load(view)
    frame.notices(*notices)
    words = evidence_data.words()
    _opening(words)
    evidence_claims.claims(words)
    _paths(words)
    evidence_lists.recommendations(words, view)
    evidence_chain.chain(words)
    _unanswered(words)


_page()
