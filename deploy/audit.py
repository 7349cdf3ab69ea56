"""Known weaknesses of the packages installed here, from the advisory service: `make audit`.

Fails where one is found. Where the service cannot be asked nothing is known; that is said loudly
and does not fail, so that a machine without internet can still run the checks.
"""

from __future__ import annotations

import json
import subprocess
import sys

_PATIENCE_S = 300


def verdict(told: str, wrong: str = "") -> tuple[list[str], int]:
    """Lines to print and the exit status, from pip-audit's JSON and its last words on errors.

    A package that the service does not know was not audited: where it knows none, nothing was.
    """
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    asked = [row for row in packages if "skip_reason" not in row]
    if not asked:
        reason = (wrong.strip().splitlines() or ["no answer"])[-1]
        if packages:
            reason = packages[0]["skip_reason"]
        return ["NOT AUDITED: the advisory service could not be asked; nothing is known about "
                f"weaknesses of the installed packages ({reason})."], 0  # fmt: skip
    found = [
        f"{row['name']} {row['version']}: {weakness['id']}, mended in "
        f"{', '.join(weakness['fix_versions']) or 'no version yet'}"
        for row in asked
        for weakness in row["vulns"]
    ]
    lines = [f"{len(asked)} packages audited, {len(found)} known weaknesses."]
    if len(asked) < len(packages):
        names = ", ".join(row["name"] for row in packages if "skip_reason" in row)
        lines.append(f"NOT AUDITED, unknown to the service: {names}.")
    return lines + found, 1 if found else 0


def main() -> int:
    """Ask about every package beside this Python, print what is known, return the status."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json",
               "--timeout", "15", "--progress-spinner", "off"]  # fmt: skip
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S)
        lines, status = verdict(run.stdout, run.stderr)
    except subprocess.TimeoutExpired:
        lines, status = verdict("", f"no answer within {_PATIENCE_S} seconds")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


if __name__ == "__main__":
    sys.exit(main())
