"""A page's controls and its link: what the link says goes into the controls, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import streamlit as st

from geo.profile_sentences import capital
from geo.reached import REACHED
from geo.thresholds import THRESHOLDS
from geo.view import MAX_COUNCILS
from pages import drawers, frame

_ABSENT = object()
_View = TypeVar("_View")


@dataclass(frozen=True)
class Controls(Generic[_View]):
    """A page's controls and its link: what the link says goes into the controls, and only then.

    page: the first word of their keys. values: what each says for a view, by name. query: a view's
    link. in_drawers: the controls in each drawer, by its key, which are set together, once it is
    opened; all others are set with the page. A control that is out of sight does not learn of a
    value set for it: it would show another, and send that back with the next click anywhere.
    """

    page: str
    values: Callable[[_View], dict[str, object]]
    query: Callable[[_View], Mapping[str, str]]
    in_drawers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A control's key, new when a link brings other choices than those on screen."""
        loaded = st.session_state.get(_loaded(self._group(name)), 0)
        return f"{self.page} {name} {loaded}" if loaded else f"{self.page} {name}"

    def load(self, view: _View) -> bool:
        """Sets the controls in no drawer to `view` if it came from a link, else those that are new.

        Returns whether it came from a link.
        """
        return self._load(view, self.page)

    def drawer(
        self,
        key: str,
        view: _View,
        label: str,
        fill: Callable[[], None],
        *,
        icon: str,
        says: Callable[[], object] = drawers.address,
    ) -> None:
        """A drawer whose controls, once it is opened, are set to `view` and drawn by `fill`.

        key: one of `in_drawers`. icon, says: see `drawers.drawer`.
        """
        if key not in self.in_drawers:
            raise KeyError(key)  # nothing in it would be set

        def set_and_fill() -> None:
            self._load(view, key)
            fill()

        drawers.drawer(label, set_and_fill, icon=icon, key=key, says=says)

    def said(self, view: _View) -> dict[str, Any]:
        """What each control says, by name; one that is not on screen says what `view` does."""
        return {
            name: st.session_state.get(self.key(name), value)
            for name, value in self.values(view).items()
        }

    def put(self, view: _View) -> None:
        """Puts `view` in the address bar and in the controls on screen: it is no other link."""
        query = self.query(view)
        frame.put(query)
        for group in (self.page, *self.in_drawers):
            frame.link_changed(group, query)
        for name, value in self.values(view).items():
            if self.key(name) in st.session_state:
                st.session_state[self.key(name)] = value

    def put_back(self, view: _View) -> None:
        """Has the controls say what `view` does, where what was chosen cannot be."""
        for group in (self.page, *self.in_drawers):
            self._renew(view, group)

    def _load(self, view: _View, group: str) -> bool:
        from_link = frame.link_changed(group, self.query(view))
        if from_link:
            self._renew(view, group)
        values = self._values(view, group)
        for name in values.keys() - self._drawn(values).keys():
            st.session_state[self.key(name)] = values[name]
        return from_link

    def _group(self, name: str) -> str:
        found = (drawer for drawer, names in self.in_drawers.items() if name in names)
        return next(found, self.page)

    def _values(self, view: _View, group: str) -> dict[str, object]:
        return {k: value for k, value in self.values(view).items() if self._group(k) == group}

    def _renew(self, view: _View, group: str) -> None:
        """Gives the controls of a group that say something else than `view` new keys."""
        values = self._values(view, group)
        if any(_other(said, values[name]) for name, said in self._drawn(values).items()):
            counter = _loaded(group)
            st.session_state[counter] = st.session_state.get(counter, 0) + 1

    def _drawn(self, names: Iterable[str]) -> dict[str, object]:
        """What the controls on screen say, by name."""
        said = {name: st.session_state.get(self.key(name), _ABSENT) for name in names}
        return {name: value for name, value in said.items() if value is not _ABSENT}


def _loaded(group: str) -> str:
    return f"links loaded into the controls of {group}"


def _other(drawn: object, value: object) -> bool:
    """Whether a control says something else; the order in which things were ticked says nothing."""
    if isinstance(drawn, list) and isinstance(value, list):
        return sorted(drawn) != sorted(value)
    return drawn != value


def kind_of_place(key: str, used: Callable[[], None]) -> None:
    """Which kind of place is asked about. key: the control's; used: what to do with the answer."""
    st.selectbox(
        "Kind of place",
        list(REACHED),
        format_func=service,
        key=key,
        on_change=used,
        width=270,
    )


def service(kind: str) -> str:
    """A kind of REACHED as a control names it."""
    return capital(REACHED[kind].plural)


def walk(key: str, used: Callable[[], None], said: str | None = None) -> None:
    """How far is too far. said: where that comes from."""
    st.segmented_control(
        "A walk of",
        list(THRESHOLDS),
        format_func=lambda key: THRESHOLDS[key].label,
        key=key,
        on_change=used,
        required=True,
        help=said,
    )


@st.cache_resource(show_spinner=False)
def _councils_and_regions() -> tuple[dict[str, str], dict[str, str]]:
    """What councils and regions are called, by code; in the order of choosing."""
    councils = frame.store().table("councils").sort_values("ltla24_name")
    regions = councils.sort_values("region24_name")
    return (
        dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True)),
        dict(zip(regions["region24_code"], regions["region24_name"], strict=True)),
    )


def councils_and_regions(
    key: Callable[[str], str], used: Callable[[], None], every: tuple[str, str]
) -> None:
    """Which councils and regions, as many as fit a link. every: what it means to choose none.

    key: of the controls `councils` and `regions`.
    """
    names = zip(("councils", "regions"), ("Councils", "Regions"), strict=True)
    for (name, label), called, none in zip(names, _councils_and_regions(), every, strict=True):
        st.multiselect(
            label,
            list(called),
            format_func=called.__getitem__,
            key=key(name),
            on_change=used,
            placeholder=none,
            max_selections=MAX_COUNCILS,
        )
