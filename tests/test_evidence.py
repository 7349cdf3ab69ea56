"""The evidence page: each figure again by another route, and the reports' words whole."""

from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cdist

from geo import claims, evidence, paths, recommendations, resampling

DATA_DIR = Path(__file__).parents[1] / "data"
OTHERS = {
    "education": ["income", "employment", "health", "crime", "housing", "environment"],
    "income": ["employment", "education", "health", "crime", "housing", "environment"],
}


@pytest.fixture(scope="module")
def words():
    return evidence.load_evidence(DATA_DIR / "evidence.toml")


@pytest.fixture(scope="module")
def raw(store):
    """The tables joined anew, without the frames that the functions under test are given."""
    frame = store.table("small_areas")
    for name in ("deprivation", "community_needs", "deprivation_history", "child_poverty"):
        frame = frame.merge(store.table(name), on="lsoa21_code", validate="1:1")
    double = (frame["imd_rank"] <= 3375.5) & (frame["cni_rank"] <= 3375.5)
    return frame.assign(double=double)


@pytest.fixture(scope="module")
def child_findings(store):
    return claims.child_income(store.small_areas, store.table("child_poverty"))


@pytest.fixture(scope="module")
def education_findings(store):
    return {row.label: row for row in claims.education(store.small_areas)}


# ---- The reports' own words


def test_every_stage_has_an_order_and_a_number(words):
    for stage in evidence.STAGES:
        first = evidence.statements_on(words, stage)[0]
        assert first.by == "everyone"
        assert first.order
        assert first.n in (109, 120)


def test_numbers_of_the_review(words):
    def numbers(stage, by):
        return [row.n for row in evidence.statements_on(words, stage, by)]

    assert numbers("context", "participant") == [16, 39, 65]
    assert numbers("context", "model") == [29, 15, 15, 43, 18]
    assert sum(numbers("context", "participant")) == sum(numbers("context", "model")) == 120
    named = "outcomes people name themselves"
    assert numbers(named, "participant") == [19, 34, 56]
    assert numbers(named, "theme") == [29, 36, 44]
    assert sum(numbers(named, "participant")) == sum(numbers(named, "theme")) == 109
    assert numbers(named, "model") == [30, 20, 12, 56]


def test_statements_have_no_percentages(words):
    assert not any("%" in evidence.in_words(row) for row in words.statements)
    assert evidence.in_words(words.statements[0]) == (
        "All who were asked (N = 120). Most named: being made to feel welcome; then having one's "
        "needs assessed; being encouraged to take up opportunities."
    )


def test_each_claim_and_recommendation_has_its_function(words):
    for row in words.recommendations:
        assert callable(getattr(recommendations, row.key.replace("-", "_")))
    assert [row.key for row in words.claims] == ["child-income", "education", "north"]
    for row in words.claims:
        assert callable(getattr(claims, row.key.replace("-", "_")))
        assert row.cannot
    assert dict(words.claims[2].published) == {
        "Greater Liverpool": 68,
        "Greater Leeds": 59,
        "Tees Valley": 56,
    }
    assert {row.key for row in words.paths} == {paths.GAINED, paths.KEPT_PACE, paths.FELL_BACK}
    assert len(words.recommendations) == 5
    assert words.unanswered


def test_a_broken_evidence_file_is_refused(tmp_path):
    text = (DATA_DIR / "evidence.toml").read_text(encoding="utf-8")
    broken = tmp_path / "evidence.toml"
    broken.write_text(text.replace('stage = "mechanism"', 'stage = "magic"', 1), encoding="utf-8")
    with pytest.raises(evidence.EvidenceError, match="statement 10: unknown stage"):
        evidence.load_evidence(broken)


# ---- Children in income-deprived families


def test_child_poverty_is_as_published(store):
    counts = store.table("child_poverty")["children_income_deprived"]
    assert counts.isna().sum() == 815
    assert counts.sum() == 3_869_075
    assert ((counts.dropna() % 5 == 0) & (counts.dropna() >= 10)).all()


def test_doubly_disadvantaged_children_by_hand(raw, child_findings):
    known = raw.dropna(subset="children_income_deprived")

    def share(rows):
        return rows["children_income_deprived"].sum() / rows["age_0_15"].sum()

    double, others = known[known["double"]], known[~known["double"]]
    first = child_findings[0]
    assert first.figure == pytest.approx(share(double) / share(others))
    assert (first.n, first.others) == (len(double), len(others)) == (1262, 31678)
    stronger = known.query("imd_decile == 1 and cni_decile >= 4")
    assert child_findings[1].figure == pytest.approx(share(double) / share(stronger))
    assert child_findings[1].others == len(stronger) == 1080
    wards = known["left_behind_ward17_code"].notna()
    assert child_findings[2].figure == pytest.approx(share(known[wards]) / share(known[~wards]))
    ranks = [(rows["idaci_rank"] <= 3375.5).mean() for rows in (double, stronger)]
    assert child_findings[4].figure == pytest.approx(100 * (ranks[0] - ranks[1]))


def test_what_is_said_about_the_claim_still_holds(child_findings):
    """Twice as likely against everyone; no more likely than in equally deprived areas."""
    assert child_findings[0].figure == pytest.approx(2.01, abs=0.005)
    assert claims.verdict(child_findings[0], 1) == "more"
    for row, nothing in zip(child_findings[1:5:2], (1, 0), strict=True):
        assert claims.verdict(row, nothing) == "no clear difference"
    assert claims.verdict(child_findings[4], 0) == "no clear difference"


def test_interval_of_the_ratio_by_redrawing_councils_one_at_a_time(raw, child_findings):
    known = raw.dropna(subset="children_income_deprived")
    columns = pd.DataFrame(
        {
            f"{name}_{side}": known[name].where(mask, 0)
            for side, mask in (("in", known["double"]), ("out", ~known["double"]))
            for name in ("children_income_deprived", "age_0_15")
        }
    )
    sums = columns.groupby(known["ltla24_code"]).sum().to_numpy()
    generator = np.random.default_rng(7)
    ratios = []
    for _ in range(2_000):
        a, b, c, d = sums[generator.integers(len(sums), size=len(sums))].sum(axis=0)
        ratios.append(a / b / (c / d))
    low, high = np.percentile(ratios, [2.5, 97.5])
    assert child_findings[0].low == pytest.approx(low, abs=0.015)
    assert child_findings[0].high == pytest.approx(high, abs=0.015)


# ---- Matched pairs


def brute_force_pairs(raw, outcome, stronger_from):
    """Nearest neighbours from the full table of distances, with the standard library's normal."""
    normal = NormalDist()
    scores = np.array(
        [
            [normal.inv_cdf((rank - 0.5) / len(raw)) for rank in raw[f"{domain}_rank"]]
            for domain in OTHERS[outcome]
        ]
    ).T
    pairs = {}
    for rural in ("Rural", "Urban"):
        here = (raw["ruc"] == rural).to_numpy()
        known = raw["children_income_deprived"].notna() | (outcome != "income")
        ours = np.flatnonzero(here & raw["double"] & known)
        theirs = np.flatnonzero(here & (raw["cni_decile"] >= stronger_from) & known)
        for part in np.array_split(ours, 20):
            apart = cdist(scores[part], scores[theirs])
            for row, nearest, metres in zip(
                part, theirs[apart.argmin(axis=1)], apart.min(axis=1), strict=True
            ):
                if metres / np.sqrt(6) <= 0.3:
                    pairs[row] = nearest
    return pairs


@pytest.mark.parametrize(("outcome", "stronger_from"), [("education", 4), ("income", 4)])
def test_pairs_are_the_nearest_there_are(raw, store, outcome, stronger_from):
    expected = brute_force_pairs(raw, outcome, stronger_from)
    usable = raw["children_income_deprived"].notna().to_numpy() if outcome == "income" else None
    pairs = claims.matched_pairs(store.small_areas, outcome, stronger_from, usable)
    assert dict(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == expected
    assert pairs.left_out == 1262 - len(expected)
    assert max(abs(value) for value in pairs.imbalance.values()) < 0.1


def test_education_by_hand(raw, education_findings, store):
    pairs = brute_force_pairs(raw, "education", 4)
    ours, theirs = raw.iloc[list(pairs)], raw.iloc[list(pairs.values())]
    worst = [(rows["children_young_people_rank"] <= 3375.5).mean() for rows in (ours, theirs)]
    label = (
        "Children and young people's education: in the worst tenth (against community need tenths "
        "4 to 10)"
    )
    row = education_findings[label]
    assert row.figure == pytest.approx(100 * (worst[0] - worst[1]))
    assert (row.n, row.others) == (len(pairs), len(set(pairs.values())))
    assert f"{worst[0]:.0%} against {worst[1]:.0%}" in row.words
    by_tenth = claims.education_by_tenth(store.small_areas)
    assert by_tenth.sum().tolist() == pytest.approx([100, 100])
    assert by_tenth.loc[1].tolist() == pytest.approx([100 * share for share in worst])


def test_what_is_said_about_education_still_holds(education_findings):
    """Worse on every measure, and the more so the stronger the infrastructure compared with."""
    assert len(education_findings) == 18
    for label, row in education_findings.items():
        assert claims.verdict(row, 0) == ("more" if "worst tenth" in label else "less")
    for name in claims.EDUCATION.values():
        gaps = [
            row.figure
            for label, row in education_findings.items()
            if label.startswith(f"{name.capitalize()}: in the worst")
        ]
        assert gaps == sorted(gaps)


# ---- The north


def test_paths_by_hand(raw, store):
    made = paths.rank_paths(raw["employment_rank_2010"], raw["employment_rank"])
    known = raw[["employment_rank_2010", "employment_rank"]].dropna()
    assert len(made) == len(known) == 33_750
    place = {
        "start": known["employment_rank_2010"].rank().sub(0.5).div(len(known)),
        "end": known["employment_rank"].rank().sub(0.5).div(len(known)),
    }
    sample = made[made["path"].notna()].sample(40, random_state=1).index
    twentieth = np.ceil(place["start"] * 20)
    change = place["end"] - place["start"]
    for area in sample:
        alike = change[twentieth == twentieth[area]]
        standing = ((alike < change[area]).sum() + (alike == change[area]).sum() / 2) / len(alike)
        assert made.at[area, "standing"] == pytest.approx(standing)
        expected = "gained" if standing > 0.75 else "fell-back" if standing <= 0.25 else "kept-pace"
        assert made.at[area, "path"] == expected
    assert (made["path"].notna() == (place["start"] <= 0.2)).all()


def test_half_of_england_does_better_by_construction(raw):
    for start, end in (
        ("imd_rank_2004", "imd_rank_2010"),
        ("employment_rank_2010", "employment_rank"),
    ):
        made = paths.rank_paths(raw[start], raw[end])
        deprived = made[made["path"].notna()]
        assert (deprived["standing"] > 0.5).mean() == pytest.approx(0.5, abs=0.002)
        assert (deprived["path"] == "gained").mean() == pytest.approx(0.25, abs=0.002)


def test_the_north_by_hand(raw, store):
    found = claims.north(
        store.small_areas, store.table("deprivation_history"), store.table("councils")
    )
    names = store.table("councils").set_index("ltla24_code")["ltla24_name"]
    council = raw["ltla24_code"].map(names)
    for period, start, end in (
        ("2004 to 2010", "imd_rank_2004", "imd_rank_2010"),
        ("2010 to 2025", "employment_rank_2010", "employment_rank"),
    ):
        known = raw[[start, end]].dropna()
        before = (known[start].rank() - 0.5) / len(known)
        gain = (known[end].rank() - 0.5) / len(known) - before
        middle = gain.groupby(np.ceil(before * 20)).transform("median")
        for finding in found[period]:
            inside = council.isin(paths.CITY_REGIONS[finding.label])[known.index] & (before <= 0.2)
            better = (gain > middle)[inside].mean()
            assert finding.figure == pytest.approx(better, abs=0.5 / inside.sum())
            assert finding.n == inside.sum()
            # Areas alone would give a narrower interval than whole neighbourhoods do.
            alone = 1.96 * np.sqrt(better * (1 - better) / inside.sum())
            assert alone < (finding.high - finding.low) / 2 < 2 * alone


def test_what_is_said_about_the_north_still_holds(store):
    found = claims.north(
        store.small_areas, store.table("deprivation_history"), store.table("councils")
    )
    shares = {period: [round(100 * row.figure) for row in rows] for period, rows in found.items()}
    assert shares == {"2004 to 2010": [63, 51, 49], "2010 to 2025": [57, 38, 29]}
    verdicts = {
        period: [claims.verdict(row, 0.5) for row in rows] for period, rows in found.items()
    }
    unclear = "no clear difference"
    assert verdicts == {
        "2004 to 2010": ["more", unclear, unclear],
        "2010 to 2025": ["more", "less", "less"],
    }


def test_a_path_in_words():
    assert paths.in_words(0.05, 0.31, paths.GAINED, "2010 to 2025") == (
        "2010 to 2025: moved from the most deprived tenth to the 4th most deprived tenth relative "
        "to other areas; it gained on areas that began alike."
    )
    assert paths.in_words(0.55, 0.58, None, "2004 to 2010") == (
        "2004 to 2010: stayed in the 5th least deprived tenth relative to other areas."
    )


def test_five_places_by_hand():
    start = pd.Series([1, 2, 3, 4, np.nan])
    end = pd.Series([4, 3, 2, 1, 5])
    made = paths.rank_paths(start, end)
    assert made["start"].tolist() == [0.125, 0.375, 0.625, 0.875]
    assert made["end"].tolist() == [0.875, 0.625, 0.375, 0.125]
    assert made["path"].tolist() == [paths.KEPT_PACE, None, None, None]


# ---- Intervals


def test_redrawing_clusters_of_one_gives_the_textbook_interval():
    generator = np.random.default_rng(3)
    values = generator.normal(10, 2, size=400)
    columns = np.column_stack([values, np.ones(400)])
    figure, low, high = resampling.of_sums(
        columns, np.arange(400), lambda sums: sums[..., 0] / sums[..., 1]
    )
    error = 1.96 * values.std() / 20
    assert figure == pytest.approx(values.mean())
    assert (low, high) == pytest.approx((figure - error, figure + error), abs=0.03)


def test_redrawing_is_the_same_each_time_and_complete():
    first, second = resampling.draws(50, 100), resampling.draws(50, 100)
    assert (first == second).all()
    assert (first.sum(axis=1) == 50).all()


def test_pairs_with_both_ends_redrawn_are_less_certain_than_with_one():
    generator = np.random.default_rng(5)
    first, second = np.repeat(np.arange(40), 5), np.tile(np.arange(40, 50), 20)
    differences = generator.normal(1, 1, 200) + generator.normal(0, 1, 50)[second]
    figure, low, high = resampling.of_pairs(differences, first, second)
    columns = np.column_stack([differences, np.ones(200)])
    _, one_low, one_high = resampling.of_sums(
        columns, first, lambda sums: sums[..., 0] / sums[..., 1]
    )
    assert figure == pytest.approx(differences.mean())
    assert high - low > one_high - one_low
    assert low < figure < high
