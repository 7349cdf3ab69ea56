"""What a link is called: in the tab, and to programs that show a preview of it."""

import asyncio
import re
from pathlib import Path

import pytest
import streamlit as st

from geo.case_records import load_cases
from geo.headings import PLAIN, Heading, heading
from geo.link_preview import MAX_DESCRIPTION, with_heading
from pages import early_scripts
from pages.link_previews import LinkPreviews

PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"


@pytest.fixture(scope="module")
def cases(store):
    return load_cases(store.data_dir / "case_studies")


@pytest.mark.parametrize(
    ("page", "link", "title"),
    [
        ("", {}, "Common Ground"),
        ("", {"area": "E02004371"}, "Ore, Hastings – Common Ground"),
        ("", {"postcode": "TN35 5BP"}, "Ore (Hastings 004A) – Common Ground"),
        ("", {"council": "E07000062"}, "Hastings – Common Ground"),
        (
            "",
            {"layer": "income", "area": "E02004371"},
            "Income deprivation: Ore, Hastings – Common Ground",
        ),
        ("profile", {"area": "E05012902"}, "Catton Grove ward, Norwich – Common Ground"),
        ("profile", {"area": "E08000025"}, "Birmingham – Common Ground"),
        ("gaps", {"council": "E06000053"}, "Gaps in Isles of Scilly – Common Ground"),
        (
            "compare",
            {"areas": "E02004371,E02003959"},
            "Compare: Ore, Hastings; Par, Cornwall – Common Ground",
        ),
        ("what-if", {"do": "close.lib1354f037~Option B"}, "Option B – Common Ground"),
        ("where-next", {}, "Where should 3 new public libraries in Hastings go? – Common Ground"),
        ("evidence", {}, "What the evidence says – Common Ground"),
    ],
)
def test_a_view_is_called_by_what_it_shows(page, link, title, store, cases):
    assert heading(page, link, store, cases).full_title == title


def test_a_case_study_is_called_by_its_title(store, cases):
    found = heading("case-studies", {"case": "ore-community-library"}, store, cases)
    assert found.title.startswith("Ore Community Library")
    assert found.description == next(c for c in cases if c.key == "ore-community-library").summary


def test_the_description_says_where_the_area_stands(store, cases):
    said = heading("", {"area": "E02004371"}, store, cases).description
    assert said.startswith("Neighbourhood in Hastings, South East. It is in the 2nd most deprived")
    assert heading("profile", {"area": "E02004371"}, store, cases).description == said


@pytest.mark.parametrize("page", PLAIN)
@pytest.mark.parametrize(
    "junk", [{"area": "E01999999", "areas": "E05999999"}, {"area": "<b>", "layer": "<b>"}]
)
def test_a_broken_link_is_called_as_its_page(page, junk, store, cases):
    assert heading(page, junk, store, cases).description
    assert "<b>" not in heading(page, junk, store, cases).full_title


def test_what_a_heading_says_stays_text_in_the_page():
    hostile = Heading('</title><script>alert("1")</script> \\1', '"><img src=x onerror=alert(1)>')
    page = with_heading(PAGE, hostile)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<title>") == 1
    assert "\\1" in page


def test_a_long_description_is_cut_between_words():
    page = with_heading(PAGE, Heading("Ore", "word " * 200))
    said = re.search(r'name="description" content="([^"]*)"', page)[1]
    assert len(said) <= MAX_DESCRIPTION
    assert said.endswith("word…")


def _ask(path: str, answer: list[dict], describe) -> list[dict]:
    """What goes out through the middleware for an application that gives `answer`."""
    sent = []

    async def app(scope, receive, send):
        assert dict(scope["headers"]).keys().isdisjoint({b"accept-encoding", b"if-none-match"})
        for message in answer:
            await send(message)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"area=E02004371&x=%3Cb%3E",
        "headers": [(b"accept-encoding", b"gzip"), (b"if-none-match", b"a")] if path == "/" else [],
    }  # fmt: skip
    asyncio.run(LinkPreviews(app, describe)(scope, None, send))
    return sent


def _answer(kind: bytes, body: bytes) -> list[dict]:
    headers = [(b"content-type", kind), (b"etag", b"a"), (b"content-length", b"1")]
    return [
        {"type": "http.response.start", "status": 200, "headers": headers},
        {"type": "http.response.body", "body": body[:20], "more_body": True},
        {"type": "http.response.body", "body": body[20:]},
    ]


def test_a_page_is_sent_with_its_heading():
    asked = []

    def describe(page, link):
        asked.append((page, link))
        return Heading("Ore", "Said.")

    start, body = _ask("/", _answer(b"text/html; charset=utf-8", PAGE.encode()), describe)
    assert asked == [("", {"area": "E02004371", "x": "<b>"})]
    headers = dict(start["headers"])
    assert b"etag" not in headers
    assert int(headers[b"content-length"]) == len(body["body"])
    assert b"<title>Ore \xe2\x80\x93 Common Ground</title>" in body["body"]


def test_a_page_that_cannot_be_described_is_sent_all_the_same():
    def fail(page, link):
        raise RuntimeError("no data")

    _, body = _ask("/", _answer(b"text/html", PAGE.encode()), fail)
    assert b"<title>Common Ground</title>" in body["body"]


@pytest.mark.parametrize("path", ["/static/tiles/england.pmtiles", "/_stcore/health"])
def test_what_is_no_page_goes_through_untouched(path):
    answer = _answer(b"text/html", PAGE.encode())
    assert _ask(path, answer, None) == answer


def test_the_scripts_of_every_element_above_the_map_are_named_in_the_head():
    shell = Path(st.__file__).parent / "static"
    lines = early_scripts.early(shell)
    names = re.findall(r'href="\./static/js/([\w.-]+)"', lines)
    assert lines.count("modulepreload") == len(names) == len(set(names))
    for element in early_scripts.ELEMENTS:
        assert any(name.startswith(f"{element}.") for name in names)
    page = (shell / "index.html").read_text()
    assert not [name for name in names if name in page]
    size = sum((shell / "static" / "js" / name).stat().st_size for name in names)
    assert size < 500_000
