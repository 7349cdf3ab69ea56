"""Briefings: two pages whatever they are given, readable by a screen reader, closed to markup."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from geo import briefing as model
from geo import briefing_pdf as printed
from geo.briefing import Column, Point, Section, Table
from geo.briefing_html import briefing_html
from geo.briefing_pdf import briefing_pdf, map_png, settable
from geo.letters import DRAWN, safe
from geo.qr import qr_svg
from geo.typesetting import TooLongError, TypesetError, typeset
from tests.briefing_helpers import HOSTILE, LINK, briefing, source, spec

RIGHT_TO_LEFT = "\u202eeroH\u202c \u200f\u05d0\u05d1 \u061c"
NAMES = (
    HOSTILE,
    RIGHT_TO_LEFT,
    "👨‍👩‍👧 café ☕ 中文 \x00\x07\ufffe\U000e0041",
    "x" * 300,
    "word " * 60,
    "",
    "\\u{1F600} #{panic()} {{x}} {% x %}",
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def tags(node, found=None) -> list:
    """Every element of the structure tree."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            tags(kid, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node and not isinstance(node["/K"], int):
            tags(node.raw_get("/K"), found)
    return found


def structure(pdf: bytes) -> list:
    return tags(read(pdf).trailer["/Root"]["/StructTreeRoot"].raw_get("/K"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    return briefing_pdf(briefing())


def test_it_says_what_it_was_given(plain):
    found = words(plain)
    for text in ("Middle", "Neighbourhood in Squareton", "It is in the middle.", "Two more lie",
                 "Where it stands", "Income", "33,000", "Library. Far away.", "5 March 2026",
                 "map.example.org/profile?area=E01000001&level=small-area", "Page 1 of 1",
                 "Licence: Open Government Licence v3.0. An office, Made-up figures (May 2025).",
                 "Contains made-up figures."):  # fmt: skip
        assert text in found
    assert model.SHORTENED not in found


def test_it_is_tagged_titled_and_in_english(plain):
    pdf = read(plain)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Middle"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    kinds = [tag["/S"] for tag in structure(plain)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 4
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 6
    assert "/L" in kinds
    assert "/Link" in kinds


def test_pictures_have_words_and_decoration_has_no_tag(plain):
    figures = [tag for tag in structure(plain) if tag["/S"] == "/Figure"]
    alternatives = [str(figure["/Alt"]) for figure in figures]
    assert "Three squares." in alternatives
    assert printed.QR_ALT in alternatives
    assert any(text.startswith("Key.") for text in alternatives)
    assert len(figures) == 3


def test_fonts_are_embedded(plain):
    fonts = [font for page in read(plain).pages
             for font in page["/Resources"]["/Font"].values()]  # fmt: skip
    assert fonts
    for font in fonts:
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object())


def test_it_is_a4_on_every_page_and_the_same_every_time(plain):
    for page in read(plain).pages:
        assert float(page.mediabox.width) == pytest.approx(595.3, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(841.9, abs=0.1)
    assert briefing_pdf(briefing()) == plain


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_only_letters(name):
    table = Table((Column(name), Column(name)), ((name, name), (name, name)), name)
    content = briefing(
        title=name,
        kind=name,
        place=name,
        lead=(name, name),
        sections=(Section(name, (name,), (Point(name, name),), table),),
        sources=(source(title=name, publisher=name, licence=name, attribution=name),),
        map=replace(spec(), title=name, alt=name, credit=name, chosen_label=name),
        link=f"{LINK}&q={name}",
    )
    pdf = briefing_pdf(content)
    assert len(read(pdf).pages) <= printed.PAGES
    page = briefing_html(content)
    assert "<script" not in page
    assert "\u202e" not in page


def test_markup_is_printed_letter_for_letter():
    pdf = briefing_pdf(briefing(lead=(HOSTILE,)))
    letters = "".join(words(pdf).split())
    assert "".join(settable(HOSTILE).replace("\u200b", "").split()) in letters


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_can_be_set(text):
    content = briefing(title=text, lead=(text,), map=None, beside=None)
    assert len(read(briefing_pdf(content)).pages) <= printed.PAGES
    assert "\x00" not in briefing_html(content)


def test_every_letter_said_to_be_drawn_is():
    for first, last in DRAWN:
        letters = [chr(number) for number in range(first, last + 1)]
        lines = tuple(" ".join(letters[start : start + 90]) for start in range(0, len(letters), 90))
        for start in range(0, len(lines), 12):
            briefing_pdf(briefing(lead=lines[start : start + 12], map=None, beside=None))


def test_text_for_a_screen_keeps_every_letter_but_what_hides():
    assert safe("👍 中文 \u202ex\x00\ud800\u00a0y") == "👍 中文 x y"


def test_settable_text():
    assert settable("a\tb\n c\u00a0d") == "a b c d"
    assert settable("😀😀 ok") == "\ufffd ok"
    assert settable("e\u0301 \u200fx\u202e") == "é x"
    assert settable("x" * 30).replace("\u200b", "") == "x" * 30
    assert "\u200b" in settable("x" * 30)
    assert settable("Llanbêr, Ŵ £5 – “it’s”") == "Llanbêr, Ŵ £5 – “it’s”"


def long_table(rows: int, columns: int = 3) -> Table:
    return Table(
        tuple(Column(f"Heading {number}") for number in range(columns)),
        tuple(tuple(f"Cell {row}.{column}" for column in range(columns)) for row in range(rows)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("columns", [3, 9])
def test_a_long_table_is_cut_and_says_so(columns):
    pdf = briefing_pdf(briefing(sections=(Section("All", table=long_table(400, columns)),)))
    assert len(read(pdf).pages) == printed.PAGES
    found = words(pdf)
    assert re.search(r"The first \d+ of 400 rows\.", found)
    assert model.SHORTENED in found


@pytest.mark.slow
def test_far_too_much_of_everything_still_fits():
    sections = tuple(
        Section(f"Part {number}", ("Words and more. " * 40,) * 9, (Point("Point " * 90),) * 9,
                long_table(60))
        for number in range(12)
    )  # fmt: skip
    content = briefing(
        title="A very long name " * 20,
        lead=("Much to say here. " * 40,) * 9,
        sections=sections,
        sources=tuple(source(title=f"Source {number}") for number in range(30)),
    )
    pdf = briefing_pdf(content)
    assert len(read(pdf).pages) <= printed.PAGES
    found = words(pdf)
    assert model.SHORTENED in found
    assert "Much to say here." in found
    assert "Source 29" in found


def test_a_part_taller_than_a_page_is_not_lost_below_it():
    told = tuple(f"Sentence {number}. {'Words and more. ' * 40}" for number in range(8))
    found = words(briefing_pdf(briefing(map=None, beside=None, sections=(Section("All", told),))))
    assert all(f"Sentence {number}." in found for number in range(8))


def test_a_table_breaks_over_pages_before_anything_is_left_out():
    content = briefing(sections=(Section("All", table=long_table(55)),))
    pdf = briefing_pdf(content)
    assert len(read(pdf).pages) == 2
    assert model.SHORTENED not in words(pdf)
    assert "Cell 54.2" in words(pdf)


def test_what_is_left_out_first():
    content = briefing(sections=(Section("A", ("1", "2", "3", "4", "5"), table=long_table(30)),
                                 Section("B", ("6",))))  # fmt: skip
    forms = list(model.forms(content))
    assert forms[0] == (model.within_limits(content), False)
    assert all(shorter for _, shorter in forms[1:])
    rows = [len(form.sections[0].table.rows) for form, _ in forms if form.sections]
    assert rows == sorted(rows, reverse=True)
    assert rows[-1] == 3
    assert [len(form.sections) for form, _ in forms][-3:] == [1, 0, 0]
    assert forms[-1][0].lead == content.lead[:1]
    assert forms[-1][0].sources == content.sources


def test_texts_are_cut_at_a_word():
    assert model.clipped("one two  three", 100) == "one two three"
    assert model.clipped("aaaa bbbb cccc dddd", 17) == "aaaa bbbb cccc…"
    assert model.clipped("x" * 50, 10) == "x" * 9 + "…"


def test_only_web_addresses_and_whole_rows_are_taken():
    with pytest.raises(ValueError, match="web address"):
        briefing(link="javascript:alert(1)")
    with pytest.raises(ValueError, match="one text for each column"):
        Table((Column("A"),), (("1", "2"),))
    with pytest.raises(ValueError, match="kind of column"):
        Column("A", "picture")


def test_without_map_sections_or_code():
    bare = briefing(map=None, beside=None, sections=(), lead=(), link=LINK + "&x=" + "y" * 3000)
    assert len(read(briefing_pdf(bare)).pages) == 1
    assert "<svg" not in briefing_html(bare)


def test_a_code_is_drawn_while_a_phone_can_read_it():
    assert qr_svg(LINK).startswith("<svg")
    assert qr_svg("https://a.example/" + "x" * 350)
    assert qr_svg("https://a.example/" + "x" * 700) is None
    assert qr_svg("https://a.example/" + "x" * 9000) is None


def test_a_map_alone_is_a_picture():
    assert map_png(spec(), 72).startswith(b"\x89PNG")


def test_what_goes_wrong_is_told_apart(monkeypatch):
    long = {"svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}
    with pytest.raises(TypesetError, match="parse SVG"):
        typeset("picture", {"svg": "no drawing"})
    with pytest.raises(TypesetError, match="No such file"):
        typeset("nothing", long)
    monkeypatch.setattr("geo.typesetting.MOST_SECONDS", 0.001)
    with pytest.raises(TypesetError, match="did not run"):
        typeset("picture", long)


def test_sources_that_fill_the_pages_are_refused():
    many = tuple(source(title=f"Source {number} " * 30) for number in range(200))
    with pytest.raises(TooLongError, match="fits on 2 pages"):
        briefing_pdf(briefing(sources=many, map=None))


def test_the_templates_reach_for_nothing():
    templates = sorted((Path(printed.__file__).parent / "typeset").glob("*.typ"))
    assert len(templates) == 2
    for path in templates:
        template = path.read_text(encoding="utf-8")
        for call in ("eval(", "read(", "plugin(", "import ", "include "):
            assert call not in template


class Page(HTMLParser):
    """What a browser would find on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def test_the_web_page_has_the_same_content_and_asks_nobody():
    page = Page(briefing_html(briefing()))
    text = " ".join(page.text)
    for words_ in ("It is in the middle.", "Income", "33,000", "Far away.", "5 March 2026",
                   "Contains made-up figures."):  # fmt: skip
        assert words_ in text
    assert ("lang", "en-GB") in page.attributes
    assert ("aria-label", "Three squares.") in page.attributes
    assert page.tags.count("h1") == 1
    assert page.tags.count("th") == 2 * (3 + 2)
    assert not {"script", "link", "img", "iframe", "form"} & set(page.tags)
    addresses = [value for name, value in page.attributes if name in ("href", "src")]
    assert addresses == [LINK]


def test_the_web_page_leaves_nothing_out():
    content = briefing(sections=(Section("All", table=long_table(400)),))
    assert "Cell 399.2" in briefing_html(content)


def test_days_and_licences_are_said_in_words():
    assert model.day(date(2026, 11, 22)) == "22 November 2026"
    two = (source(title="A"), source(title="B"), source(title="C", licence="ODbL"))
    first, second = model.by_licence(two)
    assert first == (
        "Licence: Open Government Licence v3.0. An office, A (May 2025); An office, B (May 2025)."
    )
    assert second == "Licence: ODbL. An office, C (May 2025)."
    assert model.attributions(two) == ("Contains made-up figures.",)
