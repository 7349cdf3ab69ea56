"""Answers to the claims, the charts that show them and the lists under the recommendations."""

from pathlib import Path

import pandas as pd
import pytest

from geo import (
    charts,
    evidence,
    evidence_charts,
    evidence_figures,
    evidence_lists,
    evidence_view,
    verdicts,
)
from geo.claims import Finding
from geo.evidence_view import EvidenceView
from geo.verdicts import Answer, Part

DATA_DIR = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def words():
    return evidence.load_evidence(DATA_DIR / "evidence.toml")


@pytest.fixture(scope="module")
def findings(store):
    return store.table("evidence_findings")


def made_answer(low, high, expected="more", where="here", published=None):
    finding = Finding("label", (low + high) / 2, low, high, "times", 10, 5, "a against b: times")
    part = Part(where, "label", nothing=1, expected=expected, is_main=True)
    return Answer(part, verdicts._status(part, finding), finding, published)


@pytest.mark.parametrize(
    ("low", "high", "expected", "status"),
    [
        (1.1, 1.5, "more", verdicts.YES),
        (0.9, 1.5, "more", verdicts.UNCLEAR),
        (1.0, 1.5, "more", verdicts.UNCLEAR),
        (0.5, 0.9, "more", verdicts.OPPOSITE),
        (0.5, 0.9, "less", verdicts.YES),
        (1.1, 1.5, "", "Gained"),
        (0.5, 0.9, "", "Fell back"),
    ],
)
def test_a_part_holds_only_where_its_whole_interval_does(low, high, expected, status):
    answer = made_answer(low, high, expected)
    assert answer.status == status
    assert answer.holds == (status == verdicts.YES)


def test_a_headline_names_what_holds_and_what_does_not():
    yes, unclear = made_answer(1.1, 1.5, where="in A"), made_answer(0.9, 1.5, where="in B")
    opposite = made_answer(0.5, 0.9, where="in C")
    assert verdicts.headline([yes, unclear, opposite]) == (
        "Yes in A (a against b). Not supported in B (a against b): no clear difference. "
        "The other way round in C (a against b)."
    )
    assert verdicts.tone([yes, yes]) == "yes"
    assert verdicts.tone([yes, unclear]) == "partly"
    assert verdicts.tone([unclear, opposite]) == "no"


def test_todays_answers(findings, words):
    statuses = {
        claim.key: [
            answer.status for answer in verdicts.answers(findings, claim.key, claim.published)
        ]
        for claim in words.claims
    }
    yes, unclear = verdicts.YES, verdicts.UNCLEAR
    assert statuses == {
        "child-income": [yes, unclear, unclear, unclear, yes],
        "education": [yes] * 4,
        "north": [yes, unclear, unclear, "Gained", "Fell back", "Fell back"],
    }


def test_every_claim_has_answers_and_the_reports_figures_stand_beside_them(findings, words):
    assert set(verdicts.PARTS) == {claim.key for claim in words.claims}
    north = words.claims[2]
    answers = verdicts.answers(findings, north.key, north.published)
    assert [answer.published for answer in answers] == [68, 59, 56, None, None, None]
    assert "The report says 68%." in verdicts.in_words(answers[0])
    assert all(answer.finding.words in verdicts.in_words(answer) for answer in answers)


def test_an_unknown_part_is_an_error(findings):
    with pytest.raises(KeyError):
        verdicts.answers(findings[findings["label"] != "Tees Valley"], "north", {})


# ---- Charts


def _values(spec):
    return [row for rows in spec["datasets"].values() for row in rows]


@pytest.mark.parametrize("number", range(3))
def test_intervals_show_each_figure_and_the_line_of_no_difference(number, findings, words):
    claim = words.claims[number]
    answers = [
        answer
        for answer in verdicts.answers(findings, claim.key, claim.published)
        if answer.part.short
    ]
    rows = evidence_charts.interval_rows(answers, [answer.part.short for answer in answers])
    spec = charts.as_spec(evidence_charts.intervals(rows))
    shown = _values(spec)
    for answer in answers:
        (row,) = (row for row in shown if row.get("name") == answer.part.short)
        found = answer.finding
        assert (row["figure"], row["low"], row["high"]) == (found.figure, found.low, found.high)
    assert {"nothing": answers[0].part.nothing} in shown
    low, high = spec["layer"][2]["encoding"]["x"]["scale"]["domain"]
    assert low < min(answer.finding.low for answer in answers)
    assert high > max(answer.finding.high for answer in answers)
    assert "continuousWidth" not in spec["config"]["view"]


def test_distributions_and_paths_show_every_row(store):
    tenths, paths = store.table("evidence_tenths"), store.table("evidence_paths")
    for measure in ("idaci", "children_young_people"):
        spec = charts.as_spec(evidence_charts.tenths(tenths, measure))
        assert len(_values(spec)) == (tenths["measure"] == measure).sum()
    spec = charts.as_spec(evidence_charts.paths(paths, "2004 to 2025"))
    assert len(_values(spec)) == 12


def test_paths_in_words(store):
    said = evidence_figures.paths_in_words(store.table("evidence_paths"), "2010 to 2025")
    assert said.startswith("England: 25% gained, 50% kept pace, 25% fell back. Greater Liverpool:")


# ---- Lists


def test_the_link_names_the_list():
    assert evidence_view.query(EvidenceView()) == {}
    for row in evidence_lists.LISTS:
        view = EvidenceView(row.key)
        assert evidence_view.parse(evidence_view.query(view)) == (view, ())
    assert evidence_view.parse({"list": "x"})[0] == EvidenceView()


def test_what_stands_at_the_head_of_a_list_is_counted():
    chosen = evidence_lists.list_of("outside-school")
    frame = pd.DataFrame({"council": ["A", "A", "B"], "kinds_in_reach": [0.0, 0.0, 1.5]})
    assert evidence_lists.how_many(chosen, frame) == (
        "3 neighbourhoods in 2 councils. 2 have none of the four on record within 1,200 m."
    )


def test_young_futures_shares_by_hand(store):
    *councils, all_eight, england = evidence_lists.starting_councils(store)
    assert len(councils) == 8
    areas = store.small_areas
    young = areas["age_0_15"] + areas["age_16_24"]
    birmingham = areas["council"] == "Birmingham"
    double = (areas["imd_decile"] == 1) & (areas["cni_decile"] == 1)
    assert councils[0] == (
        "Birmingham",
        f"{young[birmingham].sum():,}",
        f"{young[birmingham & double].sum():,}",
        f"{young[birmingham & double].sum() / young[birmingham].sum():.1%}",
    )
    assert england[1] == f"{young.sum():,}"
    assert all_eight[0] == "All that start"
