"""The controls of the Gaps page. Each is drawn from the view and puts a new view in the link."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import gaps_view, layers
from geo.asset_kind import REGISTER
from geo.gaps import COMMUNITY_PARTS, DEPRIVATION_PARTS, QUADRANTS
from geo.gaps_sentences import AGAINST_LABELS
from geo.gaps_view import AGAINST, SHORT_QUADRANTS, THRESHOLDS, GapsView
from geo.reached import REACHED
from pages import controls, frame
from pages.map_controls import LEVEL_LABELS

_REGISTERS = tuple(key for key, kind in REACHED.items() if kind.completeness == REGISTER)
_LISTS = tuple(key for key in REACHED if key not in _REGISTERS)
_CHOSEN_TOGETHER = ("councils", "regions", "need", "community", "quarters")


def _key(name: str) -> str:
    return controls.key("gaps", name)


def asked() -> tuple[GapsView, tuple[str, ...]]:
    """The view that the address bar asks for, and notices of what in it could not be read."""
    return gaps_view.parse(st.query_params.to_dict())


def show(view: GapsView) -> None:
    """Puts `view` in the address bar; the page is drawn from there."""
    frame.put(gaps_view.query(view))


def _values(view: GapsView) -> dict[str, object]:
    values: dict[str, object] = {name: list(getattr(view, name)) for name in _CHOSEN_TOGETHER}
    values |= {"level": view.level, "threshold": view.threshold, "against": view.against}
    values["registers"] = [kind for kind in view.kinds if kind in _REGISTERS]
    values["lists"] = [kind for kind in view.kinds if kind in _LISTS]
    return values


def load(view: GapsView, afresh: bool) -> None:
    """Sets the widgets to `view`: all of them when it came from a link, else those that are new."""
    controls.load("gaps", _values(view), afresh)


def _used() -> None:
    """Reads the widgets; where, what or how being chosen anew clears what was picked out."""
    before, _ = asked()
    said = {name: st.session_state.get(_key(name)) or () for name in _CHOSEN_TOGETHER}
    kinds = {*st.session_state[_key("registers")], *st.session_state[_key("lists")]}
    view = replace(
        before,
        councils=tuple(sorted(said["councils"])),
        regions=tuple(sorted(said["regions"])),
        need=_ordered(said["need"], DEPRIVATION_PARTS),
        community=_ordered(said["community"], COMMUNITY_PARTS),
        kinds=_ordered(kinds, REACHED),
        quarters=_ordered(said["quarters"], QUADRANTS),
        level=st.session_state[_key("level")],
        threshold=st.session_state[_key("threshold")],
        against=st.session_state[_key("against")],
    )
    if not view.need and not view.provision:
        st.toast("At least one part has to count.", icon=":material/info:")
        load(before, afresh=True)
        return
    if replace(view, quarters=before.quarters) != before:
        view = replace(view, box=None)
    if view.level != before.level:
        view = replace(view, area=None)
    show(view)


def _ordered(chosen, options) -> tuple[str, ...]:
    return tuple(option for option in options if option in set(chosen))


def where_and_level(where: str) -> None:
    """Which councils or regions, and which areas."""
    with st.popover(where, icon=":material/location_on:"):
        controls.councils_and_regions("gaps", _used, ("All of England", "All of England"))
    st.segmented_control(
        "Areas",
        list(LEVEL_LABELS),
        format_func=lambda level: LEVEL_LABELS.get(level, level),
        key=_key("level"),
        on_change=_used,
        required=True,
        label_visibility="collapsed",
    )


def what_counts() -> None:
    """Which parts of need and of social infrastructure count."""
    with st.popover("What counts", icon=":material/tune:"):
        for name, label, options, called in (
            ("need", "Need", DEPRIVATION_PARTS, _measure),
            ("community", "Community need: places, links and people", COMMUNITY_PARTS, _measure),
            ("registers", "Distance to (England-wide registers)", _REGISTERS, _kind),
            ("lists", "Distance to (lists that not every place is on)", _LISTS, _kind),
        ):
            st.pills(
                label,
                list(options),
                format_func=called,
                selection_mode="multi",
                key=_key(name),
                on_change=_used,
                wrap=True,
            )
        st.radio(
            "How a distance counts",
            list(AGAINST),
            format_func=AGAINST_LABELS.get,
            key=_key("against"),
            on_change=_used,
        )


def walk(view: GapsView) -> None:
    """How far is too far, and where each answer comes from."""
    with st.popover(f"Walk: {THRESHOLDS[view.threshold].label}", icon=":material/directions_walk:"):
        st.radio(
            "Within a walk of",
            list(THRESHOLDS),
            format_func=lambda key: THRESHOLDS[key].label,
            captions=[f"From {row.source}." for row in THRESHOLDS.values()],
            key=_key("threshold"),
            on_change=_used,
        )


def quarters(counts: dict[str, int]) -> None:
    """The four quarters of the chart, with how many areas are in each. counts: by their keys."""
    st.pills(
        "Show only some quarters (social infrastructure weaker or stronger)",
        list(QUADRANTS),
        format_func=lambda key: f"{SHORT_QUADRANTS[key]} ({counts[key]:,})",
        selection_mode="multi",
        key=_key("quarters"),
        on_change=_used,
        wrap=True,
    )


def _measure(key: str) -> str:
    return layers.layer(key).short


def _kind(key: str) -> str:
    name = REACHED[key].singular
    return name[0].upper() + name[1:]
