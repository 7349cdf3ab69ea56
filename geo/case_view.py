"""What a link to the case studies can say: the case that is read, or the filters of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo import links
from geo.case_records import Case
from geo.case_rules import PARTS, THEMES
from geo.case_studies import COSTS, choose
from geo.links import Parameter

# Ages a reader can ask for: word in the link → youngest and oldest, inclusive.
AGES = {
    "under-5": (0, 4),
    "5-10": (5, 10),
    "11-14": (11, 14),
    "15-19": (15, 19),
    "20-plus": (20, 120),
}
AGE_LABELS = {
    "under-5": "Under 5",
    "5-10": "5 to 10",
    "11-14": "11 to 14",
    "15-19": "15 to 19",
    "20-plus": "20 and over",
}
# What may colour this map: need as a whole, and how it changed.
LAYERS = ("imd", "cni", "two_way", "double", "path")
MAX_PROGRAMMES = 20
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True)
class CaseView:
    """Everything a reader can choose on the page. Equal views give equal links.

    case: key of the case that is read; None shows the list. ages: a key of AGES. costs: keys of
    COSTS. layer: what colours the map.
    """

    case: str | None = None
    themes: tuple[str, ...] = ()
    ages: str | None = None
    costs: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    layer: str = "imd"

    @property
    def is_filtered(self) -> bool:
        """Whether any filter leaves cases out."""
        return self != self.without_filters()

    def without_filters(self) -> CaseView:
        """The same view of every case."""
        return CaseView(case=self.case, layer=self.layer)


def _word(text: str) -> str:
    return text.replace(" ", "-")


_THEME_WORDS = {_word(theme): theme for theme in THEMES}


def _themes(text: str) -> tuple[str, ...]:
    words = links.several(links.choice(tuple(_THEME_WORDS)), len(THEMES), tuple(_THEME_WORDS))
    return tuple(_THEME_WORDS[word] for word in words(text))


def _some_of(options: Iterable[str]):
    words = tuple(options)
    return links.several(links.choice(words), len(words), words)


_PARAMETERS = (
    Parameter("case", "case", links.pattern(_KEY, "a case study’s name")),
    Parameter(
        "theme", "themes", _themes, lambda themes: links.joined([_word(one) for one in themes])
    ),
    Parameter("ages", "ages", links.choice(tuple(AGES))),
    Parameter("cost", "costs", _some_of(COSTS), links.joined),
    Parameter(
        "programme",
        "programmes",
        links.several(links.pattern(_KEY, "programmes’ names"), MAX_PROGRAMMES),
        links.joined,
    ),
    Parameter("part", "parts", _some_of(PARTS), links.joined),
    Parameter("layer", "layer", links.choice(LAYERS)),
)


def parse(query: Mapping[str, object]) -> tuple[CaseView, tuple[str, ...]]:
    """The view that a link asks for, and a notice for each parameter that could not be read."""
    return links.parse(CaseView(), _PARAMETERS, query)


def query(view: CaseView) -> dict[str, str]:
    """The parameters of the link to `view`, without those at their default."""
    return links.query(CaseView(), _PARAMETERS, view)


def known(view: CaseView, cases: Iterable[Case]) -> tuple[CaseView, tuple[str, ...]]:
    """`view` without the case and the programmes that there are not, and a notice for each."""
    cases = tuple(cases)
    notices = []
    case = view.case
    if case and case not in {row.key for row in cases}:
        notices.append(f"There is no case study “{case}” here; all of them are shown.")
        case = None
    there = {row.programme for row in cases if row.programme}
    for programme in view.programmes:
        if programme not in there:
            notices.append(f"The link’s programme “{programme}” is not known here.")
    kept = tuple(programme for programme in view.programmes if programme in there)
    return replace(view, case=case, programmes=kept), tuple(notices)


def programmes(cases: Iterable[Case]) -> dict[str, str]:
    """Key → title of every programme, by title."""
    titles = {row.programme: row.programme_title for row in cases if row.programme}
    return dict(sorted(titles.items(), key=lambda item: item[1]))


def chosen(cases: Iterable[Case], view: CaseView) -> tuple[Case, ...]:
    """The cases that pass every filter of `view`."""
    return choose(
        cases,
        themes=view.themes,
        ages=AGES[view.ages] if view.ages else None,
        costs=view.costs,
        programmes=view.programmes,
        parts=view.parts,
    )
