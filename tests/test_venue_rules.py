"""The rules that sort venues by name, measured on names labelled by hand.

tests/labelled/venues.csv holds names of the warm-space list with the kind that a person reads in
them, written down before the rules were. Bare "Centre", one-service centres (leisure, health,
families, carers …) and everything else that does not say what it is are "other". Names were drawn
at random within strata, so that rare kinds have enough of them; `stratum_size` is how many names
of the list a stratum stands for. The rules were mended on the half "tune" only.
"""

from pathlib import Path

import pandas as pd
import pytest

from geo.asset_kinds import KINDS
from geo.venues import OTHER, kind_of, load_rules, tidy_name, words_of

LABELLED = Path(__file__).parent / "labelled" / "venues.csv"
LEAST_PRECISION = {"community_hub": 0.9, "youth_centre": 0.9}


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.fixture(scope="module")
def labelled(rules):
    frame = pd.read_csv(LABELLED)
    return frame.assign(read=[kind_of(name, rules) for name in frame["name"]])


def scores(frame):
    """Names, precision and recall a kind, each name as often as it stands for."""
    weight = frame["stratum_size"] / frame.groupby("stratum")["name"].transform("size")
    rows = {}
    for kind in sorted(frame["label"].unique()):
        is_kind, read_kind = frame["label"] == kind, frame["read"] == kind
        hits = weight[is_kind & read_kind].sum()
        rows[kind] = {
            "names": is_kind.sum(),
            "precision": hits / weight[read_kind].sum(),
            "recall": hits / weight[is_kind].sum(),
        }
    return pd.DataFrame(rows).T


def test_labels_are_enough_and_are_kinds(labelled):
    assert len(labelled) >= 300
    assert labelled["name"].is_unique
    assert set(labelled["label"]) <= {*KINDS, OTHER}
    assert set(labelled["half"]) == {"tune", "held_out"}


@pytest.mark.parametrize("half", ["tune", "held_out"])
def test_precision_and_recall(labelled, half, capsys):
    table = scores(labelled[labelled["half"] == half])
    with capsys.disabled():
        print(f'\nVenues by name, half "{half}":\n{table.round(3).to_string()}')  # noqa: T201
    for kind, least in LEAST_PRECISION.items():
        assert table.loc[kind, "precision"] >= least
    assert (table["recall"] >= 0.85).all()


def test_rules_reach_only_known_kinds(rules):
    assert {rule.kind for rule in rules.rules} <= {*KINDS, OTHER}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ore Community Centre", "community_hub"),
        ("The Hub at St Peter&#39;s Church", "worship"),
        ("Church Street Community Center", "community_hub"),
        ("Par Village Hall &amp; Tea Room", "hall"),
        ("Salle paroissiale", OTHER),
        ("CAFÉ ON THE GREEN", "cafe"),
        ("Oak Lane Family Hub", OTHER),
        ("Library of Things", OTHER),
        ("", OTHER),
    ],
)
def test_a_name_is_read_as_people_read_it(rules, name, kind):
    assert kind_of(name, rules) == kind


def test_names_are_tidied_but_not_changed():
    assert tidy_name("St&nbsp;Mary&amp;#39;s   Hall") == "St Mary's Hall"
    assert words_of("St. Mary’s CAFÉ & Center") == "st marys cafe and centre"
