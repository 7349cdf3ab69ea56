"""Councils (lower-tier local authorities of 2024) and the other names they go by."""

from __future__ import annotations

import re

import pandas as pd

from geo.build.codes import read_codes
from geo.build.output import Output
from geo.build.population import sum_residents
from geo.build.register import Sources
from geo.build.settle import box_of_parts, settled_point

# What a council's name is wrapped in: "Hull City Council", "London Borough of Ealing".
_WRAPPING = {
    *("and", "authority", "boro", "borough", "city", "corporation", "council", "county"),
    *("district", "london", "mdc", "metropolitan", "of", "royal", "the", "ua"),
}


def build(sources: Sources, output: Output) -> None:
    """Make `councils` from the small areas in them and the official look-ups."""
    small_areas = output.frames["small_areas"]
    codes = read_codes(sources)
    frame = sources.csv(
        "lookup_region24", ["ltla24_code", "ltla24_name", "region24_code", "region24_name"]
    )
    sources.filled("lookup_region24", frame, ["ltla24_name", "region24_name"])
    upper = sources.csv("lookup_ltla23_utla23", ["LTLA23CD", "UTLA23CD", "UTLA23NM"])
    councils = set(frame["ltla24_code"])
    for key, codes_there in {
        "lookup_ltla23_utla23": upper["LTLA23CD"],
        "la_codes": codes["code"],
    }.items():
        sources.expect(key, councils <= set(codes_there), "a row for each council of 2024")
    sources.filled("lookup_ltla23_utla23", upper, ["UTLA23CD", "UTLA23NM"])
    current = codes.loc[codes["code"] == codes["ltla24_code"], ["ltla24_code", "ltla25_code"]]
    for part in (
        current,
        upper.set_axis(["ltla24_code", "utla_code", "utla_name"], axis="columns"),
        sum_residents(small_areas, "ltla24_code"),
        settled_point(small_areas, "ltla24_code"),
        box_of_parts(small_areas, "ltla24_code"),
    ):
        frame = frame.merge(part, on="ltla24_code", how="left", validate="one_to_one")
    frame["alternative_names"] = _alternative_names(sources, frame, codes)
    sources.expect("lookup_region24", frame.notna().all(axis=None), "the councils of 2024")

    first = ["ltla24_code", "ltla24_name", "ltla25_code", "alternative_names"]
    first += ["utla_code", "utla_name", "region24_code", "region24_name"]
    rest = [name for name in frame.columns if name not in first]
    output.table("councils", frame.sort_values("ltla24_code")[first + rest])


def _alternative_names(sources: Sources, councils: pd.DataFrame, codes: pd.DataFrame) -> list[str]:
    """Other names of each council and names of the districts it replaced, joined by ";"."""
    listed = sources.csv("la_names", ["gss-code", "official-name", "nice-name", "alt-names"])
    listed = listed.dropna(subset="gss-code").fillna("").set_index("gss-code")
    former = codes.groupby("ltla24_code")["name"].apply(list)
    regions = {_plain(name) for name in councils["region24_name"]}
    joined = []
    for code, name in zip(councils["ltla24_code"], councils["ltla24_name"], strict=True):
        official, nice, others = listed.loc[code]
        # Alternatives are parted by commas, and some names have a comma of their own.
        if "," in name:
            others = re.sub(re.escape(name), "", others, flags=re.IGNORECASE)
        seen = {_plain(name), "", *regions}
        kept = []
        for candidate in map(_unwrapped, [nice, official, *others.split(","), *former[code]]):
            if _plain(candidate) not in seen:
                seen.add(_plain(candidate))
                kept.append(candidate)
        joined.append(";".join(kept))
    return joined


def _unwrapped(name: str) -> str:
    """A name without "City Council" and the like, with capitals where it had none."""
    words = name.replace(",", " ").split()
    while words and words[0].lower() in _WRAPPING:
        words = words[1:]
    while words and words[-1].lower() in _WRAPPING:
        words = words[:-1]
    bare = " ".join(words)
    if not bare.islower():
        return bare
    return re.sub(r" (And|Upon|The|Of)\b", lambda small: small[0].lower(), bare.title())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", "and").replace("-", " ").replace(".", "").split())
