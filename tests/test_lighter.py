"""What is done with less does what Streamlit does: every message, in order; the same place."""

import asyncio
import inspect
import threading
from copy import deepcopy
from types import SimpleNamespace

import pytest
from streamlit.cursor import Cursor, LockedCursor, RunningCursor
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from pages import lighter

PATIENCE_S = 20


class Reader:
    """A reader whose browser goes after so many messages."""

    def __init__(self, patience=1000):
        self.patience, self.told, self.script_run_count, self.client = patience, [], 0, self

    def write_forward_msg(self, message):
        if len(self.told) == self.patience:
            raise SessionClientDisconnectedError
        self.told.append(message.hash)


def _given(called):
    return inspect.signature(called).parameters


def _messages(*hashes):
    return [ForwardMsg(hash=each, session_status_changed={}) for each in hashes]


def test_streamlit_still_has_what_is_replaced():
    for owner, name, ours in lighter.REPLACED:
        if name == "__deepcopy__":
            continue
        theirs = getattr(owner, name)
        assert ours is not theirs
        if callable(theirs):
            assert len(_given(ours)) == len(_given(theirs))


def test_what_is_ready_goes_out_together_once():
    session = SimpleNamespace(_browser_queue=ForwardMsgQueue())
    for message in _messages("a", "b", "c"):
        session._browser_queue.enqueue(message)
    (together,) = lighter._ready_together(session)
    assert [message.hash for message in together] == ["a", "b", "c"]
    assert lighter._ready_together(session) == []


def test_a_run_is_sent_in_order_and_counted():
    reader = Reader()
    finished = ForwardMsg(hash="end", script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    lighter._send_together(Runtime.__new__(Runtime), reader, [*_messages("a", "b"), finished])
    assert reader.told == ["a", "b", "end"]
    assert reader.script_run_count == 1


def test_who_has_gone_is_told_of_as_before():
    reader = Reader(patience=1)
    with pytest.raises(SessionClientDisconnectedError):
        lighter._send_together(Runtime.__new__(Runtime), reader, _messages("a", "b", "c"))
    assert reader.told == ["a"]


def _asleep(loop):
    """A runtime that counts how often its sending thread is woken."""
    woken = asyncio.Event()
    calls = []

    def call(back):
        calls.append(back)
        loop.call_soon_threadsafe(back)

    shared = SimpleNamespace(
        need_send_data=woken, eventloop=SimpleNamespace(call_soon_threadsafe=call)
    )
    return SimpleNamespace(_get_async_objs=lambda: shared), woken, calls


def test_the_sending_thread_is_woken_once_until_it_has_looked():
    async def play():
        runtime, woken, calls = _asleep(asyncio.get_running_loop())
        lighter._wake_once(runtime)
        await woken.wait()
        lighter._wake_once(runtime)
        assert len(calls) == 1
        woken.clear()
        lighter._wake_once(runtime)
        await asyncio.wait_for(woken.wait(), PATIENCE_S)
        assert len(calls) == 2

    asyncio.run(play())


def test_nothing_waits_that_became_ready_while_the_sending_thread_looked():
    count = 20_000

    async def play():
        runtime, woken, _ = _asleep(asyncio.get_running_loop())
        ready, sent = [], []

        def draw():
            for number in range(count):
                ready.append(number)
                lighter._wake_once(runtime)

        drawing = threading.Thread(target=draw)
        drawing.start()
        while len(sent) < count:
            # As Streamlit's own loop: it takes the call back, looks, and waits for the next.
            woken.clear()
            while ready:
                sent.append(ready.pop(0))
            if len(sent) < count:
                await asyncio.wait_for(woken.wait(), PATIENCE_S)
        drawing.join()
        assert sent == list(range(count))

    asyncio.run(play())


def _cursors():
    top = RunningCursor(0)
    for _ in range(3):
        top.lock_element()
    inner = top.open_block()
    inner.get_transient_cursor()
    inner.transient_elements[0] = Element()
    return [top, inner, LockedCursor(1, (2, 3), 4)]


def _said(cursor):
    return {
        **vars(cursor),
        "_transient_elements": dict(cursor.transient_elements.items()),
    }


@pytest.mark.parametrize("number", range(3))
def test_a_place_is_copied_as_streamlit_copies_it(number):
    cursor = _cursors()[number]
    assert "__deepcopy__" not in vars(Cursor)
    made, plain = lighter._same_place(cursor, {}), deepcopy(cursor)
    assert type(made) is type(plain)
    assert _said(made) == _said(plain) == _said(cursor)


def test_a_copied_place_moves_on_its_own():
    _, cursor, _ = _cursors()
    made = lighter._same_place(cursor, {})
    made.transient_elements[1] = Element()
    assert len(cursor.transient_elements) == 1
    assert made.lock_element().delta_path == cursor.delta_path
    assert made.index == cursor.index + 1
    assert len(cursor.transient_elements) == 1
