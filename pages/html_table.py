"""Tables as HTML: they wrap, read well on a phone, and a screen reader knows their headings."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pages import frame


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere: text, and an address within this app."""

    text: str
    address: str


Cell = str | Link


def table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell] | str], *, flowing: bool = False
) -> str:
    """A table; the first cell of a row is its heading. A row that is one text heads a section.

    flowing: on a phone the cells of a row follow each other as text, without their headings.
    """
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in headings)
    body = "".join(
        f'<tr class="cg-section"><th scope="colgroup" colspan="{len(headings)}">'
        f"{html.escape(row)}</th></tr>"
        if isinstance(row, str)
        else _row(headings, row)
        for row in rows
    )
    look = "cg-table cg-flowing" if flowing else "cg-table"
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(headings: Sequence[str], row: Sequence[Cell]) -> str:
    first, *rest = row
    cells = "".join(
        # On a phone a row is a block, and each cell brings its heading.
        f'<td data-heading="{html.escape(heading)}">{_cell(cell)}</td>'
        for heading, cell in zip(headings[1:], rest, strict=True)
    )
    # A number says nothing without its heading.
    bare = isinstance(first, str) and first.isdecimal()
    said = f' data-heading="{html.escape(headings[0])}"' if bare else ""
    return f'<tr><th scope="row"{said}>{_cell(first)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        address = html.escape(frame.within(cell.address))
        return f'<a href="{address}" target="_self">{html.escape(cell.text)}</a>'
    return html.escape(cell).replace("\n", "<br>")
