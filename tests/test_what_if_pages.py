"""The pages What if and Where next, driven from app.py without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parent.parent / "app.py")
ORE, HASTINGS = "lib1354f037", "lib75014bab"


def opened(page: str = "pages/what_if.py", **parameters: str) -> AppTest:
    """A page as its link opens it."""
    app = AppTest.from_file(APP, default_timeout=120).run().switch_page(page)
    for word, text in parameters.items():
        app.query_params[word] = text
    return app.run()


def said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "header", "title", "warning", "info")
    texts = [element.value for kind in kinds for element in getattr(app, kind, ())]
    texts += [element.proto.body for element in app.get("html")]
    return "\n".join(map(str, texts))


def link(app: AppTest) -> dict[str, str]:
    return {
        word: values if isinstance(values, str) else values[-1]
        for word, values in dict(app.query_params).items()
    }


def drawn(app: AppTest) -> str:
    return json.loads(app.get("component_instance")[0].proto.json_args)["feature_group"]


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def test_the_page_opens_on_ore_and_says_why():
    app = fine(opened())
    text = said(app)
    assert "A worked example" in text
    assert "reopened in May 2021" in text
    assert "Closing Ore Library would leave another 18,000 people more than 1 mile" in text
    assert "With Ore Library" in text
    assert "Hastings Library nearest" in text
    assert "spread evenly" in text
    assert link(app) == {}


def test_the_case_study_leads_to_its_figures():
    app = fine(opened("pages/case_studies.py", case="ore-community-library"))
    links = [element.proto for element in app.get("page_link")]
    to = [link for link in links if link.page == "what-if"]
    assert len(to) == 1
    assert f"close.{ORE}" in to[0].query_string


def test_the_map_and_tables_are_there():
    app = fine(opened())
    assert "Ore Library" in drawn(app)
    assert [tab.label for tab in app.tabs][0] == "Deprivation"
    assert len(app.dataframe[0].value) > 10
    app.session_state["download what-if"] = True
    labels = [button.label for button in app.run().get("download_button")]
    assert labels[:2] == ["Briefing (PDF)", "Web page to print"]
    assert "Small areas as GeoJSON" in labels
    assert "The chart as PNG" in labels


def test_closing_another_goes_into_the_link_and_back_out():
    app = fine(opened())
    app.button(key=f"what-if close {HASTINGS}").click().run()
    assert link(fine(app)) == {
        "area": "E02004371",
        "do": f"close.{ORE},close.{HASTINGS}",
    }
    assert "Closing Ore Library and Hastings Library" in said(app)
    assert "A worked example" not in said(app)
    app.button(key="what-if undo 0").click().run()
    assert link(fine(app))["do"] == f"close.{HASTINGS}"


def test_undoing_everything_leaves_the_place_without_the_example():
    app = opened()
    next(button for button in app.button if button.label == "Undo all").click().run()
    assert link(fine(app)) == {"area": "E02004371"}
    assert "Nothing is closed or opened yet" in said(app)


def test_opening_at_a_postcode():
    app = opened(area="E02004371")
    app.text_input(key="what-if open at").set_value("TN34 2LA").run()
    assert "open.library." in link(fine(app))["do"]
    assert "Opening a public library in" in said(app)
    app.text_input(key="what-if open at").set_value("ZZ99 9ZZ").run()
    assert "not in the postcode directory" in said(fine(app))


def test_names_are_shown_letter_for_letter():
    app = opened(area="E02004371", do=f"close.{ORE}")
    app.text_input(key="what-if name").set_value("Option <b>B</b>").run()
    assert link(fine(app))["do"] == f"close.{ORE}~Option <b>B</b>"
    assert app.title[0].value == r"Option \<b\>B\</b\>"


def test_another_walk_and_another_kind():
    app = opened(area="E02004371", do=f"close.{ORE}")
    app.segmented_control(key="what-if walk").set_value("2-miles").run()
    assert link(fine(app))["walk"] == "2-miles"
    assert "2 miles" in said(app)
    app.selectbox(key="what-if kind").set_value("family_centre").run()
    assert link(fine(app))["kind"] == "family_centre"
    # The library stays closed in the link, and can be gone back to.
    assert link(app)["do"] == f"close.{ORE}"
    assert "Nothing is closed or opened yet" in said(app)
    app.button(key="what-if show 0").click().run()
    assert "Closing Ore Library" in said(fine(app))


def test_a_postcode_moves_the_list_and_drops_the_example():
    app = opened()
    app.text_input(key="what-if search text").set_value("B1 1BB").run()
    assert link(fine(app))["postcode"] == "B11BB"
    assert "do" not in link(app)
    assert any("Close" in button.label and "Library" in button.label for button in app.button)


@pytest.mark.parametrize("area", ["E07000062", "E05011211", "E01021004"])
def test_councils_wards_and_small_areas_list_their_places(area):
    app = fine(opened(area=area))
    assert any("Hastings Library" in button.label for button in app.button)


@pytest.mark.parametrize(
    "junk",
    [
        {"do": "close.lib00000000"},
        {"do": "<script>alert(1)</script>"},
        {"area": "E02999999"},
        {"kind": "casino"},
        {"walk": "9-miles"},
        {"postcode": "ZZ99 9ZZ"},
        {"at": "nan,nan,nan"},
    ],
)
def test_a_broken_link_says_what_was_left_out(junk):
    app = fine(opened(**junk))
    assert len(app.warning) == 1


def test_every_kind_can_be_asked_about(store):
    for kind in ("gp", "school", "youth_centre"):
        app = fine(opened(area="E07000062", kind=kind))
        assert "Nothing is closed or opened yet" in said(app)


# Where next


def where_next(**parameters: str) -> AppTest:
    return fine(opened("pages/siting.py", **parameters))


def test_where_next_opens_with_an_answer():
    app = where_next()
    text = said(app)
    assert "3 new public libraries in Hastings could bring 14,000 people" in text
    assert "Proved best" in text
    assert "Do places stand where need is greatest today?" in text
    assert "Whether a building is fit" in text
    assert link(app) == {}
    assert app.title[0].value == "Where should 3 new public libraries in Hastings go?"


def _given_opened(app: AppTest) -> AppTest:
    app.session_state["siting given"] = True
    return app.run()


def test_controls_go_into_the_link():
    app = where_next()
    app.number_input(key="siting count").set_value(2).run()
    assert link(fine(app)) == {"places": "2"}
    assert "2 new public libraries in Hastings" in said(app)
    app.segmented_control(key="siting whose").set_value("young").run()
    assert link(fine(app))["for"] == "young"
    assert "Counting everyone alike" in said(app)
    app.selectbox(key="siting kind").set_value("family_centre").run()
    assert link(fine(app))["kind"] == "family_centre"
    # What counts as open follows the kind.
    app = _given_opened(app)
    assert app.multiselect(key="siting open").value == ["family_centre"]
    app.number_input(key="siting rule").set_value(0).run()
    assert link(fine(app))["rule"] == "0"
    assert "By the rule" not in said(app)


def test_a_link_to_an_answer_sets_every_control():
    app = where_next(
        area="E07000008", places="2", walk="800m", aim="nearest", rule="100",
        **{"in": "schools,halls", "open": "none", "for": "deprived"},
    )  # fmt: skip
    assert app.selectbox(key="siting area").value == "E07000008"
    app = _given_opened(app)
    assert app.multiselect(key="siting open").value == []
    assert app.radio(key="siting aim").value == "nearest"
    # Cambridge has no doubly disadvantaged small area.
    assert "could not be kept" in said(app)


def test_all_england_is_asked_for_and_can_be_stopped():
    app = where_next()
    app.selectbox(key="siting area").set_value("england").run()
    assert link(fine(app)) == {"area": "england"}
    asked = [button for button in app.button if button.label == "Work it out"]
    assert len(asked) == 1
    asked[0].click().run()
    stop = [button for button in app.button if button.label.startswith("Stop")]
    if stop:
        stop[0].click().run()
        assert app.session_state["siting run"].wait(60)
        app.run()
    assert "3 new public libraries in England could bring" in said(fine(app))


@pytest.mark.parametrize(
    "junk",
    [{"area": "E07999999"}, {"places": "51"}, {"kind": "casino"}, {"in": "castles"}],
)
def test_a_broken_link_to_where_next_says_what_was_left_out(junk):
    app = where_next(**junk)
    assert len(app.warning) == 1


def test_no_candidate_at_all_is_told_in_words():
    app = where_next(area="E06000053", **{"in": "halls"})
    assert "no candidate lies in the area" in said(app)
