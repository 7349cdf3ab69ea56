"""Every number in the tables of a profile at three real places, worked out again.

The page is drawn; what stands there is held against what numpy makes of the tables in data/,
without `geo`. The same kinds of number are worked by hand in test_profiles.py; what stands in
sentences is in test_real_places.py too.
"""

import re
from html import unescape

import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer
from scipy.spatial import cKDTree

from tests.raw_tables import (
    AGES,
    COUNCIL,
    DATA,
    DEPRIVATION,
    MILE_M,
    NEED,
    NEIGHBOURHOOD,
    PLACES,
    SMALL,
    WARD,
    called,
    chart_rows,
    closer,
    level,
    listed_xy,
    members,
    metres_said,
    places,
    points,
    small,
    unlike,
)  # fmt: skip
from tests.test_profile_pages import _page, _said

AREAS = [(by, code) for by, codes in PLACES.items() for code in codes]
# What a kind is called on the page: one, and several.
KINDS = {
    "library": ("public library", "public libraries"),
    "youth_centre": ("youth club or centre", "youth clubs and centres"),
    "nursery_school": ("nursery school", "nursery schools"),
    "school": ("school", "schools"),
    "college": ("college", "colleges"),
    "community_hub": ("community hub or centre", "community hubs and centres"),
    "hall": ("village or church hall", "village and church halls"),
    "worship": ("place of worship", "places of worship"),
    "cafe": ("community café", "community cafés"),
    "social_club": ("social club", "social clubs"),
    "sports_club": ("sports club", "sports clubs"),
    "community_pub": ("community pub", "community pubs"),
    "community_shop": ("community shop", "community shops"),
    "museum": ("museum", "museums"),
    "gp": ("GP practice", "GP practices"),
}
FAMILY = ("children's centre or family hub", ("family_hub", "childrens_centre"))
COUNTED = KINDS | {
    "family_hub": ("family hub", "family hubs"),
    "childrens_centre": ("children's centre", "children's centres"),
    "other": ("other warm welcome", "other warm welcomes"),
    "sports_centre": ("sports centre", "sports centres"),
    "playground": ("playground", "playgrounds"),
    "park": ("park", "parks"),
    "food_bank": ("food bank or pantry", "food banks and pantries"),
    "post_office": ("post office", "post offices"),
}
YOUNG = (
    "family_hub", "childrens_centre", "youth_centre", "nursery_school", "school", "college",
)  # fmt: skip
LOCAL = ("sports_centre", "playground", "park", "food_bank", "post_office")


def capital(text):
    return text[0].upper() + text[1:]


def tables(app):
    """The page's tables: a list of rows, each a list of what its cells say."""
    found = []
    for element in app.get("html"):
        for table in re.findall("<tbody>(.*?)</tbody>", element.proto.body, re.S):
            rows = re.findall("<tr.*?</tr>", table, re.S)
            cells = [re.findall("<t[hd].*?>(.*?)</t[hd]>", row, re.S) for row in rows]
            found.append([[_text(cell) for cell in row] for row in cells])
    return found


def _text(cell):
    return unescape(re.sub("<[^>]+>", "", cell)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def drawn():
    """Profile pages as they stand: "figures", "reach" and so on → rows by their first cell."""
    made = {}

    def page(code):
        if code not in made:
            # One reader for all: who comes anew opens the map first.
            app = made.setdefault("reader", None) or _page("profile", area=code)
            made["reader"] = app
            app.query_params["area"] = code
            app.run()
            assert not app.exception
            found = tables(app)
            first, reach, lists, *rest = found
            # The last table has every figure; its sections head it.
            made[code] = {
                "places": {row[0]: row[1:] for row in first if len(row) > 1},
                "reach": {row[0]: row[1:] for row in reach + lists},
                "alike": [row for table in rest[:2] for row in table if len(row) == 5],
                "figures": _sections(rest[-1]),
                "charts": chart_rows(app),
                "said": _said(app),
            }
        return made[code]

    return page


def _sections(rows):
    found, section = {}, None
    for row in rows:
        if len(row) == 1:
            section = found.setdefault(row[0], {})
        else:
            section[row[0]] = row[1]
    return list(found.values())


@pytest.mark.parametrize(("by", "code"), AREAS)
def test_people_ranks_and_worst_tenths(drawn, by, code):
    area, whole = level(by).loc[code], len(level(by))
    people, deprivation, need, *more = drawn(code)["figures"]
    assert people.pop("Urban or rural")
    ages = area[list(AGES.values())].sum()
    assert people == {"Residents, mid-2022": f"{area['population_2022']:,}"} | {
        f"Aged {band}, 2021": f"{100 * area[column] / ages:.0f}%" for band, column in AGES.items()
    }
    for said, names in ((deprivation, DEPRIVATION), (need, NEED)):
        assert said == {
            name: f"Tenth {area[f'{key}_decile']} · rank {area[f'{key}_rank']:,} of {whole:,}"
            for name, key in names.items()
        }
    tenths, needs, by_age, _ = drawn(code)["charts"]
    for chart, keys in ((tenths, DEPRIVATION), (needs, NEED)):
        assert chart["measure"].tolist() == list(keys)
        assert chart["rank"].tolist() == [area[f"{key}_rank"] for key in keys.values()]
        assert chart["decile"].tolist() == [area[f"{key}_decile"] for key in keys.values()]
    england = small()[list(AGES.values())].sum()
    assert by_age["people"].tolist() == [area[column] for column in AGES.values()]
    assert by_age["share"].tolist() == pytest.approx([area[key] / ages for key in AGES.values()])
    assert by_age["england_share"].tolist() == pytest.approx((england / england.sum()).tolist())
    if by == SMALL:
        return
    own = small().iloc[members(by, code)]
    imd, cni = own["imd_rank"] <= 3375, own["cni_rank"] <= 3375
    assert more[0] == {
        name: f"{worst.sum():,} of {len(own):,}"
        for name, worst in (("Deprivation", imd), ("Community need", cni), ("Both", imd & cni))
    }


@pytest.mark.parametrize(("by", "code"), AREAS)
def test_distances_and_who_is_closer(drawn, by, code):
    rows, reach = members(by, code), drawn(code)["reach"]
    xy = points(by, code)
    said = next(part for part in drawn(code)["figures"] if "Nearest school" in part)
    for kind, name in {**{key: one for key, (one, _) in KINDS.items()},
                       "family_centre": FAMILY[0]}.items():  # fmt: skip
        kinds = FAMILY[1] if kind == "family_centre" else (kind,)
        metres = pd.Series(cKDTree(listed_xy(kinds)).query(xy.to_numpy(float))[0], xy.index)
        if by in (SMALL, NEIGHBOURHOOD):
            middle = round(metres.median())
            share = closer(kind, by)[code]
            in_100 = int(100 * share + 1e-9)
            words = f"{in_100 or 'fewer than 1'} in 100 "
            if in_100 == 100:
                words = "all other "
            assert (
                reach[capital(name)][1]
                .lower()
                .startswith(("worst tenth: " if share >= 0.9 else "") + words)
            )
        else:
            medians = metres.groupby(level=0).median().round()
            order = medians.sort_values(kind="stable")
            gone = small()["population_2022"].loc[order.index].cumsum()
            middle = order[gone >= gone.iloc[-1] / 2].iloc[0]
            worst = (closer(kind, SMALL).iloc[rows] >= 0.9).sum()
            some = {0: "none", len(rows): "all"}.get(worst, f"{worst:,}")
            assert reach[capital(name)][1].lower().startswith(f"{some} of its {len(rows):,} ")
        assert said[f"Nearest {name}"] == reach[capital(name)][0] == metres_said(middle)


@pytest.mark.parametrize(("by", "code"), AREAS)
def test_places_near_and_inside(drawn, by, code):
    rows = members(by, code)
    shown, parts = drawn(code)["places"], drawn(code)["figures"]
    inside = places()[places()["i"].isin(rows)].groupby("kind")
    counts, from_local = inside.size(), inside["is_local"].any()
    listed = next(part for part in parts if any(name.startswith("Museums (") for name in part))
    said = {name.split(" (")[0]: text for name, text in listed.items()}
    assert said == {
        capital(many): f"{counts[kind]:,}" if kind in counts else "No record"
        for kind, (_, many) in COUNTED.items()
    }
    if by != COUNCIL:
        _near(shown, code)
        return
    young = ["age_0_15", "age_16_24"]
    for kind, (_, many) in COUNTED.items():
        whom = young if kind in YOUNG else ["population_2022"]
        ours, everyone = (table[whom].to_numpy().sum() for table in (small().iloc[rows], small()))
        count = counts.get(kind, 0)
        whole = (places()["kind"].eq(kind) & ~places()["is_local"]).sum()
        is_local = kind in LOCAL or from_local.get(kind, False)
        first, own, england = shown[capital(many)]
        assert first.startswith(f"{count:,} (" if count else "No record")
        assert own == (rate(count / ours) if count else "")
        assert england == ("" if is_local else rate(whole / everyone))


def rate(each):
    return "under 0.01" if each < 0.000005 else f"{1000 * each:.2f}"


def _near(shown, code):
    start = pd.read_parquet(DATA / "centres.parquet").set_index("code").loc[code]
    open_now = places()[places()["kind"] != "library_closed"]
    metres = np.hypot(open_now["easting"] - start["easting"],
                      open_now["northing"] - start["northing"])  # fmt: skip
    for kind, (one, _) in COUNTED.items():
        own = metres[(open_now["kind"] == kind).to_numpy()]
        if kind in LOCAL and own.min() > 2 * MILE_M:
            assert capital(one) not in shown
            continue
        name, far, around, _ = shown[capital(one)]
        assert name in set(open_now.loc[own.index[own == own.min()], "name"]) or "without" in name
        assert far == metres_said(own.min())
        within = (own <= MILE_M).sum()
        assert around == (f"{within:,} within a mile" if within else "no record within a mile")


@pytest.mark.parametrize("code", PLACES[WARD] + PLACES[COUNCIL] + PLACES[NEIGHBOURHOOD])
def test_small_areas_in_the_worst_tenth_release_by_release(drawn, code):
    by = next(by for by, codes in PLACES.items() if code in codes)
    history = pd.read_parquet(DATA / "deprivation_history.parquet").iloc[members(by, code)]
    history["imd_rank_2025"] = small()["imd_rank"]
    expected = {}
    for year, ranked in zip((2004, 2007, 2010, 2015, 2019, 2025),
                            (32_482, 32_482, 32_482, 32_844, 32_844, 33_755),
                            strict=True):  # fmt: skip
        ranks = history[f"imd_rank_{year}"].dropna()
        expected[str(year)] = f"{(10 * ranks <= ranked).sum():,} of {len(ranks):,}"
    assert drawn(code)["figures"][-1] == expected


@pytest.mark.parametrize(("by", "code"), AREAS)
def test_areas_alike_by_distance_and_tenth(drawn, by, code):
    """Closeness halves with each further limit, so its logarithms are as the distances are."""
    alike, apart = drawn(code)["alike"], unlike(by)
    names = called(by)
    row = level(by).index.get_loc(code)
    distance = np.linalg.norm(apart - apart[row], axis=1)
    nearest = np.argsort(distance, kind="stable")[1:6]
    halves = []
    for number, (name, council, close, imd, cni) in enumerate(alike):
        if number < 5:
            at = nearest[number]
        else:
            whole, ranks = len(level(by)), level(by)[["imd_rank", "cni_rank"]].to_numpy(float)
            can = abs(ranks[:, 0] - ranks[row, 0]) <= 0.05 * whole
            can &= ranks[:, 1] - ranks[row, 1] >= 0.3 * whole
            at = np.flatnonzero(can)[np.argmin(distance[can])]
        area = level(by).iloc[at]
        assert (name, council) == names[level(by).index[at]]
        assert (imd, cni) == (str(area["imd_decile"]), str(area["cni_decile"]))
        figure = int(close.split(" ")[0])
        assert ("not a good match" in close) == (figure < 50) or figure == 50
        # What a figure rounded to whole hundredths can have been.
        low, high = (-np.log2((figure + half) / 100) for half in (0.5, -0.5))
        halves.append((distance[at] / high, distance[at] / low))
    limits = np.array(halves)
    assert limits[:, 0].max() <= limits[:, 1].min()


# Whose nearest library of 2010 has closed; the nearest case study at a known spot.
SENTENCES = [
    ("E02004371", None, "ore-community-library"),
    ("E02003959", ("St. Blazey Micro", "Par Community Library"), "par-bay"),
    ("E05012902", None, "norwich-catton-grove-world-of-work"),
]


@pytest.mark.parametrize(("code", "lost", "case"), SENTENCES)
def test_distances_and_hours_in_sentences(national, drawn, code, lost, case):
    said = drawn(code)["said"]
    centre = pd.read_parquet(DATA / "centres.parquet").set_index("code").loc[code]
    libraries = places()[places()["source"] == "libraries"].set_index("name")
    assert (" away in 2010 and closed in " in said) == bool(lost)
    if lost:
        before, now = (
            metres_said(np.hypot(*(libraries.loc[name, ["easting", "northing"]] - centre)))
            for name in lost
        )
        year = libraries.at[lost[0], "closed_year"]
        assert f"{lost[0]} was {before} away in 2010 and closed in {year:.0f}." in said
        assert f"now {lost[1]}, {now} away." in said
    found = next(found for found in national.cases if found.key == case)
    spot = min(found.places, key=lambda spot: _metres(centre, spot))
    metres = _metres(centre, spot)
    how_far = f"{round(metres, -1):.0f} m" if metres < 995 else f"{metres / 1000:.1f} km"
    assert f"{how_far} {'away' if spot.precision == 'site' else 'to the middle of'}" in said
    # Every library reaches someone, so what all get together is what all give.
    hours = libraries.loc[libraries["kind"] == "library", "hours_per_week"]
    whole = 1000 * hours.fillna(hours.median()).sum() / small()["population_2022"].sum()
    table = pd.read_parquet(DATA / "access" / "library.parquet")["hours_per_1000"]
    by = next(by for by, codes in PLACES.items() if code in codes)
    rows = members(by, code)
    own = np.average(table.iloc[rows], weights=small()["population_2022"].iloc[rows])
    assert f"give {own:.2f} opening hours" in said
    assert f"England’s average is {whole:.2f}." in said
    # The nearby mission by mission, from the order of England's neighbourhoods.
    measure = pd.read_parquet(DATA / "hyper_local_need.parquet").set_index(NEIGHBOURHOOD)
    tenths = []
    for column in ("growth", "energy", "crime_rank", "opportunity", "health"):
        need = measure[column] if column == "crime_rank" else -measure[column]
        ahead = (need < need[small()[NEIGHBOURHOOD].iloc[rows[0]]]).sum()
        tenths.append(-(-10 * (ahead + 1) // need.count()))
    assert (
        "economic growth {}, clean energy {}, safer streets {}, opportunity {} and health {}."
    ).format(*tenths) in said


def _metres(centre, spot):
    """How far a spot is by the sphere's cosines, not by the grid."""
    to_degrees = Transformer.from_crs(27700, 4326, always_xy=True)
    longitude, latitude = np.radians(to_degrees.transform(*centre))
    east, north = np.radians([spot.longitude, spot.latitude])
    cosines = np.cos(latitude) * np.cos(north) * np.cos(longitude - east)
    return 6_371_009 * np.arccos(np.sin(latitude) * np.sin(north) + cosines)
