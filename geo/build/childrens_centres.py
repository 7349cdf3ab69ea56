"""Children's centres and family hubs: two registers of the Department for Education in one table.

Some sites stand twice, once in each register, under neighbouring postcodes. Two rows are one
site when they come from different registers and the words that name the place (without
"children's centre", "family hub" and the like) are the same at most SAME_NAME_M apart, or those
of one are all among those of the other at most SAME_WORDS_M apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.build.asset_tables import place_by_postcode, write_assets
from geo.build.output import Output
from geo.build.register import Sources
from geo.venues import words_of

SOURCE = "childrens_centres"
SAME_NAME_M = 350
SAME_WORDS_M = 150

_KINDS = {"family hub": "family_hub", "children's centre": "childrens_centre"}
_GIAS, _HUB_LIST = "GIAS", "DfE family hub sites list"
_BOTH = f"{_GIAS} and {_HUB_LIST}"
REGISTERS = (_GIAS, _HUB_LIST, _BOTH)
# What a site of this sort is called whatever its place.
_GENERIC_WORDS = (
    "childrens children child childen centre centres family families hub hubs sure start "
    "surestart sscc wellbeing and the at of services nursery school primary early years "
    "young people"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())


def place_words(name: str) -> frozenset[str]:
    """The words of a site's name that tell which place it is."""
    return frozenset(words_of(name).split()) - _GENERIC


def pair_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that are one site: `hub` and `centre` (index labels) and metres apart.

    `sites` has name, register, easting and northing (m). Each row is in one pair at most, the
    nearest.
    """
    points = sites[["easting", "northing"]].to_numpy("float64")
    words = [place_words(name) for name in sites["name"]]
    register = sites["register"].to_numpy()
    rows = []
    for first, second in cKDTree(points).query_pairs(SAME_NAME_M):
        if {register[first], register[second]} != {_GIAS, _HUB_LIST}:
            continue
        hub, centre = (first, second) if register[first] == _HUB_LIST else (second, first)
        metres = np.hypot(*(points[hub] - points[centre]))
        ours, theirs = words[hub], words[centre]
        some = bool(ours and theirs) and (ours <= theirs or theirs <= ours)
        if some and (ours == theirs or metres <= SAME_WORDS_M):
            rows.append((sites.index[hub], sites.index[centre], metres))
    pairs = pd.DataFrame(rows, columns=["hub", "centre", "metres"]).sort_values(
        ["metres", "hub", "centre"]
    )
    return pairs.drop_duplicates("hub").drop_duplicates("centre")


def build(sources: Sources, output: Output) -> None:
    """Make `assets/childrens_centres`; a merged site names the other in also_registered_as."""
    columns = ["name", "postcode", "local_authority", "kind", "register", "ended_postcode"]
    listed = sources.csv(SOURCE, columns)
    sources.codes(SOURCE, listed, "kind", _KINDS, f"one of {sorted(_KINDS)}")
    sources.codes(SOURCE, listed, "register", REGISTERS, f"one of {REGISTERS}")
    sources.codes(SOURCE, listed, "ended_postcode", ("True", "False"), "True or False")
    sources.filled(SOURCE, listed, ["name", "postcode", "local_authority"])
    listed["kind"] = listed["kind"].map(_KINDS)
    sites = place_by_postcode(listed.drop(columns="postcode"), listed["postcode"], output)

    pairs = pair_sites(sites).set_index("hub")["centre"]
    sites["also_registered_as"] = pairs.map(sites["name"]).reindex(sites.index).fillna("")
    sites.loc[pairs.index, "register"] = _BOTH
    sites = sites.drop(index=pairs)

    # Several centres registered at one postcode are most likely at the office that runs them.
    sites["sites_at_postcode"] = sites.groupby("postcode")["name"].transform("size").astype("int8")
    calls_itself_hub = sites["name"].str.contains("family hub", case=False)
    sites["named_family_hub"] = calls_itself_hub & (sites["kind"] == "childrens_centre")
    sites["detail"] = np.select(
        [sites["named_family_hub"], sites["sites_at_postcode"] > 1],
        [
            "Registered as a children's centre; its name says family hub",
            "Registered at a postcode it shares; the building may be elsewhere",
        ],
        "",
    )
    sites["ended_postcode"] = sites["ended_postcode"] == "True"
    write_assets(sites, SOURCE, "cc", output)
