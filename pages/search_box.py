"""The search box: a postcode, place, council, ward, neighbourhood or code takes you there."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from geo import destination, letters, search
from pages import frame

_ANSWERS = "answers"
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
    answer is of no use to the page. page: tells the boxes of several pages apart.
    """
    search_key = f"{page} search".strip()
    key = f"{search_key} text"
    go = go or _look
    st.text_input(
        label,
        key=key,
        type="search",
        placeholder="Postcode, place, council, ward, neighbourhood or code",
        on_change=_typed,
        args=(key, go),
    )
    _answers(search_key, key, go)


@frame.part(_ANSWERS)
def _answers(search_key: str, key: str, go: Go) -> None:
    """The answers to what is typed, drawn without the rest of the page."""
    text = st.session_state.get(key, "").strip()
    if not text:
        return
    matches = _found(text)
    if not matches:
        read = frame.plain(letters.safe(text[: search.MAX_LETTERS]))
        st.info(f"Nothing found for “{read}”. {_ADVICE}", icon=":material/search_off:")
        return
    st.caption("Choose one:")
    with st.container(horizontal=True, gap="small"):
        for number, match in enumerate(matches):
            st.button(
                f"**{frame.plain(match.label)}** · {frame.plain(f'{match.what}, {match.context}')}",
                key=f"{search_key} answer {number}",
                on_click=_chosen,
                args=(key, go, match),
                help=match.note or None,
            )


def _typed(key: str, go: Go) -> None:
    """A postcode, a code, or a name that only one place bears needs no choosing."""
    text = st.session_state[key].strip()
    match = destination.certain(_found(text) if text else ())
    if match:
        _go(key, go, match)
    else:
        frame.redraw(_ANSWERS)


def _chosen(key: str, go: Go, match: search.Match) -> None:
    _go(key, go, match)
    frame.redraw_page()


def _go(key: str, go: Go, match: search.Match) -> None:
    if go(match) is not False:
        st.session_state[key] = ""


def _look(match: search.Match) -> None:
    before, _ = frame.asked()
    frame.show(destination.view_of(match, before))
