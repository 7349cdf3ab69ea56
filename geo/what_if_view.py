"""What a link to the What-if page can say: the service, the walk, the place and the changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from geo import links, profile_view, scenarios
from geo.links import Parameter
from geo.national import National
from geo.postcodes import Place
from geo.profile_view import ProfileView
from geo.reached import REACHED
from geo.scenarios import MAX_CHANGES, Scenario
from geo.thresholds import THRESHOLDS, Threshold

CHANGES = "do"
# A change takes at most 40 letters of a link.
MAX_CHANGES_LENGTH = 40 * MAX_CHANGES + scenarios.MAX_NAME_LENGTH


@dataclass(frozen=True)
class WhatIfView:
    """Everything a reader can choose on the page. Equal views give equal links.

    kind: a key of REACHED, the service that the figures are about; changes to others wait in the
    scenario. walk: a key of THRESHOLDS. area: code of a small area, neighbourhood, ward or
    council, whose places are listed; postcode: where distances start instead of its middle.
    at: latitude, longitude and zoom of a shared viewport.
    """

    kind: str = "library"
    walk: str = "1-mile"
    area: str | None = None
    postcode: str | None = None
    scenario: Scenario = Scenario()
    at: tuple[float, float, float] | None = None

    @property
    def threshold(self) -> Threshold:
        """The chosen walk."""
        return THRESHOLDS[self.walk]

    def near(self, place: ProfileView) -> WhatIfView:
        """Looking at another place, with the changes made so far but not those of the example."""
        scenario = Scenario() if self == EXAMPLE else self.scenario
        return replace(self, area=place.area, postcode=place.postcode, scenario=scenario, at=None)


# Ore Library in Hastings was closed in 2018 and came back; a link that says nothing shows it.
EXAMPLE_CASE = "ore-community-library"
EXAMPLE = WhatIfView(area="E02004371", scenario=Scenario(frozenset({"lib1354f037"})))

_AREA = "the code of a small area, neighbourhood, ward or council"
_PARAMETERS = (
    Parameter("kind", "kind", links.choice(tuple(REACHED))),
    Parameter("walk", "walk", links.choice(tuple(THRESHOLDS))),
    Parameter("area", "area", links.code(profile_view.ANY_AREA, _AREA)),
    Parameter("postcode", "postcode", links.code(links.POSTCODE, "a full postcode")),
    Parameter("at", "at", links.viewport, links.written_viewport),
)
WORDS = (*(parameter.word for parameter in _PARAMETERS), CHANGES)


def parse(query: Mapping[str, object]) -> tuple[WhatIfView, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each part that could not be read.

    A link that says nothing opens the worked example.
    """
    if not any(word in query for word in WORDS):
        return EXAMPLE, ()
    view, notices = links.parse(WhatIfView(), _PARAMETERS, query)
    text = query.get(CHANGES, "")
    if isinstance(text, (list, tuple)):
        text = text[-1] if text else ""
    scenario, more = scenarios.parse(str(text)[:MAX_CHANGES_LENGTH])
    return replace(view, scenario=scenario), notices + more


def query(view: WhatIfView) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    written = links.query(WhatIfView(), _PARAMETERS, view)
    if text := scenarios.serialise(view.scenario):
        written[CHANGES] = text
    # A link without a word is the example, so the plain page has to say something.
    return written or {"kind": view.kind}


def known(
    view: WhatIfView, national: National, services: pd.DataFrame
) -> tuple[WhatIfView, Place | None, tuple[str, ...]]:
    """`view` without what the tables do not know, its postcode's place, and a notice for each.

    services: `what_if_places.services`.
    """
    where, place, notices = profile_view.known(ProfileView(view.area, view.postcode), national)
    scenario = view.scenario
    for asset_id in scenarios.unknown_closures(scenario, services):
        scenario = scenario.keep(asset_id)
        notices += (f"The link closes “{asset_id}”, which is not an open place known here.",)
    for opening in sorted(scenario.openings):
        if opening.kind not in REACHED:
            scenario = scenario.without(opening)
            notices += (f"The link opens a “{opening.kind}”, which is not a kind known here.",)
    return (
        replace(view, area=where.area, postcode=where.postcode, scenario=scenario),
        place,
        notices,
    )
