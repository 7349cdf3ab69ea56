"""How far a figure could move: intervals from redrawing clusters of areas.

The areas are all there are, so nothing was sampled. An interval says how much a figure depends on
which places happen to be in it. Neighbouring areas are alike, so whole clusters (councils or
neighbourhoods) are redrawn with replacement, not single areas: Cameron AC, Gelbach JB, Miller DL
(2008), Review of Economics and Statistics 90(3), 414–427. Pairs that tie two clusters together
are weighed by the product of both draws: Owen AB (2007), Annals of Applied Statistics 1(2),
386–411.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

DRAWS = 2_000
SEED = 20_251_101
LEVEL = 0.95


def draws(clusters: int, count: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """How often each cluster is drawn: shape (count, clusters), each row sums to `clusters`."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(clusters, np.full(clusters, 1 / clusters), size=count)


def interval(values: np.ndarray, level: float = LEVEL) -> tuple[float, float]:
    """The middle `level` of redrawn figures; draws in which there is no figure are left out."""
    tail = (1 - level) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail])
    return float(low), float(high)


def of_sums(
    columns: np.ndarray, cluster: np.ndarray, figure: Callable[[np.ndarray], np.ndarray]
) -> tuple[float, float, float]:
    """A figure made from sums over areas, and its interval: figure, low, high.

    columns: (areas, k) to be summed. cluster: the cluster each area belongs to. figure: from an
    array (…, k) of sums to one number each.
    """
    names, number = np.unique(cluster, return_inverse=True)
    sums = np.column_stack(
        [np.bincount(number, weights=column, minlength=len(names)) for column in columns.T]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        redrawn = figure(draws(len(names)) @ sums)
    return (float(figure(sums.sum(axis=0))), *interval(redrawn))


def of_pairs(
    differences: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[float, float, float]:
    """The mean of differences within pairs, and its interval when both ends are redrawn.

    first, second: the cluster of either end of each pair.
    """
    _, number = np.unique(np.concatenate([first, second]), return_inverse=True)
    drawn = draws(int(number.max()) + 1)
    ends = len(first)
    weight = (drawn[:, number[:ends]] * drawn[:, number[ends:]]).astype("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        redrawn = weight @ differences / weight.sum(axis=1)
    return (float(differences.mean()), *interval(redrawn))
