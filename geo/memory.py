"""Giving memory back: what a large calculation used and no longer needs."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable

import pyarrow as pa

# Of GNU's mallopt: how many arenas threads may have, and how many suffice where one at a time runs.
_M_ARENA_MAX, _ARENAS = -8, 2


def _system(name: str) -> Callable[..., int] | None:
    """A function of the system's allocator; only GNU's library of C has them."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def take_from_the_system() -> None:
    """Have Arrow use the system's allocator: its own keeps a hundred megabytes in reserve.

    And that one few arenas: every rerun of a page is a thread, and what each leaves free in its
    arena cost 2 MB a reader. For the start of a process, before anything is read.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    limit = _system("mallopt")
    if limit:
        limit(_M_ARENA_MAX, _ARENAS)


def release() -> None:
    """Hand free memory back to the system, where it can be (the allocators of Arrow and Linux).

    Both keep what they free for later; after a calculation over all England that is some hundred
    megabytes that may not be wanted again for days.
    """
    gc.collect()
    pa.default_memory_pool().release_unused()
    trim = _system("malloc_trim")
    if trim:
        trim(0)
