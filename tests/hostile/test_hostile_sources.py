"""Publishers' files that are not what they were: every one stops the build with one line.

Each damage is done to one source in the fast tests, and to every made source in the slow one.
"""

import csv
import gzip
import io
import re

import numpy as np
import pandas as pd
import pytest
from made_sources import MADE, NAMES, PLACED, copy_made
from test_build import command

from geo.build.__main__ import main


def rows_of(content: bytes) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row]


def _written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _in_place_of_figures(text: str):
    """Puts a text into every cell of the last row but its first."""

    def damage(content: bytes) -> bytes:
        *rows, last = rows_of(content)
        return _written([*rows, [last[0], *[text] * (len(last) - 1)]])

    return damage


def _code_twice(content: bytes) -> bytes:
    rows = rows_of(content)
    return _written([*rows, rows[-1]])


def _code_unknown(content: bytes) -> bytes:
    return re.sub(rb"(E0\d)\d{6}", rb"\g<1>999999", content, count=1)


# What no file survives, whoever published it.
RUINED = {
    "half": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "an error page": lambda content: b"<!doctype html>\n<html><title>503</title></html>\n",
    "zeros": lambda content: bytes(len(content)),
    "UTF-16": lambda content: content.decode("utf-8-sig").encode("utf-16"),
    "packed zeros": lambda content: gzip.compress(bytes(10_000_000)),
}
# What a table may take where the damage is to a column that the build does not read.
CHANGED = {
    "Latin-1": lambda content: content.replace(b"\n", " é\n".encode("latin-1"), 3),
    "last column gone": lambda content: _written([row[:-1] for row in rows_of(content)]),
    "first column gone": lambda content: _written([row[1:] for row in rows_of(content)]),
    "columns twice": lambda content: _written([row + row for row in rows_of(content)]),
    "words": _in_place_of_figures("about ten"),
    "no number": _in_place_of_figures("NaN"),
    "infinite": _in_place_of_figures("inf"),
    "beyond counting": _in_place_of_figures("-1e999"),
    "digits": _in_place_of_figures("9" * 5_000),
    "blank": _in_place_of_figures(""),
    "a code twice": _code_twice,
    "a code unknown": _code_unknown,
}
# Everything that the tables read stops the build, so these always do.
STOPS = [
    ("cni2023.csv", "Latin-1"),
    ("population2022.csv", "last column gone"),
    ("ruc21_lsoa.csv", "first column gone"),
    ("hyper_local_need.csv", "columns twice"),
    ("iod2015.csv", "words"),
    ("iod2025_indicators.csv", "no number"),
    ("iod2025_indicators.csv", "infinite"),
    ("hyper_local_need.csv", "beyond counting"),
    ("iod2019.csv", "digits"),
    ("hyper_local_need.csv", "blank"),
    ("la_names.csv", "a code twice"),
    ("iod2019_population.csv", "a code unknown"),
    ("lsoa21_bgc.geojson", "half"),
    ("ward25_bgc.geojson", "an error page"),
    ("msoa_names.csv", "UTF-16"),
    ("iod2025.csv", "packed zeros"),
]
ELSEWHERE = {name for names in PLACED.values() for name in names}
FILES = sorted(
    path.name
    for path in MADE.glob("*.*")
    if path.suffix in {".csv", ".geojson"} and path.stem not in ELSEWHERE
)


@pytest.fixture
def made(tmp_path):
    return copy_made(tmp_path)


def before(made) -> dict:
    """Every file below the folders that a build writes to."""
    return {
        path: path.read_bytes()
        for folder in made[1:]
        for path in folder.rglob("*")
        if path.is_file()
    }


def stopped(made, capsys, file: str, damage, steps=NAMES) -> bool:
    """Whether damage to a file stopped the build, which then said so in a line and kept all."""
    path = made[0] / file
    whole, there = path.read_bytes(), before(made)
    path.write_bytes(damage(whole))
    capsys.readouterr()
    status = main(command(made, steps))
    path.write_bytes(whole)
    if status == 0:
        return False
    line = capsys.readouterr().err.splitlines()[-1]
    # A file that contradicts another may be told by the other's name.
    assert re.match(r"\w+\.(csv|geojson|parquet): ", line), line
    assert "; get it from http" in line
    assert "Traceback" not in line
    assert before(made) == there
    return True


def is_finite(made) -> bool:
    tables = [pd.read_parquet(path) for path in made[1].rglob("*.parquet")]
    figures = [frame.select_dtypes("floating").to_numpy(float, na_value=0) for frame in tables]
    return bool(figures) and not any(np.isinf(values).any() for values in figures)


@pytest.mark.parametrize(("file", "name"), STOPS)
def test_a_file_that_is_not_what_it_was_stops_the_build(made, capsys, file, name):
    assert stopped(made, capsys, file, (RUINED | CHANGED)[name])


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_every_source_is_refused_in_one_line_or_read_as_it_is(made, capsys, file):
    assert main(command(made)) == 0
    for name, damage in RUINED.items():
        assert stopped(made, capsys, file, damage), name
    for name, damage in CHANGED.items() if file.endswith(".csv") else ():
        assert stopped(made, capsys, file, damage) or is_finite(made), name
