"""A link and its view are the same thing said twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import links
from geo import view as v
from geo.view import View, parse, query


def _code(prefix: str):
    return st.integers(0, 999_999).map(lambda number: f"{prefix}{number:06d}")


def _subset(options, order=None):
    ordered = order or sorted(options)
    return st.sets(st.sampled_from(options)).map(
        lambda chosen: tuple(sorted(chosen, key=ordered.index))
    )


_metre_bounds = st.tuples(
    st.none() | st.integers(0, 50_000), st.none() | st.integers(50_000, v.MAX_DISTANCE_M)
)
_deciles = st.tuples(st.integers(1, 10), st.integers(1, 10)).map(lambda pair: tuple(sorted(pair)))
_ranges = st.dictionaries(st.sampled_from(v.MEASURES), _deciles).map(
    lambda chosen: tuple(
        (key, *chosen[key]) for key in v.MEASURES if key in chosen and chosen[key] != (1, 10)
    )
)
views = st.builds(
    View,
    layer=st.from_regex(r"[a-z][a-z0-9_-]{0,20}", fullmatch=True),
    level=st.sampled_from(v.LEVELS),
    area=st.none() | _code("E01") | _code("E02"),
    postcode=st.sampled_from([None, "TN355BP", "M11AE", "EC1A1BB"]),
    councils=st.sets(_code("E06") | _code("E09"), max_size=5).map(lambda s: tuple(sorted(s))),
    regions=st.sets(_code("E12"), max_size=5).map(lambda s: tuple(sorted(s))),
    rural_urban=_subset(v.RURAL_URBAN, v.RURAL_URBAN),
    ranges=_ranges,
    double_only=st.booleans(),
    library_m=_metre_bounds,
    outlines=_subset(v.OUTLINES, v.OUTLINES),
    points=_subset(("libraries", "closed", "cases", "hubs")),
    at=st.none()
    | st.tuples(
        st.floats(*links.LATITUDES).map(lambda x: round(x, 5)),
        st.floats(*links.LONGITUDES).map(lambda x: round(x, 5)),
        st.floats(*links.ZOOMS).map(lambda x: round(x, 2)),
    ),
    background=st.sampled_from(v.BACKGROUNDS),
)


@given(views)
def test_a_view_survives_its_link(view):
    parsed, notices = parse(query(view))
    assert parsed == view
    assert notices == ()


_junk = st.text(max_size=60) | st.sampled_from(
    ["1-3", "E01020965", "none", ",,,", "-", "nan,nan,9"]
)


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(v.WORDS) | st.text(max_size=12), _junk | st.lists(_junk, max_size=3)
    )
)
def test_any_junk_gives_a_valid_view_that_survives_its_own_link(junk):
    parsed, notices = parse(junk)
    assert parse(query(parsed)) == (parsed, ())
    assert all(isinstance(notice, str) for notice in notices)


def test_the_plain_view_has_a_plain_link():
    assert query(View()) == {}


@pytest.mark.parametrize(
    ("given_query", "expected"),
    [
        ({"postcode": "tn35 5bp"}, View(postcode="TN355BP")),
        ({"imd": "1", "cni": "1-2"}, View(ranges=(("imd", 1, 1), ("cni", 1, 2)))),
        ({"imd": "1-10"}, View()),
        ({"library": "1600-"}, View(library_m=(1600, None))),
        ({"show": "none"}, View(points=())),
        ({"area": "e01020965"}, View(area="E01020965")),
        (
            {"council": ["E06000001", "E07000062,E06000001"]},
            View(councils=("E06000001", "E07000062")),
        ),
        ({"at": "50.87,0.6,13"}, View(at=(50.87, 0.6, 13.0))),
        ({"utm_source": "letter"}, View()),
    ],
)
def test_links_people_write(given_query, expected):
    assert parse(given_query) == (expected, ())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("area", "E010"),
        ("imd", "0-3"),
        ("imd", "3-1"),
        ("at", "inf,0,9"),
        ("at", "0,0,9"),
        ("library", "800-400"),
        ("double", "yes"),
        ("by", "ward"),
        ("council", "x" * 5_000),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_notice(word, text):
    parsed, notices = parse({word: text})
    assert parsed == View()
    assert len(notices) == 1
    assert f"“{word}”" in notices[0]


def test_range_filters_are_put_on_and_taken_off():
    once = v.with_range(View(), "cni", 1, 2)
    assert once.range_of("cni") == (1, 2)
    assert once.range_of("imd") == (1, 10)
    assert once.is_filtered
    assert v.with_range(once, "cni", 1, 10) == View()
    both = v.with_range(v.with_range(View(), "cni", 1, 2), "imd", 1, 3)
    assert [key for key, *_ in both.ranges] == ["imd", "cni"]
    assert replace(both, layer="crime").without_filters() == View(layer="crime")
