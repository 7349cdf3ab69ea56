"""Kinds of place as distances are measured to them.

They are the kinds of `asset_kinds` of which there is an England-wide list. Children's centres and
family hubs do the same work under two names, council by council, so people are as near as the
nearer of the two and they are measured as one.
"""

from __future__ import annotations

from geo.asset_kind import LOCAL, REGISTER, Kind
from geo.asset_kinds import KINDS
from geo.venues import OTHER

# Sources of the lists that cover England: a local sample never passes for a distance elsewhere.
ENGLAND_WIDE = (
    "libraries",
    "childrens_centres",
    "gias",
    "museums",
    "gp_practices",
    "coops",
    "warm_spaces",
)
TWO_NAMES = ("family_hub", "childrens_centre")
FAMILY_CENTRE = Kind(
    key="family_centre",
    singular="children's centre or family hub",
    plural="children's centres and family hubs",
    group=KINDS["family_hub"].group,
    completeness=REGISTER,
    as_of=KINDS["family_hub"].as_of,
    sources=KINDS["family_hub"].sources,
    colour=KINDS["family_hub"].colour,
    shape=KINDS["family_hub"].shape,
    caveat="The nearer of the two: councils call them by either name.",
    young_people=True,
)
_LEFT_OUT = ("library_closed", OTHER)

REACHED: dict[str, Kind] = {
    # The two names' one kind stands where the first of them does.
    (FAMILY_CENTRE.key if key in TWO_NAMES else key): (FAMILY_CENTRE if key in TWO_NAMES else kind)
    for key, kind in KINDS.items()
    if kind.completeness != LOCAL and key not in _LEFT_OUT
}
# What nearly every area of its class has somewhere near, so that being far from one tells
# something. Of colleges and council nursery schools there are a few hundred in all England, and
# the other lists depend on who signed up.
EVERYDAY = ("library", "family_centre", "school", "gp")
