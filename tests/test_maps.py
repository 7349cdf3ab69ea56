import json
import re
from dataclasses import replace

import pytest
import streamlit_folium

from geo import frontend, maps
from geo.frontend import Scripts
from geo.maps import At, Background, Fit, MapState, Marker, Points

SCRIPTS = Scripts(local=True, js=(("leaflet", "leaflet.js"),), css=())
PLAIN = MapState(
    level="lsoa", values="ABa", colours=("#000000", "#ffffff"), labels=("a", "b"), title="T"
)
HOSTILE = (
    "</script><script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} {# x #} "
    "{{'feature_group'}} it's _score_2019 \u2028 \u2029 \\ \" &amp;"
)


@pytest.fixture
def sent(monkeypatch):
    """What the component sends to the browser for a state."""
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **arguments: arguments)

    def send(state, key="map"):
        return streamlit_folium.st_folium(
            maps.base_map(attribution="Source: <ONS>", label="Map of England", scripts=SCRIPTS),
            key=key,
            returned_objects=["last_clicked"],
            feature_group_to_add=maps.state_group(state),
        )

    return send


def state_in(arguments):
    """The state as the browser would read it."""
    found = re.search(r"commonGround\.set\((\{.*\})\);", arguments["feature_group"])
    return json.loads(found[1])


def test_a_state_arrives_letter_by_letter(sent):
    state = MapState(
        level="msoa",
        values="AbZ" * 100,
        colours=("#000000", "#ffffff"),
        labels=(HOSTILE, "b"),
        title=HOSTILE,
        council=3,
        councils=(4, 295),
        selected=("lsoa", 7),
        highlighted=(1, 2),
        double=True,
        points=(
            Points(
                "k", HOSTILE, "ring", "#112233", rows=((0.1, 51.5, HOSTILE, "", ""),), named=True
            ),
        ),
        marker=Marker(51.5, 0.1, HOSTILE),
        view=At(51.5, 0.1, 13, key="here"),
        background=Background("https://tiles.example/{z}/{x}/{y}.png", HOSTILE),
    )
    got = state_in(sent(state))
    assert got == json.loads(json.dumps(state.message()))
    assert got["points"][0]["rows"][0][2] == HOSTILE
    assert got["background"]["url"].endswith("{z}/{x}/{y}.png")
    assert got["view"] == {"key": "here", "at": [51.5, 0.1, 13]}


def test_hostile_text_cannot_leave_its_string(sent):
    group = sent(replace(PLAIN, title=HOSTILE))["feature_group"]
    for sign in ("</script", "<", "{{", "{%", "{#", "\u2028", "it's"):
        assert sign not in group.split("commonGround.set(")[1].split(");")[0]


def test_the_map_itself_is_the_same_for_every_state(sent):
    one = sent(PLAIN)
    other = sent(replace(PLAIN, values="BBB", title=HOSTILE, view=Fit(50, 0, 51, 1, key="k")))
    same = ("script", "header", "html", "key", "js_links", "css_links", "zoom", "center")
    assert [one[name] for name in same] == [other[name] for name in same]
    assert one["feature_group"] != other["feature_group"]


def test_states_that_differ_only_after_an_underscore_differ(sent):
    groups = {
        streamlit_folium.generate_js_hash(sent(replace(PLAIN, title=title))["feature_group"])
        for title in ("score_2019", "score_2025")
    }
    assert len(groups) == 2


def test_only_the_scripts_given_are_asked_for(sent):
    got = sent(PLAIN)
    assert got["js_links"] == ["leaflet.js"]
    assert got["css_links"] == []
    assert "://" not in got["header"]


def test_the_engine_gets_its_options(sent):
    got = sent(PLAIN)
    assert "commonGroundEngine(" in got["script"]
    assert "Map of England" in got["script"]
    assert "\\u003cONS\\u003e" in got["script"]
    assert '"maxZoom": 16' in got["script"]


@pytest.mark.parametrize("name", [*frontend.ENGINE, "guard.js", "engine.css"])
def test_engine_files_come_through_the_component_unchanged(name):
    text = frontend.engine_file(name)
    assert not re.search(r"\{\{|\{%|\{#", text), "would be read as a template"
    assert "innerHTML =" not in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "ward"},
        {"selected": ("ward", 1)},
        {"values": "AB1"},
        {"values": 'A"'},
        {"labels": ("a",)},
        {"colours": (), "labels": ()},
        {"colours": ("red", "#ffffff")},
        {"colours": ("#ffffff;}", "#ffffff")},
        {"colours": ("#000000",) * 26, "labels": ("a",) * 26},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match="."):
        replace(PLAIN, **wrong)


@pytest.mark.parametrize("wrong", [{"shape": "star"}, {"colour": "url(x)"}])
def test_points_need_a_known_shape_and_a_colour(wrong):
    with pytest.raises(ValueError, match="."):
        replace(Points("k", "Library", "circle", "#112233"), **wrong)


CLICKED = {"lat": 50.87, "lng": 0.6, "level": "lsoa", "area": 12, "serial": 5}


def test_a_click_carries_its_area():
    click = maps.click(CLICKED, "lsoa")
    assert (click.latitude, click.longitude, click.area, click.serial) == (50.87, 0.6, 12, 5)


@pytest.mark.parametrize(
    "change",
    [{"area": wrong} for wrong in (None, -1, "12", True, 1.5)] + [{"level": "msoa"}],
)
def test_a_click_without_a_sound_area_has_none(change):
    assert maps.click(CLICKED | change, "lsoa").area is None


@pytest.mark.parametrize(
    "junk",
    [
        None,
        "x",
        [],
        {},
        {"lat": "x", "lng": 0},
        {"lat": 91, "lng": 0},
        {"lat": float("nan"), "lng": 0},
        CLICKED | {"serial": "x"},
        CLICKED | {"serial": float("inf")},
    ],
)
def test_junk_is_no_click(junk):
    assert maps.click(junk, "lsoa") is None
