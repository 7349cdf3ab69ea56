"""The sets of places a reader can put on the map: one row each, drawn by the map engine."""

from __future__ import annotations

from dataclasses import dataclass

from geo.asset_kind import Kind
from geo.asset_kinds import KINDS
from geo.assets import points_file
from geo.maps import Points

LIBRARIES = "libraries"
CLOSED = "closed"
CASES = "cases"
_CASE_GROUP = "Case studies"
_CASE_COLOUR = "#b8860b"
# All of England's libraries at once would hide the areas they stand in.
_OPEN_LIBRARIES_FROM_ZOOM = 9


@dataclass(frozen=True)
class PointSet:
    """A choice in the list of places.

    key: its word in the link; group: the heading it stands under; how_complete: what the list is
    and of when; drawn: the symbols it brings.
    """

    key: str
    label: str
    group: str
    how_complete: str
    drawn: tuple[Points, ...]


def _library(key: str, label: str, shape: str, from_zoom: int = 0) -> Points:
    return Points(
        f"library-{key}",
        label,
        shape,
        KINDS["library"].colour,
        url=f"points/library_{key}.json",
        from_zoom=from_zoom,
    )


def _open_library(key: str, label: str, shape: str) -> Points:
    return _library(key, label, shape, _OPEN_LIBRARIES_FROM_ZOOM)


def _kind(kind: Kind) -> PointSet:
    label = kind.plural[0].upper() + kind.plural[1:]
    drawn = tuple(
        Points(
            f"{kind.key}-{source.replace('_', '-')}",
            label,
            kind.shape,
            kind.colour,
            url=points_file(kind.key, source),
        )
        for source in kind.sources
    )
    return PointSet(kind.key, label, kind.group, kind.how_complete, drawn)


_BY_HAND = (
    PointSet(
        LIBRARIES,
        "Open public libraries (when zoomed in)",
        KINDS["library"].group,
        KINDS["library"].how_complete,
        (
            _open_library("council", "Library run by the council", "circle"),
            _open_library("commissioned", "Library run for the council", "square"),
            _open_library("community", "Library run by the community", "triangle"),
            _open_library("independent", "Independent library", "diamond"),
            _open_library("unknown", "Library, who runs it is not recorded", "ring"),
        ),
    ),
    PointSet(
        CLOSED,
        "Libraries closed since 2010",
        KINDS["library_closed"].group,
        KINDS["library_closed"].how_complete,
        (_library("closed", "Library closed since 2010", "cross"),),
    ),
    PointSet(
        CASES,
        "Case studies",
        _CASE_GROUP,
        "Places where people tried; how precisely each is known is said",
        (
            Points(
                "case",
                "Case study",
                "pin",
                _CASE_COLOUR,
                url="points/case_studies.json",
                large=True,
            ),
            Points(
                "case-town",
                "Case study somewhere in the town",
                "ring",
                _CASE_COLOUR,
                url="points/case_towns.json",
                large=True,
            ),
        ),
    ),
)
POINT_SETS = _BY_HAND + tuple(
    _kind(kind)
    for kind in KINDS.values()
    if kind.sources and kind.key not in ("library", "library_closed")
)


def drawn(keys: tuple[str, ...]) -> tuple[Points, ...]:
    """The symbols of the chosen sets, in the order of the list; what is under comes first."""
    return tuple(points for row in POINT_SETS if row.key in keys for points in row.drawn)
