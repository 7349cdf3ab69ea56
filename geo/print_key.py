"""The key of a printed map as a drawing, and the map as one sheet with title, key and credit."""

from __future__ import annotations

from html import escape

import numpy as np
import shapely

from geo import letters, svg_text
from geo.layers import NO_DATA
from geo.maps import NO_DATA_COLOUR
from geo.print_labels import BLACK, SYMBOL_PT, symbol
from geo.print_map import COUNCIL, SEA, drawing, wrapped
from geo.print_spec import BORDERS_UP_TO, PALE, PALE_COLOUR, MapSpec

_TEXT = 8.5
_LEADING = 1.3
_SWATCH = 22.0
_EDGE = "#6b7075"
_THIRDS = ("Most", "Middle", "Least")
SHEET_WIDTH = 420.0
# So wide a column the key's marks have at least where they stand in several.
_MARK_WIDTH = 120.0
_MARGIN = 14.0
# Below this share of the map there is something to explain beside the areas.
LAND_SHARE = 0.995


class _Column:
    """Lines and marks set one below the other."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.y = 0.0
        self.parts: list[str] = []

    def text(self, words: str, size: float = _TEXT, weight: int = 400, rows: int = 3) -> None:
        """Words over the whole width."""
        for line in svg_text.lines(words, size, self.width, rows):
            self.y += size
            self.parts.append(svg_text.label(line, 0, self.y, size, weight=weight))
            self.y += (_LEADING - 1) * size

    def row(self, marks: list[tuple[str, str]], abreast: int = 1) -> None:
        """Marks in boxes of _SWATCH × 12 side by side, each with what it means."""
        indent, share = _SWATCH + 5, self.width / abreast
        most = 1
        for place, (mark, words) in enumerate(marks):
            left = place * share
            found = svg_text.lines(words, _TEXT, share - indent - 2, 2)
            self.parts.append(f'<g transform="translate({left:.1f} {self.y:.1f})">{mark}</g>')
            for number, line in enumerate(found):
                baseline = self.y + 9 + number * _TEXT * _LEADING
                self.parts.append(svg_text.label(line, left + indent, baseline, _TEXT))
            most = max(most, len(found))
        self.y += 14 + (most - 1) * _TEXT * _LEADING

    def gap(self, height: float) -> None:
        self.y += height


def key(spec: MapSpec, width: float, *others: MapSpec) -> tuple[str, float]:
    """What colours, lines and symbols of the map mean, as SVG `width` points wide; its height.

    others: maps of the same layer that share the key.
    """
    column = _Column(width)
    column.text(spec.layer.label, 10, 600)
    direction = spec.layer.direction
    if spec.layer.kind == "decile":
        column.text(f"{direction} of {spec.among}")
    else:
        column.text(direction)
    column.gap(4)
    {"decile": _scale, "two_way": _grid}.get(spec.layer.kind, _rows)(spec, column)
    column.gap(5)
    marks = _marks(spec, *others)
    abreast = max(1, int(width // _MARK_WIDTH))
    for start in range(0, len(marks), abreast):
        column.row(marks[start : start + abreast], abreast)
    column.gap(2)
    return wrapped("".join(column.parts), width, column.y), column.y


def key_words(spec: MapSpec, *others: MapSpec) -> str:
    """The key in words, for who cannot see it."""
    colours = "; ".join(spec.layer.labels)
    marks = "; ".join(words for _, words in _marks(spec, *others))
    direction = f" {spec.layer.direction}." if spec.layer.direction else ""
    return f"Key. {spec.layer.label}.{direction} Colours: {colours}. {marks}."


def _scale(spec: MapSpec, column: _Column) -> None:
    """Ten numbered boxes in a row with both ends named."""
    classes = len(spec.layer.colours)
    wide = column.width / classes
    for place, colour in enumerate(spec.layer.colours):
        column.parts.append(
            f'<rect x="{place * wide:.1f}" y="{column.y:.1f}" width="{wide:.1f}" height="12" '
            f'fill="{colour}"/>'
        )
        middle = (place + 0.5) * wide
        column.parts.append(
            svg_text.label(str(place + 1), middle, column.y + 21, 8, anchor="middle")
        )
    column.gap(31)
    first, last = spec.layer.ends or ("", "")
    column.parts.append(svg_text.label(first, 0, column.y, 8))
    column.parts.append(svg_text.label(last, column.width, column.y, 8, anchor="end"))
    column.gap(4)


def _grid(spec: MapSpec, column: _Column) -> None:
    """Thirds of both indices, three by three."""
    side, left = 30.0, 78.0
    column.parts.append(svg_text.label("Community need", left, column.y + 8, 8, weight=600))
    for place, word in enumerate(("Greatest", "Middle", "Least")):
        column.parts.append(
            svg_text.label(
                word, left + (place + 0.5) * (side + 2), column.y + 18, 7.5, anchor="middle"
            )
        )
    column.gap(22)
    for row, word in enumerate(_THIRDS):
        top = column.y + row * 18
        column.parts.append(svg_text.label(f"{word} deprived", 0, top + 11, 8))
        for place in range(3):
            colour = spec.layer.colours[3 * row + place]
            column.parts.append(
                f'<rect x="{left + place * (side + 2):.1f}" y="{top:.1f}" width="{side}" '
                f'height="16" fill="{colour}" stroke="{_EDGE}" stroke-width=".5"/>'
            )
    column.gap(56)


def _rows(spec: MapSpec, column: _Column) -> None:
    for colour, words in zip(spec.layer.colours, spec.layer.labels, strict=True):
        column.row([(_swatch(colour), words[:1].upper() + words[1:])])


def _swatch(colour: str) -> str:
    return (
        f'<rect x=".5" y="0" width="{_SWATCH - 1}" height="11" fill="{colour}" '
        f'stroke="{_EDGE}" stroke-width=".5"/>'
    )


def _marks(*specs: MapSpec) -> list[tuple[str, str]]:
    """The marks of several maps, each once."""
    found = {words: mark for spec in specs for mark, words in _own_marks(spec)}
    return [(mark, words) for words, mark in found.items()]


def _own_marks(spec: MapSpec) -> list[tuple[str, str]]:
    """Lines, symbols and pale ground that are on this map, each with its words."""
    marks = []
    west, south, east, north = spec.box
    box = f'<rect x="3" y="1" width="{_SWATCH - 6}" height="9" fill="none"'
    if spec.chosen:
        marks.append((f'{box} stroke="{BLACK}" stroke-width="2"/>', spec.chosen_label))
    if len(set(spec.councils)) > 1 and len(spec.shapes) <= BORDERS_UP_TO:
        line = (
            f'<path d="M0 5.5H{_SWATCH}" stroke="{COUNCIL}" stroke-width="1.1" '
            'stroke-dasharray="6 2 1 2"/>'
        )
        marks.append((line, "Council boundary"))
    for kind in spec.symbols:
        if any(west <= x <= east and south <= y <= north for x, y in kind.xy):
            drawn = symbol(kind.shape, kind.colour, _SWATCH / 2, 5.5, SYMBOL_PT)
            marks.append((drawn, kind.label))
    if PALE in set(spec.classes):
        marks.append((_swatch(PALE_COLOUR), f"Pale: {spec.pale_label}"))
    if NO_DATA in set(spec.classes):
        marks.append((_swatch(NO_DATA_COLOUR), "No figure"))
    if not _covered(spec):
        marks.append((_swatch(SEA), "Water, or outside England"))
    return marks


def _covered(spec: MapSpec) -> bool:
    """Whether areas fill the box."""
    ground = shapely.box(*spec.box)
    shapes = np.array(spec.shapes, dtype=object)
    shapely.prepare(ground)
    inside = shapely.contains(ground, shapes)
    land = shapely.area(shapes[inside]).sum()
    land += shapely.area(shapely.intersection(shapes[~inside], ground)).sum()
    return land >= LAND_SHARE * ground.area


def map_svg(spec: MapSpec, width: float = SHEET_WIDTH) -> str:
    """The map as one SVG file `width` points wide: title, map, key, and where it is from."""
    inner = width - 2 * _MARGIN
    head, foot = _Column(inner), _Column(inner)
    head.text(spec.title, 14, 700, rows=2)
    head.gap(4)
    foot.text(spec.credit, 6.5, rows=8)
    picture = drawing(spec, inner)
    legend, legend_height = key(spec, min(inner, 260))
    tops = [_MARGIN]
    for height in (head.y, inner / spec.aspect + 10, legend_height + 8, foot.y):
        tops.append(tops[-1] + height)
    placed = "".join(
        f'<g transform="translate({_MARGIN} {top:.1f})">{content}</g>'
        for top, content in zip(
            tops,
            ("".join(head.parts), picture, legend, "".join(foot.parts)),
            strict=False,
        )
    )
    height = tops[-1] + _MARGIN
    named = f"<title>{_plain(spec.title)}</title><desc>{_plain(spec.alt)}</desc>"
    ground = f'<rect width="{width:.1f}" height="{height:.1f}" fill="#fff"/>'
    return wrapped(named + ground + placed, width, height)


def _plain(text: str) -> str:
    return escape(letters.safe(text))
