"""Results on disk, written part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

Keep = Callable[[Any], None]
"""Takes the next table of results."""


@contextmanager
def into(path: Path | None) -> Iterator[Keep]:
    """A file of all columns; nothing is left behind where something fails. None: no file."""
    if path is None:
        yield lambda _table: None
        return
    half = path.with_name(f".{path.name}.half")
    kept = _Kept(half, path.suffix == ".csv")
    try:
        try:
            yield kept.add
        finally:
            kept.close()
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


class _Kept:
    def __init__(self, path: Path, as_text: bool) -> None:
        self._path, self._as_text = path, as_text
        self._writer: Any = None

    def add(self, table: Any) -> None:
        table = _plain(table) if self._as_text else table
        if self._writer is None:
            opened = pyarrow.csv.CSVWriter if self._as_text else pyarrow.parquet.ParquetWriter
            self._writer = opened(self._path, table.schema)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def _plain(table: Any) -> Any:
    """Without dictionaries, which a CSV does not have."""
    for number, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(number, field.name, table[field.name].cast(pa.string()))
    return table
