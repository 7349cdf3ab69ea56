"""What the map of the Where-next page shows: what is open, and the places chosen."""

from __future__ import annotations

from geo import layers, siting_tables, siting_view
from geo.links import REGION
from geo.maps import ENGLAND, At, Fit, MapState, Points
from geo.national import National
from geo.placing import to_degrees
from geo.siting_run import Result
from geo.siting_view import SitingView
from geo.what_if_map import places

LAYER = layers.layer("imd")
_INK = "#0b0c0c"
_ROOM = 0.006


def target(view: SitingView, national: National) -> Fit | At:
    """Where to look: the shared viewport, else the area."""
    if view.at:
        return At(*view.at, key=f"at {view.at}")
    councils = national.store.table("councils")
    if view.area == siting_view.ENGLAND:
        return ENGLAND
    column = "region24_code" if REGION.fullmatch(view.area) else "ltla24_code"
    inside = councils[councils[column] == view.area]
    return Fit(
        inside["south"].min() - _ROOM,
        inside["west"].min() - 1.6 * _ROOM,
        inside["north"].max() + _ROOM,
        inside["east"].max() + 1.6 * _ROOM,
        key=f"siting {view.area}",
    )


def chosen(result: Result, national: National) -> Points:
    """The places chosen, large, with their order."""
    table = siting_tables.places(result, national.store.small_areas)
    longitude, latitude = to_degrees(table["easting"], table["northing"])
    rows = tuple(
        (
            float(x),
            float(y),
            str(row.order),
            f"{row.name}\n{row.what}\nadds {siting_tables.number(row.adds_people)} people",
        )
        for x, y, row in zip(longitude, latitude, table.itertuples(index=False), strict=True)
    )
    return Points(
        "sited", "Chosen for a new place", "diamond", _INK, rows=rows, large=True,
        named=True,
    )  # fmt: skip


def state(view: SitingView, national: National, result: Result | None) -> MapState:
    """Everything the engine draws. Areas outside the chosen one are pale."""
    areas = national.store.small_areas
    faded = ~siting_view.members(view.area, areas) if view.area != siting_view.ENGLAND else None
    colours, labels = layers.look(LAYER)
    open_now = tuple(points for kind in view.open_now for points in places(kind))
    return MapState(
        level="lsoa",
        values=layers.encode(layers.classes(LAYER, areas), faded),
        colours=colours,
        labels=labels,
        title=LAYER.label,
        council=siting_view.outline(view, national),
        double=True,
        points=open_now + ((chosen(result, national),) if result else ()),
        view=target(view, national),
    )
