"""The 225 wards published in 2019 as "left behind", and the index that chose them."""

from __future__ import annotations

import geopandas as gpd

from geo.build.checks import SCORE, rank
from geo.build.codes import read_codes
from geo.build.outlines import read_outlines
from geo.build.output import Output
from geo.build.register import Sources

NAMES = ["ward17_code", "ward17_name", "lad19_code", "lad19_name"]
MEASURES = {
    "Community Needs Index": "cni",
    "Civic Assets": "civic_assets",
    "Connectedness": "connectedness",
    "Engaged community": "engaged",
}
FLAG = "Left Behind Area?"


def build(sources: Sources, output: Output) -> None:
    """Make `community_needs_2019` and `left_behind_wards`."""
    columns = {
        f"{publishers} {kind}": f"{ours}_{kind}"
        for publishers, ours in MEASURES.items()
        for kind in ("score", "rank")
    }
    ranked = rank(sources.register["cni2019"].rows)
    figures = {name: SCORE if name.endswith("score") else ranked for name in columns}
    index = sources.csv("cni2019", [*NAMES, *columns, FLAG], figures=figures)
    codes = read_codes(sources)
    wards = sources.codes_in("ward_points", "wdcd")
    sources.codes("cni2019", index, "ward17_code", wards, "a ward's code", once=True)
    sources.codes("cni2019", index, "lad19_code", codes["code"], "a council's code")
    sources.codes("cni2019", index, FLAG, ("TRUE", "FALSE"), "TRUE or FALSE")
    sources.filled("cni2019", index, ["ward17_name", "lad19_name"])
    index = index.rename(columns=columns).sort_values("ward17_code", ignore_index=True)
    index["left_behind"] = index.pop(FLAG) == "TRUE"
    output.table("community_needs_2019", index)

    outlines = read_outlines(sources, "left_behind_areas", "lba_code", "ward17_code")
    listed = index.loc[index["left_behind"], NAMES]
    wards = outlines.merge(listed, on="ward17_code", validate="one_to_one")
    sources.expect(
        "left_behind_areas",
        len(wards) == len(listed),
        f"an outline for each of the {len(listed)} wards flagged in the index of 2019",
    )
    current = codes.set_index("code")["ltla24_code"]
    wards["ltla24_code"] = wards["lad19_code"].map(current)
    kept = ["ward17_code", "ward17_name", "lad19_name", "ltla24_code", "geometry"]
    output.geotable("left_behind_wards", gpd.GeoDataFrame(wards[kept]))
