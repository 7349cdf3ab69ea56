"""Letters of areas as a file and runs of it: the map draws what it drew when they were sent."""

import numpy as np
import pytest

from geo import layers, map_values
from geo.map_values import files, message


def letters_of(sent: dict, static_dir) -> str:
    """What the map makes of a message: the file's letters, small outside the runs."""
    if "values" in sent:
        return sent["values"]
    letters = (static_dir / sent["file"].partition("?")[0]).read_text()
    if sent["kept"] is None:
        return letters
    faded = list(letters.lower())
    for begin, before in sent["kept"]:
        faded[begin:before] = letters[begin:before]
    return "".join(faded)


@pytest.fixture(scope="module")
def static_dir(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    map_values.write(store, folder)
    return folder


def test_runs_by_hand():
    known = {"ABZA": "four.txt"}
    assert message("ABZA", known) == {"file": "four.txt", "kept": None}
    assert message("aBZa", known) == {"file": "four.txt", "kept": [[1, 3]]}
    assert message("Abza", known) == {"file": "four.txt", "kept": [[0, 1]]}
    assert message("AbZA", known) == {"file": "four.txt", "kept": [[0, 1], [2, 4]]}
    assert message("abza", known) == {"file": "four.txt", "kept": []}
    assert message("ABZB", known) == {"values": "ABZB"}
    assert message("ABZA", {}) == {"values": "ABZA"}


def test_every_layer_has_a_file_at_both_levels(store, static_dir):
    known = files(static_dir)
    for level, tiles in (("small-area", "lsoa"), ("neighbourhood", "msoa")):
        for layer in layers.LAYERS:
            found = layers.classes(layers.at_level(layer, tiles), store.level(level))
            letters = layers.encode(found)
            address = known[letters]
            assert address.startswith("vendor/values/")
            assert (static_dir / address.partition("?")[0]).read_text() == letters


@pytest.mark.parametrize("share", [0, 0.001, 0.02, 0.5, 0.98, 1])
def test_what_is_sent_says_the_same(store, static_dir, share):
    faded = np.random.default_rng(2026).random(len(store.small_areas)) < share
    letters = layers.encode(layers.classes(layers.layer("imd"), store.small_areas), faded)
    sent = message(letters, files(static_dir))
    assert letters_of(sent, static_dir) == letters
    # Many short runs would be longer than the letters.
    assert ("values" in sent) == (share == 0.5)


def test_a_file_has_a_new_address_when_it_says_something_else(static_dir):
    (before,) = (address for address in files(static_dir).values() if "lsoa_imd" in address)
    path = static_dir / before.partition("?")[0]
    letters = path.read_text()
    path.write_text(letters[::-1])
    assert before not in files(static_dir).values()
    path.write_text(letters)
    assert before in files(static_dir).values()


def test_without_files_the_letters_are_sent(tmp_path):
    assert files(tmp_path) == {}
