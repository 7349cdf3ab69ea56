"""The layers a reader can colour the map by, each declared as one row of `LAYERS`.

A layer says which columns it reads, how values fall into classes, and how each class looks and is
called. The same columns stand in the frame of small areas ("lsoa") and of neighbourhoods
("msoa"), so a layer serves both; where a level needs other columns it names a variant.

Colours are the Office for National Statistics' five-step sequential palette, interpolated in
OKLab to ten steps; the darkest is the most deprived. The two-way palette runs from grey to blue
along deprivation and to gold along need, and stays apart under the three kinds of colour
blindness (measured in the tests).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from geo.access_layers import ACCESS_LAYERS
from geo.layer import Layer
from geo.path_layers import PATH_LAYER

# What stands behind every map, whatever its layer: boundaries and names.
MAP_SOURCES = ("lsoa21_bgc", "ward25_bgc", "msoa_names", "left_behind_areas")
NO_DATA = 25  # the class of an area without a value; written "Z"

FIVE_STEPS = ("#CDE594", "#80C6A3", "#1F9EB7", "#186290", "#080C54")
TEN_STEPS = (
    "#080C54", "#0A346F", "#145989", "#1A769D", "#1D90AE",
    "#3DA7B3", "#66B9AB", "#89CAA2", "#ACD79C", "#CDE594",
)  # fmt: skip
# Rows: third of deprivation, the most deprived first; columns: third of need, the greatest first.
TWO_WAY = (
    "#161616", "#2F6085", "#3F93C0",
    "#A8641A", "#A7ADB0", "#A9CFE3",
    "#EBA900", "#F2DC9E", "#ECECEC",
)  # fmt: skip


_COUNTS = ("", "2nd ", "3rd ", "4th ", "5th ")


def _tenths(pattern: str, ends: tuple[str, str]) -> tuple[str, ...]:
    """Names of ten tenths, counted from both ends: the 7th is the 4th from the other."""
    near = [pattern.format(count + ends[0]) for count in _COUNTS]
    far = [pattern.format(count + ends[1]) for count in reversed(_COUNTS)]
    return (*near, *far)


def _deciles_layer(
    key: str, label: str, short: str, source: str, pattern: str, ends: tuple[str, str]
) -> Layer:
    return Layer(
        key=key,
        label=label,
        short=short,
        kind="decile",
        columns=(f"{key}_decile",),
        unit="tenth",
        direction=f"1 = {pattern.format(ends[0])}",
        sources=(source,),
        colours=TEN_STEPS,
        labels=_tenths(pattern, ends),
        ends=ends,
    )


def _deprivation(key: str, label: str, short: str) -> Layer:
    ends = ("most deprived", "least deprived")
    return _deciles_layer(key, label, short, "iod2025", "{} tenth", ends)


def _need(key: str, label: str, short: str) -> Layer:
    ends = ("greatest need", "least need")
    return _deciles_layer(key, label, short, "cni2023", "tenth with the {}", ends)


_THIRDS = ("most", "middle", "least")

LAYERS = (
    _deprivation("imd", "Deprivation (Index of Multiple Deprivation)", "All deprivation"),
    _deprivation("income", "Income deprivation", "Income"),
    _deprivation("employment", "Employment deprivation", "Employment"),
    _deprivation("education", "Education, skills and training deprivation", "Education"),
    _deprivation("health", "Health deprivation and disability", "Health"),
    _deprivation("crime", "Crime", "Crime"),
    _deprivation("housing", "Barriers to housing and services", "Housing and services"),
    _deprivation("environment", "Living environment deprivation", "Living environment"),
    _need("cni", "Community need (Community Needs Index)", "All community need"),
    _need("civic_assets", "Need for places: civic assets", "Civic assets"),
    _need("connectedness", "Need for links: connectedness", "Connectedness"),
    _need("engaged", "Need for activity: active and engaged community", "Engaged community"),
    Layer(
        key="two_way",
        label="Deprivation and community need together",
        short="Both together",
        kind="two_way",
        columns=("imd_rank", "cni_rank"),
        unit="third of areas on each index",
        direction="Black = in the most deprived third and the third with the greatest need",
        sources=("iod2025", "cni2023"),
        colours=TWO_WAY,
        labels=tuple(
            f"{deprived} deprived third, {need} third for community need"
            for deprived in _THIRDS
            for need in _THIRDS
        ),
    ),
    Layer(
        key="double",
        label="Double disadvantage",
        short="Double disadvantage",
        kind="binary",
        columns=("double",),
        unit="in the worst tenth on both indices or not",
        direction="Doubly disadvantaged = in the worst tenth on both indices",
        sources=("iod2025", "cni2023"),
        colours=("#080C54", "#DDE8C8"),
        labels=("doubly disadvantaged", "not doubly disadvantaged"),
        neighbourhood=Layer(
            key="double",
            label="Double disadvantage: small areas in each neighbourhood",
            short="Double disadvantage",
            kind="steps",
            columns=("double_small_areas",),
            unit="small areas",
            direction="How many of its small areas are in the worst tenth on both indices",
            sources=("iod2025", "cni2023"),
            colours=("#E4EBD3", "#80C6A3", "#1F9EB7", "#186290", "#080C54"),
            labels=("none", "1 small area", "2 small areas", "3 small areas", "4 or more"),
            breaks=(0, 1, 2, 3),
        ),
    ),
    PATH_LAYER,
    *ACCESS_LAYERS,
)

_BY_KEY = {row.key: row for row in LAYERS}


def layer(key: str) -> Layer:
    """The layer with this key. Raises `KeyError` if there is none."""
    return _BY_KEY[key]


def at_level(chosen: Layer, level: str) -> Layer:
    """The layer as it is at a level: the same, or its variant for neighbourhoods."""
    if level == "msoa" and chosen.neighbourhood:
        return chosen.neighbourhood
    return chosen


def look(chosen: Layer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Colour and label of each class."""
    return chosen.colours, chosen.labels


def classes(chosen: Layer, frame: pd.DataFrame) -> np.ndarray:
    """The class of every area, 0 for the first; `NO_DATA` where there is no value.

    frame: all areas of the level in row order, with the layer's columns. Returns uint8.
    """
    values = [
        pd.to_numeric(frame[column]).to_numpy(dtype=float, na_value=np.nan)
        for column in chosen.columns
    ]
    found = _CLASSED[chosen.kind](chosen, *values)
    missing = np.isnan(values).any(axis=0) | ~((found >= 0) & (found < len(chosen.colours)))
    return np.where(missing, NO_DATA, found).astype(np.uint8)


def encode(found: np.ndarray, faded: np.ndarray | None = None) -> str:
    """Classes as the map takes them: a letter an area, a small one where `faded` is true."""
    letters = np.asarray(found, dtype=np.uint8) + ord("A")
    if faded is not None:
        letters = letters + (ord("a") - ord("A")) * np.asarray(faded, dtype=np.uint8)
    return letters.astype(np.uint8).tobytes().decode("ascii")


def _deciles(_: Layer, decile: np.ndarray) -> np.ndarray:
    return decile - 1


def _thirds(_: Layer, *ranks: np.ndarray) -> np.ndarray:
    """Third of areas on two ranks (1 is worst): 3 x the first's third + the second's, 0 to 8."""
    first, second = (np.ceil(3 * rank / np.count_nonzero(~np.isnan(rank))) - 1 for rank in ranks)
    return 3 * first + second


def _yes_or_no(_: Layer, flag: np.ndarray) -> np.ndarray:
    return 1 - flag


def _steps(chosen: Layer, value: np.ndarray) -> np.ndarray:
    return np.searchsorted(chosen.breaks, value, side="left")


_CLASSED: dict[str, Callable[..., np.ndarray]] = {
    "decile": _deciles,
    "two_way": _thirds,
    "binary": _yes_or_no,
    "steps": _steps,
}
