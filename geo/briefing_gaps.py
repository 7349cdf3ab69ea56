"""The briefing of a view of the Gaps page: what counts, a map of the scores, the first areas."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geo import briefing_cases, gaps_list, gaps_sentences, layers
from geo.areas import SMALL_AREA
from geo.briefing import NUMBER, Briefing, Column, Section, Table
from geo.briefing_gaps_map import scores_map
from geo.gaps import GAP_PREFIX, QUADRANTS
from geo.gaps_list import POINTS, Shown
from geo.gaps_view import GapsView
from geo.national import National
from geo.own_access import Counted
from geo.reached import REACHED
from geo.sentences import LEVEL_NOUNS, NOT_EVERYONE, count, people

FIRST, COUNCILS, FAR = 12, 8, 2
# With more parts than this the points of a side stand together.
MOST_PARTS = 4
_ALWAYS = ("lsoa21_bgc",)


def of_view(
    view: GapsView,
    found: Shown,
    national: National,
    link: str,
    made: date,
    counted: Counted | None = None,
    note: str = "",
) -> Briefing:
    """The briefing of what a view shows. found: `gaps_list.shown` of it.

    counted: what `found` was made from, where that counts a reader's own places; note: what to
    mind then. Raises ValueError where the link is no web address.
    """
    store, counted = national.store, counted or national
    where = gaps_sentences.where(view, store)
    listed = gaps_list.listed(found, view)
    sections = (
        _first(listed, view),
        _councils(found, view, counted),
        _chosen(found, view, national),
        _case(listed, view, national),
        _how(view, note),
    )
    register = store.sources
    keys = dict.fromkeys((*gaps_list.sources(view), *_ALWAYS))
    return Briefing(
        kind="Gaps briefing",
        title=f"Gaps: {where}",
        place=f"High need, weak social infrastructure. {gaps_sentences.left(found, view, where)}",
        lead=(
            *_lead(found, listed, view, counted),
            gaps_sentences.what_counts(view),
            NOT_EVERYONE,
        ),
        sections=tuple(section for section in sections if section),
        sources=tuple(register[key] for key in keys if key in register),
        link=link,
        made=made,
        map=scores_map(view, found, national, counted, where),
        beside=_quarters(found, view),
    )


def _lead(found: Shown, listed: pd.DataFrame, view: GapsView, counted: Counted) -> list[str]:
    """What stands first, how many people live where both are bad, and what is far."""
    said = []
    if len(listed):
        first = listed.iloc[0]
        scored = int(found.frame["score"].notna().sum())
        said.append(
            f"First on the list: {_named(first, view)}, {first['council']}, with "
            f"{first['score']:.0f} of 100 points, place {first['place']:,} of {scored:,} "
            f"{LEVEL_NOUNS[view.level][1]} in England."
        )
    if view.need and view.provision:
        said.append(_both(found, view))
    return [*said, *_far(found, view, counted)]


def _both(found: Shown, view: GapsView) -> str:
    """Who lives where need is high and social infrastructure weak."""
    row = found.quarters().set_index("quarter").loc["deprived-weak"]
    meaning = "need is above England’s middle and social infrastructure weaker than it"
    if not row["areas"]:
        return f"In no {LEVEL_NOUNS[view.level][0]} here {meaning}."
    share = row["people"] / found.frame.loc[found.scope, "population_2022"].sum()
    return (
        f"{people(int(row['people']))} ({share:.0%}) live in "
        f"{count(int(row['areas']), *LEVEL_NOUNS[view.level])} where {meaning}."
    )


def _far(found: Shown, view: GapsView, counted: Counted) -> list[str]:
    """How many areas are far from each kind of place, for their class."""
    if found.scope.all():
        # A tenth of all England, by definition.
        return []
    worst = counted.gaps(view.level).worst_tenth[list(view.kinds)][found.scope].sum()
    whole, (one, many) = int(found.scope.sum()), LEVEL_NOUNS[view.level]
    return [
        f"{'None' if not some else f'{some:,}'} of {whole:,} {one if whole == 1 else many} "
        f"{'is' if some <= 1 else 'are'} further from a {REACHED[kind].singular} than nine in ten "
        "of the same urban or rural class in England."
        for kind, some in worst.head(FAR).items()
    ]


def _named(row, view: GapsView) -> str:
    if view.level == SMALL_AREA:
        return f"{row['neighbourhood_name']} ({row['name']})"
    return row["neighbourhood_name"]


def _quarters(found: Shown, view: GapsView) -> Section | None:
    """Areas and people of the four quarters, narrow enough to stand beside the map."""
    if not (view.need and view.provision) or found.scope.sum() < 2:
        return None
    rows = tuple(
        (QUADRANTS[row.quarter].replace(" social infrastructure", ""), f"{row.areas:,}",
         people(row.people).removesuffix(" people"))
        for row in found.quarters().itertuples()
    )  # fmt: skip
    columns = (Column("Quarter"), Column("Areas", NUMBER), Column("People", NUMBER))
    note = "Deprived and weaker: above England’s middle on each side of the score."
    return Section("The four quarters", table=Table(columns, rows, note))


def _first(listed: pd.DataFrame, view: GapsView) -> Section | None:
    """The first areas with what their scores are made of."""
    if listed.empty:
        return None
    parts, kinds = _parts(view), view.kinds[:FAR]
    several = listed["council"].nunique() > 1
    rows = tuple(
        (
            f"{_named(row, view)}{', ' + row['council'] if several else ''}",
            f"{row['place']:,}",
            f"{row['score']:.1f}",
            *(f"{row[columns].sum():.1f}" for _, columns in parts),
            *(_metres(row[f"{kind}_m"]) for kind in kinds),
        )
        for _, row in listed.head(FIRST).iterrows()
    )
    columns = (
        Column(LEVEL_NOUNS[view.level][0].capitalize()),
        Column("Place in England", NUMBER),
        Column("Score", NUMBER),
        *(Column(label, NUMBER) for label, _ in parts),
        *(Column(f"Metres to a {REACHED[kind].singular}", NUMBER) for kind in kinds),
    )
    metres = "Metres are the middle postcode’s, in a straight line." if kinds else ""
    return Section(
        f"The first {len(rows)} of {len(listed):,}" if len(listed) > len(rows) else "The list",
        table=Table(columns, rows, f"The points add up to the score, of 100. {metres}".strip()),
    )


def _metres(value: float) -> str:
    return "no record" if pd.isna(value) else f"{int(value):,}"


def _parts(view: GapsView) -> list[tuple[str, list[str]]]:
    """Columns of points to print: a label, and which columns of the list it sums."""
    every = gaps_list.chosen_parts(view)
    if len(every) <= MOST_PARTS:
        return [(f"Points: {_short(part)}", [f"{part}{POINTS}"]) for part in every]
    sides = (("Points: need", view.need), ("Points: weak social infrastructure", view.provision))
    return [(label, [f"{part}{POINTS}" for part in side]) for label, side in sides if side]


def _short(part: str) -> str:
    if part.startswith(GAP_PREFIX):
        return f"far from a {REACHED[part.removeprefix(GAP_PREFIX)].singular}"
    return layers.layer(part).short.lower()


def _councils(found: Shown, view: GapsView, counted: Counted) -> Section | None:
    """People in the worst quarter by council, where there are several."""
    summary = gaps_list.by_council(found, view, counted)
    if len(summary) < 2:
        return None
    kinds = view.kinds[:FAR]
    plural = LEVEL_NOUNS[view.level][1]
    rows = tuple(
        (
            row["council"],
            f"{row['deprived_weak_areas']:,} of {row['areas']:,}",
            people(int(row["deprived_weak_people"])).removesuffix(" people"),
            f"{row['deprived_weak_people_share']:.0%}",
            *(f"{row[f'{kind}_worst_tenth_areas']:,}" for kind in kinds),
        )
        for _, row in summary.head(COUNCILS).iterrows()
    )
    columns = (
        Column("Council"),
        Column(f"{plural.capitalize()} deprived and weaker", NUMBER),
        Column("People there", NUMBER),
        Column("Share of people", NUMBER),
        *(Column(f"Far from a {REACHED[kind].singular}", NUMBER) for kind in kinds),
    )
    far = f" Far: {plural} further than nine in ten of their class." if kinds else ""
    return Section("By council", table=Table(columns, rows, f"{_how_many(rows, summary)}{far}"))


def _how_many(rows: tuple, summary: pd.DataFrame) -> str:
    if len(rows) == len(summary):
        return f"All {len(rows):,} councils, most people first."
    return f"The first {len(rows):,} of {len(summary):,} councils, by people."


def _chosen(found: Shown, view: GapsView, national: National) -> Section | None:
    """Why the area that the reader chose stands where it does."""
    if view.area is None:
        return None
    rows = gaps_sentences.score_rows(gaps_list.explained(found, view, view.area))
    area = national.store.area(view.area)
    columns = (Column("Part"), Column("Points", NUMBER), Column("Of at most", NUMBER))
    return Section(
        f"{_named(area, view)}: what its score is made of",
        sentences=(gaps_sentences.score(found, view),),
        table=Table(columns, tuple(rows)) if rows else None,
    )


def _case(listed: pd.DataFrame, view: GapsView, national: National) -> Section | None:
    """A case from places like the first on the list, or near them where they are in one council."""
    codes = listed["code"].head(FIRST)
    areas = national.store.small_areas
    column = "code" if view.level == SMALL_AREA else "msoa21_code"
    members = np.flatnonzero(areas[column].isin(codes))
    point = None
    if len(view.councils) == 1:
        point = national.centre(view.councils[0])
    return briefing_cases.of_members(national, members, point=point)


def _how(view: GapsView, note: str) -> Section:
    said = (note, gaps_sentences.HOW_SCORED, gaps_sentences.threshold(view))
    return Section("How it is scored", sentences=(" ".join(filter(None, said)),))
