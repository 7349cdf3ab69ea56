"""Claims of the reports put to today's data: effect, interval, number of areas, in words.

Association, not cause, throughout. What a claim says, how it is tested and what cannot be told is
in `data/evidence.toml`; the figures are made here and nowhere written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from scipy.special import ndtri

from geo import resampling
from geo.deprivation import DOMAINS
from geo.paths import CITY_REGIONS, FELL_BACK, GAINED, rank_paths, region_of

# Community need deciles that count as stronger social infrastructure, from "not the worst tenth"
# to "the better half"; the middle one is the one quoted.
STRONGER_FROM = (2, 4, 6)
QUOTED_FROM = 4
# A pair further apart than this, in standard deviations on the average domain, is dropped.
CALIPER = 0.3
EDUCATION = {
    "education": "education and skills",
    "children_young_people": "children and young people's education",
    "adult_skills": "adult skills",
}
PERIODS = (
    ("2004 to 2010", "imd_rank_2004", "imd_rank_2010", "overall deprivation"),
    ("2010 to 2025", "employment_rank_2010", "employment_rank", "employment"),
)


@dataclass(frozen=True)
class Finding:
    """One figure with its 95% interval and the areas behind it.

    unit: "times", "share" (0 to 1) or "points" (percentage points, or of the ranking). n, others:
    areas on either side; others is 0 where there is no second side.
    """

    label: str
    figure: float
    low: float
    high: float
    unit: str
    n: int
    others: int
    words: str


@dataclass(frozen=True)
class Pairs:
    """Matched areas by their row in the frame; `left_out` had no good match.

    imbalance: mean difference, first less second, in each domain matched on, in standard
    deviations.
    """

    first: np.ndarray
    second: np.ndarray
    left_out: int
    imbalance: Mapping[str, float]


def child_income(areas: pd.DataFrame, child_poverty: pd.DataFrame) -> tuple[Finding, ...]:
    """Children in income-deprived families: doubly disadvantaged areas against others.

    areas: a frame of `geo.areas.small_areas`. Ratios of shares, each the sum of children counted
    as income-deprived over residents aged 0 to 15, areas with a withheld count left out; the
    same over matched pairs; and, free of the stand-in for children, by the published ranks.
    """
    known, poor, children, council = _children(areas, child_poverty)
    double = areas["double"].to_numpy(dtype=bool) & known
    deprived = (areas["imd_decile"] == 1).to_numpy() & known
    listed = areas["left_behind_ward17_code"].notna().to_numpy() & known
    need = areas["cni_decile"].to_numpy()
    comparisons = (
        ("Doubly disadvantaged areas against all others", double, known & ~double),
        (
            "Against areas in the same most deprived tenth with stronger social infrastructure",
            double,
            deprived & (need >= QUOTED_FROM),
        ),
        ("Areas of the 225 wards listed in 2019 against all others", listed, known & ~listed),
    )
    findings = [
        _ratio_of_shares(label, poor, children, council, these, those)
        for label, these, those in comparisons
    ]
    pairs = matched_pairs(areas, "income", QUOTED_FROM, known)
    findings.append(_shares_in_pairs(poor, children, council, pairs))
    findings.append(_by_published_ranks(areas, double, deprived & (need >= QUOTED_FROM)))
    return tuple(findings)


def _children(areas, child_poverty):
    counted = areas["code"].map(child_poverty.set_index("lsoa21_code")["children_income_deprived"])
    known = counted.notna().to_numpy()
    poor = counted.fillna(0).to_numpy(dtype="float64")
    children = areas["age_0_15"].to_numpy(dtype="float64")
    return known, poor, children, areas["ltla24_code"].to_numpy()


def _ratio_of_shares(label, poor, children, council, these, those) -> Finding:
    columns = np.column_stack([poor * these, children * these, poor * those, children * those])
    figure, low, high = resampling.of_sums(
        columns, council, lambda s: (s[..., 0] / s[..., 1]) / (s[..., 2] / s[..., 3])
    )
    here, there = (poor[mask].sum() / children[mask].sum() for mask in (these, those))
    words = (
        f"{here:.0%} of children against {there:.0%}: {figure:.2f} times "
        f"(95% interval {low:.2f} to {high:.2f})"
    )
    return Finding(label, figure, low, high, "times", int(these.sum()), int(those.sum()), words)


def _by_published_ranks(areas, these, those) -> Finding:
    worst = (areas["idaci_decile"] == 1).to_numpy()
    columns = np.column_stack([worst & these, these, worst & those, those]).astype("float64")
    figure, low, high = resampling.of_sums(
        columns,
        areas["ltla24_code"].to_numpy(),
        lambda s: 100 * (s[..., 0] / s[..., 1] - s[..., 2] / s[..., 3]),
    )
    words = (
        f"{worst[these].mean():.0%} of these areas against {worst[those].mean():.0%} are in the "
        f"worst tenth of England by the published ranks: {figure:+.1f} points "
        f"(95% interval {low:+.1f} to {high:+.1f})"
    )
    label = "The same comparison by the published ranks, without any count of children"
    return Finding(label, figure, low, high, "points", int(these.sum()), int(those.sum()), words)


def _shares_in_pairs(poor, children, council, pairs: Pairs) -> Finding:
    first, second = pairs.first, pairs.second
    rate = np.divide(poor, children, out=np.zeros_like(poor), where=children > 0)
    difference, low, high = resampling.of_pairs(
        100 * (rate[first] - rate[second]), council[first], council[second]
    )
    words = (
        f"{rate[first].mean():.0%} of children against {rate[second].mean():.0%}, on average over "
        f"{len(first):,} pairs alike on the other domains: {difference:+.1f} points "
        f"(95% interval {low:+.1f} to {high:+.1f})"
    )
    label = "Against the most alike area with stronger social infrastructure, income left out"
    others = len(np.unique(second))
    return Finding(label, difference, low, high, "points", len(first), others, words)


def matched_pairs(
    areas: pd.DataFrame, outcome: str, stronger_from: int, usable: np.ndarray | None = None
) -> Pairs:
    """Pair each doubly disadvantaged area with the most alike area of stronger infrastructure.

    Alike: nearest in the normal scores of the ranks of the domains other than `outcome`, within
    urban or rural; an area may serve several times. Stronger: community need decile at least
    `stronger_from`. Pairs further apart than CALIPER (root mean square over the domains) are
    dropped. Nearest-neighbour matching with a caliper: Rosenbaum PR, Rubin DB (1985), The American
    Statistician 39(1), 33–38.
    """
    usable = np.ones(len(areas), dtype=bool) if usable is None else usable
    domains = [domain for domain in DOMAINS if domain != outcome]
    ranks = areas[[f"{domain}_rank" for domain in domains]].to_numpy(dtype="float64")
    scores = ndtri((ranks - 0.5) / len(areas))
    double = areas["double"].to_numpy(dtype=bool) & usable
    pool = (areas["cni_decile"] >= stronger_from).to_numpy() & usable
    rural = (areas["ruc"] == "Rural").to_numpy()
    first, second = [], []
    for side in (rural, ~rural):
        ours, theirs = np.flatnonzero(double & side), np.flatnonzero(pool & side)
        if len(ours) and len(theirs):
            apart, number = cKDTree(scores[theirs]).query(scores[ours])
            close = apart / np.sqrt(len(domains)) <= CALIPER
            first.append(ours[close])
            second.append(theirs[number[close]])
    ones, twos = (
        np.concatenate([*parts, np.empty(0, dtype="int64")]).astype("int64")
        for parts in (first, second)
    )
    imbalance = (scores[ones] - scores[twos]).mean(axis=0) if len(ones) else scores[:0].sum(axis=0)
    left_out = int(double.sum()) - len(ones)
    return Pairs(ones, twos, left_out, dict(zip(domains, imbalance.tolist(), strict=True)))


def education(areas: pd.DataFrame) -> tuple[Finding, ...]:
    """Education in doubly disadvantaged areas against matched areas of stronger infrastructure.

    Two figures for each measure in EDUCATION and each of STRONGER_FROM: share of the areas in the
    worst tenth (points), and mean place in the ranking (points of 100, minus is worse).
    """
    council = areas["ltla24_code"].to_numpy()
    findings = []
    for stronger_from in STRONGER_FROM:
        pairs = matched_pairs(areas, "education", stronger_from)
        for measure, name in EDUCATION.items():
            place = 100 * areas[f"{measure}_rank"].to_numpy() / len(areas)
            worst = 100.0 * (areas[f"{measure}_decile"] == 1).to_numpy()
            for values, what, unit in (
                (worst, "in the worst tenth", "%"),
                (place, "place in the ranking, 0 worst to 100", ""),
            ):
                findings.append(
                    _difference_in_pairs(
                        f"{name.capitalize()}: {what} (against community need tenths "
                        f"{stronger_from} to 10)",
                        values,
                        council,
                        pairs,
                        unit,
                    )
                )
    return tuple(findings)


def _difference_in_pairs(label, values, council, pairs: Pairs, unit: str) -> Finding:
    first, second = pairs.first, pairs.second
    figure, low, high = resampling.of_pairs(
        values[first] - values[second], council[first], council[second]
    )
    words = (
        f"{values[first].mean():.0f}{unit} against {values[second].mean():.0f}{unit} in "
        f"{len(first):,} pairs: {figure:+.1f} points (95% interval {low:+.1f} to {high:+.1f})"
    )
    others = len(np.unique(second))
    return Finding(label, figure, low, high, "points", len(first), others, words)


def education_by_tenth(areas: pd.DataFrame, measure: str = "children_young_people") -> pd.DataFrame:
    """The whole distribution behind `education`: of each 100 areas, how many in each tenth.

    Rows tenths 1 (worst) to 10; columns double (doubly disadvantaged areas with a match) and
    matched (their matches from community need tenths QUOTED_FROM to 10).
    """
    pairs = matched_pairs(areas, "education", QUOTED_FROM)
    tenth = areas[f"{measure}_decile"].to_numpy()
    shares = {
        side: 100 * np.bincount(tenth[rows], minlength=11)[1:] / len(rows)
        for side, rows in (("double", pairs.first), ("matched", pairs.second))
    }
    return pd.DataFrame(shares, index=pd.RangeIndex(1, 11, name="tenth"))


def north(
    areas: pd.DataFrame, history: pd.DataFrame, councils: pd.DataFrame
) -> dict[str, tuple[Finding, ...]]:
    """How deprived small areas of three city regions did against England's: findings by period.

    For each region the share of its most deprived fifth at the start that did better than the
    middle of all areas in England that began alike (`geo.paths`); in England it is a half.
    areas: code, ltla24_code, msoa21_code, employment_rank; history: row for row with it.
    """
    ranks = pd.concat([history, areas[["employment_rank"]]], axis=1)
    region = areas["ltla24_code"].map(region_of(councils))
    cluster = areas["msoa21_code"].to_numpy()
    return {
        period: tuple(
            _share_better(name, (region == name).to_numpy(), cluster, paths, measure)
            for name in CITY_REGIONS
        )
        for period, start, end, measure in PERIODS
        for paths in [rank_paths(ranks[start], ranks[end]).reindex(ranks.index)]
    }


def _share_better(name, inside, cluster, paths: pd.DataFrame, measure: str) -> Finding:
    these = inside & paths["path"].notna().to_numpy()
    better = (paths["standing"] > 0.5).to_numpy() & these
    columns = np.column_stack([better, these])[inside].astype("float64")
    figure, low, high = resampling.of_sums(
        columns, cluster[inside], lambda s: s[..., 0] / s[..., 1]
    )
    gained, fell = (int((paths["path"][these] == path).sum()) for path in (GAINED, FELL_BACK))
    words = (
        f"{figure:.0%} of {int(these.sum()):,} deprived small areas did better than the middle of "
        f"those that began alike (95% interval {low:.0%} to {high:.0%}), by {measure}: "
        f"{gained:,} gained, {fell:,} fell back, the others kept pace"
    )
    return Finding(name, figure, low, high, "share", int(these.sum()), 0, words)


def verdict(finding: Finding, nothing: float) -> str:
    """Whether an interval leaves room for no difference: "more", "less" or "no clear difference".

    nothing: the figure that means no difference: 1 for times, 0.5 for a share, 0 for points.
    """
    if finding.low > nothing:
        return "more"
    return "less" if finding.high < nothing else "no clear difference"


def pairs_table(areas: pd.DataFrame, pairs: Pairs, columns: Sequence[str]) -> pd.DataFrame:
    """The pairs themselves, to look at and download: each column for the first and its match."""
    sides = [
        areas.iloc[rows][list(columns)].reset_index(drop=True).add_suffix(suffix)
        for rows, suffix in ((pairs.first, ""), (pairs.second, "_matched"))
    ]
    return pd.concat(sides, axis=1)
