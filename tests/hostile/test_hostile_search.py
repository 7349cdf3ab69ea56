"""Search strings made to take long or to break out: answered in bounded time, shown as text."""

import time
from pathlib import Path
from types import SimpleNamespace

import corpus
import pytest
from streamlit.testing.v1 import AppTest

from geo import gazetteer, search
from pages import frame, search_box

APP = str(Path(__file__).resolve().parents[2] / "app.py")
TEXTS = {
    "very long": "ore " * 500_000,
    "one word": "a" * 1_000_000,
    "regex": "(a+)+$" * 40,
    "regex words": "(.*)* [a-z]{1,99} ^$ \\b\\d+(?=x) .+.+.+ ((a|a)*)* [[:alpha:]] \\1",
    "accents on accents": "o" + "\u0301" * 100_000,
    "right to left": "\u202e\u2067مكتبة\u2069 " * 50,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "controls": "".join(map(chr, range(32))) * 30,
    "half letters": "\ud800ore\udfff" * 30,
    "expanding": "ﷺ" * 1_000,
    "postcodes": "TN35 5BP " * 1_000,
    "codes": "E01020965" * 1_000,
    "many short words": "a b c d e f g h i j k l m n o p " * 20,
    "commas": ",;'’-/&" * 300,
    "wildcards": "%_*?" * 100,
}


@pytest.fixture(scope="module")
def index(store):
    return gazetteer.build_index(
        *(store.table(name) for name in
          ("small_areas", "neighbourhoods", "councils", "wards", "places")),
        store.postcodes,
    )  # fmt: skip


@pytest.mark.parametrize("text", [*TEXTS.values(), *corpus.NAMES], ids=range(34))
def test_any_text_is_answered_soon(index, text):
    begun = time.process_time()
    assert len(search.search(text, index)) <= 8
    assert time.process_time() - begun < 1


def test_the_page_shows_what_was_typed_as_text_and_no_more_of_it_than_it_reads():
    app = AppTest.from_file(APP, default_timeout=120).run()
    for text in (corpus.NAMES[0] + "\u202e", "**x** [l](javascript:1) " + "q" * 100_000):
        app.text_input(key="search text").set_value(text).run()
        assert not app.exception
        (said,) = [info.value for info in app.info if "Nothing found" in info.value]
        assert len(said) < 600
        assert "\u202e" not in said
        # Each sign of Markdown and HTML stands behind a backslash.
        assert "<" not in said.replace(r"\<", "")
        assert "[" not in said.replace(r"\[", "")


def test_no_more_of_a_text_is_kept_than_is_read(monkeypatch):
    kept = []

    def asked(text, index):
        kept.append(text)
        return search.search(text, index)

    monkeypatch.setattr(search_box, "search", SimpleNamespace(search=asked, MAX_LETTERS=80))
    app = AppTest.from_file(APP, default_timeout=120).run()
    app.text_input(key="search text").set_value("zq" * 100_000).run()
    assert kept == ["zq" * 40]


def test_a_link_longer_than_any_page_writes_is_read_and_not_kept():
    before = frame._heading.cache_info().currsize
    long = {"council": "E07000062", "unknown": "x" * 10_000}
    assert "Hastings" in frame.heading("profile", {**long, "area": "E02004371"}).title
    assert frame._heading.cache_info().currsize == before
