"""`python -m geo.build --sources <folder>`: make `data/` and `static/` from publishers' files.

`python -m geo.build osm <file>` adds an OpenStreetMap extract to what has been made.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

from geo.asset_kinds import KINDS
from geo.build import osm
from geo.build.output import Output
from geo.build.register import SourceError, Sources, load_register, record_readings
from geo.build.steps import BESIDE, STEPS, Step
from geo.case_records import CaseError
from geo.osm import OsmError

ROOT = Path(__file__).resolve().parents[2]
REGISTER = "sources.toml"


def run(sources_dir: Path, data_dir: Path, static_dir: Path, steps: list[tuple[str, Step]]) -> None:
    """Run the steps in order, then put what they made into place.

    `data_dir` holds the register. Raises `SourceError` and changes nothing when a publisher's
    file is missing or is not the one expected.
    """
    register_path = data_dir / REGISTER
    sources = Sources(sources_dir, load_register(register_path))
    with Output(data_dir, static_dir) as output, ThreadPoolExecutor(max_workers=1) as beside:
        started = {}
        with tqdm(total=len(steps), file=sys.stderr, unit="step") as progress:
            for name, build in steps:
                progress.set_description(name)
                if name in BESIDE:
                    started[name] = beside.submit(_make, name, build, sources, output)
                else:
                    _make(name, build, sources, output)
                    progress.update()
            for name, step in started.items():
                progress.set_description(name)
                step.result()
                progress.update()
        text = record_readings(register_path.read_text(encoding="utf-8"), sources.readings)
        output.data_file(REGISTER).write_text(text, encoding="utf-8")
        output.commit()


def _make(name: str, build: Step, sources: Sources, output: Output) -> None:
    with sources.feeding(name):
        build(sources, output)


def require_files(sources_dir: Path, data_dir: Path) -> None:
    """Raise `SourceError` at once if a file that feeds a table is missing, not minutes later."""
    register = load_register(data_dir / REGISTER)
    sources = Sources(sources_dir, register)
    for key, source in register.items():
        if source.tables:
            sources.paths(key)


def add_osm(arguments: list[str]) -> int:
    """Read the command line of `osm`, add the extract, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m geo.build osm", description=osm.__doc__)
    parser.add_argument("file", type=Path, help=".osm.pbf, .osm, Overpass JSON or GeoJSON")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="default: %(default)s")
    parser.add_argument("--static", type=Path, default=ROOT / "static", help="default: %(default)s")
    options = parser.parse_args(arguments)
    try:
        counts = osm.add_extract(options.file, options.data, options.static)
    except (OsmError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for kind, count in counts.items():
        print(f"{count:>6,} {KINDS[kind].singular if count == 1 else KINDS[kind].plural}")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, build, and return the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["osm"]:
        return add_osm(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="folder of publishers' files")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="default: %(default)s")
    parser.add_argument("--static", type=Path, default=ROOT / "static", help="default: %(default)s")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="STEP",
        choices=[name for name, _ in STEPS],
        help="only these steps, with the tables already in --data: "
        + ", ".join(f'"{name}"' for name, _ in STEPS),
    )
    options = parser.parse_args(arguments)
    steps = [(name, step) for name, step in STEPS if not options.only or name in options.only]
    try:
        if not options.only:
            require_files(options.sources, options.data)
        run(options.sources, options.data, options.static, steps)
    except (SourceError, CaseError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_cannot_write(error), file=sys.stderr)
        return 1
    return 0


def _cannot_write(error: OSError) -> str:
    """One line for a full disk, a read-only folder and the like."""
    where = f": {error.filename}" if error.filename else ""
    return (
        f"The build stopped, and the last one is as it was ({error.strerror or error}{where}). It "
        "needs some 500 MB of room and folders that it may write to. Put that right and run it "
        "again."
    )


if __name__ == "__main__":
    sys.exit(main())
