"""Which deprived areas gained on areas that began alike, and which fell back, 2004 to 2025."""

from __future__ import annotations

import pandas as pd

from geo.build.output import Output
from geo.build.register import Sources
from geo.paths import FELL_BACK, GAINED, KEPT_PACE, rank_paths

START = "imd_rank_2004"


def build(_: Sources, output: Output) -> None:
    """Make `rank_paths` of small areas and, counted, `neighbourhood_paths`.

    An area outside the most deprived fifth in 2004 has an empty path; one without a rank has none.
    """
    history, today = output.frames["deprivation_history"], output.frames["deprivation"]
    areas = output.frames["small_areas"]
    made = rank_paths(history[START], today["imd_rank"])
    paths = made["path"].fillna("").reindex(history.index)
    output.table(
        "rank_paths",
        pd.DataFrame(
            {
                "lsoa21_code": history["lsoa21_code"],
                "standing": made["standing"].reindex(history.index).astype("float32"),
                "path": paths,
            }
        ),
    )
    counted = {
        path.replace("-", "_"): (paths == path).groupby(areas["msoa21_code"]).sum().astype("int16")
        for path in (GAINED, KEPT_PACE, FELL_BACK)
    }
    output.table("neighbourhood_paths", pd.DataFrame(counted).reset_index())
