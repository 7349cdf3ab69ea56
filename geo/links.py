"""How choices become words of a link, and how a link is read without ever failing.

Each page has a frozen dataclass of what its reader can choose and a table of `Parameter`s that
says which word carries which field. Words are short and meant to work for years: a new choice
gets a new word, an old word keeps its meaning, and whatever cannot be read falls back to the
default with a notice for the reader.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# England with room around it; a viewport outside shows only sea.
LATITUDES = (49.0, 56.5)
LONGITUDES = (-8.0, 3.0)
ZOOMS = (5.0, 18.0)
MAX_PARAMETER_LENGTH = 2_000
NOTHING = "none"

WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}")
AREA = re.compile(r"E0[12]\d{6}", re.ASCII)
COUNCIL = re.compile(r"E0[6-9]\d{6}", re.ASCII)
REGION = re.compile(r"E12\d{6}", re.ASCII)
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)

Chosen = TypeVar("Chosen", bound="DataclassInstance")


class Unreadable(ValueError):
    """A parameter's value could not be read; its text says what was expected."""


@dataclass(frozen=True)
class Parameter:
    """One word of a link: which field it carries, how it is read and how it is written.

    `read` raises Unreadable. A field at its default is left out of the link.
    """

    word: str
    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def read_all(
    readers: Mapping[str, tuple[str, Callable[[str], Any]]], query: Mapping[str, object]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Field → value for each word that a link has, and a notice for each that can't be read.

    readers: word → field and reader. query: word → text (or a list of texts, of which the last
    counts), as a browser sent it. Never raises; words that are not ours are left alone.
    """
    values = {}
    notices = []
    for word, (field, read) in readers.items():
        if word not in query:
            continue
        text = query[word]
        if isinstance(text, (list, tuple)):
            text = text[-1] if text else ""
        text = str(text).strip()
        try:
            if len(text) > MAX_PARAMETER_LENGTH:
                raise Unreadable(f"expected at most {MAX_PARAMETER_LENGTH} characters")
            values[field] = read(text)
        except Unreadable as error:
            notices.append(f"The link’s “{word}” could not be read and was left out: {error}.")
    return values, tuple(notices)


def parse(
    plain: Chosen, parameters: Sequence[Parameter], query: Mapping[str, object]
) -> tuple[Chosen, tuple[str, ...]]:
    """`plain` with what a link chooses, and a notice for each parameter that can't be read."""
    readers = {parameter.word: (parameter.field, parameter.read) for parameter in parameters}
    values, notices = read_all(readers, query)
    return replace(plain, **values), notices


def query(plain: Chosen, parameters: Sequence[Parameter], chosen: Chosen) -> dict[str, str]:
    """The parameters of the link to `chosen`: only what differs from `plain`."""
    return {
        parameter.word: parameter.write(getattr(chosen, parameter.field))
        for parameter in parameters
        if getattr(chosen, parameter.field) != getattr(plain, parameter.field)
    }


def choice(options: Sequence[str]) -> Callable[[str], str]:
    """Reads one of `options`."""

    def read(text: str) -> str:
        if text not in options:
            raise Unreadable(f"expected one of {', '.join(options)}")
        return text

    return read


def pattern(form: re.Pattern[str], expected: str) -> Callable[[str], str]:
    """Reads a word of one form; `expected` names it in the notice."""

    def read(text: str) -> str:
        if not form.fullmatch(text):
            raise Unreadable(f"expected {expected}")
        return text

    return read


def code(form: re.Pattern[str], expected: str) -> Callable[[str], str]:
    """Reads a code or postcode in any spacing and case."""
    read = pattern(form, expected)
    return lambda text: read(text.upper().replace(" ", ""))


def several(
    read_one: Callable[[str], str], most: int, order: Sequence[str] | None = None
) -> Callable[[str], tuple[str, ...]]:
    """Reads a list with commas, without repeats, in `order` or in alphabetical order."""

    def read(text: str) -> tuple[str, ...]:
        if text == NOTHING:
            return ()
        values = {read_one(part) for part in text.split(",") if part}
        # "none" beside others would be written as if it stood alone.
        if not values or len(values) > most or NOTHING in values:
            raise Unreadable(f"expected 1 to {most} values with commas between")
        return tuple(sorted(values, key=order.index if order else None))

    return read


def joined(values: Sequence[str]) -> str:
    """Writes what `several` reads."""
    return ",".join(values) or NOTHING


def yes(text: str) -> bool:
    """Reads a switch that is on."""
    if text != "1":
        raise Unreadable("expected 1")
    return True


def written_yes(value: bool) -> str:
    """Writes what `yes` reads."""
    return "1" if value else "0"


def whole(low: int, high: int) -> Callable[[str], int]:
    """Reads a whole number from `low` to `high`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,7}", text) or not low <= int(text) <= high:
            raise Unreadable(f"expected a whole number from {low:,} to {high:,}")
        return int(text)

    return read


def viewport(text: str) -> tuple[float, float, float]:
    """Reads latitude, longitude and zoom of a map inside England."""
    expected = "expected latitude,longitude,zoom inside England"
    try:
        latitude, longitude, zoom = (float(part) for part in text.split(","))
    except ValueError as error:
        raise Unreadable(expected) from error
    bounds = zip((latitude, longitude, zoom), (LATITUDES, LONGITUDES, ZOOMS), strict=True)
    if not all(math.isfinite(value) and low <= value <= high for value, (low, high) in bounds):
        raise Unreadable(expected)
    return round(latitude, 5), round(longitude, 5), round(zoom, 2)


def written_viewport(at: tuple[float, float, float]) -> str:
    """Writes what `viewport` reads."""
    return ",".join(f"{part:.5f}".rstrip("0").rstrip(".") for part in at)
