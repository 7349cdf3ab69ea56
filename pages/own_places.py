"""A reader's own places, for every page that shows or counts them. They live in the session only.

Neither the link nor any cache that readers share may hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from geo import own_places
from geo.maps import Points
from geo.national import National
from geo.own_access import NationalWithOwn
from geo.own_places import OwnFile
from geo.reached import REACHED
from geo.venues import RuleTable, load_rules
from pages import frame, scenario_data

_FILES, _CAME = "own places files", "own places files as they came"
_MADE = "own places made from them"
_SHOWN, _COUNTED = "own places shown", "own places counted"
PRIVACY = (
    "These places stay in this browser tab’s session: they are never stored, nobody else sees "
    "them, and they are not in the link. Closing or reloading the tab removes them within minutes."
)


@st.cache_resource(show_spinner=False)
def rules() -> RuleTable:
    """How the kinds of places are told from the words of a list."""
    return load_rules()


@st.cache_resource(show_spinner=False)
def ready() -> bool:
    """Reads, while the first reader looks for his file, what it takes to place one and count it."""
    scenario_data.residents()
    return frame.store().shapes("small_areas").sindex.size > 0


def files() -> dict[int, OwnFile]:
    """The session's files by their number."""
    return st.session_state.setdefault(_FILES, {})


def came(number: int, file_id: str) -> None:
    """Keeps which of the server's files this one is.

    One that was read counts in what `upload_bounds` lets a session hold until it is taken away;
    one that could not be goes at once.
    """
    if files()[number].table is None:
        let_go(file_id)
    else:
        st.session_state.setdefault(_CAME, {})[number] = file_id


def put(number: int, file: OwnFile) -> None:
    """Adds a file, or takes it in the state it has come to."""
    files()[number] = file
    st.session_state.pop(_MADE, None)


def let_go(file_id: str | None) -> None:
    """Has the server drop a file that came; Streamlit keeps each until its session ends."""
    reader = get_script_run_ctx()
    if reader is not None and file_id is not None:
        # Of the server's own kind, which alone can drop one.
        manager: Any = reader.uploaded_file_mgr
        manager.remove_file(reader.session_id, file_id)


def remove(number: int) -> None:
    """Takes a file and its places away."""
    files().pop(number, None)
    let_go(st.session_state.get(_CAME, {}).pop(number, None))
    st.session_state.pop(_MADE, None)


def remove_all() -> None:
    """Takes every file and place away."""
    for file_id in st.session_state.pop(_CAME, {}).values():
        let_go(file_id)
    st.session_state.pop(_FILES, None)
    st.session_state.pop(_MADE, None)


def once(key: Any, make: Callable[[], Any]) -> Any:
    """What is made from the session's places, kept until they change."""
    made = st.session_state.setdefault(_MADE, {})
    if key not in made:
        made[key] = make()
    return made[key]


def latest(name: str, key: Any, make: Callable[[], Any]) -> Any:
    """As `once`, but only the last of its name is kept."""
    made = st.session_state.setdefault(_MADE, {})
    if name not in made or made[name][0] != key:
        made[name] = (key, make())
    return made[name][1]


def places() -> pd.DataFrame:
    """All placed places of the session; see `own_places.join`."""
    return once("places", lambda: own_places.join(files().values()))


def any_placed() -> bool:
    """Whether there is one to show."""
    return any(file.placed for file in files().values()) and not places().empty


def points() -> tuple[Points, ...]:
    """The symbols of all of them."""
    return once("points", lambda: own_places.points(places()))


def are_shown() -> bool:
    """Whether the reader wants them on maps."""
    return st.session_state.get(_SHOWN, True)


def shown_points() -> tuple[Points, ...]:
    """Those symbols where the reader wants them on the map, else none."""
    return points() if any_placed() and are_shown() else ()


def attribution(said: str) -> str:
    """A map's attribution with that of the session's files where one is due."""
    own = own_places.credits(files().values()) if any_placed() else ""
    return f"{said} | {own}" if own else said


def _used(flag: str, key: str) -> None:
    st.session_state[flag] = st.session_state[key]


def tick_show(page: str) -> None:
    """Whether they are on the map; nothing where there are none."""
    if any_placed():
        _tick("Show my places", _SHOWN, page, default=True)


def tick_count(page: str) -> None:
    """Whether they count in distances; nothing where none can."""
    if any_placed() and own_places.services(places()):
        _tick("Count my places", _COUNTED, page, default=False)


def _tick(label: str, flag: str, page: str, *, default: bool) -> None:
    key = f"{flag} {page}"
    st.checkbox(
        label,
        value=st.session_state.get(flag, default),
        key=key,
        on_change=_used,
        args=(flag, key),
        help=PRIVACY,
    )


def counted(service: str) -> pd.DataFrame:
    """The session's places of one kind of REACHED, none unless the reader counts them."""
    found = places()
    if not st.session_state.get(_COUNTED, False):
        found = found.iloc[:0]
    if found.empty:
        return found
    return once(("service", service), lambda: own_places.of_service(found, service))


def with_listed(service: str) -> pd.DataFrame:
    """The places of one service that we list, and the session's that count as it."""
    return own_places.with_listed(scenario_data.places(service), counted(service))


def counted_points(services) -> tuple[Points, ...]:
    """The symbols of those that count as these kinds of REACHED."""
    own = [counted(service) for service in services]
    return own_places.points(pd.concat(own)) if any(map(len, own)) else ()


def counts_any(services=tuple(REACHED)) -> bool:
    """Whether any place of these kinds counts now."""
    return any_placed() and any(len(counted(service)) for service in services)


def national() -> National | NationalWithOwn:
    """What areas are held against, with the session's places where the reader counts them."""
    if not counts_any():
        return frame.national()
    return once(
        "national",
        lambda: NationalWithOwn(
            frame.national(), scenario_data.residents(), places(), scenario_data.places
        ),
    )


def counted_note(services) -> str:
    """What to say beside figures that count them; "" where they do not."""
    kinds = [REACHED[service].plural for service in services if len(counted(service))]
    if not kinds:
        return ""
    return (
        f"Your own {' and '.join(kinds)} are counted. They are not in the link: who opens it "
        "sees the figures without them."
    )
