"""What all pages share: the data, the look, the link, and errors said in words."""

from __future__ import annotations

import gc
import html
import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from altair.utils.schemapi import disable_debug_mode
from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner_utils import script_run_context

from geo import charts, frontend, headings, memory, search
from geo import view as views
from geo.case_records import Case, CaseError, load_cases
from geo.headings import Heading
from geo.national import National
from geo.store import DataError, Store, opened
from geo.view import View
from pages import html_parts, site
from pages.turns import Turns

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
_HERE = Path(__file__).parent
STYLES = {
    name: (_HERE / f"{name}.css").read_text(encoding="utf-8")
    for name in ("style", "phone", "meeting", "embed")
}
MEETING = "meeting"
_MEETING_LAST, _PAGE_LAST = "meeting on the page before", "page before"
_OF_PAGE = "kept until another page"
_Given = ParamSpec("_Given")
_LINK = "link_of_the_view_on_screen"
_WHOLE = "whole page drawn"
_LONGEST_KEPT = 8_000
_OPENED = threading.Event()
_WARM_UP = "warm-up"
_TURNS = Turns()
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
        # Read beside the shared tables: nothing else needs every place, and it is the largest.
        Store(data.data_dir).table("places"),
        data.postcodes,
    )


@st.cache_resource(show_spinner=False)
def scripts() -> frontend.Scripts:
    """Where the map's scripts come from: this server, or folium's own links without them."""
    return frontend.scripts(STATIC)


@st.cache_resource(show_spinner=False)
def cases() -> tuple[Case, ...]:
    """The case studies. Raises DataError, which says what is wrong with the first of them."""
    return opened(store().data_dir / "case_studies", _read_cases)


def _read_cases(folder: Path) -> tuple[Case, ...]:
    try:
        return load_cases(folder, set(store().table("councils")["ltla24_code"]))
    except CaseError as error:
        first, *others = error.problems
        more = f" There are {len(others):,} more like it." if others else ""
        raise DataError(f"data/case_studies cannot be read: {first}.{more}") from error


@lru_cache(maxsize=500)
def _heading(page: str, link: tuple[tuple[str, str], ...]) -> Heading:
    return headings.heading(page, dict(link), store(), cases())


def heading(page: str, link: Mapping[str, str]) -> Heading:
    """What to call the view that a link opens; see `headings.heading`."""
    words = tuple(sorted(link.items()))
    return (_heading if _is_kept(words) else _heading.__wrapped__)(page, words)


def _is_kept(query: tuple[tuple[str, str], ...]) -> bool:
    """Whether what a link says is kept for who opens it next; no page writes longer ones."""
    return sum(len(word) + len(text) for word, text in query) <= _LONGEST_KEPT


def preview(page: str, link: Mapping[str, str]) -> Heading:
    """The same for who asks before the page runs; nobody waits for the data to be opened."""
    return heading(page, link) if _OPENED.is_set() else headings.PLAIN[page]


@st.cache_resource(show_spinner=False)
def england() -> National:
    """What areas are held against; who asks for little of it waits for that part alone."""
    return National(store(), cases())


@st.cache_resource(show_spinner="Preparing the comparisons…")
def national() -> National:
    """The same with all that profiles need, prepared once and shared by every reader."""
    prepared = england()
    prepared.prepare()
    memory.release()
    gc.freeze()
    return prepared


def warm_up() -> None:
    """Begins to open the data beside the start of the server, so that no reader waits for it."""
    memory.take_from_the_system()
    # What opens the data looks for its reader; that there is none yet is nothing to warn of.
    log = logging.getLogger(script_run_context.__name__)
    log.addFilter(lambda record: record.threadName != _WARM_UP)
    threading.Thread(target=_prepare, name=_WARM_UP, daemon=True).start()


def _prepare() -> None:
    try:
        store()
        _OPENED.set()
        search_index()
        memory.release()
    except Exception:
        # Whoever comes first is told in words; the operator reads it here.
        _log.exception("the data could not be opened")


def _style() -> None:
    """The look shared by all pages, and what a meeting or another site's frame needs besides."""
    wanted = {"style": True, "phone": True, "meeting": is_meeting(), "embed": is_embedded()}
    st.html(f"<style>{''.join(STYLES[name] for name, on in wanted.items() if on)}</style>")


def _turn(page) -> None:
    """A meeting goes on when its reader turns to another page, whose link does not say so."""
    turned = st.session_state.get(_PAGE_LAST, page.url_path) != page.url_path
    if turned:
        st.session_state.pop(_OF_PAGE, None)
    if turned and st.session_state.get(_MEETING_LAST) and not is_meeting():
        st.query_params[MEETING] = "1"
    st.session_state[_PAGE_LAST] = page.url_path
    st.session_state[_MEETING_LAST] = is_meeting()


def run(page) -> None:
    """Shows a page in its turn; what goes wrong is said in words and logged for the operator."""
    st.session_state[_WHOLE] = False
    if not _OPENED.is_set():
        # What to call the page is known once the data are open.
        st.set_page_config(page_icon="🗺️", layout="wide")
    with _TURNS.turn():
        _turn(page)
        _style()
        with _told(page.title):
            name(page.url_path)
            page.run()
        footer()
    st.session_state[_WHOLE] = True


def name(page: str) -> None:
    """Calls the browser's tab what the view on screen is called. page: last part of its address."""
    st.set_page_config(heading(page, link()).full_title, "🗺️", "wide")


def part(
    key: str, page: str | None = None
) -> Callable[[Callable[_Given, None]], Callable[_Given, None]]:
    """A part of a page: it is drawn alone when a control in it is used, or by `redraw`.

    key: its name, once a page. page: last part of the page's address, where the part changes what
    the view is called.
    """

    def made(draw: Callable[_Given, None]) -> Callable[_Given, None]:
        @wraps(draw)
        def drawn(*given: _Given.args, **named: _Given.kwargs) -> None:
            if _TURNS.has_one():
                with _told(key):
                    draw(*given, **named)
                return
            with _TURNS.turn(), _told(key):
                if page is not None:
                    name(page)
                draw(*given, **named)

        return st.fragment(drawn, key=key)

    return made


def redraw(*keys: str) -> None:
    """Ends a control's callback: of the page only the parts of these names are drawn again.

    The whole page is where the last run of it was cut short by a reader who was faster, and in
    a meeting, where the words in large type say more than one part shows.
    """
    if st.session_state.get(_WHOLE) and not is_meeting():
        # A page that could not be drawn has no parts.
        with suppress(StreamlitAPIException):
            st.rerun(scope=list(keys))
    redraw_page()


def redraw_meeting() -> None:
    """Ends the callback of a control in a part: in a meeting the words above it change too."""
    if is_meeting():
        redraw_page()


def redraw_page() -> None:
    """Ends the callback of a control in a part that changes more than the part."""
    st.rerun()


@contextmanager
def _told(what: str) -> Iterator[None]:
    """What goes wrong while `what` is drawn is said in words and logged for the operator."""
    try:
        yield
    except DataError as error:
        st.error(plain(str(error)), icon=":material/error:")
    except Exception:
        _log.exception("page %s", what)
        st.error(
            "Something went wrong while drawing this page, and nothing was saved or lost. "
            "Reload it; if it happens again, start from the plain map and report the link "
            "you came by.",
            icon=":material/error:",
        )
        st.link_button("Start from the plain map", "./")


def ink() -> str:
    """The colour of text in charts, so that it can be read on a dark page too."""
    return "#f0f2f6" if st.context.theme.type == "dark" else charts.INK


def chart(drawing: charts.Drawing, alt: str | None = None) -> None:
    """A chart that is written once for all readers, with the rows of this one."""
    st.vega_lite_chart(drawing.rows, drawing.spec, alt=alt)


def asked() -> tuple[View, tuple[str, ...]]:
    """The view that the address bar asks for, and notices of what in it could not be read."""
    query = tuple(st.query_params.to_dict().items())
    return (_asked if _is_kept(query) else _asked.__wrapped__)(query)


@lru_cache(maxsize=100)
def _asked(query: tuple[tuple[str, str], ...]) -> tuple[View, tuple[str, ...]]:
    # A run of the map asks nine times.
    return views.parse(dict(query))


def show(view: View) -> None:
    """Puts `view` in the address bar; the page is drawn from there."""
    put(views.query(view))


def put(link: Mapping[str, str]) -> None:
    """Puts a page's link in the address bar; what belongs to no page's view stays there."""
    st.query_params.from_dict(_kept(link))


def _kept(link: Mapping[str, str]) -> dict[str, str]:
    """`link` with what belongs to no page's view."""
    return {**link, **({MEETING: "1"} if is_meeting() else {})}


def within(address: str) -> str:
    """An address within this app, for a link written as HTML: a meeting goes on there."""
    if not is_meeting():
        return address
    page, _, parameters = address.partition("?")
    return f"{page}?{urlencode(_kept(dict(parse_qsl(parameters))))}"


def page_link(
    page: str, *, label: str, icon: str | None = None, query_params: Mapping[str, str] | None = None
) -> None:
    """The way to a page of this app; a meeting goes on there, in a new tab too.

    page: last part of its address.
    """
    st.page_link(
        site.page(page), label=label, icon=icon, query_params=_kept(query_params or {}) or None
    )


def link() -> dict[str, str]:
    """The parameters of the view on screen, for whoever opens it elsewhere."""
    return {word: text for word, text in st.query_params.to_dict().items() if word != MEETING}


def of_this_page() -> dict[str, Any]:
    """What the session keeps until its reader turns to another page."""
    return st.session_state.setdefault(_OF_PAGE, {})


def is_meeting() -> bool:
    """Whether the page is shown for a room: large type, and nothing beside the map."""
    return st.query_params.get(MEETING) == "1"


def is_embedded() -> bool:
    """Whether another site shows the page in a frame of its own, where only the map has a place."""
    return bool(st.context.is_embedded)


def head_of_embedded(page: str) -> None:
    """What stands over a map on another site: what it shows, and the way to all of it."""
    parameters = link()
    title = html.escape(heading(page, parameters).title or headings.SITE)
    address = html.escape(f"?{urlencode(parameters)}")
    st.html(
        f'<div class="cg-embed"><p>{title}</p>'
        f'<a href="{address}" target="_blank" rel="noopener">Open in {headings.SITE}</a></div>'
    )


def link_changed(page: str, link: Mapping[str, str]) -> bool:
    """Whether a page's address changed since it was drawn last: a link opened, Back, Forward."""
    key = f"{_LINK} {page}"
    changed = st.session_state.get(key) != link
    st.session_state[key] = dict(link)
    return changed


def paragraphs(texts: Iterable[str]) -> None:
    """Plain sentences, one a paragraph, letter for letter."""
    st.html("".join(map(html_parts.paragraph, texts)))


def notices(*texts: str) -> None:
    """What in the link could not be read.

    What comes and goes above a map has a container of its own: an element more or less before it
    would have the browser start the map anew.
    """
    with st.container():
        for text in texts:
            st.warning(plain(text), icon=":material/link_off:")


def unseen(text: str, level: int = 2) -> None:
    """A heading for screen readers, where the look of the page says the same."""
    st.html(f'<h{level} class="cg-unseen">{html.escape(text)}</h{level}>')


def footer() -> None:
    """The way to what every page rests on; not in another site's frame, where the map is alone."""
    if is_embedded():
        return
    with st.container(key="footer", horizontal=True, gap="small"):
        page_link("accessibility", label="Accessibility")
        page_link("data-and-methods", label="Data and methods")


def note(text: str) -> None:
    """`html_parts.note`, drawn."""
    st.html(html_parts.note(text))


def columns(formats: Mapping[str, str]) -> dict[str, ColumnConfig | str | None]:
    """How a table shows its numbers: heading → format, "localized" for thousands set apart."""
    return {
        heading: st.column_config.NumberColumn(format=form) for heading, form in formats.items()
    }


# What Streamlit draws as another sign, or makes a link of, escaped or not.
_DRAWN_ANEW = re.compile(
    r"(?<!\S)([<~>-])(?=(?:->|-|>|=)(?!\S))|(www|https?)(?=\.|://)|(?=@)", re.I
)
_UNSEEN = "\u2060"


def plain(text: str) -> str:
    """`text` as Markdown that shows it letter for letter: names may hold Markdown's own signs.

    An unseen sign keeps lone "--" and the like, addresses and e-mail addresses as they are.
    """
    apart = _DRAWN_ANEW.sub(lambda found: found[0] + _UNSEEN, text)
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\\\1", apart)
