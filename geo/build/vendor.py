"""Put what the map fetches under static/vendor/: `python -m geo.build.vendor`.

Libraries are copied from node_modules/; the map's own engine is written beside them, and what each
layer shows of all areas.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from geo import map_values
from geo.frontend import LIBRARIES, bundle
from geo.store import Store

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
    engine = bundle(vendor)
    target = vendor / engine.path
    target.parent.mkdir(parents=True)
    target.write_text(engine.script, encoding="utf-8")


if __name__ == "__main__":
    copy(ROOT / "node_modules", ROOT / "static")
    map_values.write(Store(), ROOT / "static")
