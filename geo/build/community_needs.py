"""Community Needs Index 2023 with its three domains."""

from __future__ import annotations

from geo.build.checks import SCORE, rank
from geo.build.output import Output
from geo.build.register import Sources
from geo.deprivation import decile

HEADINGS = {
    "cni": "Community Needs Index 2023",
    "civic_assets": "Civic Assets Domain",
    "connectedness": "Connectedness Domain",
    "engaged": "Active and Engaged Community Domain",
}


def build(sources: Sources, output: Output) -> None:
    """Make `community_needs`: score, rank and decile, 1 the greatest need.

    The file's "Left Behind Area?" is left out: its compilers made it, and it is no published list.
    """
    columns = {
        f"{heading} {kind.title()}": f"{key}_{kind}"
        for key, heading in HEADINGS.items()
        for kind in ("score", "rank")
    }
    ranked = rank(sources.register["cni2023"].rows)
    figures = {name: SCORE if name.endswith("Score") else ranked for name in columns}
    frame = sources.csv("cni2023", ["lsoa21_code", *columns], figures=figures)
    frame = frame.rename(columns=columns)
    for key in HEADINGS:
        place = frame.columns.get_loc(f"{key}_rank") + 1
        frame.insert(place, f"{key}_decile", decile(frame[f"{key}_rank"]))
    frame = frame.sort_values("lsoa21_code", ignore_index=True)
    same = frame["lsoa21_code"].equals(output.frames["small_areas"]["lsoa21_code"])
    sources.expect("cni2023", same, "the small areas of 2021")
    output.table("community_needs", frame)
