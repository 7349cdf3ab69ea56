"""The pages Profile, Gaps and Compare, driven from app.py without a browser."""

import json
import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from geo import gaps_view
from geo.gaps_view import GapsView
from tests.test_pages import APP


def _page(name: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120).run()
    app.switch_page(f"pages/{name}.py")
    for word, text in parameters.items():
        app.query_params[word] = text
    app.run()
    assert not app.exception
    assert not app.error
    return app


def _said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "header", "title", "warning", "info")
    texts = [element.value for kind in kinds for element in getattr(app, kind)]
    texts += [element.proto.body for element in app.get("html")]
    return unescape(re.sub(r"\\(.)", r"\1", "\n".join(map(str, texts))))


def _link(app: AppTest) -> dict[str, str]:
    found = dict(app.query_params).items()
    return {word: text if isinstance(text, str) else text[-1] for word, text in found}


def _map(app: AppTest) -> dict:
    return json.loads(app.get("component_instance")[0].proto.json_args)


def test_a_profile_without_an_area_says_how_to_choose_one():
    said = _said(_page("profile"))
    assert "Profile of an area" in said
    assert "postcode" in said


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "E01021005",
            [
                "Ore (Hastings 004B)",
                "Small area in Hastings, South East: 1,700 people in mid-2022.",
                "rank 616 of 33,755",
                "It is doubly disadvantaged",
                "moved from the 2nd most deprived tenth to the most deprived tenth",
                "Ore Library",
                "open 18 hours a week",
                "England-wide register, 31 December 2023",
                "No record of a park (local sample, Norwich 2019)",
                "Ore Community Library",
            ],
        ),
        ("E02003959", ["Par", "1 of its 4 small areas", "St. Blazey Micro", "Larger rural"]),
        ("E05012902", ["Catton Grove ward", "best", "Mile Cross Library", "1,192 of 6,784"]),
        ("E07000062", ["Hastings", "18 of its 53 small areas", "Places in the area", "England"]),
        ("E06000053", ["Isles of Scilly", "Places in the area"]),
    ],
)
def test_a_profile_of_every_level(code, sentences):
    said = _said(_page("profile", area=code))
    for sentence in sentences:
        assert sentence in said


def test_a_profile_can_start_from_a_postcode_alone():
    said = _said(_page("profile", postcode="tn35 5bp"))
    assert "from TN35 5BP" in said
    assert "Ore Library" in said


def test_searching_opens_another_profile():
    app = _page("profile", area="E02003959")
    app.text_input(key="profile search text").set_value("E05012902").run()
    assert not app.exception
    assert _link(app) == {"area": "E05012902"}
    assert "Catton Grove ward" in _said(app)


def test_a_place_opens_its_neighbourhood_and_a_region_opens_nothing():
    app = _page("profile")
    app.text_input(key="profile search text").set_value("South East").run()
    region = next(button for button in app.button if "region" in button.label)
    region.click().run()
    assert not app.exception
    assert _link(app) == {}


def test_the_profile_map_shows_the_area_and_the_places_near():
    drawn = _map(_page("profile", area="E01021005"))["feature_group"]
    assert "Ore Library" in json.dumps(drawn)


@pytest.mark.parametrize(
    ("page", "junk", "notices"),
    [
        ("profile", {"area": "E01999999"}, 1),
        ("profile", {"area": "<b>"}, 1),
        ("profile", {"postcode": "ZZ99 9ZZ"}, 1),
        ("compare", {"areas": "E01999999,E02004371"}, 1),
        ("compare", {"areas": "E02004371,E02004371,"}, 0),
        ("compare", {"areas": "1,2,3,4"}, 1),
        ("gaps", {"council": "E07999999"}, 1),
        ("gaps", {"need": "none", "community": "none", "kinds": "none"}, 1),
        ("gaps", {"box": "9-1,0-0", "quarter": "north", "area": "E01021005"}, 3),
    ],
)
def test_a_broken_link_still_shows_the_page(page, junk, notices):
    app = _page(page, **junk)
    assert len(app.warning) == notices


def test_gaps_rank_all_england_and_say_by_what():
    app = _page("gaps")
    said = _said(app)
    assert "All of England: 6,856 neighbourhoods, 57.1 million people" in said
    assert "Ranked half by need (all deprivation)" in said
    shown = app.dataframe[0].value
    assert len(shown) == 1_000
    assert "The first 1,000 of 6,856, highest scores first" in said
    assert shown["Score"].is_monotonic_decreasing
    points = shown.filter(like="Points: ").sum(axis=1)
    assert points.tolist() == pytest.approx(shown["Score"].tolist())
    assert len(app.dataframe[1].value) == 296


def _gaps_with_drawers_open(**parameters: str) -> AppTest:
    app = _page("gaps", **parameters)
    app.session_state["gaps counts"] = app.session_state["gaps walk"] = True
    return app.run()


def test_what_counts_can_be_changed_and_goes_into_the_link():
    app = _gaps_with_drawers_open()
    app.pills(key="gaps registers").set_value(["gp"]).run()
    app.pills(key="gaps community").set_value([]).run()
    app.radio(key="gaps threshold").set_value("800m").run()
    app.radio(key="gaps against").set_value("walk").run()
    assert not app.exception
    assert _link(app) == {"kinds": "gp", "community": "none", "walk": "800m", "against": "walk"}
    shown = app.dataframe[0].value
    assert "Points: far from a GP practice" in shown
    assert "Postcodes within 800 m of a GP practice" in shown


def test_at_least_one_part_has_to_count():
    app = _gaps_with_drawers_open(need="none", kinds="none")
    app.pills(key="gaps community").set_value([]).run()
    assert not app.exception
    assert _link(app) == {"need": "none", "kinds": "none"}
    assert [toast.value for toast in app.toast] == ["At least one part has to count."]
    shown = next(pills for pills in app.pills if pills.key.startswith("gaps community"))
    assert shown.value == ["cni"]


def test_one_council_one_quarter_one_area_explained():
    view = GapsView(
        councils=("E07000062",), level="small-area", quarters=("deprived-weak",), area="E01021005"
    )
    app = _page("gaps", **gaps_view.query(view))
    said = _said(app)
    assert "Hastings: " in said
    assert "Score 77.1 of 100, place 1,630 of 33,755 small areas in England." in said
    assert "Far from a public library" in said
    assert app.segmented_control(key="gaps level").value == "small-area"
    assert len(app.dataframe[0].value) < 53


def test_an_empty_box_says_that_nothing_is_left():
    app = _page("gaps", council="E07000062", box="0-1,99-100")
    assert "No area is left" in _said(app)


def test_the_map_of_gaps_keeps_its_script():
    before = _map(_page("gaps"))
    after = _map(_page("gaps", council="E07000062"))
    assert before["script"] == after["script"]
    assert before["feature_group"] != after["feature_group"]


def test_areas_stand_side_by_side_in_the_readers_order():
    app = _page("compare", areas="E02003959,E02004371")
    said = _said(app)
    assert said.index("A: Par") < said.index("B: Ore")
    assert "rank 2,167 of 6,856" in said
    assert "rank 897 of 6,856" in said


def test_areas_are_added_and_taken_away():
    app = _page("compare", areas="E02003959")
    assert "Add at least one more area" in _said(app)
    app.text_input(key="compare search text").set_value("E07000062").run()
    assert _link(app) == {"areas": "E02003959,E07000062"}
    assert "each is ranked among its own kind" in _said(app)
    app.button(key="take away E02003959").click().run()
    assert not app.exception
    assert _link(app) == {"areas": "E07000062"}


def test_compare_without_areas_says_what_it_does():
    assert "Put two or three areas side by side" in _said(_page("compare"))
