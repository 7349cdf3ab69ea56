"""Maps for paper: what is drawn, in words a reader can check, and nothing a name could smuggle."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely

from geo import layers, print_labels, print_map, svg_text
from geo.print_key import key, key_words, map_svg
from geo.print_paper import Paper
from geo.print_spec import MOST_AREAS, Name, Symbols, framed
from geo.symbols import PATHS
from tests.briefing_helpers import HOSTILE, spec

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_areas_names_numbers_scale_and_north_are_drawn():
    drawn = print_map.drawing(spec(), 300)
    for colour in (layers.TEN_STEPS[0], layers.TEN_STEPS[4], layers.TEN_STEPS[9]):
        assert f'fill="{colour}"' in drawn
    found = texts(drawn)
    assert {"Middle", "Right", "N", "500 m (0.3 miles)"} <= set(found)
    # Colour is not the only carrier: each square's tenth stands on it.
    assert {"1", "5", "10"} <= set(found)


def test_a_symbol_outside_the_box_is_neither_drawn_nor_in_the_key():
    drawn = print_map.drawing(spec(), 300)
    assert drawn.count(PATHS["diamond"]) == 1
    away = (Symbols("Library", "diamond", "#9C1C1C", ((9e6, 0.0),)),)
    assert "Library" not in key_words(spec(symbols=away))


def test_the_key_says_what_is_on_the_map_and_nothing_else():
    words = key_words(spec())
    assert "Middle" in words
    assert "Council boundary" in words
    assert "Library" in words
    assert "Water, or outside England" in words
    assert "No figure" not in words
    plain = spec(councils=(), symbols=(), chosen=(), box=(0.0, 0.0, 3000.0, 1000.0))
    words = key_words(plain)
    assert "Council boundary" not in words
    assert "Water" not in words
    assert "No figure" in key_words(spec(classes=[0, layers.NO_DATA, 9]))


@pytest.mark.parametrize("layer", ["imd", "two_way", "double"])
def test_every_kind_of_layer_has_a_key(layer):
    drawn, height = key(spec(layer=layers.layer(layer), classes=[0, 1, 1]), 260)
    ET.fromstring(drawn)
    assert height > 40


def test_council_lines_are_drawn_where_councils_meet_and_not_at_the_coast():
    two = print_map.drawing(spec(names=()), 300)
    one = print_map.drawing(spec(names=(), councils=["E1", "E1", "E1"]), 300)
    assert "stroke-dasharray" in two
    assert "stroke-dasharray" not in one


def test_hostile_names_stay_letters():
    drawn = map_svg(
        spec(title=HOSTILE, alt=HOSTILE, credit=HOSTILE, names=(Name("<b>&\"'\x00\u202e", (1,)),))
    )
    tags = {element.tag for element in ET.fromstring(drawn).iter()}
    assert tags <= {f"{SVG}{tag}" for tag in
                    ("svg", "g", "path", "rect", "circle", "text", "title", "desc")}  # fmt: skip
    assert "<b>&\"'" in texts(drawn)


def test_shared_borders_stay_shared_when_simplified():
    rng = np.random.default_rng(1)
    border = [(1000 + rng.uniform(-1, 1), y) for y in range(0, 1001, 10)]
    left = shapely.Polygon([(0, 0), *border, (0, 1000)])
    right = shapely.Polygon([(2000, 0), *border, (2000, 1000)])
    paper = Paper((0, 0, 2000, 1000), 100)
    first, second = print_map._simplified([left, right], paper)
    assert shapely.get_num_coordinates(first) < shapely.get_num_coordinates(left) / 3
    assert shapely.area(shapely.intersection(first, second)) == 0
    assert shapely.area(shapely.union(first, second)) == pytest.approx(2e6)


def test_many_areas_are_drawn_in_time_and_size():
    side = 70
    shapes = [shapely.box(x, y, x + 1, y + 1) for x in range(side) for y in range(side)]
    classes = [number % 10 for number in range(len(shapes))]
    many = spec(shapes=shapes, classes=classes, box=(0, 0, side, side), councils=(), names=())
    drawn = print_map.drawing(many, 260)
    assert len(drawn) < 400_000
    with pytest.raises(ValueError, match="at most 10,000 areas"):
        spec(shapes=shapes[:1] * (MOST_AREAS + 1), classes=[0] * (MOST_AREAS + 1))


def test_an_empty_box_and_a_missing_class_are_refused():
    with pytest.raises(ValueError, match="empty"):
        spec(box=(0.0, 0.0, 0.0, 1.0))
    with pytest.raises(ValueError, match="one class"):
        spec(classes=[1])


def test_a_frame_holds_its_extent_at_the_share_asked_for():
    west, south, east, north = framed((0, 0, 1000, 400), 2.0, 0.5)
    assert (west, east) == (-500, 1500)
    assert (east - west) / (north - south) == pytest.approx(2.0)
    small = framed((0, 0, 10, 10), 1.0, 0.5, 2_500)
    assert small[2] - small[0] == 2_500


@pytest.mark.parametrize(
    ("across", "metres", "words"),
    [
        (3_000, 500, "500 m (0.3 miles)"),
        (8_500, 2_000, "2 km (1.2 miles)"),
        (590_000, 100_000, "100 km (62 miles)"),
        (400, 100, "100 m"),
    ],
)
def test_the_scale_bar_is_a_round_length(across, metres, words):
    assert print_labels.scale_length(across) == metres
    assert print_labels.scale_words(metres) == words


def test_texts_are_cut_and_broken_to_their_room():
    lines = svg_text.lines("one two three four five six", 10, 45, rows=2)
    assert len(lines) == 2
    assert all(svg_text.width(line, 10) <= 45 for line in lines)
    assert lines[1].endswith("…")
    assert svg_text.cut("short", 10, 100) == "short"


def test_names_do_not_lie_on_each_other():
    names = tuple(Name(f"Neighbourhood {number}", (1,), True) for number in range(9))
    drawn = print_map.drawing(spec(names=names), 300)
    places = re.findall(r'x="([\d.]+)" y="([\d.]+)"[^>]*>Neighbourhood', drawn)
    heights = sorted(float(y) for _, y in places)
    assert 2 <= len(heights) < 9
    assert min(np.diff(heights)) >= print_labels.NAME_PT
