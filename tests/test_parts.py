"""A control draws again what it changes, and no more."""

import asyncio
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks._session import Session
from pages import spoken

APP = str(Path(__file__).resolve().parent.parent / "app.py")
PATIENCE_S = 60
CONTROL, TABLE, MAP = "text_input", "dataframe", "component_instance"


@pytest.fixture
def whole(monkeypatch) -> list[str]:
    """The sentence above the map, each time that it was drawn: only a whole page draws it."""
    drawn = []
    sentence = spoken.sentence
    monkeypatch.setattr(spoken, "sentence", lambda text: (drawn.append(text), sentence(text)))
    return drawn


def _app(**parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    for word, text in parameters.items():
        app.query_params[word] = text
    return app.run()


def test_another_layer_draws_the_map_and_leaves_the_page(whole):
    app = _app()
    app.selectbox(key="map layer").set_value("income").run()
    assert len(whole) == 1
    assert any("Income" in html.proto.body for html in app.get("html"))
    assert not app.exception


def test_names_that_are_found_are_drawn_without_the_page(whole):
    app = _app()
    app.text_input(key="search text").set_value("newport").run()
    assert len(whole) == 1
    assert any("Isle of Wight" in button.label for button in app.button)


def test_a_place_that_is_found_draws_the_whole_page(whole):
    app = _app()
    app.text_input(key="search text").set_value("tn35 5bp").run()
    assert len(whole) == 2
    assert "Ore" in app.subheader[0].value


def test_a_page_that_was_cut_short_is_drawn_whole(whole):
    app = _app()
    app.session_state["whole page drawn"] = False
    app.selectbox(key="map layer").set_value("income").run()
    assert len(whole) == 2


def test_in_a_meeting_the_words_in_large_type_change_with_the_layer(whole):
    app = _app(meeting="1")
    app.selectbox(key="map layer").set_value("income").run()
    assert len(whole) == 2


class _Watched(Session):
    """A reader who remembers which kinds of element came with each step."""

    def _element(self, element, part: str) -> None:
        self.came.append(element.WhichOneof("type"))
        super()._element(element, part)

    def _read(self, message) -> bool:
        if message.WhichOneof("type") == "page_config_changed":
            self.title = message.page_config_changed.title or self.title
        return super()._read(message)

    async def _ask(self, name, began=None) -> None:
        self.came = []
        await super()._ask(name, began)


def test_a_click_brings_the_map_its_panel_and_the_tabs_name(address, store):
    ore = store.area_number("E01021004")

    async def click(**link: str) -> _Watched:
        reader = _Watched(address.replace("http", "ws", 1))
        reader.title = ""
        await reader.open(**link)
        assert {CONTROL, TABLE, MAP} <= set(reader.came)
        await reader.click(ore, "lsoa")
        await reader.close()
        return reader

    reader = asyncio.run(click())
    assert {MAP, "heading"} <= set(reader.came)
    assert not {CONTROL, TABLE} & set(reader.came)
    assert reader.title.startswith("Ore")
    assert "area=E01021004" in reader.query
    # In a meeting the words above the map change too.
    assert CONTROL in asyncio.run(click(meeting="1")).came
