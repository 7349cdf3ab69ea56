import re
from dataclasses import fields
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from geo import layer, layers, maps
from geo.build.register import Source, load_register
from geo.legend import legend
from geo.maps import Points
from geo.store import DATA_DIR

HOSTILE = '<img src=x onerror="alert(1)">'


def source(key, **known):
    blank = {field.name: "" for field in fields(Source)}
    return Source(**(blank | {"key": key, "rows": 1, "tables": ()} | known))


REGISTER = load_register(DATA_DIR / "sources.toml")
SOURCES = {
    "iod2025": source("iod2025", title="Indices", publisher="MHCLG", vintage="October 2025"),
    "cni2023": source("cni2023", title="Needs & more", publisher="OCSI", vintage="2023"),
}


class Words(HTMLParser):
    """The text of a page, and whether its tags are closed in order."""

    def __init__(self):
        super().__init__()
        self.text, self.open, self.lists = [], [], 0

    def handle_starttag(self, tag, attrs):
        if tag != "img":
            self.open.append(tag)
        self.lists += tag in ("ul", "ol", "table")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def words(html):
    parser = Words()
    parser.feed(html)
    assert parser.open == []
    assert parser.lists
    return " ".join(" ".join(parser.text).split())


@pytest.mark.parametrize("layer", layers.LAYERS, ids=lambda row: row.key)
@pytest.mark.parametrize("level", layer.LEVELS)
def test_every_layer_has_a_key_with_direction_source_and_vintage(layer, level):
    drawn = layers.at_level(layer, level)
    text = words(legend(drawn, REGISTER, level=level))
    assert drawn.label in text
    assert drawn.direction in text
    for key in drawn.sources:
        assert f"{REGISTER[key].title} ({REGISTER[key].vintage})" in text


def test_deciles_are_numbered_and_their_direction_is_said():
    text = words(legend(layers.layer("imd"), SOURCES))
    assert "1 = most deprived tenth of England’s small areas" in text
    assert "1 2 3 4 5 6 7 8 9 10 most deprived least deprived" in text
    text = words(legend(layers.layer("cni"), SOURCES, level="msoa"))
    assert "1 = tenth with the greatest need of England’s neighbourhoods" in text


def test_the_two_way_key_names_both_axes_and_every_cell():
    html = legend(layers.layer("two_way"), SOURCES)
    text = words(html)
    assert "Community need" in text
    assert "most deprived" in text
    for label in layers.layer("two_way").labels:
        assert label in text
    # The colours stand in the grid as they do in the layer: deprivation down, need across.
    cells = re.findall(r"background:(#\w{6})", html)
    assert tuple(cells) == layers.TWO_WAY


def test_symbols_are_drawings_with_their_names():
    points = [Points(shape, f"A {shape}", shape, "#123456") for shape in maps.SHAPES]
    html = legend(layers.layer("imd"), SOURCES, points=points)
    text = words(html)
    drawings = re.findall(r'src="data:image/svg\+xml,([^"]+)"', html)
    assert len(drawings) == len(maps.SHAPES)
    assert len(set(drawings)) == len(maps.SHAPES)
    for drawing in drawings:
        ElementTree.fromstring(unquote(drawing))
    for shape in maps.SHAPES:
        assert f"A {shape}" in text


def test_outlines_and_fading_are_explained_only_where_they_are_on_screen():
    plain = words(legend(layers.layer("imd"), SOURCES))
    full = words(
        legend(
            layers.layer("imd"),
            SOURCES,
            outlines=[
                "ward",
                "left",
                "double",
                "listed",
                "counted",
                "cases",
                "council",
                "selected",
            ],
            faded=True,
        )
    )
    for said in (
        "Chosen area",
        "Chosen council",
        "Council with a case study",
        "Council on this list",
        "Small areas that today’s figures are counted on",
        "Doubly disadvantaged",
        "2019",
        "Ward of today",
    ):
        assert said in full
        assert said not in plain
    assert "left out" in full
    assert "left out" not in plain


def test_text_is_escaped():
    points = [Points("k", HOSTILE, "circle", "#123456")]
    hostile = {"iod2025": SimpleNamespace(title=HOSTILE, publisher=HOSTILE, vintage=HOSTILE)}
    html = legend(layers.layer("imd"), hostile, points=points)
    assert "<img src=x" not in html
    assert html.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;") == 4
