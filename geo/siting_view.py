"""What a link to the Where-next page can say: for whom, where, how many and in which buildings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geo import links, siting
from geo.links import Parameter, Unreadable
from geo.national import National
from geo.reached import REACHED
from geo.thresholds import THRESHOLDS, Threshold

ENGLAND = "england"
WITHIN, NEAREST = "within", "nearest"
AIMS = {WITHIN: siting.COVERAGE, NEAREST: siting.DISTANCE}
WHOSE = (siting.EVERYONE, siting.YOUNG, siting.DEPRIVED)
CENTRES = "centres"
# Sorts of building that a new place could be in → kinds of asset.
BUILDINGS = {
    "libraries": ("library", "library_closed"),
    "schools": ("school", "nursery_school", "college"),
    "hubs": ("family_hub", "childrens_centre", "community_hub", "youth_centre"),
    "halls": ("hall",),
}
CANDIDATES = (*BUILDINGS, CENTRES)
_PLACE = re.compile(rf"{links.COUNCIL.pattern}|{links.REGION.pattern}", re.ASCII)


@dataclass(frozen=True)
class SitingView:
    """Everything a reader can choose on the page. Equal views give equal links.

    kind: a key of REACHED, what is to be opened. area: a council's or region's code or ENGLAND.
    count: new places, 1 to 50. walk: a key of THRESHOLDS. aim: a key of AIMS. whose: a column of
    `siting.weights`. candidates: sorts of building (BUILDINGS) or CENTRES. open_kinds: what counts
    as open already, keys of REACHED; None is the kind itself, () starts from nothing. rule:
    percentage of the places that must stand in doubly disadvantaged areas, 0 for none.
    at: latitude, longitude and zoom of a shared viewport.
    """

    kind: str = "library"
    area: str = "E07000062"
    count: int = 3
    walk: str = "1-mile"
    aim: str = WITHIN
    whose: str = siting.EVERYONE
    candidates: tuple[str, ...] = tuple(BUILDINGS)
    open_kinds: tuple[str, ...] | None = None
    rule: int = round(100 * siting.DEFAULT_RULE_SHARE)
    at: tuple[float, float, float] | None = None

    @property
    def threshold(self) -> Threshold:
        """The chosen walk."""
        return THRESHOLDS[self.walk]

    @property
    def open_now(self) -> tuple[str, ...]:
        """Services that count as open already."""
        return (self.kind,) if self.open_kinds is None else self.open_kinds

    @property
    def question(self) -> SitingView:
        """The same without what does not change the answer."""
        return replace(self, at=None, open_kinds=self.open_now)

    @property
    def is_quick(self) -> bool:
        """Whether the answer takes seconds, so that nobody needs to ask for it."""
        return self.area != ENGLAND


def _area(text: str) -> str:
    found = text.upper().replace(" ", "")
    if found == ENGLAND.upper():
        return ENGLAND
    if not _PLACE.fullmatch(found):
        raise Unreadable("expected a council's or region's code, or england")
    return found


def _some(options: tuple[str, ...]):
    return links.several(links.choice(options), len(options), options)


def _candidates(text: str) -> tuple[str, ...]:
    found = _some(CANDIDATES)(text)
    if not found:
        raise Unreadable(f"expected one or more of {', '.join(CANDIDATES)}")
    return found


_PARAMETERS = (
    Parameter("kind", "kind", links.choice(tuple(REACHED))),
    Parameter("area", "area", _area),
    Parameter("places", "count", links.whole(1, siting.MOST_PLACES)),
    Parameter("walk", "walk", links.choice(tuple(THRESHOLDS))),
    Parameter("aim", "aim", links.choice(tuple(AIMS))),
    Parameter("for", "whose", links.choice(WHOSE)),
    Parameter("in", "candidates", _candidates, links.joined),
    Parameter("open", "open_kinds", _some(tuple(REACHED)), links.joined),
    Parameter("rule", "rule", links.whole(0, 100)),
    Parameter("at", "at", links.viewport, links.written_viewport),
)
WORDS = tuple(parameter.word for parameter in _PARAMETERS)


def parse(query: Mapping[str, object]) -> tuple[SitingView, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each parameter that could not be read."""
    view, notices = links.parse(SitingView(), _PARAMETERS, query)
    if view.open_kinds == (view.kind,):
        view = replace(view, open_kinds=None)
    return view, notices


def query(view: SitingView) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    return links.query(SitingView(), _PARAMETERS, view)


def known(view: SitingView, councils: pd.DataFrame) -> tuple[SitingView, tuple[str, ...]]:
    """`view` with an area that exists, and a notice where the link's did not."""
    codes = {ENGLAND, *councils["ltla24_code"], *councils["region24_code"]}
    if view.area in codes:
        return view, ()
    notice = f"The link's area “{view.area}” is not known here; the usual one is shown."
    return replace(view, area=SitingView().area), (notice,)


def area_name(area: str, councils: pd.DataFrame) -> str:
    """What the area is called in a sentence: "Hastings", "the South East", "England"."""
    if area == ENGLAND:
        return "England"
    for code, name in (("ltla24_code", "ltla24_name"), ("region24_code", "region24_name")):
        rows = councils.loc[councils[code] == area, name]
        if len(rows):
            return with_article(rows.iat[0]) if code == "region24_code" else rows.iat[0]
    raise KeyError(area)


def with_article(region: str) -> str:
    """A region's name as it stands in a sentence."""
    return region if region in ("London", "Yorkshire and The Humber") else f"the {region}"


def members(area: str, small_areas: pd.DataFrame) -> np.ndarray:
    """Which small areas are in it: a boolean a small area."""
    if area == ENGLAND:
        return np.ones(len(small_areas), dtype=bool)
    column = "region24_code" if links.REGION.fullmatch(area) else "ltla24_code"
    return (small_areas[column] == area).to_numpy()


def area_options(councils: pd.DataFrame) -> dict[str, str]:
    """Code → name of every area that can be chosen: England, regions, councils by name."""
    regions = councils.drop_duplicates("region24_code").sort_values("region24_name")
    by_name = councils.sort_values("ltla24_name")
    return {
        ENGLAND: "All of England",
        **{
            code: f"{name} (region)"
            for code, name in zip(regions["region24_code"], regions["region24_name"], strict=True)
        },
        **dict(zip(by_name["ltla24_code"], by_name["ltla24_name"], strict=True)),
    }


def outline(view: SitingView, national: National) -> int | None:
    """Number of the council to outline, None for larger areas."""
    return national.row(view.area) if links.COUNCIL.fullmatch(view.area) else None
