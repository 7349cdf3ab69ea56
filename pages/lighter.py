"""What Streamlit does at every run, done with less.

Streamlit has no settings for these. They are replaced in the process that serves, once, and read by
nothing else of the app; `tests/test_lighter.py` holds each against what it replaces. requirements
name the one series of Streamlit that they are written for.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from streamlit import config
from streamlit.cursor import Cursor, SparseList
from streamlit.dataframe import lazy_df_source
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo

_ready, _send = AppSession.flush_browser_queue, Runtime._send_message


def install() -> None:
    """Has this process do so from now on. Once is enough; twice does no harm."""
    for owner, name, ours in REPLACED:
        setattr(owner, name, ours)


def _ready_together(session: AppSession) -> list[list[ForwardMsg]]:
    """What is ready for a reader as one thing to send, or nothing."""
    messages = _ready(session)
    return [messages] if messages else []


def _send_together(runtime: Runtime, reader: ActiveSessionInfo, messages: list[ForwardMsg]) -> None:
    """Sends in order. Raises what Streamlit expects once a reader has gone."""
    for message in messages:
        _send(runtime, reader, message)


def _wake_once(runtime: Runtime) -> None:
    """Wakes the sending thread, unless it has been called and has not looked yet.

    It takes the call back before it looks, so it sees what was ready before this asked.
    """
    shared = runtime._get_async_objs()
    if not shared.need_send_data.is_set():
        shared.eventloop.call_soon_threadsafe(shared.need_send_data.set)


def _same_place(cursor: Cursor, _memo: dict[int, Any]) -> Cursor:
    """A cursor that moves on its own: all it holds but the list of passing elements is fixed."""
    made = object.__new__(type(cursor))
    made.__dict__.update(cursor.__dict__)
    made._transient_elements = SparseList()
    made._transient_elements._data.update(cursor._transient_elements._data)
    return made


# What is replaced: whose, its name, and by what.
REPLACED: tuple[tuple[Any, str, Any], ...] = (
    # The first page of a long table goes out with every run; a thousand rows are 100 KB.
    (lazy_df_source, "DEFAULT_PAGE_SIZE", 100),
    # Each run sends the theme along, and looks six times through all settings for it and writes
    # their names anew. They are read once, at the start.
    (config, "get_options_for_section", cache(config.get_options_for_section)),
    (app_session, "to_snake_case", cache(app_session.to_snake_case)),
    # Streamlit sends one message, lets every other thread go first, and sends the next: beside a
    # page that is being drawn each may wait 5 ms for Python to let the sending thread go on, and a
    # profile is 46 messages. With thirty readers at two copies, all that is ready sent at once
    # takes the 95th of 100 reruns from 88 to 68 ms.
    (AppSession, "flush_browser_queue", _ready_together),
    (Runtime, "_send_message", _send_together),
    (Runtime, "_enqueued_some_message", _wake_once),
    # Where a part of a page stands is copied with all it stands in, once for each of those.
    (Cursor, "__deepcopy__", _same_place),
)
