"""The panel of the chosen area: what it is called, where it stands, its people, what is near."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo import areas, charts, near, sentences
from geo.view import View
from pages import frame, sheet


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
    store = frame.store()
    level = areas.level_of(view.area)
    area = store.area(view.area)
    total = len(store.level(level))
    sheet.handle(sentences.area_title(area), sentences.tenth(int(area["imd_decile"])))
    st.subheader(frame.plain(sentences.area_title(area)), anchor="area")
    lines = [f"{sentences.area_kind(area, level)}. {sentences.residents(area)}"]
    double = sentences.double_disadvantage(area, level)
    if double:
        st.warning(frame.plain(double), icon=":material/layers:")
    lines += [
        sentences.deprivation(area, level, total),
        sentences.community_needs(area, level, total),
    ]
    frame.paragraphs(lines)
    frame.page_link(
        "pages/profile.py",
        label="All about this area",
        icon=":material/description:",
        query_params={"area": view.area},
    )
    named = ("Tenths of deprivation", "Tenths of community need")
    for chart, name in zip(charts.tenths(area, frame.ink()), named, strict=True):
        frame.chart(chart, name)
    starting_at = store.postcodes.find(view.postcode) if view.postcode else None
    nearest = near.library(store.libraries, area, starting_at)
    st.markdown("**Nearest open library**")
    frame.paragraphs([sentences.library(nearest)])
    case = near.case_study(frame.cases(), area, store.table("councils"), starting_at)
    if case:
        st.markdown("**A case study near here**")
        frame.paragraphs([sentences.case_study(case)])
        frame.page_link(
            "pages/case_studies.py",
            label="Read this case",
            icon=":material/menu_book:",
            query_params={"case": case.case.key},
        )
    st.button("Close this panel", on_click=_close, type="tertiary")


def _close() -> None:
    view, _ = frame.asked()
    frame.show(replace(view, area=None, postcode=None))
