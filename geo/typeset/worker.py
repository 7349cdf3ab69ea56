"""Typesets one document and ends: run as a program of its own by `geo.typesetting`.

Typst keeps what it has set in memory for next time, some 200 MB after a hundred maps; a process
that ends gives it back, and nothing a document does outlives it. Reads a request as JSON from
standard input and writes the file to standard output:

template: name of a template in this folder. inputs: what it is given (name → text). forms: more
inputs, from the fullest document to the shortest; the fullest is set that has at most `pages`
pages (0: the first, whatever its length). too_long: the code to end with where none has. format:
"pdf" or "png". timestamp: seconds since 1970, as the document's date. ppi: pixels an inch.
"""

from __future__ import annotations

import bisect
import json
import sys
from pathlib import Path

import font_source_sans_pro
import typst

_FOLDER = Path(__file__).parent
# Where packages would be looked for: a folder that is not there.
_NOWHERE = str(_FOLDER / "no-packages")


def _compiler(template: str, inputs: dict[str, str], fonts: typst.Fonts) -> typst.Compiler:
    """A compiler that sees the templates' folder and its inputs, and nothing else."""
    return typst.Compiler(
        str(_FOLDER / f"{template}.typ"),
        root=str(_FOLDER),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )


def main() -> int:
    """Typesets what standard input asks for; gives the code to end with."""
    request = json.load(sys.stdin.buffer)
    # Only fonts that come with the packages: a machine's own differ from place to place.
    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory]
    )
    compilers = [
        _compiler(request["template"], request["inputs"] | form, fonts) for form in request["forms"]
    ]
    place = _fullest(compilers, request["pages"])
    if place == len(compilers):
        return request["too_long"]
    is_pdf = request["format"] == "pdf"
    made = compilers[place].compile(
        format=request["format"],
        pdf_standards=["ua-1"] if is_pdf else [],
        timestamp=request["timestamp"],
        ppi=None if is_pdf else request["ppi"],
    )
    if not isinstance(made, bytes):
        raise ValueError("a picture of more than one page")
    sys.stdout.buffer.write(made)
    return 0


def _fullest(compilers: list[typst.Compiler], most_pages: int) -> int:
    """Which document is the first with few enough pages; their number where none has.

    Mostly it is one of the very first: further ones are looked at in longer and longer steps, and
    the last step is halved, since each is shorter than the one before.
    """

    def fits(place: int) -> bool:
        pages = compilers[place].query("<pages>", field="value", one=True)
        return int(pages) <= most_pages

    if not most_pages or fits(0):
        return 0
    low = high = 1
    while high < len(compilers) and not fits(high):
        low, high = high + 1, 2 * high + 1
    places = range(len(compilers))
    return bisect.bisect_left(places, True, low, min(high, len(places)), key=fits)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (typst.TypstError, RuntimeError, ValueError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
