"""The head of the page for programs that run no scripts: chats and mail that preview a link."""

from __future__ import annotations

import html
import re

from geo.headings import SITE, Heading

# Previews cut what is longer.
MAX_TITLE, MAX_DESCRIPTION = 120, 300
_TITLE = re.compile(r"<title>.*?</title>", re.IGNORECASE | re.DOTALL)


def with_heading(page: str, heading: Heading, more: str = "") -> str:
    """`page`, a whole HTML document, with the title and description of a view in its head.

    Whatever the heading says stands there as text. more: HTML to stand in the head after it. A
    document without a title stays as it is.
    """
    title = html.escape(_cut(heading.full_title, MAX_TITLE))
    said = html.escape(_cut(heading.description, MAX_DESCRIPTION))
    head = (
        f"<title>{title}</title>"
        f'<meta name="description" content="{said}">'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{said}">'
        f'<meta property="og:site_name" content="{SITE}">'
        '<meta property="og:type" content="website">'
        f'<meta name="twitter:card" content="summary">{more}'
    )
    return _TITLE.sub(lambda _: head, page, count=1)


def _cut(text: str, most: int) -> str:
    """At most `most` letters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
