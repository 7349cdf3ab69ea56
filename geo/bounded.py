"""Work on files that nobody vouches for, done where the system gives only so much memory and time.

A few kilobytes of some formats tell their reader to hold gigabytes: one long text that a million
cells point at, rows of a fraction of a byte. What such a file takes shows only while it is read,
so it is read in a process of its own, which its limits end and with which all goes that it took.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
MOST_SAID = 120
_BROKEN, _TOO_MUCH = 3, 4
# Each thread of a reader's, and of what keeps its memory, would ask for room of its own.
_SPARING = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OSMIUM_POOL_THREADS": "1",
}


class BrokenError(Exception):
    """The work found fault with what it was given; the text says which, in one line."""


class BeyondBoundsError(Exception):
    """The work took more than it was allowed; the text goes on from what it was done on."""


@dataclass(frozen=True)
class Bounds:
    """The most that some work may take: bytes of memory, some 150 MB of which the program itself
    takes, and seconds of processor time."""

    memory_bytes: int
    seconds: int


def run(module: str, request: Mapping[str, object], content: bytes, bounds: Bounds) -> list[str]:
    """The lines that a module writes of a request and of `content`; it answers by `serve`.

    Raises BrokenError and BeyondBoundsError.
    """
    beyond = BeyondBoundsError(
        f"takes more than {bounds.memory_bytes >> 20:,} MB of memory, or {bounds.seconds:,} "
        "seconds, to read"
    )
    asked = json.dumps({"bounds": [bounds.memory_bytes, bounds.seconds], "request": request})
    try:
        # -P: what lies in the folder must not stand in for a package.
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, asked],
            input=content,
            capture_output=True,
            # Its own limit is of processor time, for which others may keep it waiting.
            timeout=bounds.seconds * 4,
            check=False,
            env=os.environ | _SPARING | {"PYTHONPATH": str(ROOT)},
        )
    except subprocess.TimeoutExpired as error:
        raise beyond from error
    # Less than 0 where the system ended it.
    if done.returncode == _TOO_MUCH or done.returncode < 0:
        raise beyond
    if done.returncode:
        said = done.stderr.decode(errors="replace").splitlines() or ["no reason given"]
        raise BrokenError(said[-1][:MOST_SAID])
    return done.stdout.decode().splitlines()


def serve(
    work: Callable[[dict[str, Any]], Iterable[str]], faults: tuple[type[Exception], ...]
) -> NoReturn:
    """Does the work that `run` asks for in this process, writes its lines, and ends.

    `work` takes the request and reads the content from standard input; `faults` are what it
    raises where that is broken.
    """
    asked = json.loads(sys.argv[1])
    _bound(*asked["bounds"])
    try:
        for line in work(asked["request"]):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except MemoryError:
        sys.exit(_TOO_MUCH)
    except faults as error:
        sys.stderr.write(" ".join(str(error).split())[:MOST_SAID])
        sys.exit(_BROKEN)
    sys.exit()


def _bound(memory_bytes: int, seconds: int) -> None:
    # Not on every system; there only what a file weighs and how long it takes is bounded.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
