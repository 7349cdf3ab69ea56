"""Social clubs, sports clubs, community pubs and shops that have a co-operative form."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.build.asset_tables import place_by_postcode, write_assets
from geo.build.output import Output
from geo.build.register import Sources
from geo.venues import words_of

SOURCE = "coops"

_LICENSED_CLUB, _PUBLIC_HOUSE, _GENERAL_STORE = "56301", "56302", "47110"
_COMMUNITY = {"Community of Interest", "Consumers"}

# Names, in the form `words_of` gives them.
_SOCIAL = r"\b(?:clubs?|institutes?|legion|comrades|welfare|social|ex service)\b"
_SPORT = (
    r"\b(?:clubs?|fc|rfc|rufc|afc|arlfc|football|rugby|cricket|tennis|bowl\w*|golf|sports|"
    r"athletic|playing fields?|boxing|hockey|swimming|pool|yacht|sailing|rowing|climbing|"
    r"gym|leisure|skatepark)\b"
)
# County unions, supporters' trusts and leagues run no place of their own.
_NOT_A_PLACE = r"\b(?:supporters|referees|league|development association|holidays?)\b"
_COUNTY_UNION = r"\brugby (?:football )?union limited$"
_SHOP = r"\b(?:shop|shops|stores?|post office)\b"
_NOT_A_SHOP = r"\b(?:wholefoods?|food co|buyers|markets?|bookshop|coffee shop|bike)\b"


def kind_of_society(societies: pd.DataFrame) -> np.ndarray:
    """Kind of each society from its sector, industry code, ownership and name; "" if none.

    `societies` has name, Sector, SIC Code and Ownership Classification as published.
    """
    words = societies["name"].map(words_of)
    sector, industry = societies["Sector"], societies["SIC Code"]
    community = societies["Ownership Classification"].isin(_COMMUNITY)
    social = words.str.contains(_SOCIAL)
    place = ~words.str.contains(_NOT_A_PLACE) & ~words.str.contains(_COUNTY_UNION)
    sport = (sector == "Sports and Recreation") & words.str.contains(_SPORT) & place
    bar = industry.isin([_LICENSED_CLUB, _PUBLIC_HOUSE])
    member = sector.str.startswith("Membership associations", na=False)
    shop = (sector == "Retail") & community & ~words.str.contains(_NOT_A_SHOP)
    locally_owned = societies["Ownership Classification"] == "Community of Interest"
    named_shop = words.str.contains(_SHOP) | ((industry == _GENERAL_STORE) & locally_owned)
    return np.select(
        [sport, (member | bar) & social & place, (industry == _PUBLIC_HOUSE) & community,
         shop & named_shop],
        ["sports_club", "social_club", "community_pub", "community_shop"],
        "",
    )  # fmt: skip


def build(sources: Sources, output: Output) -> None:
    """Make `assets/coops`."""
    columns = ["Identifier", "Name", "Postcode", "Sector", "SIC Code", "Ownership Classification"]
    societies = sources.csv(SOURCE, columns)
    known = set(societies["Identifier"].dropna())
    sources.codes(SOURCE, societies, "Identifier", known, "a code", once=True)
    sources.filled(SOURCE, societies, ["Name"])
    societies = societies.rename(columns={"Name": "name"})
    # Letters lost before the file was published: "Caf�" can only have been one word.
    societies["name"] = societies["name"].str.replace("Caf\ufffd", "Café").str.replace("\ufffd", "")
    societies["kind"] = kind_of_society(societies)
    societies = societies[societies["kind"] != ""]
    placed = place_by_postcode(
        pd.DataFrame(
            {
                "name": societies["name"],
                "kind": societies["kind"],
                "identifier": societies["Identifier"],
                "industry_code": societies["SIC Code"],
                "ownership": societies["Ownership Classification"],
                "detail": "Registered office",
            }
        ),
        societies["Postcode"],
        output,
    )
    write_assets(placed, SOURCE, "co", output)
