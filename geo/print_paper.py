"""The sheet a map is printed on: from metres to points, and which parts are written on."""

from __future__ import annotations

import numpy as np
import shapely

_FIGURES = 10  # coordinates of paths are written in tenths of a point


class Paper:
    """From metres to points: the box in the frame."""

    def __init__(self, box: tuple[float, float, float, float], width: float) -> None:
        self.west, south, east, self.north = box
        self.width = width
        self.metres = (east - self.west) / width
        self.height = (self.north - south) / self.metres
        self.ground = shapely.box(*box)

    def points(self, metres: np.ndarray) -> np.ndarray:
        """Positions on paper, x to the right and y down."""
        return (np.asarray(metres) - (self.west, self.north)) / (self.metres, -self.metres)

    def path(self, geometries: np.ndarray) -> str:
        """Rings and lines as one SVG path in tenths of a point."""
        parts = shapely.get_parts(np.asarray(geometries, dtype=object))
        polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
        lines = np.concatenate([shapely.get_rings(parts[polygons]), parts[~polygons]])
        xy, line = shapely.get_coordinates(lines, return_index=True)
        if not len(xy):
            return ""
        corners = np.round(self.points(xy) * _FIGURES).astype("int64")
        steps = np.diff(corners, axis=0, prepend=corners[:1])
        starts = np.diff(line, prepend=-1) > 0
        # A corner that rounding laid onto the one before says nothing.
        keep = starts | (steps != 0).any(axis=1)
        written = []
        for (x, y), (across, down), first in zip(
            corners[keep].tolist(), steps[keep].tolist(), starts[keep].tolist(), strict=True
        ):
            written.append(f"M{x} {y}" if first else f"l{across} {down}")
        return "".join(written)


class Taken:
    """Which parts of the frame are written on, so that texts and symbols keep clear."""

    def __init__(self, paper: Paper) -> None:
        self.width, self.height = paper.width, paper.height
        self.boxes: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether a box around x, y was free; if so it is taken from now on."""
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        inside = box[0] >= 3 and box[1] >= 3 and box[2] <= self.width - 3
        if not inside or box[3] > self.height - 3 or self.meets(box):
            return False
        self.boxes.append(box)
        return True

    def cover(self, x: float, y: float, width: float, height: float) -> None:
        """Takes a box around x, y whether or not it is free."""
        self.boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a box (left, top, right, bottom) overlaps one that is taken."""
        return any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in self.boxes
        )
