"""The briefing of two or three areas side by side: a map of each, tenths, distances, people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geo import briefing_cases, briefing_reach, figures, layers, sentences
from geo import profile_sentences as words
from geo.areas import AGE_BANDS
from geo.briefing import NUMBER, TENTH, Briefing, Column, Point, Section, Table
from geo.briefing_area_map import area_map
from geo.community import NEED_INDICES
from geo.deprivation import INDICES
from geo.figures import PEOPLE, WORST
from geo.national import National
from geo.profiles import Outline
from geo.reached import EVERYDAY, REACHED

# Width over height of each map, by how many stand side by side.
ASPECTS = {2: 1.5, 3: 1.06}
_SOURCES = (
    "iod2025", "cni2023", "population2022", "census21_age", "lsoa21_bgc", "msoa_names", "onspd",
    "ruc21_lsoa", "libraries",
)  # fmt: skip


def of_areas(compared: Sequence[Outline], national: National, link: str, made: date) -> Briefing:
    """The briefing of two or three areas in their order; `link` is the live view.

    Raises ValueError for another number of areas, and where the link is no web address.
    """
    if len(compared) not in ASPECTS:
        raise ValueError(f"two or three areas are compared, not {len(compared)}")
    names = words.distinct_names(compared)
    mixed = words.mixed_levels(compared)
    sections = (
        _tenths(compared, names),
        briefing_reach.beside(compared, names),
        _people(compared, names),
        _cases(compared, names, national),
    )
    register = national.store.sources
    shown = briefing_reach.kinds_beside(compared)
    keys = dict.fromkeys((*_SOURCES, *(REACHED[kind].sources[0] for kind in shown)))
    return Briefing(
        kind="Comparison",
        title=" · ".join(names),
        place=" ".join(
            f"{name}: {words.capital(words.NOUNS[profile.level][0])} in {_within(profile)}."
            for name, profile in zip(names, compared, strict=True)
        ),
        lead=(
            *(
                f"{name}: {_small(words.briefly(profile))}{_far(profile)}"
                for name, profile in zip(names, compared, strict=True)
            ),
            *((mixed,) if mixed else ()),
            sentences.NOT_EVERYONE,
        ),
        sections=tuple(section for section in sections if section),
        sources=tuple(register[key] for key in keys if key in register),
        link=link,
        made=made,
        maps=tuple(
            area_map(profile, national, aspect=ASPECTS[len(compared)], title=name)
            for name, profile in zip(names, compared, strict=True)
        ),
    )


def _within(profile: Outline) -> str:
    area = profile.area
    if area["name"] == area["council"]:
        return str(area["region"])
    return f"{area['council']}, {area['region']}"


def _tenths(compared: Sequence[Outline], names: Sequence[str]) -> Section:
    """Where each stands on every index and domain, drawn."""
    rows = tuple(
        (
            layers.layer(key).short,
            *(str(int(profile.area[f"{key}_decile"])) for profile in compared),
        )
        for key in (*INDICES, *NEED_INDICES)
    )
    columns = (Column("Tenth on"), *(Column(name, TENTH) for name in names))
    note = (
        "1 = most deprived or greatest need, of England’s areas of the same kind. Deprivation "
        "2025, community need 2023."
    )
    return Section("Where they stand", table=Table(columns, rows, note))


def _far(profile: Outline) -> str:
    """Everyday places that it is further from than nine in ten areas like it."""
    if not profile.is_measured:
        return ""
    worst = [row["kind"] for row in profile.gaps.rows() if row["worst_tenth"]]
    kinds = [f"a {REACHED[kind].singular}" for kind in worst if kind in EVERYDAY]
    if not kinds:
        return ""
    return f" Further than nine in ten of its class from {sentences.joined(kinds)}."


def _people(compared: Sequence[Outline], names: Sequence[str]) -> Section:
    """Residents, the youngest and oldest, and small areas among England's worst."""
    beside = figures.side_by_side([figures.rows(profile) for profile in compared])
    both = {(section, figure): texts for section, figure, *texts in beside}
    bands = list(AGE_BANDS.values())
    people = ["Residents, mid-2022", *(f"Aged {band}, 2021" for band in (bands[0], bands[-1]))]
    rows = [(PEOPLE, figure) for figure in people]
    rows += [row for row in both if row[0] == WORST]
    cells = tuple(
        (figure if section == PEOPLE else f"Worst tenth, small areas: {figure.lower()}",
         *(text or "–" for text in both[section, figure]))
        for section, figure in rows
    )  # fmt: skip
    columns = (Column("People"), *(Column(name, NUMBER) for name in names))
    return Section("People", table=Table(columns, cells))


def _cases(compared: Sequence[Outline], names: Sequence[str], national: National) -> Section | None:
    """A case study for each: one near by, else from a place like it."""
    points: dict[str, Point] = {}
    for name, profile in zip(names, compared, strict=True):
        section = briefing_cases.of_members(
            national, profile.members, point=national.centre(profile.code)
        )
        for point in section.points if section else ():
            points.setdefault(
                point.strong, Point(f"For {name}: {_small(point.text)}", point.strong)
            )
    return Section(briefing_cases.HEADING, points=tuple(points.values())) if points else None


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
