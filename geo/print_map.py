"""A map drawn without tiles: vector shapes from our own outlines, for paper and for files."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import print_labels
from geo.print_labels import BLACK
from geo.print_paper import Paper, Taken
from geo.print_spec import BORDERS_UP_TO, MapSpec

SEA = "#EEF2F5"
COUNCIL = "#3d4752"
# Corners nearer than this to the line they break are left out: a third of a point is not seen.
DETAIL_PT = 0.35
# A bold line would hide islands where there are many.
MANY_ISLANDS = 8


def drawing(spec: MapSpec, width: float) -> str:
    """The map as SVG, `width` points wide, with scale bar and north arrow and no key."""
    paper = Paper(spec.box, width)
    outlines = _simplified(spec.shapes, paper)
    parts = [f'<rect width="{paper.width:.1f}" height="{paper.height:.1f}" fill="{SEA}"/>']
    parts += _areas(spec, outlines, paper)
    parts += _council_lines(spec, outlines, paper)
    if spec.chosen:
        parts += _chosen_line(outlines, list(spec.chosen), paper)
    taken = Taken(paper)
    furniture = print_labels.furniture(paper, taken)
    marks = print_labels.symbols(spec, paper, taken)
    parts += print_labels.names(spec, paper, taken)
    parts += print_labels.numbers(spec, outlines, paper, taken)
    parts += marks + furniture
    parts.append(
        f'<rect x=".4" y=".4" width="{paper.width - 0.8:.1f}" height="{paper.height - 0.8:.1f}" '
        f'fill="none" stroke="{COUNCIL}" stroke-width=".8"/>'
    )
    return wrapped("".join(parts), paper.width, paper.height)


def wrapped(content: str, width: float, height: float) -> str:
    """An SVG document of a size in points around its content."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}" '
        f'viewBox="0 0 {width:.1f} {height:.1f}">{content}</svg>'
    )


def _simplified(shapes: Sequence[BaseGeometry], paper: Paper) -> np.ndarray:
    """The shapes without corners too small to see, their shared borders still shared while there
    are few enough to draw borders."""
    outlines = np.array(shapes, dtype=object)
    if not len(outlines):
        return outlines
    detail = DETAIL_PT * paper.metres
    if len(outlines) > BORDERS_UP_TO:
        # Each by itself, ten times as fast: the gaps are thinner than the edges drawn over them.
        simple = shapely.simplify(outlines, detail, preserve_topology=False)
        gone = shapely.is_empty(simple)
        simple[gone] = shapely.simplify(outlines[gone], detail)
        return simple
    simple = shapely.coverage_simplify(outlines, detail)
    ground = shapely.buffer(paper.ground, 8 * paper.metres, join_style="mitre")
    shapely.prepare(ground)
    over = ~shapely.contains(ground, simple)
    simple[over] = shapely.intersection(simple[over], ground)
    return simple


def _areas(spec: MapSpec, outlines: np.ndarray, paper: Paper) -> list[str]:
    """One path for each class. Edges have the colour of the fill, or gaps would show as hairs."""
    classes = np.asarray(spec.classes)
    parts = []
    for number in np.unique(classes).tolist():
        colour = spec.colour(number)
        path = paper.path(outlines[classes == number])
        parts.append(
            f'<path transform="scale(.1)" d="{path}" fill="{colour}" fill-rule="evenodd" '
            f'stroke="{colour}" stroke-width="4"/>'
        )
    if 0 < len(outlines) <= BORDERS_UP_TO:
        parts.append(_line(paper.path(shapely.boundary(outlines)), "#fff", 0.6))
    return parts


def _line(path: str, colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path transform="scale(.1)" d="{path}" fill="none" stroke="{colour}" '
        f'stroke-width="{10 * width:g}" stroke-linejoin="round"{dashes}/>'
    )


def _chosen_line(outlines: np.ndarray, chosen: list[int], paper: Paper) -> list[str]:
    """A bold outline around areas, thinner where it would hide many islands."""
    own = outlines[chosen]
    if len(outlines) > BORDERS_UP_TO:
        # Close the hairs between areas that were simplified each by itself.
        gap = 0.8 * paper.metres
        whole = shapely.union_all(shapely.buffer(own, gap, join_style="mitre"))
        parts = shapely.get_parts(shapely.buffer(whole, -gap, join_style="mitre"))
        parts = parts[shapely.area(parts) > gap * gap]
    else:
        parts = shapely.get_parts(shapely.union_all(own))
    path = paper.path(shapely.boundary(parts))
    width = 2 if len(parts) <= MANY_ISLANDS else 1
    return [_line(path, "#fff", 2 * width), _line(path, BLACK, width)]


def _council_lines(spec: MapSpec, outlines: np.ndarray, paper: Paper) -> list[str]:
    """Where one council meets another; the coast shows by itself."""
    council = np.asarray(spec.councils)
    codes = np.unique(council)
    if len(codes) < 2 or len(outlines) > BORDERS_UP_TO:
        return []
    wholes = np.array([shapely.union_all(outlines[council == code]) for code in codes])
    outer = shapely.boundary(shapely.union_all(wholes))
    between = shapely.difference(shapely.union_all(shapely.boundary(wholes)), outer)
    path = paper.path(np.array([shapely.line_merge(between)]))
    return [_line(path, "#fff", 2.4), _line(path, COUNCIL, 1.2, "60 20 10 20")]
