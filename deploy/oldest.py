"""Constraints that pin every required package to the lowest version its range allows.

python deploy/oldest.py requirements-dev.txt > constraints.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_RANGE = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<lowest>[0-9.]+),<[0-9.]+(; .+)?")


def lowest(path: Path) -> Iterator[str]:
    """`name==version` for each line of a requirements file, and of the files that it includes.

    Raises `ValueError` where a line is not a range with both ends.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("-r "):
            yield from lowest(path.parent / line.removeprefix("-r ").strip())
        elif line:
            found = _RANGE.fullmatch(line)
            if not found:
                raise ValueError(f"{path.name}: expected name>=lowest,<next, not {line}")
            yield f"{found['name']}=={found['lowest']}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for name in sys.argv[1:] for line in lowest(Path(name)))
