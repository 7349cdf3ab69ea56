"""Where the next places should go: who counts, which buildings could be used, and the answer.

`prepare` gathers the people of a region, the candidates and what is already open; `site` chooses
for one way of weighing people and one rule; `compare` shows what the rule and the weighing cost.
The choice itself is made in `geo.location_models` and `geo.location_exact`.

What it does not know: whether a building is fit, money, staff, and barriers such as a main road.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.distance import (
    count_within,
    metres_to,
    nearest,
    pairs_nearer_than,
    pairs_within,
    points_of,
)
from geo.location_exact import Solution, solve
from geo.location_models import Enough, Model, coverage_benefit, never, saving_benefit
from geo.residents import Residents

COVERAGE, DISTANCE = "coverage", "distance"
EVERYONE, YOUNG, DEPRIVED = "everyone", "young", "deprived"
DEFAULT_RULE_SHARE = 0.5
MOST_PLACES = 50
# More pairs of demand and candidate than this and demand is thinned to a grid.
MOST_PAIRS = 5_000_000
GRIDS_M = (0, 100, 200, 400, 800)


@dataclass(frozen=True)
class Case:
    """People of a region and the places that could serve them.

    points: easting, northing, area (small-area number) and open_m (metres to the nearest place
    already open, infinite where there is none) of every postcode point of the region. people: for
    each point those of `weights`, and favoured (residents where the area is favoured).
    demand: what the choice is made on, with the columns of both; a row stands for some points.
    pairs: demand, candidate (positions) and metres. candidates: asset_id, kind, name, easting,
    northing, i and favoured. grid_m: the grid demand is thinned to; 0 is none.
    """

    objective: str
    threshold_m: float
    points: pd.DataFrame
    people: pd.DataFrame
    demand: pd.DataFrame
    pairs: pd.DataFrame
    candidates: pd.DataFrame
    grid_m: int


@dataclass(frozen=True)
class Answer:
    """The places chosen, what they bring, and how sure the choice is.

    places: in order of gain, the candidates' columns and people_within (cumulative).
    curve: places (0 …), people_within, share_within, young_within, favoured_within, mean_m.
    favoured_places: how many stand where the rule wants them; at_least: how many it asks for.
    """

    places: pd.DataFrame
    curve: pd.DataFrame
    whose: str
    at_least: int
    favoured_places: int
    solution: Solution


def weights(areas: pd.DataFrame) -> pd.DataFrame:
    """What the residents of each small area count for: columns everyone, young, deprived.

    everyone: mid-2022 residents. young: those of them under 25, by the Census ages of the area.
    deprived: residents × (11 − IMD decile) / 10, so that someone in the most deprived tenth counts
    ten times as much as someone in the least deprived.
    """
    people = areas["population_2022"].astype("float64")
    ages = areas.filter(regex="^age_").astype("float64")
    total = ages.sum(axis=1)
    young = (areas["age_0_15"] + areas["age_16_24"]) / total.where(total > 0)
    return pd.DataFrame(
        {
            EVERYONE: people,
            YOUNG: people * young.fillna(0.0),
            DEPRIVED: people * (11 - areas["imd_decile"]) / 10,
        }
    )


def centre_candidates(areas: pd.DataFrame, residents: Residents) -> pd.DataFrame:
    """The middle of each small area's postcodes as a candidate: the columns `prepare` takes."""
    middle = residents.centre.round().astype("int64")
    return pd.DataFrame(
        {
            "asset_id": areas["code"].to_numpy(),
            "kind": "area_centre",
            "name": areas["name"].to_numpy(),
            "easting": middle[:, 0],
            "northing": middle[:, 1],
            "i": np.arange(len(areas)),
        }
    )


def prepare(
    residents: Residents,
    areas: pd.DataFrame,
    region: np.ndarray,
    candidates: pd.DataFrame,
    open_places: pd.DataFrame,
    favoured: np.ndarray,
    threshold_m: float,
    objective: str = COVERAGE,
) -> Case:
    """Gather a case. `region` and `favoured` are booleans a small area.

    candidates: asset_id, kind, name, easting, northing, i (small-area number); those outside the
    region, and all but the first at one grid reference, are left out. open_places: easting and
    northing of what is open now, also outside the region. For COVERAGE people are at their
    postcode points, thinned to a grid where those would be too many; for DISTANCE at the middle
    of their small area. Raises ValueError when no candidate lies in the region, and for DISTANCE
    over a very large region with nothing open.
    """
    inside = candidates[region[candidates["i"].to_numpy()]]
    inside = inside.drop_duplicates(["easting", "northing"]).reset_index(drop=True)
    if inside.empty:
        raise ValueError("no candidate lies in the area")
    inside = inside.assign(favoured=favoured[inside["i"].to_numpy()])
    where = residents.in_areas(region)
    area = residents.area[where].astype("int64")
    xy = residents.xy[where].astype("float64")
    open_xy, spots = points_of(open_places), points_of(inside)
    per_area = weights(areas)
    count = np.bincount(area, minlength=len(areas))
    points = _demand(xy, area, open_xy)
    people = (per_area.div(np.maximum(count, 1), axis=0)).iloc[area].reset_index(drop=True)
    people["favoured"] = np.where(favoured[area], people[EVERYONE], 0.0)
    if objective == COVERAGE:
        demand, grid_m = _thinned(points, people, open_xy, spots, threshold_m)
        # People who have a place within the walk already have nothing to gain.
        far = np.flatnonzero(demand["open_m"] > threshold_m)
        origin, spot, metres = pairs_within(points_of(demand)[far], spots, threshold_m)
        origin = far[origin]
    else:
        numbers, grid_m = np.flatnonzero(region & (count > 0)), 0
        demand = _demand(residents.centre[numbers], numbers, open_xy)
        demand = demand.join(per_area.iloc[numbers].reset_index(drop=True))
        if open_xy.size == 0 and len(demand) * len(spots) > MOST_PAIRS:
            raise ValueError("too large an area to start from nothing: choose a smaller one")
        origin, spot, metres = pairs_nearer_than(
            points_of(demand), spots, demand["open_m"].to_numpy()
        )
    pairs = pd.DataFrame({"demand": origin, "candidate": spot, "metres": metres})
    return Case(objective, threshold_m, points, people, demand, pairs, inside, grid_m)


def site(
    case: Case,
    count: int,
    whose: str = EVERYONE,
    rule_share: float = 0.0,
    time_limit_s: float = 30.0,
    progress: Enough = never,
) -> Answer:
    """Choose `count` places for the people that `whose` counts, a column of `weights`.

    rule_share: the least share of them that must stand in favoured areas (rounded up). Raises
    `location_models.RuleCannotHold` when there are too few such candidates. With fewer candidates
    than places all are taken.
    """
    count = min(count, len(case.candidates))
    at_least = math.ceil(rule_share * count - 1e-9)
    weight = case.demand[whose].to_numpy()
    demand, candidate = case.pairs["demand"].to_numpy(), case.pairs["candidate"].to_numpy()
    shape = (len(case.candidates), len(case.demand))
    if case.objective == COVERAGE:
        benefit = coverage_benefit(demand, candidate, weight, shape[0])
    else:
        saved = _base_m(case)[demand] - case.pairs["metres"].to_numpy()
        benefit = saving_benefit(demand, candidate, weight[demand] * saved, shape)
    model = Model(benefit, case.candidates["favoured"].to_numpy(), count, at_least)
    solution = solve(model, time_limit_s, progress)
    places = case.candidates.iloc[solution.chosen].reset_index(drop=True)
    curve = curve_of(case, places)
    places["people_within"] = curve["people_within"].to_numpy()[1:]
    return Answer(places, curve, whose, at_least, int(places["favoured"].sum()), solution)


def compare(
    case: Case,
    count: int,
    whose: str = EVERYONE,
    rule_share: float = DEFAULT_RULE_SHARE,
    time_limit_s: float = 30.0,
    progress: Enough = never,
) -> dict[str, Answer]:
    """The same number of places three ways: "chosen", "without_rule", "everyone_equally".

    Where two ways are one (no rule, or everyone counts anyway) the answer is the same object. Ways
    that are not begun when `progress` says that it is enough are left out.
    """
    answers = {"chosen": site(case, count, whose, rule_share, time_limit_s, progress)}
    before = "chosen"
    for way, weighed, differs in (
        ("without_rule", whose, rule_share > 0),
        ("everyone_equally", EVERYONE, whose != EVERYONE),
    ):
        if not differs:
            answers[way] = answers[before]
        elif progress(1.0, "next"):
            break
        else:
            answers[way] = site(case, count, weighed, 0.0, time_limit_s, progress)
        before = way
    return answers


def comparison(answers: dict[str, Answer]) -> pd.DataFrame:
    """The answers of `compare` side by side, a row a way.

    Columns: way, favoured_places, people_within, young_within, favoured_within, mean_m, gained
    (people within the walk who were not before) and more_than_chosen (people_within against the
    row "chosen": what the rule or the weighing costs in people within the walk).
    """
    rows = []
    for way, answer in answers.items():
        before, after = answer.curve.iloc[0], answer.curve.iloc[-1]
        within = ["people_within", "young_within", "favoured_within", "mean_m"]
        rows.append(
            {"way": way, "favoured_places": answer.favoured_places}
            | {name: after[name] for name in within}
            | {
                "gained": after["people_within"] - before["people_within"],
                "more_than_chosen": after["people_within"]
                - answers["chosen"].curve["people_within"].iloc[-1],
            }
        )
    return pd.DataFrame(rows)


def curve_of(case: Case, places: pd.DataFrame) -> pd.DataFrame:
    """Who is within the walk with the first 0, 1, 2 … of the places, from every postcode point.

    Columns: places, people_within, share_within, young_within, favoured_within (residents of
    favoured areas), mean_m (metres to the nearest place, by residents; infinite with none).
    """
    xy, metres = points_of(case.points), case.points["open_m"].to_numpy().copy()
    people = case.people.to_numpy()
    everyone = people[:, case.people.columns.get_loc(EVERYONE)]
    total = everyone.sum()
    inside = metres <= case.threshold_m
    within = people[inside].sum(axis=0)
    rows = [(*within, metres @ everyone)]
    for spot in points_of(places):
        away = metres_to(xy, spot)
        nearer = away < metres
        metres[nearer] = away[nearer]
        new = np.flatnonzero(nearer & ~inside & (away <= case.threshold_m))
        inside[new] = True
        within = within + people[new].sum(axis=0)
        rows.append((*within, metres @ everyone))
    curve = pd.DataFrame(rows, columns=[*(f"{name}_within" for name in case.people), "metres"])
    curve = curve.rename(columns={f"{EVERYONE}_within": "people_within"})
    curve.insert(0, "places", range(len(curve)))
    curve.insert(2, "share_within", curve["people_within"] / total if total else math.nan)
    curve["mean_m"] = curve.pop("metres") / total if total else math.nan
    return curve.drop(columns=f"{DEPRIVED}_within")


def policy_share(places: pd.DataFrame, areas: pd.DataFrame, favoured: np.ndarray) -> pd.DataFrame:
    """Do places stand where need is greatest? One row a kind, and "all" for them together.

    `places` has kind and i; `favoured` marks small areas, such as the doubly disadvantaged.
    Columns: kind, places, favoured_places, share_of_places, share_of_people, share_of_young
    (under 25): the favoured areas' share of each, 0 to 1.
    """
    people = weights(areas)
    inside = favoured[places["i"].to_numpy()]
    counted = pd.DataFrame({"kind": places["kind"].to_numpy(), "places": 1, "inside": inside})
    table = counted.groupby("kind", sort=True).sum()
    table.loc["all"] = table.sum()
    table["share_of_places"] = table["inside"] / table["places"].where(table["places"] > 0)
    for name in (EVERYONE, YOUNG):
        column = "share_of_people" if name == EVERYONE else "share_of_young"
        table[column] = people.loc[favoured, name].sum() / people[name].sum()
    return table.rename(columns={"inside": "favoured_places"}).rename_axis("kind").reset_index()


def _demand(xy: np.ndarray, area: np.ndarray, open_xy: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "easting": xy[:, 0],
            "northing": xy[:, 1],
            "area": area,
            "open_m": nearest(xy, open_xy)[0],
        }
    )


def _thinned(
    points: pd.DataFrame,
    people: pd.DataFrame,
    open_xy: np.ndarray,
    spots: np.ndarray,
    threshold_m: float,
) -> tuple[pd.DataFrame, int]:
    """Demand on the finest grid that keeps the pairs in hand, and that grid in metres.

    The points of one small area in one square become their middle and the sum of their people.
    """
    whole = points.join(people)
    for grid_m in GRIDS_M:
        demand = whole
        if grid_m:
            square = [whole["area"], whole["easting"] // grid_m, whole["northing"] // grid_m]
            grouped = whole.groupby(square, sort=True)
            middle = grouped[["easting", "northing"]].mean().to_numpy()
            area = grouped["area"].first().to_numpy()
            sums = grouped[list(people.columns)].sum().reset_index(drop=True)
            demand = _demand(middle, area, open_xy).join(sums)
        far = demand["open_m"] > threshold_m
        if count_within(points_of(demand[far]), spots, threshold_m) <= MOST_PAIRS:
            break
    return demand, grid_m


def _base_m(case: Case) -> np.ndarray:
    """Metres from which saving counts: to the open place or, with none, the furthest candidate."""
    base = case.demand["open_m"].to_numpy()
    furthest = case.pairs.groupby("demand")["metres"].max().reindex(range(len(base)))
    return np.where(np.isfinite(base), base, furthest.fillna(0).to_numpy())
