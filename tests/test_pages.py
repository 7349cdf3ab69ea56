"""Every page, driven from app.py without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.national import National
from geo.view import View, query
from pages import area_panel, frame

APP = str(Path(__file__).resolve().parent.parent / "app.py")


def _app(**parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for word, text in parameters.items():
        app.query_params[word] = text
    return app.run()


def _said(app: AppTest) -> str:
    kinds = ("markdown", "html", "caption", "subheader", "header", "title", "warning", "info")
    texts = [element.value for kind in kinds for element in getattr(app, kind, ())]
    texts += [element.proto.body for element in app.get("html")]
    return "\n".join(map(str, texts))


def _map_arguments(app: AppTest) -> dict:
    return json.loads(app.get("component_instance")[0].proto.json_args)


def _link(app: AppTest) -> dict[str, str]:
    """The link's parameters; the tester gives a list where the page set one and text where not."""
    return {
        word: values if isinstance(values, str) else values[-1]
        for word, values in dict(app.query_params).items()
    }


def test_the_map_opens_on_all_england():
    app = _app()
    assert not app.exception
    assert not app.error
    assert "All of England: 33,755 small areas, 57.1 million people." in _said(app)
    assert _link(app) == {}


def test_a_postcode_finds_ore_and_its_library():
    app = _app()
    app.text_input(key="search text").set_value("tn35 5bp")
    # The tester cannot draw a part with a link to another page in it: let it draw them all.
    app.session_state["whole page drawn"] = False
    app.run()
    assert not app.exception
    said = _said(app)
    assert "Ore" in said
    assert "Ore Library" in said
    assert "open 18 hours a week" in said
    assert "Independent" in said
    assert _link(app)["postcode"] == "TN355BP"


def test_a_chosen_area_does_not_wait_for_the_comparisons(monkeypatch):
    def prepared():
        raise AssertionError("all of England is prepared for one area")

    monkeypatch.setattr(frame, "national", prepared)
    area_panel._said.cache_clear()
    app = _app(area="E01020965")
    assert not app.exception
    assert not app.error
    assert "A case study near here" in _said(app)


def test_the_comparisons_and_the_panel_share_where_the_cases_are(monkeypatch):
    monkeypatch.setattr(National, "prepare", lambda _: None)
    assert frame.national.__wrapped__().placed_cases is frame.england().placed_cases


def test_a_link_with_a_postcode_alone_is_enough():
    assert "Ore Library" in _said(_app(postcode="TN355BP"))


def test_filters_say_what_is_left_and_go_into_the_link():
    app = _app()
    app.session_state["map filters"] = True
    app.run()
    app.slider(key="map imd").set_value((1, 1)).run()
    app.slider(key="map cni").set_value((1, 1)).run()
    assert "1,262 small areas" in _said(app)
    assert _link(app) == {"imd": "1", "cni": "1"}
    assert not app.exception


def test_filters_that_are_taken_off_are_off_in_their_controls_too():
    app = _app(council="E07000062", imd="1-3", double="1")
    app.session_state["map filters"] = True
    app.run()
    assert app.slider(key="map imd").value == (1, 3)
    (off,) = (button for button in app.button if button.label == "Take all filters off")
    off.click().run()
    assert _link(app) == {}
    assert "33,755 small areas" in _said(app)
    (councils,) = (box for box in app.multiselect if box.label == "Councils")
    (imd,) = (slider for slider in app.slider if slider.label.startswith("Deprivation"))
    assert (councils.value, imd.value) == ([], (1, 10))
    assert not app.exception


def test_changing_the_layer_changes_values_but_not_the_script():
    app = _app()
    before = _map_arguments(app)
    app.selectbox(key="map layer").set_value("income").run()
    after = _map_arguments(app)
    assert before["script"] == after["script"]
    assert before["feature_group"] != after["feature_group"]
    assert _link(app) == {"layer": "income"}


def test_neighbourhoods_can_be_shown_instead():
    app = _app(by="neighbourhood")
    assert "All of England: 6,856 neighbourhoods" in _said(app)


@pytest.mark.parametrize(
    "junk",
    [
        {"area": "E01999999"},
        {"council": "E06999999"},
        {"layer": "<script>alert(1)</script>"},
        {"layer": "nonesuch"},
        {"at": "nan,nan,nan"},
        {"postcode": "ZZ99 9ZZ"},
        {"show": "nonesuch"},
        {"imd": "11"},
    ],
)
def test_a_broken_link_shows_the_map_and_says_what_was_left_out(junk):
    app = _app(**junk)
    assert not app.exception
    assert not app.error
    assert len(app.warning) == 1


def test_every_choice_of_a_view_opens_from_its_link():
    view = View(
        layer="two_way",
        area="E02004310",
        councils=("E07000062",),
        rural_urban=("UN1",),
        ranges=(("imd", 1, 5), ("engaged", 2, 9)),
        library_m=(100, 4_000),
        outlines=("double", "left-behind", "wards"),
        points=("cases", "closed", "libraries"),
        at=(50.87, 0.6, 12.5),
    )
    app = _app(**query(view))
    app.session_state["map filters"] = True
    app.run()
    assert not app.exception
    assert app.selectbox(key="map layer").value == "two_way"
    assert app.slider(key="map engaged").value == (2, 9)
    assert app.number_input(key="map least_m").value == 100


def test_the_data_page_lists_every_source_and_table(store):
    app = _app().switch_page("pages/data_and_methods.py").run()
    assert not app.exception
    assert not app.error
    shown = app.dataframe[0].value
    used = [source for source in store.sources.values() if source.tables]
    assert len(shown) == len(used)
    assert "Index of Multiple Deprivation" in " ".join(e.label for e in app.expander)


@pytest.mark.parametrize(
    "table", ["small_areas", "access/library", "assets/libraries", "postcodes"]
)
def test_the_data_page_explains_every_column_of_a_table(store, table):
    app = _app().switch_page("pages/data_and_methods.py").run()
    chosen = app.selectbox(key="table of the data page")
    assert len(chosen.options) == len(store.table_names())
    app = chosen.set_value(table).run()
    assert not app.exception
    assert not app.error
    explained = app.dataframe[-1].value
    assert explained["Column"].tolist() == store.column_names(table)
    assert explained["What it is"].str.len().min() > 3
