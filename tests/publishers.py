"""Where the publishers' files are, for the tests that need them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def publishers_folder() -> Path:
    """The folder of publishers' files; skips the test where there is none."""
    named = os.environ.get("COMMON_GROUND_SOURCES")
    folder = Path(named) if named else ROOT.parent / "shared" / "sources"
    if not folder.is_dir():
        pytest.skip("no publishers' files at hand: set COMMON_GROUND_SOURCES to their folder")
    return folder
