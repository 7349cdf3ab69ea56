"""The data dictionary: what each table and column means, from `data/columns.toml`.

A section is a table, `["assets/libraries"]`, or a pattern for tables that are alike,
`["access/*"]`. A column is its name, or a pattern with `{}` where one of the `[names]` stands:
`"{}_rank" = "Rank by {}"` with `imd = "the Index of Multiple Deprivation"` explains imd_rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

NAMES = "names"


def table_description(dictionary: dict[str, Any], table: str) -> str:
    """What a table is, in a sentence. Raises `KeyError` if no section is about it."""
    return _section(dictionary, table)["description"]


def column_descriptions(
    dictionary: dict[str, Any], table: str, columns: Iterable[str]
) -> dict[str, str]:
    """What each column of a table is: meaning, unit, vintage; in the order given.

    Raises `KeyError`, naming table and column, where one is not explained.
    """
    explained = _section(dictionary, table)["columns"]
    return {column: _explanation(explained, dictionary[NAMES], table, column) for column in columns}


def _section(dictionary: dict[str, Any], table: str) -> dict[str, Any]:
    fitting = [key for key in dictionary if key != NAMES and fnmatchcase(table, key)]
    if not fitting:
        raise KeyError(f"columns.toml has no section for {table}")
    # A table's own section comes before a pattern, and the narrowest pattern before others.
    return dictionary[max(fitting, key=lambda key: (key == table, len(key)))]


def _explanation(explained: dict[str, str], names: dict[str, str], table: str, column: str) -> str:
    if column in explained:
        return explained[column]
    for pattern, words in explained.items():
        before, placeholder, after = pattern.partition("{}")
        if placeholder and column.startswith(before) and column.endswith(after):
            name = column[len(before) : len(column) - len(after)]
            if name in names:
                return words.format(names[name])
    raise KeyError(f"columns.toml does not explain {column} of {table}")
