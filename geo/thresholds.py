"""How far is too far: the walks that are offered, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from geo.access import THRESHOLDS_M


@dataclass(frozen=True)
class Threshold:
    """How far is too far. column: share of postcodes within it in the tables of access."""

    key: str
    column: str
    label: str
    source: str

    @property
    def metres(self) -> float:
        """Its length in metres, straight line, inclusive."""
        return THRESHOLDS_M[self.column]


THRESHOLDS = {
    row.key: row
    for row in (
        Threshold(
            "800m",
            "within_800m",
            "800 m",
            "the 20-minute neighbourhood: ten minutes’ walk there and ten back "
            "(Town and Country Planning Association, 2021)",
        ),
        Threshold(
            "1200m",
            "within_1200m",
            "1,200 m",
            "a straight-line standard for libraries put to the House of Commons Culture, Media "
            "and Sport Committee in 2012, after the Bourdillon report of 1962",
        ),
        Threshold(
            "1-mile",
            "within_1_mile",
            "1 mile",
            "the shorter distance of the former Public Library Service Standards "
            "(Department for Culture, Media and Sport, 2001 to 2008)",
        ),
        Threshold(
            "2-miles",
            "within_2_miles",
            "2 miles",
            "the longer distance of the former Public Library Service Standards "
            "(Department for Culture, Media and Sport, 2001 to 2008)",
        ),
    )
}
