"""Every number on the Gaps page at three real places, worked out again.

The page is drawn; what stands there is held against what numpy makes of the tables in data/,
without `geo`. The same kinds of number are worked by hand in test_gaps.py and test_gaps_view.py.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from tests.raw_tables import (
    COUNCIL,
    MILE_M,
    NEIGHBOURHOOD,
    PLACES,
    SMALL,
    access,
    called,
    chart_rows,
    closer,
    level,
    listed_xy,
    points,
    small,
)
from tests.test_profile_numbers import tables
from tests.test_profile_pages import _page, _said

LIBRARY, FAMILY = "public library", "children's centre or family hub"
KINDS = {"library": LIBRARY, "family_centre": FAMILY}
LISTS = {"library": ("library",), "family_centre": ("family_hub", "childrens_centre")}
QUARTERS = ("More deprived, weaker", "More deprived, stronger", "Less deprived, weaker",
            "Less deprived, stronger")  # fmt: skip
LEVELS = {SMALL: ("small-area", "small areas"), NEIGHBOURHOOD: ("neighbourhood", "neighbourhoods")}
VIEWS = [(by, number, {}) for by in LEVELS for number in range(3)]
VIEWS += [(NEIGHBOURHOOD, 2, {"walk": "800m", "against": "walk"})]


def ranked(by, walk, against_walk):
    """All England by score: its parts as points, places, quarters, council and people."""
    table = level(by)
    council = small().drop_duplicates(by).set_index(by)[COUNCIL]
    frame = pd.DataFrame({"people": table["population_2022"], "council": council})
    most = len(table) - 1
    frame["imd"] = 100 * (len(table) - table["imd_rank"]) / most
    weak = {"cni": 100 * (len(table) - table["cni_rank"]) / most}
    for kind in KINDS:
        beyond = 1 - access(kind, by)[f"within_{walk}"].astype(float)
        weak[kind] = 100 * (beyond if against_walk else closer(kind, by))
    weakness = sum(weak.values()) / 3
    frame["score"] = (frame["imd"] + weakness) / 2
    frame["place"] = 1 + (-frame["score"].to_numpy()).argsort(kind="stable").argsort()
    frame["quarter"] = 2 * (frame["imd"] < 50) + (weakness < 50)
    frame["imd"] /= 2
    return frame.assign(**{key: values / 6 for key, values in weak.items()})


@pytest.mark.parametrize(("by", "number", "chosen"), VIEWS)
def test_the_list_the_quarters_and_the_summary(by, number, chosen):
    council, one = PLACES[COUNCIL][number], PLACES[by][number]
    word, plural = LEVELS[by]
    app = _page("gaps", council=council, area=one, by=word, **chosen)
    walk = "800m" if chosen else "1_mile"
    walk_said = "800 m" if chosen else "1 mile"
    whole = ranked(by, walk, bool(chosen))
    own = whole[whole["council"] == council].sort_values("score", ascending=False)

    listed = app.dataframe[0].value.set_index("Code")
    assert len(listed) == len(own)
    own = own.loc[listed.index]
    # Scores that are the same but for the last bit may change places.
    assert np.abs(listed["Place in England"] - own["place"]).max() <= 1
    assert listed["Score"].tolist() == pytest.approx(own["score"].tolist())
    assert listed["People, mid-2022"].tolist() == own["people"].tolist()
    names = [called(by)[code] for code in listed.index]
    own_names = listed["Small area" if by == SMALL else "Neighbourhood"]
    assert all(own in name for own, (name, _) in zip(own_names, names, strict=True))
    assert listed["Council"].tolist() == [name for _, name in names]
    for part, said in {"imd": "all deprivation", "cni": "all community need"}.items():
        points_said = listed[f"Points: {said}"]
        assert points_said.tolist() == pytest.approx(own[part].tolist())
    for kind, said in KINDS.items():
        table = access(kind, by).loc[listed.index]
        assert listed[f"Points: far from a {said}"].tolist() == pytest.approx(own[kind].tolist())
        assert listed[f"Nearest {said}, metres"].tolist() == table["median_m"].tolist()
        within = listed[f"Postcodes within {walk_said} of a {said}"]
        assert within.tolist() == (100 * table[f"within_{walk}"].astype(float)).round().tolist()
    # And those two for the one place from its postcodes.
    for kind, kinds in LISTS.items():
        metres = cKDTree(listed_xy(kinds)).query(points(by, one).to_numpy(float))[0]
        row, said = listed.loc[one], KINDS[kind]
        assert row[f"Nearest {said}, metres"] == round(np.median(metres))
        share = 100 * (metres <= (800 if chosen else MILE_M)).mean()
        assert row[f"Postcodes within {walk_said} of a {said}"] == pytest.approx(share, abs=0.51)
    areas = level(by).loc[listed.index]
    for heading, key in (("Deprivation tenth (1 = most)", "imd"),
                         ("Community need tenth (1 = greatest)", "cni")):  # fmt: skip
        assert listed[heading].tolist() == areas[f"{key}_decile"].tolist()
    quarters = listed["Quarter of the chart"].str.removesuffix(" social infrastructure")
    assert quarters.tolist() == [QUARTERS[quarter] for quarter in own["quarter"]]

    counts = own["quarter"].value_counts()
    pills = app.get("button_group")
    labels = [option.content for group in pills for option in group.proto.options]
    for quarter, name in enumerate(QUARTERS):
        assert f"{name} ({counts.get(quarter, 0):,})" in labels

    summary = app.dataframe[1].value.iloc[0]
    both = own[own["quarter"] == 0]
    assert len(app.dataframe[1].value) == 1
    expected = {
        plural.capitalize(): len(own), "People, mid-2022": own["people"].sum(),
        "More deprived and weaker: areas": len(both), "People there": both["people"].sum(),
        "Share of people": round(both["people"].sum() / own["people"].sum(), 2),
    } | {
        f"{plural.capitalize()} in the worst tenth of their class: {said}": (
            closer(kind, by).loc[own.index] >= 0.9
        ).sum()
        for kind, said in KINDS.items()
    }  # fmt: skip
    assert {heading: summary[heading] for heading in expected} == expected

    row = own.loc[one]
    parts = {"All deprivation": ("imd", 50), "All community need": ("cni", 50 / 3),
             f"Far from a {LIBRARY}": ("library", 50 / 3),
             f"Far from a {FAMILY}": ("family_centre", 50 / 3)}  # fmt: skip
    assert tables(app)[0] == [
        *([name, f"{row[key]:.1f}", f"{most:.1f}"] for name, (key, most) in parts.items()),
        ["Score", f"{row['score']:.1f}", "100.0"],
    ]
    said, place = _said(app), listed.at[one, "Place in England"]
    assert f"Score {row['score']:.1f} of 100, place {place:,} of {len(whole):,} {plural}" in said
    assert f": {len(own):,} {plural}, {round(own['people'].sum(), -3):,} people" in said
    dots = chart_rows(app)[0]
    assert sorted(dots["need"]) == sorted((2 * own["imd"]).round(1))
    assert sorted(dots["weakness"]) == sorted((2 * own["score"] - 2 * own["imd"]).round(1))
    # The bars of the first ten scores.
    bars = chart_rows(app)[1].groupby("what", sort=False)["points"].sum()
    assert bars.tolist() == pytest.approx(listed["Score"].head(10).tolist())


def test_the_chart_of_all_england_counts_every_neighbourhood_in_its_square():
    squares = chart_rows(_page("gaps"))[0].set_index(["need", "weakness"])["areas"]
    whole = ranked(NEIGHBOURHOOD, "1_mile", False)
    need, weakness = 2 * whole["imd"], 2 * (whole["score"] - whole["imd"])
    cells = [(need // 5 * 5).clip(upper=95), (weakness // 5 * 5).clip(upper=95)]
    assert squares.to_dict() == need.groupby(cells).size().to_dict()
