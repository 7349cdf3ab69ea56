"""What the reports say, and how it is tested: the words behind the evidence page.

Reads `data/evidence.toml`. Figures from today's data are made in `geo.claims` and
`geo.recommendations`; the reports' own figures and the order of what they found are here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.case_records import Reference

STAGES = (
    "context",
    "mechanism",
    "short-term outcome",
    "long-term outcome",
    "outcomes people name themselves",
)
GROUPINGS = ("everyone", "participant", "theme", "model")
ASSOCIATION = "Association, not cause."


class EvidenceError(ValueError):
    """`data/evidence.toml` breaks a rule; the text says where."""


@dataclass(frozen=True)
class Statement:
    """What one group named, the most named first. Sizes are not published, so there are none.

    n: how many people or answers the group has; None where only the number asked in all,
    `within`, is given. order and text: either may be empty, not both.
    """

    stage: str
    by: str
    group: str
    n: int | None
    within: int | None
    order: tuple[str, ...]
    text: str

    @property
    def basis(self) -> str:
        """The number the statement rests on: "N = 120", or that the group's own is not given."""
        if self.n is not None:
            return f"N = {self.n}"
        return f"number in this group not given, {self.within} asked in all"


@dataclass(frozen=True)
class Recommendation:
    """What a report asks for, and the list made from our data that bears on it.

    `key` names the function in `geo.recommendations`.
    """

    key: str
    title: str
    asks: str
    list: str
    limits: str


@dataclass(frozen=True)
class ClaimText:
    """A claim in words: what a report says, the method in two lines, what cannot be told.

    `key` names the function in `geo.claims`; published: the report's figures by place, percent.
    """

    key: str
    title: str
    source: Reference
    says: str
    method: tuple[str, str]
    cannot: str
    published: Mapping[str, float]


@dataclass(frozen=True)
class PathText:
    """A path of `geo.paths` in words, and what the report found where neighbourhoods took it."""

    key: str
    label: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """All of it, in the order of the file; unanswered: (question, why)."""

    sources: Mapping[str, Reference]
    statements: tuple[Statement, ...]
    recommendations: tuple[Recommendation, ...]
    claims: tuple[ClaimText, ...]
    paths: tuple[PathText, ...]
    unanswered: tuple[tuple[str, str], ...]


def load_evidence(path: Path) -> Evidence:
    """Read the file. Raises `EvidenceError` where an entry lacks or misnames something."""
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    sources = {
        key: _made(Reference, entry, f"source.{key}", url="")
        for key, entry in values["source"].items()
    }
    return Evidence(
        sources=sources,
        statements=tuple(
            _statement(entry, f"statement {number}")
            for number, entry in enumerate(values["statement"], start=1)
        ),
        recommendations=tuple(
            _made(Recommendation, entry, "recommendation") for entry in values["recommendation"]
        ),
        claims=tuple(_claim(entry, sources) for entry in values["claim"]),
        paths=tuple(
            _made(PathText, _with_tuple(entry, "found"), "path") for entry in values["path"]
        ),
        unanswered=tuple((entry["question"], entry["why"]) for entry in values["unanswered"]),
    )


def statements_on(evidence: Evidence, stage: str, by: str | None = None) -> tuple[Statement, ...]:
    """Statements of one stage, of one grouping if given: those on everyone first."""
    found = [row for row in evidence.statements if row.stage == stage and by in (None, row.by)]
    return tuple(sorted(found, key=lambda row: GROUPINGS.index(row.by)))


def in_words(statement: Statement) -> str:
    """A statement as one sentence: what came first, what next, and on what number it rests."""
    parts = []
    if statement.order:
        first, *others = statement.order
        then = f"; then {'; '.join(_small(other) for other in others)}" if others else ""
        parts.append(f"Most named: {_small(first)}{then}.")
    if statement.text:
        parts.append(statement.text)
    return f"{statement.group} ({statement.basis}). {' '.join(parts)}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _statement(entry: dict[str, Any], where: str) -> Statement:
    made = _made(
        Statement, _with_tuple(entry, "order"), where, n=None, within=None, order=(), text=""
    )
    if made.stage not in STAGES or made.by not in GROUPINGS:
        raise EvidenceError(f"evidence.toml, {where}: unknown stage or grouping")
    if not (made.order or made.text) or (made.n is None) == (made.within is None):
        raise EvidenceError(
            f"evidence.toml, {where}: expected an order or a text, and either n or within"
        )
    return made


def _claim(entry: dict[str, Any], sources: Mapping[str, Reference]) -> ClaimText:
    where = f"claim {entry.get('key')}"
    if entry.get("source") not in sources:
        raise EvidenceError(f"evidence.toml, {where}: unknown source")
    entry = _with_tuple(entry, "method") | {"source": sources[entry["source"]]}
    if len(entry["method"]) != 2:
        raise EvidenceError(f"evidence.toml, {where}: expected a method of two lines")
    return _made(ClaimText, entry, where, published={})


def _with_tuple(entry: dict[str, Any], key: str) -> dict[str, Any]:
    return entry | {key: tuple(entry[key])} if key in entry else entry


def _made(kind: type, entry: dict[str, Any], where: str, **absent: Any) -> Any:
    try:
        return kind(**absent | entry)
    except TypeError as error:
        raise EvidenceError(f"evidence.toml, {where}: {error}") from error
