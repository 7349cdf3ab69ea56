"""What a case study says, and reading the files that say it.

A case is one TOML file; cases of one programme leave what they share to a file in `programmes/`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from geo.case_files import CaseFile, quoted, read_files
from geo.case_rules import (
    CASE_RULES,
    broken_rules,
    contradictions,
    misplaced,
    optional,
    rules_within,
)

# Of one file; whoever mends these sees the rest.
MAX_PROBLEMS = 40


@dataclass(frozen=True)
class Place:
    """Where a case was, only as precisely as its source says.

    councils: 2024 codes. longitude and latitude (degrees, WGS 84) only for a site or a town.
    """

    name: str
    precision: str
    councils: tuple[str, ...]
    longitude: float | None = None
    latitude: float | None = None
    placed_by: str = ""
    postcode: str = ""
    note: str = ""


@dataclass(frozen=True)
class Result:
    """A finding; `n` is how many people (or answers) it rests on, None where not given."""

    text: str
    date: str
    n: int | None = None


@dataclass(frozen=True)
class Reference:
    """Where a case was published; `url` is empty where none is known for certain."""

    publisher: str
    title: str
    year: int | str
    link_text: str
    url: str = ""


@dataclass(frozen=True)
class Case:
    """One case study. `key` is the name of its file, `programme` that of its programme's file.

    ages: youngest and oldest, None where the source names no age. cost_pounds: least and most of
    one grant, None where not given. years: first and last, None where unknown or going on.
    """

    key: str
    title: str
    summary: str
    programme: str
    programme_title: str
    country: str
    places: tuple[Place, ...]
    years: tuple[int | None, int | None]
    years_text: str
    ages: tuple[int, int] | None
    key_stages: tuple[int, ...]
    audience: str
    themes: tuple[str, ...]
    parts: tuple[str, ...]
    done: str
    cost_text: str
    cost_pounds: tuple[int, int] | None
    worked: tuple[str, ...]
    did_not_work: tuple[str, ...]
    results: tuple[Result, ...]
    ingredients: tuple[str, ...]
    note: str
    sources: tuple[Reference, ...]

    @property
    def councils(self) -> tuple[str, ...]:
        """2024 codes of the councils of all its places, each once, in order."""
        return tuple(dict.fromkeys(code for place in self.places for code in place.councils))


class CaseError(ValueError):
    """Files of cases that break a rule; `problems` has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def load_cases(folder: Path, councils: Collection[str] | None = None) -> tuple[Case, ...]:
    """Read every case in a folder, in order of file name.

    councils: the council codes that exist; when given, a code that is not among them is refused.
    Raises `CaseError`, which lists every broken rule with file and line.
    """
    problems: list[str] = []
    programmes = read_files(sorted((folder / "programmes").glob("*.toml")), problems)
    files = read_files(sorted(folder.glob("*.toml")), problems)
    by_key = {file.path.stem: file for file in programmes}
    for file in programmes:
        required = {"title": CASE_RULES["title"]}
        found = broken_rules(
            file, {**optional(CASE_RULES), **required}, barred=("place", "programme")
        )
        problems += islice(chain(found, contradictions(file)), MAX_PROBLEMS)
    cases = []
    for file in files:
        own = file.values.get("programme")
        if isinstance(own, str) and own not in by_key:
            known = ", ".join(by_key) or "none yet"
            message = f"there is no programme {quoted(own)}; expected one of: {known}"
            problems.append(file.problem(("programme",), message))
            continue
        programme = by_key.get(own) if isinstance(own, str) else None
        found = chain(
            broken_rules(file, rules_within(programme)),
            misplaced(file, councils),
            contradictions(file),
        )
        broken = list(islice(found, MAX_PROBLEMS))
        problems += broken
        if not broken:
            cases.append((file, programme))
    if problems:
        raise CaseError(problems)
    return tuple(_case(file, programme) for file, programme in cases)


def _case(file: CaseFile, programme: CaseFile | None) -> Case:
    shared = programme.values if programme else {}
    values = {**shared, **file.values}
    years, cost = values["years"], values["cost"]
    pounds = cost.get("pounds")
    return Case(
        key=file.path.stem,
        title=values["title"],
        summary=values["summary"],
        programme=values.get("programme", ""),
        programme_title=shared.get("title", ""),
        country=values["country"],
        places=tuple(
            Place(**{**place, "councils": tuple(place["councils"])}) for place in values["place"]
        ),
        years=(years.get("from"), years.get("to")),
        years_text=years["text"],
        ages=tuple(values["ages"]) if "ages" in values else None,
        key_stages=tuple(values.get("key_stages", ())),
        audience=values["audience"],
        themes=tuple(values["themes"]),
        parts=tuple(values["parts"]),
        done=values["done"],
        cost_text=cost["text"],
        cost_pounds=None if pounds is None else (pounds, cost.get("pounds_to", pounds)),
        worked=tuple(values["worked"]),
        did_not_work=tuple(values["did_not_work"]),
        results=tuple(Result(**result) for result in _own_then_shared("result", file, shared)),
        ingredients=tuple(values["ingredients"]),
        note=values.get("note", ""),
        sources=tuple(Reference(**entry) for entry in _own_then_shared("source", file, shared)),
    )


def _own_then_shared(key: str, file: CaseFile, shared: dict[str, Any]) -> list[dict[str, Any]]:
    return [*file.values.get(key, []), *shared.get(key, [])]
