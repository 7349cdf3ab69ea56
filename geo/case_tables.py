"""The case studies as a table to take away: a row for each place of each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import case_cards
from geo.case_cards import PART_LABELS
from geo.case_records import Case, Place, Result
from geo.exports import Credit

# The stories are told anew from what was published; what that allows is its publisher's to say.
LICENCE = "Facts retold here from the publication named; ask its publisher about other use of it"

_WHOLE = ("first_year", "last_year", "grant_from_pounds", "grant_to_pounds")


def rows(cases: Iterable[Case], councils: pd.DataFrame) -> pd.DataFrame:
    """Every place of `cases`, in their order, with the case's story, source and licence.

    councils: the table of councils. Longitude and latitude (degrees, WGS 84) only where the case
    is known as a site or a town; what the source does not give is empty.
    """
    names = councils.set_index("ltla24_code")["ltla24_name"]
    made = pd.DataFrame([_row(case, place, names) for case, place in _places(cases)])
    return made.astype(dict.fromkeys(_WHOLE, "Int64"))


def with_shapes(
    cases: Iterable[Case], councils: gpd.GeoDataFrame, table: pd.DataFrame, credit: Credit
) -> gpd.GeoDataFrame:
    """`rows` with a point for a site or a town, else the councils' outlines; none for a nation.

    councils: their outlines. credit: of the outlines, added to each row that has them.
    """
    made = rows(cases, table)
    outlines = councils.set_index("ltla24_code").to_crs(4326).geometry
    shapes = [_shape(place, outlines) for _, place in _places(cases)]
    outlined = [shape is not None and shape.geom_type != "Point" for shape in shapes]
    for column, text in (("source", credit.source), ("licence", credit.licence)):
        made.loc[outlined, column] += f" | {text}"
    return gpd.GeoDataFrame(made, geometry=gpd.GeoSeries(shapes), crs=4326)


def _places(cases: Iterable[Case]) -> Iterator[tuple[Case, Place]]:
    return ((case, place) for case in cases for place in case.places)


def _row(case: Case, place: Place, names: pd.Series) -> dict[str, object]:
    first, last = case.years
    least, most = case.cost_pounds or (None, None)
    return {
        "case": case.key,
        "title": case.title,
        "programme": case.programme_title,
        "place": place.name,
        "country": case.country,
        "councils": ", ".join(names.get(code, code) for code in place.councils),
        "council_codes": ", ".join(place.councils),
        "how_precise": place.precision,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "placed_by": place.placed_by,
        "years": case.years_text,
        "first_year": first,
        "last_year": last,
        "who_for": case_cards.who_for(case),
        "about": ", ".join(case.themes),
        "it_built": ", ".join(PART_LABELS[part] for part in case.parts),
        "summary": case.summary,
        "what_was_done": case.done,
        "cost": case.cost_text,
        "grant_from_pounds": least,
        "grant_to_pounds": most,
        "what_worked": _lines(case.worked),
        "what_did_not": _lines(case.did_not_work),
        "what_it_takes": _lines(case.ingredients),
        "reported": _lines(map(_result, case.results)),
        "bear_in_mind": case.note,
        "source": " | ".join(
            f"{source.publisher}, {source.year}: {source.title}"
            + (f", {source.url}" if source.url else "")
            for source in case.sources
        ),
        "licence": LICENCE,
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _result(result: Result) -> str:
    basis = f"N = {result.n:,}" if result.n is not None else "N not given"
    return f"{result.text} ({result.date}; {basis})"


def _shape(place: Place, outlines: gpd.GeoSeries) -> BaseGeometry | None:
    if place.longitude is not None and place.latitude is not None:
        return shapely.Point(place.longitude, place.latitude)
    found = outlines[outlines.index.isin(place.councils)]
    return shapely.union_all(found.to_numpy()) if len(found) else None
