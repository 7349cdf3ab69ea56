"""Profiles and gaps against their bars: the figures alone, and whole pages on the server.

`python -m benchmarks.profiles` reads data/ and drives the pages without a browser.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from benchmarks._rows import Row, print_rows
from geo import gaps_list, profiles
from geo.case_records import load_cases
from geo.gaps_view import GapsView
from geo.national import National
from geo.store import Store

APP = Path(__file__).resolve().parent.parent / "app.py"
PROFILES = {
    "small area": "E01021005",
    "neighbourhood": "E02003959",
    "ward": "E05012902",
    "council of 659 small areas": "E08000025",
}
PAGE_BAR_S = 0.5


def plain_gaps(store: Store) -> pd.DataFrame:
    """The same ranking as a user of pandas might write it, class by class, area by area."""
    areas = store.small_areas
    metres = store.access("library")["median_m"]
    closer = pd.Series(0.0, index=areas.index)
    for _, rows in areas.groupby("ruc21_code").groups.items():
        own = metres[rows]
        closer[rows] = own.apply(lambda here, own=own: (own < here).mean())
    need = 1 - areas["imd_rank"] / len(areas)
    weak = (1 - areas["cni_rank"] / len(areas) + closer) / 2
    return areas.assign(score=(need + weak) / 2).sort_values("score", ascending=False)


def processor_s(work: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of processor time that something takes: the median of some runs.

    Not the clock's: whatever else the machine is busy with is no part of the server's time.
    """
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def _page_s(name: str, repeats: int = 5, **parameters: str) -> float:
    """Seconds of the server's processor that it takes to run a page again."""
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.switch_page(f"pages/{name}.py")
    for word, text in parameters.items():
        app.query_params[word] = text
    app.run()
    if app.exception or app.error:
        raise RuntimeError(f"the page {name} failed: {app.exception or app.error}")
    return processor_s(app.run, repeats)


def run() -> list[Row]:
    """Measure everything once; a row a figure."""
    store = Store()
    for level in ("small-area", "neighbourhood"):
        store.level(level)
    national = National(store, load_cases(store.data_dir / "case_studies"))
    rows = [Row("Prepare all of England, once a server", "s", processor_s(national.prepare, 1))]
    for what, code in PROFILES.items():
        profiles.profile(code, national)
        taken = processor_s(lambda code=code: profiles.profile(code, national))
        rows.append(Row(f"Figures of a profile: {what}", "s", taken))
    for what, code in PROFILES.items():
        rows.append(
            Row(f"Profile page drawn again: {what}", "s", _page_s("profile", area=code), PAGE_BAR_S)
        )
    whole = GapsView(level="small-area")

    def ranked() -> None:
        found = gaps_list.shown(whole, national)
        gaps_list.listed(found, whole)
        gaps_list.by_council(found, whole, national)

    ranked()
    plain = processor_s(lambda: plain_gaps(store), 1)
    rows.append(
        Row("Gaps of all England, ranked and summed up", "s", processor_s(ranked), 0.5, plain)
    )
    rows.append(
        Row("Gaps page: all England’s small areas", "s", _page_s("gaps", by="small-area"),
            PAGE_BAR_S)
    )  # fmt: skip
    rows.append(Row("Gaps page: all England’s neighbourhoods", "s", _page_s("gaps"), PAGE_BAR_S))
    three = "E02004371,E02003959,E02005584"
    rows.append(Row("Compare page: three areas", "s", _page_s("compare", areas=three)))
    return rows


def main() -> None:
    """Print the table."""
    print_rows(run())


if __name__ == "__main__":
    main()
