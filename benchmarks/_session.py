"""A reader without a browser: a session that speaks Streamlit's protobuf as a browser does.

It keeps what a browser keeps: the address, the value of each control used, the messages it may be
asked to reuse, and the controls on screen by their label, each with the part of the page that runs
alone when it is used (Streamlit's fragment).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

# As the server's `global.maxCachedMessageAge`: runs that a browser keeps an unused message for.
KEPT_RUNS = 2
PATIENCE_S = 120
_ERROR = 1  # Alert.Format
_MAP = "streamlit_folium"


class Failed(Exception):
    """The page said that something went wrong, or never finished."""


@dataclass(frozen=True)
class Step:
    """One step of a reader: its name, seconds until the page stood, bytes that came."""

    name: str
    took_s: float
    sent_bytes: int


class Widget(NamedTuple):
    """A control on screen. part: the fragment it stands in, "" for none."""

    id: str
    kind: str
    part: str


@dataclass
class Session:
    """One reader of the app at `address` (ws://host:port). Open it with `open`.

    cookie: what a browser would send with every request.
    """

    address: str
    cookie: str = ""
    query: str = ""
    page: str = ""
    page_hash: str = ""
    widgets: dict[str, Widget] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._states: dict[str, WidgetState] = {}
        # Run, fragment and message by hash.
        self._kept: dict[str, tuple[int, str, ForwardMsg]] = {}
        self._running: frozenset[str] = frozenset()
        self._drawn: dict[str, Widget] = {}
        self._pages: dict[str, str] = {}
        self._run = 0
        self._part = ""
        self._clicks = itertools.count(1)
        self._socket = None

    async def open(self, page: str = "", name: str = "open a link", **link: str) -> None:
        """Open a link in a new tab; page: its path, such as "profile", "" for the map."""
        self.page, self.query = page, urlencode(link)
        began = time.perf_counter()
        self._socket = await websockets.connect(
            f"{self.address}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=PATIENCE_S,
            ping_interval=None,
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
        )
        await self._ask(name, began)

    async def refresh(self, name: str = "draw again") -> None:
        """Run the whole page once more, as most controls do."""
        self._part = ""
        await self._ask(name)

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def go(self, page: str, name: str, **link: str) -> None:
        """Follow a link within the app: another page, with the parameters of its address."""
        self.query, self.page, self.page_hash = urlencode(link), page, self._pages[page]
        self._states.clear()
        self._part = ""
        await self._ask(name)

    async def choose(self, label: str, value: str, name: str) -> None:
        """Give a text box or a box of choices a value."""
        state = self._state("text", label)
        state.string_value = value
        await self._ask(name)

    async def press(self, label: str, name: str) -> None:
        """Press the first button whose label starts so."""
        found = next((key for key in self.widgets if key.startswith(f"button {label}")), None)
        if found is None:
            raise Failed(f"no button {label!r}")
        state = self._state("button", found.removeprefix("button "))
        state.trigger_value = True
        await self._ask(name)
        del self._states[state.id]

    async def click(self, area: int, level: str, name: str = "click an area") -> None:
        """Click the map where an area lies; area: its number within the level's rows."""
        click = {"lat": 52.0, "lng": -1.0, "area": area, "level": level}
        state = self._state("map", "")
        state.json_value = json.dumps({"last_clicked": {**click, "serial": next(self._clicks)}})
        await self._ask(name)

    def can_press(self, label: str) -> bool:
        return any(key.startswith(f"button {label}") for key in self.widgets)

    def _state(self, kind: str, label: str) -> WidgetState:
        key = f"{kind} {label}"
        if key not in self.widgets:
            raise Failed(f"no {kind} {label!r} on the page")
        widget = self.widgets[key]
        self._part = widget.part
        return self._states.setdefault(widget.id, WidgetState(id=widget.id))

    async def _ask(self, name: str, began: float | None = None) -> None:
        """Send what a browser sends for a rerun, and read until the page stands."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self.page_hash
        asked.page_name = "" if self.page_hash else self.page
        asked.fragment_id = self._part
        asked.widget_states.widgets.extend(self._states.values())
        asked.cached_message_hashes.extend(self._kept)
        asked.context_info.timezone = "Europe/London"
        asked.context_info.locale = "en-GB"
        asked.context_info.url = f"{self.address.replace('ws', 'http', 1)}/{self.page}"
        self._run += 1
        self.texts = []
        began = began or time.perf_counter()
        await self._socket.send(message.SerializeToString())
        received, finished = 0, False
        while not finished:
            data = await asyncio.wait_for(self._socket.recv(), PATIENCE_S)
            received += len(data)
            finished = self._read(ForwardMsg.FromString(data))
        self.steps.append(Step(name, time.perf_counter() - began, received))
        # A browser drops nothing of the parts that did not run.
        self._kept = {
            key: (run, part, kept) for key, (run, part, kept) in self._kept.items()
            if self._run - run < KEPT_RUNS or (self._running and part not in self._running)
        }  # fmt: skip

    def _read(self, message: ForwardMsg) -> bool:
        """Take in one message; True once the run is over."""
        if message.ref_hash:
            *_, message = self._kept[message.ref_hash]
            self._kept[message.hash] = self._run, message.delta.fragment_id, message
        elif message.metadata.cacheable:
            self._kept[message.hash] = self._run, message.delta.fragment_id, message
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._running, self._drawn = frozenset(message.metadata.run.fragment_ids), {}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element, message.delta.fragment_id)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
            for page in message.navigation.app_pages:
                self._pages["" if page.is_default else page.url_pathname] = page.page_script_hash
        elif kind == "page_not_found":
            raise Failed("page not found")
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return False
            self._finished()
            return True
        return False

    def _finished(self) -> None:
        """The page, or the parts of it that ran, stand: what they drew before is gone."""
        kept = {
            key: widget
            for key, widget in self.widgets.items()
            if self._running and widget.part not in self._running
        }
        self.widgets = kept | self._drawn

    def _element(self, element, part: str) -> None:
        kind = element.WhichOneof("type")
        inner = getattr(element, kind)
        if kind == "exception":
            raise Failed(inner.message)
        if kind == "alert" and inner.format == _ERROR:
            raise Failed(inner.body)
        if kind in ("selectbox", "text_input"):
            self._drawn[f"text {inner.label}"] = Widget(inner.id, kind, part)
            if inner.set_value and inner.id in self._states:
                said = inner.value if kind == "text_input" else inner.raw_value
                self._states[inner.id].string_value = said
        elif kind == "button":
            self._drawn[f"button {inner.label}"] = Widget(inner.id, kind, part)
        elif kind == "component_instance" and _MAP in inner.component_name:
            self._drawn["map "] = Widget(inner.id, kind, part)
        elif kind == "html":
            self.texts.append(inner.body)
