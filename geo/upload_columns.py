"""Which column of a reader's file is which: guesses to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from geo.asset_kinds import KINDS
from geo.venues import RuleTable, kind_of, words_of

# Headings for each part, the surest first, as `words_of` gives them, without spaces.
_HEADINGS = {
    "name": (
        "name", "venuename", "placename", "assetname", "organisationname", "organisation", "venue",
        "title", "place", "site", "sitename", "facility", "building", "establishmentname", "asset",
        "group", "label", "project",
    ),
    "kind": ("kind", "type", "assettype", "venuetype", "placetype", "category", "assetkind",
             "use", "class", "sort", "facilitytype", "amenity"),
    "postcode": ("postcode", "postalcode", "pcd", "pcds", "postcodes", "zip", "zipcode",
                 "addrpostcode", "venuepostcode"),
    "latitude": ("latitude", "lat", "geoy", "ycoord", "ylat", "gpslat", "wgs84lat"),
    "longitude": ("longitude", "lon", "lng", "long", "geox", "xcoord", "xlong", "gpslon",
                  "gpslong", "wgs84lon"),
    "easting": ("easting", "eastings", "east", "oseast", "oseast1m", "xcoordinate", "geasting"),
    "northing": ("northing", "northings", "north", "osnorth", "osnrth1m", "ycoordinate",
                 "gnorthing"),
}  # fmt: skip

# What people write for a kind, as `words_of` gives it, beyond its own names.
_SYNONYMS = {
    "community centre": "community_hub",
    "community centres": "community_hub",
    "community hub": "community_hub",
    "hub": "community_hub",
    "social centre": "community_hub",
    "youth centre": "youth_centre",
    "youth club": "youth_centre",
    "village hall": "hall",
    "church hall": "hall",
    "church": "worship",
    "mosque": "worship",
    "place of worship": "worship",
    "temple": "worship",
    "library": "library",
    "libraries": "library",
    "cafe": "cafe",
    "community cafe": "cafe",
    "pub": "community_pub",
    "shop": "community_shop",
    "foodbank": "food_bank",
    "food bank": "food_bank",
    "pantry": "food_bank",
    "food pantry": "food_bank",
    "childrens centre": "childrens_centre",
    "family centre": "family_hub",
    "gp": "gp",
    "gp surgery": "gp",
    "doctors": "gp",
    "surgery": "gp",
    "primary school": "school",
    "secondary school": "school",
    "nursery": "nursery_school",
    "leisure centre": "sports_centre",
    "play area": "playground",
    "allotment": "allotments",
    "green space": "park",
    "open space": "park",
    "working mens club": "social_club",
}


# "Ward name" is where a place is, not what it is called.
_NOT_ITS_NAME = {"area", "ward", "council", "authority", "district", "region", "contact", "file",
                 "street", "owner", "la", "lad", "lsoa", "msoa", "postcode"}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Which heading holds what; None where the file has none. `swap` exchanges x and y."""

    name: str | None = None
    kind: str | None = None
    postcode: str | None = None
    latitude: str | None = None
    longitude: str | None = None
    easting: str | None = None
    northing: str | None = None
    swap: bool = False

    def heading_for(self, part: str) -> str | None:
        """The heading of a part: "name", "kind", "postcode", "latitude" …"""
        return getattr(self, part)


PARTS = tuple(field.name for field in fields(Columns) if field.name != "swap")


def guess_columns(headings: Sequence[str]) -> Columns:
    """Guess which heading holds what, to be confirmed by the reader.

    A heading that is just the word wins over one that contains it; none is used twice.
    """
    squeezed = {heading: words_of(heading).replace(" ", "") for heading in headings}
    found: dict[str, Any] = {}
    for exact in (True, False):
        for part, words in _HEADINGS.items():
            if part in found:
                continue
            for word in words:
                fits = [
                    heading
                    for heading in headings
                    if heading not in found.values() and _fits(heading, squeezed, word, exact)
                ]
                if fits:
                    found[part] = fits[0]
                    break
    for pair in (("latitude", "longitude"), ("easting", "northing")):
        if sum(part in found for part in pair) == 1:
            found = {part: heading for part, heading in found.items() if part not in pair}
    return Columns(**found)


def _fits(heading: str, squeezed: dict[str, str], word: str, exact: bool) -> bool:
    if exact:
        return squeezed[heading] == word
    # "Venue postcode" and "lat_wgs84" hold the word whole; "latest" does not hold "lat".
    words = words_of(heading.replace("_", " ")).split()
    return word in words and not (word in _HEADINGS["name"] and _NOT_ITS_NAME & set(words))


def kind_from_text(text: str, rules: RuleTable) -> str:
    """The kind that a cell means, by its own names, what people write, or the name rules.

    "other" where it is none of them; "" for an empty cell.
    """
    words = words_of(text.replace("_", " "))
    if not words:
        return ""
    return _own_names().get(words) or _SYNONYMS.get(words) or kind_of(text, rules)


@cache
def _own_names() -> dict[str, str]:
    """Each kind by its own names, the first kind first, as `words_of` gives them."""
    named = (
        (words_of(name), kind.key)
        for kind in reversed(KINDS.values())
        for name in (kind.key.replace("_", " "), kind.singular, kind.plural)
    )
    return dict(named)
