"""The map of a view as one drawing, for a picture to take away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geo import briefing_map, layers, map_view, selection, sentences
from geo.areas import NEIGHBOURHOOD, SMALL_AREA, level_of
from geo.asset_kinds import KINDS
from geo.national import National
from geo.points import LIBRARIES
from geo.print_spec import MOST_AREAS, PALE, Box, MapSpec, Symbols
from geo.sentences import LEVEL_NOUNS
from geo.view import View

ASPECT, ENGLAND_ASPECT = 1.1, 0.86
SCOPE_FILL, AREA_FILL, LEAST_WIDTH_M = 0.92, 0.3, 3_000.0
# More symbols than this hide the areas.
MOST_SYMBOLS = 200
_PALE = "left out by what you chose"


def view_map(view: View, national: National) -> MapSpec:
    """What a view shows: around the area chosen, else its councils or regions, else England.

    More small areas than can be told apart on paper are drawn as their neighbourhoods.
    """
    store = national.store
    scope = _scope(view, national)
    if view.level == SMALL_AREA and len(scope) > MOST_AREAS:
        view = replace(view, level=NEIGHBOURHOOD, area=None)
        scope = _scope(view, national)
    frame, outlines = store.level(view.level), store.level_shapes(view.level)
    keep = selection.selected(view, frame)
    layer = layers.at_level(layers.layer(view.layer), map_view.TILE_LEVELS[view.level])
    aspect = ENGLAND_ASPECT if len(scope) == len(frame) else ASPECT
    fill = AREA_FILL if view.area else SCOPE_FILL
    box, seen = briefing_map.around(outlines, scope, aspect, fill, LEAST_WIDTH_M)
    seen = seen if len(seen) <= MOST_AREAS else scope
    near, plural = frame.iloc[seen], LEVEL_NOUNS[view.level][1]
    left = sentences.what_is_left(selection.totals(frame, keep), view.level, view.is_filtered)
    if view.area and not view.is_filtered:
        left = sentences.area_title(store.area(view.area))
    return MapSpec(
        title=f"{layer.label}. {left}",
        alt=f"Map of {plural} coloured by {layer.label}. {left}",
        layer=layer,
        among=f"England’s {plural}",
        shapes=outlines.geometry.to_numpy()[seen],
        classes=np.where(keep, layers.classes(layer, frame), PALE)[seen],
        box=box,
        chosen=tuple(np.flatnonzero(_chosen(view, near)).tolist()),
        chosen_label="Area chosen",
        councils=near["ltla24_code"].to_numpy(),
        symbols=_symbols(view, national, box) if len(scope) < len(frame) else (),
        names=briefing_map.names(near["ltla24_code"].to_numpy(), near["council"].tolist()),
        credit=briefing_map.credit(national, layer.sources),
        pale_label=_PALE,
    )


def _chosen(view: View, frame) -> np.ndarray:
    if view.area is None:
        return np.zeros(len(frame), dtype=bool)
    column = "code" if level_of(view.area) == view.level else "msoa21_code"
    if column not in frame:
        return np.zeros(len(frame), dtype=bool)
    return (frame[column] == view.area).to_numpy()


def _scope(view: View, national: National) -> np.ndarray:
    """The rows of the level that the map is fitted to."""
    frame = national.store.level(view.level)
    chosen = np.flatnonzero(_chosen(view, frame))
    if len(chosen):
        return chosen
    inside = np.ones(len(frame), dtype=bool)
    if view.councils:
        inside = frame["ltla24_code"].isin(view.councils).to_numpy()
    elif view.regions:
        inside = frame["region24_code"].isin(view.regions).to_numpy()
    return np.flatnonzero(inside)


def _symbols(view: View, national: National, box: Box) -> tuple[Symbols, ...]:
    """The places that the reader put on the map, where they are few enough."""
    drawn: list[Symbols] = []
    if LIBRARIES in view.points:
        drawn += [kind for kind in briefing_map.libraries(national, box) if kind.shape != "cross"]
    places = briefing_map.inside(national.places, box)
    for key in (key for key in view.points if key in KINDS):
        kind, rows = KINDS[key], places[places["kind"] == key]
        label = f"{kind.singular[:1].upper()}{kind.singular[1:]}"
        drawn.append(Symbols(label, kind.shape, kind.colour, briefing_map.positions(rows)))
    drawn = [kind for kind in drawn if kind.xy]
    return tuple(drawn) if sum(len(kind.xy) for kind in drawn) <= MOST_SYMBOLS else ()
