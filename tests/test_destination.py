"""Where each kind of answer takes the reader."""

import pytest

from geo.destination import certain, view_of, viewport
from geo.search import Match
from geo.view import View


def _match(what: str, **more) -> Match:
    facts = {
        "label": "X", "what": what, "code": None, "lsoa21_code": "E01020965", "longitude": 0.6,
        "latitude": 50.9, "bbox": None, "score": 100.0, "context": "", "note": "",
    }  # fmt: skip
    return Match(**facts | more)


def test_a_postcode_takes_you_to_its_small_area_not_its_town():
    before = View(layer="crime", councils=("E07000062",), at=(51.0, 0.0, 9.0))
    after = view_of(_match("postcode", label="TN35 5BP"), before)
    assert (after.area, after.postcode, after.at) == ("E01020965", "TN355BP", None)
    assert after.layer == "crime"


def test_councils_and_regions_become_filters():
    assert view_of(_match("council", code="E07000062"), View()).councils == ("E07000062",)
    assert view_of(_match("region", code="E12000008"), View()).regions == ("E12000008",)


def test_a_ward_brings_the_outlines_of_wards():
    after = view_of(_match("ward", code="E05000001", bbox=(0.5, 50.8, 0.7, 50.9)), View())
    assert "wards" in after.outlines
    assert after.at is not None


def test_a_place_is_looked_at_and_its_small_area_chosen():
    after = view_of(_match("place"), View())
    assert after.area == "E01020965"
    assert after.at == (50.9, 0.6, 13.0)


@pytest.mark.parametrize("degrees", [0.0, 0.01, 1.0, 7.0])
def test_viewports_can_be_said_in_a_link(degrees):
    latitude, longitude, zoom = viewport(
        _match("place", bbox=(0.6 - degrees, 50.9 - degrees, 0.6, 50.9))
    )
    assert 49 <= latitude <= 56.5
    assert -8 <= longitude <= 3
    assert 6 <= zoom <= 15


def test_only_answers_that_need_no_choosing_are_certain():
    postcode = _match("postcode")
    assert certain([postcode, _match("place")]) == postcode
    assert certain([_match("place"), _match("council", code="E07000062")]) is None
    assert certain([_match("postcode", note="no such postcode; its sector is shown")]) is None
    assert certain([]) is None
