"""The search box: a postcode, place, council, ward, neighbourhood or code takes you there."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from geo import destination, letters, search
from pages import frame, map_parts

SEARCH = "search"
AREA_ALONE = "area alone"
Go = Callable[[search.Match], object]
_ADVICE = (
    "You can type a postcode (TN35 5BP), part of one (TN35), a place, council, ward or "
    "neighbourhood (Ore), or a code from the statistics office (E01020965)."
)


@lru_cache(maxsize=500)
def _found(text: str) -> tuple[search.Match, ...]:
    """The answers to what is typed, which are asked for again with every use of the page."""
    return tuple(search.search(text, frame.search_index()))


def box(go: Go | None = None, *, page: str = "", label: str = "Find a place") -> None:
    """The box and, under it, the best answers to what is typed in it.

    go: what choosing an answer does; by default the map looks at it. It gives False where the
    answer is of no use to the page, AREA_ALONE where only the map is to be drawn again. page: tells
    the boxes of several pages apart.
    """
    search_key = f"{page} search".strip()
    _box(label, search_key, f"{search_key} text", go or _look)


@frame.part(SEARCH)
def _box(label: str, search_key: str, key: str, go: Go) -> None:
    """What is typed changes the answers, and nothing else of the page."""
    if st.session_state.pop(_taken(key), False):
        # Here, since the browser is not told of what a callback sets before parts are drawn.
        st.session_state[key] = ""
    st.text_input(
        label,
        key=key,
        type="search",
        placeholder="Postcode, place, council, ward, neighbourhood or code",
        on_change=_typed,
        args=(key, go),
    )
    text = _text(key)
    if not text:
        return
    matches = _found(text)
    if not matches:
        read = frame.plain(letters.safe(text))
        st.info(f"Nothing found for “{read}”. {_ADVICE}", icon=":material/search_off:")
        return
    st.caption("Choose one:")
    with st.container(horizontal=True, gap="small"):
        for number, match in enumerate(matches):
            st.button(
                f"**{frame.plain(match.label)}** · {frame.plain(f'{match.what}, {match.context}')}",
                key=f"{search_key} answer {number}",
                on_click=_go,
                args=(key, go, match),
                help=match.note or None,
            )


def _text(key: str) -> str:
    """What is typed, as far as it is read: what is kept of it for the next use is no longer."""
    return st.session_state.get(key, "")[: search.MAX_LETTERS].strip()


def _taken(key: str) -> str:
    return f"{key} taken"


def _typed(key: str, go: Go) -> None:
    """A postcode, a code, or a name that only one place bears needs no choosing."""
    text = _text(key)
    match = destination.certain(_found(text) if text else ())
    if match:
        _go(key, go, match)


def _go(key: str, go: Go, match: search.Match) -> None:
    """Ends a callback: the page is drawn again unless `go` has said which parts of it are."""
    taken = go(match)
    if taken is not False:
        st.session_state[_taken(key)] = True
    if taken == AREA_ALONE:
        frame.redraw(SEARCH, map_parts.MAP)
    frame.redraw_page()


def _look(match: search.Match) -> object:
    before, _ = frame.asked()
    after = destination.view_of(match, before)
    frame.show(after)
    same = map_parts.without_area(after) == map_parts.without_area(before)
    return AREA_ALONE if same else None
