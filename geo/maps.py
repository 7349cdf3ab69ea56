"""The map: a folium map whose script never changes, and the state that is put into it.

The script (`geo/engine/`) paints areas from files of vector tiles. What it shows arrives as a
`MapState`, written into a feature group that the page hands over beside the map, so that a new
state is drawn in place: nothing is loaded anew and the reader's viewport stays. The protocol:

* `values` holds one character for each area of the level, in row order: "A" for the first class,
  "B" for the second …, "Z" for no data; small letters are the same classes, faded.
* A view moves the map only when its key differs from the last key obeyed.
* A click comes back with the number of the area under it (`click`).
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

import folium
from folium.elements import MacroElement
from folium.template import Template

from geo import map_values
from geo.frontend import STATIC_FROM_FRAME, Scripts

LEVELS = ("lsoa", "msoa")
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross", "pin")
# Files of tiles under static/ and the layers in each. The first holds what every map needs; the
# others are fetched when something in them is drawn.
TILES = {
    "tiles/england.pmtiles": ("lsoa", "lad", "ladlabel", "left"),
    "tiles/neighbourhoods.pmtiles": ("msoa", "msoalabel"),
    "tiles/wards.pmtiles": ("ward",),
}
NO_DATA_COLOUR = "#bfc1c3"
MIN_ZOOM, MAX_ZOOM = 5, 16
CLASSES_MAX = 25

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_VALUES = re.compile(r"[A-Za-z]*")
# In JSON a brace is followed by another brace, % or # only inside a string.
_UNSAFE = re.compile(r"[<>&'_]|\{(?=[{%#])")


@dataclass(frozen=True)
class Fit:
    """Look at a box, in degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float
    key: str

    def message(self) -> dict[str, Any]:
        corners = [[self.south, self.west], [self.north, self.east]]
        return {"key": self.key, "fit": [[float(value) for value in pair] for pair in corners]}


@dataclass(frozen=True)
class At:
    """Look at a place, in degrees (WGS 84), from a zoom between 5 (England) and 16 (a street)."""

    latitude: float
    longitude: float
    zoom: float
    key: str

    def message(self) -> dict[str, Any]:
        at = [float(self.latitude), float(self.longitude), int(self.zoom)]
        return {"key": self.key, "at": at}


ENGLAND = Fit(49.95, -5.75, 55.8, 1.78, key="England")


@dataclass(frozen=True)
class Marker:
    """A pin on the place the reader looked for."""

    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True)
class Background:
    """Street map tiles of someone else's, under the areas; the reader's choice."""

    url: str
    attribution: str
    max_zoom: int = 19


@dataclass(frozen=True)
class Points:
    """Places of one kind, drawn in one shape and colour.

    Either `url`, a file under static/ that holds {"rows": [...]}, or `rows` themselves: longitude,
    latitude, name, detail ("\\n" breaks lines) and, if there is one, a link within this app.
    large: a few places to be found from afar: big and answering at every zoom. named: with their
    names beside them. from_zoom: the zoom they appear from, where many would hide the areas.
    """

    key: str
    label: str
    shape: str
    colour: str
    url: str | None = None
    rows: tuple[tuple, ...] = ()
    large: bool = False
    named: bool = False
    from_zoom: int = 0

    def __post_init__(self) -> None:
        if self.shape not in SHAPES:
            raise ValueError(f"no shape {self.shape!r}: one of {', '.join(SHAPES)}")
        _check_colour(self.colour)


@dataclass(frozen=True, kw_only=True)
class MapState:
    """All that the map shows at one moment.

    level: whose areas carry the colours. values: a character an area (`layers.encode`).
    colours, labels: one a class; labels stand in tooltips beside `title`, the layer's name.
    council: number of the council with a bold outline. councils: numbers of councils to outline
    together. selected: level and number of an area.
    highlighted: numbers of areas to outline. double, left, ward: outlines of doubly disadvantaged
    small areas, of the wards of the 2019 list, of today's wards.
    view: where to look; None leaves the map where the reader has it.
    open_to_clicks: a click on a place goes to the page like any other, and no popup opens.
    Raises `ValueError` for what the engine could not draw.
    """

    level: str
    values: str
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    title: str
    council: int | None = None
    councils: tuple[int, ...] = ()
    selected: tuple[str, int] | None = None
    highlighted: tuple[int, ...] = ()
    double: bool = False
    left: bool = False
    ward: bool = False
    points: tuple[Points, ...] = ()
    marker: Marker | None = None
    view: Fit | At | None = None
    background: Background | None = None
    open_to_clicks: bool = False

    def __post_init__(self) -> None:
        if self.level not in LEVELS or (self.selected and self.selected[0] not in LEVELS):
            raise ValueError(f"a level is one of {', '.join(LEVELS)}")
        if not _VALUES.fullmatch(self.values):
            raise ValueError("values are letters: A for the first class, a for the same, faded")
        if not 0 < len(self.colours) == len(self.labels) <= CLASSES_MAX:
            raise ValueError(f"1 to {CLASSES_MAX} classes, with a colour and a label each")
        for colour in self.colours:
            _check_colour(colour)

    def message(self, files: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
        """The state as the script takes it. files: those of `map_values` that a browser may ask."""
        return {
            "level": self.level,
            **map_values.message(self.values, files),
            "colours": self.colours,
            "noData": NO_DATA_COLOUR,
            "labels": self.labels,
            "title": self.title,
            "council": self.council,
            "councils": self.councils,
            "selected": self.selected and dict(level=self.selected[0], area=self.selected[1]),
            "highlighted": self.highlighted,
            "double": self.double,
            "left": self.left,
            "ward": self.ward,
            # Not `asdict`, which copies every row.
            "points": [dict(vars(points)) for points in self.points],
            "marker": self.marker and asdict(self.marker),
            "view": self.view and self.view.message(),
            "openToClicks": self.open_to_clicks,
            "background": self.background
            and {
                "url": self.background.url,
                "attribution": self.background.attribution,
                "maxZoom": self.background.max_zoom,
            },
        }


@dataclass(frozen=True)
class Click:
    """Where the reader clicked: degrees (WGS 84), the number of the area there, if any.

    serial tells two clicks on one spot apart.
    """

    latitude: float
    longitude: float
    area: int | None
    serial: int


def base_map(*, attribution: str, label: str, scripts: Scripts) -> folium.Map:
    """The map without its state: the same script whatever is shown.

    attribution: plain text for the map's corner; label: what a screen reader calls the map.
    The component alters the one it is given: give it `copy_of` what is kept.
    """
    drawn = _Map(
        location=[(ENGLAND.south + ENGLAND.north) / 2, (ENGLAND.west + ENGLAND.east) / 2],
        zoom_start=6,
        tiles=None,
        prefer_canvas=True,
        min_lat=47.5,
        max_lat=58.0,
        min_lon=-12.0,
        max_lon=8.0,
        max_bounds=True,
        minZoom=MIN_ZOOM,
        maxZoom=MAX_ZOOM,
        fadeAnimation=False,
    )
    drawn.default_js = list(scripts.js)
    drawn.default_css = list(scripts.css)
    options = {
        "tiles": TILES,
        "static": STATIC_FROM_FRAME,
        "version": scripts.version,
        "attribution": attribution,
        "label": label,
    }
    _Engine(options).add_to(drawn)
    drawn.render()
    return drawn


def copy_of(base: folium.Map) -> folium.Map:
    """A map that the component may add a state to, while `base` stays as it is."""
    copied = copy.copy(base)
    copied._children = base._children.copy()
    return copied


def state_group(
    state: MapState, files: Mapping[str, str] = MappingProxyType({})
) -> folium.FeatureGroup:
    """The state as a feature group, for the component's `feature_group_to_add`.

    files: as of `MapState.message`.
    """
    group = _Group(name="state", control=False)
    _State(state.message(files)).add_to(group)
    return group


def click(last_clicked: Mapping[str, Any] | None, level: str) -> Click | None:
    """Read what the component returns as `last_clicked`; None if nothing, or nothing sensible.

    The area is None where the click met none of `level`, or came while another level was shown.
    """
    if last_clicked is None:
        return None
    try:
        latitude, longitude = float(last_clicked["lat"]), float(last_clicked["lng"])
        serial = int(last_clicked.get("serial", 0))
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    area = last_clicked.get("area")
    known = last_clicked.get("level") == level and type(area) is int and area >= 0
    return Click(latitude, longitude, area if known else None, serial)


class _Map(folium.Map):
    """A map that is written into its figure once; each time costs a dozen templates compiled."""

    is_written = False

    def render(self, **kwargs: Any) -> str:
        if not self.is_written:
            super().render(**kwargs)
            self.is_written = True
        return ""


class _Unwritten(MacroElement):
    """A script that the component reads from its macro.

    Written into the figure too, as other elements are, its text would be compiled as a template
    at every run of a page: slow, and not for text with other people's names in it.
    """

    def render(self, **kwargs: Any) -> str:
        return ""


class _Group(_Unwritten, folium.FeatureGroup):
    pass


class _Engine(_Unwritten):
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "commonGroundEngine({{ this._parent.get_name() }}, {{ this.options }});"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Engine"
        self.options = _script_json(options)


class _State(_Unwritten):
    _template = Template(
        "{% macro script(this, kwargs) %}window.commonGround.set({{ this.state }});{% endmacro %}"
    )

    def __init__(self, message: dict[str, Any]) -> None:
        super().__init__()
        self._name = "State"
        self.state = _script_json(message)


def _script_json(value: Any) -> str:
    """JSON that is safe within a script and comes through the component letter by letter.

    Names from anyone's list may hold "</script>", a line separator that ends a statement, or the
    braces of a template. The component also rewrites `_name` and `{{'name'}}` wherever they stand,
    and takes scripts that differ only in the first for the same.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _check_colour(colour: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"a colour is written #rrggbb, not {colour!r}")
