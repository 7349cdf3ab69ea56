"""What the pages about changes share: where people live, the places there are, and answers.

They stand here and not in the pages: a page is run anew for every reader, and what it keeps would
be set up anew each time.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo import effects, memory, scenarios, siting_run, what_if_places
from geo.effects import Effect
from geo.residents import Residents
from geo.siting_run import Runs
from geo.thresholds import THRESHOLDS
from geo.what_if_places import Change
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


@st.cache_resource(max_entries=300, show_spinner=False)
def effect(kind: str, walk: str, changes: str) -> Effect:
    """What the changes of a link do to one service; the same link is not worked out twice."""
    return work_out(kind, walk, changes, places(kind))


def work_out(kind: str, walk: str, changes: str, places: pd.DataFrame) -> Effect:
    """The same with the places that are there; not kept."""
    return effects.effect(
        scenarios.parse(changes)[0],
        residents(),
        places,
        frame.store().small_areas,
        THRESHOLDS[walk].metres,
        (kind,),
    )


@st.cache_resource(max_entries=300, show_spinner=False)
def changes(link: str) -> tuple[Change, ...]:
    """The changes of a link with their names."""
    return what_if_places.changes(
        scenarios.parse(link)[0], services(), residents(), frame.store().small_areas
    )


@st.cache_resource(show_spinner=False)
def runs() -> Runs:
    """Answers to the last questions where new places should go, shared by every reader."""
    national, kinds, people = frame.national(), services(), residents()
    return Runs(lambda view, enough: siting_run.work(view, national, kinds, people, enough))
