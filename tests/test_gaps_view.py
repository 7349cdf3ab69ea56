"""The Gaps page's link and its list, worked by hand on made-up areas."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import gap_charts, gaps_list, gaps_sentences, gaps_view
from geo.gaps import COMMUNITY_PARTS, DEPRIVATION_PARTS, QUADRANTS, Gaps
from geo.gaps_view import AGAINST, THRESHOLDS, GapsView, parse, query
from geo.reached import REACHED
from geo.selection import Totals

NAN = float("nan")


def _subset(options):
    return st.sets(st.sampled_from(list(options))).map(
        lambda chosen: tuple(option for option in options if option in chosen)
    )


def _codes(prefix):
    code = st.integers(0, 999_999).map(lambda number: f"{prefix}{number:06d}")
    return st.sets(code, max_size=4).map(lambda chosen: tuple(sorted(chosen)))


_ends = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
views = st.builds(
    GapsView,
    councils=_codes("E07"),
    regions=_codes("E12"),
    level=st.sampled_from(["small-area", "neighbourhood"]),
    need=_subset(DEPRIVATION_PARTS).filter(bool),
    community=_subset(COMMUNITY_PARTS),
    kinds=_subset(REACHED),
    threshold=st.sampled_from(list(THRESHOLDS)),
    against=st.sampled_from(AGAINST),
    quarters=_subset(QUADRANTS),
    box=st.none() | st.tuples(_ends, _ends).map(lambda ends: (*ends[0], *ends[1])),
    area=st.none() | st.sampled_from(["E01021005", "E02004371"]),
)


@given(views)
def test_a_view_survives_its_link(view):
    assert parse(query(view)) == (view, ())


def test_the_plain_view_has_a_plain_link():
    assert query(GapsView()) == {}


_junk = st.text(max_size=40) | st.sampled_from(["none", ",,", "50-100,60", "1-2,3-4", "nan"])


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(gaps_view.WORDS) | st.text(max_size=9), _junk))
def test_any_junk_gives_a_view_that_survives_its_own_link(junk):
    view, notices = parse(junk)
    assert parse(query(view)) == (view, ())
    assert view.need or view.provision
    assert all(isinstance(notice, str) for notice in notices)


@pytest.mark.parametrize(
    ("given_query", "changes"),
    [
        ({"box": "50-100,60-90"}, {"box": (50, 100, 60, 90)}),
        ({"kinds": "gp,library"}, {"kinds": ("library", "gp")}),
        ({"community": "none"}, {"community": ()}),
        ({"quarter": "deprived-weak"}, {"quarters": ("deprived-weak",)}),
        ({"walk": "800m", "against": "walk"}, {"threshold": "800m", "against": "walk"}),
    ],
)
def test_links_people_write(given_query, changes):
    assert parse(given_query) == (replace(GapsView(), **changes), ())


@pytest.mark.parametrize(
    ("word", "text"),
    [("box", "90-10,0-100"), ("box", "0-101,0-1"), ("kinds", "pubs"), ("walk", "5-miles")],
)
def test_what_cannot_be_read_is_left_out_with_a_notice(word, text):
    view, notices = parse({word: text})
    assert view == GapsView()
    assert len(notices) == 1


def test_a_link_that_leaves_nothing_to_rank_by_gets_the_usual_parts():
    view, notices = parse({"need": "none", "community": "none", "kinds": "none"})
    assert (view.need, view.community) == (("imd",), ("cni",))
    assert len(notices) == 1


def test_codes_the_tables_do_not_know_are_left_out(store):
    asked = GapsView(councils=("E07000062", "E07999999"), area="E02004371")
    view, notices = gaps_view.known(asked, store)
    assert view.councils == ("E07000062",)
    assert view.area == "E02004371"
    assert len(notices) == 1
    # A small area is not one of the neighbourhoods that are listed.
    assert gaps_view.known(GapsView(area="E01021005"), store)[0].area is None


# Four areas; the need and the distances are such that every figure can be done in the head.
AREAS = pd.DataFrame(
    {
        "code": ["E02000001", "E02000002", "E02000003", "E02000004"],
        "name": list("ABCD"),
        "neighbourhood_name": list("ABCD"),
        "council": ["North", "North", "South", "South"],
        "ltla24_code": ["E07000001", "E07000001", "E07000002", "E07000002"],
        "region24_code": ["E12000001"] * 2 + ["E12000002"] * 2,
        "ruc21_name": ["Urban"] * 4,
        "population_2022": [1000, 2000, 3000, 4000],
        "imd_decile": [1, 4, 7, 10],
        "cni_decile": [1, 4, 7, 10],
        "imd_rank": [1, 2, 3, 4],
        "cni_rank": [2, 1, 4, 3],
    }
)
CLOSER = pd.DataFrame({"library": [1.0, 0.0, 0.5, NAN]})
NATIONAL = SimpleNamespace(
    level=lambda level: AREAS,
    gaps=lambda level: Gaps(CLOSER * 4000, CLOSER, CLOSER >= 0.9),
    access=lambda column, level: (
        CLOSER * 4000 if column == "median_m" else pd.DataFrame({"library": [0.0, 1, 0.25, 0.5]})
    ),
)
VIEW = GapsView(kinds=("library",))


def test_scores_are_made_of_the_parts_that_count():
    frame = gaps_list.shown(VIEW, NATIONAL).frame
    assert frame["need"].tolist() == pytest.approx([100, 200 / 3, 100 / 3, 0])
    # The community needs ranks 2, 1, 4, 3 give 2/3, 1, 0, 1/3; D has no record of a library.
    assert frame["weakness"].tolist() == pytest.approx([250 / 3, 50, 25, 100 / 3])
    assert frame["score"].tolist() == pytest.approx([275 / 3, 175 / 3, 175 / 6, 50 / 3])
    assert frame["place"].tolist() == [1, 2, 3, 4]
    assert frame["quarter"].tolist() == [
        "deprived-weak", "deprived-weak", "better-off-strong", "better-off-strong",
    ]  # fmt: skip
    assert frame["library_m"].tolist()[:3] == [4000, 0, 2000]
    assert frame["library_walk"].tolist() == [0, 1, 0.25, 0.5]


def test_a_distance_can_count_by_the_postcodes_beyond_the_walk():
    by_walk = gaps_list.parts(replace(VIEW, against="walk"), NATIONAL)
    assert by_walk["gap_library"].tolist() == [1, 0, 0.75, 0.5]
    like = gaps_list.parts(VIEW, NATIONAL)
    assert like["gap_library"].tolist()[:3] == [1, 0, 0.5]
    assert list(like) == ["imd", "cni", "gap_library"]


def test_the_list_is_narrowed_by_council_quarter_and_box():
    def codes(**changes):
        view = replace(VIEW, **changes)
        return "".join(
            gaps_list.listed(gaps_list.shown(view, NATIONAL), view)["neighbourhood_name"]
        )

    assert codes() == "ABCD"
    assert codes(councils=("E07000002",)) == "CD"
    assert codes(regions=("E12000001",)) == "AB"
    assert codes(quarters=("deprived-weak",)) == "AB"
    assert codes(box=(60, 100, 0, 50)) == "B"  # both ends count
    assert codes(box=(0, 1, 90, 100)) == ""


def test_totals_and_quarters_count_areas_and_people():
    found = gaps_list.shown(replace(VIEW, quarters=("deprived-weak",)), NATIONAL)
    assert found.totals == Totals(2, 3000, 1)
    # The quarters' own counts are of all areas in scope, so that each can be chosen.
    assert found.quarters().to_dict("list") == {
        "quarter": list(QUADRANTS),
        "areas": [2, 0, 0, 2],
        "people": [3000, 0, 0, 7000],
    }


def test_with_one_side_empty_the_other_is_the_score():
    found = gaps_list.shown(replace(VIEW, community=(), kinds=()), NATIONAL)
    assert found.frame["score"].tolist() == pytest.approx([100, 200 / 3, 100 / 3, 0])
    assert found.frame["quarter"].isna().all()
    assert "Ranked by need alone" in gaps_sentences.what_counts(
        replace(VIEW, community=(), kinds=())
    )


def test_an_area_without_a_record_of_what_counts_is_not_listed():
    view = replace(VIEW, community=())
    found = gaps_list.shown(view, NATIONAL)
    assert found.totals.areas == 3
    assert found.row("E02000004") is None
    assert gaps_list.explained(found, view, "E02000004").empty
    assert "no score" in gaps_sentences.score(found, replace(view, area="E02000004"))


def test_an_areas_score_is_explained_by_points_that_add_up():
    found = gaps_list.shown(VIEW, NATIONAL)
    table = gaps_list.explained(found, VIEW, "E02000001")
    assert table["part"].tolist() == ["imd", "cni", "gap_library"]
    assert table["points"].tolist() == pytest.approx([50, 50 / 3, 25])
    assert table["most"].tolist() == [50, 25, 25]
    rows = gaps_sentences.score_rows(table)
    assert rows[-1] == ("Score", "91.7", "100.0")
    said = gaps_sentences.score(found, replace(VIEW, area="E02000001"))
    assert said.startswith("Score 91.7 of 100, place 1 of 4 neighbourhoods in England.")


def test_councils_are_summed_up_by_who_lives_where_both_are_worse():
    summary = gaps_list.by_council(gaps_list.shown(VIEW, NATIONAL), VIEW, NATIONAL)
    assert summary["council"].tolist() == ["North", "South"]
    assert summary["deprived_weak_people"].tolist() == [3000, 0]
    assert summary["library_worst_tenth_areas"].tolist() == [1, 0]
    some = replace(VIEW, councils=("E07000002",))
    assert (
        gaps_list.by_council(gaps_list.shown(some, NATIONAL), some, NATIONAL)["council"].item()
        == "South"
    )
    screen = gaps_list.summary_on_screen(summary, VIEW, "neighbourhoods")
    assert screen["Neighbourhoods"].tolist() == [2, 2]
    assert screen["Share of people"].tolist() == [1, 0]


def test_every_column_of_the_list_has_a_heading_and_a_format():
    found = gaps_list.shown(VIEW, NATIONAL)
    listed = gaps_list.listed(found, VIEW)
    assert list(listed) == list(gaps_list.headings(VIEW))
    shown = gaps_list.on_screen(listed, VIEW)
    assert shown["Postcodes within 1 mile of a public library"].tolist() == [0, 100, 25, 50]
    assert set(gaps_list.formats(VIEW)) <= set(shown.columns)
    rows, parts = gaps_list.first_scores(listed, VIEW, 2)
    assert rows["what"].tolist() == ["A, North", "B, North"]
    assert rows[list(parts)].sum(axis=1).tolist() == pytest.approx(rows["score"].tolist())


def test_squares_count_every_area_once():
    frame = pd.DataFrame(
        {"need": [0.0, 4.9, 5, 100, 50, NAN], "weakness": [0.0, 4.9, 0, 100, 49.9, 1.0]}
    )
    squares = gap_charts.density(frame)
    assert squares["areas"].sum() == 5
    assert squares.loc[0, ["need", "need_to", "weakness", "areas"]].tolist() == [0, 5, 0, 2]
    assert squares.iloc[-1]["quarter"] == "deprived-weak"
    middle = squares[squares["need"] == 50].iloc[0]
    assert middle["quarter"] == "deprived-strong"


@pytest.mark.parametrize(
    ("selection", "box"),
    [
        ({"need": [49.2, 80.9], "weakness": [30.0, 20.5]}, (49, 81, 20, 30)),
        ({"need": [-5, 200], "weakness": [0, 50]}, (0, 100, 0, 50)),
        ({"need": [0, 100], "weakness": [0, 100]}, None),
        ({}, None),
        (None, None),
        ({"need": ["x", 1], "weakness": [0, 1]}, None),
    ],
)
def test_a_brush_becomes_a_box(selection, box):
    assert gap_charts.box_of(selection) == box


def test_the_chart_turns_from_dots_to_squares():
    found = gaps_list.shown(VIEW, NATIONAL)
    few = gap_charts.two_axes(gap_charts.marks(found.frame), None, found.frame.iloc[0])
    assert len(few.rows) == 4
    assert len(few.spec["layer"]) == 4  # dots, the cross, the names, the ring
    assert few.spec["layer"][-1]["data"]["values"] == [
        {"need": 100, "weakness": pytest.approx(250 / 3)}
    ]
    many = gap_charts.marks(pd.concat([found.frame] * 600, ignore_index=True))
    assert len(many) < gap_charts.MOST_DOTS < 2400
    drawn = gap_charts.two_axes(many, (0, 50, 0, 50), None)
    assert sum(drawn.rows["areas"].to_pylist()) == 2400
    assert len(drawn.spec["layer"]) == 3
    assert drawn.spec["params"][0]["value"] == {"x": [0, 50], "y": [0, 50]}
    # The next reader's chart has no box: what is written once is left as it is.
    assert "value" not in gap_charts.two_axes(many, None, None).spec["params"][0]


def test_no_areas_left_is_said():
    found = gaps_list.shown(replace(VIEW, box=(0, 1, 90, 100)), NATIONAL)
    assert gaps_sentences.left(found, VIEW, "Town") == gaps_sentences.NOTHING_LEFT
    whole = gaps_list.shown(VIEW, NATIONAL)
    said = gaps_sentences.left(whole, VIEW, "All of England")
    assert said == "All of England: 4 neighbourhoods, 10,000 people, in 2 councils."
    assert np.isfinite(whole.frame["score"]).all()
