"""What today's data answer to each claim of the reports, in plain words.

A claim has parts: a comparison and the direction the report gives it. A part holds only where
the whole interval lies on that side; otherwise it is said that it does not, and how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo import evidence_figures
from geo.claims import EDUCATION, QUOTED_FROM, STRONGER_FROM, Finding, verdict
from geo.paths import CITY_REGIONS
from geo.sentences import joined

YES, UNCLEAR, OPPOSITE = "Yes", "No clear difference", "The other way round"
_SAID = (
    (YES, "Yes", ""),
    (UNCLEAR, "Not supported", ": no clear difference"),
    (OPPOSITE, "The other way round", ""),
)
_SINCE = {"more": "Gained", "less": "Fell back", "no clear difference": UNCLEAR}


@dataclass(frozen=True)
class Part:
    """A comparison and what the report says of it.

    where: in words, after the answer. label: of its finding. nothing: the figure that means no
    difference. expected: "more" or "less", "" where the report says nothing. is_main: whether the
    headline names it. short: what it is called on a chart, "" where it is on none.
    """

    where: str
    label: str
    nothing: float
    expected: str = "more"
    period: str = ""
    is_main: bool = False
    short: str = ""


@dataclass(frozen=True)
class Answer:
    """A part with what today's data say. published: the report's own figure, percent, or None."""

    part: Part
    status: str
    finding: Finding
    published: float | None

    @property
    def holds(self) -> bool:
        """Whether the data agree with what the report says."""
        return self.status == YES


def education_label(measure: str, stronger_from: int) -> str:
    """The label of a finding on education: share of areas in the worst tenth."""
    name = EDUCATION[measure].capitalize()
    return f"{name}: in the worst tenth (against community need tenths {stronger_from} to 10)"


def _stronger(stronger_from: int) -> str:
    if stronger_from == QUOTED_FROM:
        return (
            "for the share of areas in England’s worst tenth for children’s education, against "
            "the most alike areas with stronger social infrastructure"
        )
    return f"asked again: against areas in community need tenths {stronger_from} to 10"


PARTS: Mapping[str, Sequence[Part]] = {
    "child-income": (
        Part(
            "against all other areas of England",
            "Doubly disadvantaged areas against all others",
            nothing=1,
            is_main=True,
            short="Against all\nother areas",
        ),
        Part(
            "against areas just as deprived with stronger social infrastructure",
            "Against areas in the same most deprived tenth with stronger social infrastructure",
            nothing=1,
            is_main=True,
            short="Against areas\njust as deprived",
        ),
        Part(
            "asked again: against the one area most alike on the other domains of deprivation",
            "Against the most alike area with stronger social infrastructure, income left out",
            nothing=0,
        ),
        Part(
            "asked again: by the published ranks of child poverty",
            "The same comparison by the published ranks, without any count of children",
            nothing=0,
        ),
        Part(
            "in the 225 wards of the list published in 2019, against all others",
            "Areas of the 225 wards listed in 2019 against all others",
            nothing=1,
            short="225 wards against\nall other areas",
        ),
    ),
    "education": (
        *(
            Part(
                _stronger(stronger_from),
                education_label("children_young_people", stronger_from),
                nothing=0,
                is_main=stronger_from == QUOTED_FROM,
                short=f"Community need\ntenths {stronger_from} to 10",
            )
            for stronger_from in STRONGER_FROM
        ),
        Part(
            "for adult skills, in the same pairs",
            education_label("adult_skills", QUOTED_FROM),
            nothing=0,
        ),
    ),
    "north": tuple(
        Part(
            f"in {region}" if is_first else f"since then in {region}",
            region,
            nothing=0.5,
            expected="more" if is_first else "",
            period=period,
            is_main=is_first,
            short=f"{region}\n{period}",
        )
        for period, is_first in (("2004 to 2010", True), ("2010 to 2025", False))
        for region in CITY_REGIONS
    ),
}


def answers(table: pd.DataFrame, claim: str, published: Mapping[str, float]) -> tuple[Answer, ...]:
    """Today's answer to each part of a claim. table: `evidence_figures.findings_table`.

    published: the report's figures by label. Raises KeyError where a part has no finding.
    """
    made = []
    for part in PARTS[claim]:
        found = {row.label: row for row in evidence_figures.findings(table, claim, part.period)}
        finding = found[part.label]
        said = published.get(part.label) if part.expected else None
        made.append(Answer(part, _status(part, finding), finding, said))
    return tuple(made)


def _status(part: Part, finding: Finding) -> str:
    shown = verdict(finding, part.nothing)
    if not part.expected:
        return _SINCE[shown]
    if shown == part.expected:
        return YES
    return UNCLEAR if shown == "no clear difference" else OPPOSITE


def headline(answers_: Iterable[Answer]) -> str:
    """The answer to a claim in a sentence or two, from its main parts."""
    main = [answer for answer in answers_ if answer.part.is_main]
    said = []
    for status, opening, closing in _SAID:
        parts = [f"{a.part.where} ({brief(a.finding)})" for a in main if a.status == status]
        if parts:
            said.append(f"{opening} {joined(parts)}{closing}.")
    return " ".join(said)


def brief(finding: Finding) -> str:
    """A finding without its interval: "72% of children against 36%"."""
    if finding.unit == "share":
        return f"{finding.figure:.0%} did better than the middle"
    return finding.words.split(":")[0]


def tone(answers_: Iterable[Answer]) -> str:
    """ "yes", "partly" or "no": how much of the claim holds, for a mark beside the headline."""
    holds = {answer.holds for answer in answers_ if answer.part.is_main}
    return "partly" if len(holds) == 2 else "yes" if holds.pop() else "no"


def in_words(answer: Answer) -> str:
    """An answer as a sentence, with the report's own figure where it gives one."""
    where = f"{answer.part.where[:1].upper()}{answer.part.where[1:]}"
    said = f" The report says {answer.published:.0f}%." if answer.published is not None else ""
    return f"{where}. {answer.finding.words}.{said}"
