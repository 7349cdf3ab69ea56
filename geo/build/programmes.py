"""Areas named in government programmes, and the Hyper-Local Need Measure."""

from __future__ import annotations

import pandas as pd

from geo.build.checks import SHARE, rank
from geo.build.codes import read_codes
from geo.build.output import Output
from geo.build.register import Sources

COLUMNS = ["programme", "level", "code", "name_as_listed", "note"]
NEIGHBOURHOOD, COUNCIL = "neighbourhood", "council"
NEEDS = {
    "Growth": "growth",
    "Energy": "energy",
    "Crime": "crime_rank",
    "Opportunity": "opportunity",
    "Health": "health",
}


def build(sources: Sources, output: Output) -> None:
    """Make `programmes` and `hyper_local_need`."""
    neighbourhoods = set(output.frames["neighbourhoods"]["msoa21_code"])
    councils = set(output.frames["councils"]["ltla24_code"])
    programmes = pd.concat(
        [_pride_in_place(sources, neighbourhoods), _young_futures_hubs(sources, councils)]
    )
    output.table("programmes", programmes.sort_values(["programme", "code", "name_as_listed"]))

    # The rank of crime is among the small areas.
    figures = dict.fromkeys(NEEDS, SHARE) | {"Crime": rank(len(output.frames["small_areas"]))}
    needs = sources.csv("hyper_local_need", ["Area Code", *NEEDS], figures=figures)
    known = "a neighbourhood of 2021"
    sources.codes("hyper_local_need", needs, "Area Code", neighbourhoods, known, once=True)
    needs = needs.rename(columns={"Area Code": "msoa21_code"} | NEEDS)
    output.table("hyper_local_need", needs.sort_values("msoa21_code"))


def _pride_in_place(sources: Sources, known: set[str]) -> pd.DataFrame:
    columns = ["Pride in Place Programme Neighbourhood", "MSOA code"]
    listed = sources.csv("pride_in_place", columns)
    sources.codes("pride_in_place", listed, "MSOA code", known, "a neighbourhood of 2021")
    sources.filled("pride_in_place", listed, columns)
    listed = listed.set_axis(["name_as_listed", "code"], axis="columns")
    listed["name_as_listed"] = listed["name_as_listed"].str.strip()
    names = listed.groupby("code")["name_as_listed"].transform(" and ".join)
    twice = listed["code"].duplicated(keep=False)
    listed["note"] = ("One code is listed for " + names + ": one of them is wrong.").where(twice)
    return listed.assign(programme="Pride in Place phase 2", level=NEIGHBOURHOOD)[COLUMNS]


def _young_futures_hubs(sources: Sources, known: set[str]) -> pd.DataFrame:
    listed = sources.csv("young_futures_hubs", ["LADCD", "LADNM"])
    current = read_codes(sources).set_index("code")["ltla24_code"]
    current = current[current.isin(known)]
    sources.codes("young_futures_hubs", listed, "LADCD", current.index, "a council's code")
    sources.filled("young_futures_hubs", listed, ["LADNM"])
    return pd.DataFrame(
        {
            "programme": "Young Futures Hubs early adopters",
            "level": COUNCIL,
            "code": listed["LADCD"].map(current),
            "name_as_listed": listed["LADNM"],
            "note": "The council is listed, not the hub's address.",
        }
    )
