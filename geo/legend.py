"""The map's key, as HTML: what the colours, outlines and symbols on screen mean.

Colours come with their words or numbers, symbols with their names, lists are lists: the key can
be read without colour and by a screen reader. All text is escaped; sizes are in rem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from urllib.parse import quote

from geo.build.register import Source
from geo.layers import Layer
from geo.maps import Points
from geo.symbols import PATHS

_SYMBOL_PX = 20
_COLOUR = "COLOUR"
_OUTLINES = {
    "selected": ("Chosen area", "#0b0c0c", 3, "", "#0b0c0c"),
    "council": ("Chosen council", "#0b0c0c", 3, "", ""),
    "cases": ("Council with a case study; no neighbourhood is named", "#8a5a00", 3, "", ""),
    "counted": ("Small areas that today’s figures are counted on", "#d4351c", 3, "", ""),
    "listed": ("Council on this list", "#8a5a00", 3, "", ""),
    "falls": ("Half of its people or more fall outside the walk", "#d4351c", 3, "", ""),
    "comes": ("Half of its people or more come within the walk", "#d4351c", 3, "", ""),
    "double": ("Doubly disadvantaged: worst tenth on both indices", "#e0006c", 3, "", ""),
    "left": ("Ward on the list published in 2019 as “left behind”", "#6b2c00", 3, "6 3", ""),
    "ward": ("Ward of today", "#4a3a2a", 1.5, "1 3", ""),
}
_LIST = "list-style:none;margin:0;padding:0"
_ROW = "display:flex;align-items:center;gap:0.5rem;margin:0.25rem 0;padding:0;line-height:1.35"
_AMONG = {"lsoa": "England’s small areas", "msoa": "England’s neighbourhoods"}
_SMALL = "margin:0.35rem 0 0;font-size:0.875rem;line-height:1.4"


def legend(
    layer: Layer,
    sources: Mapping[str, Source],
    *,
    level: str = "lsoa",
    points: Sequence[Points] = (),
    outlines: Iterable[str] = (),
    faded: bool = False,
    pale: str = "left out by what you chose",
    folded: bool = False,
) -> str:
    """The key of what is on screen.

    layer: as drawn, already at its level (`layers.at_level`). sources: the register. level: whose
    tenths or thirds they are. outlines: any of "selected", "council", "cases", "counted",
    "listed", "falls", "comes", "double", "left", "ward".
    faded: whether some areas are, and pale: what that means. folded: symbols and source wait
    behind a line to open.
    """
    wanted = set(outlines)
    marks = [_outline(key) for key in _OUTLINES if key in wanted]
    marks += [_symbol(kind) for kind in points]
    if faded:
        marks.append(_swatch_row("#F2F1EE", f"Pale: {pale}"))
    more = []
    if marks:
        more.append(f'<ul style="{_LIST};margin-top:0.6rem">{"".join(marks)}</ul>')
    named = "; ".join(
        f"{sources[key].publisher}, {sources[key].title} ({sources[key].vintage})"
        for key in layer.sources
    )
    more.append(f'<p style="{_SMALL}">Source: {escape(named)}.</p>')
    return (
        f'<section aria-label="Key to the map">{_classes(layer, level)}'
        '<details style="margin-top:0.5rem" '
        f"{'' if folded else 'open'}><summary>Outlines, symbols and source</summary>"
        f"{''.join(more)}</details></section>"
    )


@cache
def _classes(layer: Layer, level: str) -> str:
    """What the colours mean. Kept: the layers are the same for every reader."""
    draw = {"decile": _scale, "two_way": _grid}.get(layer.kind, _rows)
    among = f" of {_AMONG[level]}" if layer.kind == "decile" else ""
    return (
        f'<p style="margin:0;font-weight:600">{escape(layer.label)}</p>'
        f'<p style="{_SMALL}">{escape(layer.direction)}{among}</p>{draw(layer)}'
    )


def _scale(layer: Layer) -> str:
    """Ten numbered swatches in a row."""
    cells = "".join(
        f'<li title="{escape(label)}" style="flex:1;text-align:center;font-size:0.875rem">'
        f'<span aria-hidden="true" style="display:block;height:1.1rem;background:{colour}"></span>'
        f"{number}</li>"
        for number, (colour, label) in enumerate(zip(layer.colours, layer.labels, strict=True), 1)
    )
    named = (
        '<p aria-hidden="true" style="display:flex;justify-content:space-between;margin:0;'
        'font-size:0.875rem">'
        + "".join(f"<span>{escape(end)}</span>" for end in layer.ends or ())
        + "</p>"
    )
    return f'<ol style="{_LIST};display:flex;margin-top:0.5rem">{cells}</ol>{named}'


def _grid(layer: Layer) -> str:
    """The two-way key: deprivation downwards, community need across, named on both sides."""
    words = ("most", "middle", "least")
    head = "".join(
        f'<th scope="col" style="font-weight:400;padding:0 0.25rem;border:0">{word}</th>'
        for word in ("greatest", "middle", "least")
    )
    rows = "".join(
        f'<tr style="border:0"><th scope="row" style="font-weight:400;text-align:right;'
        f'padding:0 0.5rem 0 0;border:0">{word} deprived</th>'
        + "".join(_cell(layer.colours[3 * d + n], layer.labels[3 * d + n]) for n in range(3))
        + "</tr>"
        for d, word in enumerate(words)
    )
    return (
        '<table style="border-collapse:separate;border-spacing:2px;border:0;margin-top:0.5rem;'
        'font-size:0.875rem"><thead><tr style="border:0"><td style="border:0"></td>'
        '<th scope="colgroup" colspan="3" style="font-weight:600;border:0">Community need</th></tr>'
        f'<tr style="border:0"><td style="border:0"></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(colour: str, label: str) -> str:
    return (
        f'<td style="background:{colour};width:3.2rem;height:2rem;border:1px solid #6b7075" '
        f'title="{escape(label)}"><span style="{_UNSEEN}">{escape(label)}</span></td>'
    )


_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def _rows(layer: Layer) -> str:
    """A swatch and its label on each line."""
    rows = "".join(
        _swatch_row(colour, label.capitalize() if label[0].isalpha() else label)
        for colour, label in zip(layer.colours, layer.labels, strict=True)
    )
    return f'<ul style="{_LIST};margin-top:0.5rem">{rows}</ul>'


def _swatch_row(colour: str, label: str) -> str:
    return (
        f'<li style="{_ROW}"><span aria-hidden="true" style="flex:none;width:1.5rem;height:1.1rem;'
        f'background:{colour};border:1px solid #6b7075"></span>{escape(label)}</li>'
    )


@cache
def _outline(key: str) -> str:
    label, colour, width, dash, second = _OUTLINES[key]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    box = '<rect x="4" y="4" width="20" height="12" fill="none"'
    inner = f'{box} stroke="{colour}" stroke-width="{width}"{dashes}/>'
    outer = f'{box} stroke="{second}" stroke-width="8"/>' if second else ""
    halo = f'{box} stroke="#fff" stroke-width="6"/>'
    return _row_of(_image(28, outer + halo + inner), label)


def _symbol(kind: Points) -> str:
    # A place may be a reader's own: only the shapes, which are ours, are kept.
    return _row_of(_symbol_image(kind.shape).replace(_COLOUR, quote(kind.colour)), kind.label)


@cache
def _symbol_image(shape: str) -> str:
    """A symbol's drawing, with _COLOUR in place of its colour."""
    return _image(
        _SYMBOL_PX,
        f'<g fill="{_COLOUR}" stroke="#fff" stroke-width="1.5" paint-order="stroke">'
        f"{PATHS[shape]}</g>",
    )


def _image(width: int, drawing: str) -> str:
    """A drawing as an image: pages that clean HTML drop inline SVG."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_SYMBOL_PX}" '
        f'viewBox="0 0 {width} {_SYMBOL_PX}">{drawing}</svg>'
    )
    return (
        f'<img alt="" width="{width}" height="{_SYMBOL_PX}" '
        f'style="flex:none" src="data:image/svg+xml,{quote(svg)}">'
    )


def _row_of(image: str, label: str) -> str:
    return f'<li style="{_ROW}">{image}{escape(label)}</li>'
