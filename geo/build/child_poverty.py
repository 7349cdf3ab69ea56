"""Children in income-deprived families, Indices of Deprivation 2025."""

from __future__ import annotations

from geo.build.checks import Figure
from geo.build.output import Output
from geo.build.register import Sources

NUMERATOR = "income_deprivation_affecting_children_index_idaci_numerator"
# The publisher rounds the counts to this and withholds those under 10.
ROUNDED_TO = 5
COUNT_OR_WITHHELD = Figure(0, 100_000, words=frozenset({""}))
# The official rate is not at hand. Over residents aged 0 to 15 of 2021 the counts give nearly the
# published order of areas; a wrong column would not.
LEAST_AGREEMENT = 0.99


def build(sources: Sources, output: Output) -> None:
    """Make `child_poverty`: the count in each small area, empty where it is withheld."""
    counts = sources.csv(
        "iod2025_indicators",
        ["lsoa21_code", NUMERATOR],
        figures={NUMERATOR: COUNT_OR_WITHHELD},
    ).rename(columns={NUMERATOR: "children_income_deprived"})
    counts = counts.sort_values("lsoa21_code", ignore_index=True)
    number = counts["children_income_deprived"]
    rounded = number.isna() | (number % ROUNDED_TO == 0)
    sources.expect("iod2025_indicators", rounded.all(), "counts of children rounded to 5")

    deprivation = output.frames["deprivation"]
    children = output.frames["small_areas"].set_index("lsoa21_code")["age_0_15"]
    rate = number / counts["lsoa21_code"].map(children)
    published = counts["lsoa21_code"].map(deprivation.set_index("lsoa21_code")["idaci_rank"])
    agreement = rate.corr(-published, method="spearman")
    sources.expect(
        "iod2025_indicators",
        agreement >= LEAST_AGREEMENT,
        "counts of children that follow the published ranks of IDACI",
    )
    output.table("child_poverty", counts.astype({"children_income_deprived": "float32"}))
