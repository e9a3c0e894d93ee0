"""One table put into another order on disk: by ranges of subjects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Absent, Type
from tiaoli.facts.problems import Problem
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables.batches import Batches
from tiaoli.population.tables.checks import check_table
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT, mark_of, schema
from tiaoli.population.tables.order import combined
from tiaoli.population.tables.problems import moved

__all__ = ["ROW", "Known", "Spread"]

ROW: Final = "row__"
"""Where a row stood in the table as it was read, counted from 0; no attribute ends so."""

_WRITING: Final = pa.ipc.IpcWriteOptions(compression="lz4")


class Known:
    """How often something is not known, counted while tables are read."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self._null: Counter[tuple[str, str]] = Counter()
        self._marked: Counter[tuple[str, str]] = Counter()
        self._columns: set[tuple[str, str]] = set()
        self._incomplete: set[str] = set()

    def count(self, kind: str, table: Any) -> None:
        self.rows[kind] += table.num_rows
        for name in table.column_names:
            column = table[name]
            self._columns.add((kind, name))
            self._null[kind, name] += column.null_count
            if pa.types.is_boolean(column.type):
                self._marked[kind, name] += pc.sum(column).as_py() or 0
        if INCOMPLETE in table.column_names:
            named = pc.list_flatten(combined(table[INCOMPLETE])).unique().drop_null()
            self._incomplete.update(named.to_pylist())

    def certain(self, kind: str, name: str, part: str) -> bool:
        """As ``Columns.certain``. No value stands beside its mark: that is an error."""
        if part == "complete":
            return kind not in self._incomplete
        if part == "value":
            return False
        attribute, rows = find(kind).attributes[name], self.rows[kind]
        null = self._null[kind, name] if (kind, name) in self._columns else rows
        marked = self._marked[kind, mark_of(attribute)]
        unknown = marked if attribute.absent is Absent.NONE else null - marked
        return (null if part == "given" else unknown) == 0


class Spread:
    """The records of one kind: those of the first subjects, of the next ones, and so on."""

    def __init__(
        self,
        table: Batches,
        edges: Sequence[str],
        path: Path,
        known: Known,
        problems: list[Problem],
    ) -> None:
        """``edges``: the first subject of each part but the first, in order."""
        self.source, self._path = table.source, path
        self._edges = np.array(edges, dtype=object)
        self._batches: defaultdict[int, list[int]] = defaultdict(list)
        wanted = schema(table.kind)
        fields = [pa.field(name, wanted.field(name).type) for name in table.columns]
        self._schema = pa.schema([*fields, pa.field(ROW, pa.int64())])
        references = [one.name for one in table.kind.attributes.values() if _refers(one.type)]
        self._named = [SUBJECT, ID, INCOMPLETE, *references, ROW]
        self._write(table, known, problems)

    def _write(self, table: Batches, known: Known, problems: list[Problem]) -> None:
        first = written = 0
        with pa.OSFile(str(self._path), "wb") as file, pa.ipc.new_file(
            file, self._schema, options=_WRITING
        ) as into:  # fmt: skip
            wrong: list[Problem] = []
            for rows in table.typed(wrong):
                wrong += check_table(self.source, table.kind, rows)
                known.count(table.kind.name, rows)
                place = np.arange(first, first + rows.num_rows)
                problems += (moved(problem, {self.source: place}) for problem in wrong)
                wrong.clear()
                for part, batch in self._parted(rows, place):
                    into.write_batch(batch)
                    self._batches[part].append(written)
                    written += 1
                first += rows.num_rows

    def _parted(self, table: Any, place: Any) -> Iterator[tuple[int, Any]]:
        """The rows of each part, in the order in which they stand."""
        columns = {
            field.name: table[field.name]
            if field.name in table.column_names
            else pa.nulls(table.num_rows, field.type)
            for field in self._schema
            if field.name != ROW
        }
        whole = pa.table({**columns, ROW: place}, schema=self._schema)
        parts = self._part_of(combined(table[SUBJECT]))
        if np.any(parts[1:] < parts[:-1]):
            order = np.argsort(parts, kind="stable")
            whole, parts = whole.take(pa.array(order)), parts[order]
        starts = np.flatnonzero(np.diff(parts, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
            one = whole.slice(start, end - start).combine_chunks()
            yield from ((int(parts[start]), batch) for batch in one.to_batches())

    def _part_of(self, subjects: Any) -> Any:
        """By row the number of the part; one without a subject is told with the first."""
        told = subjects.dictionary_encode()
        different = told.dictionary.to_numpy(zero_copy_only=False)
        parts = np.append(np.searchsorted(self._edges, different, side="right"), 0)
        return parts[told.indices.fill_null(len(different)).to_numpy(zero_copy_only=False)]

    def part(self, number: int) -> Any:
        """The records of one part."""
        return self._read(number, self._schema.names).drop_columns([ROW])

    def names(self, number: int) -> Any:
        """Whose the records of one part are, which, and which others they name; with ``ROW``."""
        return self._read(number, self._named)

    def _read(self, number: int, names: Sequence[str]) -> Any:
        wanted = [at for at, name in enumerate(self._schema.names) if name in names]
        options = pa.ipc.IpcReadOptions(included_fields=wanted)
        with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file, options=options) as opened:
            batches = [opened.get_batch(at) for at in self._batches[number]]
        layout = pa.schema([self._schema.field(at) for at in wanted])
        return pa.Table.from_batches(batches, layout)


def _refers(of: Type) -> bool:
    return of is Type.REFERENCE
