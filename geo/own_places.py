"""A reader's own places, from the files of one session: one frame, its symbols, what it says.

Nothing here is kept: the frames live as long as the reader's session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo import map_view
from geo.asset_kind import SHAPES
from geo.asset_kinds import KINDS
from geo.assets import COMMON
from geo.maps import Fit, MapState, Points
from geo.reached import FAMILY_CENTRE, REACHED, TWO_NAMES
from geo.store import Store
from geo.upload_columns import Columns
from geo.upload_text import MAX_ROWS
from geo.uploads import Placed, Table
from geo.venues import OTHER
from geo.view import View

# No kind of ours is black, and no area: what is the reader's own is told at a glance.
COLOUR = "#0B0C0C"
MAX_FILES = 20
MAX_PLACES = MAX_ROWS
OSM_CREDIT = "© OpenStreetMap contributors, ODbL (your file)"
# Signs that turn the direction of what is written after them: they would reach past the name.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Degrees of room around the places.
_ROOM = 0.01
# What a reader may say his places are.
CHOICES = tuple(key for key in KINDS if key not in ("library_closed", OTHER))


@dataclass(frozen=True)
class OwnFile:
    """One file of a reader's, as far as it has come.

    name: what the list is called. table: as read; None where `error` says why it could not be.
    columns, kind: as confirmed, and as guessed until they are; placed: None until they are.
    ahead: what would be placed as they are guessed, once that is known.
    """

    name: str
    table: Table | None = None
    error: str = ""
    columns: Columns = Columns()
    kind: str | None = None
    placed: Placed | None = None
    ahead: Placed | None = None


def join(files: Iterable[OwnFile]) -> pd.DataFrame:
    """All places of the files, one row a place: COMMON, list (the file's name) and service.

    A place that two files tell is taken from the first. service: the key of REACHED that it
    counts as, "" for a kind that has no England-wide list to be counted with.
    """
    frames = [file.placed.assets[COMMON].assign(list=file.name) for file in files if file.placed]
    if not frames:
        return pd.DataFrame(columns=[*COMMON, "list", "service"])
    places = pd.concat(frames, ignore_index=True).drop_duplicates("asset_id", ignore_index=True)
    service = places["kind"].where(~places["kind"].isin(TWO_NAMES), FAMILY_CENTRE.key)
    straight = {column: places[column].str.replace(_TURNS, "", regex=True)
                for column in ("name", "list")}  # fmt: skip
    return places.assign(service=service.where(service.isin(REACHED), ""), **straight)


def of_service(places: pd.DataFrame, service: str) -> pd.DataFrame:
    """Those that count as a kind of REACHED, as the tables of places have them: never nameless."""
    own = places[places["service"] == service].reset_index(drop=True)
    return own.assign(name=own["name"].where(own["name"] != "", "Unnamed, from your file"))


def with_listed(listed: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The places of one service that we list, then the reader's own."""
    return pd.concat([listed, own.drop(columns="list")], ignore_index=True) if len(own) else listed


def services(places: pd.DataFrame) -> tuple[str, ...]:
    """The kinds of REACHED that there are own places of, in its order."""
    found = set(places["service"].tolist())
    return tuple(key for key in REACHED if key in found)


def points(places: pd.DataFrame) -> tuple[Points, ...]:
    """The places as symbols for the map: one set a kind, each in a shape of its own if it can."""
    free = list(SHAPES)
    drawn = []
    for key, kind in KINDS.items():
        some = places[places["kind"] == key]
        if some.empty:
            continue
        free = free or list(SHAPES)
        shape = kind.shape if kind.shape in free else free[0]
        free.remove(shape)
        named = some["name"].where(some["name"] != "", _capital(kind.singular))
        detail = "Your list: " + some["list"] + "\n" + some["postcode"]
        told = (some["longitude"], some["latitude"], named, detail)
        rows = zip(*(column.tolist() for column in told), strict=True)
        drawn.append(Points(f"own-{key}", f"Yours: {kind.plural}", shape, COLOUR, rows=tuple(rows)))
    return tuple(drawn)


def map_state(places: pd.DataFrame, drawn: tuple[Points, ...], store: Store) -> MapState:
    """The plain map with the places on it, as `points` draws them, looking at them."""
    view = View()
    keep = np.ones(len(store.level(view.level)), dtype=bool)
    longitude, latitude = places["longitude"], places["latitude"]
    box = [latitude.min() - _ROOM, longitude.min() - _ROOM,
           latitude.max() + _ROOM, longitude.max() + _ROOM]  # fmt: skip
    south, west, north, east = map(float, box)
    look_at = Fit(south, west, north, east, key=f"own {len(places)} {box}")
    return replace(map_view.state(view, store, keep, look_at), points=drawn)


def what_was_placed(placed: Placed) -> str:
    """ "12 places put on the map: 8 halls, 4 parks. 3 rows were left out."."""
    counts = placed.assets["kind"].value_counts()
    kinds = [
        f"{counts[key]:,} {kind.singular if counts[key] == 1 else kind.plural}"
        for key, kind in KINDS.items()
        if key in counts
    ]
    said = "No place could be put on the map."
    if kinds:
        total = len(placed.assets)
        said = f"{total:,} {_places(total)} put on the map: {', '.join(kinds)}."
    left_out = placed.left_out
    if left_out:
        said += f" {left_out:,} {'row was' if left_out == 1 else 'rows were'} left out."
    return said


def what_counts(places: pd.DataFrame) -> str:
    """Which of the places count on the Gaps and What-if pages, and which are on the map only."""
    counted = [REACHED[key].plural for key in services(places)]
    others = set(places.loc[places["service"] == "", "kind"].tolist())
    only = [kind.plural for key, kind in KINDS.items() if key in others]
    said = []
    if counted:
        said.append(
            f"On the Gaps and What-if pages you can count your {_and(counted)}: tick "
            "“Count my places” there."
        )
    if places.size:
        said.append(
            "The map’s colours, profiles and briefings keep to the published lists, so that they "
            "are the same for everyone who opens the link."
        )
    if only:
        said.append(
            f"Your {_and(only)} are on the map only: there is no England-wide list that "
            "distances to them could be measured with."
        )
    return " ".join(said)


def problem_table(placed: Placed, table: Table) -> pd.DataFrame:
    """What was wrong, row by row: line (or number in the file), what happened, and why."""
    line = "Line" if table.points is None else "Number in the file"
    return pd.DataFrame(
        [
            (problem.line, "kept" if problem.kept else "left out", problem.reason)
            for problem in placed.problems
        ],
        columns=[line, "The row was", "Why"],
    )


def too_many(files: Sequence[OwnFile], more: int) -> str:
    """Why `more` rows cannot be added to what the session holds; "" where they can."""
    held = sum(len(file.placed.assets) for file in files if file.placed)
    if held + more <= MAX_PLACES:
        return ""
    return (
        f"A session holds {MAX_PLACES:,} places; you have {held:,} and this file has {more:,} "
        "rows. Remove a file or split this one."
    )


def credits(files: Iterable[OwnFile]) -> str:
    """The attribution that the files' own licences ask for; "" where none is known."""
    osm = any(file.table is not None and file.table.is_osm and file.placed for file in files)
    return OSM_CREDIT if osm else ""


def _places(count: int) -> str:
    return "place" if count == 1 else "places"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
