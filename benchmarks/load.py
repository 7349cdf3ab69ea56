"""Many readers at once: real websocket sessions with mixed journeys, beside their bars.

`python -m benchmarks.load` starts the app for each number of readers, lets them open links, search,
change the layer, click areas and read profiles with 1 to 3 seconds between steps, and prints what
each step took, what the server's processor and memory paid, and what failed.
`--readers 10 30` names the numbers, `--minutes 20` keeps the last of them at it (a soak),
`--copies 2` shares them out among so many copies of the app, as a proxy does (without it, thirty
readers and a hundred are tried at one copy and at two), and
`--address ws://host:port` asks a server that runs already, without its memory and processor.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pandas as pd
import uvloop

from benchmarks import _server as serve
from benchmarks._rows import Row, print_rows
from benchmarks._session import Failed, Session, Step
from geo import layers
from geo.store import Store

READERS = (1, 10, 30, 100)
THINK_S = (1.0, 3.0)
ARRIVE_S = 10.0
MINUTES = 1.0
SEED = 2026
SHARED_OUT = (30, 100)
# Milliseconds of the 95th of 100 reruns; MB a session.
BARS_MS = {30: 100, 100: 500}
SESSION_MB = 5
POSTCODES = ("TN35 5BP", "PL24 2AA", "B1 1BB", "NR3 3SN", "HU6 7RX")
NAMES = ("Newport", "Ore", "Norwich", "Par", "Catton")
COUNCILS = ("E07000062", "E06000052", "E08000025", "E06000053", "E07000148", "E06000010")
LAYERS = tuple(layer.label for layer in layers.LAYERS)
FIRST = "open a link"


@dataclass
class Ground:
    """What readers choose from: area codes of both levels, by their number."""

    small: pd.Series
    neighbourhoods: pd.Series


@dataclass(frozen=True)
class Town:
    """The copies of the app that readers are shared out among; none of a server elsewhere."""

    addresses: tuple[str, ...]
    copies: tuple[serve.App, ...] = ()

    def memory_mb(self) -> float:
        return sum(app.memory_mb() for app in self.copies)

    def processor_s(self) -> float:
        return sum(app.processor_s() for app in self.copies)


@dataclass
class Told:
    """What a run of readers met."""

    readers: int
    copies: int = 1
    steps: list[Step] = field(default_factory=list)
    errors: Counter = field(default_factory=Counter)
    cpu_s: float = 0.0
    wall_s: float = 0.0
    before_mb: float = 0.0
    after_mb: float = 0.0
    by_minute_mb: list[float] = field(default_factory=list)

    @property
    def reruns(self) -> list[Step]:
        return [step for step in self.steps if step.name != FIRST]

    @property
    def session_mb(self) -> float:
        return (self.after_mb - self.before_mb) / self.readers


async def journey(session: Session, chance: random.Random, ground: Ground) -> AsyncIterator[None]:
    """A reader's way through the app without end; a pause is due after every step."""
    link = chance.choice([
        {}, {"postcode": "TN355BP"}, {"council": chance.choice(COUNCILS)}, {"layer": "income"},
    ])  # fmt: skip
    await session.open(**link)
    yield
    while True:
        await session.choose("Find a place", chance.choice(POSTCODES), "search a postcode")
        yield
        await session.choose("Find a place", chance.choice(NAMES), "search a name")
        yield
        if session.can_press("**"):
            await session.press("**", "choose an answer")
            yield
        for _ in range(2):
            await session.choose("Colour the map by", chance.choice(LAYERS), "change the layer")
            yield
            await session.click(chance.randrange(len(ground.small)), "lsoa")
            yield
        kind = chance.choice([COUNCILS, ground.small, ground.neighbourhoods])
        code = chance.choice(kind)
        await session.go("profile", "read a profile", area=code)
        yield
        await session.go("", "back to the map", area=chance.choice(ground.small))
        yield


async def reader(
    address: str, number: int, until: float, ground: Ground, told: Told, spread_s: float
) -> Session:
    """One reader from arriving until the time is up; the session stays open."""
    chance = random.Random(SEED + number)
    await asyncio.sleep(spread_s * number / told.readers)
    session = Session(address)
    try:
        async for _ in journey(session, chance, ground):
            if time.monotonic() > until:
                break
            await asyncio.sleep(chance.uniform(*THINK_S))
    except (Failed, OSError, TimeoutError) as error:
        told.errors[f"{type(error).__name__}: {str(error)[:80]}"] += 1
    except Exception as error:  # a broken websocket wears many names
        told.errors[type(error).__name__] += 1
    told.steps += session.steps
    return session


async def crowd(town: Town, readers: int, seconds: float, ground: Ground) -> Told:
    """Let readers arrive, work for some seconds and go; copies tell their processor and memory."""
    told = Told(readers, len(town.addresses))
    if town.copies:
        for address in town.addresses:
            await prepare(address, ground)
        told.before_mb = town.memory_mb()
    cpu = town.processor_s()
    began = time.monotonic()
    until = began + ARRIVE_S + seconds
    running = [
        asyncio.create_task(reader(address, number, until, ground, told, ARRIVE_S))
        for number, address in zip(range(readers), itertools.cycle(town.addresses))
    ]
    watching = asyncio.create_task(watch(town, told))
    sessions = await asyncio.gather(*running)
    told.wall_s = time.monotonic() - began
    watching.cancel()
    told.after_mb, told.cpu_s = town.memory_mb(), town.processor_s() - cpu
    await asyncio.gather(*(session.close() for session in sessions), return_exceptions=True)
    return told


async def prepare(address: str, ground: Ground) -> None:
    """One reader of every page first, so that what all share is there and is no reader's own."""
    session = Session(address)
    chance = random.Random(SEED)
    steps = journey(session, chance, ground)
    for _ in range(20):
        await anext(steps)
    await session.close()


async def watch(town: Town, told: Told) -> None:
    while town.copies:
        await asyncio.sleep(60)
        told.by_minute_mb.append(town.memory_mb())


def spread(steps: list[Step]) -> tuple[float, float]:
    """The middle and the 95th of 100 times, in milliseconds."""
    times = pd.Series([1000 * step.took_s for step in steps])
    return times.median(), times.quantile(0.95)


def print_told(told: Told) -> None:
    """Every step of a run, then its whole."""
    named = defaultdict(list)
    for step in told.steps:
        named[step.name].append(step)
    where = f" at {told.copies} copies" if told.copies > 1 else ""
    print(f"\n{told.readers} readers{where}, {len(told.steps)} steps in {told.wall_s:.0f} s\n")
    print(f"{'step':20} {'count':>6} {'p50 ms':>8} {'p95 ms':>8} {'KB':>6}")
    for name, steps in sorted(named.items()):
        middle, most = spread(steps)
        size = sum(step.sent_bytes for step in steps) / len(steps) / 1000
        print(f"{name:20} {len(steps):6} {middle:8.0f} {most:8.0f} {size:6.0f}")
    if told.cpu_s:
        share = 100 * told.cpu_s / told.wall_s
        print(
            f"server: {1000 * told.cpu_s / len(told.steps):.0f} ms of processor a step, "
            f"{share:.0f}% of one core; memory {told.before_mb:.0f} MB before, "
            f"{told.after_mb:.0f} MB after, {told.session_mb:.1f} MB a session"
        )
    for error, count in told.errors.items():
        print(f"ERROR {count} x {error}")
    if len(told.by_minute_mb) > 1:
        print("memory by the minute, MB:", " ".join(f"{mb:.0f}" for mb in told.by_minute_mb))


def rows_of(told: Told) -> list[Row]:
    """A run's figures against the bars."""
    middle, most = spread(told.reruns)
    who = f"{told.readers} readers" if told.readers > 1 else "1 reader"
    who += f" at {told.copies} copies" if told.copies > 1 else ""
    rows = [
        Row(f"{who}: rerun, middle", "ms", middle),
        Row(f"{who}: rerun, 95th of 100", "ms", most, BARS_MS.get(told.readers)),
        Row(f"{who}: failed", "", sum(told.errors.values()), 0),
    ]
    if told.cpu_s:
        each = 1000 * told.cpu_s / len(told.steps)
        rows.append(Row(f"{who}: server's processor a step", "ms", each))
    if told.readers >= 10 and told.after_mb:
        rows.append(Row(f"{who}: memory a session", "MB", told.session_mb, SESSION_MB))
    return rows


def ground_of(store: Store) -> Ground:
    return Ground(store.table("small_areas")["lsoa21_code"],
                  store.table("neighbourhoods")["msoa21_code"])  # fmt: skip


def measure(
    readers: int, minutes: float, ground: Ground, copies: int = 1, address: str | None = None
) -> Told:
    """One number of readers at copies of the app of its own, or at a server that runs already."""
    if address:
        return uvloop.run(crowd(Town((address,)), readers, 60 * minutes, ground))
    with contextlib.ExitStack() as stack:
        apps = tuple(stack.enter_context(serve.app()) for _ in range(copies))
        town = Town(tuple(f"ws://127.0.0.1:{app.port}" for app in apps), apps)
        return uvloop.run(crowd(town, readers, 60 * minutes, ground))


def run(
    readers: tuple[int, ...] = READERS,
    minutes: float = MINUTES,
    copies: int = 1,
    address: str | None = None,
) -> list[Row]:
    """Measure every number of readers; the last one for `minutes`, the others for one at most."""
    ground = ground_of(Store())
    rows = []
    for number in readers:
        last = number == readers[-1]
        lasting = minutes if last else min(minutes, MINUTES)
        told = measure(number, lasting, ground, copies, address)
        print_told(told)
        rows += rows_of(told)
    return rows


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.load")
    asked.add_argument("--readers", type=int, nargs="+", default=list(READERS))
    asked.add_argument("--minutes", type=float, default=MINUTES)
    asked.add_argument("--copies", type=int)
    asked.add_argument("--address")
    said = asked.parse_args()
    rows = run(tuple(said.readers), said.minutes, said.copies or 1, said.address)
    shared = tuple(number for number in SHARED_OUT if number in said.readers)
    if said.copies is None and said.address is None and shared:
        rows += run(shared, min(said.minutes, MINUTES), 2)
    print(f"\nmachine: {os.cpu_count()} cores, which the readers of this test share\n")
    print_rows(rows)


if __name__ == "__main__":
    main()
