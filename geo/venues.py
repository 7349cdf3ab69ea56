"""A venue's kind read from its name, by the rule table in `venue_rules.toml`."""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RULES_PATH = Path(__file__).with_name("venue_rules.toml")
OTHER = "other"

_APOSTROPHES = re.compile("['’‘`´]")
_NOT_WORDS = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Rule:
    """One line of the table: the kind it gives, what it looks for, what stops it."""

    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class RuleTable:
    """Rules in the order they are tried, and phrases no rule is shown."""

    ignore: re.Pattern[str] | None
    rules: tuple[Rule, ...]


def load_rules(path: Path = RULES_PATH) -> RuleTable:
    """Read the rule table. Raises `KeyError` where a rule has no kind or no words."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = tuple(
        Rule(rule["kind"], _any_of(rule["words"]), _phrases(rule.get("unless", ())))
        for rule in table["rule"]
    )
    return RuleTable(_phrases(table.get("ignore", ())), rules)


def tidy_name(name: str) -> str:
    """A name as people write it: HTML entities resolved, white space single."""
    return " ".join(html.unescape(html.unescape(name)).split())


def words_of(name: str) -> str:
    """A name as the rules see it: lower case, unaccented, words with single spaces."""
    text = unicodedata.normalize("NFKD", tidy_name(name)).casefold().replace("&", " and ")
    text = _APOSTROPHES.sub("", text)
    if not text.isascii():
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = _NOT_WORDS.sub(" ", text).split()
    return " ".join("centre" if word == "center" else word for word in words)


def kind_of(name: str, table: RuleTable) -> str:
    """The kind a name tells of, "other" where it tells none."""
    words = words_of(name)
    if table.ignore:
        words = table.ignore.sub(" ", words)
    for rule in table.rules:
        if rule.words.search(words) and not (rule.unless and rule.unless.search(words)):
            return rule.kind
    return OTHER


def _phrases(phrases: Sequence[str]) -> re.Pattern[str] | None:
    return _any_of(phrases) if phrases else None


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    alternatives = [re.escape(phrase).replace(r"\*", r"\w*") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")
