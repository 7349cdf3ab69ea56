"""Case studies whose texts would run, in the real browser: cards, bubbles, stories, the profile."""

from __future__ import annotations

import pytest
from test_hostile_cases import NAMES, hostile_file

from geo.store import DATA_DIR
from tests.browsing import IN_BROWSER, MAP, Reader, playwright, served

pytestmark = [*IN_BROWSER, pytest.mark.slow]

# What would become a link by itself stands among them.
TEXTS = (*NAMES, "www.example.com you@example.com https://example.com/a", "a & b &copy; <i>c</i>")
START = (
    "import sys\n"
    "from pathlib import Path\n"
    "sys.path.insert(0, '')\n"
    "from geo import store\n"
    "store.Store.__init__.__defaults__ = (Path(sys.argv.pop(1)),)\n"
    "from streamlit.web import cli\n"
    "cli.main()\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The app on the shipped data, but with case studies that would run."""
    folder = tmp_path_factory.mktemp("hostile")
    data = folder / "data"
    data.mkdir()
    for path in DATA_DIR.iterdir():
        if path.name != "case_studies":
            (data / path.name).symlink_to(path)
    (data / "case_studies").mkdir()
    for at, text in enumerate(TEXTS):
        written = hostile_file(text) + f'url = "https://www.example.org/{at}"\n'
        (data / "case_studies" / f"case-{at}.toml").write_text(written, encoding="utf-8")
    with served(folder, "-c", START, str(data)) as url:
        yield url


def _seen(text: str) -> str:
    """What a reader sees: a sign that joins words is not drawn, and space is one space."""
    return " ".join(text.replace("\u2060", "").split())


def _nothing_ran(reader: Reader) -> None:
    for frame in reader.page.frames:
        assert frame.evaluate("() => window.hit === undefined")
        links = frame.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
        assert [link for link in links if not link.startswith(("http://", "https://"))] == []
        assert [link for link in links if "example.com" in link] == []
    assert reader.page.locator("img[src='x']").count() == 0


def test_texts_of_cases_are_shown_letter_for_letter(chromium, hostile):
    reader = Reader(chromium, hostile)
    page = reader.page
    page.goto(f"{hostile}/case-studies")
    reader.wait_for_map()
    reader.wait_for_rest()
    labels = page.locator("[class*='st-key-open'] button").all_inner_texts()
    assert {_seen(label) for label in labels} == set(map(_seen, TEXTS))
    _nothing_ran(reader)
    for at, text in enumerate(TEXTS):
        page.goto(f"{hostile}/case-studies?case=case-{at}")
        title = page.locator("h1")
        playwright.expect(title).to_be_visible()
        page.get_by_role("heading", name="Sources").wait_for()
        assert _seen(title.inner_text()) == _seen(text)
        assert _seen(page.locator(".cg-lead").inner_text()) == _seen(text)
        _nothing_ran(reader)
    reader.wait_for_map()
    frame = page.locator(MAP).first
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 - 40, box["y"] + box["height"] / 2 - 40)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=6)
    bubble = reader.engine().locator(".leaflet-tooltip", has_text=TEXTS[-1])
    playwright.expect(bubble.first).to_be_visible()
    _nothing_ran(reader)
    page.goto(f"{hostile}/profile?area=E01021004")
    page.get_by_role("heading", name="Case studies").first.wait_for()
    _nothing_ran(reader)
    reader.context.close()
