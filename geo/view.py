"""What a link to the map can say: the choices a reader makes, and their one form in the URL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo import links
from geo.links import Parameter, Unreadable

LEVELS = ("small-area", "neighbourhood")
MEASURES = (
    "imd",
    "income",
    "employment",
    "education",
    "health",
    "crime",
    "housing",
    "environment",
    "cni",
    "civic_assets",
    "connectedness",
    "engaged",
)
RURAL_URBAN = ("UN1", "UF1", "RLN1", "RLF1", "RSN1", "RSF1")
OUTLINES = ("double", "left-behind", "wards")
BACKGROUNDS = ("plain", "osm")
MAX_COUNCILS = 20
MAX_DISTANCE_M = 100_000
_EVERY_DECILE = (1, 10)


@dataclass(frozen=True)
class View:
    """Everything a reader can choose on the map. Equal views give equal links.

    ranges: inclusive decile ranges by measure, in the order of MEASURES; 1 is most deprived
    (for the Community Needs Index, greatest need).
    library_m: metres, straight line, to the nearest open library (least, most); None is no bound.
    at: latitude, longitude and zoom of a shared viewport; None lets the map fit what is chosen.
    """

    layer: str = "imd"
    level: str = "small-area"
    area: str | None = None
    postcode: str | None = None
    councils: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    rural_urban: tuple[str, ...] = ()
    ranges: tuple[tuple[str, int, int], ...] = ()
    double_only: bool = False
    library_m: tuple[int | None, int | None] = (None, None)
    outlines: tuple[str, ...] = ("double",)
    points: tuple[str, ...] = ("cases", "libraries")
    at: tuple[float, float, float] | None = None
    background: str = "plain"

    def range_of(self, measure: str) -> tuple[int, int]:
        """Deciles of `measure` that are kept, 1 to 10 when it is not filtered."""
        kept = ((low, high) for key, low, high in self.ranges if key == measure)
        return next(kept, _EVERY_DECILE)

    @property
    def is_filtered(self) -> bool:
        """Whether any filter leaves areas out."""
        return self != self.without_filters()

    def without_filters(self) -> View:
        """The same view of every area."""
        plain = View()
        names = ("councils", "regions", "rural_urban", "ranges", "double_only", "library_m")
        return replace(self, **{name: getattr(plain, name) for name in names})


def _metres(text: str) -> tuple[int | None, int | None]:
    expected = "expected metres such as 1600-, -800 or 800-1600"
    match = re.fullmatch(r"([0-9]{0,6})-([0-9]{0,6})", text)
    if not match or text == "-":
        raise Unreadable(expected)
    low, high = (int(part) if part else None for part in match.groups())
    if max(low or 0, high or 0) > MAX_DISTANCE_M or (high is not None and high < (low or 0)):
        raise Unreadable(expected)
    return low, high


def _written_metres(bounds: tuple[int | None, int | None]) -> str:
    return "-".join("" if bound is None else str(bound) for bound in bounds)


def _decile_range(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", text)
    low = int(match[1]) if match else 0
    high = int(match[2] or match[1]) if match else 0
    if not 1 <= low <= high <= 10:
        raise Unreadable("expected deciles such as 1-3, where 1 is most deprived")
    return low, high


# The words that say where, the same on every page that lists areas.
LEVEL = Parameter("by", "level", links.choice(LEVELS))
COUNCILS = Parameter(
    "council",
    "councils",
    links.several(links.code(links.COUNCIL, "councils’ codes"), MAX_COUNCILS),
    links.joined,
)
REGIONS = Parameter(
    "region", "regions", links.several(links.code(links.REGION, "regions’ codes"), 9), links.joined
)
AREA = Parameter("area", "area", links.code(links.AREA, "a small area’s or neighbourhood’s code"))

_PARAMETERS = (
    Parameter("layer", "layer", links.pattern(links.WORD, "a layer’s name")),
    LEVEL,
    AREA,
    Parameter("postcode", "postcode", links.code(links.POSTCODE, "a full postcode")),
    COUNCILS,
    REGIONS,
    Parameter(
        "ruc",
        "rural_urban",
        links.several(links.choice(RURAL_URBAN), len(RURAL_URBAN), RURAL_URBAN),
        links.joined,
    ),
    Parameter("double", "double_only", links.yes, links.written_yes),
    Parameter("library", "library_m", _metres, _written_metres),
    Parameter(
        "outline",
        "outlines",
        links.several(links.choice(OUTLINES), len(OUTLINES), OUTLINES),
        links.joined,
    ),
    Parameter(
        "show",
        "points",
        links.several(links.pattern(links.WORD, "kinds of place"), 40),
        links.joined,
    ),
    Parameter("at", "at", links.viewport, links.written_viewport),
    Parameter("map", "background", links.choice(BACKGROUNDS)),
)
# Each measure is a word of its own: imd=1-2.
WORDS = tuple(parameter.word for parameter in _PARAMETERS) + MEASURES


def ranges_of(deciles: Mapping[str, tuple[int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Measure → deciles as `View.ranges`: in order, without those that leave nothing out."""
    return tuple(
        (measure, *deciles[measure])
        for measure in MEASURES
        if tuple(deciles.get(measure, _EVERY_DECILE)) != _EVERY_DECILE
    )


def parse(query: Mapping[str, object]) -> tuple[View, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each parameter that could not be read."""
    view, notices = links.parse(View(), _PARAMETERS, query)
    deciles, more = links.read_all(
        {measure: (measure, _decile_range) for measure in MEASURES}, query
    )
    return replace(view, ranges=ranges_of(deciles)), notices + more


def query(view: View) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    written = links.query(View(), _PARAMETERS, view)
    for measure, low, high in view.ranges:
        written[measure] = str(low) if low == high else f"{low}-{high}"
    return written


def with_range(view: View, measure: str, low: int, high: int) -> View:
    """`view` with the deciles of one measure kept from `low` to `high`; 1 to 10 takes it off."""
    deciles = {key: (a, b) for key, a, b in view.ranges} | {measure: (low, high)}
    return replace(view, ranges=ranges_of(deciles))
