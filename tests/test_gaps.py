"""Where areas stand among those like them, and rankings whose parts add up; worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import gaps

TOWN = pd.DataFrame({"library": [100.0, 200, 300, 400, 500], "gp": [50.0, 50, 50, 50, 90]})
CLASSES = pd.Series(["UN1"] * 5)


def ranked(frame):
    return pd.DataFrame({f"{key}_rank": ranks for key, ranks in frame.items()})


def test_standing_is_the_share_of_others_that_are_closer():
    standing = gaps.standing(TOWN, CLASSES)
    assert standing["library"].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert standing["gp"].tolist() == [0, 0, 0, 0, 1]  # equals stand equal


def test_only_areas_of_the_same_class_are_compared():
    metres = pd.DataFrame({"library": [5000.0, 100, 6000, 200]})
    standing = gaps.standing(metres, pd.Series(["RSF1", "UN1", "RSF1", "UN1"]))
    assert standing["library"].tolist() == [0, 0, 1, 1]


def test_no_record_stands_nowhere_and_is_not_counted():
    metres = pd.DataFrame({"library": [1.0, np.nan, 3, 4]})
    standing = gaps.standing(metres, pd.Series(["UN1"] * 4))
    assert standing["library"].tolist()[::2] == [0, 0.5]
    assert np.isnan(standing["library"][1])
    assert not gaps.find_gaps(metres, pd.Series(["UN1"] * 4)).worst_tenth["library"][1]


def test_alone_in_its_class_is_not_a_gap():
    assert gaps.standing(TOWN[:1], CLASSES[:1]).to_numpy().tolist() == [[0, 0]]


def test_worst_tenth_is_the_furthest_tenth():
    metres = pd.DataFrame({"library": np.arange(1, 1001, dtype=float)})
    found = gaps.find_gaps(metres, pd.Series(["UN1"] * 1000))
    assert found.worst_tenth["library"].sum() == 100
    assert found.worst_tenth["library"].iloc[-100:].all()


def test_gaps_of_one_area_in_words_ready_figures():
    found = gaps.find_gaps(TOWN, CLASSES)
    table = gaps.gaps_of(found, 3)
    assert table["kind"] == ["library", "gp"]
    assert table["metres"] == [400, 50]
    assert table["closer_in_100"] == [75, 0]
    assert table["worst_tenth"] == [False, False]


def test_hundreds_are_rounded_down():
    metres = pd.DataFrame({"library": np.arange(1001, dtype=float)})
    found = gaps.find_gaps(metres, pd.Series(["UN1"] * 1001))
    assert gaps.gaps_of(found, 999)["closer_in_100"] == [99]
    assert gaps.gaps_of(found, 290)["closer_in_100"] == [29]
    assert gaps.gaps_of(found, 1000)["closer_in_100"] == [100]


def test_positions_run_from_best_to_worst():
    areas = ranked({"imd": [1, 2, 3]})
    assert gaps.positions(areas, ["imd"])["imd"].tolist() == [1, 0.5, 0]


def test_parts_add_up_to_the_score():
    parts = pd.DataFrame({"imd": [1.0, 0.5], "cni": [0.8, 0.2], "gap_library": [0.4, 1.0]})
    ranking = gaps.rank_areas(parts, ["imd"], ["cni", "gap_library"])
    first = ranking.iloc[0]
    assert first["need"] == 100
    assert first["weakness"] == pytest.approx(60)
    assert first["score"] == pytest.approx(80)
    assert first["imd_points"] == 50
    assert first["cni_points"] == pytest.approx(20)
    assert first["gap_library_points"] == pytest.approx(10)
    assert ranking["place"].tolist() == [1, 2]


def test_a_part_that_is_switched_off_does_not_count():
    parts = pd.DataFrame({"imd": [1.0, 0.5], "cni": [0.0, 0.2], "gap_library": [0.4, 1.0]})
    ranking = gaps.rank_areas(parts, ["imd"], ["gap_library"])
    assert ranking["score"].tolist() == [70, 75]
    assert "cni_points" not in ranking
    only_need = gaps.rank_areas(parts, ["imd"], [])
    assert only_need["score"].tolist() == [100, 50]


def test_a_part_without_record_is_left_out_of_that_rows_average():
    parts = pd.DataFrame({"imd": [0.6], "gap_library": [np.nan], "gap_hall": [0.2]})
    ranking = gaps.rank_areas(parts, ["imd"], ["gap_library", "gap_hall"])
    assert ranking["weakness"].item() == pytest.approx(20)
    assert ranking["gap_library_points"].item() == 0
    unknown = gaps.rank_areas(parts, ["imd"], ["gap_library"])
    assert unknown["score"].isna().all()
    assert unknown["place"].isna().all()


def test_ranking_by_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one part"):
        gaps.rank_areas(pd.DataFrame({"imd": [1.0]}), [], [])


position = st.one_of(st.none(), st.floats(0, 1))


@given(st.lists(st.tuples(position, position, position), min_size=1, max_size=20))
def test_points_always_sum_to_the_score(rows):
    parts = pd.DataFrame(rows, columns=["imd", "cni", "gap_library"], dtype=float)
    ranking = gaps.rank_areas(parts, ["imd"], ["cni", "gap_library"])
    points = ranking.filter(like="_points").sum(axis=1)
    scored = ranking["score"].notna()
    assert points[scored].to_numpy() == pytest.approx(ranking.loc[scored, "score"].to_numpy())


def test_quadrants_have_their_names():
    need = pd.Series([0.5, 0.9, 0.1, 0.49, np.nan])
    weakness = pd.Series([0.5, 0.1, 0.9, 0.49, 0.5])
    assert gaps.quadrants(need, weakness).tolist() == [
        "deprived-weak",
        "deprived-strong",
        "better-off-weak",
        "better-off-strong",
        None,
    ]


def test_council_summary_counts_areas_and_people():
    areas = pd.DataFrame(
        {"ltla24_code": ["B", "A", "B", "A", "B"], "population_2022": [10, 20, 30, 40, 50]}
    )
    found = gaps.find_gaps(TOWN, CLASSES)
    quadrant = pd.Series(["deprived-weak", "better-off-weak", "deprived-weak", None, None])
    summary = gaps.council_summary(areas, found, quadrant)
    assert summary["ltla24_code"].tolist() == ["A", "B"]
    assert summary["areas"].tolist() == [2, 3]
    assert summary["people"].tolist() == [60, 90]
    assert summary["deprived_weak_areas"].tolist() == [0, 2]
    assert summary["deprived_weak_people"].tolist() == [0, 40]
    assert summary["deprived_weak_people_share"].tolist() == pytest.approx([0, 40 / 90])
    assert summary["library_worst_tenth_areas"].tolist() == [0, 1]
    assert summary["gp_worst_tenth_areas"].tolist() == [0, 1]


def test_every_rural_urban_class_has_words():
    assert set(gaps.CLASS_WORDS) == {"UN1", "UF1", "RLN1", "RLF1", "RSN1", "RSF1"}
