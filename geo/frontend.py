"""Where the map's scripts come from: files beside the app, or a public network without them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

# A component's page lies two levels below the app, whose static files are under app/static/.
STATIC_FROM_FRAME = "../../app/static/"
PUBLIC_NETWORK = "https://cdn.jsdelivr.net/npm/"


@dataclass(frozen=True)
class Library:
    """A package by its npm name; `version` is the one in package.json."""

    package: str
    version: str
    script: str
    style: str | None = None
    notice: str = "LICENSE"

    @property
    def files(self) -> tuple[str, ...]:
        """What is copied for the browser, and the file that names the licence."""
        return tuple(name for name in (self.script, self.style, self.notice) if name)


LIBRARIES = (
    Library("leaflet", "1.9.4", script="dist/leaflet.js", style="dist/leaflet.css"),
    Library("pmtiles", "4.5.0", script="dist/pmtiles.js", notice="package.json"),
)


@dataclass(frozen=True)
class Scripts:
    """What a map asks the browser to load.

    local: whether all of it comes from this app's own files.
    js, css: (name, address) in the order of loading; style: style sheets written into the page.
    """

    local: bool
    js: tuple[tuple[str, str], ...]
    css: tuple[tuple[str, str], ...]
    style: str


def scripts(static_dir: Path) -> Scripts:
    """The map's scripts from `static_dir`/vendor, or from a public network if it is not filled."""
    vendor = Path(static_dir) / "vendor"
    local = all(
        (vendor / library.package / name).is_file()
        for library in LIBRARIES
        for name in library.files
    )
    styled = [library for library in LIBRARIES if library.style]
    js = [(library.package, _address(library, library.script, local)) for library in LIBRARIES]
    css = () if local else tuple((row.package, _address(row, row.style, local)) for row in styled)
    style = ""
    if local:
        sheets = ((vendor / row.package / row.style).read_text("utf-8") for row in styled)
        style = "\n".join(_without_images(sheet) for sheet in sheets)
    guard = ("guard", _guard([address for _, address in js]))
    return Scripts(local=local, js=(guard, *js), css=css, style=style)


def _address(library: Library, name: str, local: bool) -> str:
    if local:
        return f"{STATIC_FROM_FRAME}vendor/{library.package}/{name}"
    return f"{PUBLIC_NETWORK}{library.package}@{library.version}/{name}"


def _without_images(sheet: str) -> str:
    """A style sheet without pictures: they would be looked for beside the frame's own page."""
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", sheet)


def _guard(addresses: list[str]) -> str:
    """The script that speaks up when another cannot be had, as an address that needs no network.

    It also asks for all the scripts at once: the component loads them one after another.
    """
    source = f"({engine_file('guard.js').strip()})({json.dumps(addresses)});"
    return "data:text/javascript;charset=utf-8," + quote(source)


@cache
def engine_file(name: str) -> str:
    """The text of one of the map engine's own files."""
    return resources.files("geo").joinpath("engine", name).read_text("utf-8")
