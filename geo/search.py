"""From what somebody types to where to look: postcodes, codes and names, forgiving of typos.

A name's score is how well it matches and how large its bearer is. Matching counts more: a whole
name, its first words, the beginning of a word, words of the name with words of what it lies in
("newport isle of wight"), and last names that are spelled alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.gazetteer import DISTRICT, POSTCODE, Index, Spellings, Words, build_index, fold
from geo.placing import clean_postcode, show_postcode
from geo.postcodes import Extent, Place, partial_postcode

__all__ = ["Index", "Match", "build_index", "search"]

# No name is longer; the rest of a longer text is not read.
MAX_LETTERS = 80
MAX_WORDS = 8
MIN_LETTERS = 2
# Of more names than this, as when two letters are typed, only those of the largest are weighed.
MAX_CANDIDATES = 1500

CERTAIN = 1000.0
WHOLE_NAME, FIRST_WORDS, WITH_CONTEXT, BEGINNING = 100.0, 88.0, 80.0, 75.0
ALL_WORDS, BEGINNINGS_OF_WORDS, SOME_IN_CONTEXT = 72.0, 65.0, 55.0
MISSPELT = 12.0
SPELLED_ALIKE = 70.0
EACH_EDIT = 8.0

_CODE = re.compile(r"E[0-9]{8}")


@dataclass(frozen=True)
class Match:
    """One answer: what it is, where it is, and how well it fits.

    what: "postcode", "small area", "neighbourhood", "ward", "council", "place", "postcode
    district" or "region". code: GSS code, None for postcodes and places. lsoa21_code: the small
    area at a postcode's or place's point, None for larger areas. bbox: west, south, east, north
    in WGS 84 degrees, None where not known. context: what it lies in. note: empty, or what to
    know when this is not just what was asked for.
    """

    label: str
    what: str
    code: str | None
    lsoa21_code: str | None
    longitude: float
    latitude: float
    bbox: tuple[float, float, float, float] | None
    score: float
    context: str
    note: str = ""


def search(text: str, index: Index, limit: int = 8) -> list[Match]:
    """The best answers to what was typed, best first; [] where nothing is like it.

    A postcode or a code has one answer. A postcode that does not exist is answered with the part
    of its district that it would be in, and a note that says so.
    """
    text = text[:MAX_LETTERS].strip()
    if _CODE.fullmatch(code := "".join(text.upper().split())):
        entry = index.entry_of.get(code)
        return [] if entry is None else [_match(index, entry, CERTAIN)]
    if postcode := clean_postcode(text):
        return _postcode(postcode, index)
    if (part := partial_postcode(text)) and part[1]:
        return _part_of_district(*part, index)
    return _named(fold(text), index, limit)


def _postcode(postcode: str, index: Index) -> list[Match]:
    if place := index.postcodes.find(postcode):
        return [_at_postcode(place, index)]
    note = f"{show_postcode(postcode)} is not in the postcode directory"
    return _part_of_district(postcode[:-3], postcode[-3], index, note)


def _part_of_district(district: str, rest: str, index: Index, note: str = "") -> list[Match]:
    for part in (rest, ""):
        if extent := index.postcodes.extent(district, part):
            if note or part != rest:
                note = note or f"No postcode begins with {district} {rest}"
                note += f"; this is {extent.beginning}, where it would be."
            return [_at_extent(extent, index, note)]
    return []


def _at_postcode(place: Place, index: Index) -> Match:
    area = index.first_small_area + place.i
    return Match(
        label=place.postcode,
        what=POSTCODE,
        code=None,
        lsoa21_code=index.entries.code[area],
        longitude=place.longitude,
        latitude=place.latitude,
        bbox=None,
        score=CERTAIN,
        context=index.entries.context[area],
    )


def _at_extent(extent: Extent, index: Index, note: str) -> Match:
    area = extent.centre.i
    return Match(
        label=extent.beginning,
        what=DISTRICT,
        code=None,
        lsoa21_code=index.entries.code[index.first_small_area + area],
        longitude=extent.centre.longitude,
        latitude=extent.centre.latitude,
        bbox=extent.bbox,
        score=CERTAIN,
        context=index.council_of[area],
        note=note,
    )


def _named(asked: str, index: Index, limit: int) -> list[Match]:
    """Answers by name, each area or place once."""
    if len(asked) < MIN_LETTERS:
        return []
    words = asked.split()[:MAX_WORDS]
    best: dict[int, float] = {}
    found = [*_by_words(asked, words, index)]
    if not any(quality >= FIRST_WORDS for _, quality in found):
        found += _spelled_alike(asked, index)
    for name, quality in found:
        entry = int(index.bearer[name])
        score = quality - index.penalty[name] + index.entries.weight[entry]
        best[entry] = max(score, best.get(entry, 0.0))
    entries = index.entries
    order = sorted(
        best,
        key=lambda entry: (-best[entry], entries.size_order[entry], entries.label[entry], entry),
    )
    return [_match(index, entry, best[entry]) for entry in order[:limit]]


def _by_words(asked: str, words: list[str], index: Index) -> Iterator[tuple[int, float]]:
    """Names that begin as asked, or have every word in them or in what they lie in."""
    fits = np.zeros(len(index.names), dtype=bool)
    where = index.around if len(words) > 1 else index.words
    starts = {word: _known_starts(word, where) for word in words}
    if all(starts.values()):
        fits = np.logical_or.reduce([_having(starts[word], index.words, fits) for word in words])
        for word in words:
            fits &= _having(starts[word], where, fits)
    beginning = index.names_beginning(asked)
    fits[beginning.start : beginning.stop] = True
    if not any(map(str.isdigit, asked)):
        # The numbered names of statistics would drown the names they begin with.
        fits &= ~index.numbered
    names = np.flatnonzero(fits)
    if len(names) > MAX_CANDIDATES:
        weight = index.entries.weight[index.bearer[names]] - index.penalty[names]
        largest = names[np.argsort(-weight, kind="stable")[:MAX_CANDIDATES]]
        names = np.array(sorted({*largest.tolist(), *index.names_equal(asked)}))
    meant = {start for known in starts.values() for start in known}
    misspelt = any(known != [word] for word, known in starts.items())
    for name in names.tolist():
        yield name, _quality(index.names[name], asked, words, meant, misspelt)


def _known_starts(word: str, where: Words) -> list[str]:
    """The word if one begins so, else the words that are spelled like it."""
    return [word] if len(where.names_with(word)) else _like(word, where.spellings)


def _having(starts: list[str], where: Words, like: np.ndarray) -> np.ndarray:
    """Which names have a word that begins in one of these ways, as a mask shaped `like` another."""
    mask = np.zeros_like(like)
    for start in starts:
        mask[where.names_with(start)] = True
    return mask


def _like(text: str, known: Spellings) -> list[str]:
    """The texts that a few slips of the finger turn into this one, nearest first."""
    edits = 0 if len(text) < 4 else 1 if len(text) < 8 else 2
    if not edits:
        return []
    of_length = known.of_length(len(text) - edits, len(text) + edits)
    alike = process.extract(
        text, of_length, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=20
    )
    return [spelled for spelled, _, _ in alike]


def _spelled_alike(asked: str, index: Index) -> Iterator[tuple[int, float]]:
    """Names that differ from what was asked by a few letters or spaces, with quality."""
    for spelled in _like(asked, index.spellings):
        quality = SPELLED_ALIKE - EACH_EDIT * OSA.distance(asked, spelled)
        for name in index.names_equal(spelled):
            yield name, quality


def _quality(name: str, asked: str, words: list[str], meant: set[str], misspelt: bool) -> float:
    """How well a folded name that has all the words, there or around it, fits what was asked.

    meant: the words and, for those misspelt, what they were taken for.
    """
    if name == asked:
        return WHOLE_NAME
    if name.startswith(asked):
        return FIRST_WORDS if name[len(asked)] == " " else BEGINNING
    own = name.split()
    if meant.issuperset(own):
        quality = WITH_CONTEXT
    elif all(word in own for word in words):
        quality = ALL_WORDS
    elif all(any(part.startswith(word) for part in own) for word in words):
        quality = BEGINNINGS_OF_WORDS
    else:
        quality = SOME_IN_CONTEXT
    return quality - MISSPELT if misspelt else quality


def _match(index: Index, entry: int, score: float) -> Match:
    entries = index.entries
    box = entries.box[entry]
    return Match(
        label=entries.label[entry],
        what=entries.what[entry],
        code=entries.code[entry],
        lsoa21_code=entries.lsoa21_code[entry],
        longitude=float(entries.point[entry, 0]),
        latitude=float(entries.point[entry, 1]),
        bbox=None if np.isnan(box).any() else tuple(box.tolist()),
        score=round(float(score), 1),
        context=entries.context[entry],
    )
