"""Deprivation and community need brought up from small areas to neighbourhoods and councils."""

from __future__ import annotations

import pandas as pd

from geo.build.output import Output
from geo.build.register import Sources
from geo.community import NEED_INDICES, double_disadvantage
from geo.deprivation import INDICES, bring_up

LEVELS = {"neighbourhood_measures": "msoa21_code", "council_measures": "ltla24_code"}


def build(sources: Sources, output: Output) -> None:
    """Make `neighbourhood_measures` and `council_measures` from the tables of small areas."""
    areas = output.frames["small_areas"]
    measures = output.frames["deprivation"].merge(
        output.frames["community_needs"], on="lsoa21_code", validate="one_to_one"
    )
    both = double_disadvantage(measures["imd_decile"], measures["cni_decile"])
    for name, code in LEVELS.items():
        by, people = areas[code], areas["population_2022"]
        frame = bring_up(measures, [*INDICES, *NEED_INDICES], people, by)
        counted = pd.DataFrame(
            {
                "double_disadvantage_areas": both.groupby(by).sum(),
                "double_disadvantage_people": people.where(both, 0).groupby(by).sum(),
            }
        )
        output.table(name, frame.join(counted).rename_axis(code).reset_index())
