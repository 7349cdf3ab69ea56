"""The five recommendations: what each asks, where it points today, as a list and on a map."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import evidence_lists, evidence_view, layers, legend, tables
from geo.areas import NEIGHBOURHOOD
from geo.evidence import Evidence
from geo.evidence_lists import ListOf
from geo.evidence_view import EvidenceView
from pages import downloads, frame, shown_map
from pages.html_table import Link, table

HEIGHT = 500
_KEY = "evidence list"


@st.cache_resource(show_spinner="Making the list…")
def _list(key: str) -> pd.DataFrame:
    """A list, made once and shared by every reader."""
    return evidence_lists.list_of(key).make(frame.store())


def _chosen() -> None:
    frame.put(evidence_view.query(EvidenceView(st.session_state[_KEY])))


def load(view: EvidenceView) -> None:
    """Sets the choice of list to the link's where the address changed."""
    if frame.link_changed("evidence", evidence_view.query(view)) or _KEY not in st.session_state:
        st.session_state[_KEY] = view.list


def recommendations(words: Evidence, view: EvidenceView) -> None:
    """The choice of recommendation, and the list under the one chosen."""
    st.header("Five recommendations, and where they point today", anchor="recommendations")
    by_key = {row.key: row for row in words.recommendations}
    st.radio(
        "Recommendation",
        list(by_key),
        format_func=lambda key: f"{list(by_key).index(key) + 1}. {by_key[key].title}",
        key=_KEY,
        on_change=_chosen,
    )
    chosen, asked = evidence_lists.list_of(view.list), by_key[view.list]
    rows = _list(chosen.key)
    frame.paragraphs([f"The report asks: {asked.asks}", f"The list: {asked.list}"])
    if chosen.key == "young-futures":
        st.html(
            table(evidence_lists.STARTING_HEADINGS, evidence_lists.starting_councils(frame.store()))
        )
    st.markdown(f"**{frame.plain(evidence_lists.how_many(chosen, rows))}**")
    listed, shown = st.columns([6, 5], gap="large")
    with listed:
        _head(chosen, rows)
    with shown:
        _map(chosen, rows)
    frame.note(f"Bear in mind: {asked.limits}")


def _head(chosen: ListOf, rows: pd.DataFrame) -> None:
    cells: list[tuple[Link | str, ...]] = [
        (Link(name, _on_the_map(code)), *others)
        for code, name, *others in evidence_lists.rows(chosen, rows)
    ]
    st.html(table(evidence_lists.headings(chosen, rows), cells))
    frame.note(f"The first {len(cells)} of {len(rows):,}. Each name opens it on the map.")
    downloads.popover(
        "evidence list",
        downloads.table(
            "The list", chosen.key, lambda: rows, chosen.sources, shapes=lambda: _shapes(rows)
        ),
        label=f"Download all {len(rows):,}",
    )


def _shapes(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """The list's neighbourhoods or councils with their outlines."""
    store = frame.store()
    if rows["code"].iat[0].startswith("E02"):
        return tables.with_shapes(
            rows, store.level_shapes(NEIGHBOURHOOD), tables.CODES[NEIGHBOURHOOD]
        )
    return tables.with_shapes(rows, store.shapes("councils"), "ltla24_code")


def _on_the_map(code: str) -> str:
    return f"./?by=neighbourhood&area={code}" if code.startswith("E02") else f"./?council={code}"


def _map(chosen: ListOf, rows: pd.DataFrame) -> None:
    store = frame.store()
    state = evidence_lists.state(chosen, rows, store)
    shown_map.draw(
        state,
        key="evidence map",
        label="Map of the list. The table has its first rows, the download all of them.",
        height=HEIGHT,
    )
    st.html(
        legend.legend(
            layers.at_level(layers.layer(chosen.layer), state.level),
            store.sources,
            level=state.level,
            outlines=["listed"] if state.councils else [],
            faded=True,
            pale="not on this list",
        )
    )
