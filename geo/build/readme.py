"""`data/README.md`: a line for each column of each table, and where everything comes from."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from geo.build.output import Output
from geo.build.register import Source, Sources
from geo.dictionary import column_descriptions, table_description

DICTIONARY = "columns.toml"
HEAD = """\
# Data

Made by `python -m geo.build` from publishers' files; this page too, from `columns.toml` and
`sources.toml`. Tables are Parquet, sorted by their code. A missing value is empty, never 0.

"""


def build(sources: Sources, output: Output) -> None:
    """Write the page from the tables there are, the dictionary and the register.

    Raises `KeyError` where a table or column is not in the dictionary.
    """
    dictionary = tomllib.loads((output.data_dir / DICTIONARY).read_text(encoding="utf-8"))
    rows = {key: read[1] for key, read in sources.readings.items()}
    register = [
        replace(source, rows=rows.get(key, source.rows)) for key, source in sources.register.items()
    ]
    text = page(output.tables(), dictionary, register)
    output.data_file("README.md").write_text(text, encoding="utf-8")


def page(tables: dict[str, Path], dictionary: dict, register: list[Source]) -> str:
    """The page in Markdown: each table (name → file) and its columns, then each source in use."""
    parts = [HEAD, "## Tables\n\n"]
    for name, path in tables.items():
        file = pq.ParquetFile(path)
        rows, schema = file.metadata.num_rows, file.schema_arrow
        feeds = [source.title for source in register if name in source.tables]
        parts.append(f"### {name}.parquet\n\n{table_description(dictionary, name)}\n\n")
        parts.append(f"Rows: {rows:,}.")
        parts.append(f" From: {'; '.join(feeds)}.\n\n" if feeds else "\n\n")
        parts.append("| column | type | meaning |\n| --- | --- | --- |\n")
        for column, words in column_descriptions(dictionary, name, schema.names).items():
            parts.append(f"| {column} | {_type(schema.field(column).type)} | {words} |\n")
        parts.append("\n")
    parts.append("## Sources\n\n")
    parts.extend(_source_lines(source) for source in register if source.tables)
    return "".join(parts)


def _type(kind: pa.DataType) -> str:
    names = {"string": "text", "bool": "yes or no", "binary": "shape", "double": "number"}
    if pa.types.is_integer(kind):
        return "whole number"
    return names.get(str(kind), str(kind))


def _source_lines(source: Source) -> str:
    licence = f"[{source.licence}]({source.licence_url})" if source.licence_url else source.licence
    return (
        f"### {source.title}\n\n"
        f"{source.publisher}, {source.vintage}. {source.rows:,} rows. "
        f"[Publisher's page]({source.page}). Licence: {licence}.\n\n"
        f"{source.attribution}\n\n{source.caveat}\n\n"
    )
