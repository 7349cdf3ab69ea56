"""Choosing places so that people gain most: the model, and good answers quickly.

The model. Demand i gains b_ij ≥ 0 when its best new place is j. Choose a set S of p candidates to

    maximise  f(S) = Σ_i max_{j ∈ S} b_ij,   with at least q of S among the favoured candidates.

With b_ij = w_i for j within the threshold of i this is maximal covering (MCLP; Church R, ReVelle C
(1974), Papers of the Regional Science Association 32, 101–118). With b_ij = w_i (d0_i − d_ij)⁺,
where d0_i is the distance to the nearest place already open, it is p-median (Hakimi S (1964),
Operations Research 12(3), 450–459): the least total distance is the greatest saving.

`geo.location_exact` finds the best set and proves it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

# What greedy is sure to reach of the best. Nemhauser G, Wolsey L, Fisher M (1978), Mathematical
# Programming 14, 265–294; with the rule the allowed sets are those of a matroid: Fisher M,
# Nemhauser G, Wolsey L (1978), Mathematical Programming Study 8, 73–87.
GREEDY_SHARE = 1 - 1 / np.e
GREEDY_SHARE_WITH_RULE = 0.5
# Differences smaller than this share of the total are rounding.
EQUAL = 1e-9

# Told how far a step has got (0 to 1) and which step it is; true means that it is enough.
Enough = Callable[[float, str], bool]


def never(share: float, step: str) -> bool:
    """Go on to the end."""
    return False


class RuleCannotHold(ValueError):
    """There are fewer favoured candidates than the rule asks for."""


@dataclass(frozen=True)
class Model:
    """What may be chosen and what it is worth.

    benefit: sparse (candidates, demand), b_ij > 0. favoured: a boolean a candidate.
    count: places to choose, p. at_least: how many of them must be favoured, q.
    Raises RuleCannotHold when there are too few favoured candidates, ValueError when there are
    fewer candidates than places.
    """

    benefit: sp.csr_matrix
    favoured: np.ndarray
    count: int
    at_least: int = 0

    def __post_init__(self) -> None:
        if self.count > self.benefit.shape[0]:
            raise ValueError(f"{self.count} places, and only {self.benefit.shape[0]} candidates")
        if self.at_least > self.favoured.sum():
            raise RuleCannotHold(
                f"{self.at_least} of the places must be favoured, and only "
                f"{self.favoured.sum()} candidates are"
            )

    def of(self, rows: np.ndarray) -> Model:
        """The same choice among some of the candidates."""
        return Model(self.benefit[rows], self.favoured[rows], self.count, self.at_least)


def coverage_benefit(
    demand: np.ndarray, candidate: np.ndarray, weight: np.ndarray, candidates: int
) -> sp.csr_matrix:
    """b_ij for maximal covering from pairs within reach: positions of demand and candidates.

    `weight` is one figure a demand. Demand that the same candidates reach is counted as one:
    that changes no f(S) and leaves a far smaller model.
    """
    reach = sp.csc_matrix(
        (np.ones(len(demand)), (candidate, demand)), shape=(candidates, len(weight))
    )
    return alike_as_one(reach, weight).tocsr()


def saving_benefit(
    demand: np.ndarray,
    candidate: np.ndarray,
    saving: np.ndarray,
    shape: tuple[int, int],
) -> sp.csr_matrix:
    """b_ij for p-median: weight × metres saved by each pair; shape is (candidates, demand)."""
    some = saving > 0
    return sp.csr_matrix((saving[some], (candidate[some], demand[some])), shape=shape)


def best_of(benefit: sp.csr_matrix, chosen: np.ndarray) -> np.ndarray:
    """What each demand gains by its best chosen place."""
    if len(chosen) == 0:
        return np.zeros(benefit.shape[1])
    return benefit[chosen].max(axis=0).toarray().ravel()


def value(model: Model, chosen: np.ndarray) -> float:
    """f(S): what demand gains in all."""
    return float(best_of(model.benefit, chosen).sum())


def greedy(model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Take the candidate of most gain, again and again: positions in order, and their gains.

    A candidate's gain can only fall as others are chosen, so only those whose old figure tops the
    list are worked out anew (Minoux M (1978), Optimization Techniques, Springer, 234–243). By the
    rule, once p − q others are chosen only favoured candidates are left.
    """
    benefit, others_left = model.benefit, model.count - model.at_least
    best = np.zeros(benefit.shape[1])
    heap = [(-gain, row) for row, gain in enumerate(row_sums(benefit.data, benefit.indptr))]
    heapq.heapify(heap)
    chosen: list[int] = []
    gains: list[float] = []
    while heap and len(chosen) < model.count:
        _, row = heapq.heappop(heap)
        if not model.favoured[row] and others_left == 0:
            continue
        part = slice(benefit.indptr[row], benefit.indptr[row + 1])
        demand, offer = benefit.indices[part], benefit.data[part]
        gain = float(np.maximum(offer - best[demand], 0).sum())
        if heap and gain < -heap[0][0]:
            heapq.heappush(heap, (-gain, row))
            continue
        best[demand] = np.maximum(best[demand], offer)
        chosen.append(row)
        gains.append(gain)
        others_left -= not model.favoured[row]
    return np.array(chosen, dtype="int64"), np.array(gains)


def improve(model: Model, chosen: np.ndarray, enough: Enough = never) -> np.ndarray:
    """Swap chosen places for others, one at a time, as long as a swap gains; keeps to the rule.

    Teitz M, Bart P (1968), Operations Research 16(5), 955–961.
    """
    chosen, benefit = chosen.copy(), model.benefit
    total = value(model, chosen)
    improved = True
    while improved:
        improved = False
        for number in range(len(chosen)):
            if enough(number / len(chosen), "swaps"):
                return chosen
            rest = np.delete(chosen, number)
            best = best_of(benefit, rest)
            gain = row_sums(np.maximum(benefit.data - best[benefit.indices], 0), benefit.indptr)
            if model.favoured[rest].sum() < model.at_least:
                gain = np.where(model.favoured, gain, -1.0)
            gain[rest] = -1.0
            other = int(gain.argmax())
            if best.sum() + gain[other] > total * (1 + EQUAL):
                chosen[number], total, improved = other, best.sum() + gain[other], True
    return chosen


def in_order_of_gain(model: Model, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The chosen candidates in the order in which each adds most, and what each adds."""
    part = Model(model.benefit[chosen], model.favoured[chosen], len(chosen))
    order, gains = greedy(part)
    return chosen[order], gains


def row_sums(data: np.ndarray, indptr: np.ndarray) -> np.ndarray:
    """Sums of a sparse matrix's rows, with `data` in place of its own."""
    total = np.concatenate([[0.0], np.cumsum(data)])
    return total[indptr[1:]] - total[indptr[:-1]]


def alike_as_one(reach: sp.csc_matrix, weight: np.ndarray) -> sp.csc_matrix:
    """Columns with the same rows become one that holds the sum of their weights."""
    reach.sort_indices()
    # The sum of random 64-bit keys stands for a set of rows; two sets clash once in 10^9 models.
    keys = np.random.default_rng(0).integers(0, 2**63, reach.shape[0], dtype="uint64")
    total = np.concatenate([np.zeros(1, "uint64"), np.cumsum(keys[reach.indices], dtype="uint64")])
    marks = total[reach.indptr[1:]] - total[reach.indptr[:-1]]
    _, first, group = np.unique(marks, return_index=True, return_inverse=True)
    weights = np.bincount(group, weights=weight)
    one = reach[:, first]
    one.data = np.repeat(weights, np.diff(one.indptr))
    return one[:, (np.diff(one.indptr) > 0) & (weights > 0)]
