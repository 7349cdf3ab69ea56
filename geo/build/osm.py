"""`python -m geo.build osm FILE`: add an OpenStreetMap extract for good, in a table of its own.

OpenStreetMap is under the Open Database Licence, so each extract keeps a table, a file of points
a kind and an entry in the register of sources to itself.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import letters
from geo.asset_kinds import KINDS
from geo.assets import TRUSTED_FIRST, points_file, to_assets
from geo.bounded import Bounds
from geo.build import packed
from geo.build.asset_points import extracts, write_points
from geo.build.output import Output
from geo.duplicates import find_duplicates, merge, pairs_near, repeats
from geo.osm import OsmError, read_extract
from geo.osm_native import Limits
from geo.placing import NOWHERE, small_area_at, to_grid
from geo.venues import load_rules, tidy_name

# Rutland ninety times over, 105 MB, takes 510 MB of memory and a minute.
LIMITS = Limits(1 << 30, Bounds(2 << 30, 900), 200_000)
# Within 150 m of each other: in Rutland there are 48, of 144 places.
MOST_PAIRS = 2_000_000
# What OpenStreetMap lets a tag hold.
MOST_LETTERS = 255

_ENTRY = """
[source.{key}]
title = {title}
publisher = "OpenStreetMap contributors"
vintage = {vintage}
page = "https://www.openstreetmap.org/copyright"
licence = "Open Database Licence 1.0"
licence_url = "https://opendatacommons.org/licenses/odbl/1-0/"
attribution = "© OpenStreetMap contributors."
caveat = {caveat}
file = {file}
sha256 = "{sha256}"
rows = {rows}
tables = ["assets/{key}"]
"""


_CAVEAT = (
    "What volunteers have mapped, in this extract's area only. "
    "A derived database must be shared alike."
)


def table_name(file: Path) -> str:
    """Name of an extract's table: "rutland-latest.osm.pbf" → "osm_rutland_latest"."""
    stem = file.name.split(".")[0].lower()
    return "osm_" + (re.sub(r"[^a-z0-9]+", "_", stem).strip("_") or "extract")


def add_extract(file: Path, data_dir: Path, static_dir: Path | None = None) -> dict[str, int]:
    """Add an extract's assets in England; returns how many of each kind it has.

    Writes data/assets/osm_<name>.parquet, its points, the pairs of records that are one place,
    and the register's entry. An extract of the same name is replaced. `static_dir` is by default
    beside `data_dir`. Raises `geo.osm.OsmError`, in one line, and changes nothing where the file
    is not an extract, takes more to read than any county's does, or has no place in England.
    """
    file, data_dir = Path(file), Path(data_dir)
    static_dir = static_dir or data_dir.parent / "static"
    key = table_name(file)
    content, found = _read(file)

    shapes = gpd.read_parquet(data_dir / "shapes" / "small_areas.parquet")
    found["easting"], found["northing"] = to_grid(found.pop("longitude"), found.pop("latitude"))
    found["i"] = small_area_at(found["easting"], found["northing"], shapes)
    found = found[found["i"] != NOWHERE].assign(postcode="", detail="OpenStreetMap")
    if found.empty:
        raise OsmError(f"{_shown(file)} has no place in England of a kind that the map shows")
    if pairs_near(found) > MOST_PAIRS:
        raise OsmError(f"{_shown(file)} has more places at one spot than any town has")
    # A hall may be drawn as a building and marked again as a point.
    found = found.drop(index=repeats(found))
    assets = to_assets(found, key, "os", shapes["lsoa21_code"])

    with Output(data_dir, static_dir) as output:
        output.table(f"assets/{key}", assets)
        others = {path.stem for path in extracts(data_dir)} - {key}
        names = [name for name in TRUSTED_FIRST if (data_dir / f"assets/{name}.parquet").exists()]
        frames = [output.frames[f"assets/{name}"] for name in [*names, *sorted(others), key]]
        same = find_duplicates(frames)
        output.table("same_places", same)
        places = merge(frames, same)
        for kind, rows in places[places["source"] == key].groupby("kind"):
            write_points(rows, output.file(points_file(kind, key)))
        register = data_dir / "sources.toml"
        output.data_file("sources.toml").write_text(
            _with_entry(register.read_text(encoding="utf-8"), key, file, content, len(assets)),
            encoding="utf-8",
        )
        output.commit()
    for kind in KINDS:
        if kind not in set(places.loc[places["source"] == key, "kind"]):
            (static_dir / points_file(kind, key)).unlink(missing_ok=True)
    return assets["kind"].value_counts().to_dict()


def _read(file: Path) -> tuple[bytes, pd.DataFrame]:
    """What an extract holds, and its places with names as they may be shown."""
    try:
        content = packed.extract(file)
        found, _ = read_extract(content, load_rules(), LIMITS)
    except (packed.TooMuchError, OsmError) as error:
        raise OsmError(f"{_shown(file)}: {error}") from error
    except packed.UNREADABLE as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        line = f"{_shown(file)} cannot be read as an OpenStreetMap extract ({why})"
        raise OsmError(line) from error
    if (found["name"].str.len() > MOST_LETTERS).any():
        raise OsmError(
            f"{_shown(file)} has a name of more than {MOST_LETTERS} letters, the most that "
            "OpenStreetMap holds"
        )
    # In this order: an entity may stand for a letter that steers others.
    found["name"] = found["name"].map(tidy_name).map(letters.safe)
    found["osm_id"] = found["osm_id"].map(letters.safe)
    return content, found


def _shown(file: Path) -> str:
    """A file's name without what steers a terminal or cannot stand in the register."""
    return letters.safe(file.name)


def _with_entry(text: str, key: str, file: Path, content: bytes, rows: int) -> str:
    entry = re.compile(rf"\n?\[source\.{key}\]\n(?:[^\[\n].*\n|\n(?!\[))*")
    added = f"{datetime.date.today():%d %B %Y}".removeprefix("0")
    return (
        entry.sub("", text).rstrip("\n")
        + "\n"
        + _ENTRY.format(
            key=key,
            title=json.dumps(f"OpenStreetMap extract: {_shown(file)}", ensure_ascii=False),
            vintage=json.dumps(f"Date not stated with the file; added {added}"),
            caveat=json.dumps(_CAVEAT),
            file=json.dumps(_shown(file), ensure_ascii=False),
            sha256=hashlib.sha256(content).hexdigest(),
            rows=rows,
        )
    )
