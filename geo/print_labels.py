"""What stands on a printed map: symbols, names, numbers, scale bar and north arrow."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import svg_text
from geo.distance import MILE_M
from geo.layers import NO_DATA
from geo.print_paper import Paper, Taken
from geo.print_spec import BORDERS_UP_TO, PALE, MapSpec
from geo.symbols import BOX, PATHS

BLACK = "#0b0c0c"
LARGE_SYMBOL_PT, SYMBOL_PT, SMALL_SYMBOL_PT = 13.0, 9.0, 6.0
SMALL_ABOVE = 60
NAME_PT = 7.5
NUMBER_PT = 7.0
# A name is written where its area is this many times as large: smaller ones would hide each other.
NAME_ROOM = 2.5


def symbol(shape: str, colour: str, x: float, y: float, size: float = SYMBOL_PT) -> str:
    """A symbol with a white edge, its middle at x, y."""
    scale = size / (0.7 * BOX)
    return (
        f'<g transform="translate({x - scale * BOX / 2:.1f} {y - scale * BOX / 2:.1f}) '
        f'scale({scale:.3f})" fill="{colour}" stroke="#fff" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke">{PATHS[shape]}</g>'
    )


def symbols(spec: MapSpec, paper: Paper, taken: Taken) -> list[str]:
    """Symbols of the places in the frame, smaller where there are many, and their texts."""
    seen = []
    for kind in spec.symbols:
        texts = kind.texts or ("",) * len(kind.xy)
        places = paper.points(np.reshape(kind.xy, (-1, 2))).tolist()
        for (x, y), text in zip(places, texts, strict=True):
            if 0 <= x <= paper.width and 0 <= y <= paper.height:
                seen.append((kind, x, y, text))
    usual = SYMBOL_PT if len(seen) <= SMALL_ABOVE else SMALL_SYMBOL_PT
    # What the map is about lies on top.
    seen.sort(key=lambda row: row[0].large)
    parts = []
    for kind, x, y, _ in seen:
        size = LARGE_SYMBOL_PT if kind.large else usual
        taken.cover(x, y, size, size)
        parts.append(symbol(kind.shape, kind.colour, x, y, size))
    for kind, x, y, text in seen:
        if text:
            parts += _beside(text, x, y, LARGE_SYMBOL_PT if kind.large else usual, paper, taken)
    return parts


def _beside(text: str, x: float, y: float, size: float, paper: Paper, taken: Taken) -> list[str]:
    """A text at the first free side of a symbol: right, left, below, above; else none."""
    text = svg_text.cut(text, NAME_PT, paper.width / 2)
    width = svg_text.width(text, NAME_PT) * 1.06
    aside, off = (size + width) / 2 + 2, (size + NAME_PT) / 2 + 2
    for across, down in ((aside, 0), (-aside, 0), (0, off), (0, -off)):
        if taken.take(x + across, y + down, width + 2, NAME_PT + 2):
            return [
                svg_text.label(
                    text,
                    x + across,
                    y + down + 0.34 * NAME_PT,
                    NAME_PT,
                    anchor="middle",
                    weight=700,
                    halo=2.4,
                )
            ]
    return []


def _whole(shapes: np.ndarray) -> BaseGeometry:
    """Areas as one; many times as fast where neighbours have the same corners."""
    try:
        whole = shapely.coverage_union_all(shapes)
    except shapely.GEOSException:
        return shapely.union_all(shapes)
    return whole if whole.is_valid else shapely.union_all(shapes)


def names(spec: MapSpec, paper: Paper, taken: Taken) -> list[str]:
    """Each name near the middle of what is in sight of it, or nowhere where there is no room."""
    parts = []
    shapes = np.array(spec.shapes, dtype=object)
    for name in spec.names:
        seen = shapely.intersection(_whole(shapes[list(name.areas)]), paper.ground)
        text = svg_text.cut(name.text, NAME_PT, paper.width / 2)
        width = svg_text.width(text, NAME_PT) * (1.06 if name.strong else 1)
        large = seen.area / paper.metres**2 >= NAME_ROOM * width * NAME_PT
        if seen.is_empty or not (large or name.strong):
            continue
        x, y = paper.points(shapely.get_coordinates(shapely.point_on_surface(seen)))[0].tolist()
        for move in (0, -11, 11, -22, 22):
            if taken.take(x, y + move, width + 4, NAME_PT + 3):
                parts.append(
                    svg_text.label(
                        text,
                        x,
                        y + move + 0.34 * NAME_PT,
                        NAME_PT,
                        anchor="middle",
                        weight=700 if name.strong else 600,
                        halo=2.4,
                    )
                )
                break
    return parts


def numbers(spec: MapSpec, outlines: np.ndarray, paper: Paper, taken: Taken) -> list[str]:
    """The tenth of each area in its middle, where it fits: colour is not the only carrier."""
    if spec.layer.kind != "decile" or len(outlines) > BORDERS_UP_TO or not len(outlines):
        return []
    seen = shapely.intersection(outlines, paper.ground)
    middles = shapely.point_on_surface(seen)
    room = shapely.distance(middles, shapely.boundary(seen)) / paper.metres
    parts = []
    for place in np.flatnonzero(room >= 0.75 * NUMBER_PT).tolist():
        number = int(spec.classes[place])
        if number in (NO_DATA, PALE):
            continue
        spot = _free_spot(seen[place], middles[place], paper, taken)
        if spot:
            ink = "#fff" if _is_dark(spec.colour(number)) else svg_text.INK
            x, y = spot[0], spot[1] + 0.34 * NUMBER_PT
            parts.append(
                svg_text.label(str(number + 1), x, y, NUMBER_PT, anchor="middle", colour=ink)
            )
    return parts


def _free_spot(
    seen: BaseGeometry, middle: BaseGeometry, paper: Paper, taken: Taken
) -> tuple[float, float] | None:
    """A place for a number in an area: its middle, or nearby if a name or symbol is there."""
    x, y = paper.points(shapely.get_coordinates(middle))[0].tolist()
    for across, down in ((0, 0), (0, 13), (0, -13), (16, 0), (-16, 0)):
        square = shapely.box(*_metres(paper, x + across, y + down, NUMBER_PT))
        fits = not (across or down) or shapely.contains(seen, square)
        if fits and taken.take(x + across, y + down, NUMBER_PT + 3, NUMBER_PT + 3):
            return x + across, y + down
    return None


def _metres(paper: Paper, x: float, y: float, size: float) -> tuple[float, ...]:
    """The square of `size` points around a position on paper, on the ground."""
    east, north = paper.west + x * paper.metres, paper.north - y * paper.metres
    half = size * paper.metres / 2
    return east - half, north - half, east + half, north + half


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def scale_length(metres_across: float) -> int:
    """The longest of 1, 2 or 5 × 10ⁿ metres that takes at most a quarter of the map's width."""
    most = metres_across / 4
    power = 10 ** math.floor(math.log10(most))
    return int(max(step * power for step in (1, 2, 5) if step * power <= most)) or 1


def scale_words(metres: int) -> str:
    """What stands at a scale bar: "500 m (0.3 miles)", "1 km (0.6 miles)"."""
    length = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    miles = metres / MILE_M
    if miles < 0.1:
        return length
    figure = f"{miles:.0f}" if miles >= 10 else f"{miles:.1f}"
    return f"{length} ({figure} miles)"


def furniture(paper: Paper, taken: Taken) -> list[str]:
    """Scale bar at the lower left, north arrow at the upper right, on white so that they read."""
    metres = scale_length(paper.width * paper.metres)
    bar = metres / paper.metres
    words = scale_words(metres)
    wide = max(bar, svg_text.width(words, 7)) + 12
    left, top = 5.0, paper.height - 27
    taken.cover(left + wide / 2, top + 11, wide + 4, 26)
    x, y = left + 6, top + 16
    parts = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="22" fill="#fff" '
        'fill-opacity=".88"/>',
        svg_text.label(words, x, top + 9, 7),
        f'<path d="M{x:.1f} {y - 3:.1f}v3h{bar:.1f}v-3M{x + bar / 2:.1f} {y:.1f}v-2" fill="none" '
        f'stroke="{BLACK}" stroke-width="1"/>',
    ]
    middle = paper.width - 14
    taken.cover(middle, 19, 22, 32)
    parts += [
        f'<rect x="{middle - 9:.1f}" y="5" width="18" height="28" fill="#fff" fill-opacity=".88"/>',
        f'<path d="M{middle:.1f} 8l5 13l-5 -3l-5 3z" fill="{BLACK}"/>',
        svg_text.label("N", middle, 30, 8, anchor="middle", weight=600),
    ]
    return parts
