"""What all pages share: the data, the look, the link, and errors said in words."""

from __future__ import annotations

import gc
import html
import logging
import re
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

import streamlit as st
from altair.utils.schemapi import disable_debug_mode

from geo import charts, frontend, memory, search
from geo import view as views
from geo.case_records import Case, load_cases
from geo.national import National
from geo.store import DataError, Store
from geo.view import View

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
_LINK = "link_of_the_view_on_screen"
_log = logging.getLogger("common_ground")
# Altair holds each part of a chart against its whole schema as it is made, and the chart once more
# when it is drawn. Once is enough.
disable_debug_mode()


@st.cache_resource(show_spinner="Opening the map’s data…")
def store() -> Store:
    """The data, opened once and shared by every reader."""
    opened = Store()
    for level in ("small-area", "neighbourhood"):
        opened.level(level)
    # What is loaded now stays: the collector need not walk it again.
    gc.collect()
    gc.freeze()
    return opened


@st.cache_resource(show_spinner=False)
def search_index() -> search.Index:
    """Every name that can be searched for."""
    data = store()
    return search.build_index(
        data.table("small_areas"),
        data.table("neighbourhoods"),
        data.table("councils"),
        data.table("wards"),
        data.table("places"),
        data.postcodes,
    )


@st.cache_resource(show_spinner=False)
def scripts() -> frontend.Scripts:
    """Where the map's scripts come from: this server, or folium's own links without them."""
    return frontend.scripts(STATIC)


@st.cache_resource(show_spinner=False)
def cases() -> tuple[Case, ...]:
    """The case studies."""
    return load_cases(store().data_dir / "case_studies")


@st.cache_resource(show_spinner="Preparing the comparisons…")
def national() -> National:
    """What areas are held against, prepared once and shared by every reader."""
    prepared = National(store(), cases())
    prepared.prepare()
    gc.collect()
    gc.freeze()
    return prepared


def warm_up() -> None:
    """Begins to open the data beside the start of the server, so that no reader waits for it."""
    threading.Thread(target=_prepare, name="warm-up", daemon=True).start()


def _prepare() -> None:
    try:
        store()
        memory.release()
    except Exception:
        # Whoever comes first is told in words; the operator reads it here.
        _log.exception("the data could not be opened")


def style() -> None:
    """The look shared by all pages."""
    st.html(f"<style>{STYLE}</style>")


def run(page) -> None:
    """Shows a page; what goes wrong is said in words and logged in full for the operator."""
    try:
        page.run()
    except DataError as error:
        st.error(str(error), icon=":material/error:")
    except Exception:
        _log.exception("page %s", page.title)
        st.error(
            "Something went wrong while drawing this page, and nothing was saved or lost. "
            "Reload it; if it happens again, start from the plain map and report the link "
            "you came by.",
            icon=":material/error:",
        )
        st.link_button("Start from the plain map", "map")


def ink() -> str:
    """The colour of text in charts, so that it can be read on a dark page too."""
    return "#f0f2f6" if st.context.theme.type == "dark" else charts.INK


def chart(drawing: charts.Drawing, alt: str | None = None) -> None:
    """A chart that is written once for all readers, with the rows of this one."""
    st.vega_lite_chart(drawing.rows, drawing.spec, alt=alt)


def asked() -> tuple[View, tuple[str, ...]]:
    """The view that the address bar asks for, and notices of what in it could not be read."""
    return views.parse(st.query_params.to_dict())


def show(view: View) -> None:
    """Puts `view` in the address bar; the page is drawn from there."""
    st.query_params.from_dict(views.query(view))


def came_from_elsewhere(view: View) -> bool:
    """Whether the map's address changed by other means than a control: see `link_changed`."""
    return link_changed("map", views.query(view))


def link_changed(page: str, link: Mapping[str, str]) -> bool:
    """Whether a page's address changed since it was drawn last: a link opened, Back, Forward."""
    key = f"{_LINK} {page}"
    changed = st.session_state.get(key) != link
    st.session_state[key] = dict(link)
    return changed


def paragraphs(texts: Iterable[str]) -> None:
    """Plain sentences, one a paragraph, letter for letter."""
    st.html("".join(f"<p>{html.escape(text)}</p>" for text in texts))


def notices(*texts: str) -> None:
    """What in the link could not be read.

    What comes and goes above a map has a container of its own: an element more or less before it
    would have the browser start the map anew.
    """
    with st.container():
        for text in texts:
            st.warning(plain(text), icon=":material/link_off:")


def note(text: str) -> None:
    """What to mind about the figures above, letter for letter: quieter, and still read easily."""
    st.html(f'<p class="cg-note">{html.escape(text)}</p>')


def plain(text: str) -> str:
    """`text` as Markdown that shows it letter for letter: names may hold Markdown's own signs."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:])", r"\\\1", text)
