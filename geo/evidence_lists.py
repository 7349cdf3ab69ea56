"""The lists under the five recommendations: what is shown of each, where it is from, its map.

The lists themselves are made in `geo.recommendations`; the words are in `data/evidence.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import layers, recommendations
from geo.areas import NEIGHBOURHOOD
from geo.asset_kinds import KINDS
from geo.assets import every_place
from geo.maps import ENGLAND, MapState
from geo.sentences import count, joined, people
from geo.store import Store

SHOWN_FIRST = 10
HUB_KINDS = ("family_hub", "childrens_centre")
HUBS = "assets/childrens_centres"


@dataclass(frozen=True)
class Column:
    """A column of a list: its name in the frame, its heading and how a value is written."""

    name: str
    heading: str
    written: Callable[[Any], str] = str


@dataclass(frozen=True)
class ListOf:
    """One list. make: from the data. of: singular and plural of what it lists. layer: what
    colours its map. sources: keys of the register."""

    key: str
    make: Callable[[Store], pd.DataFrame]
    of: tuple[str, str]
    columns: tuple[Column, ...]
    layer: str
    sources: tuple[str, ...]


def _share(value: float) -> str:
    return f"{value:.0%}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _one_place(value: float) -> str:
    return f"{value:.1f}"


def _kilometres(value: float) -> str:
    return f"{value / 1000:.1f} km"


def _early_years(store: Store) -> pd.DataFrame:
    return recommendations.early_years(
        store.neighbourhoods,
        store.small_areas,
        store.table("child_poverty"),
        [store.access(kind) for kind in HUB_KINDS],
        store.table(HUBS),
    )


def _outside_school(store: Store) -> pd.DataFrame:
    access = {kind: store.access(kind, NEIGHBOURHOOD) for kind in recommendations.OUTSIDE_SCHOOL}
    return recommendations.outside_school(store.neighbourhoods, store.small_areas, access)


def _work_experience(store: Store) -> pd.DataFrame:
    return recommendations.work_experience(
        store.neighbourhoods, store.small_areas, every_place(store.table, store.table_names())
    )


def _young_futures(store: Store) -> pd.DataFrame:
    return recommendations.young_futures_neighbourhoods(
        store.neighbourhoods, store.small_areas, store.table("programmes")
    )


def _neighbourhood_lens(store: Store) -> pd.DataFrame:
    return recommendations.neighbourhood_lens(store.small_areas, store.councils)


_NEIGHBOURHOODS = ("neighbourhood", "neighbourhoods")


def _listing(kinds: Iterable[str]) -> tuple[str, ...]:
    """Keys of the sources that list places of some kinds, each once."""
    return tuple(dict.fromkeys(key for kind in kinds for key in KINDS[kind].sources))


LISTS = (
    ListOf(
        "early-years",
        _early_years,
        _NEIGHBOURHOODS,
        (
            Column("hub_m", "To the nearest hub or centre", _kilometres),
            Column("child_share", "Children in income-deprived families", _share),
            Column("cni_rank", "Rank for community need (1 = greatest)", _whole),
        ),
        "cni",
        ("iod2025_indicators", "census21_age", "cni2023", *_listing(HUB_KINDS), "msoa_names"),
    ),
    ListOf(
        "outside-school",
        _outside_school,
        _NEIGHBOURHOODS,
        (
            Column("kinds_in_reach", "Kinds of place in reach (of 4)", _one_place),
            Column("children_rank", "Rank for children’s education (1 = worst)", _whole),
            Column("young_people", "People aged 0 to 24", _whole),
        ),
        "education",
        (
            "iod2025",
            "census21_age",
            *_listing(recommendations.OUTSIDE_SCHOOL),
            "onspd",
            "msoa_names",
        ),
    ),
    ListOf(
        "work-experience",
        _work_experience,
        _NEIGHBOURHOODS,
        (
            Column("hosts", "Community places on record", _whole),
            Column("hosts_per_1000", "For 1,000 people aged 16 to 24", _one_place),
            Column("employment_rank", "Rank for employment (1 = worst)", _whole),
        ),
        "employment",
        ("iod2025", "census21_age", *_listing(recommendations.HOSTS), "msoa_names"),
    ),
    ListOf(
        "young-futures",
        _young_futures,
        _NEIGHBOURHOODS,
        (
            Column(
                "double_young_people", "People aged 0 to 24 in doubly disadvantaged areas", _whole
            ),
            Column("double_small_areas", "Doubly disadvantaged small areas", _whole),
        ),
        "double",
        ("young_futures_hubs", "iod2025", "cni2023", "census21_age", "msoa_names"),
    ),
    ListOf(
        "neighbourhood-lens",
        _neighbourhood_lens,
        ("council", "councils"),
        (
            Column("double_areas", "Doubly disadvantaged small areas", _whole),
            Column("double_people", "People in them", _whole),
            Column("double_share", "Share of the council’s people", lambda value: f"{value:.1%}"),
            Column("imd_rank", "Council’s own rank (1 = most deprived)", _whole),
        ),
        "double",
        ("iod2025", "cni2023", "population2022", "la_names"),
    ),
)
_BY_KEY = {row.key: row for row in LISTS}


def list_of(key: str) -> ListOf:
    """The list under a recommendation. Raises KeyError where there is none."""
    return _BY_KEY[key]


def how_many(chosen: ListOf, frame: pd.DataFrame) -> str:
    """How many rows a list has, in how many councils, and what stands out at its head."""
    said = count(len(frame), *chosen.of)
    if "council" in frame:
        said += f" in {count(frame['council'].nunique(), 'council')}"
    return f"{said}. {_at_the_head(chosen.key, frame)}".strip()


def _at_the_head(key: str, frame: pd.DataFrame) -> str:
    if key == "early-years":
        unknown = sorted(frame.loc[~frame["on_record"], "council"].unique())
        where = joined(unknown) or "no council"
        return f"Last come those of councils with no hub or centre on record ({where})."
    if key == "outside-school":
        none = int((frame["kinds_in_reach"] == 0).sum())
        return f"{count(none, 'has', 'have')} none of the four on record within 1,200 m."
    if key == "work-experience":
        none = int((frame["hosts"] == 0).sum())
        return f"{count(none, 'has', 'have')} no community place on record."
    if key == "neighbourhood-lens":
        living = people(int(frame["double_people"].sum()))
        return f"{living} live in their doubly disadvantaged areas."
    return ""


def rows(chosen: ListOf, frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """The head of a list as text: code, name, council (for neighbourhoods), then its columns."""
    made = []
    for row in frame.head(SHOWN_FIRST).to_dict("records"):
        who = (row["code"], row["name"], *((row["council"],) if "council" in row else ()))
        made.append((*who, *(column.written(row[column.name]) for column in chosen.columns)))
    return made


def headings(chosen: ListOf, frame: pd.DataFrame) -> tuple[str, ...]:
    """The headings of `rows`, without the code's."""
    who = ("Neighbourhood", "Council") if "council" in frame else ("Council",)
    return (*who, *(column.heading for column in chosen.columns))


def starting_councils(store: Store) -> list[tuple[str, ...]]:
    """The councils that start Young Futures hubs, and all of England, as rows of text."""
    frame = recommendations.young_futures(store.small_areas, store.table("programmes"))
    return [
        (
            row["name"],
            _whole(row["young_people"]),
            _whole(row["double_young_people"]),
            f"{row['double_share']:.1%}",
        )
        for row in frame.to_dict("records")
    ]


STARTING_HEADINGS = (
    "Council",
    "People aged 0 to 24",
    "Of them in doubly disadvantaged areas",
    "Share",
)


def state(chosen: ListOf, frame: pd.DataFrame, store: Store) -> MapState:
    """The list on the map: what is on it in colour, the rest faded; councils outlined."""
    is_councils = "council" not in frame
    level, tiles = ("small-area", "lsoa") if is_councils else (NEIGHBOURHOOD, "msoa")
    areas = store.level(level)
    layer = layers.at_level(layers.layer(chosen.layer), tiles)
    listed = areas["ltla24_code" if is_councils else "code"].isin(frame["code"]).to_numpy()
    colours, labels = layers.look(layer)
    councils: tuple[int, ...] = ()
    if is_councils:
        numbers = store.table("councils")["ltla24_code"].searchsorted(sorted(frame["code"]))
        councils = tuple(int(number) for number in numbers)
    return MapState(
        level=tiles,
        values=layers.encode(layers.classes(layer, areas), ~listed),
        colours=colours,
        labels=labels,
        title=layer.label,
        councils=councils,
        view=ENGLAND,
    )
