"""What the file of a case study must say, and which line breaks a rule.

The people who add cases are not programmers, so every message names the file, the line, what
stands there and what was expected (`data/case_studies/README.md` has the same rules in words).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from geo.case_files import At, CaseFile, quoted
from geo.letters import TURNS, safe

PRECISIONS = ("site", "town", "council", "county", "nation")
PINNED = ("site", "town")
THEMES = (
    "early years",
    "attendance and attainment",
    "pathways to work",
    "young people",
    "reading",
    "skills",
    "regeneration",
)
PARTS = ("places", "people", "links")
COUNTRIES = ("England", "Scotland", "Wales", "Northern Ireland")
UNDATED = "no date given"
MAX_SUMMARY = 280
MAX_LINE = 200
MAX_TEXT = 5_000
# More than any grant in pounds, and within what a spreadsheet and a browser count exactly.
MAX_WHOLE = 10**12
_ADDRESS = re.compile(r"https://[\w-]+(\.[\w-]+)+(:\d{1,5})?([/?#][^\s\"<>\\^`{|}]*)?")


@dataclass(frozen=True)
class Rule:
    expected: str
    holds: Callable[[Any], bool]
    required: bool = True


def _is_text(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= MAX_TEXT
        and bool(safe(value).strip())
        and not any(_steers(letter) for letter in value)
    )


def _steers(letter: str) -> bool:
    """Whether a letter is not drawn but rings, breaks or turns the text around it."""
    return letter in TURNS or (unicodedata.category(letter) == "Cc" and letter not in "\n\t")


def _is_line(value: Any) -> bool:
    return _is_text(value) and len(value) <= MAX_LINE and len(value.splitlines()) == 1


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_WHOLE


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list_of(holds: Callable[[Any], bool], least: int = 0) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(holds, value))


def _is_year(value: Any) -> bool:
    return _is_whole(value) and 1900 <= value <= 2100


def _is_range(value: Any) -> bool:
    return _is_list_of(_is_whole)(value) and len(value) == 2 and value[0] <= value[1] <= 120


def _some_of(words: tuple[str, ...]) -> Rule:
    expected = f"a list with at least one of: {', '.join(words)}"
    return Rule(expected, _is_list_of(lambda value: value in words, least=1))


_TEXT = Rule("text in quotation marks", _is_text)
_LINE = Rule(f"text in quotation marks, on one line of at most {MAX_LINE} characters", _is_line)
_TEXTS = Rule("a list of texts, each in quotation marks", _is_list_of(_is_text, least=1))
_MAYBE_TEXT = Rule(_TEXT.expected, _is_text, required=False)

_YEARS = {
    "text": _TEXT,
    "from": Rule("a year such as 2018", _is_year, required=False),
    "to": Rule("a year such as 2021", _is_year, required=False),
}
_COST = {
    "text": _TEXT,
    "pounds": Rule("whole pounds, a number such as 6000", _is_whole, required=False),
    "pounds_to": Rule("whole pounds, a number such as 30000", _is_whole, required=False),
}
_PLACE = {
    "name": _LINE,
    "precision": Rule(f"one of: {', '.join(PRECISIONS)}", lambda value: value in PRECISIONS),
    "councils": Rule(
        'a list of council codes of 2024 such as ["E07000062"]',
        _is_list_of(lambda value: isinstance(value, str) and bool(re.fullmatch(r"E\d{8}", value))),
    ),
    "longitude": Rule(
        "degrees east between -9 and 2, such as 0.6083",
        lambda value: _is_number(value) and -9 <= value <= 2,
        required=False,
    ),
    "latitude": Rule(
        "degrees north between 49 and 61, such as 50.8747",
        lambda value: _is_number(value) and 49 <= value <= 61,
        required=False,
    ),
    "placed_by": _MAYBE_TEXT,
    "postcode": _MAYBE_TEXT,
    "note": _MAYBE_TEXT,
}
_RESULT = {
    "text": _TEXT,
    "date": _TEXT,
    "n": Rule("how many people, a whole number", _is_whole, required=False),
}
_SOURCE = {
    "publisher": _TEXT,
    "title": _TEXT,
    "year": Rule(
        f'a year such as 2024, or "{UNDATED}"', lambda value: _is_year(value) or value == UNDATED
    ),
    "link_text": _TEXT,
    "url": Rule(
        "a whole address that begins with https://",
        lambda value: _is_text(value) and bool(_ADDRESS.fullmatch(value)),
        required=False,
    ),
}
_TABLES = {"years": _YEARS, "cost": _COST}
_LISTS = {"place": _PLACE, "result": _RESULT, "source": _SOURCE}
CASE_RULES = {
    "title": _LINE,
    "programme": _MAYBE_TEXT,
    "summary": Rule(
        f"a summary in your own words, at most {MAX_SUMMARY} characters",
        lambda value: _is_text(value) and len(value) <= MAX_SUMMARY,
    ),
    "country": Rule(f"one of: {', '.join(COUNTRIES)}", lambda value: value in COUNTRIES),
    "audience": _TEXT,
    "ages": Rule("the youngest and the oldest age, such as [11, 14]", _is_range, required=False),
    "key_stages": Rule(
        "a list of key stages, 1 to 5, such as [1, 2]",
        _is_list_of(lambda value: _is_whole(value) and 1 <= value <= 5, least=1),
        required=False,
    ),
    "themes": _some_of(THEMES),
    "parts": _some_of(PARTS),
    "done": _TEXT,
    "worked": _TEXTS,
    "did_not_work": Rule(
        "a list of texts, or [] where the source reports nothing", _is_list_of(_is_text)
    ),
    "ingredients": _TEXTS,
    "note": _MAYBE_TEXT,
    "years": Rule('years = { from = 2018, to = 2021, text = "2018 to 2021" }', bool),
    "cost": Rule('cost = { pounds = 6000, text = "A grant of £6,000" }', bool),
    "place": Rule("at least one [[place]]", bool),
    "result": Rule("at least one [[result]]", bool),
    "source": Rule("at least one [[source]]", bool),
}


def optional(rules: dict[str, Rule]) -> dict[str, Rule]:
    """The same rules, but nothing has to be there."""
    return {key: Rule(rule.expected, rule.holds, required=False) for key, rule in rules.items()}


def rules_within(programme: CaseFile | None) -> dict[str, Rule]:
    """The rules of a case, which need not repeat what its programme's file says."""
    given = set(programme.values) - {"title"} if programme else set()
    return {**CASE_RULES, **optional({key: CASE_RULES[key] for key in given & CASE_RULES.keys()})}


def broken_rules(
    file: CaseFile, rules: dict[str, Rule], barred: Iterable[str] = ()
) -> Iterator[str]:
    """Lines for every key that is unknown, barred, of the wrong kind or missing."""
    for at, table, its_rules in _tables_of(file.values, rules):
        for key, value in table.items():
            if key not in its_rules or (key in barred and not at):
                close = get_close_matches(key, its_rules, 1)
                hint = f'; did you mean "{close[0]}"?' if close and close[0] != key else ""
                yield file.problem((*at, key), f"{quoted(key)} does not belong here{hint}")
            elif not its_rules[key].holds(value):
                expected = its_rules[key].expected
                yield file.problem((*at, key), f"{key} is {_shown(value)}; expected {expected}")
        for key, rule in its_rules.items():
            if rule.required and key not in table:
                yield file.problem(at, f"{key} is missing; expected {rule.expected}")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"{len(value)} characters long" if len(value) > MAX_LINE else quoted(value)
    if isinstance(value, int) and abs(value) > MAX_WHOLE:
        return "a number too large"
    return f"{value}" if isinstance(value, int | float) else "something else"


def _tables_of(
    values: dict[str, Any], rules: dict[str, Rule]
) -> Iterator[tuple[At, dict[str, Any], dict[str, Rule]]]:
    shaped = dict(rules)
    for key in _TABLES:
        if key in values:
            shaped[key] = Rule(rules[key].expected, lambda value: isinstance(value, dict))
    for key in _LISTS:
        if key in values:
            shaped[key] = Rule(f"[[{key}]]", _is_list_of(lambda value: isinstance(value, dict)))
    yield (), values, shaped
    for key, its_rules in _TABLES.items():
        if isinstance(values.get(key), dict):
            yield (key,), values[key], its_rules
    for key, its_rules in _LISTS.items():
        tables = values.get(key)
        for number, table in enumerate(tables if isinstance(tables, list) else []):
            if isinstance(table, dict):
                yield (key, number), table, its_rules


def misplaced(file: CaseFile, councils: Collection[str] | None) -> Iterator[str]:
    """What is wrong with the places: a pin nobody's source supports, or a code unknown."""
    places = file.values.get("place", [])
    for number, place in enumerate(places if isinstance(places, list) else []):
        if not isinstance(place, dict):
            continue
        precision, at = place.get("precision"), ("place", number)
        for key in ("longitude", "latitude", "placed_by"):
            if precision in PINNED and key not in place:
                needs = "longitude, latitude and placed_by, the public source that puts it there"
                yield file.problem(at, f"{key} is missing; a {precision} needs {needs}")
            elif precision in PRECISIONS and precision not in PINNED and key in place:
                message = f"a {precision} has no {key}; only a site or a town is placed on the map"
                yield file.problem((*at, key), message)
        codes = place.get("councils")
        if codes == [] and precision in PRECISIONS and precision != "nation":
            yield file.problem((*at, "councils"), "expected at least one council code of 2024")
        for code in codes if isinstance(codes, list) else []:
            if councils is not None and isinstance(code, str) and code not in councils:
                yield file.problem((*at, "councils"), f"there is no council {quoted(code)} in 2024")


def contradictions(file: CaseFile) -> Iterator[str]:
    """What ends before it begins: years, and the least and most of a grant."""
    for table, first, last in (("years", "from", "to"), ("cost", "pounds", "pounds_to")):
        given = file.values.get(table)
        if not isinstance(given, dict) or not _is_whole(given.get(last)):
            continue
        if first not in given:
            yield file.problem((table, last), f"{last} is given without {first}; expected both")
        elif _is_whole(given[first]) and given[first] > given[last]:
            message = f"{last} is {given[last]}; expected no less than {first}, {given[first]}"
            yield file.problem((table, last), message)
