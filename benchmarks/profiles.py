"""Profiles and gaps against their bars: the figures alone, and whole pages on the server.

`python -m benchmarks.profiles` reads data/, starts the app and opens its pages without a browser.
All seconds are of the processor: whatever else the machine is busy with is no part of them.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable

import pandas as pd

from benchmarks import _server as serve
from benchmarks._rows import Row, print_rows
from benchmarks._session import Session
from geo import gaps_list, profiles
from geo.case_records import load_cases
from geo.gaps_view import GapsView
from geo.national import National
from geo.store import Store

PROFILES = {
    "small area": "E01021005",
    "neighbourhood": "E02003959",
    "ward": "E05012902",
    "council of 659 small areas": "E08000025",
}
PAGES = (
    *((f"Profile, {what}", "profile", {"area": code}) for what, code in PROFILES.items()),
    ("Gaps, all England’s neighbourhoods", "gaps", {}),
    ("Gaps, all England’s small areas", "gaps", {"by": "small-area"}),
    ("Gaps, one council’s small areas", "gaps", {"by": "small-area", "council": "E07000062"}),
    ("Compare, three areas", "compare", {"areas": "E02004371,E02003959,E02005584"}),
)
# Areas that nobody has read of before, of the four levels in turn.
UNREAD = ("E01020963", "E02002559", "E05009288", "E07000223", "E01005062", "E02006781")
PAGE_BAR_S = 0.5
AGAIN = 10
_QUIET_S = 0.5


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


async def _settled(app: serve.App) -> float:
    """The server's processor seconds so far, once it has come to rest."""
    while True:
        before = app.processor_s()
        await asyncio.sleep(_QUIET_S)
        if app.processor_s() - before < 0.02:
            return app.processor_s()


async def _opened(app: serve.App, page: str, link: dict[str, str]) -> tuple[Session, float]:
    """A new reader's session with a page open, and the seconds that the server needed for it."""
    reader = Session(f"ws://127.0.0.1:{app.port}")
    before = await _settled(app)
    await reader.open(page, **link)
    return reader, await _settled(app) - before


async def _pages(app: serve.App) -> list[Row]:
    """Every page opened by a new reader, after someone opened it before, and drawn again."""
    for page, link in (("gaps", {}), ("profile", {"area": "E01020964"})):
        reader, _ = await _opened(app, page, link)
        await reader.close()
    taken = []
    for code in UNREAD:
        reader, took = await _opened(app, "profile", {"area": code})
        taken.append(took)
        await reader.close()
    rows = [Row("Profile of an area nobody read before", "s", statistics.median(taken), PAGE_BAR_S)]
    for what, page, link in PAGES:
        first, _ = await _opened(app, page, link)
        await first.close()
        reader, took = await _opened(app, page, link)
        before = await _settled(app)
        for _ in range(AGAIN):
            await reader.refresh()
        again = (await _settled(app) - before) / AGAIN
        await reader.close()
        rows += [
            Row(f"{what}: opened by a new reader", "s", took, PAGE_BAR_S),
            Row(f"{what}: drawn again", "s", again, PAGE_BAR_S),
        ]
    return [*rows, Row("Server memory after all of these", "MB", app.memory_mb())]


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
    with serve.app() as app:
        return rows + asyncio.run(_pages(app))


def main() -> None:
    """Print the table."""
    print_rows(run())


if __name__ == "__main__":
    main()
