"""The classes of all areas as files: a browser keeps them, and no page sends them at every use.

A state's `values` are one letter an area (`layers.encode`), 34 kB for the small areas. Where they
are what a layer shows, or that with some areas faded, the address of a file and which areas are
not faded say the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from geo import layers
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.store import Store

FOLDER = "vendor/values"
# Of areas that are not faded, in a row; where there are more the letters themselves are shorter.
MOST_RUNS = 1500
_LEVELS = {SMALL_AREA: "lsoa", NEIGHBOURHOOD: "msoa"}


def write(store: Store, static_dir: Path) -> None:
    """Write every layer's letters at both levels below `static_dir`."""
    folder = static_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for level, tiles in _LEVELS.items():
        for layer in layers.LAYERS:
            found = layers.classes(layers.at_level(layer, tiles), store.level(level))
            path = folder / f"{tiles}_{layer.key}.txt"
            path.write_text(layers.encode(found), encoding="ascii")


def files(static_dir: Path) -> dict[str, str]:
    """Letters → the address below static/ of the file that holds them; empty without files.

    The address changes with what the file says, so that a browser may keep it for good.
    """
    found = {}
    for path in sorted((static_dir / FOLDER).glob("*.txt")):
        letters = path.read_text(encoding="ascii")
        version = hashlib.sha256(letters.encode()).hexdigest()[:12]
        found[letters] = f"{FOLDER}/{path.name}?v={version}"
    return found


def message(letters: str, files: Mapping[str, str]) -> dict[str, Any]:
    """`letters` as the script takes them: themselves, or a file and [from, before) of each run.

    kept: the runs of areas that are not faded; None where none is faded.
    """
    file = files.get(letters.upper())
    if file is None:
        return {"values": letters}
    shown = np.frombuffer(letters.encode("ascii"), np.uint8) < ord("a")
    if shown.all():
        return {"file": file, "kept": None}
    edges = np.flatnonzero(np.diff(shown.astype(np.int8), prepend=0, append=0))
    if len(edges) > 2 * MOST_RUNS:
        return {"values": letters}
    return {"file": file, "kept": edges.reshape(-1, 2).tolist()}
