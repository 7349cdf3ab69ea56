"""Parquet files for people to take away: the same rows, and in the schema where they are from."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from geo import exports
from geo.build.register import Source

# What a reader of Parquet shows of a schema; `sources` has them one by one, as JSON.
_REGISTER = (
    "title", "publisher", "vintage", "licence", "licence_url", "page", "attribution", "caveat",
)  # fmt: skip
_LEVEL = 9


def described(path: Path, title: str, description: str, sources: Sequence[Source]) -> bytes:
    """A table's file with title, description, source and licence in its schema's metadata.

    The rows, their order, types and groups stay, and so do other words of the metadata, such as
    those that make a file GeoParquet. Raises OSError where the file can't be read.
    """
    file = pq.ParquetFile(path)
    table = file.read()
    register = {source.key: source for source in sources}
    credit = exports.credit(register, list(register))
    about = {
        "title": title,
        "description": description,
        "source": credit.source,
        "licence": credit.licence,
        "sources": json.dumps(
            [{field: getattr(source, field) for field in _REGISTER} for source in sources],
            ensure_ascii=False,
        ),
    }
    buffer = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata({**(table.schema.metadata or {}), **about}),
        buffer,
        compression="zstd",
        compression_level=_LEVEL,
        **_layout(file.metadata),
    )
    return buffer.getvalue()


def _layout(metadata: pq.FileMetaData) -> dict:
    """How the columns of a file are written, for another that is to be as small."""
    if not metadata.num_row_groups:
        return {}
    group = metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    listed = [column.path_in_schema for column in columns if column.has_dictionary_page]
    plain = {
        column.path_in_schema: encoding
        for column in columns
        if not column.has_dictionary_page
        for encoding in column.encodings
        if encoding.startswith(("DELTA", "BYTE_STREAM"))
    }
    return {
        "row_group_size": max(group.num_rows, 1),
        "use_dictionary": listed,
        "column_encoding": plain or None,
    }
