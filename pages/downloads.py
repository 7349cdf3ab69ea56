"""The way to take away what is on screen: one button, behind it every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import downloads, exports
from geo.charts import Drawing
from geo.downloads import File
from pages import drawers, frame


def popover(
    key: str,
    *groups: Iterable[File],
    label: str = "Download",
    says: Callable[[], object] = drawers.address,
) -> None:
    """A button that opens every file of `groups`, a line a group. Files are made when asked for.

    key: a word of the page for this group. says: what the groups depend on, see `drawers.drawer`.
    """

    def fill() -> None:
        for files in groups:
            with st.container(horizontal=True, gap="small"):
                for file in files:
                    st.download_button(
                        file.label,
                        file.make,
                        file_name=file.name,
                        mime=file.mime,
                        key=f"download {key} {file.name}",
                        on_click="ignore",
                    )
        frame.note("Each file says where its figures are from and under which licence.")

    drawers.drawer(label, fill, icon=":material/download:", key=f"download {key}", says=says)


def table(
    what: str,
    stem: str,
    rows: Callable[[], pd.DataFrame],
    sources: Sequence[str] | None,
    *,
    shapes: Callable[[], gpd.GeoDataFrame] | None = None,
) -> tuple[File, ...]:
    """A table's files. sources: keys of the register, None where the rows say it themselves.

    See `geo.downloads.table`.
    """
    if sources is None:
        return downloads.table(what, stem, rows, None, shapes=shapes)
    register = frame.store().sources
    keys = list(dict.fromkeys(sources))
    credit = exports.credit(register, keys)
    return downloads.table(what, stem, rows, credit, [register[key] for key in keys], shapes=shapes)


def chart(
    what: str,
    stem: str,
    made: Callable[[], Drawing | dict],
    title: str,
    sources: Sequence[str],
) -> tuple[File, ...]:
    """A chart's files; sources: keys of the register. See `geo.downloads.picture_of_chart`."""
    credit = exports.credit(frame.store().sources, list(dict.fromkeys(sources)))
    return downloads.picture_of_chart(what, stem, made, title, credit)
