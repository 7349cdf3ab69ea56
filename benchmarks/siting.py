"""Siting against its bars: exact in the largest council, fifty places in all England.

`python -m benchmarks.siting` reads data/ and prints a table, with the gap to the proved bound in
hundredths of a per cent. Beside the largest council: the same coverage model as it is usually
written, one variable a postcode point, given to the same solver.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks._rows import Row, print_rows
from geo import access, siting
from geo.assets import every_place
from geo.distance import MILE_M
from geo.residents import locate_residents
from geo.store import Store

CANDIDATE_KINDS = ("library", "school", "community_hub", "hall", "family_hub", "childrens_centre")
IN_COUNCIL, IN_ENGLAND = 10, 50
WALK_M = 800.0
# Hundredths of a per cent.
GAP = 10_000


def timed(work) -> tuple[float, object]:
    """Seconds, and what it gave."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def plain_programme(case: siting.Case, count: int) -> None:
    """Church and ReVelle's model as it stands, unmerged, for everyone and without the rule."""
    weight = case.demand[siting.EVERYONE].to_numpy()
    demand, spots = len(weight), len(case.candidates)
    reach = sp.csr_matrix(
        (np.ones(len(case.pairs)), (case.pairs["demand"], case.pairs["candidate"])),
        shape=(demand, spots),
    )
    milp(
        np.concatenate([np.zeros(spots), -weight]),
        integrality=np.concatenate([np.ones(spots), np.zeros(demand)]),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(sp.hstack([reach, -sp.eye(demand)]).tocsr(), lb=0),
            LinearConstraint(np.r_[np.ones(spots), np.zeros(demand)][None], ub=count),
        ],
        options={"time_limit": 120.0},
    )


def run() -> list[Row]:
    """Measure everything once; a row a figure."""
    store = Store()
    postcodes = pd.read_parquet(store.path("postcodes"), columns=["i", "easting", "northing"])
    areas = store.small_areas
    residents = locate_residents(access.distinct_points(postcodes), areas["population_2022"])
    places = every_place(store.table, store.table_names())
    candidates = places[places["kind"].isin(CANDIDATE_KINDS)]
    libraries = places[places["kind"] == "library"]
    double = areas["double"].to_numpy()
    largest = areas.groupby("ltla24_code")["population_2022"].sum().idxmax()
    council = (areas["ltla24_code"] == largest).to_numpy()
    england = np.ones(len(areas), dtype=bool)

    def choose(region, threshold_m, objective, count, rule_share) -> siting.Answer:
        case = siting.prepare(
            residents, areas, region, candidates, libraries, double, threshold_m, objective
        )
        return siting.site(case, count, rule_share=rule_share, time_limit_s=50)

    plain_case = siting.prepare(residents, areas, council, candidates, libraries, double, WALK_M)
    plain_s, _ = timed(lambda: plain_programme(plain_case, IN_COUNCIL))
    rows = []
    for label, region, count, bar in (
        ("Largest council", council, IN_COUNCIL, 3.0),
        ("All England", england, IN_ENGLAND, 60.0),
    ):
        for words, threshold_m, objective, rule_share in (
            ("within 800 m", WALK_M, siting.COVERAGE, 0.0),
            ("within 800 m, half by rule", WALK_M, siting.COVERAGE, 0.5),
            ("within 1 mile, half by rule", MILE_M, siting.COVERAGE, 0.5),
            ("least distance, half by rule", WALK_M, siting.DISTANCE, 0.5),
        ):
            took, answer = timed(
                lambda args=(region, threshold_m, objective, count, rule_share): choose(*args)
            )
            beside = plain_s if region is council and rule_share == 0 else None
            what = f"{label}, {count} places, {words}"
            rows.append(Row(what, "s", took, bar, beside))
            rows.append(Row("  gap to the proved bound", "0.01%", GAP * answer.solution.gap, 100))
    return rows


def main() -> None:
    """Print the table."""
    print_rows(run())


if __name__ == "__main__":
    main()
