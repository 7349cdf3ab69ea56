"""The map of a what-if's briefing: who is affected, what closes, what is new, what stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo import briefing_map, layers, sentences
from geo.areas import SMALL_AREA
from geo.effects import Effect
from geo.national import National
from geo.placing import to_grid
from geo.print_spec import MOST_AREAS, PALE, Box, MapSpec, Symbols, framed
from geo.reached import REACHED
from geo.what_if_map import LAYER, changed, crossing
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView

ASPECT, FILL, LEAST_WIDTH_M = 1.06, 0.9, 3_000.0
CROSSING = {
    "falls": "Half of its people or more fall outside the walk",
    "comes": "Half of its people or more come within the walk",
}
# More symbols of places that stay than this would hide who is affected.
MOST_STAYING, MOST_NAMED = 120, 12
_PALE = "nobody there is affected"


def changes_map(
    view: WhatIfView,
    effect: Effect,
    changes: Sequence[Change],
    places: pd.DataFrame,
    national: National,
) -> MapSpec:
    """Small areas by deprivation where anyone is affected, pale elsewhere, with the changes named.

    places: those of the service that are open now.
    """
    store = national.store
    outlines, frame = store.level_shapes(SMALL_AREA), store.small_areas
    affected = effect.areas["area"].to_numpy(dtype="int64")
    box, seen = _view(outlines, affected, changes)
    classes = np.full(len(frame), PALE, dtype="int64")
    classes[affected] = layers.classes(LAYER, frame)[affected]
    outlined, meaning = crossing(effect)
    near = frame.iloc[seen]
    names = briefing_map.names(near["msoa21_code"].to_numpy(), near["neighbourhood_name"].tolist())
    return MapSpec(
        title=f"Who is affected, by {LAYER.label}",
        alt=_in_words(view, effect, changes, len(outlined), meaning),
        layer=LAYER,
        among="England’s small areas",
        shapes=outlines.geometry.to_numpy()[seen],
        classes=classes[seen],
        box=box,
        chosen=tuple(np.flatnonzero(np.isin(seen, outlined)).tolist()),
        chosen_label=CROSSING.get(meaning or "", ""),
        councils=near["ltla24_code"].to_numpy(),
        symbols=(*_staying(view, changes, places, box), *_changing(changes)),
        names=names,
        credit=briefing_map.credit(national, (*LAYER.sources, *REACHED[view.kind].sources)),
        pale_label=_PALE,
    )


def _view(outlines, affected: np.ndarray, changes: Sequence[Change]) -> tuple[Box, np.ndarray]:
    """Where anyone is affected; around the changes where nobody is."""
    if len(affected):
        box, seen = briefing_map.around(outlines, affected, ASPECT, FILL, LEAST_WIDTH_M)
        return (box, seen) if len(seen) <= MOST_AREAS else (box, affected)
    points = np.array([to_grid(change.longitude, change.latitude) for change in changes])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    box = framed((west, south, east, north), ASPECT, FILL, LEAST_WIDTH_M)
    return box, briefing_map.in_sight(outlines, box)


def _changing(changes: Sequence[Change]) -> tuple[Symbols, ...]:
    """What closes and what is new, with the symbols and names of the screen's map."""
    found = []
    for points in changed(changes):
        xy = [to_grid(row[0], row[1]) for row in points.rows]
        found.append(
            Symbols(
                points.label,
                points.shape,
                points.colour,
                tuple((float(easting), float(northing)) for easting, northing in xy),
                tuple(row[2] for row in points.rows),
                large=True,
            )
        )
    return tuple(found)


def _staying(
    view: WhatIfView, changes: Sequence[Change], places: pd.DataFrame, box: Box
) -> tuple[Symbols, ...]:
    """The places of the service that stay open, named where they are few."""
    kind = REACHED[view.kind]
    closing = {change.what for change in changes if change.closes}
    rows = briefing_map.inside(places[~places["asset_id"].isin(closing)], box)
    if not 0 < len(rows) <= MOST_STAYING:
        return ()
    label = f"{kind.singular[:1].upper()}{kind.singular[1:]} that stays open"
    texts = tuple(rows["name"]) if len(rows) <= MOST_NAMED else ()
    xy = briefing_map.positions(rows)
    return (Symbols(label, kind.shape, kind.colour, xy, texts),)


def _in_words(
    view: WhatIfView,
    effect: Effect,
    changes: Sequence[Change],
    outlined: int,
    meaning: str | None,
) -> str:
    """The map for who cannot see it."""
    closed = [change.name for change in changes if change.closes]
    new = [change.name for change in changes if not change.closes]
    parts = ["Map of who is affected."]
    parts += [f"Closed: {sentences.joined(closed)}."] if closed else []
    parts += [f"New: {sentences.joined(new)}."] if new else []
    parts.append(
        f"{sentences.count(len(effect.areas), 'small area')} with anyone affected, coloured by "
        "deprivation; the others are pale."
    )
    if meaning:
        said = CROSSING[meaning][:1].lower() + CROSSING[meaning][1:]
        parts.append(f"{sentences.count(outlined, 'small area')} outlined: {said}.")
    return " ".join(parts)
