"""Every kind of figure on Profile and Gaps, held against three real places.

Ore in Hastings, Par in Cornwall and Catton Grove in Norwich. What is expected was read off the
publishers' files, or is worked out here again by another way than the product's.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from geo import gaps_list, profile_sentences, profiles
from geo.gaps_view import GapsView

ORE, PAR, CATTON_GROVE = "E01021005", "E01019056", "E05012902"


@pytest.fixture(scope="module")
def profile_of(national):
    made = {}

    def profile(code):
        if code not in made:
            made[code] = profiles.profile(code, national)
        return made[code]

    return profile


# Code, rank and decile on both indices, residents, small areas, those of them in the worst tenth.
STANDING = [
    (ORE, 616, 1, 3_282, 1, 1_745, 1, {"imd": 1, "cni": 1, "double": 1}),
    (PAR, 2_116, 1, 843, 1, 1_348, 1, {"imd": 1, "cni": 1, "double": 1}),
    ("E02004371", 897, 2, 1_521, 3, 7_138, 4, {"imd": 1, "cni": 1, "double": 1}),
    ("E02003959", 2_167, 4, 808, 2, 6_954, 4, {"imd": 1, "cni": 1, "double": 1}),
    (CATTON_GROVE, 1_192, 2, 1_086, 2, 10_914, 6, {"imd": 1, "cni": 3, "double": 1}),
    ("E07000062", 7, 1, 150, 6, 90_622, 53, {"imd": 18, "cni": 5, "double": 5}),
]


@pytest.mark.parametrize(("code", "imd", "d1", "cni", "d2", "people", "areas", "worst"), STANDING)
def test_where_they_stand(profile_of, code, imd, d1, cni, d2, people, areas, worst):
    profile = profile_of(code)
    area = profile.area
    assert (area["imd_rank"], area["imd_decile"]) == (imd, d1)
    assert (area["cni_rank"], area["cni_decile"]) == (cni, d2)
    assert area["population_2022"] == people
    assert len(profile.members) == areas
    assert profile.worst == worst


def test_ages_are_those_of_the_census(profile_of):
    ages = profile_of(ORE).ages
    assert ages["people"] == [497, 202, 254, 263, 281, 241]
    assert ages["share"] == pytest.approx(np.array([497, 202, 254, 263, 281, 241]) / 1738)
    assert profile_of(PAR).ages["people"] == [282, 145, 146, 253, 254, 268]
    assert sum(profile_of(CATTON_GROVE).ages["people"]) == 11_177


@pytest.mark.parametrize("code", [ORE, PAR, CATTON_GROVE])
def test_library_hours_worked_out_from_every_point(code, store, residents, profile_of):
    profile = profile_of(code)
    open_now = store.libraries[store.libraries["kind"] == "library"]
    hours = open_now["hours_per_week"].fillna(open_now["hours_per_week"].median()).to_numpy()
    at = open_now[["easting", "northing"]].to_numpy(float)
    xy, people = residents.xy.astype(float), residents.people[residents.area]
    mine = np.isin(residents.area, profile.members)
    own = xy[mine]
    near = [j for j in range(len(at)) if np.hypot(*(own - at[j]).T).min() <= 3218.688]
    gets = np.zeros(mine.sum())
    tree = cKDTree(xy)
    for j in near:
        sharing = people[tree.query_ball_point(at[j], 3218.688)].sum()
        gets += (np.hypot(*(own - at[j]).T) <= 3218.688) * hours[j] / sharing
    assert profile.library_hours[0] == pytest.approx(
        1000 * np.average(gets, weights=people[mine]), abs=0.006
    )


@pytest.mark.parametrize(
    ("code", "library", "run_by", "hours"),
    [
        (ORE, "Ore Library", "Independent", 18),
        ("E02004371", "Ore Library", "Independent", 18),
        (PAR, "Par Community Library", "Run by the community with the council", 12),
        (CATTON_GROVE, "Mile Cross Library", "Run by the council", 69),
    ],
)
def test_the_nearest_library_who_runs_it_and_its_hours(
    store, profile_of, code, library, run_by, hours
):
    profile = profile_of(code)
    nearest = profile.near.by("kind")["library"]
    assert nearest["name"] == library
    said = profile_sentences.nearest(nearest)
    assert said.startswith(run_by)
    assert f"open {hours} hours a week" in said
    # Again, from every postcode's point and every open library.
    start = profile.start
    libraries = store.libraries[store.libraries["kind"] == "library"]
    metres = np.hypot(libraries["easting"] - start.easting, libraries["northing"] - start.northing)
    assert nearest["distance_m"] == pytest.approx(metres.min())
    assert nearest["within"] == (metres <= 1609.344).sum()


@pytest.mark.parametrize("code", [ORE, PAR, "E02004371", "E02003959", "E02005584"])
def test_gaps_are_the_share_of_like_areas_that_are_closer(store, profile_of, code):
    profile = profile_of(code)
    is_small = code.startswith("E01")
    table = store.table("access/library" if is_small else "access/neighbourhood_library")
    areas = store.table("small_areas" if is_small else "neighbourhoods")
    metres = pd.Series(table["median_m"].to_numpy(), areas.iloc[:, 0].to_numpy())
    like = metres[(areas["ruc21_code"] == profile.area["ruc21_code"]).to_numpy()]
    closer = (like < metres[code]).sum() / (len(like) - 1)
    row = profile.gaps.by("kind")["library"]
    assert row["metres"] == metres[code]
    assert row["closer_in_100"] == int(100 * closer)
    assert row["worst_tenth"] == (closer >= 0.9)


def test_gaps_in_words_at_three_places(profile_of):
    def said(code, kind):
        profile = profile_of(code)
        return profile_sentences.gap(profile, profile.gaps.by("kind")[kind])

    assert said(ORE, "library") == (
        "nearest public library 430 m; 13 in 100 small areas in towns and cities in reach of a "
        "major one are closer."
    )
    assert said(PAR, "library") == (
        "nearest public library 1.3 km (0.8 miles); 64 in 100 small areas in larger villages and "
        "small towns far from a major town or city are closer."
    )
    assert said(CATTON_GROVE, "social_club") == (
        "nearest social club 15.6 km (9.7 miles); all of its 6 small areas are further than nine "
        "in ten areas like them."
    )


@pytest.mark.parametrize(
    ("code", "tenths"),
    [(ORE, [2, 1, 1, 1, 1, 1]), (PAR, [1, 1, 2, 1, 1, 1]), ("E01026800", [1, 1, 2, 1, 1, 1])],
)
def test_the_path_through_the_releases(store, profile_of, code, tenths):
    path = profile_of(code).path
    history = store.table("deprivation_history").set_index("lsoa21_code").loc[code]
    published = [int(history[f"imd_decile_{year}"]) for year in (2004, 2007, 2010, 2015, 2019)]
    assert path["tenth"][:5] == published
    assert path["tenth"] == tenths


def test_a_ward_counts_its_small_areas_release_by_release(profile_of):
    past = profile_of(CATTON_GROVE).past
    assert past["worst"] == [1, 1, 0, 2, 1, 1]
    assert past["areas"] == [6] * 6
    assert profile_sentences.moved(profile_of(CATTON_GROVE)).endswith("now 1 of 6.")


def test_the_library_that_par_lost(profile_of):
    lost = profile_sentences.lost(profile_of("E02003959"))
    assert lost.startswith("St. Blazey Micro was 780 m away in 2010 and closed in 2018.")
    assert "Par Community Library, 1.1 km" in lost
    assert profile_of("E02003959").closed["name"] == ["St. Blazey Micro"]
    # Ore's closed and came back, so it is not lost.
    assert profile_of("E02004371").lost is None


def test_programmes_and_the_hyper_local_need_measure(profile_of):
    assert not profile_of(ORE).programmes
    assert profile_sentences.named(profile_of(ORE)) == [profile_sentences.NO_PROGRAMME]
    assert profile_of(ORE).need["tenth"] == [1, 7, 3, 1, 4]
    assert profile_of(PAR).need["tenth"] == [1, 3, 7, 2, 4]
    assert profile_of(CATTON_GROVE).need["tenth"] == [2, 10, 4, 1, 5]


def test_a_listed_neighbourhood_says_so(national, store):
    listed = store.table("programmes")
    code = listed.loc[listed["level"] == "neighbourhood", "code"].iat[0]
    found = profiles.profile(code, national)
    assert any(
        text.startswith("Pride in Place phase 2: ") for text in profile_sentences.named(found)
    )


@pytest.mark.parametrize("code", [ORE, "E02003959", CATTON_GROVE, "E07000062"])
def test_areas_like_it_are_of_its_level_and_the_pair_meets_its_terms(national, profile_of, code):
    profile = profile_of(code)
    assert len(profile.alike) == 5
    assert code not in profile.alike["code"]
    closest_first = sorted(profile.alike["closeness"], reverse=True)
    assert profile.alike["closeness"] == closest_first
    frame = national.level(profile.level).set_index("code")
    for other in profile.pair["code"]:
        apart = abs(frame.at[other, "imd_rank"] - profile.area["imd_rank"]) / len(frame)
        stronger = (frame.at[other, "cni_rank"] - profile.area["cni_rank"]) / len(frame)
        assert apart <= 0.05
        assert stronger >= 0.3


def test_case_studies_near_and_alike(profile_of):
    nearest = [profile_of(code).cases_near[0].case.key for code in (ORE, "E02003959", CATTON_GROVE)]
    assert nearest == ["ore-community-library", "par-bay", "norwich-catton-grove-world-of-work"]
    far = [found for found in profile_of(ORE).cases_near[1:] if found.metres > 50_000]
    assert far == []
    assert all(found.why for found in profile_of(ORE).cases_alike)


@pytest.mark.parametrize("code", ["E02004371", "E02003959", "E02005584"])
def test_scores_are_worked_out_again_from_ranks_and_shares(national, profile_of, code):
    view = GapsView()
    row = gaps_list.shown(view, national).row(code)
    frame = national.level("neighbourhood").set_index("code")
    need = 100 * (6856 - frame.at[code, "imd_rank"]) / 6855
    community = 100 * (6856 - frame.at[code, "cni_rank"]) / 6855
    like = frame["ruc21_code"] == frame.at[code, "ruc21_code"]
    closer = []
    for kind in view.kinds:
        metres = national.store.access(kind, "neighbourhood").set_index("msoa21_code")["median_m"]
        closer.append(100 * (metres[like] < metres[code]).sum() / (like.sum() - 1))
    assert row["need"] == pytest.approx(need)
    assert row["weakness"] == pytest.approx((community + sum(closer)) / 3)
    assert row["score"] == pytest.approx((need + (community + sum(closer)) / 3) / 2)


@pytest.mark.parametrize(
    ("code", "score", "place", "quarter"),
    [
        ("E02004371", 66.4, 1_273, "deprived-strong"),
        ("E02003959", 64.0, 1_566, "deprived-weak"),
        ("E02005584", 69.7, 884, "deprived-weak"),
    ],
)
def test_where_the_plain_list_puts_them(national, code, score, place, quarter):
    row = gaps_list.shown(GapsView(), national).row(code)
    assert round(row["score"], 1) == score
    assert row["place"] == place
    assert row["quarter"] == quarter


def test_the_list_of_one_council(national):
    view = GapsView(councils=("E07000062",), level="small-area")
    found = gaps_list.shown(view, national)
    listed = gaps_list.listed(found, view)
    assert len(listed) == 53
    assert listed["place"].is_monotonic_increasing
    assert found.totals.population == 90_622
    row = listed.set_index("code").loc[ORE]
    assert row["library_m"] == 432
    assert row["library_walk"] == 1
    points = row.filter(like="_points").astype(float)
    assert points.sum() == pytest.approx(row["score"])
    summary = gaps_list.by_council(found, view, national)
    assert summary["council"].tolist() == ["Hastings"]
    assert summary["deprived_weak_areas"].item() == (found.quarters()["areas"][0])
