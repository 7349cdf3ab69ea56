"""Layers of access: how far each kind of place is, and whether that is far for such an area.

Made from the table of kinds, so a kind that gets an England-wide list gets its layers.
"""

from __future__ import annotations

import numpy as np

from geo.asset_kind import Kind
from geo.distance import MILE_M, TWO_MILES_M
from geo.gaps import WORST_TENTH
from geo.layer import Layer
from geo.reached import REACHED

_FAR_STEPS = (800.0, 1_200.0, MILE_M, TWO_MILES_M, 5 * MILE_M)
_FAR_LABELS = (
    "800 m or less",
    "800 m to 1.2 km",
    "1.2 km to 1 mile",
    "1 to 2 miles",
    "2 to 5 miles",
    "more than 5 miles",
)
_FAR_COLOURS = ("#E4EBD3", "#ACD79C", "#66B9AB", "#1D90AE", "#145989", "#080C54")
# A step holds its upper end; the worst tenth begins at nine in ten.
_GAP_STEPS = (0.5, 0.75, float(np.nextafter(WORST_TENTH, 0)))
_GAP_LABELS = (
    "closer than half or more of such areas",
    "further than half of such areas",
    "further than 3 in 4 such areas",
    "worst tenth: further than 9 in 10 such areas",
)
_GAP_COLOURS = ("#E4EBD3", "#80C6A3", "#1F9EB7", "#080C54")


def _sources(kind: Kind) -> tuple[str, ...]:
    return (*kind.sources, "onspd")


def distance_layer(kind: Kind) -> Layer:
    """Median straight-line metres from an area's postcodes to the nearest place of a kind."""
    return Layer(
        key=f"to_{kind.key}",
        label=f"Distance to the nearest {kind.singular}",
        short=f"To a {kind.singular}",
        kind="steps",
        columns=(f"{kind.key}_m",),
        unit="metres",
        direction=(
            f"Straight line; half of each area’s postcodes are nearer. {kind.how_complete}."
        ),
        sources=_sources(kind),
        colours=_FAR_COLOURS,
        labels=_FAR_LABELS,
        breaks=_FAR_STEPS,
    )


def gap_layer(kind: Kind) -> Layer:
    """An area's distance against areas of its own rural or urban class."""
    return Layer(
        key=f"gap_{kind.key}",
        label=f"Gap: {kind.singular}",
        short=f"Gap: {kind.singular}",
        kind="steps",
        columns=(f"{kind.key}_closer",),
        unit="share of areas of the same rural or urban class that are closer",
        direction=f"Against areas of the same rural or urban class. {kind.how_complete}.",
        sources=(*_sources(kind), "ruc21_lsoa"),
        colours=_GAP_COLOURS,
        labels=_GAP_LABELS,
        breaks=_GAP_STEPS,
    )


ACCESS_LAYERS = tuple(distance_layer(kind) for kind in REACHED.values()) + tuple(
    gap_layer(kind) for kind in REACHED.values()
)
