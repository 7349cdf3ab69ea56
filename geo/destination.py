"""From an answer of the search to the view that shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from geo.links import LATITUDES, LONGITUDES
from geo.search import Match
from geo.view import View

# A named place with no known extent is shown at the scale of a town's quarter.
_PLACE_ZOOM = 13.0
_SCREEN_PX = 600
_TILE_PX = 256


def certain(matches: Sequence[Match]) -> Match | None:
    """The answer that needs no choosing: a whole postcode, a code, or the only one there is."""
    if not matches:
        return None
    first = matches[0]
    exact = first.what == "postcode" and not first.note
    return first if exact or (len(matches) == 1 and not first.note) else None


def viewport(match: Match) -> tuple[float, float, float]:
    """Latitude, longitude and zoom at which a place fills a small screen."""
    zoom = _PLACE_ZOOM
    latitude, longitude = match.latitude, match.longitude
    if match.bbox:
        west, south, east, north = match.bbox
        latitude, longitude = (south + north) / 2, (west + east) / 2
        # Web Mercator halves the degrees in sight with each zoom; north-south counts 1/cos more.
        stretch = 1 / math.cos(math.radians(latitude))
        degrees = max(east - west, (north - south) * stretch, 1e-4)
        zoom = math.log2(360 * _SCREEN_PX / _TILE_PX / degrees)
    latitude = min(max(latitude, LATITUDES[0]), LATITUDES[1])
    longitude = min(max(longitude, LONGITUDES[0]), LONGITUDES[1])
    return round(latitude, 5), round(longitude, 5), round(min(max(zoom, 6.0), 15.0), 2)


def view_of(match: Match, before: View) -> View:
    """`before`, looking at what was found.

    A council or region becomes the filter it names, the other answers leave the filters alone,
    so that a shortlist made with filters can be walked through by searching.
    """
    elsewhere = replace(before, at=None, area=None, postcode=None)
    if match.what == "council" and match.code:
        return replace(elsewhere, councils=(match.code,), regions=())
    if match.what == "region" and match.code:
        return replace(elsewhere, regions=(match.code,), councils=())
    if match.what == "postcode" and not match.note:
        return replace(elsewhere, area=match.lsoa21_code, postcode=match.label.replace(" ", ""))
    if match.what in ("small area", "neighbourhood"):
        return replace(elsewhere, area=match.code)
    if match.what == "ward":
        outlines = tuple(key for key in ("double", "left-behind") if key in before.outlines)
        return replace(elsewhere, at=viewport(match), outlines=(*outlines, "wards"))
    return replace(elsewhere, area=match.lsoa21_code, at=viewport(match))
