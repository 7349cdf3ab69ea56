"""What links to a profile and to a comparison can say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import destination, links
from geo import view as views
from geo.areas import NEIGHBOURHOOD, SMALL_AREA
from geo.larger_areas import COUNCIL, WARD
from geo.links import Parameter, Unreadable
from geo.national import National
from geo.postcodes import Place
from geo.profiles import Profile
from geo.search import Match
from geo.view import View

# Small area, neighbourhood, ward, council.
ANY_AREA = re.compile(r"E0[1256789]\d{6}", re.ASCII)
MOST_COMPARED = 3
# What the search calls an area of each level.
_WHAT = {
    SMALL_AREA: "small area",
    NEIGHBOURHOOD: "neighbourhood",
    WARD: "ward",
    COUNCIL: "council",
}
_EXPECTED = "the code of a small area, neighbourhood, ward or council"


@dataclass(frozen=True)
class ProfileView:
    """Whose profile, and the postcode that distances start from instead of the area's middle."""

    area: str | None = None
    postcode: str | None = None


@dataclass(frozen=True)
class CompareView:
    """The areas that stand side by side, in the reader's order."""

    areas: tuple[str, ...] = ()

    def with_area(self, code: str) -> CompareView:
        """With one more area at the end, if it is not there and there is room."""
        if code in self.areas or len(self.areas) >= MOST_COMPARED:
            return self
        return CompareView((*self.areas, code))

    def without_area(self, code: str) -> CompareView:
        """Without one of its areas."""
        return CompareView(tuple(area for area in self.areas if area != code))


_read_area = links.code(ANY_AREA, _EXPECTED)


def _areas(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(_read_area(part) for part in text.split(",") if part.strip()))
    if not codes or len(codes) > MOST_COMPARED:
        raise Unreadable(f"expected 1 to {MOST_COMPARED} codes with commas between")
    return codes


_PROFILE = (
    Parameter("area", "area", _read_area),
    Parameter("postcode", "postcode", links.code(links.POSTCODE, "a full postcode")),
)
_COMPARE = (Parameter("areas", "areas", _areas, links.joined),)


def parse_profile(query: Mapping[str, object]) -> tuple[ProfileView, tuple[str, ...]]:
    """The profile that a link asks for, and a notice for each parameter that can't be read."""
    return links.parse(ProfileView(), _PROFILE, query)


def profile_query(view: ProfileView) -> dict[str, str]:
    """The parameters of the link to a profile."""
    return links.query(ProfileView(), _PROFILE, view)


def parse_compare(query: Mapping[str, object]) -> tuple[CompareView, tuple[str, ...]]:
    """The comparison that a link asks for, and a notice for each parameter that can't be read."""
    return links.parse(CompareView(), _COMPARE, query)


def compare_query(view: CompareView) -> dict[str, str]:
    """The parameters of the link to a comparison."""
    return links.query(CompareView(), _COMPARE, view)


def known(
    view: ProfileView, national: National
) -> tuple[ProfileView, Place | None, tuple[str, ...]]:
    """`view` without what the tables do not know, its postcode's place, and a notice for each.

    A postcode brings its small area with it, so that a link may name the postcode alone.
    """
    notices: list[str] = []
    area, place = view.area, None
    if view.postcode:
        place = national.store.postcodes.find(view.postcode)
        if place is None:
            notices.append(f"The link's postcode “{view.postcode}” is not in the directory.")
        elif area is None:
            area = national.store.small_areas["code"].iat[place.i]
    if area and national.row(area) is None:
        notices.append(f"The link's area “{area}” is not known here.")
        area = None
    return ProfileView(area, view.postcode if place else None), place, tuple(notices)


def known_areas(view: CompareView, national: National) -> tuple[CompareView, tuple[str, ...]]:
    """`view` without areas that the tables do not know, and a notice for each of those."""
    kept = tuple(code for code in view.areas if national.row(code) is not None)
    notices = tuple(
        f"The link's area “{code}” is not known here." for code in view.areas if code not in kept
    )
    return CompareView(kept), notices


def map_query(profile: Profile) -> dict[str, str]:
    """The link to the map that shows a profile's area, as if it had been searched for there."""
    area = profile.area
    found = Match(
        label=area["name"],
        what=_WHAT[profile.level],
        code=profile.code,
        lsoa21_code=None,
        longitude=float(area["longitude"]),
        latitude=float(area["latitude"]),
        bbox=(
            float(area["west"]),
            float(area["south"]),
            float(area["east"]),
            float(area["north"]),
        ),
        score=0.0,
        context="",
    )
    return views.query(destination.view_of(found, View()))


def area_of(match: Match, small_areas: pd.DataFrame) -> ProfileView | None:
    """Whose profile an answer of the search opens; None where it is no one area.

    A place opens the neighbourhood in its middle. A region, or a part of a postcode, is not one
    area. small_areas: a frame of `geo.areas`.
    """
    if match.what == "postcode" and not match.note:
        return ProfileView(match.lsoa21_code, match.label.replace(" ", ""))
    if match.what in _WHAT.values():
        return ProfileView(match.code)
    if match.what == "place":
        row = small_areas["code"].searchsorted(match.lsoa21_code)
        return ProfileView(small_areas["msoa21_code"].iat[row])
    return None
