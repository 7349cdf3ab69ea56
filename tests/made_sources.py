"""Ten small areas that do not exist, set out as publishers set theirs out (see build_sources/)."""

import re
import shutil
from pathlib import Path

from geo.build.__main__ import run
from geo.build.register import Source, load_register
from geo.build.steps import STEPS

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "tests" / "build_sources"
# The steps that the made files are enough for.
NAMES = (
    "Left-behind wards",
    "Small areas",
    "Neighbourhoods",
    "Councils",
    "Wards",
    "Deprivation",
    "Deprivation since 2004",
    "Community needs",
    "Measures",
    "Programmes",
    "Data dictionary",
)
MADE_STEPS = [(name, step) for name, step in STEPS if name in NAMES]


def copy_made(folder: Path) -> tuple[Path, Path, Path]:
    """The made files, a data folder whose register is about them, and an empty static folder."""
    sources, data, static = folder / "sources", folder / "data", folder / "static"
    shutil.copytree(MADE, sources)
    data.mkdir()
    static.mkdir()
    shutil.copy(ROOT / "data" / "columns.toml", data)
    text = (ROOT / "data" / "sources.toml").read_text(encoding="utf-8")
    for path in sorted(MADE.glob("*.*")):
        if path.suffix in {".csv", ".geojson"}:
            text = reregister(text, path.stem, path.name, _rows(path))
    (data / "sources.toml").write_text(text, encoding="utf-8")
    return sources, data, static


def reregister(text: str, key: str, file: str, rows: int) -> str:
    """The register's text with another file and number of rows for one source."""
    start = text.index(f"[source.{key}]")
    end = text.find("[source.", start + 1)
    entry = text[start : end if end > 0 else None]
    changed = re.sub(r"(?m)^file = .*$", f'file = "{file}"', entry)
    changed = re.sub(r"(?m)^rows = .*$", f"rows = {rows}", changed)
    changed = re.sub(r"(?m)^sha256 = .*$", 'sha256 = ""', changed)
    return text.replace(entry, changed)


def build_made(folder: Path) -> Path:
    """Build the made England into a folder and give its data folder."""
    sources, data, static = copy_made(folder)
    run(sources, data, static, MADE_STEPS)
    return data


def made_register(data: Path) -> dict[str, Source]:
    """The register of a folder made by `copy_made`."""
    return load_register(data / "sources.toml")


def _rows(path: Path) -> int:
    if path.suffix == ".csv":
        return len(path.read_text(encoding="utf-8").splitlines()) - 1
    return path.read_text(encoding="utf-8").count('"Feature"')
