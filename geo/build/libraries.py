"""Public libraries, open and closed since 2010, from Arts Council England's basic dataset.

Static libraries only: mobile and prison libraries, archives and local history libraries are left
out. As the publisher counts, a library is open unless it is recorded as closed, also while it is
closed for a time.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

from geo.build.asset_tables import place_by_postcode, write_assets
from geo.build.checks import Figure
from geo.build.output import Output
from geo.build.register import Sources
from geo.venues import tidy_name

SOURCE = "libraries"
STATIC = "static library"
FIRST_CLOSURE_YEAR = 2010
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# The publisher's codes: local authority, local authority unstaffed, commissioned by it from
# another body, run by a community with its support, independent of it.
OPERATIONS = {
    "la": "council",
    "lau": "council",
    "c": "commissioned",
    "cr": "community",
    "icl": "independent",
    "closed": "closed",
    "temporary closure": "temporarily closed",
    "facility not open": "not yet open",
    "[unknown]": "unknown",
}
# Hours a week, and years: what stands there for no figure, and decades that tell no year.
_HOURS = Figure(
    0,
    168,
    words=frozenset({"", "[unknown]", "n/a closed", "not currently open", "no regular opening"}),
)
_YEAR = Figure(1500, 2100, words=frozenset({"", "[unknown]", "1960s", "1970s", "1985c"}))
FIGURES = {"hours": _HOURS, "staffed_hours": _HOURS, "closed": _YEAR, "opened": _YEAR}
RUN_BY = ("council", "commissioned", "community", "independent")
IN_2023 = "operation_2023"
BY_YEAR = {
    "operation_23": IN_2023,
    "operation_22": "operation_2022",
    "operation_21": "operation_2021",
    "operation_19": "operation_2019",
    "operation_16": "operation_2016",
}

SHARES_WITH = {
    "co_located_archives": "archives",
    "co_located_artscentre": "arts centre",
    "co_located_carehome_hostel": "care home or hostel",
    "co_located_catering_bars_pub": "café, bar or pub",
    "co_located_civic": "council services",
    "co_located_community": "community centre",
    "co_located_faithbuildings": "place of worship",
    "co_located_health": "health services",
    "co_located_hotel": "hotel",
    "co_located_industrial_business": "business premises",
    "co_located_library": "another library",
    "co_located_museum": "museum",
    "co_located_retail": "shop",
    "co_located_schools_colleges": "school or college",
    "co_located_universities_highereducation": "university",
}
OTHER_SHARER = "co_located_other_text"

COLUMNS = [
    *("reporting", "name", "postcode", "type", "statutory_23", *BY_YEAR),
    *("closed", "opened", "operating_organisation", *SHARES_WITH, OTHER_SHARER),
    *(*DAYS, "hours", "staffed_hours"),
]


def build(sources: Sources, output: Output) -> None:
    """Make `assets/libraries` and static/points/library_<who runs it>.json."""
    listed = sources.csv(SOURCE, COLUMNS)
    sources.filled(SOURCE, listed, ["reporting", "name", "postcode", "type"])
    static = listed[listed["type"].str.strip().str.casefold() == STATIC]
    sources.figures(SOURCE, static, FIGURES)
    text = static[[*BY_YEAR]].fillna("").map(lambda code: tidy_name(code).casefold())
    for column in BY_YEAR:
        sources.codes(SOURCE, text, column, ["", *OPERATIONS], f"one of {[*OPERATIONS]}")
    libraries = tidy(listed)
    placed = place_by_postcode(libraries.drop(columns="postcode"), libraries["postcode"], output)
    lost = len(libraries) - len(placed)
    sources.expect(SOURCE, lost == 0, f"English postcodes, {lost} are not")
    write_assets(placed, SOURCE, "lib", output)
    made = output.frames["assets/libraries"]
    for operation in (*RUN_BY, "unknown"):
        rows = made[(made["operation"] == operation) & (made["kind"] == "library")]
        write_points(rows, output.file(f"points/library_{operation}.json"))
    write_points(made[made["kind"] == "library_closed"], output.file("points/library_closed.json"))


def tidy(listed: pd.DataFrame) -> pd.DataFrame:
    """The static libraries of the publisher's rows, open or closed since 2010, in our words."""
    text = listed.fillna("").map(tidy_name)
    text = text[text["type"].str.casefold() == STATIC].reset_index(drop=True)
    operations = text[[*BY_YEAR]].apply(_operation).rename(columns=BY_YEAR)
    closed = operations[IN_2023] == "closed"
    years = text[["closed", "opened"]].apply(_year)
    sharers = text[[*SHARES_WITH]].apply(lambda column: column.str.casefold() == "x")
    # One library of a prison is filed among the static ones; nobody else can walk in.
    in_prison = text[OTHER_SHARER].str.casefold() == "prison"
    frame = pd.DataFrame(
        {
            "name": text["name"],
            "kind": np.select([closed, in_prison], ["library_closed", "other"], "library"),
            "postcode": text["postcode"].str.replace(r"[^\w ]", "", regex=True),
            "status": np.where(closed, "closed", "open"),
            "temporarily_closed": operations[IN_2023] == "temporarily closed",
            "operation": _who_runs_it(operations),
            "operating_organisation": text["operating_organisation"].replace("-", ""),
            "closed_year": years["closed"],
            "opened_year": years["opened"],
            "hours_per_week": _hours(text["hours"]),
            "staffed_hours": _hours(text["staffed_hours"]),
            "co_located": sharers.apply(_words, axis="columns"),
            "co_located_community": sharers["co_located_community"],
            "co_located_other": text[OTHER_SHARER].replace("[Detail not provided]", ""),
            "authority": text["reporting"],
            "statutory": text["statutory_23"].str.casefold().map({"yes": True, "no": False}),
            "type": text["type"].str.casefold(),
        }
    )
    frame["statutory"] = frame["statutory"].astype("boolean")
    frame = frame.join(text[DAYS].apply(_day)).join(operations)
    return frame[~closed | ~(frame["closed_year"] < FIRST_CLOSURE_YEAR).fillna(False)]


def detail(library) -> str:
    """What a popup says of a library below its name, a line a fact."""
    lines = []
    if library.status == "closed":
        year = library.closed_year
        lines.append("Year of closure not recorded" if pd.isna(year) else f"Closed in {year}")
    else:
        lines.append(_opening(library))
        if pd.notna(library.closed_year):
            lines.append(f"Closure in {library.closed_year} reported")
        if library.co_located:
            lines.append("Shares its building: " + ", ".join(library.co_located.split(";")))
    if library.operation_2016 == "council" and library.operation != "council":
        lines.append("Run by the council in 2016")
    return "\n".join(lines)


def write_points(libraries: pd.DataFrame, path: Path) -> None:
    """Write libraries as rows of longitude, latitude, name and detail."""
    rows = [
        [library.longitude, library.latitude, library.name, detail(library)]
        for library in libraries.itertuples(index=False)
    ]
    document = {"columns": ["lon", "lat", "name", "detail"], "rows": rows}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def _operation(codes: pd.Series) -> pd.Series:
    return codes.str.casefold().map(lambda code: OPERATIONS.get(code or "[unknown]", code))


def _who_runs_it(operations: pd.DataFrame) -> pd.Series:
    """Who runs it in 2023 or, where that year does not say, the last year before that does."""
    known = operations.where(operations.isin(RUN_BY))
    return known.bfill(axis="columns").iloc[:, 0].fillna("unknown")


def _year(column: pd.Series) -> pd.Series:
    return column.str.extract(r"^(\d{4})c?$", expand=False).astype("Int16")


def _hours(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce")


def _words(shared: pd.Series) -> str:
    return ";".join(SHARES_WITH[column] for column in shared.index[shared])


def _day(column: pd.Series) -> pd.Series:
    words = column.str.casefold().str.replace(r"\b(?:am|pm)\b", _upper, regex=True)
    words = words.replace({"[unknown]": "", "n/a closed": "closed"})
    return words.str[:1].str.upper() + words.str[1:]


def _upper(found: re.Match) -> str:
    return found[0].upper()


def _opening(library) -> str:
    if library.temporarily_closed:
        return "Closed for a time at the end of 2023"
    if pd.isna(library.hours_per_week):
        return "Opening hours not recorded"
    hours = f"{library.hours_per_week:g} hours a week"
    return f"{hours}, unstaffed" if library.staffed_hours == 0 else hours
