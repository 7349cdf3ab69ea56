"""What a briefing says, before anyone decides how it looks: the same content for paper and web.

`geo.briefing_pdf` typesets it on two A4 pages, `geo.briefing_html` as a page that prints well,
and modules such as `geo.briefing_areas` make it from the tables. All text is taken letter for
letter, whatever signs it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from geo.build.register import Source
from geo.print_spec import MapSpec

TEXT, NUMBER, TENTH = "text", "number", "tenth"
KINDS_OF_COLUMN = (TEXT, NUMBER, TENTH)
SHORTENED = "Shortened to fit on two pages: the live view has the rest."
# Longest title, sentence and cell that are set; what is over ends in an ellipsis.
TITLE_LENGTH, PLACE_LENGTH, SENTENCE_LENGTH, CELL_LENGTH = 110, 160, 700, 120


@dataclass(frozen=True)
class Column:
    """A column of a table. kind: TEXT, NUMBER (set to the right) or TENTH (1 to 10, drawn)."""

    heading: str
    kind: str = TEXT

    def __post_init__(self) -> None:
        if self.kind not in KINDS_OF_COLUMN:
            raise ValueError(f"no kind of column {self.kind!r}")


@dataclass(frozen=True)
class Table:
    """Figures ready to print: a row is one text for each column. note: what to mind, if anything.

    The first column names what the row is about.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("each row needs one text for each column")


@dataclass(frozen=True)
class Point:
    """An entry of a list; strong: what it is called, set in bold before its text."""

    text: str
    strong: str = ""


@dataclass(frozen=True)
class Section:
    """A part with a heading: sentences, a list, a table, in this order; any may be empty."""

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Briefing:
    """A briefing's content.

    kind: what it is, as in "Neighbourhood briefing". place: what and where the title is.
    lead: what matters most, a sentence or two each, beside the map. beside: a section under the
    lead, narrow enough to stand beside the map. sections: in the order of what matters; the last
    are the first to be left out where there is no room. link: the live view, http or https.
    made: the day it was made. maps: instead of `map`, several side by side under the lead, of the
    same layer and shape, each under its title.
    """

    kind: str
    title: str
    place: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    link: str
    made: date
    map: MapSpec | None = None
    beside: Section | None = None
    maps: tuple[MapSpec, ...] = ()

    def __post_init__(self) -> None:
        if not self.link.startswith(("https://", "http://")):
            raise ValueError("the link must be a web address")

    @property
    def address(self) -> str:
        """The link in the letters that an address may hold, the others percent-encoded."""
        return quote(self.link, safe="%/:=&?~#+!$,;'@()*[]")


def day(when: date) -> str:
    """A day as people write it: "5 March 2026"."""
    return f"{when.day} {when:%B %Y}"


def by_licence(sources: Iterable[Source]) -> tuple[str, ...]:
    """The sources in words, a text for each licence: publisher, title and date of each."""
    groups: dict[str, list[str]] = {}
    for source in sources:
        line = f"{source.publisher}, {source.title} ({source.vintage})"
        groups.setdefault(source.licence, []).append(line)
    return tuple(f"Licence: {licence}. {'; '.join(lines)}." for licence, lines in groups.items())


def attributions(sources: Iterable[Source]) -> tuple[str, ...]:
    """The statements that the licences ask for, each once."""
    return tuple(dict.fromkeys(source.attribution for source in sources if source.attribution))


def clipped(text: str, most: int) -> str:
    """`text` on one line, at most `most` characters, cut at a word where one is near."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    head = text[: most - 1]
    space = head.rfind(" ")
    return f"{(head[:space] if space > 0.7 * most else head).rstrip()}…"


def within_limits(content: Briefing) -> Briefing:
    """The content with every text cut to the longest that is set."""
    return replace(
        content,
        kind=clipped(content.kind, CELL_LENGTH),
        title=clipped(content.title, TITLE_LENGTH),
        place=clipped(content.place, PLACE_LENGTH),
        lead=tuple(clipped(text, SENTENCE_LENGTH) for text in content.lead),
        sections=tuple(_section_within_limits(section) for section in content.sections),
        beside=content.beside and _section_within_limits(content.beside),
    )


def _section_within_limits(section: Section) -> Section:
    table = section.table
    if table:
        table = replace(
            table,
            columns=tuple(
                replace(column, heading=clipped(column.heading, CELL_LENGTH))
                for column in table.columns
            ),
            rows=tuple(tuple(clipped(cell, CELL_LENGTH) for cell in row) for row in table.rows),
            note=clipped(table.note, SENTENCE_LENGTH),
        )
    return Section(
        heading=clipped(section.heading, CELL_LENGTH),
        sentences=tuple(clipped(text, SENTENCE_LENGTH) for text in section.sentences),
        points=tuple(
            Point(clipped(point.text, SENTENCE_LENGTH), clipped(point.strong, TITLE_LENGTH))
            for point in section.points
        ),
        table=table,
    )


def forms(content: Briefing) -> Iterator[tuple[Briefing, bool]]:
    """The content in shorter and shorter forms, each with whether anything is left out of it.

    Rows and sentences go first, then sections from the last, then what leads. Title and sources
    always stay.
    """
    content = within_limits(content)
    for step in _steps(content):
        yield step, step is not content


# What is kept of each table and of each list of sentences or points, step by step.
_KEPT = (
    (40, 20), (24, 10), (20, 6), (16, 5), (16, 4), (14, 4), (14, 3), (12, 3), (12, 2), (10, 2),
    (8, 2), (6, 1), (5, 1), (3, 1),
)  # fmt: skip


def _steps(content: Briefing) -> Iterator[Briefing]:
    yield content
    shorter = content
    for rows, texts in _KEPT:
        cut = _shortened(content, rows, texts)
        if cut != shorter:
            shorter = cut
            yield shorter
    for kept in range(len(shorter.sections) - 1, -1, -1):
        yield replace(shorter, sections=shorter.sections[:kept])
    for kept in range(len(content.lead) - 1, 0, -1):
        yield replace(shorter, sections=(), beside=None, lead=content.lead[:kept])


def _shortened(content: Briefing, rows: int, texts: int) -> Briefing:
    """No table longer than `rows`, no list of a section longer than `texts`."""
    return replace(
        content,
        sections=tuple(_section_shortened(section, rows, texts) for section in content.sections),
        beside=content.beside and _section_shortened(content.beside, rows, texts),
    )


def _section_shortened(section: Section, rows: int, texts: int) -> Section:
    table = section.table
    if table and len(table.rows) > rows:
        said = f"The first {rows} of {len(table.rows):,} rows. {table.note}".strip()
        table = replace(table, rows=table.rows[:rows], note=said)
    return replace(
        section, sentences=section.sentences[:texts], points=section.points[:texts], table=table
    )
