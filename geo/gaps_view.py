"""What a link to the Gaps page can say: which areas, what counts, and which part of the list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo import links
from geo.areas import NEIGHBOURHOOD, level_of
from geo.gaps import COMMUNITY_PARTS, DEPRIVATION_PARTS, GAP_PREFIX, QUADRANTS
from geo.known import known_places
from geo.links import Parameter, Unreadable
from geo.reached import REACHED
from geo.store import Store
from geo.thresholds import THRESHOLDS
from geo.view import AREA, COUNCILS, LEVEL, REGIONS

LIKE, WALK = "like", "walk"
AGAINST = (LIKE, WALK)


# The quadrants in as few words as a chart or a button has room for.
SHORT_QUADRANTS = {
    "deprived-weak": "More deprived, weaker",
    "deprived-strong": "More deprived, stronger",
    "better-off-weak": "Less deprived, weaker",
    "better-off-strong": "Less deprived, stronger",
}

# Need and weakness from and to, in whole hundredths, as brushed on the chart.
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class GapsView:
    """Everything a reader can choose on the Gaps page.

    need, community, kinds: the parts that count (measures of deprivation, of community need, kinds
    of place). against: whether a kind counts by how areas like it fare, or by the postcodes beyond
    the walk. quarters: keys of QUADRANTS that are listed, none for all. box: see Box. area: the
    area whose score is explained.
    """

    councils: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    level: str = NEIGHBOURHOOD
    need: tuple[str, ...] = ("imd",)
    community: tuple[str, ...] = ("cni",)
    kinds: tuple[str, ...] = ("library", "family_centre")
    threshold: str = "1-mile"
    against: str = LIKE
    quarters: tuple[str, ...] = ()
    box: Box | None = None
    area: str | None = None

    @property
    def provision(self) -> tuple[str, ...]:
        """The parts of the weakness of social infrastructure, as `gaps.rank_areas` names them."""
        return self.community + tuple(GAP_PREFIX + kind for kind in self.kinds)

    @property
    def is_narrowed(self) -> bool:
        """Whether a part of the chart is picked out."""
        return bool(self.quarters) or self.box is not None


def _box(text: str) -> Box:
    match = re.fullmatch(r"([0-9]{1,3})-([0-9]{1,3}),([0-9]{1,3})-([0-9]{1,3})", text)
    if match:
        left, right, low, high = (int(part) for part in match.groups())
        if left <= right <= 100 and low <= high <= 100:
            return left, right, low, high
    raise Unreadable("expected need and weakness from 0 to 100, such as 50-100,60-100")


def _written_box(box: Box) -> str:
    return f"{box[0]}-{box[1]},{box[2]}-{box[3]}"


def _some(options: tuple[str, ...]):
    return links.several(links.choice(options), len(options), options)


_PARAMETERS = (
    COUNCILS,
    REGIONS,
    LEVEL,
    Parameter("need", "need", _some(DEPRIVATION_PARTS), links.joined),
    Parameter("community", "community", _some(COMMUNITY_PARTS), links.joined),
    Parameter("kinds", "kinds", _some(tuple(REACHED)), links.joined),
    Parameter("walk", "threshold", links.choice(tuple(THRESHOLDS))),
    Parameter("against", "against", links.choice(AGAINST)),
    Parameter("quarter", "quarters", _some(tuple(QUADRANTS)), links.joined),
    Parameter("box", "box", _box, _written_box),
    AREA,
)
WORDS = tuple(parameter.word for parameter in _PARAMETERS)


def parse(query: Mapping[str, object]) -> tuple[GapsView, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each parameter that could not be read.

    A link that leaves nothing to rank by gets the parts of the plain view back.
    """
    view, notices = links.parse(GapsView(), _PARAMETERS, query)
    if not view.need and not view.provision:
        plain = GapsView()
        view = replace(view, need=plain.need, community=plain.community, kinds=plain.kinds)
        notices += ("The link chooses nothing to rank by; the usual parts count.",)
    return view, notices


def query(view: GapsView) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    return links.query(GapsView(), _PARAMETERS, view)


def known(view: GapsView, store: Store) -> tuple[GapsView, tuple[str, ...]]:
    """`view` without the codes that the tables do not know, and a notice for each."""
    kept, notices = known_places(view, store)
    area = view.area
    if area and (level_of(area) != view.level or store.area_number(area) is None):
        notices.append(f"The link's area “{area}” is not one of the areas listed here.")
        area = None
    narrowed = replace(view, area=area, councils=kept["councils"], regions=kept["regions"])
    return narrowed, tuple(notices)
