"""Access, gaps and what-ifs against their bars, beside plain numpy where a user would write it.

`python -m benchmarks.access` reads data/ and prints a table.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks._rows import Row, print_rows, seconds
from geo import access, comparators, gaps
from geo.distance import nearest, points_of
from geo.effects import effect
from geo.residents import locate_residents
from geo.scenarios import Scenario
from geo.store import Store

MILE_M = 1609.344
# A plain table of all distances is worked out for this many points, then scaled up to all.
PLAIN_POINTS = 20_000


def closing(libraries: pd.DataFrame) -> Scenario:
    """All of these libraries closed."""
    return Scenario(frozenset(libraries["asset_id"]))


def run() -> list[Row]:
    """Measure everything once; a row a figure."""
    store = Store()
    postcodes = pd.read_parquet(store.path("postcodes"), columns=["i", "easting", "northing"])
    points = access.distinct_points(postcodes)
    areas, libraries = store.small_areas, store.libraries
    open_now = libraries[libraries["kind"] == "library"].reset_index(drop=True)
    group = points["i"].to_numpy()
    origins, destinations = points_of(points), points_of(open_now)

    def plain_nearest() -> None:
        some = origins[:: len(origins) // PLAIN_POINTS]
        for part in np.array_split(some, 20):
            np.hypot(*(part[:, None] - destinations[None]).transpose(2, 0, 1)).min(axis=1)

    one_kind = seconds(lambda: access.access_to(points, open_now, group, len(areas)), 3)
    rows = [
        Row(
            f"Access for one kind, {len(points):,} points", "s", one_kind, 5,
            seconds(plain_nearest, 1) * len(points) / PLAIN_POINTS,
        ),
        Row("Nearest library from every point", "s",
            seconds(lambda: nearest(origins, destinations))),
    ]  # fmt: skip

    kinds = sorted(
        name.removeprefix("access/")
        for name in store.table_names()
        if name.startswith("access/") and "neighbourhood_" not in name
    )
    metres = pd.DataFrame({kind: store.access(kind)["median_m"] for kind in kinds}, dtype=float)

    def all_gaps() -> None:
        found = gaps.find_gaps(metres, areas["ruc21_code"])
        parts = gaps.parts_of(areas, found)
        gaps.rank_areas(parts, ["imd"], ["cni", "gap_library", "gap_gp"])
        quadrant = gaps.quadrants(parts["imd"], parts["cni"])
        gaps.council_summary(areas, found, quadrant)

    rows.append(
        Row(f"Gaps, ranking and councils, {len(metres):,} areas × {len(kinds)} kinds", "s",
            seconds(all_gaps), 0.3)
    )  # fmt: skip
    like = comparators.likeness(areas, comparators.rurality(areas["ruc21_code"]))
    rows.append(Row("Five areas like one", "s", seconds(lambda: comparators.most_alike(like, 9))))

    residents = locate_residents(points, areas["population_2022"])
    rows.append(
        Row("Spread residents over their points, once", "s",
            seconds(lambda: locate_residents(points, areas["population_2022"])))
    )  # fmt: skip
    people = areas.groupby("ltla24_code")["population_2022"].sum()
    in_council = open_now["lsoa21_code"].map(areas.set_index("code")["ltla24_code"])
    largest = people.idxmax()
    county = people.groupby(store.table("councils").set_index("ltla24_code")["utla_code"]).sum()
    counties = store.table("councils").set_index("ltla24_code")["utla_code"]
    in_county = in_council.map(counties)

    def what_if(closed: pd.DataFrame) -> float:
        scenario = closing(closed)
        return seconds(lambda: effect(scenario, residents, open_now, areas, MILE_M))

    one_each = [what_if(open_now[in_council == code][:1]) for code in people.nlargest(10).index]
    rows += [
        Row("Close one library, slowest of the ten largest councils", "s", max(one_each), 1),
        Row("Close every library of the largest council", "s",
            what_if(open_now[in_council == largest]), 1),
        Row("Close every library of the largest county", "s",
            what_if(open_now[in_county == county.idxmax()]), 3),
    ]  # fmt: skip
    return rows


def main() -> None:
    """Print the table."""
    print_rows(run())


if __name__ == "__main__":
    main()
