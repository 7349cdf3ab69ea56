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

from geo.asset_kinds import KINDS
from geo.assets import TRUSTED_FIRST, points_file, to_assets
from geo.build.asset_points import extracts, write_points
from geo.build.output import Output
from geo.duplicates import find_duplicates, merge, repeats
from geo.osm import read_extract
from geo.placing import NOWHERE, small_area_at, to_grid
from geo.venues import load_rules

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
    beside `data_dir`. Raises `geo.osm.OsmError` where the file is not an extract.
    """
    file, data_dir = Path(file), Path(data_dir)
    static_dir = static_dir or data_dir.parent / "static"
    key = table_name(file)
    content = file.read_bytes()
    found, _ = read_extract(content, load_rules())

    shapes = gpd.read_parquet(data_dir / "shapes" / "small_areas.parquet")
    found["easting"], found["northing"] = to_grid(found.pop("longitude"), found.pop("latitude"))
    found["i"] = small_area_at(found["easting"], found["northing"], shapes)
    found = found[found["i"] != NOWHERE].assign(postcode="", detail="OpenStreetMap")
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


def _with_entry(text: str, key: str, file: Path, content: bytes, rows: int) -> str:
    entry = re.compile(rf"\n?\[source\.{key}\]\n(?:[^\[\n].*\n|\n(?!\[))*")
    added = f"{datetime.date.today():%d %B %Y}".removeprefix("0")
    return (
        entry.sub("", text).rstrip("\n")
        + "\n"
        + _ENTRY.format(
            key=key,
            title=json.dumps(f"OpenStreetMap extract: {file.name}", ensure_ascii=False),
            vintage=json.dumps(f"Date not stated with the file; added {added}"),
            caveat=json.dumps(_CAVEAT),
            file=json.dumps(file.name, ensure_ascii=False),
            sha256=hashlib.sha256(content).hexdigest(),
            rows=rows,
        )
    )
