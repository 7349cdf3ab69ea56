"""Where the map's scripts come from: files beside the app, or a public network without them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

# A component's page lies two levels below the app, whose static files are under app/static/.
STATIC_FROM_FRAME = "../../app/static/"
ENGINE = ("tiles.js", "outlines.js", "areas.js", "overlay.js", "points.js", "map.js")
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
    js, css: (name, address) in the order of loading. The last script is the map's engine, with
    the style sheets in it.
    version: what to put behind the address of tiles, so that a browser may keep them for good and
    yet never draws new figures on old shapes.
    """

    local: bool
    js: tuple[tuple[str, str], ...]
    css: tuple[tuple[str, str], ...]
    version: str = ""


def scripts(static_dir: Path) -> Scripts:
    """The map's scripts from `static_dir`/vendor, or from a public network if it is not filled."""
    vendor = Path(static_dir) / "vendor"
    local = all(
        (vendor / library.package / name).is_file()
        for library in LIBRARIES
        for name in library.files
    )
    js = [(library.package, _address(library, library.script, local)) for library in LIBRARIES]
    styles = tuple(
        (library.package, _address(library, library.style, local))
        for library in LIBRARIES
        if library.style
    )
    css = () if local else styles
    engine = bundle(vendor if local else None)
    if (vendor / engine.path).is_file():
        js.append(("engine", f"{STATIC_FROM_FRAME}vendor/{engine.path}"))
    else:
        # An installation older than the code: the engine is sent with every map instead.
        js.append(("engine", "data:text/javascript;charset=utf-8," + quote(engine.script)))
    guard = ("guard", _guard([address for _, address in js if not address.startswith("data:")]))
    return Scripts(local, (guard, *js), css, _version(Path(static_dir) / "tiles"))


def _version(tiles: Path) -> str:
    """A word for what is in all tiles."""
    whole = hashlib.sha256()
    for path in sorted(tiles.glob("*.pmtiles")):
        whole.update(path.read_bytes())
    return f"?v={whole.hexdigest()[:12]}"


@dataclass(frozen=True)
class Bundle:
    """The map's engine as one script; path: where it stands under static/vendor/."""

    path: str
    script: str


def bundle(vendor: Path | None) -> Bundle:
    """The engine, its style and those of the copied libraries in `vendor`, if there are any.

    A new text has a new name, so that a browser never keeps an old one.
    """
    sheets = [
        _without_images((vendor / row.package / row.style).read_text("utf-8"))
        for row in LIBRARIES
        if vendor and row.style
    ]
    style = json.dumps("\n".join([*sheets, engine_file("engine.css")]))
    parts = "\n".join(engine_file(name) for name in ENGINE)
    script = re.sub(
        r"^\s*(//.*\n)?",
        "",
        '"use strict";\n'
        f"document.head.appendChild(document.createElement('style')).textContent = {style};\n"
        f"window.commonGroundEngine = function (map, options) {{\n{parts}\n}};\n",
        flags=re.MULTILINE,
    )
    digest = hashlib.sha256(script.encode()).hexdigest()[:12]
    return Bundle(f"common-ground/engine-{digest}.js", script)


def _address(library: Library, name: str, local: bool) -> str:
    if local:
        return f"{STATIC_FROM_FRAME}vendor/{library.package}/{name}?v={library.version}"
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
