"""The figures of a profile as one long table, and several areas' figures side by side.

A row is one figure: section, figure, value (a number, or NaN), unit, text (as people read it) and
sources (keys of the register).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from geo import exports, layers, sentences
from geo.asset_kinds import KINDS
from geo.build.register import Source
from geo.community import NEED_INDICES
from geo.deprivation import INDICES
from geo.nearby import SHOWN
from geo.profiles import Basics, Outline
from geo.reached import REACHED

COLUMNS = ["section", "figure", "value", "unit", "text", "sources"]
PEOPLE = "People"
DEPRIVATION = "Deprivation, 2025 (1 = most deprived)"
COMMUNITY = "Community need, 2023 (1 = greatest need)"
WORST = "Small areas in England’s worst tenth"
DISTANCE = "Distance, straight line"
CLOSER = "Share of areas like it that are closer"
SUPPLY = "Library hours a week"
PLACES = "Places in the area"
PAST = "Share of small areas in the most deprived tenth, by release"
SECTIONS = (PEOPLE, DEPRIVATION, COMMUNITY, WORST, DISTANCE, CLOSER, SUPPLY, PLACES, PAST)

NO_RECORD = "No record"

Row = tuple[str, str, float, str, str, tuple[str, ...]]


def rows(profile: Outline) -> list[Row]:
    """Every figure of a profile, section by section."""
    parts = (_people, _indices, _worst, _distances, _supply, _places, _past)
    return [row for part in parts for row in part(profile)]


def basic_rows(area: Basics) -> list[Row]:
    """Those of them that tell who lives in an area, where it stands and how far it is from what."""
    return [row for part in (_people, _indices, _distances) for row in part(area)]


def figures(profile: Outline) -> pd.DataFrame:
    """The same as a table."""
    return pd.DataFrame(rows(profile), columns=COLUMNS)


def side_by_side(areas: Sequence[Sequence[Row]]) -> list[tuple[str, ...]]:
    """Several areas' `rows` beside each other: section, figure, and a text an area.

    Ranks stand in the text of their tenth and have no row of their own. What an area has no figure
    for is empty.
    """
    texts = [
        {(section, figure): text for section, figure, _, unit, text, _ in area if unit != "rank"}
        for area in areas
    ]
    seen = dict.fromkeys(key for own in texts for key in own)
    order = sorted(seen, key=lambda key: SECTIONS.index(key[0]))
    return [(*key, *(own.get(key, "") for own in texts)) for key in order]


def stacked(
    tables: Sequence[pd.DataFrame], names: Sequence[str], sources: Mapping[str, Source]
) -> pd.DataFrame:
    """Several areas' `figures` under each other, each with its area's name, ready for a file."""
    named = [table.assign(area=name) for table, name in zip(tables, names, strict=True)]
    whole = credited(pd.concat(named, ignore_index=True), sources)
    return whole[["area", *(column for column in whole.columns if column != "area")]]


def credited(table: pd.DataFrame, sources: Mapping[str, Source]) -> pd.DataFrame:
    """`figures` with the attribution and licence of each row's own sources, ready for a file."""
    credits = [exports.credit(sources, keys) for keys in table["sources"]]
    return table.drop(columns="sources").assign(
        source=[credit.source for credit in credits],
        licence=[credit.licence for credit in credits],
    )


def _people(profile: Basics) -> Iterator[Row]:
    people = int(profile.area["population_2022"])
    yield (PEOPLE, "Residents, mid-2022", people, "people", f"{people:,}", ("population2022",))
    for band, each in zip(profile.ages["band"], profile.ages["share"], strict=True):
        share = 100 * each
        figure = f"Aged {band}, 2021"
        yield (PEOPLE, figure, round(share, 2), "%", f"{share:.0f}%", ("census21_age",))
    name = profile.area["ruc21_name"]
    mostly = "" if profile.is_measured else "Mostly "
    yield (PEOPLE, "Urban or rural", np.nan, "class", f"{mostly}{name}", ("ruc21_lsoa",))


def _indices(profile: Basics) -> Iterator[Row]:
    for section, keys, source in (
        (DEPRIVATION, INDICES, "iod2025"),
        (COMMUNITY, NEED_INDICES, "cni2023"),
    ):
        for key in keys:
            name = layers.layer(key).short
            rank, tenth = int(profile.area[f"{key}_rank"]), int(profile.area[f"{key}_decile"])
            text = f"Tenth {tenth} · rank {rank:,} of {profile.total:,}"
            yield (section, name, tenth, "tenth", text, (source,))
            yield (section, f"{name}, rank", rank, "rank", f"{rank:,}", (source,))


def _worst(profile: Outline) -> Iterator[Row]:
    areas = len(profile.members)
    if areas == 1:
        return
    for key, figure, sources in (
        ("imd", "Deprivation", ("iod2025",)),
        ("cni", "Community need", ("cni2023",)),
        ("double", "Both", ("iod2025", "cni2023")),
    ):
        worst = profile.worst[key]
        yield (WORST, figure, worst, "small areas", f"{worst:,} of {areas:,}", sources)


def _distances(profile: Basics) -> Iterator[Row]:
    found = profile.gaps.by("kind")
    kinds = [kind for kind in REACHED if kind in found]
    for kind in kinds:
        metres = float(found[kind]["metres"])
        sources = (*REACHED[kind].sources, "onspd")
        name = f"Nearest {REACHED[kind].singular}"
        yield (DISTANCE, name, round(metres), "m", sentences.distance(metres), sources)
    if not profile.is_measured:
        return
    for kind in kinds:
        closer = int(found[kind]["closer_in_100"])
        sources = (*REACHED[kind].sources, "onspd", "ruc21_lsoa")
        name = _capital(REACHED[kind].singular)
        yield (CLOSER, name, closer, "in 100", f"{closer} in 100", sources)


def _supply(profile: Outline) -> Iterator[Row]:
    own, england = profile.library_hours
    name = "For 1,000 residents, shared by all within 2 miles"
    text = f"{own:.2f} (England {england:.2f})"
    yield (SUPPLY, name, round(own, 2), "hours", text, ("libraries", "onspd", "population2022"))


def _places(profile: Outline) -> Iterator[Row]:
    counts = Counter(profile.inside["kind"].tolist())
    for kind in (key for key in SHOWN if KINDS[key].counted and KINDS[key].sources):
        count = counts[kind]
        # An empty list is not a count of nought.
        value, text = (count, f"{count:,}") if count else (np.nan, NO_RECORD)
        name = f"{_capital(KINDS[kind].plural)} ({KINDS[kind].how_complete})"
        yield (PLACES, name, value, "places", text, KINDS[kind].sources)


def _past(profile: Outline) -> Iterator[Row]:
    if profile.path is not None:
        for release, tenth in zip(profile.path["release"], profile.path["tenth"], strict=True):
            text = _capital(sentences.tenth(int(tenth)))
            source = (f"iod{release}",)
            yield (PAST, f"{release}, tenth", int(tenth), "tenth", text, source)
        return
    for step in profile.past.rows():
        text = f"{step['worst']:,} of {step['areas']:,}"
        source = (f"iod{step['release']}",)
        yield (PAST, str(step["release"]), round(100 * step["share"], 1), "%", text, source)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
