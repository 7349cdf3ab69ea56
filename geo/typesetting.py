"""Hands documents to the typesetter, in a process of its own that ends with the document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_WORKER = Path(__file__).parent / "typeset" / "worker.py"
MOST_SECONDS = 60.0
_TOO_LONG = 3


class TypesetError(RuntimeError):
    """A document could not be typeset; the text says why, for who runs the product."""


class TooLongError(TypesetError):
    """No form of the document has as few pages as asked for."""


def typeset(
    template: str,
    inputs: Mapping[str, str],
    forms: Iterable[Mapping[str, str]] = ({},),
    *,
    pages: int = 0,
    file_format: str = "pdf",
    timestamp: int = 0,
    ppi: float = 144.0,
) -> bytes:
    """The first form of a document that has at most `pages` pages (0: any number), as a file.

    template: a name in geo/typeset/. inputs: what it is given. forms: more inputs, the fullest
    first. timestamp: the document's date, seconds since 1970. ppi: pixels an inch of a "png".
    Raises TooLongError, and TypesetError where the typesetter fails or takes longer than
    MOST_SECONDS.
    """
    request = {
        "template": template,
        "inputs": dict(inputs),
        "forms": [dict(form) for form in forms],
        "pages": pages,
        "too_long": _TOO_LONG,
        "format": file_format,
        "timestamp": timestamp,
        "ppi": ppi,
    }
    done = run(_WORKER, request)
    if done.returncode == _TOO_LONG:
        raise TooLongError(f"no form of the document fits on {pages} pages")
    if done.returncode:
        raise TypesetError(done.stderr.decode(errors="replace").strip()[-2000:])
    return done.stdout


def run(worker: Path, request: Mapping[str, object]) -> subprocess.CompletedProcess[bytes]:
    """Runs a program of this package that reads a request as JSON and writes a file.

    Raises TypesetError where it does not start or takes longer than MOST_SECONDS.
    """
    try:
        # -P: what lies in the folder must not stand in for a package.
        return subprocess.run(
            [sys.executable, "-P", str(worker)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TypesetError(f"the typesetter did not run: {error}") from error
