"""Every name and code that can be searched for, folded and indexed: what `geo.search` looks in.

Folding makes names comparable: lower case, no accents or apostrophes, "&" as "and", hyphens as
spaces, "Saint" as "St", "004B" as "4B".
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.postcodes import Postcodes
from geo.venues import words_of

REGION, COUNCIL, NEIGHBOURHOOD, WARD = "region", "council", "neighbourhood", "ward"
SMALL_AREA, PLACE, DISTRICT, POSTCODE = "small area", "place", "postcode district", "postcode"

# How much a name's bearer counts when names match equally well: bigger places come first.
WEIGHTS = {
    REGION: 21.0,
    COUNCIL: 20.0,
    "city": 19.0,
    "town": 15.0,
    NEIGHBOURHOOD: 13.0,
    WARD: 11.0,
    "suburb": 9.0,
    "village": 8.0,
    DISTRICT: 6.0,
    "hamlet": 4.0,
    "other": 2.0,
    SMALL_AREA: 0.0,
}
# An area of ten times the people counts this much more.
TENFOLD_PEOPLE = 0.5
# What people call such areas after their names: "Ore ward", "Hastings borough council".
CALLED = {
    REGION: ("region",),
    COUNCIL: ("council", "borough", "district", "city", "county"),
    NEIGHBOURHOOD: ("neighbourhood",),
    WARD: ("ward",),
    SMALL_AREA: (),
    PLACE: (),
    DISTRICT: (),
}
# How much less a name counts that is not the bearer's own.
FORMER_OR_SHORT = 8.0
OF_ITS_COUNTY = 12.0
STATISTICAL = 5.0

BOX = ["west", "south", "east", "north"]
_SAME_WORD = {"saint": "st"}


def fold(text: str) -> str:
    """A name in the form in which names are compared."""
    return " ".join(_fold_word(word) for word in words_of(text).split())


def _fold_word(word: str) -> str:
    return _SAME_WORD.get(word, word.lstrip("0") or word)


@dataclass(frozen=True, eq=False)
class Entries:
    """What can be found by name, one position each.

    point is longitude and latitude; box west, south, east, north, NaN where not known. code and
    lsoa21_code are None where they do not apply. size_order breaks ties: lower is larger.
    """

    label: np.ndarray
    what: np.ndarray
    code: np.ndarray
    lsoa21_code: np.ndarray
    point: np.ndarray
    box: np.ndarray
    context: np.ndarray
    weight: np.ndarray
    size_order: np.ndarray


@dataclass(frozen=True, eq=False)
class Spellings:
    """Texts by length: `texts[starts[n]:starts[n + 1]]` have n letters."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]

    def of_length(self, shortest: int, longest: int) -> tuple[str, ...]:
        """The texts of these lengths, both included."""
        top = len(self.starts) - 1
        first, end = min(max(shortest, 0), top), min(longest + 1, top)
        return self.texts[self.starts[first] : self.starts[end]]


@dataclass(frozen=True, eq=False)
class Words:
    """From a word to the names it stands for: `names[starts[k]:starts[k + 1]]` for the k-th."""

    words: tuple[str, ...]
    starts: np.ndarray
    names: np.ndarray
    spellings: Spellings

    def names_with(self, start: str) -> np.ndarray:
        """Numbers of the names with a word that begins so; a name may come twice."""
        found = _beginning(self.words, start)
        return self.names[self.starts[found.start] : self.starts[found.stop]]


@dataclass(frozen=True, eq=False)
class Index:
    """All that can be searched for. Nothing in it changes once built.

    names: folded, sorted; an entry has one or more. bearer: the entry of each name; penalty: how
    much less the name counts than the bearer's own; numbered: whether it has digits. The rest is
    for names without: spellings, to be forgiving with; words, from those in names; around, from
    those and the words of what the bearer is and lies in. entry_of: GSS code to entry. Small
    areas come last, in the order of their numbers, from `first_small_area`; `council_of` says
    what council each lies in.
    """

    entries: Entries
    names: tuple[str, ...]
    bearer: np.ndarray
    penalty: np.ndarray
    numbered: np.ndarray
    spellings: Spellings
    words: Words
    around: Words
    entry_of: dict[str, int]
    first_small_area: int
    council_of: np.ndarray
    postcodes: Postcodes

    def names_beginning(self, start: str) -> range:
        """Numbers of the names that begin so."""
        return _beginning(self.names, start)

    def names_equal(self, name: str) -> range:
        """Numbers of the names that are just so."""
        return range(bisect_left(self.names, name), bisect_right(self.names, name))


def build_index(
    small_areas: pd.DataFrame,
    neighbourhoods: pd.DataFrame,
    councils: pd.DataFrame,
    wards: pd.DataFrame,
    places: pd.DataFrame,
    postcodes: Postcodes,
) -> Index:
    """Index the tables of these names, as `geo.build` makes them."""
    frame = pd.concat(
        [
            _regions(councils),
            _councils(councils),
            _neighbourhoods(neighbourhoods, councils),
            _areas(wards, WARD, "ward24", within(wards, councils)),
            _places(places, councils),
            _small_areas(small_areas, neighbourhoods, councils),
        ],
        ignore_index=True,
    )
    names = _names(frame, neighbourhoods, councils)
    folded, bearer = tuple(names["name"]), names["entry"].to_numpy("int32")
    numbered = np.array([any(map(str.isdigit, name)) for name in folded])
    contexts = {text: fold(text).split() for text in frame["context"].unique()}
    context_of, what_of = frame["context"].to_numpy(), frame["what"].to_numpy()
    spelled = np.flatnonzero(~numbered).tolist()

    def around(number: int) -> list[str]:
        entry = bearer[number]
        called = CALLED[what_of[entry]]
        return [*folded[number].split(), *contexts[context_of[entry]], *called]

    codes = frame["code"].dropna()
    entry_of = dict(zip(codes, codes.index, strict=True))
    for code, new in zip(councils["ltla24_code"], councils["ltla25_code"], strict=True):
        entry_of[new] = entry_of[code]
    return Index(
        entries=_entries(frame),
        names=folded,
        bearer=bearer,
        penalty=names["penalty"].to_numpy("float32"),
        numbered=numbered,
        spellings=_spellings(folded[number] for number in spelled),
        words=_words((number, folded[number].split()) for number in spelled),
        around=_words((number, around(number)) for number in spelled),
        entry_of=entry_of,
        first_small_area=len(frame) - len(small_areas),
        council_of=within(small_areas, councils).to_numpy(object),
        postcodes=postcodes,
    )


def _beginning(texts: tuple[str, ...], start: str) -> range:
    return range(bisect_left(texts, start), bisect_left(texts, start + "\U0010ffff"))


def within(areas: pd.DataFrame, councils: pd.DataFrame) -> pd.Series:
    """What areas or places with an ltla24_code lie in: "Hastings, South East"."""
    # "Bristol, City of" is one name too many between commas.
    plain = councils["ltla24_name"].str.replace(r", (?:City|County) of$", "", regex=True)
    named = plain + ", " + councils["region24_name"]
    return areas["ltla24_code"].map(dict(zip(councils["ltla24_code"], named, strict=True)))


def _areas(frame: pd.DataFrame, what: str, prefix: str, context: pd.Series) -> pd.DataFrame:
    label, code = frame[f"{prefix}_name"], frame[f"{prefix}_code"]
    people = np.log10(frame["population_2022"].clip(lower=1))
    return frame[["longitude", "latitude", *BOX]].assign(
        label=label, what=what, code=code, context=context, size_order=0,
        weight=WEIGHTS[what] + TENFOLD_PEOPLE * people,
    )  # fmt: skip


def _councils(councils: pd.DataFrame) -> pd.DataFrame:
    return _areas(councils, COUNCIL, "ltla24", councils["region24_name"])


def _regions(councils: pd.DataFrame) -> pd.DataFrame:
    """Regions from their councils: the middle of these, and the box that holds all."""
    groups = councils.groupby(["region24_code", "region24_name"])
    middle = groups[["longitude", "latitude"]].mean()
    lower, upper = groups[["west", "south"]].min(), groups[["east", "north"]].max()
    people = groups["population_2022"].sum()
    regions = pd.concat([middle, lower, upper, people], axis="columns").reset_index()
    return _areas(regions, REGION, "region24", pd.Series("England", index=regions.index))


def _neighbourhoods(neighbourhoods: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    named = neighbourhoods.assign(msoa21_name=neighbourhoods["neighbourhood_name"])
    return _areas(named, NEIGHBOURHOOD, "msoa21", within(named, councils))


def _small_areas(
    small_areas: pd.DataFrame, neighbourhoods: pd.DataFrame, councils: pd.DataFrame
) -> pd.DataFrame:
    named = dict(
        zip(neighbourhoods["msoa21_code"], neighbourhoods["neighbourhood_name"], strict=True)
    )
    context = small_areas["msoa21_code"].map(named) + ", " + within(small_areas, councils)
    frame = _areas(small_areas, SMALL_AREA, "lsoa21", context)
    return frame.assign(lsoa21_code=frame["code"])


def _places(places: pd.DataFrame, councils: pd.DataFrame) -> pd.DataFrame:
    is_district = places["type"] == DISTRICT
    kept = places[["longitude", "latitude", *BOX, "lsoa21_code", "size_order"]]
    return kept.assign(
        label=places["name"],
        what=np.where(is_district, DISTRICT, PLACE),
        context=within(places, councils),
        weight=places["type"].map(WEIGHTS),
    )


def _names(
    frame: pd.DataFrame, neighbourhoods: pd.DataFrame, councils: pd.DataFrame
) -> pd.DataFrame:
    """Every name of every entry, sorted: name (folded), entry, penalty."""
    entry_of = {code: entry for entry, code in frame["code"].dropna().items()}
    rows = [(label, entry, 0.0) for entry, label in frame["label"].items()]
    for council in councils.itertuples():
        entry = entry_of[council.ltla24_code]
        # "Bristol, City of" is also Bristol, and the City of Bristol.
        first, comma, rest = council.ltla24_name.partition(", ")
        if comma and rest.endswith(" of"):
            rows += [(first, entry, 0.0), (f"{rest} {first}", entry, 0.0)]
        others = filter(None, council.alternative_names.split(";"))
        rows += [(name, entry, FORMER_OR_SHORT) for name in others]
        rows.append((council.utla_name, entry, OF_ITS_COUNTY))
    for name, code in zip(
        neighbourhoods["msoa21_name"], neighbourhoods["msoa21_code"], strict=True
    ):
        rows.append((name, entry_of[code], STATISTICAL))
    names = pd.DataFrame(rows, columns=["name", "entry", "penalty"])
    names["name"] = names["name"].map(fold)
    names = names.sort_values(["name", "entry", "penalty"])
    return names.drop_duplicates(["name", "entry"]).reset_index(drop=True)


def _words(words_of_names: Iterable[tuple[int, list[str]]]) -> Words:
    """From each name's number and words to names by word."""
    met: dict[str, int] = {}
    order_met, names = array("i"), array("i")
    for name, words in words_of_names:
        for word in words:
            order_met.append(met.setdefault(word, len(met)))
            names.append(name)
    words = sorted(met)
    rank = np.empty(len(met), dtype="int32")
    rank[[met[word] for word in words]] = np.arange(len(met))
    rank_of = rank[np.asarray(order_met)]
    by_word = np.argsort(rank_of, kind="stable")
    starts = np.searchsorted(rank_of[by_word], np.arange(len(words) + 1))
    named = np.asarray(names, dtype="int32")[by_word]
    return Words(tuple(words), starts.astype("int32"), named, _spellings(words))


def _spellings(texts: Iterable[str]) -> Spellings:
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    lengths = [len(text) for text in ordered]
    starts = (bisect_left(lengths, length) for length in range(lengths[-1] + 2))
    return Spellings(tuple(ordered), tuple(starts))


def _entries(frame: pd.DataFrame) -> Entries:
    def texts(name: str) -> np.ndarray:
        # The same text is one object however many rows have it.
        kept: dict[str, str] = {}
        column = np.empty(len(frame), dtype=object)
        column[:] = [
            kept.setdefault(text, text) if isinstance(text, str) else None for text in frame[name]
        ]
        return column

    return Entries(
        label=texts("label"),
        what=texts("what"),
        code=texts("code"),
        lsoa21_code=texts("lsoa21_code"),
        point=frame[["longitude", "latitude"]].to_numpy("float64"),
        box=frame[BOX].to_numpy("float64"),
        context=texts("context"),
        weight=frame["weight"].to_numpy("float32"),
        size_order=frame["size_order"].to_numpy("int32"),
    )
