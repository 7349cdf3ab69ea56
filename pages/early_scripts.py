"""Scripts of Streamlit's that a page will want, named in its head.

Streamlit's page fetches the script of a kind of element when the first such element is there, and
what that script rests on after it: the map's frame waits for three rounds to the server. Named
beforehand they come beside the page's first script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# What stands above the map and the map itself. Not its table: that is as much again as the page,
# and may come after the map.
ELEMENTS = (
    "ComponentInstance", "Html", "TextInput", "Selectbox", "ButtonGroup", "Checkbox",
    "BidiComponent", "PageLink",
)  # fmt: skip
_RESTS_ON = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_NAMED = re.compile(r"static/js/([\w.-]+\.js)")


def early(shell: Path) -> str:
    """The lines of a head that name them: what the elements' scripts import, the page's own apart.

    shell: the folder of Streamlit's page. A script that another version calls differently is left
    out, and fetched when it is wanted.
    """
    named = set(_NAMED.findall((shell / "index.html").read_text(encoding="utf-8")))
    found = dict.fromkeys(_found(shell / "static" / "js", named))
    lines = (f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
    return "".join(lines)


def _found(folder: Path, seen: set[str]) -> Iterator[str]:
    waiting = [path.name for element in ELEMENTS for path in folder.glob(f"{element}.*.js")]
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            yield name
            waiting += _RESTS_ON.findall((folder / name).read_text(encoding="utf-8"))
