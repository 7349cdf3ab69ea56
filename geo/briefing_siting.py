"""The briefing of where the next places should go: the answer, the map, the places, the proof."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geo import briefing_cases, briefing_map, effect_sentences, layers, sentences
from geo import siting_sentences as words
from geo import siting_tables as tables
from geo import siting_view as views
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.briefing import NUMBER, Briefing, Column, Point, Section, Table
from geo.briefing_scenarios import OTHER_THEMES, THEMES
from geo.links import COUNCIL
from geo.national import National
from geo.print_spec import MOST_AREAS, PALE, MapSpec, Name, Symbols
from geo.reached import REACHED
from geo.siting_map import LAYER
from geo.siting_run import Result
from geo.siting_view import SitingView

ASPECT, ENGLAND_ASPECT, FILL, LEAST_WIDTH_M = 1.06, 0.86, 0.92, 3_000.0
PLACES = 12
# More symbols of places that are open now than this hide the areas.
MOST_OPEN = 120
_INK = "#0b0c0c"
_PALE = "outside the chosen area"


def of_answer(
    view: SitingView, result: Result, national: National, link: str, made: date
) -> Briefing:
    """The briefing of an answer. Raises ValueError where the link is no web address."""
    store = national.store
    area = views.area_name(view.area, store.table("councils"))
    chosen = tables.places(result, store.small_areas)
    kind = REACHED[view.kind]
    sections = (
        _places(chosen),
        _costs(view, result),
        _ways(result),
        _case(view, chosen, result, national),
        Section(
            "How it was worked out",
            sentences=(
                " ".join(words.worked_out(view, result)[:2]),
                f"{sentences.DETOUR} {effect_sentences.SPREAD} A walk of {view.threshold.label}: "
                f"{view.threshold.source}. {effect_sentences.how_complete(kind)}",
            ),
        ),
    )
    keys = dict.fromkeys(
        (
            *tables.SOURCES,
            "msoa_names",
            *(key for one in _kinds(view) for key in REACHED[one].sources),
        )
    )
    return Briefing(
        kind="Where-next briefing",
        title=words.question(view, area),
        place=f"For {words.WHOSE_LABELS[view.whose].lower()}; {words.AIM_LABELS[view.aim].lower()},"
        f" {view.threshold.label}.",
        lead=(
            words.headline(view, result, area),
            *words.shortfalls(view, result, area),
            words.proof(result),
            words.WHOSE_MEANS[view.whose],
        ),
        sections=tuple(section for section in sections if section),
        sources=tuple(store.sources[key] for key in keys if key in store.sources),
        link=link,
        made=made,
        map=places_map(view, result, chosen, national),
        beside=Section("What this does not know", points=tuple(map(Point, words.UNKNOWN))),
    )


def _kinds(view: SitingView) -> tuple[str, ...]:
    """The service, and what counts as open already."""
    return tuple(dict.fromkeys((view.kind, *view.open_now)))


def _places(chosen: pd.DataFrame) -> Section:
    rows = tuple(
        (f"{order}. {name}", what, where, double, adds, within)
        for order, name, what, where, double, adds, within in tables.place_rows(chosen.head(PLACES))
    )
    heads = tables.PLACE_HEADINGS
    columns = (
        Column(heads[1]), Column(heads[2]), Column(heads[3]), Column("Doubly disadvantaged"),
        Column(heads[5], NUMBER), Column(heads[6], NUMBER),
    )  # fmt: skip
    note = "" if len(rows) == len(chosen) else f"The first {len(rows)} of {len(chosen)}."
    return Section("The places, in order of gain", table=Table(columns, rows, note))


def _costs(view: SitingView, result: Result) -> Section | None:
    said = tuple(words.costs(view, result))
    return Section("What the choices cost", sentences=said) if said else None


def _ways(result: Result) -> Section:
    first, *rest = tables.WAY_HEADINGS
    columns = (Column(first), *(Column(heading, NUMBER) for heading in rest))
    return Section(
        "What other choices would do", table=Table(columns, tuple(tables.way_rows(result)))
    )


def _case(
    view: SitingView, chosen: pd.DataFrame, result: Result, national: National
) -> Section | None:
    """A case about such places, near the first of them."""
    if chosen.empty:
        return None
    first = chosen.iloc[0]
    members = result.chosen.places["i"].to_numpy(dtype="int64")
    themes = THEMES.get(view.kind, OTHER_THEMES)
    return briefing_cases.of_members(
        national, members, themes, (float(first["easting"]), float(first["northing"]))
    )


def places_map(
    view: SitingView, result: Result, chosen: pd.DataFrame, national: National
) -> MapSpec:
    """The places by their order over deprivation, with what is open now.

    More small areas than can be told apart on paper are drawn as their neighbourhoods.
    """
    store = national.store
    level = SMALL_AREA
    if views.members(view.area, store.small_areas).sum() > MOST_AREAS:
        level = NEIGHBOURHOOD
    frame, outlines = store.level(level), store.level_shapes(level)
    inside = views.members(view.area, frame)
    own = np.flatnonzero(inside)
    aspect = ENGLAND_ASPECT if inside.all() else ASPECT
    box, seen = briefing_map.around(outlines, own, aspect, FILL, LEAST_WIDTH_M)
    seen = seen if len(seen) <= MOST_AREAS else own
    classes = np.where(inside, layers.classes(LAYER, frame), PALE)
    sited = Symbols(
        "Chosen for a new place, in order", "diamond", _INK, briefing_map.positions(chosen),
        tuple(str(order) for order in chosen["order"]), large=True,
    )  # fmt: skip
    opened = [briefing_map.of_kind(national, kind, box) for kind in view.open_now]
    if sum(len(kind.xy) for kind in opened) > MOST_OPEN:
        opened = []
    near = frame.iloc[seen]
    names: tuple[Name, ...] = ()
    if COUNCIL.fullmatch(view.area):
        names = briefing_map.names(
            near["msoa21_code" if level == SMALL_AREA else "code"].to_numpy(),
            near["neighbourhood_name"].tolist(),
        )
    doubly = near["double"].to_numpy(dtype=bool) & inside[seen]
    return MapSpec(
        title=f"{REACHED[view.kind].plural.capitalize()}: the places chosen",
        alt=_in_words(view, chosen),
        layer=LAYER,
        among="England’s small areas" if level == SMALL_AREA else "England’s neighbourhoods",
        shapes=outlines.geometry.to_numpy()[seen],
        classes=classes[seen],
        box=box,
        chosen=tuple(np.flatnonzero(doubly).tolist()) if level == SMALL_AREA else (),
        chosen_label="Doubly disadvantaged areas",
        councils=near["ltla24_code"].to_numpy(),
        symbols=(*(kind for kind in opened if kind.xy), sited),
        names=names,
        credit=briefing_map.credit(national, LAYER.sources),
        pale_label=_PALE,
    )


def _in_words(view: SitingView, chosen: pd.DataFrame) -> str:
    """The map for who cannot see it."""
    named = [
        f"{row.order}, {row.name} in {row.neighbourhood_name}"
        for row in chosen.itertuples(index=False)
    ]
    some = named[:PLACES]
    more = f"; and {len(named) - len(some)} more" if len(named) > len(some) else ""
    return (
        f"Map of where new {REACHED[view.kind].plural} would go, over deprivation. In order: "
        f"{'; '.join(some)}{more}."
    )
