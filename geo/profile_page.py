"""All that the page of a profile shows, put together once for everyone who opens it."""

from __future__ import annotations

from dataclasses import dataclass

from geo import figures, layers, profile_map, profile_tables, profiles
from geo import profile_sentences as words
from geo.asset_kinds import KINDS
from geo.maps import MapState
from geo.national import National
from geo.postcodes import Place
from geo.profile_tables import Row
from geo.profiles import Profile

AlikeRow = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class ProfilePage:
    """A profile's map, sentences and rows of text. Readers share it: change nothing.

    map: `profile_map.state`; map_sources: keys of the register of what is on it. summary, named,
    libraries: sentences. near and missing: of a council `supply` stands in their place. reach,
    reach_lists: by England-wide registers, and by lists that not every place is on. alike, pair:
    `profile_tables.alike`. beside_names, beside: the area and its pair side by side, none without
    a pair. figures: every figure, under its section.
    """

    profile: Profile
    map: MapState
    map_sources: tuple[str, ...]
    summary: tuple[str, ...]
    named: tuple[str, ...]
    near: list[Row]
    missing: list[str]
    supply: list[Row]
    reach: list[Row]
    reach_lists: list[Row]
    libraries: tuple[str, ...]
    alike: list[AlikeRow]
    pair: list[AlikeRow]
    beside_names: tuple[str, ...]
    beside: list[Row]
    figures: list[Row]


def made(profile: Profile, national: National, postcode: Place | None = None) -> ProfilePage:
    """The page of a profile. postcode: whose place is marked on the map."""
    drawn = profile_map.places_drawn(profile, national)
    kinds = sorted({kind for kind, *_ in drawn})
    sources = [*layers.MAP_SOURCES, *(key for kind in kinds for key in KINDS[kind].sources)]
    own = figures.rows(profile)
    names, beside = _beside_pair(profile, own, national)
    inside: list[Row] = []
    if profile.near is None:
        found = profiles.supply(profile, national.store.small_areas, national.listed)
        inside = profile_tables.supply(found)
    return ProfilePage(
        profile=profile,
        map=profile_map.state(profile, national, drawn, postcode),
        map_sources=tuple(dict.fromkeys(sources)),
        summary=tuple(words.summary(profile)),
        named=tuple(filter(None, [*words.named(profile), words.need(profile)])),
        near=profile_tables.near(profile),
        missing=profile_tables.no_records(profile),
        supply=inside,
        reach=profile_tables.reach(profile, registers=True),
        reach_lists=profile_tables.reach(profile, registers=False),
        libraries=tuple(filter(None, [words.lost(profile), words.closed(profile)])),
        alike=profile_tables.alike(profile.alike),
        pair=profile_tables.alike(profile.pair),
        beside_names=names,
        beside=beside,
        figures=profile_tables.beside(figures.side_by_side([own]), figures.SECTIONS),
    )


def _beside_pair(
    profile: Profile, own: list[figures.Row], national: National
) -> tuple[tuple[str, ...], list[Row]]:
    """The area beside its matched pair: their names, and rows of the everyday figures."""
    if not profile.pair:
        return (), []
    other = profiles.basics(profile.pair["code"][0], national)
    names = words.distinct_names([profile, other])
    both = figures.side_by_side([own, figures.basic_rows(other)])
    sections = profile_tables.PAIR_SECTIONS
    return tuple(names), profile_tables.beside(both, sections, everyday_only=True)
