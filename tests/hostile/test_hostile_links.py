"""Ten thousand junk links over every page's parser, and a sample of them through the pages."""

import random
import time
from pathlib import Path

import corpus
import pytest
from streamlit.testing.v1 import AppTest

from geo import (
    case_view,
    evidence_view,
    gaps_view,
    links,
    profile_view,
    siting_view,
    view,
    what_if_view,
)
from geo.evidence_lists import LISTS

APP = str(Path(__file__).resolve().parents[2] / "app.py")
QUERIES = 10_000
PARSERS = {
    "map": (view.parse, view.query, view.WORDS),
    "gaps": (gaps_view.parse, gaps_view.query, gaps_view.WORDS),
    "profile": (profile_view.parse_profile, profile_view.profile_query, ("area", "postcode")),
    "compare": (profile_view.parse_compare, profile_view.compare_query, ("areas",)),
    "what_if": (what_if_view.parse, what_if_view.query, what_if_view.WORDS),
    "siting": (siting_view.parse, siting_view.query, siting_view.WORDS),
    "case_studies": (
        case_view.parse,
        case_view.query,
        ("case", "theme", "ages", "cost", "programme", "part", "layer"),
    ),
    "evidence": (evidence_view.parse, evidence_view.query, ("list",)),
}
# Values that mean something somewhere, and edges of what is read.
PIECES = (
    *corpus.NAMES,
    "", " ", ",", ",,,", "-", "~", ".", "none", "1", "0", "-1", "01", "1-3", "3-1", "0-11", "1e9",
    "nan,nan,nan", "inf,-inf,9", "50.87,0.6,13", "50.87,0.6,1e308", "9" * 400, "٣-٥", "１-３",
    "E01020965", "e01020965", "E0102096５", "E01999999", "E02004371", "E05012902", "E07000062",
    "E12000008", "E92000001", "TN35 5BP", "TN355BP", "ZZ99 9ZZ", "imd", "library", "libraries",
    "close.L1a2b3c4d", "open.library.583110.111022", "open.library.9999999999999.1", "open.x.1.2",
    "close." + "f" * 300, "england", "800m", "double", "wards", "50-100,60-100", "100-0,0-0",
    "early-years", LISTS[1].key, "\x00", "\ud800", "\u202e", "%00", "../..", "a" * 2_001,
    "a," * 1_500, "[" * 900,
)  # fmt: skip


def junk(chance: random.Random, words) -> dict[str, object]:
    """A query of a few of a page's words (and others), each with one or several odd values."""
    chosen = chance.sample(list(words), k=min(len(words), chance.randint(1, 4)))
    if chance.random() < 0.2:
        chosen.append(chance.choice(PIECES))
    made = {}
    for word in chosen:
        joint = chance.choice(("", ",", "-", ".", "~"))
        text = joint.join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
        made[word] = [text, chance.choice(PIECES)] if chance.random() < 0.1 else text
    return made


@pytest.mark.parametrize("page", PARSERS)
def test_junk_gives_a_view_that_its_own_link_opens_again(page):
    parse, query, words = PARSERS[page]
    chance = random.Random(page)
    seen = set()
    begun = time.process_time()
    for _ in range(QUERIES):
        asked = junk(chance, words)
        found, notices = parse(asked)
        written = query(found)
        assert parse(written) == (found, ()), asked
        assert all(len(text) <= links.MAX_PARAMETER_LENGTH * 2 for text in written.values())
        for notice in notices:
            assert len(notice) < 400, asked
            assert notice.startswith(("The link", "The change")), asked
        seen.add(found)
    assert time.process_time() - begun < 30
    # Not all of it is thrown away: some of the pieces mean something.
    assert len(seen) > 1


# What a reader of each page may be sent: words of every page, each with something wrong.
SENT = {
    "map": {"layer": corpus.NAMES[0], "area": "E01999999", "council": "E06999999", "at": "nan,0,9"},
    "profile": {"area": "E02999999", "postcode": "ZZ99 9ZZ"},
    "gaps": {"need": "none", "community": "none", "kinds": "none", "council": "E07999999"},
    "compare": {"areas": "E02004371,E02999999," + corpus.NAMES[1]},
    "what_if": {"kind": "x", "changes": "close.Lffffffff,open.cafe.1.1," + corpus.NAMES[2]},
    "siting": {"area": "E07999999", "places": "1e9", "kind": corpus.NAMES[4]},
    "case_studies": {"case": "no-such-case", "theme": "x", "programme": "a-b,c-d"},
    "evidence": {"list": "]]>--><!--"},
}


@pytest.mark.parametrize("page", SENT)
def test_a_page_opened_by_a_broken_link_says_so_and_shows_itself(page):
    app = AppTest.from_file(APP, default_timeout=120)
    app.switch_page(f"pages/{page}.py")
    for word, text in SENT[page].items():
        app.query_params[word] = text
    app.run()
    assert not app.exception
    assert not app.error
    assert app.warning or app.info
    said = "".join(str(element.value) for element in (*app.warning, *app.info))
    assert "Traceback" not in said
