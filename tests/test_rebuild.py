"""Everything built anew from the publishers' files is what is committed."""

import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from publishers import ROOT, publishers_folder

from geo.build.__main__ import run
from geo.build.steps import STEPS

BUILT = [
    path.relative_to(ROOT)
    for folder in ("data", "static/tiles", "static/points")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file()
]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("*.parquet"))
    run(publishers_folder(), folder / "data", folder / "static", STEPS)
    return folder


@pytest.mark.sources
@pytest.mark.slow
@pytest.mark.parametrize("path", BUILT, ids=str)
def test_build_makes_what_is_committed(rebuilt, path):
    made, kept = rebuilt / path, ROOT / path
    if path.suffix == ".parquet":
        assert pq.read_schema(made).equals(pq.read_schema(kept))
        pd.testing.assert_frame_equal(pd.read_parquet(made), pd.read_parquet(kept))
    else:
        assert made.read_bytes() == kept.read_bytes()
