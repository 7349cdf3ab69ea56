"""The figures that the claims of the reports are held against, from the tables of areas."""

from __future__ import annotations

from geo import areas, evidence_figures
from geo.build.output import Output
from geo.build.register import Sources


def build(_: Sources, output: Output) -> None:
    """Make `evidence_findings`, `evidence_tenths` and `evidence_paths`."""
    frames = output.frames
    small_areas = areas.small_areas(
        frames["small_areas"],
        frames["neighbourhoods"],
        frames["councils"],
        frames["deprivation"],
        frames["community_needs"],
        {"library": frames["access/library"]},
        frames["rank_paths"],
    )
    history, councils = frames["deprivation_history"], frames["councils"]
    output.table(
        "evidence_findings",
        evidence_figures.findings_table(small_areas, frames["child_poverty"], history, councils),
    )
    output.table("evidence_tenths", evidence_figures.tenths_table(small_areas))
    output.table("evidence_paths", evidence_figures.paths_table(small_areas, history, councils))
