"""The places chosen, and what other choices would do, as tables for the screen and for files."""

from __future__ import annotations

import pandas as pd

from geo import siting
from geo.asset_kind import Kind
from geo.asset_kinds import KINDS
from geo.effect_tables import Rows, metres, number
from geo.siting_run import Result
from geo.siting_sentences import WAY_LABELS

SOURCES = ("onspd", "lsoa21_bgc", "population2022", "census21_age", "iod2025", "cni2023")
PLACE_HEADINGS = (
    "Order", "Place", "What it is now", "Neighbourhood", "Doubly disadvantaged area",
    "People it adds", "People within in all",
)  # fmt: skip
WAY_HEADINGS = (
    "Choice", "In doubly disadvantaged areas", "People within", "Of them under 25",
    "Of them in doubly disadvantaged areas", "Average distance",
)  # fmt: skip
POLICY_HEADINGS = (
    "Kind", "Places", "In doubly disadvantaged areas", "Share of places", "Share of residents",
    "Share of people under 25",
)  # fmt: skip
_CENTRE = "middle of a small area"


def places(result: Result, small_areas: pd.DataFrame) -> pd.DataFrame:
    """The places chosen, in order of gain, for a file and the map.

    Columns: order, name, what, neighbourhood_name, council, doubly_disadvantaged, adds_people,
    people_within (cumulative), easting, northing, asset_id.
    """
    chosen = result.chosen.places
    about = small_areas.iloc[chosen["i"]].reset_index(drop=True)
    within = result.chosen.curve["people_within"]
    return pd.DataFrame(
        {
            "order": range(1, len(chosen) + 1),
            "name": [name_of(*row) for row in zip(chosen["name"], chosen["kind"], strict=True)],
            "what": [what_is(kind) for kind in chosen["kind"]],
            "neighbourhood_name": about["neighbourhood_name"],
            "council": about["council"],
            "doubly_disadvantaged": chosen["favoured"],
            "adds_people": within.diff().iloc[1:].round(1).to_numpy(),
            "people_within": within.iloc[1:].round(1).to_numpy(),
            "easting": chosen["easting"],
            "northing": chosen["northing"],
            "asset_id": chosen["asset_id"],
        }
    )


def what_is(kind: str) -> str:
    """What a candidate is now."""
    return KINDS[kind].singular if kind in KINDS else _CENTRE


def name_of(name: str, kind: str) -> str:
    """A candidate's name, or what it is where the list gives none."""
    return name or f"{KINDS[kind].singular} without a name on the list".capitalize()


def place_rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """`places` in words."""
    return [
        (
            str(row.order),
            row.name,
            row.what,
            f"{row.neighbourhood_name}, {row.council}",
            "yes" if row.doubly_disadvantaged else "no",
            number(row.adds_people),
            number(row.people_within),
        )
        for row in table.itertuples(index=False)
    ]


def way_rows(result: Result) -> list[tuple[str, ...]]:
    """The same number of places chosen otherwise; a way that is the same choice is left out."""
    rows = [_open_now(result)]
    seen: list[siting.Answer] = []
    ways = siting.comparison(result.answers).set_index("way")
    for way, answer in result.answers.items():
        if any(answer is other for other in seen):
            continue
        seen.append(answer)
        row = ways.loc[way]
        rows.append(
            (
                WAY_LABELS[way],
                f"{int(row['favoured_places'])} of {len(answer.places)}",
                number(row["people_within"]),
                number(row["young_within"]),
                number(row["favoured_within"]),
                metres(row["mean_m"]),
            )
        )
    return rows


def _open_now(result: Result) -> tuple[str, ...]:
    before = result.chosen.curve.iloc[0]
    return (
        "As things are",
        "–",
        number(before["people_within"]),
        number(before["young_within"]),
        number(before["favoured_within"]),
        metres(before["mean_m"]),
    )


def curves(result: Result) -> pd.DataFrame:
    """People within the walk by number of places: way, places, people_within, share_within."""
    parts: list[pd.DataFrame] = []
    seen: list[siting.Answer] = []
    for way, answer in result.answers.items():
        if not any(answer is other for other in seen):
            seen.append(answer)
            parts.append(answer.curve.assign(way=WAY_LABELS[way]))
    columns = ["way", "places", "people_within", "share_within", "young_within", "favoured_within"]
    return pd.concat(parts, ignore_index=True)[[*columns, "mean_m"]]


def policy_rows(table: pd.DataFrame, kinds: dict[str, Kind]) -> Rows:
    """`siting.policy_share` in words."""
    return [
        (
            kinds[row.kind].plural[:1].upper() + kinds[row.kind].plural[1:],
            f"{row.places:,}",
            f"{row.favoured_places:,}",
            _tenths(row.share_of_places),
            _tenths(row.share_of_people),
            _tenths(row.share_of_young),
        )
        for row in table.itertuples()
        if row.kind in kinds
    ]


def _tenths(share: float) -> str:
    return "–" if pd.isna(share) else f"{100 * share:.1f}%"
