"""A link that names what does not exist still opens, and says what it left out."""

import pytest

from geo.known import known
from geo.points import POINT_SETS
from geo.view import View

SETS = {row.key for row in POINT_SETS}


def test_the_plain_view_is_known(store):
    assert known(View(), store, SETS) == (View(), ())


@pytest.mark.parametrize(
    "view",
    [
        View(layer="nonesuch"),
        View(area="E01999999"),
        View(area="E02999999"),
        View(postcode="ZZ999ZZ"),
        View(councils=("E06999999",)),
        View(regions=("E12999999",)),
        View(points=("cases", "libraries", "nonesuch")),
    ],
)
def test_what_does_not_exist_is_left_out_with_a_notice(store, view):
    left, notices = known(view, store, SETS)
    assert left == View()
    assert len(notices) == 1


def test_a_postcode_brings_its_small_area(store):
    view, notices = known(View(postcode="TN355BP"), store, SETS)
    assert notices == ()
    assert store.area(view.area)["neighbourhood_name"] == "Ore"


def test_an_area_in_the_link_wins_over_its_postcode(store):
    view, _ = known(View(postcode="TN355BP", area="E01020965"), store, SETS)
    assert view.area == "E01020965"
