"""The map's engine in a real browser: what it draws, says and answers, and what cannot break it.

States are handed to the engine as the component hands them over, in the frame of the real app.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from geo import layers, map_values
from geo.maps import At, Fit, MapState, Points

pytest.importorskip("playwright.sync_api")

from benchmarks import _browser as browse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not browse.found(), reason="NO BROWSER FOUND: the map was not tested"),
]
STATIC = Path(__file__).resolve().parent.parent / "static"
HASTINGS = At(50.8738, 0.6002, 13, key="Hastings")
HOSTILE = '<img src=x onerror="window.pwned=1"></script><script>window.pwned=1</script>'


@pytest.fixture(scope="module")
def chromium():
    with browse.chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium):
    with browse.reader(chromium) as reader:
        reader.page.failures = []
        reader.page.on("pageerror", lambda error: reader.page.failures.append(str(error)))
        yield reader


@pytest.fixture(scope="module")
def state(store):
    layer = layers.layer("imd")
    colours, labels = layers.look(layer)
    values = layers.encode(layers.classes(layer, store.small_areas))
    return MapState(
        level="lsoa", values=values, colours=colours, labels=labels, title="Index", view=HASTINGS
    )


@pytest.fixture(scope="module")
def opened(chromium, address):
    """The app with its map, opened once."""
    with browse.reader(chromium) as reader:
        reader.page.failures = []
        reader.page.on("pageerror", lambda error: reader.page.failures.append(str(error)))
        reader.page.goto(address)
        frame = reader.map_frame()
        # What the engine reports goes here instead of to the app, which would answer with a state.
        frame.evaluate("() => { Streamlit.setComponentValue = (value) => got.push(value) }")
        yield frame


@pytest.fixture
def frame(opened, state):
    """The map's frame, looking elsewhere, with nothing open and nothing reported."""
    opened.evaluate("() => { window.got = []; map.closePopup() }")
    show(opened, replace(state, view=At(53.5, -1.5, 9, key="elsewhere")))
    yield opened
    assert opened.page.failures == []


def show(frame, state, files=MappingProxyType({})):
    count = frame.evaluate("() => commonGround.painted")
    frame.evaluate("(state) => commonGround.set(state)", state.message(files))
    frame.wait_for_function("(count) => commonGround.painted > count", arg=count)
    rest(frame)


def rest(frame):
    """Waits until all tiles are there and a quarter of a second passed without move or paint."""
    frame.wait_for_function(
        """async () => {
          const now = () => JSON.stringify([commonGround.painted, commonGround.viewport()]);
          const before = now();
          await new Promise((done) => setTimeout(done, 250));
          const loading = Object.values(map._layers).some((layer) => layer._loading);
          return now() === before && !loading && !map._animatingZoom && !map._panAnim?._inProgress;
        }"""
    )


def viewport(frame):
    return frame.evaluate("() => commonGround.viewport()")


def on_screen(frame, latitude, longitude):
    """Where a place is in the page, in pixels."""
    box = frame.page.locator('iframe[title*="st_folium"]').bounding_box()
    x, y = frame.evaluate(
        "([lat, lng]) => { const p = map.latLngToContainerPoint([lat, lng]); return [p.x, p.y] }",
        [latitude, longitude],
    )
    return box["x"] + x, box["y"] + y


def picture(frame):
    return frame.page.locator('iframe[title*="st_folium"]').screenshot()


@pytest.mark.slow
def test_letters_from_a_file_are_drawn_as_those_that_are_sent(frame, state):
    files = map_values.files(STATIC)
    inland = np.arange(len(state.values)) % 2000 < 900
    for values in (state.values, layers.encode(letters(state.values), inland)):
        sent = replace(state, values=values)
        assert "file" in sent.message(files)
        show(frame, replace(sent, values=state.values[::-1]))
        other = picture(frame)
        show(frame, sent)
        drawn = picture(frame)
        show(frame, replace(sent, values=state.values[::-1]))
        show(frame, sent, files)
        assert picture(frame) == drawn != other


def letters(values):
    return np.frombuffer(values.encode(), np.uint8) - ord("A")


def test_letters_that_cannot_be_had_are_told(frame, state):
    files = {state.values: "vendor/values/none.txt"}
    frame.evaluate("(state) => commonGround.set(state)", state.message(files))
    frame.get_by_text("The colours of the map could not be loaded.").wait_for()
    show(frame, state)


def test_the_last_of_two_states_is_drawn(frame, state):
    files = map_values.files(STATIC)
    other = replace(state, values=state.values[::-1])
    show(frame, other)
    drawn = picture(frame)
    show(frame, state)
    count = frame.evaluate("() => commonGround.painted")
    frame.evaluate(
        "([file, sent]) => { commonGround.set(file); commonGround.set(sent) }",
        [state.message(files), other.message()],
    )
    frame.wait_for_function("(count) => commonGround.painted > count", arg=count)
    rest(frame)
    assert picture(frame) == drawn


def test_a_new_layer_is_drawn_in_place(frame, state):
    show(frame, state)
    frame.evaluate("() => map.panBy([180, 60], { animate: false })")
    rest(frame)
    before, looked = viewport(frame), picture(frame)
    show(frame, replace(state, values=state.values[::-1]))
    assert viewport(frame) == before
    assert picture(frame) != looked


def test_the_map_moves_only_for_a_new_key(frame, state):
    show(frame, state)
    here = viewport(frame)
    assert here == {"lat": pytest.approx(50.8738, abs=1e-3),
                    "lon": pytest.approx(0.6002, abs=1e-3), "zoom": 13}  # fmt: skip
    show(frame, replace(state, view=At(53.0, -2.0, 9, key=HASTINGS.key)))
    assert viewport(frame) == here
    show(frame, replace(state, view=Fit(52.38, -2.03, 52.61, -1.73, key="Birmingham")))
    there = viewport(frame)
    assert there["zoom"] in (10, 11)
    assert there["lat"] == pytest.approx(52.495, abs=0.01)


def test_a_click_is_answered_with_the_row_of_the_area_under_it(frame, state, store):
    chosen = np.random.default_rng(20251030).choice(len(store.small_areas), 12, replace=False)
    for i in chosen:
        area = store.small_areas.iloc[i]
        at = At(area["latitude"], area["longitude"], 15, key=area["code"])
        show(frame, replace(state, view=at))
        frame.page.mouse.click(*on_screen(frame, at.latitude, at.longitude))
        frame.wait_for_function("() => got.length")
        clicked = frame.evaluate("() => got.pop().last_clicked")
        assert (clicked["level"], clicked["area"]) == ("lsoa", i)


def test_a_click_before_the_areas_are_drawn_is_answered(frame, store):
    row = 22_063
    area = store.small_areas.iloc[row]
    frame.evaluate(
        """([lat, lng]) => {
          map.setView([lat, lng], 15, { animate: false });
          map.fire("click", { latlng: L.latLng(lat, lng) });
        }""",
        [area["latitude"], area["longitude"]],
    )
    frame.wait_for_function("() => got.length")
    assert frame.evaluate("() => got.pop().last_clicked.area") == row


def test_names_and_classes_stand_in_the_tooltip(frame, state, store):
    show(frame, state)
    said = ""
    for step in range(40):  # the first look may have to fetch the names
        aside = HASTINGS.latitude + 1e-4 * (step % 2)
        frame.page.mouse.move(*on_screen(frame, aside, HASTINGS.longitude))
        frame.page.wait_for_timeout(700)
        said = " ".join(frame.locator(".common-ground-tip").all_inner_texts())
        if "Hastings 0" in said:
            break
    assert "Hastings 0" in said
    assert "Index: " in said
    assert "deprived tenth" in said


def test_a_place_answers_before_the_area_and_its_name_stays_text(frame, state):
    place = (HASTINGS.longitude, HASTINGS.latitude, HOSTILE, f"line\n{HOSTILE}", "/profile?area=E1")
    show(frame, replace(state, points=(Points("k", HOSTILE, "ring", "#d4351c", rows=(place,)),)))
    frame.page.mouse.move(*on_screen(frame, HASTINGS.latitude, HASTINGS.longitude))
    frame.page.wait_for_timeout(300)
    frame.page.mouse.click(*on_screen(frame, HASTINGS.latitude, HASTINGS.longitude))
    popup = frame.locator(".common-ground-places")
    assert popup.inner_text().count(HOSTILE) == 3
    assert popup.locator("a").get_attribute("href").endswith("/profile?area=E1")
    assert frame.evaluate("() => [got.length, window.pwned ?? null]") == [0, None]


def test_a_place_leads_on_with_the_meeting(frame, state):
    place = (HASTINGS.longitude, HASTINGS.latitude, "A", "", "/case-studies?case=a")
    show(frame, replace(state, points=(Points("k", "K", "ring", "#d4351c", rows=(place,)),)))
    before = frame.page.url
    frame.page.evaluate("() => history.replaceState(history.state, '', '?meeting=1')")
    frame.page.mouse.click(*on_screen(frame, HASTINGS.latitude, HASTINGS.longitude))
    leads = frame.locator(".common-ground-places a").get_attribute("href")
    frame.page.evaluate("(address) => history.replaceState(history.state, '', address)", before)
    assert leads.endswith("/case-studies?case=a&meeting=1")


def test_a_link_to_elsewhere_is_not_offered(frame, state):
    place = (HASTINGS.longitude, HASTINGS.latitude, "A", "", "javascript:alert(1)")
    show(frame, replace(state, points=(Points("k", "K", "ring", "#d4351c", rows=(place,)),)))
    frame.page.mouse.click(*on_screen(frame, HASTINGS.latitude, HASTINGS.longitude))
    assert frame.locator(".common-ground-places").inner_text().startswith("A")
    assert frame.locator(".common-ground-places a").count() == 0


def test_the_keyboard_moves_the_map_and_chooses_an_area(frame, state):
    show(frame, state)
    frame.locator("#map_div").focus()
    frame.page.keyboard.press("ArrowRight")
    frame.wait_for_function(
        f"() => commonGround.viewport().lon > {HASTINGS.longitude}"
        " && document.querySelector('.common-ground-unseen[role=status]').innerText"
    )
    assert "Index: " in frame.locator('[role="status"].common-ground-unseen').inner_text()
    frame.page.keyboard.press("Enter")
    frame.wait_for_function("() => got.length")
    assert frame.evaluate("() => got[0].last_clicked.area") >= 0
    assert frame.locator("#map_div").get_attribute("aria-label")


def test_every_outline_and_level_draws(frame, state, store):
    seen = set()
    numbers = layers.classes(layers.layer("imd"), store.neighbourhoods)
    own = {"values": layers.encode(numbers), "level": "msoa"}
    for change in (
        {},
        {"double": True},
        {"left": True},
        {"ward": True},
        {"council": 60},
        {"highlighted": tuple(range(20000, 22000))},
        own,
        {**own, "selected": ("msoa", 4000)},
    ):
        show(frame, replace(state, view=At(50.87, 0.57, 12, key="12"), **change))
        seen.add(picture(frame))
    assert len(seen) >= 5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lost", "reason"), [("**/leaflet.js*", "a script"), ("**/england.pmtiles*", "its shapes")]
)
def test_a_map_that_cannot_be_drawn_says_so(page, address, lost, reason):
    page.page.route(lost, lambda route: route.abort())
    page.page.goto(address)
    page.page.wait_for_selector('iframe[title*="st_folium"]', timeout=60_000)
    frame = page.page.wait_for_selector('iframe[title*="st_folium"]').content_frame()
    message = frame.locator('[role="alert"]')
    message.wait_for(timeout=20_000)
    assert reason in message.inner_text()
    assert "The table below has the same figures" in message.inner_text()
    assert page.page.locator('iframe[title*="st_folium"]').bounding_box()["height"] > 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [lambda route: route.abort(), lambda route: route.fulfill(status=206, body="short")],
    ids=["lost", "short"],
)
def test_a_part_of_the_shapes_that_does_not_come_whole_is_asked_for_again(page, address, spoil):
    asked = []

    def spoil_the_second(route):
        asked.append(route.request.headers["range"])
        spoil(route) if len(asked) == 2 else route.continue_()

    page.page.route("**/england.pmtiles*", spoil_the_second)
    page.page.goto(address)
    frame = page.page.wait_for_selector('iframe[title*="st_folium"]').content_frame()
    frame.wait_for_function("() => window.commonGround?.painted > 0", timeout=60_000)
    assert asked.count(asked[1]) == 2
    assert frame.locator(".common-ground-warning").inner_text() == ""


def test_a_list_of_places_that_is_lost_is_said(frame, state):
    show(frame, replace(state, points=(Points("k", "K", "ring", "#d4351c", url="points/no.json"),)))
    frame.locator(".common-ground-warning", has_text="Some places").wait_for()
