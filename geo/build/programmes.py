"""Areas named in government programmes, and the Hyper-Local Need Measure."""

from __future__ import annotations

import pandas as pd

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
    programmes = pd.concat([_pride_in_place(sources), _young_futures_hubs(sources)])
    known = {
        NEIGHBOURHOOD: set(output.frames["neighbourhoods"]["msoa21_code"]),
        COUNCIL: set(output.frames["councils"]["ltla24_code"]),
    }
    for key, level in (("pride_in_place", NEIGHBOURHOOD), ("young_futures_hubs", COUNCIL)):
        codes = set(programmes.loc[programmes["level"] == level, "code"])
        sources.expect(key, codes <= known[level], f"{level} codes that are known")
    output.table("programmes", programmes.sort_values(["programme", "code", "name_as_listed"]))

    needs = sources.csv(
        "hyper_local_need",
        ["Area Code", *NEEDS],
        dtype={"Area Code": str, "Crime": "int32"} | dict.fromkeys(set(NEEDS) - {"Crime"}, float),
    ).rename(columns={"Area Code": "msoa21_code"} | NEEDS)
    codes = needs["msoa21_code"]
    sources.expect("hyper_local_need", codes.is_unique, "each neighbourhood once")
    sources.expect("hyper_local_need", needs.notna().all(axis=None), "no empty cell")
    there = set(codes) <= known[NEIGHBOURHOOD]
    sources.expect("hyper_local_need", there, "neighbourhoods of 2021")
    output.table("hyper_local_need", needs.sort_values("msoa21_code"))


def _pride_in_place(sources: Sources) -> pd.DataFrame:
    listed = sources.csv(
        "pride_in_place", ["Pride in Place Programme Neighbourhood", "MSOA code"]
    ).set_axis(["name_as_listed", "code"], axis="columns")
    listed["name_as_listed"] = listed["name_as_listed"].str.strip()
    names = listed.groupby("code")["name_as_listed"].transform(" and ".join)
    twice = listed["code"].duplicated(keep=False)
    listed["note"] = ("One code is listed for " + names + ": one of them is wrong.").where(twice)
    return listed.assign(programme="Pride in Place phase 2", level=NEIGHBOURHOOD)[COLUMNS]


def _young_futures_hubs(sources: Sources) -> pd.DataFrame:
    listed = sources.csv("young_futures_hubs", ["LADCD", "LADNM"])
    current = read_codes(sources).set_index("code")["ltla24_code"]
    return pd.DataFrame(
        {
            "programme": "Young Futures Hubs early adopters",
            "level": COUNCIL,
            "code": listed["LADCD"].map(current),
            "name_as_listed": listed["LADNM"],
            "note": "The council is listed, not the hub's address.",
        }
    )
