"""Briefings of every kind: time, size and pages, beside a browser printing the same content.

A headless browser is what one would otherwise use to make a PDF from a web page. Its start is
counted apart, since a service could keep one running.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from pypdf import PdfReader

from benchmarks import _browser as browse
from geo import (
    briefing_compare,
    briefing_gaps,
    briefing_scenarios,
    briefing_siting,
    effects,
    gaps_list,
    profiles,
    siting_run,
    what_if_places,
)
from geo.areas import SMALL_AREA
from geo.briefing import Briefing
from geo.briefing_areas import of_area
from geo.briefing_html import briefing_html
from geo.briefing_pdf import briefing_pdf
from geo.case_records import load_cases
from geo.gaps_view import GapsView
from geo.national import National
from geo.print_map import drawing
from geo.scenarios import Scenario
from geo.siting_view import SitingView
from geo.store import Store
from geo.what_if_view import EXAMPLE, WhatIfView

PLACES = {
    "Ore, Hastings": "E02004371",
    "Par, Cornwall": "E02003959",
    "Orchard Park, Hull": "E02002654",
    "Isles of Scilly": "E02006781",
    "Norwich": "E07000148",
    "Birmingham": "E08000025",
}
GAPS = {
    "all England": GapsView(),
    "England, small areas": GapsView(level=SMALL_AREA),
    "Birmingham": GapsView(councils=("E08000025",)),
    "Isles of Scilly": GapsView(councils=("E06000053",)),
    "Hull": GapsView(councils=("E06000010",)),
}
COMPARED = {
    "Ore, Par, Norwich": ("E02004371", "E02003959", "E02005584"),
    "three cities": ("E07000148", "E06000010", "E08000025"),
}
SITED = {"Hastings": SitingView(), "Birmingham": SitingView(area="E08000025", count=10)}
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


def contents(national: National) -> Iterator[tuple[str, Callable[[], Briefing]]]:
    """Every briefing that is measured: its name, and what gathers its content."""
    made = date(2026, 1, 1)
    for name, code in PLACES.items():
        yield f"Profile: {name}", partial(of_area, code, national, _LINK + code, made)
    for name, view in GAPS.items():
        found = gaps_list.shown(view, national)
        yield f"Gaps: {name}", partial(briefing_gaps.of_view, view, found, national, _LINK, made)
    for name, codes in COMPARED.items():
        areas = [profiles.outline(code, national) for code in codes]
        yield f"Compare: {name}", partial(briefing_compare.of_areas, areas, national, _LINK, made)
    residents = national.store.residents()
    services = what_if_places.services(national.places)
    birmingham = national.store.small_areas["ltla24_code"].to_numpy() == "E08000025"
    libraries = what_if_places.of_service(services, "library")
    whole = frozenset(libraries.loc[birmingham[libraries["i"]], "asset_id"])
    for name, view in {
        "Ore Library": EXAMPLE, "all of Birmingham": WhatIfView(scenario=Scenario(whole)),
    }.items():  # fmt: skip
        areas = national.store.small_areas
        changes = what_if_places.changes(view.scenario, services, residents, areas)
        effect = effects.effect(
            view.scenario, residents, libraries, areas, view.threshold.metres, (view.kind,)
        )
        yield (
            f"What if: {name}",
            partial(
                briefing_scenarios.of_scenario,
                view,
                effect,
                changes,
                libraries,
                national,
                _LINK,
                made,
            ),
        )
    for name, view in SITED.items():
        result = siting_run.work(view, national, services, residents)
        yield (
            f"Where next: {name}",
            partial(briefing_siting.of_answer, view, result, national, _LINK, made),
        )


def measure(gather: Callable[[], Briefing], browser) -> Figures:
    """The figures of one briefing; `browser` prints the web version."""
    gather_s, content = timed(gather)
    specs = content.maps or (content.map,)
    draw_s, _ = timed(lambda: [drawing(spec, 262 / len(specs)) for spec in specs])
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
        found = {name: measure(gather, browser) for name, gather in contents(national)}
    print(f"bars: {MOST_S:g} s, {MOST_KB} KB, {MOST_PAGES} pages; medians of {RUNS} runs")
    print(f"a browser's start: {start_s:.2f} s\n")
    print(f"{'briefing':30} gather    map    PDF     KB pages   browser     KB pages  bars")
    for name, row in found.items():
        kept = row.gather_s + row.pdf_s <= MOST_S and row.kb <= MOST_KB and row.pages <= MOST_PAGES
        print(
            f"{name:30} {row.gather_s:6.2f}s {row.draw_s:5.2f}s {row.pdf_s:5.2f}s {row.kb:6.0f} "
            f"{row.pages:5} {row.browser_s:8.2f}s {row.browser_kb:6.0f} {row.browser_pages:5}  "
            f"{'kept' if kept else 'MISSED'}"
        )


if __name__ == "__main__":
    main()
