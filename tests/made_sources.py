"""Ten small areas that do not exist, set out as publishers set theirs out (see build_sources/)."""

import re
import shutil
from pathlib import Path

import pandas as pd

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
# The steps that place things in those areas, and the made files that each reads.
PLACED = {
    "Outlines": (),
    "Postcodes": ("onspd",),
    "Places": ("os_open_names",),
    "Libraries": ("libraries",),
    "Children's centres": ("childrens_centres",),
    "Schools": ("gias",),
    "Museums": ("museums",),
    "GP practices": ("gp_practices",),
    "Co-operatives": ("coops",),
    "Warm spaces": ("warm_spaces",),
    "Local lists": (
        *("gm_places_of_worship", "gm_post_offices", "gm_greenspace", "gm_food_banks"),
        *("gm_polling_stations", "norwich_osm"),
    ),
}
# No row of headings, as its publisher has none.
HEADLESS = ("gp_practices",)
# Published as Parquet, made here as a table that can be read by eye.
COLUMNAR = ("onspd",)
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
            file = f"{path.stem}.parquet" if path.stem in COLUMNAR else path.name
            text = reregister(text, path.stem, file, _rows(path))
    for name in COLUMNAR:
        pd.read_csv(MADE / f"{name}.csv").to_parquet(sources / f"{name}.parquet")
        (sources / f"{name}.csv").unlink()
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


def place_made(made: tuple[Path, Path, Path], *names: str) -> None:
    """Run the steps that place things (all, or those of these names) on areas that are built."""
    wanted = names or tuple(PLACED)
    run(*made, [(name, step) for name, step in STEPS if name in wanted])


def made_register(data: Path) -> dict[str, Source]:
    """The register of a folder made by `copy_made`."""
    return load_register(data / "sources.toml")


def _rows(path: Path) -> int:
    if path.suffix == ".csv":
        return len(path.read_text(encoding="utf-8").splitlines()) - (path.stem not in HEADLESS)
    return path.read_text(encoding="utf-8").count('"Feature"')
