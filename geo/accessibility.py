"""What the accessibility statement says: the status, what is known not to work, how it was tested.

The tests in the browser hold it: they check each page with the version of axe-core named here, and
let pass only what `PROBLEMS` owns up to.
"""

from __future__ import annotations

from dataclasses import dataclass

AXE_VERSION = "4.14.1"
PREPARED_ON = "22 November 2026"


@dataclass(frozen=True)
class Problem:
    """Something that not everyone can use.

    what: what is wrong; criteria: the success criteria of WCAG 2.2 that fail, as a sentence;
    instead: another way to the same.
    """

    title: str
    what: str
    criteria: str
    instead: str


WHOSE = (
    "This statement is about Common Ground, the map of social infrastructure in England’s "
    "neighbourhoods. “We” are the people who run this copy of it."
)
AIM = "As many people as possible should be able to use it. That means you should be able to:"
YOU_CAN = (
    "read what our maps show as a sentence, and as a table or a list; a screen reader says the "
    "sentence when a choice changes it;",
    "reach every control with a keyboard, and move the map and choose an area on it: arrow keys "
    "move it, plus and minus zoom, Enter chooses what lies in the middle;",
    "zoom in to 400%, or use a screen 320 pixels wide, without scrolling sideways, except within "
    "a table, a formula or a map;",
    "choose a light or a dark page, and your own colours;",
    "ask your device for less motion, and see the map move at once instead of gliding;",
    "tell areas, places and charts apart without telling colours apart.",
)
STATUS = (
    "This website is partially compliant with the Web Content Accessibility Guidelines (WCAG) "
    "version 2.2 AA standard, because of what is listed below."
)
PROBLEMS = (
    Problem(
        "Areas on the map",
        "The map is a picture: a screen reader hears what lies in its middle as you move it, but "
        "cannot go from area to area or from place to place.",
        "This fails WCAG 2.2 success criterion 1.3.1 (info and relationships).",
        "the search box opens any area by its name or postcode, its profile lists the places near "
        "it, and the table or list on the page of each map has the same figures.",
    ),
    Problem(
        "Long tables",
        "The tables that scroll are drawn by Streamlit, the framework this website is made with, "
        "as a picture with a hidden copy of the rows in view. They do not take your own colours "
        "or text spacing.",
        "This fails WCAG 2.2 success criterion 1.4.12 (text spacing).",
        "each of them that belongs to a map or a list can be downloaded as a CSV file.",
    ),
    Problem(
        "The box on the chart of Gaps",
        "A box on the chart can only be dragged with a pointer, and Vega, which draws the chart, "
        "gives the empty box no name.",
        "This fails WCAG 2.2 success criteria 1.1.1 (non-text content), 2.1.1 (keyboard) and "
        "2.5.7 (dragging movements).",
        "the quarters above the chart and the filters choose areas with a keyboard or a single "
        "click, and the list below has the figures of each.",
    ),
    Problem(
        "Briefings as PDF",
        "The printed briefing has not been checked with a screen reader.",
        "We do not know which criteria it fails.",
        "the page it was made from has the same figures.",
    ),
)
CONTACT = (
    "Tell the people who run this copy, in the way they told you of it, or open an issue in the "
    "project’s issue tracker. Say which page, what you were trying to do and what you use. If you "
    "need the figures in another form, say which: every table can be had as a file.",
    "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and "
    "Mobile Applications) (No. 2) Accessibility Regulations 2018. Where a public body runs this "
    "copy and you are not happy with its answer, contact the Equality Advisory and Support "
    "Service (EASS).",
)
TESTED = (
    f"Each page was tested with axe-core {AXE_VERSION} in Chromium, in the frame of its map too, "
    "at 1,440 by 900 and at 390 by 844 pixels; the contrast of its colours on a dark page too; "
    "and whether it fits 320 pixels. The map was tested with the keyboard and with less motion. "
    "The same tests are part of the project’s own, and let no serious or critical fault pass but "
    "those named above.",
    "It has not been tested by people who use assistive technology, nor in Firefox or Safari, "
    "nor by anyone outside the project.",
)
PREPARED = f"This statement was prepared on {PREPARED_ON}, from the project’s own tests."
