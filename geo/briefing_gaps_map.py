"""The map of a briefing on gaps: the scores of the page, the first areas of the list named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from geo import briefing_map, gaps_list, layers, sentences
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.gaps_list import SCORE, Shown
from geo.gaps_view import GapsView
from geo.national import National
from geo.own_access import Counted
from geo.print_spec import BORDERS_UP_TO, MOST_AREAS, PALE, Box, MapSpec, Name, Symbols
from geo.sentences import LEVEL_NOUNS

ASPECT, ENGLAND_ASPECT, FILL, LEAST_WIDTH_M = 1.0, 0.86, 0.92, 3_000.0
# More symbols than this hide the areas.
MOST_SYMBOLS = 150
NAMED, NUMBERED = 8, 10
_INK = "#0b0c0c"
_PALE = "outside what was chosen, or left out by it"


def scores_map(
    view: GapsView, found: Shown, national: National, counted: Counted, where: str
) -> MapSpec:
    """The scores as they are on the page, the areas that are not listed pale.

    More small areas than can be told apart on paper are drawn as their neighbourhoods.
    """
    if view.level == SMALL_AREA and int(found.scope.sum()) > MOST_AREAS:
        view = replace(view, level=NEIGHBOURHOOD, area=None)
        found = gaps_list.shown(view, counted)
    outlines = national.store.level_shapes(view.level)
    scope = np.flatnonzero(found.scope)
    aspect = ENGLAND_ASPECT if len(scope) == len(found.scope) else ASPECT
    box, seen = briefing_map.around(outlines, scope, aspect, FILL, LEAST_WIDTH_M)
    if len(seen) > MOST_AREAS:
        seen = scope
    shapes, near = outlines.geometry.to_numpy()[seen], found.frame.iloc[seen]
    first = np.argsort(near["place"].where(found.keep[seen]).to_numpy("float64", na_value=np.inf))
    first = first[found.keep[seen][first]]
    is_close = len(seen) <= BORDERS_UP_TO
    return MapSpec(
        title=f"{SCORE.label}: {where}",
        alt=_in_words(found, view, where),
        layer=SCORE,
        among=f"England’s {LEVEL_NOUNS[view.level][1]}",
        shapes=shapes,
        classes=np.where(found.keep, layers.classes(SCORE, found.frame), PALE)[seen],
        box=box,
        chosen=tuple(np.flatnonzero(near["code"] == view.area).tolist()),
        chosen_label="Area chosen",
        councils=near["ltla24_code"].to_numpy(),
        symbols=_places(view, national, box) if is_close else _numbers(near, shapes, first),
        names=_names(near, first) if is_close else (),
        credit=briefing_map.credit(national, gaps_list.sources(view)),
        pale_label=_PALE,
    )


def _names(near: pd.DataFrame, first: np.ndarray) -> tuple[Name, ...]:
    """The first areas of the list by name, each neighbourhood once."""
    called = near["neighbourhood_name"].to_numpy()
    seen: dict[str, int] = {}
    for row in first.tolist():
        seen.setdefault(called[row], row)
    return tuple(Name(text, (row,), True) for text, row in list(seen.items())[:NAMED])


def _numbers(near: pd.DataFrame, shapes: np.ndarray, first: np.ndarray) -> tuple[Symbols, ...]:
    """The first areas by their place, where areas are too small for names."""
    some = first[:NUMBERED]
    if not len(some):
        return ()
    middles = shapely.get_coordinates(shapely.centroid(shapes[some]))
    label = f"First {len(some)} on the list, by place"
    texts = tuple(f"{place:,}" for place in near["place"].iloc[some])
    return (Symbols(label, "ring", _INK, tuple(map(tuple, middles.tolist())), texts),)


def _places(view: GapsView, national: National, box: Box) -> tuple[Symbols, ...]:
    """Places of the chosen kinds once councils are chosen, as on the page."""
    if not view.councils:
        return ()
    drawn = [briefing_map.of_kind(national, kind, box) for kind in view.kinds]
    drawn = [kind for kind in drawn if kind.xy]
    return tuple(drawn) if sum(len(kind.xy) for kind in drawn) <= MOST_SYMBOLS else ()


def _in_words(found: Shown, view: GapsView, where: str) -> str:
    """The map for who cannot see it: how many areas have which score, and the first of them."""
    plural = LEVEL_NOUNS[view.level][1]
    scores = pd.Series(layers.classes(SCORE, found.frame)[found.keep])
    counts = scores[scores < len(SCORE.labels)].value_counts().sort_index(ascending=False)
    told = "; ".join(f"{SCORE.labels[number]}: {areas:,}" for number, areas in counts.items())
    first = found.frame[found.keep].nsmallest(3, "place")
    names = [f"{row.neighbourhood_name} ({row.council})" for row in first.itertuples()]
    said = f"Map of the scores of {plural}: {where}. Areas by score: {told or 'none'}."
    return f"{said} The highest: {sentences.joined(names)}." if names else said
