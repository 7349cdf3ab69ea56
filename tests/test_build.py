"""The build on made sources: what it makes, what it refuses, and that it leaves nothing behind."""

import gzip
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from made_sources import MADE_STEPS, NAMES, build_made, copy_made, made_register, reregister

from geo.build.__main__ import main, run
from geo.build.output import Output
from geo.build.register import SourceError, Sources, load_register, record_readings
from geo.build.steps import BESIDE, STEPS


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return build_made(tmp_path_factory.mktemp("made"))


@pytest.fixture
def made(tmp_path):
    return copy_made(tmp_path)


def table(data: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(data / f"{name}.parquet")


def command(made, steps=NAMES) -> list[str]:
    sources, data, static = map(str, made)
    return ["--sources", sources, "--data", data, "--static", static, "--only", *steps]


# What it makes


def test_small_areas_stand_in_the_order_of_their_code(data):
    areas = table(data, "small_areas")
    assert list(areas["lsoa21_code"]) == [f"E01{number:06d}" for number in range(1, 11)]


def test_small_area_has_its_place_people_and_point(data):
    area = table(data, "small_areas").set_index("lsoa21_code").loc["E01000007"]
    assert area["lsoa21_name"] == "Hastings 001A"
    assert (area["msoa21_code"], area["ltla24_code"]) == ("E02000003", "E07000062")
    assert area["region24_code"] == "E12000008"
    assert area["population_2022"] == 1700
    assert area["age_65_plus"] == 157
    assert area["west"] <= area["longitude"] <= area["east"]
    assert area["south"] <= area["latitude"] <= area["north"]
    assert (area["west"], area["north"]) == (0.51, 50.87)


def test_point_is_inside_the_outline_even_where_that_touches_itself(data, made):
    areas = table(data, "small_areas")
    outlines = gpd.read_file(made[0] / "lsoa21_bgc.geojson").sort_values(
        "LSOA21CD", ignore_index=True
    )
    points = gpd.points_from_xy(areas["longitude"], areas["latitude"], crs="EPSG:4326")
    assert list(outlines.geometry.make_valid().contains(gpd.GeoSeries(points))) == [True] * 10


def test_ward_of_the_225_only_where_the_point_lies_in_it(data):
    areas = table(data, "small_areas").set_index("lsoa21_code")["left_behind_ward17_code"]
    assert dict(areas.dropna()) == {"E01000007": "E05900001", "E01000008": "E05900001"}


def test_councils_keep_the_code_of_2024_and_tell_the_one_of_2025(data):
    councils = table(data, "councils").set_index("ltla24_code")
    assert councils.loc["E08000019", "ltla25_code"] == "E08000039"
    assert councils.loc["E08000019", "alternative_names"] == "Steel"
    assert councils.loc["E07000062", "alternative_names"] == "Old Hastings"
    assert councils.loc["E07000062", "utla_name"] == "East Sussex"
    assert councils.loc["E07000062", "population_2022"] == 1700 + 1800 + 1900 + 2000


def test_place_called_na_keeps_its_name(data):
    assert table(data, "neighbourhoods")["neighbourhood_name"].tolist() == [
        "Manor",
        "Park & Ride",
        "NA",
    ]


def test_ward_without_the_same_code_in_2025_has_no_outline(data):
    wards = table(data, "wards").set_index("ward24_code")["outline_ward25_code"]
    assert wards["E05000001"] == "E05000001"
    assert pd.isna(wards["E05000002"])


def test_file_7_is_read_by_the_beginnings_of_its_headings(data):
    areas = table(data, "deprivation").set_index("lsoa21_code")
    assert areas.loc["E01000001", "imd_rank"] == 1
    assert areas.loc["E01000001", "children_young_people_decile"] == 9
    assert areas.loc["E01000001", "income_score"] == 0.9
    assert areas.loc["E01000010", "connectivity_score"] == 50


HISTORY = {
    "E01000001": (1, "unchanged"),
    # Both halves of an area split in 2021.
    "E01000003": (3, "split"),
    "E01000004": (3, "split"),
    # Merged in 2021 from 105 (rank 4, 3,000 people) and 106 (1,000 people), which was merged
    # in 2011 from areas of rank 5 and 6 whose population is not known.
    "E01000005": ((4 * 3000 + 5.5 * 1000) / 4000, "merged"),
    "E01000006": (8, "irregular"),
    # Split in 2011, unchanged since.
    "E01000007": (7, "split"),
}


@pytest.mark.parametrize(("code", "expected"), HISTORY.items())
def test_rank_of_2004_comes_through_both_lookups(data, code, expected):
    row = table(data, "deprivation_history").set_index("lsoa21_code").loc[code]
    rank, change = expected
    assert row["imd_rank_2004"] == pytest.approx(rank, abs=0.005)
    assert row["change_2004"] == change


def test_decile_of_a_release_counts_that_release(data):
    history = table(data, "deprivation_history").set_index("lsoa21_code")
    assert history.loc["E01000005", "imd_decile_2004"] == 5  # rank 4.38 of 10
    assert (
        history["imd_decile_2019"] == history["imd_rank_2019"].apply(lambda r: -(-r // 1))
    ).all()


def test_averages_count_each_small_area_by_its_people(data):
    measures = table(data, "neighbourhood_measures").set_index("msoa21_code")
    scores = [90 - 8 * rank for rank in (1, 2, 3)]
    people = (1100, 1200, 1300)
    expected = sum(s * p for s, p in zip(scores, people, strict=True)) / sum(people)
    assert measures.loc["E02000001", "imd_score"] == pytest.approx(expected)
    assert measures["imd_rank"].tolist() == [1, 2, 3]
    assert measures.loc["E02000001", "imd_worst_tenth_share"] == pytest.approx(1 / 3)


def test_double_disadvantage_counts_areas_and_people(data):
    councils = table(data, "council_measures").set_index("ltla24_code")
    assert councils["double_disadvantage_areas"].to_dict() == {"E07000062": 0, "E08000019": 1}
    assert councils.loc["E08000019", "double_disadvantage_people"] == 1100


def test_programme_entries_are_tidied_and_doubt_is_noted(data):
    listed = table(data, "programmes").set_index("name_as_listed")
    assert listed.loc["Manor", "code"] == "E02000001"
    assert pd.isna(listed.loc["Manor", "note"])
    assert (
        listed.loc["Ore", "note"] == "One code is listed for Ore and Ridge: one of them is wrong."
    )
    assert listed.loc["Sheffield", "code"] == "E08000019"


def test_compilers_flag_is_not_taken_for_the_published_list(data):
    assert not [name for name in table(data, "community_needs") if "behind" in name]
    assert table(data, "community_needs_2019")["left_behind"].tolist() == [True, False]


def test_register_tells_what_was_read(data):
    register = load_register(data / "sources.toml")
    assert len(register["iod2025"].sha256) == 64
    assert register["cni2019"].rows == 2
    assert register["rutland_osm"].sha256 == ""


def test_two_builds_are_the_same_byte_for_byte(data, tmp_path):
    again = build_made(tmp_path)
    files = sorted(path.relative_to(data) for path in data.rglob("*") if path.is_file())
    assert len(files) > 12
    for path in files:
        assert (data / path).read_bytes() == (again / path).read_bytes(), path


def test_data_dictionary_is_written_last():
    assert STEPS[-1][0] == "Data dictionary"


# What it refuses


def break_missing(sources: Path, data: Path) -> None:
    (sources / "cni2023.csv").unlink()


def break_cut_short(sources: Path, data: Path) -> None:
    path = sources / "cni2023.csv"
    path.write_text("\n".join(path.read_text().splitlines()[:-3]))


def break_cut_gzip(sources: Path, data: Path) -> None:
    whole = gzip.compress((sources / "cni2023.csv").read_bytes())
    (sources / "cni2023.csv.gz").write_bytes(whole[: len(whole) // 2])
    register = data / "sources.toml"
    register.write_text(reregister(register.read_text(), "cni2023", "cni2023.csv.gz", 10))


def break_headings(sources: Path, data: Path) -> None:
    path = sources / "cni2023.csv"
    path.write_text(path.read_text().replace("Civic Assets Domain Rank", "Civic Assets Place"))


def break_vintage(sources: Path, data: Path) -> None:
    path = sources / "cni2023.csv"
    path.write_text(path.read_text().replace("E01000003", "E01000103"))


def break_figures(sources: Path, data: Path) -> None:
    path = sources / "cni2023.csv"
    path.write_text(path.read_text().replace("E01000003,", "E01000003,about "))


BROKEN = [
    (break_missing, "missing"),
    (break_cut_short, "expected 10 rows, found 7"),
    (break_cut_gzip, "cannot be read"),
    (break_headings, "expected the columns ['Civic Assets Domain Rank']"),
    (break_vintage, "expected the small areas of 2021"),
    (break_figures, "row 4, column “Community Needs Index 2023 Score”: expected a number"),
]


@pytest.mark.parametrize(("damage", "says"), BROKEN)
def test_bad_file_stops_the_build_with_one_line_and_changes_nothing(made, capsys, damage, says):
    sources, data, static = made
    damage(sources, data)
    before = {path: path.read_bytes() for path in data.rglob("*")}
    assert main(command(made)) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("cni2023.csv")
    assert says in line
    assert "Community Needs Index 2023" in line
    assert "get it from https://localtrust.org.uk/" in line
    assert {path: path.read_bytes() for path in data.rglob("*")} == before
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "sources", "static"]


def test_geography_of_another_census_is_refused(made, capsys):
    path = made[0] / "population2022.csv"
    path.write_text(path.read_text().replace("E01000003", "E01000103"))
    assert main(command(made)) == 1
    told = capsys.readouterr().err
    assert "row 4, column “lsoacd”: expected a small area of 2021, found “E01000103”" in told


def test_deciles_that_do_not_follow_from_ranks_are_refused(made, capsys):
    path = made[0] / "iod2025.csv"
    path.write_text(path.read_text().replace(",82.000,1,1,", ",82.000,1,2,"))
    assert main(command(made)) == 1
    assert "expected deciles of imd that follow from its ranks" in capsys.readouterr().err


def test_failed_build_keeps_the_last_good_one(made, capsys):
    sources, data, _ = made
    assert main(command(made)) == 0
    before = {path: path.read_bytes() for path in data.rglob("*")}
    (sources / "pride_in_place.csv").unlink()
    assert main(command(made)) == 1
    assert {path: path.read_bytes() for path in data.rglob("*")} == before


def test_missing_file_stops_a_whole_build_before_its_first_step(made, capsys):
    (made[0] / "iod2025.csv").unlink()
    assert main(command(made)[:6]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("iod2025.csv: file is missing")


def test_good_build_says_nothing_on_standard_output(made, capsys):
    assert main(command(made)) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Small areas" in told.err


def test_failure_of_a_step_that_runs_beside_the_others_stops_the_build(made):
    def fail(sources, output):
        output.file("tiles/half.pmtiles").write_bytes(b"half")
        sources.fail("cni2019", "cannot be read")

    before = {path: path.read_bytes() for path in made[1].rglob("*")}
    with pytest.raises(SourceError, match="cni2019.csv: cannot be read"):
        run(*made, [(BESIDE[0], fail), *MADE_STEPS])
    assert {path: path.read_bytes() for path in made[1].rglob("*")} == before
    assert list(made[2].iterdir()) == []


# Its parts


def test_one_step_can_be_run_on_the_tables_of_an_earlier_build(made):
    assert main(command(made)) == 0
    written = (made[1] / "wards.parquet").read_bytes()
    (made[1] / "wards.parquet").unlink()
    assert main([*command(made)[:7], "Wards"]) == 0
    assert (made[1] / "wards.parquet").read_bytes() == written


def test_register_is_written_back_without_touching_another_byte():
    text = '# Note\n[source.a]\ntitle = "A"\nsha256 = ""\nrows = 0 \n\n[source.b]\nsha256 = "x"\n'
    assert record_readings(text, {"a": ("f" * 64, 12)}) == text.replace(
        'sha256 = ""\nrows = 0 \n', f'sha256 = "{"f" * 64}"\nrows = 12\n'
    )


def test_register_refuses_an_entry_that_lacks_a_field(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text('[source.a]\ntitle = "A"\n')
    with pytest.raises(ValueError, match="attribution"):
        load_register(path)


def test_every_source_of_the_register_is_whole():
    root = Path(__file__).resolve().parent.parent
    for source in load_register(root / "data" / "sources.toml").values():
        assert source.page.startswith("https://"), source.key
        assert source.title, source.key
        assert source.attribution, source.key
        assert source.licence, source.key
        assert source.licence_url or source.licence.startswith("Not stated"), source.key


def test_files_alike_are_read_as_one_with_their_names(made):
    sources, data, _ = made
    for name in ("barnet", "york"):
        (sources / f"stops_{name}.csv").write_text(f"stop\n{name} 1\n{name} 2\n")
    register = data / "sources.toml"
    register.write_text(reregister(register.read_text(), "mobile_libraries", "stops_*.csv", 4))
    frame = Sources(sources, made_register(data)).csv("mobile_libraries", ["stop"])
    assert frame["source_file"].tolist() == ["stops_barnet"] * 2 + ["stops_york"] * 2


def test_output_keeps_what_it_does_not_make_and_whole_numbers_wide_enough(tmp_path):
    kept = tmp_path / "data" / "case_studies" / "a.toml"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    frame = pd.DataFrame({"code": ["a"], "small": [3], "big": [2**40]})
    with Output(tmp_path / "data", tmp_path / "static") as output:
        output.table("assets/made", frame, metadata={"areas": "1"})
        output.file("points/made.json").write_text("[]")
        assert not (tmp_path / "data" / "assets").exists()
        output.commit()
    written = pd.read_parquet(tmp_path / "data" / "assets" / "made.parquet")
    assert written.dtypes.astype(str).to_dict() == {"code": "str", "small": "int32", "big": "int64"}
    assert (tmp_path / "static" / "points" / "made.json").read_text() == "[]"
    assert kept.read_text() == "kept"


def test_every_made_file_is_of_a_known_source_and_used():
    register = tomllib.loads(
        (Path(__file__).resolve().parent.parent / "data" / "sources.toml").read_text()
    )["source"]
    made = {path.stem for path in (Path(__file__).parent / "build_sources").glob("*.*[vn]")}
    assert made <= set(register)
    assert len(MADE_STEPS) == len(NAMES)
