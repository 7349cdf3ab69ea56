"""Charts are held against Vega-Lite's schema here, and not each time they are drawn."""

import altair as alt
import pytest

from geo import area_charts, charts, profiles

PLACES = {"Ore": "E02004371", "Par": "E02003959", "Catton Grove": "E05012902", "Hull": "E06000010"}


@pytest.mark.parametrize("code", PLACES.values(), ids=PLACES)
def test_a_profile_s_charts_are_vega_lite(code, national):
    profile = profiles.profile(code, national)
    drawn = [*charts.tenths(profile.area), area_charts.ages(profile.ages)]
    if profile.path is not None:
        drawn.append(area_charts.rank_path(profile.path))
    else:
        drawn.append(area_charts.worst_share(profile.past))
    for drawing in drawn:
        # Rows that a layer names for itself would stand before those of the page.
        parts = (drawing.spec, *drawing.spec["layer"])
        assert not any("data" in part for part in parts)
        assert "datasets" not in drawing.spec
        rows = {"values": drawing.rows.to_pylist()}
        assert alt.Chart.from_dict({**drawing.spec, "data": rows})


def test_the_tenths_hold_the_area_s_own_figures(store):
    ore, par = store.area("E01021004"), store.area("E02003959")
    assert charts.tenths(ore)[0].rows["decile"][0].as_py() == ore["imd_decile"]
    assert charts.tenths(par)[1].rows["rank"].to_pylist() == [
        par[f"{key}_rank"] for key in ("cni", "civic_assets", "connectedness", "engaged")
    ]
