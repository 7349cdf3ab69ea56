"""The kinds of community asset: one table that names, qualifies and draws each."""

from __future__ import annotations

from geo.asset_kind import CO_OPERATIVES, LOCAL, REGISTER, VOLUNTARY, Kind

_BOOKS = "#9C1C1C"
_YOUNG = "#A3157A"
_MEETING = "#B8400E"
_CLUBS = "#6B2FA0"
_HEALTH = "#7A3B12"
_OUTDOORS = "#8A5A00"

_POSTCODE_POINT = "Placed at its postcode, which may be some doors away."
_NAME_READ = (
    "From a voluntary list of warm spaces; what kind of place it is was read from its name. "
    "A place that never signed up is not here."
)
_OFFICE = (
    "Placed at the registered office, which may not be the venue; only bodies with a "
    "co-operative form."
)
_NORWICH = "Mapped by volunteers, Norwich only."
_MANCHESTER = "Greater Manchester only."

_WARM = ("warm_spaces", "gm_polling_stations")
_WARM_DATE = "October to December 2025"

_TABLE = (
    Kind(
        "library",
        "public library",
        "public libraries",
        "Libraries",
        REGISTER,
        "31 December 2023",
        ("libraries",),
        _BOOKS,
        "square",
        _POSTCODE_POINT,
        True,
    ),
    Kind(
        "library_closed",
        "closed library",
        "libraries closed since 2010",
        "Libraries",
        REGISTER,
        "31 December 2023",
        ("libraries",),
        _BOOKS,
        "cross",
        "As each library service reported it; the building may now serve another purpose.",
    ),
    Kind(
        "family_hub",
        "family hub",
        "family hubs",
        "Children and young people",
        REGISTER,
        "2026",
        ("childrens_centres",),
        _YOUNG,
        "square",
        _POSTCODE_POINT,
        True,
    ),
    Kind(
        "childrens_centre",
        "children's centre",
        "children's centres",
        "Children and young people",
        REGISTER,
        "2026",
        ("childrens_centres",),
        _YOUNG,
        "circle",
        "Includes linked sites, and some that now call themselves family hubs. Where several "
        "are registered at one postcode, they may be elsewhere.",
        True,
    ),
    Kind(
        "youth_centre",
        "youth club or centre",
        "youth clubs and centres",
        "Children and young people",
        VOLUNTARY,
        _WARM_DATE,
        _WARM,
        _YOUNG,
        "triangle",
        _NAME_READ,
        True,
    ),
    Kind(
        "nursery_school",
        "nursery school",
        "nursery schools",
        "Children and young people",
        REGISTER,
        "24 May 2025",
        ("gias",),
        _YOUNG,
        "ring",
        "Nursery schools kept by councils; private and voluntary nurseries are not in it.",
        True,
    ),
    Kind(
        "school",
        "school",
        "schools",
        "Children and young people",
        REGISTER,
        "24 May 2025",
        ("gias",),
        _YOUNG,
        "diamond",
        "",
        True,
    ),
    Kind(
        "college",
        "college",
        "colleges",
        "Children and young people",
        REGISTER,
        "24 May 2025",
        ("gias",),
        _YOUNG,
        "cross",
        "Further education, sixth form and other colleges for those over 16.",
        True,
    ),
    Kind(
        "community_hub",
        "community hub or centre",
        "community hubs and centres",
        "Meeting places",
        VOLUNTARY,
        _WARM_DATE,
        _WARM,
        _MEETING,
        "circle",
        _NAME_READ,
    ),
    Kind(
        "hall",
        "village or church hall",
        "village and church halls",
        "Meeting places",
        VOLUNTARY,
        _WARM_DATE,
        _WARM,
        _MEETING,
        "square",
        _NAME_READ,
    ),
    Kind(
        "worship",
        "place of worship",
        "places of worship",
        "Meeting places",
        VOLUNTARY,
        _WARM_DATE,
        (*_WARM, "gm_places_of_worship"),
        _MEETING,
        "triangle",
        _NAME_READ + " Greater Manchester's are also those on the map of 2018, without names.",
    ),
    Kind(
        "cafe",
        "community café",
        "community cafés",
        "Meeting places",
        VOLUNTARY,
        _WARM_DATE,
        ("warm_spaces",),
        _MEETING,
        "ring",
        _NAME_READ,
    ),
    Kind(
        "other",
        "other warm welcome",
        "other warm welcomes",
        "Meeting places",
        VOLUNTARY,
        _WARM_DATE,
        ("warm_spaces",),
        _MEETING,
        "diamond",
        "From a voluntary list of warm spaces; the name does not tell what kind of place it is.",
    ),
    Kind(
        "social_club",
        "social club",
        "social clubs",
        "Clubs, pubs and shops",
        CO_OPERATIVES,
        "April to June 2023",
        ("coops",),
        _CLUBS,
        "circle",
        _OFFICE,
    ),
    Kind(
        "sports_club",
        "sports club",
        "sports clubs",
        "Clubs, pubs and shops",
        CO_OPERATIVES,
        "April to June 2023",
        ("coops",),
        _CLUBS,
        "triangle",
        _OFFICE,
        True,
    ),
    Kind(
        "community_pub",
        "community pub",
        "community pubs",
        "Clubs, pubs and shops",
        CO_OPERATIVES,
        "April to June 2023",
        ("coops",),
        _CLUBS,
        "diamond",
        _OFFICE,
    ),
    Kind(
        "community_shop",
        "community shop",
        "community shops",
        "Clubs, pubs and shops",
        CO_OPERATIVES,
        "April to June 2023",
        ("coops",),
        _CLUBS,
        "square",
        _OFFICE,
    ),
    Kind(
        "museum",
        "museum",
        "museums",
        "Culture, sport and outdoors",
        REGISTER,
        "30 September 2021",
        ("museums",),
        _OUTDOORS,
        "square",
        "Open museums of every size.",
    ),
    Kind(
        "sports_centre",
        "sports centre",
        "sports centres",
        "Culture, sport and outdoors",
        LOCAL,
        "Norwich 2019",
        ("norwich_osm",),
        _OUTDOORS,
        "triangle",
        _NORWICH,
        True,
    ),
    Kind(
        "playground",
        "playground",
        "playgrounds",
        "Culture, sport and outdoors",
        LOCAL,
        "Norwich 2019",
        ("norwich_osm",),
        _OUTDOORS,
        "circle",
        _NORWICH,
        True,
    ),
    Kind(
        "park",
        "park",
        "parks",
        "Culture, sport and outdoors",
        LOCAL,
        "Norwich 2019",
        ("norwich_osm",),
        _OUTDOORS,
        "diamond",
        _NORWICH,
        True,
    ),
    Kind(
        "allotments",
        "allotment site",
        "allotment sites",
        "Culture, sport and outdoors",
        LOCAL,
        "no list is shipped; add one of your own",
        (),
        _OUTDOORS,
        "cross",
    ),
    Kind(
        "green_entrance",
        "way into a green space",
        "ways into green spaces",
        "Culture, sport and outdoors",
        LOCAL,
        "Greater Manchester 2023",
        ("gm_greenspace",),
        _OUTDOORS,
        "ring",
        _MANCHESTER + " Each record is a gate or a path in, not a park: read the distance, "
        "not the count.",
        counted=False,
    ),
    Kind(
        "gp",
        "GP practice",
        "GP practices",
        "Health and daily life",
        REGISTER,
        "November 2025",
        ("gp_practices",),
        _HEALTH,
        "cross",
        _POSTCODE_POINT + " Branch surgeries are not in the list.",
    ),
    Kind(
        "food_bank",
        "food bank or pantry",
        "food banks and pantries",
        "Health and daily life",
        LOCAL,
        "Greater Manchester 2018",
        ("gm_food_banks",),
        _HEALTH,
        "circle",
        _MANCHESTER + " Many have changed since 2018.",
    ),
    Kind(
        "post_office",
        "post office",
        "post offices",
        "Health and daily life",
        LOCAL,
        "Greater Manchester 2018",
        ("gm_post_offices",),
        _HEALTH,
        "square",
        _MANCHESTER + " As mapped in 2018, without names.",
    ),
)

KINDS: dict[str, Kind] = {kind.key: kind for kind in _TABLE}


def no_record(key: str) -> str:
    """What to say where no place of a kind is known: that there is no record, and of what."""
    kind = KINDS[key]
    if not kind.sources:
        return f"no record of {kind.plural}: {kind.as_of}"
    return f"no record of a {kind.singular} ({kind.completeness}, {kind.as_of})"


def count_in_words(key: str, count: int) -> str:
    """ "3 public libraries", "1 public library", or that there is no record."""
    if count == 0:
        return no_record(key)
    kind = KINDS[key]
    return f"{count:,} {kind.singular if count == 1 else kind.plural}"
