"""Codes of councils: any code since 2011 brought to the one of 2024, which the tables use.

Barnsley and Sheffield have other codes since 2025 than the Indices of Deprivation 2025 and the
boundaries of 2021 give them.
"""

from __future__ import annotations

import pandas as pd

from geo.build.register import Sources

OTHER_IN_2024 = {"E08000038": "E08000016", "E08000039": "E08000019"}


def read_codes(sources: Sources) -> pd.DataFrame:
    """English district codes since 2011: code, name, ltla25_code (current), ltla24_code."""
    frame = sources.csv("la_codes", ["LADCD", "LADNM", "LADCD_ACTIVE"])
    known = "a code that has a row of its own"
    sources.codes("la_codes", frame, "LADCD_ACTIVE", set(frame["LADCD"]), known)
    sources.codes("la_codes", frame, "LADCD", set(frame["LADCD"].dropna()), "a code", once=True)
    sources.filled("la_codes", frame, ["LADNM"])
    frame = frame[frame["LADCD"].str.startswith("E")].set_axis(
        ["code", "name", "ltla25_code"], axis="columns"
    )
    return frame.assign(ltla24_code=frame["ltla25_code"].replace(OTHER_IN_2024))
