"""A control draws again what it changes, and no more."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks._session import Session
from geo.view import View
from pages import map_parts, spoken

APP = str(Path(__file__).resolve().parent.parent / "app.py")
PATIENCE_S = 60
CONTROL, TABLE, MAP = "text_input", "dataframe", "component_instance"
FIND = "Find a place"


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

    def typed(self, label: str) -> str:
        """What stands in a box now."""
        return self._state("text", label).string_value

    async def _ask(self, name, began=None) -> None:
        self.came = []
        await super()._ask(name, began)


def _after(address: str, use: Callable[[_Watched], Awaitable[None]], **link: str) -> _Watched:
    """A reader who opens the map and does one thing."""

    async def done() -> _Watched:
        reader = _Watched(address.replace("http", "ws", 1))
        reader.title = ""
        await reader.open(**link)
        assert {CONTROL, TABLE, MAP} <= set(reader.came)
        await use(reader)
        await reader.close()
        return reader

    return asyncio.run(done())


def test_a_click_brings_the_map_its_panel_and_the_tabs_name(address, store):
    ore = store.area_number("E01021004")
    reader = _after(address, lambda reader: reader.click(ore, "lsoa"))
    assert {MAP, "heading"} <= set(reader.came)
    assert not {CONTROL, TABLE} & set(reader.came)
    assert reader.title.startswith("Ore")
    assert "area=E01021004" in reader.query
    # In a meeting the words above the map change too.
    meeting = _after(address, lambda reader: reader.click(ore, "lsoa"), meeting="1")
    assert CONTROL in meeting.came


def test_a_name_brings_its_answers_alone(address):
    reader = _after(address, lambda reader: reader.choose(FIND, "newport", "search"))
    assert {CONTROL, "button"} <= set(reader.came)
    assert not {MAP, TABLE} & set(reader.came)
    assert reader.can_press("**Newport** · place, Isle of Wight")


@pytest.mark.parametrize(
    ("typed", "pressed", "found"),
    [
        ("tn35 5bp", None, "postcode=TN355BP"),
        ("newport", "**Newport** · place, Isle of Wight", "area=E01017326"),
    ],
)
def test_a_place_that_is_found_brings_the_map_and_an_empty_box(address, typed, pressed, found):
    async def search(reader: _Watched) -> None:
        await reader.choose(FIND, typed, "search")
        if pressed:
            await reader.press(pressed, "choose")

    reader = _after(address, search)
    assert {CONTROL, MAP, "heading"} <= set(reader.came)
    assert TABLE not in reader.came
    assert found in reader.query
    assert reader.typed(FIND) == ""


def test_a_council_brings_the_whole_page(address):
    async def search(reader: _Watched) -> None:
        await reader.choose(FIND, "norwich", "search")
        await reader.press("**Norwich** · council", "choose")

    reader = _after(address, search)
    assert {CONTROL, MAP, TABLE} <= set(reader.came)
    assert "council=E07000148" in reader.query


def test_what_is_drawn_on_the_map_makes_no_other_table():
    plain = View(councils=("E07000062",))
    drawn = replace(
        plain, layer="crime", outlines=(), points=(), background="osm", area="E01021004"
    )
    assert map_parts.left(drawn) is map_parts.left(plain)
    assert map_parts.left(replace(plain, double_only=True)) is not map_parts.left(plain)
