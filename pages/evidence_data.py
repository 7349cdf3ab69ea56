"""What the page of the evidence keeps for all who read it.

It stands here and not in the page, which is run anew for every reader and would set it up anew.
"""

from __future__ import annotations

import streamlit as st

from geo import charts, evidence, evidence_charts
from geo.evidence import Evidence
from geo.store import opened
from pages import frame


@st.cache_resource(show_spinner=False)
def words() -> Evidence:
    """What the reports say."""
    return opened(frame.store().data_dir / "evidence.toml", evidence.load_evidence)


@st.cache_resource(show_spinner=False)
def path_chart(period: str, ink: str, with_key: bool = False) -> dict:
    """Who gained and who fell back over a period, as Vega-Lite."""
    table = frame.store().table("evidence_paths")
    return charts.as_spec(evidence_charts.paths(table, period, ink, with_key=with_key))
