"""Case studies whose site or town is known, as points for the map."""

from __future__ import annotations

import json
from pathlib import Path

from geo.build.output import Output
from geo.build.register import Sources
from geo.case_records import load_cases
from geo.case_studies import map_rows

# Written by hand, so a build into another folder reads them where they are kept.
CASES_DIR = Path(__file__).resolve().parents[2] / "data" / "case_studies"
FILES = {"site": "points/case_studies.json", "town": "points/case_towns.json"}


def build(_: Sources, output: Output) -> None:
    """Make one file of points a precision. Raises `CaseError` where a record breaks a rule."""
    councils = set(output.frames["councils"]["ltla24_code"])
    cases = load_cases(CASES_DIR, councils)
    for precision, name in FILES.items():
        rows = {"rows": map_rows(cases, precision)}
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        output.file(name).write_text(text + "\n", encoding="utf-8")
