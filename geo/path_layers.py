"""The layer of rank paths: which deprived areas gained on areas that began alike since 2004."""

from __future__ import annotations

from geo.layer import Layer

# In the order of `areas.PATH_CLASSES`. Blue and orange stay apart for every kind of colour sight.
_COLOURS = ("#0B6FA4", "#B9C2C9", "#C8560A", "#ECECE8")
_BREAKS = (0, 1, 2)
_SOURCES = ("iod2004", "iod2025", "lookup_lsoa01", "lookup_lsoa11")
_AMONG = (
    "Index of Multiple Deprivation 2004 to 2025; each area against all in England that began in "
    "the same twentieth"
)

PATH_LAYER = Layer(
    key="path",
    label="Gained or fell back since 2004 (deprived areas)",
    short="Since 2004",
    kind="steps",
    columns=("path",),
    unit="path in the ranking",
    direction=_AMONG,
    sources=_SOURCES,
    colours=_COLOURS,
    labels=(
        "gained on areas that began alike",
        "kept pace with areas that began alike",
        "fell back against areas that began alike",
        "not in the most deprived fifth in 2004",
    ),
    breaks=_BREAKS,
    neighbourhood=Layer(
        key="path",
        label="Gained or fell back since 2004: small areas in each neighbourhood",
        short="Since 2004",
        kind="steps",
        columns=("path",),
        unit="small areas that gained less those that fell back",
        direction=_AMONG,
        sources=_SOURCES,
        colours=_COLOURS,
        labels=(
            "more of its small areas gained than fell back",
            "as many gained as fell back, or all kept pace",
            "more of its small areas fell back than gained",
            "none was in the most deprived fifth in 2004",
        ),
        breaks=_BREAKS,
    ),
)
