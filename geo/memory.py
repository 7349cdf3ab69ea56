"""Giving memory back: what a large calculation used and no longer needs."""

from __future__ import annotations

import ctypes
import gc
import sys

import pyarrow as pa


def take_from_the_system() -> None:
    """Have Arrow use the system's allocator: its own keeps a hundred megabytes in reserve.

    For the start of a process, before anything is read.
    """
    pa.set_memory_pool(pa.system_memory_pool())


def release() -> None:
    """Hand free memory back to the system, where it can be (the allocators of Arrow and Linux).

    Both keep what they free for later; after a calculation over all England that is some hundred
    megabytes that may not be wanted again for days.
    """
    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Only GNU's library of C has it.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
