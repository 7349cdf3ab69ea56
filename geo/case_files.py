"""Files of case studies as text and as values, and on which line of one something stands.

Whoever wrote a file, reading it ends soon: with its values, or with a line that says what is wrong.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Twenty times the longest that we have.
MAX_BYTES = 50_000
MAX_SHOWN = 80
# The name is the case's address in links.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.toml")
# Keys of keys of keys; the time to read them grows with the square of how many there are.
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}""")

# Where something stands in a file: ("place", 0, "precision") is `precision` in the first [[place]].
At = tuple[str | int, ...]


class _Unfit(ValueError):
    """What is wrong with a file that nobody could read as a case."""


@dataclass(frozen=True)
class CaseFile:
    """A TOML file as text and as values; `name` is how messages call it."""

    path: Path
    name: str
    text: str
    values: dict[str, Any]

    def problem(self, at: At, message: str) -> str:
        """One line for a broken rule: file, line, message."""
        return f"{self.name}, line {_line_of(self.text, at)}: {message}"


def read_files(paths: list[Path], problems: list[str]) -> list[CaseFile]:
    """Read TOML files; one that cannot be read adds a line to `problems` instead."""
    files = []
    for path in paths:
        name = "/".join(path.parts[-2 if path.parent.name == "programmes" else -1 :])
        name = quoted(name)[1:-1]
        try:
            text = _text(path)
            files.append(CaseFile(path, name, text, tomllib.loads(text)))
        except _Unfit as unfit:
            problems.append(f"{name}, line 1: {unfit}")
        except RecursionError:
            problems.append(f"{name}, line 1: brackets within brackets, too deep to read")
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = found[1] if found else max(len(text.splitlines()), 1)
            what = quoted(re.sub(r" \(at .*\)", "", str(error)))[1:-1]
            problems.append(
                f"{name}, line {line}: not written as TOML ({what}); expected key = value, "
                "with text in quotation marks"
            )
        except ValueError:
            # Python reads no number of more than 4,300 digits.
            problems.append(f"{name}, line {_line_of_digits(text)}: a number too large to read")
    return files


def _text(path: Path) -> str:
    """What a file says, without the mark that some editors put before it. Raises `_Unfit`."""
    if not _NAME.fullmatch(path.name):
        raise _Unfit("expected a file name of small letters, digits and hyphens, such as hall.toml")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _Unfit(f"cannot be opened ({error.strerror}); expected a text file") from error
    if len(content) > MAX_BYTES:
        raise _Unfit(f"larger than {MAX_BYTES // 1000} kB; expected the story of one case")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unfit("expected a text file saved as UTF-8") from error
    if _DEEP_KEY.search(text):
        raise _Unfit("keys within keys, too deep to read")
    return text


def quoted(text: str) -> str:
    """`text` in quotation marks for one line of a terminal: short, and nothing in it steers."""
    cut = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
    drawn = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in cut
    )
    return f'"{drawn}"'


def _line_of_digits(text: str) -> int:
    lines = text.split("\n")
    long = (i for i, line in enumerate(lines, 1) if re.search(r"(?:\d_?){4000}", line))
    return next(long, 1)


def _line_of(text: str, at: At) -> int:
    """Line where a key stands; that of its table's heading, or 1, where the key is absent."""
    names = [part for part in at if isinstance(part, str)]
    number = next((part for part in at if isinstance(part, int)), 0)
    heading, seen, best, quoted = "", -1, 1, False
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not quoted and (found := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]", line)):
            heading = found[1]
            seen += heading == names[0] if names else 0
            if names and heading == names[0] and seen == number:
                best = line_number
        elif not quoted and (found := re.match(r"\s*([\w-]++)(?:\.[\w.-]*+)?\s*=", line)):
            inside = heading == names[0] and seen == number if names else False
            if len(names) > 1 and inside and found[1] == names[1]:
                return line_number
            if names and not heading and found[1] == names[0]:
                return line_number
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return best
