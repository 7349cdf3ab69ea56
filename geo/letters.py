"""Which letters a printed page can hold, and what becomes of the others."""

from __future__ import annotations

import unicodedata

# What Source Sans Pro and Libertinus Serif draw between them, by first and last character.
DRAWN = (
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x2FF), (0x370, 0x37F), (0x384, 0x4FF), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x203E), (0x20A0, 0x20BF), (0x2190, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
UNKNOWN = "\ufffd"
# Marks that turn the direction of the letters after them.
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Controls, marks that steer other text (direction, joining), loose accents, halves of letters.
_SILENT = ("Cc", "Cf", "Mn", "Me", "Cs")


def printable(text: str) -> str:
    """`text` on one line in letters that are drawn; what is not, such as emoji, becomes UNKNOWN.

    Several unknown letters in a row are one mark; what steers other text is left out.
    """
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        if letter.isspace():
            found.append(" ")
        elif kind in _SILENT:
            continue
        elif kind != "Cn" and any(first <= ord(letter) <= last for first, last in DRAWN):
            found.append(letter)
        elif not found or found[-1] != UNKNOWN:
            found.append(UNKNOWN)
    return " ".join("".join(found).split())


def safe(text: str) -> str:
    """`text` for a screen, where any letter may be drawn: without what is not printable.

    That is control characters, lone surrogates and marks that turn the direction of other text.
    """
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return "".join(letter for letter in spaced if letter.isprintable())


def whole(text: str) -> str:
    """`text` without lone halves of letters (surrogates), which no file can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")
