"""What a scenario does: who gains, who loses, by how much, and where people would go.

People are estimates: the residents of a small area spread equally over its distinct postcode
points. Distances are straight lines from those points to the nearest open place. Only small areas
that a change can touch are looked at, and the councils they lie in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.areas import AGE_BANDS
from geo.distance import nearest, points_of
from geo.residents import Residents
from geo.scenarios import Scenario, places_after


@dataclass(frozen=True)
class Reach:
    """How far some people are from their nearest place.

    Metres are weighted by residents; within_share and beyond_people are by the threshold, which
    itself is within. With no place at all metres are infinite.
    """

    people: float
    median_m: float
    worst_m: float
    within_share: float
    beyond_people: float


@dataclass(frozen=True)
class Effect:
    """What a scenario does. People are estimates: an area's residents over its postcode points.

    affected_postcodes: distinct postcode points whose nearest place is further or nearer.
    before, after: of the people affected; all_before, all_after: of everyone in the scope.
    pushed_beyond_people: within the threshold before and beyond it after; brought_within_people
    the other way round.
    areas: small areas with anyone affected (see `effect`); by_decile, by_age, by_double, by_ward,
    by_council: the same figures by group; alternatives: where each closure sends people;
    gains: whom each new place serves.
    """

    threshold_m: float
    affected_postcodes: int
    affected_people: float
    further_people: float
    nearer_people: float
    pushed_beyond_people: float
    brought_within_people: float
    before: Reach
    after: Reach
    all_before: Reach
    all_after: Reach
    areas: pd.DataFrame
    by_decile: pd.DataFrame
    by_age: pd.DataFrame
    by_double: pd.DataFrame
    by_ward: pd.DataFrame
    by_council: pd.DataFrame
    alternatives: pd.DataFrame
    gains: pd.DataFrame


def effect(
    scenario: Scenario,
    residents: Residents,
    places: pd.DataFrame,
    areas: pd.DataFrame,
    threshold_m: float,
    kinds: Sequence[str] | None = None,
    scope: np.ndarray | None = None,
) -> Effect:
    """Work out a scenario for one service.

    places: those open now that count as the service, one or several kinds, with asset_id, kind,
    name, easting, northing and, where known, hours_per_week. kinds: which new places count (all,
    when None). areas: the frame of `areas.small_areas`. threshold_m: the chosen walk, inclusive.
    scope: a boolean a small area for whom the totals are told; by default all small areas of the
    councils in which anyone is affected.
    """
    after_places = places_after(scenario, places, kinds)
    touched = touched_areas(residents, places, after_places)
    if scope is None:
        scope = _councils_affected(residents, places, after_places, areas, touched)
    points = _points_in_scope(residents, places, after_places, scope, threshold_m)
    affected = points[points["affected"]]
    deciles = areas["imd_decile"].to_numpy()
    return Effect(
        threshold_m=threshold_m,
        affected_postcodes=len(affected),
        affected_people=float(affected["people"].sum()),
        further_people=float(points.loc[points["after_m"] > points["before_m"], "people"].sum()),
        nearer_people=float(points.loc[points["after_m"] < points["before_m"], "people"].sum()),
        pushed_beyond_people=_people(points, points["within_before"] & ~points["within_after"]),
        brought_within_people=_people(points, ~points["within_before"] & points["within_after"]),
        before=_reach(affected, "before"),
        after=_reach(affected, "after"),
        all_before=_reach(points, "before"),
        all_after=_reach(points, "after"),
        areas=_area_table(affected, points),
        by_decile=_group_table(points, "imd_decile", pd.Series(deciles), range(1, 11)),
        by_age=_age_table(points, areas),
        by_double=_group_table(points, "double", areas["double"], (True, False)),
        by_ward=_group_table(points, "ward24_code", areas["ward24_code"]),
        by_council=_group_table(points, "ltla24_code", areas["ltla24_code"]),
        alternatives=_alternatives(points, places, after_places),
        gains=_gains(points, places, after_places),
    )


def touched_areas(residents: Residents, places: pd.DataFrame, after: pd.DataFrame) -> np.ndarray:
    """Small areas where anyone's nearest place may change, as a boolean an area.

    A point p of an area with centre c and radius r has a changed place x as its nearest only if
    |cx| − r ≤ |px| ≤ |py| ≤ |cy| + r for the unchanged place y nearest to c. All other areas are
    as they were, which spares looking at their points.
    """
    unchanged = _also_in(places, after)
    changed = np.vstack([points_of(places[~unchanged]), points_of(after[~_also_in(after, places)])])
    to_changed, _ = nearest(residents.centre, changed)
    to_unchanged, _ = nearest(residents.centre, points_of(places[unchanged]))
    # A centimetre of room for rounding; an area that is let in needlessly changes nothing.
    return np.isfinite(to_changed) & (to_changed <= to_unchanged + 2 * residents.radius_m + 0.01)


def _also_in(places: pd.DataFrame, others: pd.DataFrame) -> np.ndarray:
    """Which places are among others too, by asset_id; `Series.isin` takes fifty times as long."""
    ids, known = (frame["asset_id"].tolist() for frame in (places, others))
    return np.fromiter(map(set(known).__contains__, ids), dtype=bool, count=len(ids))


def weighted_median(
    values: np.ndarray, weights: np.ndarray, group: np.ndarray, groups: int
) -> np.ndarray:
    """The value at which half of each group's weight is reached; NaN for a group without weight."""
    order = np.lexsort((values, group))
    total = np.bincount(group, weights=weights, minlength=groups)
    reached = np.cumsum(weights[order])
    count = np.bincount(group, minlength=groups)
    end = np.cumsum(count)
    start_weight = np.concatenate([[0.0], reached])[end - count]
    # A hair less than half, so that rounding in the running sum does not skip a value.
    at = np.searchsorted(reached, start_weight + total * (0.5 - 1e-9))
    median = np.full(groups, np.nan)
    some = total > 0
    median[some] = values[order][np.minimum(at, end - 1)[some]]
    return median


def _councils_affected(residents, places, after_places, areas, touched) -> np.ndarray:
    points = residents.in_areas(touched)
    before_m, _ = nearest(residents.xy[points], points_of(places))
    after_m, _ = nearest(residents.xy[points], points_of(after_places))
    changed = residents.area[points[before_m != after_m]]
    councils = areas["ltla24_code"]
    affected = np.bincount(changed, minlength=len(areas)) > 0
    return councils.isin(councils[affected].unique()).to_numpy()


def _points_in_scope(residents, places, after_places, scope, threshold_m) -> pd.DataFrame:
    points = residents.in_areas(scope)
    area = residents.area[points].astype("int64")
    before_m, before_place = nearest(residents.xy[points], points_of(places))
    after_m, after_place = nearest(residents.xy[points], points_of(after_places))
    return pd.DataFrame(
        {
            "area": area,
            "people": residents.people[area],
            "before_m": before_m,
            "after_m": after_m,
            "before_place": before_place,
            "after_place": after_place,
            "within_before": before_m <= threshold_m,
            "within_after": after_m <= threshold_m,
            "affected": before_m != after_m,
        }
    )


def _people(points: pd.DataFrame, chosen: pd.Series) -> float:
    return float(points.loc[chosen, "people"].sum())


def _reach(points: pd.DataFrame, when: str) -> Reach:
    people = points["people"].sum()
    within = points.loc[points[f"within_{when}"], "people"].sum()
    metres = points[f"{when}_m"].to_numpy()
    group = np.zeros(len(points), dtype="int64")
    return Reach(
        people=float(people),
        median_m=float(weighted_median(metres, points["people"].to_numpy(), group, 1)[0]),
        worst_m=float(metres.max(initial=-np.inf)) if len(metres) else np.nan,
        within_share=float(within / people) if people else np.nan,
        beyond_people=float(people - within),
    )


def _sums(points: pd.DataFrame, people: np.ndarray, group: np.ndarray, groups: int) -> dict:
    def total(chosen) -> np.ndarray:
        return np.bincount(group[chosen], weights=people[chosen], minlength=groups)

    before, after = points["before_m"].to_numpy(), points["after_m"].to_numpy()
    affected = points["affected"].to_numpy()
    return {
        "people": np.bincount(group, weights=people, minlength=groups),
        "affected_people": total(affected),
        "further_people": total(after > before),
        "nearer_people": total(after < before),
        "beyond_before_people": total(~points["within_before"].to_numpy()),
        "beyond_after_people": total(~points["within_after"].to_numpy()),
        "median_before_m": weighted_median(
            before[affected], people[affected], group[affected], groups
        ),
        "median_after_m": weighted_median(
            after[affected], people[affected], group[affected], groups
        ),
    }


def _group_table(
    points: pd.DataFrame, name: str, of_area: pd.Series, labels: Sequence | None = None
) -> pd.DataFrame:
    """Sums by a property of small areas; `labels` in their order, or those found, in order."""
    values = of_area.to_numpy()[points["area"]]
    group, found = pd.factorize(values, sort=True)
    table = pd.DataFrame(_sums(points, points["people"].to_numpy(), group, len(found)))
    table.insert(0, name, found)
    if labels is None:
        return table
    table = table.set_index(name).reindex(pd.Index(list(labels), name=name))
    figures = table.columns[:-2]
    table[figures] = table[figures].fillna(0.0)
    return table.reset_index()


def _age_table(points: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Sums by age band: residents shared out by the Census ages of their small area."""
    counts = areas[list(AGE_BANDS)].to_numpy(dtype="float64")
    total = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    area, people = points["area"].to_numpy(), points["people"].to_numpy()
    group = np.zeros(len(points), dtype="int64")
    rows = [
        {"age": band} | {key: value[0] for key, value in sums.items()}
        for number, band in enumerate(AGE_BANDS)
        for sums in [_sums(points, people * shares[area, number], group, 1)]
    ]
    return pd.DataFrame(rows)


def _area_table(affected: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Small areas with anyone affected, those with most people affected first.

    Columns: area (number), the sums of `_sums` over the whole area, median_before_m and
    median_after_m of those affected, share_before and share_after (of its people within the
    threshold), and falls_outside, comes_inside: at least half within on one side only.
    """
    numbers = np.sort(affected["area"].unique())
    inside = points[points["area"].isin(numbers)]
    group = np.searchsorted(numbers, inside["area"])
    table = pd.DataFrame(_sums(inside, inside["people"].to_numpy(), group, len(numbers)))
    table.insert(0, "area", numbers)
    people = table["people"].where(table["people"] > 0)
    table["share_before"] = 1 - table["beyond_before_people"] / people
    table["share_after"] = 1 - table["beyond_after_people"] / people
    table["falls_outside"] = (table["share_before"] >= 0.5) & (table["share_after"] < 0.5)
    table["comes_inside"] = (table["share_before"] < 0.5) & (table["share_after"] >= 0.5)
    return table.sort_values(
        ["affected_people", "area"], ascending=[False, True], ignore_index=True
    )


def _moves(points: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """People and weighted median distances by the places they leave or reach."""
    group, found = pd.factorize(pd.MultiIndex.from_frame(points[keys]), sort=True)
    people = points["people"].to_numpy()
    moves = found.to_frame(index=False).set_axis(keys, axis=1)
    moves["people"] = np.bincount(group, weights=people, minlength=len(found))
    for when in ("before_m", "after_m"):
        metres = points[when].to_numpy()
        moves[f"median_{when}"] = weighted_median(metres, people, group, len(found))
    return moves


def _alternatives(
    points: pd.DataFrame, places: pd.DataFrame, after_places: pd.DataFrame
) -> pd.DataFrame:
    """Where the people nearest to each closed place would go, one row a pair of places.

    Columns: asset_id, name (closed), to_asset_id, to_name, to_hours_per_week, people, share (of
    that closure's people), median_before_m, median_after_m, apart_m (between the two places).
    """
    closed = ~_also_in(places, after_places)
    columns = ["asset_id", "name", "to_asset_id", "to_name", "to_hours_per_week", "people"]
    columns += ["share", "median_before_m", "median_after_m", "apart_m"]
    leaving = points[closed[points["before_place"]]] if len(places) else points[:0]
    if leaving.empty:
        return pd.DataFrame(columns=columns)
    moves = _moves(leaving, ["before_place", "after_place"])
    left = places.iloc[moves["before_place"]].reset_index(drop=True)
    # Position −1, no place at all, reads as a row of missing values.
    to = after_places.reset_index(drop=True).reindex(moves["after_place"]).reset_index(drop=True)
    moves["asset_id"], moves["name"] = left["asset_id"], left["name"]
    moves["to_asset_id"], moves["to_name"] = to["asset_id"], to["name"]
    moves["to_hours_per_week"] = to.get("hours_per_week", np.nan)
    moves["share"] = moves["people"] / moves.groupby("asset_id")["people"].transform("sum")
    moves["apart_m"] = np.hypot(left["easting"] - to["easting"], left["northing"] - to["northing"])
    return moves.sort_values(
        ["asset_id", "people", "to_asset_id"], ascending=[True, False, True], ignore_index=True
    )[columns]


def _gains(points: pd.DataFrame, places: pd.DataFrame, after_places: pd.DataFrame) -> pd.DataFrame:
    """Whom each new place serves: asset_id, kind, easting, northing, people, medians in metres."""
    new = ~_also_in(after_places, places)
    columns = ["asset_id", "kind", "easting", "northing", "people"]
    columns += ["median_before_m", "median_after_m"]
    moves = _moves(points[new[points["after_place"]]], ["after_place"]) if new.any() else None
    if moves is None:
        return pd.DataFrame(columns=columns)
    table = after_places[new][["asset_id", "kind", "easting", "northing"]]
    table = table.join(moves.set_index("after_place"))
    return table.fillna({"people": 0.0}).reset_index(drop=True)[columns]
