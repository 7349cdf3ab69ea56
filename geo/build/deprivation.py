"""English Indices of Deprivation 2025: index, domains, sub-domains, IDACI and IDAOPI."""

from __future__ import annotations

from geo.build.checks import SCORE, SHARE, rank
from geo.build.output import Output
from geo.build.register import Sources
from geo.deprivation import decile

CODE = "LSOA code (2021)"
# Our key → how File 7 begins the headings of its score, rank and decile. Beginnings, because the
# publisher cuts long headings off.
HEADINGS = {
    "imd": "Index of Multiple Deprivation (IMD)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, Skills and Training",
    "health": "Health Deprivation and Disability",
    "crime": "Crime",
    "housing": "Barriers to Housing and Services",
    "environment": "Living Environment",
    "children_young_people": "Children and Young People Sub-domain",
    "adult_skills": "Adult Skills Sub-domain",
    "geographical_barriers": "Geographical Barriers Sub-domain",
    "wider_barriers": "Wider Barriers Sub-domain",
    "indoors": "Indoors Sub-domain",
    "outdoors": "Outdoors Sub-domain",
    "idaci": "Income Deprivation Affecting Children Index (IDACI)",
    "idaopi": "Income Deprivation Affecting Older People (IDAOPI)",
}
RANKS_ONLY = ("idaci", "idaopi")


def build(sources: Sources, output: Output) -> None:
    """Make `deprivation` from File 7 and the transport connectivity score of File 8."""
    published = sources.csv("iod2025")
    sources.expect("iod2025", CODE in published, f'a column "{CODE}"')
    columns = {CODE: "lsoa21_code"}
    for key, beginning in HEADINGS.items():
        kinds = ("rank", "decile") if key in RANKS_ONLY else ("score", "rank", "decile")
        for kind in kinds:
            start = f"{beginning} {kind.title()}"
            found = [name for name in published.columns if name.startswith(start)]
            sources.expect("iod2025", len(found) == 1, f'one column that begins "{start}"')
            columns[found[0]] = f"{key}_{kind}"
    ranked, tenth = rank(len(published)), rank(10)
    figures = {
        heading: SCORE if key.endswith("_score") else ranked if key.endswith("_rank") else tenth
        for heading, key in columns.items()
        if key != columns[CODE]
    }
    sources.figures("iod2025", published, figures)
    frame = published[list(columns)].rename(columns=columns)
    numbers = {name: "float" if name.endswith("_score") else "int32" for name in frame.columns[1:]}
    frame = frame.astype(numbers).sort_values("lsoa21_code", ignore_index=True)
    for key in HEADINGS:
        agrees = (decile(frame[f"{key}_rank"]) == frame[f"{key}_decile"]).all()
        sources.expect("iod2025", agrees, f"deciles of {key} that follow from its ranks")

    connectivity = sources.csv(
        "iod2025_indicators",
        ["lsoa21_code", "connectivity_score"],
        figures={"connectivity_score": SHARE},
    )
    frame = frame.merge(connectivity, on="lsoa21_code", how="left", validate="one_to_one")
    scored = frame["connectivity_score"].notna().all()
    sources.expect("iod2025_indicators", scored, "a score for every small area of 2021")
    same = frame["lsoa21_code"].equals(output.frames["small_areas"]["lsoa21_code"])
    sources.expect("iod2025", same, "the small areas of 2021")
    output.table("deprivation", frame)
