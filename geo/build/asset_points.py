"""Which records are one place, and the files of points that a map fetches.

A file holds one kind from one source, so that no two licences share a file.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from geo.asset_kinds import KINDS
from geo.assets import TRUSTED_FIRST, points_file
from geo.build.output import Output
from geo.build.register import Sources
from geo.duplicates import find_duplicates, merge

_COLUMNS = ["lon", "lat", "name", "detail"]
# The register's makers write their own, by who runs a library.
_ELSEWHERE = {"libraries"}


def build(sources: Sources, output: Output) -> None:
    """Make `same_places` and static/points/<kind>.<source>.json."""
    frames = {source: output.frames[f"assets/{source}"] for source in TRUSTED_FIRST}
    for path in extracts(output.data_dir):
        frames[path.stem] = pd.read_parquet(path)
    same = find_duplicates(frames.values())
    output.table("same_places", same)
    places = merge(frames.values(), same)
    for (kind, source), rows in places.groupby(["kind", "source"]):
        if source not in _ELSEWHERE:
            write_points(rows, output.file(points_file(kind, source)))


def extracts(data_dir: Path) -> list[Path]:
    """Tables of OpenStreetMap extracts that were added for good."""
    return sorted((data_dir / "assets").glob("osm_*.parquet"))


def write_points(places: pd.DataFrame, path: Path) -> None:
    """Write places as rows of longitude, latitude, name and detail.

    A name another list gives is in the detail; a place with no name shows its kind's.
    """
    rows = []
    for place in places.sort_values("asset_id").itertuples():
        name = place.name or KINDS[place.kind].singular.capitalize()
        others = [other for other in place.also_named if other.casefold() != name.casefold()]
        lines = [place.detail] if place.detail else []
        lines += [f"Also listed as {other}" for other in others]
        rows.append([place.longitude, place.latitude, name, "\n".join(lines)])
    document = {"columns": _COLUMNS, "rows": rows}
    path.write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
        encoding="utf-8",
    )
