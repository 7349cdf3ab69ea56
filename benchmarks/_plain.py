"""The same map as a user of folium would write it: a `folium.Choropleth` of the same areas."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import folium
import geopandas as gpd
import shapely

from geo.frontend import LIBRARIES

# About the detail of the super-generalised boundaries that people use for such maps.
TOLERANCE_M = 100


@dataclass(frozen=True)
class PlainMap:
    """A written page: file name, seconds that Python took, size."""

    name: str
    python_s: float
    kb: float


def shapes(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Areas in WGS 84 with simplified shapes; `areas` is in metres with a column of codes."""
    simple = shapely.coverage_simplify(areas.geometry.to_numpy(), TOLERANCE_M)
    return areas.set_geometry(gpd.GeoSeries(simple, crs=areas.crs)).to_crs(4326)


def write(areas: gpd.GeoDataFrame, folder: Path, name: str) -> PlainMap:
    """Write a choropleth of `areas` (columns code, value, geometry) as a page in `folder`.

    It loads Leaflet alone, from beside it: folium's other scripts and the legend's d3 come from
    public networks, which a fair race should not wait for.
    """
    began = time.perf_counter()
    west, south, east, north = areas.total_bounds
    drawn = folium.Map(tiles=None, max_zoom=16)
    drawn.default_js = [("leaflet", f"vendor/leaflet/{LIBRARIES[0].script}")]
    drawn.default_css = [("leaflet_css", f"vendor/leaflet/{LIBRARIES[0].style}")]
    coloured = folium.Choropleth(
        geo_data=areas[["code", "geometry"]].to_json(),
        data=areas[["code", "value"]],
        columns=["code", "value"],
        key_on="feature.properties.code",
        fill_color="YlGnBu",
        line_weight=0.3,
    )
    for child in [key for key in coloured._children if key.startswith("color_map")]:
        del coloured._children[child]
    coloured.add_to(drawn)
    drawn.fit_bounds([[south, west], [north, east]])
    path = folder / name
    drawn.save(path)
    return PlainMap(name, time.perf_counter() - began, path.stat().st_size / 1000)
