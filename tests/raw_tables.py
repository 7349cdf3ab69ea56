"""What tests of whole pages work figures out from: the tables in data/, read without `geo`."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.stats import norm

DATA = Path(__file__).parent.parent / "data"
MILE_M = 1609.344
SMALL, NEIGHBOURHOOD, WARD, COUNCIL = "lsoa21_code", "msoa21_code", "ward24_code", "ltla24_code"
# Ore, Par and Catton Grove: small area, neighbourhood, ward and council.
PLACES = {
    SMALL: ("E01021005", "E01019056", "E01026800"),
    NEIGHBOURHOOD: ("E02004371", "E02003959", "E02005584"),
    WARD: ("E05011211", "E05013336", "E05012902"),
    COUNCIL: ("E07000062", "E06000052", "E07000148"),
}
DEPRIVATION = {
    "All deprivation": "imd", "Income": "income", "Employment": "employment",
    "Education": "education", "Health": "health", "Crime": "crime",
    "Housing and services": "housing", "Living environment": "environment",
}  # fmt: skip
NEED = {
    "All community need": "cni", "Civic assets": "civic_assets",
    "Connectedness": "connectedness", "Engaged community": "engaged",
}  # fmt: skip
AGES = {
    "0 to 15": "age_0_15", "16 to 24": "age_16_24", "25 to 34": "age_25_34",
    "35 to 49": "age_35_49", "50 to 64": "age_50_64", "65 and over": "age_65_plus",
}  # fmt: skip


@cache
def small():
    """Small areas with both indices, straight from their files."""
    frame = pd.read_parquet(DATA / "small_areas.parquet")
    for name in ("deprivation", "community_needs"):
        frame = frame.merge(pd.read_parquet(DATA / f"{name}.parquet"), on=SMALL)
    return frame


@cache
def places():
    """Every place of every list, a building on two lists once."""
    frames = [pd.read_parquet(path) for path in sorted((DATA / "assets").glob("*.parquet"))]
    found = pd.concat([frame.assign(is_local=len(frame) and frame["source"].iat[0].startswith(
        ("gm_", "norwich"))) for frame in frames])  # fmt: skip
    found = found[~((found["source"] == "libraries") & (found["kind"] == "other"))]
    return found[~found["asset_id"].isin(pd.read_parquet(DATA / "same_places.parquet").asset_id)]


def members(by, code):
    return np.flatnonzero(small()[by] == code)


@cache
def _postcodes():
    return pd.read_parquet(DATA / "postcodes.parquet", columns=["i", "easting", "northing"])


@cache
def points(by, code):
    """Distinct grid references of an area's postcodes, by the number of their small area."""
    own = _postcodes()[_postcodes()["i"].isin(members(by, code))]
    return own.drop_duplicates().set_index("i")


@cache
def listed_xy(kinds):
    """Where the places of some kinds on England-wide lists are."""
    found = places()[~places()["is_local"] & places()["kind"].isin(kinds)]
    return found[["easting", "northing"]].to_numpy(float)


@cache
def access(kind, by):
    return pd.read_parquet(
        DATA / "access" / f"{'neighbourhood_' if by == NEIGHBOURHOOD else ''}{kind}.parquet"
    ).set_index(by)


@cache
def level(by):
    """People, ages, class and the score, rank and tenth of every measure, by code."""
    keys = [*DEPRIVATION.values(), *NEED.values()]
    if by == SMALL:
        return small().set_index(by)
    group = small()[by]
    frame = small().groupby(by)[["population_2022", *AGES.values()]].sum()
    people = small()["population_2022"]
    for key in keys:
        score = (small()[f"{key}_score"] * people).groupby(group).sum() / frame["population_2022"]
        ordered = -np.sort(-score.to_numpy())
        frame[f"{key}_rank"] = 1 + np.searchsorted(-ordered, -score.to_numpy())
        frame[f"{key}_decile"] = -(-10 * frame[f"{key}_rank"] // len(frame))
    if by == NEIGHBOURHOOD:
        table = pd.read_parquet(DATA / "neighbourhoods.parquet").set_index(by)
        frame["ruc21_code"] = table["ruc21_code"]
    return frame


@cache
def closer(kind, by):
    """Share of the other areas of the same class that are closer, by code."""
    metres, classes = access(kind, by)["median_m"], level(by)["ruc21_code"]
    found = []
    for name in classes.unique():
        own = metres[classes == name]
        nearer = np.searchsorted(np.sort(own.to_numpy()), own.to_numpy())
        found.append(pd.Series(nearer / (len(own) - 1), own.index))
    return pd.concat(found).reindex(metres.index)


def metres_said(metres):
    if metres < 995:
        return f"{10 * round(metres / 10)} m"
    return f"{metres / 1000:.1f} km ({metres / MILE_M:.1f} miles)"


@cache
def unlike(by):
    """Every area as a point, so that how far two are apart is how unlike they are."""
    frame, domains = level(by), list(DEPRIVATION.values())[1:]
    normal = norm.ppf((len(frame) - frame[[f"{key}_rank" for key in domains]] + 0.5) / len(frame))
    ages = frame[list(AGES.values())]
    classes = frame["ruc21_code"] if by in (SMALL, NEIGHBOURHOOD) else small()["ruc21_code"]
    place = pd.DataFrame({"rural": classes.str[:2].map({"UN": 0, "UF": 0, "RL": 0.5, "RS": 1}),
                          "far": (classes.str[-2] == "F").astype(float)})  # fmt: skip
    if by in (WARD, COUNCIL):
        weighed = place.mul(small()["population_2022"], axis=0).groupby(small()[by]).sum()
        place = weighed.div(frame["population_2022"], axis=0)
    parts = ((normal, 7), (ages.div(ages.sum(axis=1), axis=0), 2), (place, 2))
    made = []
    for values, weight in parts:
        values = np.asarray(values, dtype=float)
        spread = (values - values.mean(axis=0)) / values.std(axis=0)
        made.append(spread * np.sqrt(weight / values.shape[1] / 11))
    return np.hstack(made)


@cache
def called(by):
    """Code → what an area is called in a table, and its council."""
    councils = pd.read_parquet(DATA / "councils.parquet").set_index(COUNCIL)["ltla24_name"]
    near = pd.read_parquet(DATA / "neighbourhoods.parquet").set_index(NEIGHBOURHOOD)
    if by == COUNCIL:
        return {code: (name, name) for code, name in councils.items()}
    if by == WARD:
        wards = pd.read_parquet(DATA / "wards.parquet").set_index(WARD)
        pairs = zip(wards["ward24_name"], wards[COUNCIL].map(councils), strict=True)
        return dict(zip(wards.index, pairs, strict=True))
    if by == NEIGHBOURHOOD:
        pairs = zip(near["neighbourhood_name"], near[COUNCIL].map(councils), strict=True)
        return dict(zip(near.index, pairs, strict=True))
    names = small()[NEIGHBOURHOOD].map(near["neighbourhood_name"]) + " (" + small()["lsoa21_name"]
    return dict(zip(small()[SMALL], zip(names + ")", small()[COUNCIL].map(councils), strict=True),
                    strict=True))  # fmt: skip


def chart_rows(app):
    """The rows of each chart on a page."""
    charts = [element.proto.data.data for element in app.get("vega_lite_chart")]
    return [pa.ipc.open_stream(rows).read_pandas() for rows in charts]
