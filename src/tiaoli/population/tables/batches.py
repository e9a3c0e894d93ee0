"""One table of a folder, read some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from tiaoli.facts.kinds import Kind
from tiaoli.facts.problems import Problem
from tiaoli.facts.vocabulary import KINDS
from tiaoli.population.tables import delimited
from tiaoli.population.tables.files import typed_table
from tiaoli.population.tables.layout import schema

__all__ = ["Batches"]

_ROWS: Final = 65_536
_BYTES: Final = 8 * 2**20


class Batches:
    """A table that is not held in memory. Raises what ``files.UNREADABLE`` lists."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source: str = path.name
        self.kind: Kind = KINDS[path.stem]
        self._texts = delimited.as_texts(path) if path.suffix == ".csv" else None
        if self._texts is not None:
            self.names = list(self._texts.column_types)
        else:
            with pyarrow.parquet.ParquetFile(path) as opened:
                self.names = opened.schema_arrow.names

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the layout knows, each once."""
        known = schema(self.kind).names
        return tuple(name for name in dict.fromkeys(self.names) if name in known)

    def typed(self, problems: list[Problem], only: Sequence[str] | None = None) -> Iterator[Any]:
        """
        The rows in the types of the layout, at least one table of them, even if of no rows;
        ``problems`` gains what is wrong with each. None where it cannot be said whose they are.
        """
        for table in self._read(only):
            yield typed_table(self.source, self.kind, table, problems)

    def _read(self, only: Sequence[str] | None) -> Iterator[Any]:
        read = self._parquet if self._texts is None else self._delimited
        names = [name for name in self.names if only is None or name in only]
        empty = True
        for table in read(names):
            empty = False
            yield table
        if empty:
            yield pa.table([pa.nulls(0)] * len(names), names=names)

    def _parquet(self, names: list[str]) -> Iterator[Any]:
        with pyarrow.parquet.ParquetFile(self.path) as opened:
            for batch in opened.iter_batches(_ROWS, columns=names):
                yield pa.Table.from_batches([batch])

    def _delimited(self, names: list[str]) -> Iterator[Any]:
        reading = pyarrow.csv.ReadOptions(block_size=_BYTES)
        told: Any = self._texts
        told.include_columns = list(dict.fromkeys(names))
        with pyarrow.csv.open_csv(
            self.path, reading, parse_options=delimited.PARSING, convert_options=told
        ) as opened:
            for batch in opened:
                yield pa.Table.from_batches([batch])
