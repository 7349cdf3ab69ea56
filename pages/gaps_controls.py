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
_WHERE, _COUNTS, _WALK = "gaps where", "gaps counts", "gaps walk"
_PUT_BACK = "the last part that counts was put back"
_CHOSEN_TOGETHER = ("councils", "regions", "need", "community", "quarters")


def _values(view: GapsView) -> dict[str, object]:
    values: dict[str, object] = {name: list(getattr(view, name)) for name in _CHOSEN_TOGETHER}
    values |= {"level": view.level, "threshold": view.threshold, "against": view.against}
    values["registers"] = [kind for kind in view.kinds if kind in _REGISTERS]
    values["lists"] = [kind for kind in view.kinds if kind in _LISTS]
    return values


_CONTROLS = controls.Controls(
    "gaps",
    _values,
    gaps_view.query,
    {
        _WHERE: ("councils", "regions"),
        _COUNTS: ("need", "community", "registers", "lists", "against"),
        _WALK: ("threshold",),
    },
)
_key, load = _CONTROLS.key, _CONTROLS.load


def asked() -> tuple[GapsView, tuple[str, ...]]:
    """The view that the address bar asks for, and notices of what in it there is not."""
    view, notices = gaps_view.parse(st.query_params.to_dict())
    view, more = gaps_view.known(view, frame.store())
    return view, (*notices, *more)


def show(view: GapsView) -> None:
    """Puts `view` in the address bar; the page is drawn from there."""
    frame.put(gaps_view.query(view))


def _used() -> None:
    """Reads the widgets; where, what or how being chosen anew clears what was picked out."""
    before, _ = asked()
    said = _CONTROLS.said(before)
    view = replace(
        before,
        councils=tuple(sorted(said["councils"])),
        regions=tuple(sorted(said["regions"])),
        need=_ordered(said["need"], DEPRIVATION_PARTS),
        community=_ordered(said["community"], COMMUNITY_PARTS),
        kinds=_ordered((*said["registers"], *said["lists"]), REACHED),
        quarters=_ordered(said["quarters"], QUADRANTS),
        level=said["level"],
        threshold=said["threshold"],
        against=said["against"],
    )
    if not view.need and not view.provision:
        frame.of_this_page()[_PUT_BACK] = True
        _CONTROLS.put_back(before)
        return
    if replace(view, quarters=before.quarters) != before:
        view = replace(view, box=None)
    if view.level != before.level:
        view = replace(view, area=None)
    show(view)


def _ordered(chosen, options) -> tuple[str, ...]:
    return tuple(option for option in options if option in set(chosen))


def where_and_level(view: GapsView, where: str) -> None:
    """Which councils or regions, and which areas. where: what is chosen, in words."""
    _CONTROLS.drawer(_WHERE, view, where, _councils_and_regions, icon=":material/location_on:")
    st.segmented_control(
        "Areas",
        list(LEVEL_LABELS),
        format_func=lambda level: LEVEL_LABELS.get(level, level),
        key=_key("level"),
        on_change=_used,
        required=True,
        label_visibility="collapsed",
    )


def _councils_and_regions() -> None:
    controls.councils_and_regions(_key, _used, ("All of England", "All of England"))


def what_counts(view: GapsView) -> None:
    """Which parts of need and of social infrastructure count."""
    _CONTROLS.drawer(_COUNTS, view, "What counts", _parts, icon=":material/tune:")


def _parts() -> None:
    if frame.of_this_page().pop(_PUT_BACK, False):
        st.toast("At least one part has to count.", icon=":material/info:")
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
    label = f"Walk: {THRESHOLDS[view.threshold].label}"
    _CONTROLS.drawer(_WALK, view, label, _walks, icon=":material/directions_walk:")


def _walks() -> None:
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
