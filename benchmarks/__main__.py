"""Run every benchmark and write benchmarks/RESULTS.md: `python -m benchmarks`.

Named ones only, without writing: `python -m benchmarks map load`; with `--write` before them each
takes the place of its part in RESULTS.md and says when it was measured by itself. One alone, with
its own choices: `python -m benchmarks.load --readers 30`.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import platform
import re
import sys
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
# What is put beside others first, then what takes a while.
NAMES = ("beside", "map", "access", "siting", "profiles", "uploads", "briefing", "load")
# Markdown already; the others print columns.
_MARKDOWN = ("beside",)
_SHORT = {"load": ["--minutes", "0.5"]}
_TITLES = {
    "beside": "All England beside what one would otherwise write",
    "map": "The map",
    "access": "Access, gaps and what-ifs",
    "siting": "Where next",
    "profiles": "Profiles and gaps, as pages",
    "uploads": "A reader’s own places",
    "briefing": "Briefings",
    "load": "Many readers",
}
PACKAGES = (
    "streamlit", "folium", "streamlit-folium", "geopandas", "pandas", "numpy", "shapely", "pydeck",
    "plotly", "playwright",
)  # fmt: skip


class Both(io.StringIO):
    """Keeps what is printed, and prints it too."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


def run(name: str) -> str:
    """What one benchmark prints; where it fails, that."""
    said = Both()
    argv, sys.argv = sys.argv, [f"benchmarks.{name}", *_SHORT.get(name, [])]
    try:
        with contextlib.redirect_stdout(said):
            print(f"\n## {_TITLES[name]}\n")
            try:
                importlib.import_module(f"benchmarks.{name}").main()
            except Exception as error:  # the others are still worth their time
                print(f"FAILED: {type(error).__name__}: {error}")
    finally:
        sys.argv = argv
    return said.getvalue()


def machine() -> str:
    """What it ran on, and how busy that was."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()}; load average at the start {os.getloadavg()[0]:.1f}"
    )


def versions() -> str:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return ", ".join(found)


def with_part(results: str, part: str, measured: str) -> str:
    """RESULTS.md with a part in place of the one of its title, or last.

    measured: when and on what the part was.
    """
    title, _, body = part.partition("\n\n")
    first, *others = re.split(r"(?m)^(?=## )", results)
    parts = {other.partition("\n")[0]: other.strip() for other in others}
    parts[title] = f"{title}\n\n{measured}\n\n{body.strip()}"
    return "\n\n".join([first.strip(), *parts.values()]) + "\n"


def main() -> None:
    asked = sys.argv[1:]
    written, asked = "--write" in asked, [word for word in asked if word != "--write"]
    names = [name for name in NAMES if name in asked or not asked]
    unknown = set(asked) - set(NAMES)
    if unknown or not names:
        raise SystemExit(f"No benchmark {', '.join(sorted(unknown))}: there are {', '.join(NAMES)}")
    began, on = time.monotonic(), machine()
    parts = []
    for name in names:
        head, _, body = run(name).strip().partition("\n")
        body = body.strip()
        if name not in _MARKDOWN:
            body = f"```text\n{body}\n```"
        parts.append(f"{head}\n\n{body}\n")
    if asked and written:
        measured = f"Measured again by itself on {date.today():%-d %B %Y}: {on}."
        results = RESULTS.read_text(encoding="utf-8")
        for part in parts:
            results = with_part(results, part, measured)
        RESULTS.write_text(results, encoding="utf-8")
        print(f"\nwritten into {RESULTS}")
    elif not asked:
        minutes = (time.monotonic() - began) / 60
        RESULTS.write_text(
            "# What is fast and by how much\n\n"
            f"Made by `make benchmarks` on {date.today():%-d %B %Y}, in {minutes:.0f} minutes.\n\n"
            f"- Machine: {on}.\n- Versions: {versions()}.\n"
            "- The browser is headless Chromium that draws without a graphics card, on the same "
            "machine as the server and the readers of the load test.\n"
            "- Ratios come first: how many times this app's figure the other one is.\n\n"
            + "\n".join(parts),
            encoding="utf-8",
        )
        print(f"\nwritten to {RESULTS}")


if __name__ == "__main__":
    main()
