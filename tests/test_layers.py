from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from geo import layers
from geo.layers import LAYERS, NO_DATA

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
COLOUR_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
RGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour):
    rgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def oklab(rgb):
    return LMS_TO_OKLAB @ np.cbrt(RGB_TO_LMS @ rgb)


def least_difference(colours, kind):
    seen = [
        oklab(np.clip(np.asarray(COLOUR_BLINDNESS[kind]) @ linear(colour), 0, 1))
        for colour in colours
    ]
    return min(100 * np.linalg.norm(a - b) for a, b in combinations(seen, 2))


def frame(**columns):
    return pd.DataFrame(columns)


def test_every_layer_has_a_colour_and_a_label_for_each_class():
    for layer in (*LAYERS, *(row.neighbourhood for row in LAYERS if row.neighbourhood)):
        colours, labels = layers.look(layer)
        assert len(colours) == len(labels) == len(set(labels))
        assert len(colours) <= NO_DATA
        if layer.kind == "steps":
            assert len(layer.breaks) == len(colours) - 1
            assert list(layer.breaks) == sorted(layer.breaks)


def test_layers_are_found_by_key():
    assert [layers.layer(row.key) for row in LAYERS] == list(LAYERS)
    assert len({row.key for row in LAYERS}) == len(LAYERS)
    with pytest.raises(KeyError):
        layers.layer("happiness")


def test_tenths_are_counted_from_the_nearer_end():
    labels = layers.layer("imd").labels
    assert labels[:2] == ("most deprived tenth", "2nd most deprived tenth")
    assert labels[4:6] == ("5th most deprived tenth", "5th least deprived tenth")
    assert labels[-1] == "least deprived tenth"
    assert layers.layer("cni").labels[1] == "tenth with the 2nd greatest need"


def test_the_darkest_of_ten_steps_is_the_most_deprived():
    lightness = [oklab(linear(colour))[0] for colour in layers.TEN_STEPS]
    assert lightness == sorted(lightness)
    assert layers.TEN_STEPS[0] == layers.FIVE_STEPS[-1]
    assert layers.TEN_STEPS[-1] == layers.FIVE_STEPS[0]


def test_neighbouring_steps_can_be_told_apart():
    for pair in zip(layers.TEN_STEPS, layers.TEN_STEPS[1:], strict=False):
        assert least_difference(pair, "none") > 5


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_two_way_colours_stay_apart_under_colour_blindness(kind):
    assert least_difference(layers.TWO_WAY, kind) > 6


def test_deciles_become_classes():
    found = layers.classes(layers.layer("imd"), frame(imd_decile=[1, 10, None, 0, 11]))
    assert found.tolist() == [0, 9, NO_DATA, NO_DATA, NO_DATA]
    assert found.dtype == np.uint8


def test_thirds_are_cut_by_rank_among_areas_that_have_one():
    ranks = frame(imd_rank=[1, 2, 3, 4, 5, 6, None], cni_rank=[6, 5, 4, 3, 2, 1, 1])
    found = layers.classes(layers.layer("two_way"), ranks)
    # Three times the third of deprivation, plus the third of need.
    assert found.tolist()[2:] == [3 + 1, 3 + 1, 6 + 0, 6 + 0, NO_DATA]
    assert found.tolist()[:2] == [2, 2]


def test_double_disadvantage_is_yes_or_no_in_small_areas_and_a_count_in_neighbourhoods():
    layer = layers.layer("double")
    assert layers.classes(layer, frame(double=[True, False])).tolist() == [0, 1]
    counted = layers.at_level(layer, "msoa")
    assert counted.key == layer.key
    found = layers.classes(counted, frame(double_small_areas=[0, 1, 3, 4, 9]))
    assert found.tolist() == [0, 1, 3, 4, 4]
    assert layers.at_level(layers.layer("imd"), "msoa") is layers.layer("imd")


def test_encoding_is_a_letter_an_area_and_small_where_faded():
    found = np.array([0, 9, NO_DATA], dtype=np.uint8)
    assert layers.encode(found) == "AJZ"
    assert layers.encode(found, np.array([True, False, True])) == "aJz"


@pytest.mark.parametrize("layer", LAYERS, ids=lambda row: row.key)
@pytest.mark.parametrize("level", ["small-area", "neighbourhood"])
def test_every_area_has_a_class_in_the_shipped_tables(layer, level, store):
    drawn = layers.at_level(layer, "msoa" if level == "neighbourhood" else "lsoa")
    found = layers.classes(drawn, store.level(level))
    # Five small areas have no rank for 2004, from which paths start.
    unknown = 5 if (layer.key, level) == ("path", "small-area") else 0
    assert (found == NO_DATA).sum() == unknown
    if layer.kind == "decile":
        counts = np.bincount(found, minlength=10)
        assert counts.max() - counts.min() <= 1
