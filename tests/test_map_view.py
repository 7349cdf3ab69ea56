"""From a view to what the map is told."""

import numpy as np
import pytest

from geo import map_view
from geo.maps import ENGLAND, At
from geo.selection import selected
from geo.view import View

SCILLY, BIRMINGHAM, HASTINGS = "E06000053", "E08000025", "E07000062"


def _state(store, view):
    keep = selected(view, store.level(view.level))
    return map_view.state(view, store, keep, map_view.target(view, store))


def test_the_plain_view_shows_all_england(store):
    state = _state(store, View())
    assert state.view == ENGLAND
    assert len(state.values) == 33_755
    assert state.values.isupper()
    assert state.council is None


def test_filtered_areas_fade_and_the_others_keep_their_colour(store):
    view = View(ranges=(("imd", 1, 1), ("cni", 1, 1)))
    values = np.array(list(_state(store, view).values))
    bright = np.char.isupper(values)
    assert bright.sum() == 1_262
    assert set(values[bright]) == {"A"}


@pytest.mark.parametrize("council", [SCILLY, BIRMINGHAM, HASTINGS])
def test_a_council_is_outlined_and_looked_at(store, council):
    view = View(councils=(council,))
    state = _state(store, view)
    row = store.table("councils").iloc[state.council]
    assert row["ltla24_code"] == council
    assert (state.view.west, state.view.north) == (row["west"], row["north"])
    assert sum(map(str.isupper, state.values)) == row["small_areas"]


def test_neighbourhoods_are_a_level_of_their_own(store):
    state = _state(store, View(level="neighbourhood", area="E02004396"))
    assert state.level == "msoa"
    assert len(state.values) == 6_856
    level, number = state.selected
    assert store.neighbourhoods["code"].iat[number] == "E02004396"
    assert level == "msoa"


def test_a_shared_viewport_wins_over_the_area(store):
    view = View(area="E01021004", at=(50.87, 0.6, 13.0))
    target = map_view.target(view, store)
    assert isinstance(target, At)
    assert (target.latitude, target.longitude) == (50.87, 0.6)


def test_each_place_to_look_at_has_its_own_key(store):
    views = [
        View(),
        View(area="E01021004"),
        View(councils=(HASTINGS,)),
        View(regions=("E12000008",)),
    ]
    assert len({map_view.target(view, store).key for view in views}) == len(views)


def test_a_postcode_gets_a_pin(store):
    marker = _state(store, View(postcode="TN355BP", area="E01021004")).marker
    assert (marker.latitude, marker.longitude) == pytest.approx((50.8747, 0.6083), abs=1e-3)
