"""One cell of a publisher's file that cannot be: the build stops and names file, row and column."""

import csv
import io
from collections.abc import Sequence

import pandas as pd
import pytest
from made_sources import NAMES, copy_made, made_register
from test_build import command

from geo.build import checks
from geo.build.__main__ import main
from geo.build.register import SourceError, Sources

BLANK, WORD, MANY, BELOW = "", "about ten", "1000000000", "-5000"
FIGURE = (BLANK, WORD, "NaN", "inf", MANY, BELOW)
CODE = (BLANK, "E99999999")
# File, row as a spreadsheet counts, column, and what cannot stand there.
CELLS = [
    ("iod2015.csv", 4, "IMD_rank", FIGURE),
    ("iod2015.csv", 4, "lsoa11_code", CODE),
    ("iod2010.csv", 5, "Housing_and_Access_rank", FIGURE),
    ("iod2004.csv", 11, "lsoa01_code", CODE),
    ("iod2019_population.csv", 3, "Total population: mid 2015 (excluding prisoners)", FIGURE),
    ("iod2019_population.csv", 3, "LSOA code (2011)", CODE),
    ("iod2025.csv", 6, "Crime Score", FIGURE),
    ("iod2025.csv", 6, "Local Authority District code (2024)", CODE),
    ("iod2025_indicators.csv", 2, "connectivity_score", FIGURE),
    ("cni2019.csv", 3, "ward17_code", (*CODE, "E05999999", "E05900002")),
    ("cni2019.csv", 2, "lad19_code", CODE),
    ("cni2019.csv", 2, "Connectedness score", FIGURE),
    ("cni2019.csv", 3, "Left Behind Area?", (BLANK, "perhaps")),
    ("cni2023.csv", 9, "Civic Assets Domain Rank", (*FIGURE, "0", "11", "2.5")),
    ("hyper_local_need.csv", 2, "Crime", (*FIGURE, "1.5")),
    ("hyper_local_need.csv", 3, "Area Code", (*CODE, "E02000002")),
    ("population2022.csv", 12, "population", (*FIGURE, "3.5")),
    ("population2022.csv", 2, "lsoacd", CODE),
    ("ruc21_lsoa.csv", 3, "lsoa21_code", CODE),
    ("iod2025.csv", 2, "LSOA code (2021)", CODE),
    ("census21_age.csv", 61, "usual_residents", FIGURE),
    ("census21_age.csv", 2, "age_group", (BLANK, "Aged 7")),
    ("census21_age.csv", 2, "lsoa21_code", CODE),
    ("lookup_msoa21.csv", 4, "MSOA21CD", CODE),
    ("lookup_lsoa01.csv", 3, "lsoa11_code", CODE),
    ("lookup_lsoa11.csv", 10, "LSOA21CD", CODE),
    ("lookup_region24.csv", 3, "region24_code", (BLANK,)),
    ("lookup_region24.csv", 3, "ltla24_code", CODE),
    ("lookup_ward24.csv", 3, "ltla24_code", CODE),
    ("ruc21_lsoa.csv", 11, "ruc21_code", CODE),
    ("ruc21_msoa.csv", 2, "ruc", CODE),
    ("la_codes.csv", 5, "LADCD_ACTIVE", CODE),
    ("pride_in_place.csv", 2, "MSOA code", CODE),
    ("young_futures_hubs.csv", 2, "LADCD", (*CODE, "W06000015")),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return copy_made(tmp_path_factory.mktemp("made"))


def refused(
    made, capsys, file: str, row: int, column: str, text: str, steps: Sequence[str] = NAMES
) -> None:
    """Put a text into a cell and see the build refuse it by name."""
    path = made[0] / file
    whole = path.read_text(encoding="utf-8")
    rows = [line for line in csv.reader(io.StringIO(whole)) if line]
    at = [name.startswith(column) for name in rows[0]].index(True)
    rows[row - 1][at] = text
    changed = io.StringIO()
    csv.writer(changed).writerows(rows)
    path.write_text(changed.getvalue(), encoding="utf-8")
    capsys.readouterr()
    try:
        assert main(command(made, steps)) == 1, text
    finally:
        path.write_text(whole, encoding="utf-8")
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(f"{file}: row {row}, column “{rows[0][at]}”: expected "), line
    assert ", found " in line
    assert "; get it from https://" in line


IDS = [f"{cell[0]}-{cell[2]}" for cell in CELLS]


@pytest.mark.parametrize(("file", "row", "column", "damage"), CELLS[::9], ids=IDS[::9])
def test_a_cell_that_cannot_be_is_named(made, capsys, file, row, column, damage):
    refused(made, capsys, file, row, column, damage[0])


@pytest.mark.slow
@pytest.mark.parametrize(("file", "row", "column", "damage"), CELLS, ids=IDS)
def test_every_cell_that_cannot_be_is_named(made, capsys, file, row, column, damage):
    for text in damage:
        refused(made, capsys, file, row, column, text)


@pytest.mark.parametrize("text", [*FIGURE, "1_0", "1,000", "0x10", "٣", "9" * 5_000, "1e999"])
@pytest.mark.parametrize("dtype", ["float", "int32", "int64"])
def test_what_is_no_figure_is_refused_as_text_and_as_read(made, tmp_path, text, dtype):
    (tmp_path / "population2022.csv").write_text(f'lsoacd,population\nE1,7\nE2,"{text}"\n')
    sources = Sources(tmp_path, made_register(made[1]))
    figures = {"population": checks.Figure(0, 100, dtype)}
    for read_as in (figures, None):
        with pytest.raises(SourceError, match="row 3, column “population”: expected a "):
            sources.figures(
                "population2022",
                sources.csv("population2022", rows=2, figures=read_as),
                figures,
            )


def test_a_cell_is_told_short_and_cannot_steer_a_terminal():
    frame = pd.DataFrame({"code": ["E1", "\x1b[31m" + "x" * 5_000]})
    fault = checks.unknown_code(frame, "code", {"E1"}, "a code")
    assert fault.row == 1
    assert fault.found.isprintable()
    assert len(fault.found) < 70
