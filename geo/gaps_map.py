"""What the map of the Gaps page shows: the score of each area, the list's areas in full colour."""

from __future__ import annotations

from dataclasses import replace

from geo import layers, map_view
from geo import points as point_sets
from geo.gaps_list import SCORE, Shown
from geo.gaps_view import GapsView
from geo.maps import At, Fit, MapState, Points
from geo.reached import FAMILY_CENTRE, TWO_NAMES
from geo.store import Store
from geo.view import View

# Kinds whose places stand under other words among the points.
_POINT_SETS = {"library": (point_sets.LIBRARIES,), FAMILY_CENTRE.key: TWO_NAMES}


def plain_view(view: GapsView) -> View:
    """The same places on the plain map: what both maps share."""
    return View(
        level=view.level,
        councils=view.councils,
        regions=view.regions,
        area=view.area,
        outlines=(),
        points=(),
    )


def points(view: GapsView) -> tuple[Points, ...]:
    """Places of the chosen kinds, once councils are chosen: over England they hide the areas."""
    if not view.councils:
        return ()
    keys = tuple(key for kind in view.kinds for key in _POINT_SETS.get(kind, (kind,)))
    return point_sets.drawn(keys)


def state(found: Shown, view: GapsView, store: Store, look_at: Fit | At | None) -> MapState:
    """Everything the engine draws. look_at: where to move, if it should."""
    colours, labels = layers.look(SCORE)
    return replace(
        map_view.state(plain_view(view), store, found.keep, look_at),
        values=layers.encode(layers.classes(SCORE, found.frame), ~found.keep),
        colours=colours,
        labels=labels,
        title=SCORE.label,
        points=points(view),
    )
