"""What a printed map shows: outlines with their classes, and what stands on them.

A `MapSpec` says what, `geo.print_map` draws it and `geo.print_key` adds its key. Lengths on the
ground are metres of EPSG:27700, on paper points (1/72 inch).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.layers import NO_DATA, Layer
from geo.maps import NO_DATA_COLOUR

# West, south, east and north, metres.
Box = tuple[float, float, float, float]
# Above this many areas no borders are drawn, of areas or councils: they would blacken the map.
BORDERS_UP_TO = 800
# More outlines than this would make too large a file: show neighbourhoods instead.
MOST_AREAS = 10_000
# The class of an area that is left out or not concerned: land without a figure to read.
PALE = 26
PALE_COLOUR = "#e9e6df"


@dataclass(frozen=True)
class Symbols:
    """Places of one kind. shape: a key of `symbols.PATHS`; xy: easting and northing of each.

    texts: what stands beside each, or empty. large: a few places that the map is about.
    """

    label: str
    shape: str
    colour: str
    xy: tuple[tuple[float, float], ...]
    texts: tuple[str, ...] = ()
    large: bool = False

    def __post_init__(self) -> None:
        if self.texts and len(self.texts) != len(self.xy):
            raise ValueError("each place needs one text")


@dataclass(frozen=True)
class Name:
    """A name to write on the map, if there is room, in the middle of the areas with these places
    in `MapSpec.shapes`. strong: set in bold."""

    text: str
    areas: tuple[int, ...]
    strong: bool = False


@dataclass(frozen=True)
class MapSpec:
    """What a printed map shows.

    alt: the map in words, for who cannot see it. layer: as it is at this level. among: whose
    tenths they are, as in "England's small areas". shapes: polygons in metres, each with its class
    of the layer, or PALE, which means `pale_label`. box: west, south, east, north to show. chosen:
    places in `shapes` of the areas with a bold outline, called `chosen_label`. councils: council
    code of each shape, for their outlines; empty for none. names: the most important first.
    credit: attribution texts.
    """

    title: str
    alt: str
    layer: Layer
    among: str
    shapes: Sequence[BaseGeometry] = field(repr=False)
    classes: Sequence[int] | np.ndarray = field(repr=False)
    box: Box
    chosen: tuple[int, ...] = ()
    chosen_label: str = ""
    councils: Sequence[str] = field(default=(), repr=False)
    symbols: tuple[Symbols, ...] = ()
    names: tuple[Name, ...] = ()
    credit: str = ""
    pale_label: str = ""

    def __post_init__(self) -> None:
        if len(self.shapes) != len(self.classes):
            raise ValueError("each shape needs one class")
        if len(self.shapes) > MOST_AREAS:
            raise ValueError(f"at most {MOST_AREAS:,} areas can be printed: show larger ones")
        west, south, east, north = self.box
        if not (west < east and south < north):
            raise ValueError(f"the box is empty: {self.box}")

    def colour(self, number: int) -> str:
        """Colour of a class."""
        if number == PALE:
            return PALE_COLOUR
        return NO_DATA_COLOUR if number == NO_DATA else self.layer.colours[number]

    @property
    def aspect(self) -> float:
        """Width of the box over its height."""
        west, south, east, north = self.box
        return (east - west) / (north - south)


def framed(extent: Box, aspect: float, fill: float, least_m: float = 0) -> Box:
    """A box of a given aspect around an extent (metres), which fills the share `fill` of it.

    least_m: the smallest width of the box.
    """
    west, south, east, north = extent
    width = max((east - west) / fill, (north - south) / fill * aspect, least_m)
    x, y = (west + east) / 2, (south + north) / 2
    half, tall = width / 2, width / aspect / 2
    return x - half, y - tall, x + half, y + tall
