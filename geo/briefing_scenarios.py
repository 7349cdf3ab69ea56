"""The briefing of a what-if: the sentence to say, the map, before and after, and who it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from geo import briefing_cases, effect_sentences, effect_tables, sentences
from geo.briefing import NUMBER, Briefing, Column, Section, Table
from geo.briefing_scenario_map import changes_map
from geo.effects import Effect
from geo.national import National
from geo.placing import to_grid
from geo.reached import REACHED
from geo.what_if_places import Change
from geo.what_if_view import WhatIfView

AREAS, PLACES = 6, 5
# What a case study should be about where a kind of place closes or opens.
THEMES = {
    "library": ("reading",),
    "family_centre": ("early years",),
    "nursery_school": ("early years",),
    "youth_centre": ("young people",),
    "school": ("attendance and attainment", "young people"),
    "college": ("skills", "pathways to work"),
}
OTHER_THEMES = ("regeneration",)


def of_scenario(
    view: WhatIfView,
    effect: Effect,
    changes: Sequence[Change],
    places: pd.DataFrame,
    national: National,
    link: str,
    made: date,
    note: str = "",
) -> Briefing:
    """The briefing of a scenario's effect on one service.

    changes: those to this service; places: those of it that are open now (`of_service`). note:
    more to mind. Raises ValueError where there is no change, and where the link is no web address.
    """
    if not changes:
        raise ValueError("nothing is closed or opened")
    kind, walk = REACHED[view.kind], view.threshold.label
    said = (
        note,
        sentences.DETOUR,
        effect_sentences.SPREAD,
        f"A walk of {walk}: {view.threshold.source}.",
        effect_sentences.how_complete(kind),
    )
    sections = (
        _before_after(effect, changes, walk, _names(national)),
        _elsewhere(effect, changes, view),
        _who(effect, walk),
        _areas(effect, walk, national),
        _case(effect, changes, view, national),
        Section("What to mind", sentences=(" ".join(filter(None, said)),)),
    )
    register = national.store.sources
    keys = dict.fromkeys((*effect_tables.SOURCES, *kind.sources))
    return Briefing(
        kind="What-if briefing",
        title=view.scenario.name or f"What if? {_title(changes, kind)}",
        place=_where(changes, kind),
        lead=(
            effect_sentences.headline(effect, changes, kind, walk),
            *effect_sentences.who(effect, kind),
            *(effect_sentences.alternatives(effect, kind)[:1]),
        ),
        sections=tuple(section for section in sections if section),
        sources=tuple(register[key] for key in keys if key in register),
        link=link,
        made=made,
        map=changes_map(view, effect, changes, places, national),
        beside=_beside(effect),
    )


def _names(national: National) -> Mapping[str, str]:
    councils = national.store.table("councils")
    return dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True))


def _title(changes: Sequence[Change], kind) -> str:
    return effect_sentences.what_changes(changes, kind)


def _where(changes: Sequence[Change], kind) -> str:
    councils = [council for council in dict.fromkeys(change.where for change in changes) if council]
    where = sentences.joined(councils) if len(councils) <= 3 else f"{len(councils)} councils"
    closing = sum(change.closes for change in changes)
    parts = [
        f"{number:,} {word}"
        for number, word in ((closing, "to close"), (len(changes) - closing, "to open"))
        if number
    ]
    return f"{kind.plural[:1].upper()}{kind.plural[1:]} in {where}: {sentences.joined(parts)}."


def _before_after(
    effect: Effect, changes: Sequence[Change], walk: str, names: Mapping[str, str]
) -> Section:
    """Those affected, and everyone in their councils, before and after."""
    now, after = effect_sentences.before_after_headings(changes)
    blocks: list[list[tuple[str, ...]]] = []
    headings: list[str] = []
    for row in effect_tables.before_after(effect, walk, names):
        if isinstance(row, str):
            headings.append(row)
            blocks.append([])
        else:
            blocks[-1].append(row)
    rows = tuple((one[0], *one[1:], *other[1:]) for one, other in zip(*blocks, strict=True))
    columns = (
        Column(""),
        Column(f"Affected: {now[:1].lower()}{now[1:]}", NUMBER),
        Column(f"Affected: {after[:1].lower()}{after[1:]}", NUMBER),
        Column("Everyone: now", NUMBER),
        Column("Everyone: after", NUMBER),
    )
    return Section("Before and after", table=Table(columns, rows, f"{'. '.join(headings)}."))


def _elsewhere(effect: Effect, changes: Sequence[Change], view: WhatIfView) -> Section | None:
    """Where people would go, as a table for closures and in words for new places."""
    gains = tuple(effect_sentences.gains(effect, changes))
    table = None
    most_first = effect.alternatives.sort_values("people", ascending=False, kind="stable")
    rows = effect_tables.alternative_rows(replace(effect, alternatives=most_first))[:PLACES]
    if rows:
        columns = (
            Column(effect_tables.ALTERNATIVE_HEADINGS[0]),
            *(Column(heading) for heading in effect_tables.ALTERNATIVE_HEADINGS[1:2]),
            *(Column(heading, NUMBER) for heading in effect_tables.ALTERNATIVE_HEADINGS[2:]),
        )
        more = len(effect.alternatives) - len(rows)
        note = f"{more:,} more in the live view." if more > 0 else ""
        table = Table(columns, tuple(rows), note)
    if not gains and table is None:
        return None
    return Section("Where people would go", sentences=gains, table=table)


def _beside(effect: Effect) -> Section | None:
    """By age, narrow enough to stand beside the map."""
    if not effect.affected_postcodes:
        return None
    table = effect_tables.labelled(effect, "age", {})
    rows = tuple((row.label, effect_tables.number(row.affected_people))
                 for row in table.itertuples())  # fmt: skip
    columns = (Column("Age, Census 2021"), Column("Distance changes for", NUMBER))
    return Section("By age", table=Table(columns, rows))


def _who(effect: Effect, walk: str) -> Section | None:
    """By tenth of deprivation: who is affected, and who is beyond the walk before and after."""
    if not effect.affected_postcodes:
        return None
    table = effect_tables.labelled(effect, "deprivation", {})
    rows = tuple(
        (
            sentences.tenth(int(row.imd_decile)).capitalize(),
            effect_tables.number(row.people),
            effect_tables.number(row.affected_people),
            effect_tables.number(row.beyond_before_people),
            effect_tables.number(row.beyond_after_people),
        )
        for row in table.itertuples()
        if row.affected_people
    )
    heading = effect_tables.group_headings("deprivation", walk)
    columns = (
        Column("Deprivation tenth of their area"),
        *(Column(h, NUMBER) for h in heading[1:5]),
    )
    note = (
        "Everyone in the councils where anyone is affected. Tenths with nobody affected are left "
        "out."
    )
    return Section("Who it is", table=Table(columns, rows, note))


def _areas(effect: Effect, walk: str, national: National) -> Section | None:
    """The small areas that change sides, else those with most people affected."""
    listed = effect_tables.area_table(effect, national.store.small_areas)
    if listed.empty:
        return None
    crossing = effect.areas["falls_outside"] | effect.areas["comes_inside"]
    shown = listed[crossing.to_numpy(dtype=bool)] if crossing.any() else listed
    rows = tuple(
        (
            f"{row.neighbourhood_name} ({row.name})",
            str(row.imd_decile),
            f"{row.affected_people:,.0f}",
            sentences.distance(row.median_before_m) if np.isfinite(row.median_before_m) else "–",
            effect_tables.metres(row.median_after_m),
            f"{row.within_before_percent:.0f}%",
            f"{row.within_after_percent:.0f}%",
        )
        for row in shown.head(AREAS).itertuples(index=False)
    )
    columns = (
        Column("Small area"),
        Column("Deprivation tenth", NUMBER),
        Column("People affected", NUMBER),
        Column("Half within, now", NUMBER),
        Column("Half within, after", NUMBER),
        Column("In the walk, now", NUMBER),
        Column("In the walk, after", NUMBER),
    )
    told = (
        f"Half of its people or more within {walk} on one side of the change only: "
        f"{sentences.count(len(shown), 'small area')}."
        if crossing.any()
        else f"No small area has half of its people cross {walk}; those with most people affected."
    )
    more = f" The first {len(rows)} of {len(shown):,}." if len(shown) > len(rows) else ""
    return Section("Where it is", sentences=(f"{told}{more}",), table=Table(columns, rows))


def _case(
    effect: Effect, changes: Sequence[Change], view: WhatIfView, national: National
) -> Section | None:
    """A case about such places, near the first change where there is one."""
    members = effect.areas["area"].to_numpy(dtype="int64")
    if not len(members):
        return None
    first = changes[0]
    easting, northing = (float(axis) for axis in to_grid(first.longitude, first.latitude))
    themes = THEMES.get(view.kind, OTHER_THEMES)
    return briefing_cases.of_members(national, members, themes, (easting, northing))
