"""Unpacks one Parquet file in a process of its own, for `geo.build.packed` (see `geo.bounded`).

What a file says of itself is no measure: a text of megabytes that is told once may stand in every
row, or each text may be all of the one before and a letter more. Takes a request with the `path`
of the file and `most`, the bytes after which it stops. Writes how many bytes its columns come to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo import bounded

FAULTS = (OSError, ValueError, RuntimeError, LookupError, pa.ArrowException)


def lines(request: dict[str, Any]) -> Iterator[str]:
    """One line: the bytes of every column, or of as many as come to more than `most`."""
    total = 0
    with pq.ParquetFile(request["path"]) as file:
        for group in range(file.num_row_groups):
            for column in dict.fromkeys(file.schema_arrow.names):
                part = file.read_row_group(group, columns=[column], use_threads=False)
                total += sum(_bytes(chunk) for chunk in part.column(0).chunks)
                if total > request["most"]:
                    yield str(total)
                    return
    yield str(total)


def _bytes(chunk: pa.Array) -> int:
    """What an array takes with each of its texts written out, as whoever reads it may do."""
    is_dictionary = isinstance(chunk, pa.DictionaryArray)
    return int((chunk.dictionary_decode() if is_dictionary else chunk).nbytes)


if __name__ == "__main__":
    bounded.serve(lines, FAULTS)
