"""Text in drawings: escaped, measured and broken into lines, since SVG does none of it."""

from __future__ import annotations

from html import escape

from geo import letters

FONT = "'Source Sans Pro', 'Source Sans 3', Arial, sans-serif"
INK = "#1b2430"
_NARROW = frozenset("iIjlftr.,:;'’‘|!()[]/ -")
_WIDE = frozenset("mwMWÆŒ@%—…")


def width(text: str, size: float) -> float:
    """About how wide a text stands in a plain sans-serif, in the unit of `size`, rather too wide.

    Counted by three classes of letter: no font file is read, and a viewer may have another font.
    """
    narrow = sum(letter in _NARROW for letter in text)
    wide = sum(letter in _WIDE for letter in text)
    capital = sum(letter.isupper() for letter in text)
    return size * (0.53 * len(text) - 0.22 * narrow + 0.3 * wide + 0.06 * capital)


def lines(text: str, size: float, most: float, rows: int = 3) -> list[str]:
    """`text` broken at spaces into at most `rows` lines of at most `most`; what is over is cut."""
    broken: list[str] = [""]
    for word in text.split():
        longer = f"{broken[-1]} {word}".strip()
        if broken[-1] and width(longer, size) > most:
            broken.append(word)
        else:
            broken[-1] = longer
    if len(broken) > rows:
        broken = [*broken[: rows - 1], " ".join(broken[rows - 1 :])]
    return [cut(line, size, most) for line in broken]


def cut(text: str, size: float, most: float) -> str:
    """`text`, shortened with an ellipsis where it is wider than `most`."""
    if width(text, size) <= most:
        return text
    while text and width(f"{text}…", size) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"


def label(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "start",
    weight: int = 400,
    colour: str = INK,
    halo: float = 0,
) -> str:
    """An SVG text with its baseline at y; `halo` is the width of a white edge around it."""
    edge = (
        f' stroke="#fff" stroke-width="{halo:g}" stroke-linejoin="round" paint-order="stroke"'
        if halo
        else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size:g}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"{edge}>'
        f"{escape(letters.printable(text))}</text>"
    )
