"""The map of all England as a user would otherwise write it: a Streamlit page with one library.

CONTENDER, in the environment, names the library. Run by `python -m benchmarks.beside`.
"""

import os
from pathlib import Path

import geopandas as gpd
import pandas as pd
import streamlit as st
from branca.element import Element
from streamlit.components import v1 as components

from benchmarks._plain import shapes
from geo.frontend import LIBRARIES

ROOT = Path(__file__).resolve().parents[1]
HEIGHT = 620
# Five steps of need, dark to light, for tenths 1 to 10.
COLOURS = ("#080C54", "#186290", "#1F9EB7", "#80C6A3", "#CDE594")


@st.cache_resource
def areas() -> gpd.GeoDataFrame:
    """Every small area: code, value (tenth of deprivation), shape in WGS 84."""
    deciles = pd.read_parquet(ROOT / "data" / "deprivation.parquet", columns=["imd_decile"])
    frame = shapes(gpd.read_parquet(ROOT / "data" / "shapes" / "small_areas.parquet"))
    frame = frame.rename(columns={"lsoa21_code": "code"})
    return frame[["code", "geometry"]].assign(value=deciles["imd_decile"].astype(int))


def in_page(drawn) -> None:
    """A folium map in the page, with Leaflet beside it: folium's own links need the internet."""
    drawn.default_js, drawn.default_css = [], []
    leaflet = ROOT / "static" / "vendor" / "leaflet"
    head = drawn.get_root().header
    for tag, name in (("script", LIBRARIES[0].script), ("style", LIBRARIES[0].style)):
        head.add_child(Element(f"<{tag}>{(leaflet / name).read_text('utf-8')}</{tag}>"), index=0)
    drawn.fit_bounds([[49.95, -5.75], [55.8, 1.78]])
    components.html(drawn.get_root().render(), height=HEIGHT)


def folium_choropleth(frame: gpd.GeoDataFrame) -> None:
    import folium

    drawn = folium.Map(tiles=None, prefer_canvas=True)
    coloured = folium.Choropleth(
        geo_data=frame[["code", "geometry"]].to_json(), data=frame, columns=["code", "value"],
        key_on="feature.properties.code", fill_color="YlGnBu", fill_opacity=0.9, line_weight=0.3,
    )  # fmt: skip
    # Its legend would wait for d3 from a public network.
    for child in [key for key in coloured._children if key.startswith("color_map")]:
        del coloured._children[child]
    coloured.add_to(drawn)
    in_page(drawn)


def geopandas_explore(frame: gpd.GeoDataFrame) -> None:
    in_page(frame.explore("value", tiles=None, legend=False, cmap="YlGnBu", prefer_canvas=True))


def pydeck_layer(frame: gpd.GeoDataFrame) -> None:
    import pydeck

    steps = [[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in COLOURS]
    coloured = frame.assign(fill=[steps[(value - 1) // 2] for value in frame["value"]])
    layer = pydeck.Layer(
        "GeoJsonLayer", coloured, get_fill_color="properties.fill", pickable=True, stroked=False
    )
    start = pydeck.ViewState(latitude=52.8, longitude=-1.9, zoom=5.6)
    st.pydeck_chart(
        pydeck.Deck([layer], initial_view_state=start, map_provider=None, map_style=None),
        height=HEIGHT,
    )


def plotly_choropleth(frame: gpd.GeoDataFrame) -> None:
    import plotly.express as px

    figure = px.choropleth(
        frame, geojson=frame.set_index("code")["geometry"].__geo_interface__, locations="code",
        color="value", color_continuous_scale=list(COLOURS), fitbounds="locations", height=HEIGHT,
    )  # fmt: skip
    figure.update_geos(visible=False)
    figure.update_traces(marker_line_width=0)
    st.plotly_chart(figure)


WRITTEN = {
    "folium.Choropleth": folium_choropleth,
    "geopandas.explore": geopandas_explore,
    "pydeck": pydeck_layer,
    "plotly": plotly_choropleth,
}

if __name__ == "__main__":
    st.set_page_config(layout="wide")
    WRITTEN[os.environ["CONTENDER"]](areas())
