"""Files of case studies that nobody writes by mistake: a line a problem, or their letters."""

import io
import json
import math
import re

import corpus
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_case_files import GOOD

from geo import case_map, case_tables, exports, spreadsheets
from geo.case_files import MAX_BYTES
from geo.case_records import MAX_PROBLEMS, CaseError, load_cases
from geo.letters import TURNS

FILE = "our-hall.toml"
LINE = re.compile(r"(programmes/)?[\w.\\-]+, line \d+: .+")
SUMMARY = 'summary = "Neighbours opened a hall."'
AUDIENCE = '"Everyone"'
SOURCE = GOOD + "url = "


def _with(old: str, new: str) -> bytes:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new).encode()


def _said(folder, content: bytes, name: str = FILE) -> tuple[str, ...]:
    """The problems of one file; none where it is read."""
    (folder / name).write_bytes(content)
    try:
        load_cases(folder, {"E07000062"})
    except CaseError as error:
        _told_well(error.problems)
        return error.problems
    return ()


def _told_well(problems) -> None:
    assert 0 < len(problems) <= MAX_PROBLEMS
    for line in problems:
        assert LINE.fullmatch(line), line
        assert line.isprintable(), line
        assert len(line) < 500


REFUSED = {
    "nothing": (b"", "title is missing"),
    "zeros": (bytes(500), "not written as TOML"),
    "not UTF-8": (GOOD.encode("utf-16"), "saved as UTF-8"),
    "Latin-1": (_with(AUDIENCE, '"Émile"').decode().encode("latin-1"), "saved as UTF-8"),
    "another kind of file": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "saved as UTF-8"),
    "a page": (b"<!doctype html><title>Sign in</title>", "not written as TOML"),
    "cut short": (GOOD.encode()[:200], "not written as TOML"),
    "too large": (_with(AUDIENCE, f'"{"x" * MAX_BYTES}"'), "larger than 50 kB"),
    "long text": (_with(AUDIENCE, f'"{"x" * 9_000}"'), "9000 characters long"),
    "long title": (_with('"A hall that opened"', f'"{"x" * 201}"'), "201 characters long"),
    "two lines": (_with('"A hall that opened"', '"a\\n# b"'), 'title is "a\\n# b"'),
    "lists in lists": (_with(SUMMARY, f"{SUMMARY}\nx = {'[' * 9_000}{']' * 9_000}"), "too deep"),
    "tables in tables": (_with(SUMMARY, f"{SUMMARY}\nx = {'{a=' * 5_000}"), "too deep"),
    "keys in keys": ((".".join("a" * 9_000) + " = 1\n" + GOOD).encode(), "too deep"),
    "quoted keys in keys": ((".".join(['"a"'] * 9_000) + " = 1\n" + GOOD).encode(), "too deep"),
    "digits": (_with("pounds = 500", f"pounds = {'9' * 5_000}"), "too large to read"),
    "a large number": (_with("pounds = 500", f"pounds = {'9' * 4_000}"), "a number too large"),
    "NaN": (_with("longitude = 0.6", "longitude = nan"), "longitude is nan"),
    "infinity": (_with("latitude = 50.87", "latitude = -inf"), "latitude is -inf"),
    "not whole": (_with("pounds = 500", "pounds = inf"), "pounds is inf"),
    "true": (_with("pounds = 500", "pounds = true"), "pounds is True"),
    "a date": (_with(AUDIENCE, "2024-01-01"), "audience is something else"),
    "no table": (_with('{ text = "A grant of £500.", pounds = 500 }', "5"), "cost is 5"),
    "an empty table": (_with('{ text = "A grant of £500.", pounds = 500 }', "{}"), "text is"),
    "lists of what they are not": (
        GOOD.split("[[place]]")[0].encode() + b"place = [1]\nresult = 5\nsource = {}\n",
        "place is something else",
    ),
    "backwards": (_with("from = 2018,", "from = 2018, to = 2011,"), "to is 2011"),
    "less than the least": (_with("pounds = 500", "pounds = 9, pounds_to = 3"), "pounds_to is 3"),
    "most without least": (_with("pounds = 500", "pounds_to = 3"), "without pounds"),
    "a key of two lines": (b'"a\\n\\u001b[31m" = 1\n' + GOOD.encode(), '"a\\n\\x1b[31m" does not'),
    "a long key": (b"a" * 40_000 + b" = 1\n" + GOOD.encode(), "…"),
    "many keys": (b"".join(b"k%d = 1\n" % i for i in range(4_000)) + GOOD.encode(), '"k0"'),
    "many places": (GOOD.encode() + b"[[place]]\n" * 4_000, "name is missing"),
    "unseen letters": (_with(AUDIENCE, '"\\u200b\\u00ad"'), "audience is"),
    "a bell": (_with(AUDIENCE, '"a\\u0007"'), 'audience is "a\\x07"'),
    "turned text": (_with(AUDIENCE, '"a\\u202egpj.exe"'), 'audience is "a\\u202egpj.exe"'),
    "half a letter": (_with(AUDIENCE, '"\\ud800"'), "not written as TOML"),
    "a programme of two lines": (_with("country", 'programme = "a\\nb"\ncountry'), '"a\\nb"'),
    "a council that there is not": (_with("E07000062", "E07000999"), 'no council "E07000999"'),
}
for _at, _address in enumerate(
    (
        "javascript:alert(1)", "JavaScript://https://a.uk/%0aalert(1)", "data:text/html,<b>",
        "http://a.uk", "https://", "https:///a", "https://a", "https://[", "//a.uk", "ftp://a.uk",
        "https://you:word@a.uk/", 'https://a.uk/\\" onclick=\\"x', "https://a.uk/ b",
        "https://a.uk/\\njavascript:x", "https://a.uk\\\\@b.uk", " https://a.uk", "mailto:a@a.uk",
        "https://a.uk/\\u202e",
    )
):  # fmt: skip
    REFUSED[f"address {_at}"] = (f'{SOURCE}"{_address}"\n'.encode(), "url is ")


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_shown_is_answered_line_by_line(tmp_path, name):
    content, says = REFUSED[name]
    found = _said(tmp_path, content)
    assert any(says in line for line in found), found


@pytest.mark.parametrize(
    "name",
    ["a&b=c#d.toml", "a b.toml", "<i>.toml", "a\nb.toml", ".toml", "é.toml", "\u202egpj.toml",
     "A.toml", f"{'a' * 90}.toml"],
)  # fmt: skip
def test_a_file_name_that_no_link_can_hold_is_refused(tmp_path, name):
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(CaseError, match="expected a file name of small letters") as caught:
        load_cases(tmp_path)
    (line,) = caught.value.problems
    assert line.isprintable()


@pytest.mark.parametrize("place", [FILE, "programmes/halls.toml"])
def test_what_is_no_file_is_named(tmp_path, place):
    (tmp_path / place).mkdir(parents=True)
    with pytest.raises(CaseError) as caught:
        load_cases(tmp_path)
    (line,) = caught.value.problems
    assert line == f"{place}, line 1: cannot be opened (Is a directory); expected a text file"


def test_a_link_to_nothing_is_named(tmp_path):
    (tmp_path / FILE).symlink_to(tmp_path / "gone")
    with pytest.raises(CaseError, match="cannot be opened"):
        load_cases(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(),
     f'{SOURCE}"https://www.a-b.org.uk:8080/c/d.pdf?e=f&g=%20#h"\n'.encode()],
)  # fmt: skip
def test_what_an_editor_adds_and_a_whole_address_are_read(tmp_path, content):
    assert _said(tmp_path, content) == ()


def _toml(value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "nan" if math.isnan(value) else str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_toml(key)} = {_toml(of)}" for key, of in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


TEXT = st.text(max_size=30)
VALUES = st.recursive(
    TEXT | st.integers() | st.floats() | st.booleans() | st.dates() | st.sampled_from(corpus.NAMES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KEYED = [at for at, line in enumerate(GOOD.splitlines()) if " = " in line]


@settings(max_examples=150)
@given(at=st.sampled_from(KEYED), value=VALUES)
@example(at=KEYED[0], value="‮")
def test_any_value_in_any_place_is_read_or_answered(tmp_path_factory, at, value):
    folder = tmp_path_factory.mktemp("any")
    lines = GOOD.splitlines()
    lines[at] = f"{lines[at].split(' = ')[0]} = {_toml(value)}"
    _said(folder, "\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=100)
@given(start=st.integers(0, len(GOOD.encode())), end=st.integers(0, 60), put=st.binary(max_size=20))
def test_any_bytes_in_any_place_are_read_or_answered(tmp_path_factory, start, end, put):
    whole = GOOD.encode()
    _said(tmp_path_factory.mktemp("any"), whole[:start] + put + whole[start + end :])


# Names that run, break out of what they stand in, or would be formulas.
NAMES = tuple(
    name
    for name in corpus.NAMES
    if not any(letter in TURNS or not (letter.isprintable() or letter > "\x9f") for letter in name)
    and len(name) < 200
    and len(name.splitlines()) == 1
)


def hostile_file(name: str) -> str:
    """A good file with one text wherever a text may stand."""
    said = json.dumps(name, ensure_ascii=False)
    made = GOOD
    for text in (
        "A hall that opened", "Neighbours opened a hall.", "Everyone", "They opened it.",
        "from 2018", "A grant of £500.", "Keys for everyone", "A hall", "Ore", "The parish map",
        "It is open.", "The hall", "Our hall", "Our hall, 2019",
    ):  # fmt: skip
        assert f'"{text}"' in made, text
        made = made.replace(f'"{text}"', said)
    return made.replace('date = "2019"', f"date = {said}")


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    for at, name in enumerate(NAMES):
        (folder / f"case-{at}.toml").write_text(hostile_file(name), encoding="utf-8")
    return load_cases(folder)


def test_names_come_through_letter_for_letter(cases):
    assert len(NAMES) > 12
    assert {case.title for case in cases} == set(NAMES) == {case.done for case in cases}


def test_downloads_hold_the_letters_and_no_formula(cases, store):
    rows = case_tables.rows(cases, store.table("councils"))
    names = list(rows["title"])
    read = pd.read_csv(io.BytesIO(exports.csv_bytes(rows, None)), dtype=str)
    for name, cell in zip(names, read["title"], strict=True):
        assert cell.lstrip("'") == name.lstrip("'")
        assert cell[0] not in "=+-@"
    credit = exports.Credit("s", "l")
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.xlsx_bytes(rows, credit)))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("title") + 1
    cells = [sheet.cell(row, column) for row in range(2, len(names) + 2)]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells} == {"s"}
    shapes = case_tables.with_shapes(
        cases, store.shapes("councils"), store.table("councils"), credit
    )
    drawn = json.loads(exports.geojson_bytes(shapes, credit))
    assert [row["properties"]["title"] for row in drawn["features"]] == names


def test_links_to_stories_stay_links_to_stories(cases):
    links = [row[4] for points in case_map.drawn(cases) for row in points.rows]
    assert len(links) == len(cases)
    assert all(re.fullmatch(r"case-studies\?case=[a-z0-9-]+", link) for link in links)
