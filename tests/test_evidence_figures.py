"""The shipped tables of the evidence page say what the functions say, by another route."""

import numpy as np
import pandas as pd
import pytest

from geo import claims, evidence_figures, layers
from geo.areas import NEIGHBOURHOOD, PATH_CLASSES
from geo.paths import CITY_REGIONS


@pytest.fixture(scope="module")
def shipped(store):
    return {name: store.table(f"evidence_{name}") for name in ("findings", "tenths", "paths")}


def test_findings_are_those_of_the_claims(shipped, store):
    made = evidence_figures.findings_table(
        store.small_areas,
        store.table("child_poverty"),
        store.table("deprivation_history"),
        store.table("councils"),
    )
    pd.testing.assert_frame_equal(shipped["findings"], made, check_dtype=False, rtol=1e-9)


def test_a_finding_comes_back_whole(shipped, store):
    found = evidence_figures.findings(shipped["findings"], "north", "2010 to 2025")
    north = claims.north(
        store.small_areas, store.table("deprivation_history"), store.table("councils")
    )["2010 to 2025"]
    assert [row.words for row in found] == [row.words for row in north]
    assert [row.figure for row in found] == pytest.approx([row.figure for row in north])
    assert evidence_figures.findings(shipped["findings"], "north", "1900") == ()


def test_distributions_by_hand(shipped, store):
    tenths = shipped["tenths"]
    assert (tenths.groupby(["measure", "group"])["share"].sum() - 100).abs().max() < 1e-9
    raw = store.table("deprivation").merge(store.table("community_needs"), on="lsoa21_code")
    deprived = raw["imd_rank"] <= 3375.5
    groups = {
        "double": deprived & (raw["cni_rank"] <= 3375.5),
        "stronger": deprived & (raw["cni_rank"] > 3 * 3375.5),
    }
    for group, inside in groups.items():
        rows = tenths[(tenths["measure"] == "idaci") & (tenths["group"] == group)]
        assert set(rows["areas"]) == {inside.sum()}
        worst = (raw.loc[inside, "idaci_rank"] <= 3375.5).mean()
        assert rows["share"].iat[0] == pytest.approx(100 * worst)
        assert rows["tenth"].tolist() == list(range(1, 11))
    # The same areas, less those with a withheld count, as in the claim itself.
    child = evidence_figures.findings(shipped["findings"], "child-income")[4]
    assert child.figure == pytest.approx(
        np.subtract(*[100 * (raw.loc[i, "idaci_rank"] <= 3375.5).mean() for i in groups.values()])
    )


def test_paths_of_the_city_regions_add_up(shipped):
    counts = shipped["paths"].pivot_table(
        index=["period", "region"], columns="path", values="areas", aggfunc="sum"
    )
    for finding in evidence_figures.findings(shipped["findings"], "north", "2010 to 2025"):
        row = counts.loc[("2010 to 2025", finding.label)]
        assert row.sum() == finding.n
        assert f"{row['gained']:,} gained, {row['fell-back']:,} fell back" in finding.words
    england = counts.xs("England", level="region")
    assert (england["gained"] / england.sum(axis=1)).tolist() == pytest.approx([0.25] * 3, abs=1e-3)


def test_the_map_shows_the_paths_of_the_whole_time(shipped, store):
    frame = store.small_areas
    names = store.table("councils").set_index("ltla24_code")["ltla24_name"]
    inside = frame["ltla24_code"].map(names).isin(CITY_REGIONS["Tees Valley"])
    on_map = frame.loc[inside, "path"].value_counts()
    rows = shipped["paths"].query("period == '2004 to 2025' and region == 'Tees Valley'")
    for path, areas in rows[["path", "areas"]].itertuples(index=False):
        assert on_map[PATH_CLASSES[path]] == areas


def test_a_neighbourhoods_path_is_that_of_most_of_its_small_areas(store):
    classes = store.small_areas.groupby("msoa21_code")["path"].value_counts().unstack(fill_value=0)
    shown = store.level(NEIGHBOURHOOD).set_index("code")["path"]
    for code in shown.index[::97]:
        row = classes.loc[code]
        gained, kept, fell = row[0.0], row[1.0], row[2.0]
        if gained + kept + fell == 0:
            assert shown[code] == 3
        else:
            assert shown[code] == 1 + np.sign(fell - gained)


def test_the_layer_of_paths_has_a_class_for_each(store):
    layer = layers.layer("path")
    assert len(layer.labels) == len(PATH_CLASSES)
    found = layers.classes(layer, store.small_areas)
    assert (found == layers.NO_DATA).sum() == 5  # no rank in 2004
    assert set(found) == {0, 1, 2, 3, layers.NO_DATA}
