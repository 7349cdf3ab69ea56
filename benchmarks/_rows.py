"""One figure of a benchmark against its bar and a plain way of doing the same, and their table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    what: str
    unit: str
    ours: float
    bar: float | None = None
    plain: float | None = None

    def cells(self) -> tuple[str, ...]:
        met = "" if self.bar is None else ("met" if self.ours <= self.bar else "MISSED")
        ratio = f"{self.plain / self.ours:,.0f} x" if self.plain and self.ours else ""
        numbers = [
            "" if value is None else f"{value:,.2f}" if value < 10 else f"{value:,.0f}"
            for value in (self.ours, self.plain, self.bar)
        ]
        return ratio, self.what, *numbers, self.unit, met


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """How long something takes: the median of some runs."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def print_rows(rows: Iterable[Row]) -> None:
    """Print figures as a table."""
    heads = ("ratio", "measure", "ours", "plain", "bar", "unit", "")
    table = [heads, *(row.cells() for row in rows)]
    widths = [max(len(line[k]) for line in table) for k in range(len(heads))]
    for line in table:
        cells = zip(line, widths, strict=True)
        print("  ".join(
            cell.ljust(width) if k == 1 else cell.rjust(width)
            for k, (cell, width) in enumerate(cells)
        ).rstrip())  # fmt: skip
