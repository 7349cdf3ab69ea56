"""One building known from two sources is one asset.

Two records are the same place when they come from different sources, could be one building, and

* both have names that agree and stand at most SAME_NAME_M apart: the words that tell places
  apart, in alphabetical order, have an edit similarity of at least SIMILAR out of 100 (SURE where
  the lists name different kinds, so that a church is not its church hall), or
* one of them has no name, they are of the same kind and stand at most SAME_SPOT_M apart.

A postcode's point lies up to some hundred metres from the door, hence SAME_NAME_M.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from scipy.spatial import cKDTree

from geo.venues import OTHER, words_of

SAME_NAME_M = 150
SAME_SPOT_M = 50
SIMILAR = 90
SURE = 95

# Words that say nothing about which place it is.
_NOISE_WORDS = (
    "the a at in of and for warm welcome welcoming space spaces place places hot spot "
    "limited ltd cic cio society company"
)
_NOISE = frozenset(_NOISE_WORDS.split())
# Kinds that two lists may give to one and the same place. A nursery school and the children's
# centre it houses, or a church and its food bank, are two services and stay two.
_ONE_PLACE = (
    {"community_hub", "hall", "worship", "cafe", "youth_centre", "family_hub",
     "childrens_centre", "social_club", "sports_club", "community_shop", "community_pub",
     "sports_centre", OTHER},
    {"library", "community_hub", OTHER},
    {"museum", OTHER},
    {"food_bank", OTHER},
)  # fmt: skip


def core_name(name: str) -> str:
    """The words of a name that tell places apart, in alphabetical order."""
    return " ".join(sorted(set(words_of(name).split()) - _NOISE))


def could_be_one(kind: str, other: str) -> bool:
    """Whether two lists may give these kinds to the same place."""
    return kind == other or any({kind, other} <= group for group in _ONE_PLACE)


def find_duplicates(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Pairs of records of one place: asset_id, and same_as, the asset_id that stands for both.

    `frames` are assets frames, the most trusted first: its record stands for the others, unless
    it cannot tell the kind and another can. A place is never said to be the same as two places
    of one source; the closest name wins.
    """
    assets = pd.concat(
        [frame[["asset_id", "name", "kind", "easting", "northing", "source"]] for frame in frames],
        ignore_index=True,
    )
    assets = _known_kinds_first(assets).reset_index(drop=True)
    pairs = _candidates(assets)
    stands_for = _merge_closest(pairs, assets)
    moved = np.flatnonzero(stands_for != np.arange(len(assets)))
    ids = assets["asset_id"].to_numpy()
    return (
        pd.DataFrame({"asset_id": ids[moved], "same_as": ids[stands_for[moved]]}, dtype="str")
        .sort_values("asset_id")
        .reset_index(drop=True)
    )


def pairs_near(places: pd.DataFrame) -> int:
    """How many pairs of rows stand so near that their names are compared, without listing them.

    `places` has easting and northing (m).
    """
    tree = cKDTree(places[["easting", "northing"]].to_numpy("float64"))
    # Each pair is counted from both ends, and each row with itself.
    return (int(tree.count_neighbors(tree, SAME_NAME_M)) - len(places)) // 2


def repeats(places: pd.DataFrame) -> pd.Index:
    """Index labels of rows of one list that tell of a place told before, maybe spelt otherwise.

    `places` has name, kind, easting and northing (m). Of two rows that are one place by name
    and distance the one whose kind is known stays, else the earlier.
    """
    known_first = _known_kinds_first(places)
    lone = known_first.assign(source=range(len(places))).reset_index(drop=True)
    pairs = _candidates(lone)
    named = lone["name"].to_numpy() != ""
    pairs = pairs[named[pairs["first"]] & named[pairs["second"]]]
    stands_for = _merge_closest(pairs, lone)
    return known_first.index[stands_for != np.arange(len(lone))]


def merge(frames: Iterable[pd.DataFrame], same: pd.DataFrame) -> pd.DataFrame:
    """One assets frame of several, one row a place, given the pairs of `find_duplicates`.

    Adds `sources` (tuple of source keys, that of the record kept first) and `also_named` (tuple
    of the names other sources give).
    """
    assets = pd.concat(list(frames), ignore_index=True)
    same_as = assets["asset_id"].map(same.set_index("asset_id")["same_as"])
    kept = assets[same_as.isna()].reset_index(drop=True)
    # One tuple a source, not one a place.
    alone = {source: (source,) for source in kept["source"].unique()}
    kept["sources"] = pd.Series([alone[source] for source in kept["source"]], dtype="object")
    kept["also_named"] = pd.Series([()] * len(kept), dtype="object")
    row_of = pd.Series(kept.index, index=kept["asset_id"])
    for duplicate in assets[same_as.notna()].assign(same_as=same_as).itertuples():
        row = row_of.get(duplicate.same_as)
        if row is None:
            continue
        kept.at[row, "sources"] += (duplicate.source,)
        if duplicate.name:
            kept.at[row, "also_named"] += (duplicate.name,)
        if not kept.at[row, "name"]:
            kept.at[row, "name"] = duplicate.name
    return kept


def merge_duplicates(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One assets frame of several, the most trusted first, one row a place; see `merge`."""
    frames = list(frames)
    return merge(frames, find_duplicates(frames))


def _known_kinds_first(places: pd.DataFrame) -> pd.DataFrame:
    return places.iloc[np.argsort(places["kind"] == OTHER, kind="stable")]


def _candidates(assets: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that may be one place: first < second, similarity, distance in metres."""
    points = assets[["easting", "northing"]].to_numpy("float64")
    pairs = cKDTree(points).query_pairs(SAME_NAME_M, output_type="ndarray")
    pairs = np.sort(pairs, axis=1)
    source = pd.factorize(assets["source"])[0]
    pairs = pairs[source[pairs[:, 0]] != source[pairs[:, 1]]]
    distance = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)

    kinds, names = assets["kind"].to_numpy(), [core_name(name) for name in assets["name"]]
    similarity = np.zeros(len(pairs))
    for number, (first, second) in enumerate(pairs):
        if not could_be_one(kinds[first], kinds[second]):
            continue
        alike = kinds[first] == kinds[second]
        if names[first] and names[second]:
            no_quarrel = alike or OTHER in (kinds[first], kinds[second])
            least = SIMILAR if no_quarrel else SURE
            similarity[number] = fuzz.ratio(names[first], names[second], score_cutoff=least)
        elif alike and distance[number] <= SAME_SPOT_M:
            similarity[number] = SIMILAR
    table = pd.DataFrame(
        {"first": pairs[:, 0], "second": pairs[:, 1], "similarity": similarity, "m": distance}
    )
    return table[table["similarity"] > 0]


def _merge_closest(pairs: pd.DataFrame, assets: pd.DataFrame) -> np.ndarray:
    """For each row the row that stands for it: the first of its place.

    All records of a place are of different sources and of kinds that may be one place.
    """
    source, kind = assets["source"].to_numpy(), assets["kind"].to_numpy()
    place = np.arange(len(assets))
    members: dict[int, list[int]] = {}
    ordered = pairs.sort_values(
        ["similarity", "m", "first", "second"], ascending=[False, True, True, True]
    )
    for pair in ordered.itertuples(index=False):
        first, second = place[pair.first], place[pair.second]
        if first == second:
            continue
        ours, theirs = members.get(first, [first]), members.get(second, [second])
        if any(
            source[one] == source[other] or not could_be_one(kind[one], kind[other])
            for one in ours
            for other in theirs
        ):
            continue
        head = min(first, second)
        members[head] = ours + theirs
        place[members[head]] = head
    return place
