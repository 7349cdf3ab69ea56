"""Whether what a link names exists: codes and postcodes held against the tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from geo import layers
from geo.store import Store
from geo.view import View


class Places(Protocol):
    """A view that names councils and regions by their codes."""

    @property
    def councils(self) -> tuple[str, ...]: ...
    @property
    def regions(self) -> tuple[str, ...]: ...


def _kept(wanted: tuple[str, ...], known: Collection[str], what: str, notices: list[str]):
    kept = tuple(value for value in wanted if value in known)
    for value in wanted:
        if value not in known:
            notices.append(f"The link's {what} “{value}” is not known here and was left out.")
    return kept


def known_places(view: Places, store: Store) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The councils and regions of a view that the tables know, and a notice for each other."""
    notices: list[str] = []
    councils, regions = (store.numbers("councils", f"{of}24_code") for of in ("ltla", "region"))
    kept = {
        "councils": _kept(view.councils, councils, "council", notices),
        "regions": _kept(view.regions, regions, "region", notices),
    }
    return kept, notices


def known(view: View, store: Store, point_sets: Collection[str]) -> tuple[View, tuple[str, ...]]:
    """`view` without what the tables do not know, and a notice for each thing left out.

    A postcode brings its small area with it, so that a link may name the postcode alone.
    point_sets: keys of the places that can be shown.
    """
    notices: list[str] = []
    layer, area, postcode = view.layer, view.area, view.postcode
    if layer not in {row.key for row in layers.LAYERS}:
        notices.append(f"The link's layer “{layer}” is not known here; deprivation is shown.")
        layer = View().layer
    if postcode:
        found = store.postcodes.find(postcode)
        if found is None:
            notices.append(f"The link's postcode “{postcode}” is not in the directory.")
            postcode = None
        elif area is None:
            area = store.table("small_areas")["lsoa21_code"].iat[found.i]
    if area and store.area_number(area) is None:
        notices.append(f"The link's area “{area}” is not a 2021 small area or neighbourhood.")
        area = None
    places, more = known_places(view, store)
    notices += more
    return replace(
        view,
        layer=layer,
        area=area,
        postcode=postcode,
        councils=places["councils"],
        regions=places["regions"],
        points=_kept(view.points, point_sets, "kind of place", notices),
    ), tuple(notices)
