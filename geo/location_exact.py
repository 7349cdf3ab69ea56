"""The best set of places, proved: bounds by prices, then an integer programme on what is left.

Prices give an upper bound on any choice by Lagrangian relaxation and show which candidates no
better choice can hold (Beasley J (1993), European Journal of Operational Research 65(3),
383–399). The few that are left go to HiGHS through `scipy.optimize.milp`, in the radius
formulation (García S, Labbé M, Marín A (2011), INFORMS Journal on Computing 23(4), 546–556),
which for coverage is the classic one of Church and ReVelle.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.location_models import (
    EQUAL,
    GREEDY_SHARE,
    GREEDY_SHARE_WITH_RULE,
    Enough,
    Model,
    alike_as_one,
    best_of,
    greedy,
    improve,
    in_order_of_gain,
    never,
    row_sums,
    value,
)

PRICE_ROUNDS = 2000
# A step keeps this much of the last one's direction (Camerini P, Fratta L, Maffioli F (1975),
# Mathematical Programming Study 3, 26–34), halves after so many rounds without gain, and ends.
KEPT_DIRECTION, PATIENCE, LAST_STEP = 0.7, 20, 1e-3
# Share of the time limit for all that comes before the integer programme.
BOUND_SHARE = 0.6
# Choices met while pricing are worth swapping when near the best, and so often at most.
NEARLY, MOST_SWAPS = 0.97, 12
# Larger models stay with the bound: HiGHS would not finish within a reader's patience.
MOST_ENTRIES_FOR_HIGHS = 150_000


@dataclass(frozen=True)
class Bound:
    """What no choice can exceed, the best choice met on the way, and who may be in a better one.

    upper ≥ f(S) for every allowed S. value is f(chosen). kept: positions of the candidates that a
    set better than `chosen` could hold, and of `chosen`.
    """

    upper: float
    value: float
    chosen: np.ndarray
    kept: np.ndarray


@dataclass(frozen=True)
class Solution:
    """The places chosen, in order of gain, and how sure it is that none are better.

    value = Σ gains; upper ≥ f of any allowed choice; gap = (upper − value) / upper, 0 when proved
    best. greedy_value: what greedy alone reached; greedy_share: what it is sure to reach of the
    best. stopped: by the reader or the time limit.
    """

    chosen: np.ndarray
    gains: np.ndarray
    value: float
    upper: float
    gap: float
    greedy_value: float
    greedy_share: float
    stopped: bool
    seconds: float


def solve(model: Model, time_limit_s: float = 30.0, progress: Enough = never) -> Solution:
    """Choose the places, and prove the choice best or bound how much better another could be.

    `progress` is told the share done and the step, and may say that it is enough: then the best
    choice so far comes back with its bound. The last step, HiGHS, cannot be stopped but keeps to
    the time limit (seconds, for all steps together).
    """
    began = time.monotonic()
    stopped = False

    def enough(share: float, step: str) -> bool:
        nonlocal stopped
        stopped = stopped or progress(share, step)
        return stopped or time.monotonic() - began > BOUND_SHARE * time_limit_s

    first, gains = greedy(model)
    chosen = improve(model, first, enough)
    bound = prices(model, chosen, enough=enough)
    upper, chosen = bound.upper, bound.chosen
    left_s = time_limit_s - (time.monotonic() - began)
    unproved = upper - bound.value > EQUAL * upper
    small = model.of(bound.kept)
    if unproved and not stopped and left_s > 1 and small.benefit.nnz <= MOST_ENTRIES_FOR_HIGHS:
        progress(1.0, "exact")
        found, highs_upper = integer_programme(small, left_s)
        # A set that holds a candidate left out is no better than the best already known.
        upper = min(upper, max(highs_upper, bound.value))
        if found is not None and value(small, found) > bound.value:
            chosen = bound.kept[found]
    chosen, order_gains = in_order_of_gain(model, chosen)
    total = float(order_gains.sum())
    upper = max(upper, total)
    gap = (upper - total) / upper if upper > 0 else 0.0
    return Solution(
        chosen=chosen,
        gains=order_gains,
        value=total,
        upper=upper,
        gap=gap if gap > EQUAL else 0.0,
        greedy_value=float(gains.sum()),
        greedy_share=GREEDY_SHARE_WITH_RULE if model.at_least else GREEDY_SHARE,
        stopped=stopped or time.monotonic() - began > time_limit_s,
        seconds=time.monotonic() - began,
    )


def prices(
    model: Model, chosen: np.ndarray, rounds: int = PRICE_ROUNDS, enough: Enough = never
) -> Bound:
    """An upper bound by Lagrangian relaxation, starting from a choice already known.

    Pay each demand i a price μ_i ≥ 0. Whatever set S is chosen, max_{j∈S} b_ij ≤ μ_i +
    Σ_{j∈S} (b_ij − μ_i)⁺, hence f(S) ≤ Σ_i μ_i + Σ_{j∈S} r_j with r_j = Σ_i (b_ij − μ_i)⁺, and
    the p candidates of the largest r_j that keep to the rule bound every S. Prices move by
    subgradient steps: up where demand is served twice, down where it is not served at all. A
    candidate that cannot be swapped in without taking the bound below the best known value is
    left out.
    """
    kept = np.union1d(np.flatnonzero(np.diff(model.benefit.indptr) > 0), chosen)
    if model.favoured[kept].sum() < model.at_least:
        kept = np.arange(len(model.favoured))
    small = model.of(kept)
    best, best_value = chosen, value(model, chosen)
    price = best_of(model.benefit, chosen) / 2
    upper, upper_price, step, stalled = np.inf, price, 1.0, 0
    direction = np.zeros(len(price))
    seen: set[bytes] = set()
    for number in range(rounds):
        # The first round gives a bound, however rough: without one nothing could be said.
        if number and enough(number / rounds, "bound"):
            break
        benefit = small.benefit
        over = np.maximum(benefit.data - price[benefit.indices], 0)
        reduced = row_sums(over, benefit.indptr)
        picked = _pick(reduced, small)
        bound = price.sum() + reduced[picked].sum()
        stalled = 0 if bound < upper * (1 - 1e-6) else stalled + 1
        if bound < upper:
            upper, upper_price = bound, price
        key = np.sort(kept[picked]).tobytes()
        if key not in seen and value(small, picked) > NEARLY * best_value:
            seen.add(key)
            better = improve(small, picked, enough) if len(seen) <= MOST_SWAPS else picked
            if (found := value(small, better)) > best_value:
                best, best_value = kept[better], found
        if upper - best_value <= EQUAL * best_value:
            break
        if stalled >= PATIENCE:
            step, stalled, price = step / 2, 0, upper_price
            if step < LAST_STEP:
                break
            continue
        served = np.zeros(len(price))
        for row in picked:
            part = slice(benefit.indptr[row], benefit.indptr[row + 1])
            served[benefit.indices[part]] += over[part] > 0
        slope = np.where((price <= 0) & (served == 0), 0.0, 1.0 - served)
        direction = slope + KEPT_DIRECTION * direction
        length = (direction**2).sum()
        if length == 0:
            break
        stays = bound + reduced - _least_swapped(reduced, small, picked) > best_value
        stays[picked] = True
        stays |= np.isin(kept, best)
        price = np.maximum(price - step * (bound - best_value) / length * direction, 0)
        if stays.mean() < 0.9:
            kept, small = kept[stays], small.of(stays)
    return Bound(max(upper, best_value), best_value, best, kept)


def integer_programme(model: Model, time_limit_s: float) -> tuple[np.ndarray | None, float]:
    """The best set by HiGHS (None when it found none in time), and its upper bound.

    Let b_i1 > b_i2 > … be the distinct benefits of demand i and b_iL the least. x_j ∈ {0, 1}: j is
    chosen; z_il ∈ [0, 1]: i gains at least b_il.

        maximise  Σ_i Σ_l (b_il − b_i,l+1) z_il        with b_i,L+1 = 0
        subject to  z_il ≤ z_i,l−1 + Σ_{j: b_ij = b_il} x_j,   Σ_j x_j = p,   Σ_{favoured} x_j ≥ q
    """
    columns = model.benefit.tocsc()
    if (one_level := _single_levels(columns)) is not None:
        columns = one_level
    rows = model.benefit.shape[0]
    demand = np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))
    order = np.lexsort((-columns.data, demand))
    demand, offer, candidate = demand[order], columns.data[order], columns.indices[order]
    new_demand = np.diff(demand, prepend=-1) > 0
    new_level = new_demand | (np.diff(offer, prepend=0) != 0)
    level = np.cumsum(new_level) - 1
    levels = int(level[-1]) + 1 if len(level) else 0
    level_offer, level_demand = offer[new_level], demand[new_level]
    follows = np.flatnonzero(np.diff(level_demand, prepend=-1) == 0)
    worth = level_offer.copy()
    worth[follows - 1] -= level_offer[follows]
    each = np.arange(levels)
    served = sp.csr_matrix(
        (
            np.concatenate([np.ones(levels), -np.ones(len(follows)), -np.ones(len(level))]),
            (
                np.concatenate([each, follows, level]),
                np.concatenate([rows + each, rows + follows - 1, candidate]),
            ),
        ),
        shape=(levels, rows + levels),
    )
    ones = np.concatenate([np.ones(rows), np.zeros(levels)])
    favoured = np.concatenate([model.favoured.astype("float64"), np.zeros(levels)])
    scale = worth.sum() or 1.0
    result = milp(
        np.concatenate([np.zeros(rows), -worth / scale]),
        integrality=ones,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(served, ub=0),
            LinearConstraint(ones[None], lb=model.count, ub=model.count),
            LinearConstraint(favoured[None], lb=model.at_least),
        ],
        options={"time_limit": time_limit_s, "mip_rel_gap": EQUAL},
    )
    upper = -result.mip_dual_bound * scale if result.mip_dual_bound is not None else np.inf
    if result.x is None:
        return None, upper
    return np.flatnonzero(result.x[:rows] > 0.5), upper


def _single_levels(columns: sp.csc_matrix) -> sp.csc_matrix | None:
    """Demand with the same candidates as one, where all benefits of each demand are equal."""
    count = np.diff(columns.indptr)
    first = np.concatenate([columns.data, [0.0]])[columns.indptr[:-1]] * (count > 0)
    if not np.array_equal(columns.data, np.repeat(first, count)):
        return None
    return alike_as_one(columns, first)


def _pick(reduced: np.ndarray, model: Model) -> np.ndarray:
    """The p candidates of the largest figures with at least q favoured among them."""
    order = np.argsort(-reduced, kind="stable")
    first = order[model.favoured[order]][: model.at_least]
    left = np.ones(len(reduced), dtype=bool)
    left[first] = False
    return np.concatenate([first, order[left[order]][: model.count - len(first)]])


def _least_swapped(reduced: np.ndarray, model: Model, picked: np.ndarray) -> np.ndarray:
    """For each candidate, the smallest picked figure whose place it may take under the rule."""
    least = reduced[picked].min()
    if model.favoured[picked].sum() > model.at_least:
        return np.full(len(reduced), least)
    others = picked[~model.favoured[picked]]
    return np.where(model.favoured, least, reduced[others].min() if len(others) else np.inf)
