"""A briefing of real places: time, size and pages, beside a browser printing the same content.

A headless browser is what one would otherwise use to make a PDF from a web page. Its start is
counted apart, since a service could keep one running.
"""

from __future__ import annotations

import io
import statistics
import time
from dataclasses import dataclass
from datetime import date

from pypdf import PdfReader

from benchmarks import _browser as browse
from geo.briefing_areas import of_area
from geo.briefing_html import briefing_html
from geo.briefing_pdf import briefing_pdf
from geo.case_records import load_cases
from geo.national import National
from geo.print_map import drawing
from geo.store import Store

PLACES = {
    "Ore, Hastings": "E02004371",
    "Par, Cornwall": "E02003959",
    "Orchard Park, Hull": "E02002654",
    "Isles of Scilly": "E02006781",
    "Norwich": "E07000148",
    "Birmingham": "E08000025",
}
MOST_S, MOST_KB, MOST_PAGES = 2.0, 500, 2
RUNS = 5
_LINK = "https://map.example.org/profile?area="


@dataclass(frozen=True)
class Figures:
    """One place: median seconds to gather, draw and typeset, and what came of it."""

    gather_s: float
    draw_s: float
    pdf_s: float
    kb: float
    pages: int
    browser_s: float
    browser_kb: float
    browser_pages: int


def timed(work) -> tuple[float, object]:
    """Median seconds over RUNS, and what the work gives."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        given = work()
        took.append(time.perf_counter() - began)
    return statistics.median(took), given


def measure(code: str, national: National, browser) -> Figures:
    """The figures of one place; `browser` prints the web version."""
    gather_s, content = timed(lambda: of_area(code, national, _LINK + code, date(2026, 1, 1)))
    draw_s, _ = timed(lambda: drawing(content.map, 262))
    pdf_s, pdf = timed(lambda: briefing_pdf(content))
    page = browser.new_page()

    def printed() -> bytes:
        page.set_content(briefing_html(content))
        return page.pdf(prefer_css_page_size=True)

    browser_s, other = timed(printed)
    page.close()
    return Figures(
        gather_s, draw_s, pdf_s, len(pdf) / 1000, _pages(pdf),
        browser_s, len(other) / 1000, _pages(other),
    )  # fmt: skip


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def main() -> None:
    store = Store()
    national = National(store, load_cases(store.data_dir / "case_studies"))
    national.prepare()
    briefing_pdf(of_area(PLACES["Ore, Hastings"], national, _LINK, date(2026, 1, 1)))
    began = time.perf_counter()
    with browse.chromium() as browser:
        start_s = time.perf_counter() - began
        found = {name: measure(code, national, browser) for name, code in PLACES.items()}
    print(f"bars: {MOST_S:g} s, {MOST_KB} KB, {MOST_PAGES} pages; medians of {RUNS} runs")
    print(f"a browser's start: {start_s:.2f} s\n")
    print("place               gather    map    PDF     KB pages   browser     KB pages  bars")
    for name, row in found.items():
        kept = row.gather_s + row.pdf_s <= MOST_S and row.kb <= MOST_KB and row.pages <= MOST_PAGES
        print(
            f"{name:18} {row.gather_s:6.2f}s {row.draw_s:5.2f}s {row.pdf_s:5.2f}s {row.kb:6.0f} "
            f"{row.pages:5} {row.browser_s:8.2f}s {row.browser_kb:6.0f} {row.browser_pages:5}  "
            f"{'kept' if kept else 'MISSED'}"
        )


if __name__ == "__main__":
    main()
