"""What a layer of the map is; `geo.layers` declares them all."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("lsoa", "msoa")


@dataclass(frozen=True)
class Layer:
    """One way to colour the map.

    columns: what it reads. kind: how values become classes (`classes`). direction: what a reader
    must know to read it the right way round. sources: keys of the register. ends: for deciles,
    what the first and the last are. breaks: for "steps", the upper bounds of all classes but the
    last, inclusive. neighbourhood: the variant for neighbourhoods, where that is another figure.
    """

    key: str
    label: str
    short: str
    kind: str
    columns: tuple[str, ...]
    unit: str
    direction: str
    sources: tuple[str, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    ends: tuple[str, str] | None = None
    levels: tuple[str, ...] = LEVELS
    breaks: tuple[float, ...] = ()
    neighbourhood: Layer | None = None
