"""Active GP practices in England, from the NHS list of prescribing cost centres (epraccur)."""

from __future__ import annotations

import re

from geo.build.asset_tables import place_by_postcode, write_assets
from geo.build.output import Output
from geo.build.register import Sources

SOURCE = "gp_practices"
# The file has no heading row; these are its positions, from the publisher's specification.
_CODE, _NAME, _POSTCODE, _STATUS, _SETTING = 0, 1, 9, 12, 25
_ACTIVE = "A"
_GP_PRACTICE = "4"
_CAPITALS = {"GP", "NHS", "PMS", "APMS", "UK", "II", "III", "PCC", "HC"}
_SMALL = {"and", "of", "the", "at", "in", "on"}


def title_case(name: str) -> str:
    """A name in capitals as a sign would have it: "ST JOHN'S SURGERY" → "St John's Surgery"."""
    words = re.split(r"([\s()/&.-]+)", name.lower())
    shown = [
        word.upper()
        if word.upper() in _CAPITALS
        else word
        if word in _SMALL and number
        else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    ]
    return "".join(shown)


def build(sources: Sources, output: Output) -> None:
    """Make `assets/gp_practices`."""
    wanted = {_CODE: "practice_code", _NAME: "name", _POSTCODE: "postcode"}
    listed = sources.csv(SOURCE, [*wanted, _STATUS, _SETTING], header=None)
    active = (listed[_STATUS] == _ACTIVE) & (listed[_SETTING] == _GP_PRACTICE)
    sources.expect(SOURCE, active.any(), "GP practices (setting 4) in column 26")
    # As a file with headings would be: the first row of this one is a practice already.
    told = listed.set_axis(["code", "name", "postcode", "status", "setting"], axis="columns")
    told.index -= 1
    sources.codes(SOURCE, told, "code", set(told["code"].dropna()), "a code", once=True)
    sources.filled(SOURCE, told, ["name", "status", "setting"])
    practices = listed.loc[active, list(wanted)].rename(columns=wanted)
    practices["name"] = practices["name"].map(title_case)
    placed = place_by_postcode(
        practices.drop(columns="postcode").assign(kind="gp", detail=""),
        practices["postcode"],
        output,
    )
    write_assets(placed, SOURCE, "gp", output)
