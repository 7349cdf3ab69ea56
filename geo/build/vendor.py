"""Copy what the map fetches from node_modules/ to static/vendor/: `python -m geo.build.vendor`."""

from __future__ import annotations

import shutil
from pathlib import Path

from geo.frontend import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]


def copy(modules: Path, static: Path) -> None:
    """Fill `static`/vendor from `modules` (npm's folder), leaving nothing of an older version.

    Raises `FileNotFoundError` if npm has not installed a file that the map needs.
    """
    vendor = static / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    for library in LIBRARIES:
        for name in library.files:
            target = vendor / library.package / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / library.package / name, target)


if __name__ == "__main__":
    copy(ROOT / "node_modules", ROOT / "static")
