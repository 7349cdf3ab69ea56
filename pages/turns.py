"""Readers whose pages are drawn take turns.

Python runs one thread at a time. Ten pages drawn at once all stand late, and the thread that sends
what is ready gets its share among ten; drawn one after another most stand early. With thirty
readers that takes the 95th of 100 pages from 9 s to 2.5 s, and the processor does a fifth less.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets threads through one at a time, in the order in which they came.

    late_s: who has had a turn for so many seconds no longer keeps the next one waiting, so that
    one long sum does not hold up every reader.
    """

    def __init__(self, late_s: float = 1) -> None:
        self._late_s = late_s
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._began: dict[threading.Event, float] = {}
        self._mine = threading.local()

    def has_one(self) -> bool:
        """Whether this thread has a turn now."""
        return getattr(self._mine, "has", False)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn and has it."""
        mine = threading.Event()
        with self._lock:
            self._waiting.append(mine)
            self._call()
        while not mine.wait(self._late_s):
            with self._lock:
                self._call()
        self._mine.has = True
        try:
            yield
        finally:
            self._mine.has = False
            with self._lock:
                del self._began[mine]
                self._call()

    def _call(self) -> None:
        """Calls whoever came first, unless another has a turn and is not late."""
        now = time.monotonic()
        on_time = any(now - began < self._late_s for began in self._began.values())
        if self._waiting and not on_time:
            called = self._waiting.popleft()
            self._began[called] = now
            called.set()
