"""Which areas a view leaves, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.view import View


@dataclass(frozen=True)
class Totals:
    """What the areas that are left add up to. population: residents, mid-2022."""

    areas: int
    population: int
    councils: int


def selected(view: View, areas: pd.DataFrame) -> np.ndarray:
    """True for each row of `areas` that passes every filter of `view`; filters are all met.

    areas: a frame from `geo.areas`. Distances are inclusive at both ends.
    """
    keep = np.ones(len(areas), dtype=bool)
    for column, wanted in (
        ("ltla24_code", view.councils),
        ("region24_code", view.regions),
        ("ruc21_code", view.rural_urban),
    ):
        if wanted:
            keep &= areas[column].isin(wanted).to_numpy()
    for measure, low, high in view.ranges:
        keep &= areas[f"{measure}_decile"].between(low, high).to_numpy()
    if view.double_only:
        keep &= areas["double"].to_numpy()
    least, most = view.library_m
    if least is not None:
        keep &= (areas["library_m"] >= least).to_numpy()
    if most is not None:
        keep &= (areas["library_m"] <= most).to_numpy()
    return keep


def totals(areas: pd.DataFrame, keep: np.ndarray) -> Totals:
    """Count, residents and councils of the rows that `keep` marks."""
    left = areas.loc[keep, ["population_2022", "ltla24_code"]]
    return Totals(
        areas=len(left),
        population=int(left["population_2022"].sum()),
        councils=int(left["ltla24_code"].nunique()),
    )
