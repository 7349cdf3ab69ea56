"""A briefing typeset on two A4 pages, tagged for screen readers (PDF/UA-1), and maps as pixels.

Typst sets what geo/typeset/ lays out. All words go in as data and are never read as markup; the
template reads no other file and loads no package, so nothing in a name can reach one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from geo import print_key
from geo.briefing import (
    SHORTENED,
    TITLE_LENGTH,
    Briefing,
    Section,
    attributions,
    by_licence,
    clipped,
    day,
    forms,
)
from geo.letters import printable
from geo.print_map import drawing
from geo.print_spec import MapSpec
from geo.qr import qr_svg
from geo.typesetting import typeset

PAGES = 2
MAP_WIDTH_PT = 262.0
# Several maps side by side share the page's width, less the gaps between them.
PAGE_WIDTH_PT, MAPS_GAP_PT = 498.0, 14.0
SOURCES_HEADING = "Sources and licences"
QR_ALT = "QR code of the link to the live view."
QR_WORDS = "Scan for the live view"
_LINK_LENGTH, _LINK_LINE = 180, 90
# A word longer than this is given places to break, or it would run out of its column.
_LONG_WORD = 24


def briefing_pdf(content: Briefing) -> bytes:
    """The briefing as a PDF of at most two A4 pages.

    What does not fit is left out, least important last, and the page says so. Raises
    TooLongError where the title and sources alone do not fit, TypesetError where typesetting
    fails.
    """
    pictures = {"pictures": json.dumps(_pictures(content))}
    written = cache(settable)
    midnight = datetime(content.made.year, content.made.month, content.made.day, tzinfo=UTC)
    # A part goes to the next page whole while there is room; only then may it break.
    tries = [
        {"briefing": _data(form, is_shorter, parts_break, written)}
        for form, is_shorter in forms(content)
        for parts_break in ((True,) if is_shorter else (False, True))
    ]
    timestamp = int(midnight.timestamp())
    return typeset("briefing", pictures, tries, pages=PAGES, timestamp=timestamp)


def map_png(spec: MapSpec, pixels_an_inch: float = 200) -> bytes:
    """The map as one PNG file: title, map, key, and where it is from."""
    inputs = {"svg": print_key.map_svg(spec)}
    return typeset("picture", inputs, file_format="png", ppi=pixels_an_inch)


def settable(text: str) -> str:
    """`text` in letters that the fonts draw, on one line, long words breakable."""
    return " ".join(_breakable(word) for word in printable(text).split())


def _breakable(word: str) -> str:
    if len(word) <= _LONG_WORD:
        return word
    cuts = range(0, len(word), _LONG_WORD // 2)
    return "\u200b".join(word[start : start + _LONG_WORD // 2] for start in cuts)


def _pictures(content: Briefing) -> dict[str, object]:
    """The drawings, made once however often the text is shortened."""
    pictures: dict[str, object] = {"map": None, "maps": None, "qr": qr_svg(content.address)}
    if content.map:
        drawn, key = _drawn(content.map, MAP_WIDTH_PT), _key(MAP_WIDTH_PT, content.map)
        pictures["map"] = {"width": MAP_WIDTH_PT, **drawn, **key}
    if content.maps:
        width = (PAGE_WIDTH_PT + MAPS_GAP_PT) / len(content.maps) - MAPS_GAP_PT
        each = [_drawn(spec, width) for spec in content.maps]
        key = _key(PAGE_WIDTH_PT, *content.maps)
        pictures["maps"] = {"gap": MAPS_GAP_PT, **key, "drawn": each}
    return pictures


def _drawn(spec: MapSpec, width: float) -> dict[str, object]:
    return {
        "svg": drawing(spec, width),
        "alt": printable(spec.alt) or "Map",
        "title": settable(clipped(spec.title, TITLE_LENGTH)),
    }


def _key(width: float, *specs: MapSpec) -> dict[str, object]:
    key, _ = print_key.key(specs[0], width, *specs[1:])
    return {"key": key, "key_alt": printable(print_key.key_words(*specs))}


def _data(
    content: Briefing, is_shorter: bool, parts_break: bool, written: Callable[[str], str]
) -> str:
    """Every word the template sets, as JSON; `written` makes a text settable."""
    kind, title, made = written(content.kind), written(content.title), day(content.made)
    return json.dumps(
        {
            "title": title or kind or "Briefing",
            "kicker": f"Common Ground · {kind} · {made}",
            "place": written(content.place),
            "link": content.address,
            "link_words": _short(content.address),
            "footer": f"Common Ground · {title} · made {made}",
            "lead": [written(words) for words in content.lead],
            "beside": content.beside and _section(content.beside, written),
            "sections": [_section(section, written) for section in content.sections],
            "note": SHORTENED if is_shorter else "",
            "parts_break": parts_break,
            "sources_heading": SOURCES_HEADING,
            "sources": [written(words) for words in by_licence(content.sources)],
            "attributions": written(" ".join(attributions(content.sources))),
            "qr_words": QR_WORDS,
            "qr_alt": QR_ALT,
        }
    )


def _short(link: str) -> str:
    """The link as people read and type it."""
    words = link.split("://", 1)[1]
    if len(words) > _LINK_LENGTH:
        words = f"{words[: _LINK_LENGTH - 1]}…"
    # Places to break stay in the text when it is copied, so a link that fits a line has none.
    return words if len(words) <= _LINK_LINE else settable(words)


def _section(section: Section, written: Callable[[str], str]) -> dict[str, object]:
    table = section.table
    return {
        "heading": written(section.heading),
        "sentences": [written(words) for words in section.sentences],
        "points": [
            {"strong": written(point.strong), "text": written(point.text)}
            for point in section.points
        ],
        "table": table
        and {
            "columns": [
                {"heading": written(column.heading), "kind": column.kind}
                for column in table.columns
            ],
            "rows": [[written(words) for words in row] for row in table.rows],
            "note": written(table.note),
        },
    }
