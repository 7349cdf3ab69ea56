"""The panel of the chosen area: what it is called, where it stands, its people, what is near."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

import streamlit as st

from geo import areas, charts, near, sentences
from geo.cells import Cells
from geo.view import View
from pages import frame, sheet
from pages.html_parts import paragraph, strong, together


class _Said(NamedTuple):
    """What the panel says of an area; case is the key of the story, "" where none is near."""

    area: Cells
    title: str
    double: str | None
    lines: tuple[str, ...]
    library: str
    case: str
    story: str


@cache
def _libraries() -> near.OpenLibraries:
    return near.open_libraries(frame.store().libraries)


@lru_cache(maxsize=500)
def _said(code: str, postcode: str | None) -> _Said:
    """Worked out once for all readers: an area stays chosen while other things change."""
    store = frame.store()
    level = areas.level_of(code)
    area = store.area(code)
    total = len(store.level(level))
    starting_at = store.postcodes.find(postcode) if postcode else None
    case = near.case_study(frame.england().placed_cases, area, starting_at)
    return _Said(
        area,
        sentences.area_title(area),
        sentences.double_disadvantage(area, level),
        (
            f"{sentences.area_kind(area, level)}. {sentences.residents(area)}",
            sentences.deprivation(area, level, total),
            sentences.community_needs(area, level, total),
        ),
        sentences.library(near.library(_libraries(), area, starting_at)),
        case.case.key if case else "",
        sentences.case_study(case) if case else "",
    )


def panel(view: View) -> None:
    """The chosen area, or how to choose one."""
    frame.unseen("The chosen area")
    if view.area is None:
        st.subheader("Choose an area")
        st.write("Click the map, or type a postcode or a name in the box above.")
        return
    with st.container(key="area-sheet"):
        _chosen(view)


def _chosen(view: View) -> None:
    """On a phone a sheet that slides over the map's foot: see `sheet`."""
    said = _said(view.area, view.postcode)
    sheet.handle(said.title, sentences.tenth(int(said.area["imd_decile"])))
    st.subheader(frame.plain(said.title), anchor="area")
    if said.double:
        st.warning(frame.plain(said.double), icon=":material/layers:")
    frame.paragraphs(said.lines)
    frame.page_link(
        "profile",
        label="All about this area",
        icon=":material/description:",
        query_params={"area": str(said.area["code"])},
    )
    named = ("Tenths of deprivation", "Tenths of community need")
    for chart, name in zip(charts.tenths(said.area, frame.ink()), named, strict=True):
        frame.chart(chart, name)
    told = [strong("Nearest open library") + paragraph(said.library)]
    if said.case:
        told.append(strong("A case study near here") + paragraph(said.story))
    together(*told)
    if said.case:
        frame.page_link(
            "case-studies",
            label="Read this case",
            icon=":material/menu_book:",
            query_params={"case": said.case},
        )
    st.button("Close this panel", on_click=_close, type="tertiary")


def _close() -> None:
    view, _ = frame.asked()
    frame.show(replace(view, area=None, postcode=None))
    frame.redraw_meeting()
