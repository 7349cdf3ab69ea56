"""What a kind of community asset is; `geo.asset_kinds` declares them all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

REGISTER = "England-wide register"
CO_OPERATIVES = "England-wide register, co-operative bodies only"
VOLUNTARY = "voluntary list"
LOCAL = "local sample"

# Whose list a source after the first is, by the beginning of its key.
_LOCAL_LISTS = {"gm": "Greater Manchester"}

SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross")


@dataclass(frozen=True)
class Kind:
    """A kind of asset.

    `completeness` is one of REGISTER, CO_OPERATIVES, VOLUNTARY, LOCAL with `as_of` its date;
    `sources` are keys of the register of sources, the fullest first; `colour` and `shape` are its
    symbol. `young_people` marks what is there for them; `counted` is False where a record is not
    a place (a park has many ways in), so that its distance may be read but not its count.
    """

    key: str
    singular: str
    plural: str
    group: str
    completeness: str
    as_of: str
    sources: tuple[str, ...]
    colour: str
    shape: str
    caveat: str = ""
    young_people: bool = False
    counted: bool = True

    @cached_property
    def how_complete(self) -> str:
        """ "Voluntary list, October to December 2025": to stand wherever the kind is counted."""
        told = f"{self.completeness[0].upper()}{self.completeness[1:]}, {self.as_of}"
        where = dict.fromkeys(_LOCAL_LISTS[key.split("_")[0]] for key in self.sources[1:])
        return "; ".join([told, *(f"in {place} local lists too" for place in where)])
