"""What the pages about changes share: where people live, and the places there are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo import memory, what_if_places
from geo.residents import Residents
from pages import frame


@st.cache_resource(show_spinner="Working out where people live…")
def residents() -> Residents:
    """Every postcode point of England, made once and shared by every reader."""
    made = frame.store().residents()
    memory.release()
    return made


@st.cache_resource(show_spinner=False)
def services() -> pd.DataFrame:
    """Places open now that a scenario can close; see `what_if_places.services`."""
    return what_if_places.services(frame.national().places)


@st.cache_resource(show_spinner=False)
def places(service: str) -> pd.DataFrame:
    """Those of one service."""
    return what_if_places.of_service(services(), service)


@st.cache_resource(show_spinner=False)
def names() -> dict[str, str]:
    """Code → name of every ward and council."""
    wards, councils = frame.store().table("wards"), frame.store().table("councils")
    found = dict(zip(councils["ltla24_code"], councils["ltla24_name"], strict=True))
    return found | dict(zip(wards["ward24_code"], wards["ward24_name"], strict=True))
