"""
Facts of more subjects than there is memory for, some subjects at a time.

The tables of a folder are read once, some rows at a time, checked as ``load`` checks them, and put
into a temporary folder in another order: all records of the first so many subjects (by id), those
of the next so many, and so on. What is held of everybody at once is ids of subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from tiaoli.facts.problems import Problem
from tiaoli.facts.vocabulary import KINDS
from tiaoli.population.tables.batches import Batches
from tiaoli.population.tables.facts import Facts
from tiaoli.population.tables.files import UNREADABLE, load, tables_in, unreadable
from tiaoli.population.tables.layout import ID, SUBJECT
from tiaoli.population.tables.order import sorted_texts
from tiaoli.population.tables.problems import FactsError, moved, together
from tiaoli.population.tables.spread import ROW, Known, Spread
from tiaoli.population.tables.whole import (
    check_whole,
    dangling,
    is_subject,
    parted,
    subject_kind_of,
)

__all__ = ["Parts", "Tell", "opened"]

Tell = Callable[[int, int], None]
"""Told how many tables are read, and of how many."""


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Parts:
    """
    Checked facts; each time they are gone through, ``Facts`` of some of the subjects, in order of
    id. ``size`` is how many there are in all; ``warnings`` as ``Facts`` has them. ``folder`` holds
    the same as Parquet, where it does.
    """

    subject_kind: str
    size: int
    warnings: tuple[Problem, ...]
    _tables: Mapping[str, Spread]
    _count: int
    _known: Known
    folder: Path | None = None

    def __iter__(self) -> Iterator[Facts]:
        for number in range(self._count):
            own, further = parted(self._tables[self.subject_kind].part(number))
            records = _Records(self._tables, number, self.subject_kind, further)
            yield Facts(self.subject_kind, own, records)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of which there are tables, with that of the subjects first."""
        return tuple(dict.fromkeys([self.subject_kind, *self._tables]))

    def tables(self, kind: str) -> Iterator[Any]:
        """All records of ``kind``, part by part, a subject being a record of its own kind."""
        return (self._tables[kind].part(number) for number in range(self._count))

    def certain(self, kind: str, name: str, part: str) -> bool:
        """As ``Columns.certain``, of everybody."""
        return self._known.certain(kind, name, part)


class _Records(Mapping[str, Any]):
    """The records of one part by kind, read when they are asked for."""

    def __init__(
        self, tables: Mapping[str, Spread], number: int, subjects: str, further: Any | None
    ) -> None:
        self._tables, self._number = tables, number
        self._read = {} if further is None else {subjects: further}
        self._kinds = [kind for kind in tables if kind != subjects or further is not None]

    def __getitem__(self, kind: str) -> Any:
        if kind not in self._read:
            if kind not in self._kinds:
                raise KeyError(kind)
            self._read[kind] = self._tables[kind].part(self._number)
        return self._read[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


@contextmanager
def opened(
    folder: Path | str, *, most: int | None, subjects: str | None = None, tell: Tell | None = None
) -> Iterator[Facts | Parts]:
    """
    The facts in the tables of ``folder``: all of them as ``load`` gives them where there are no
    more than ``most`` subjects (None: however many), else in parts of so many, which are there
    until this is left.

    Raises FactsError with everything that is wrong with the tables; where files or their columns
    of ids do not show whose the records are, with that alone.
    """
    if most is None:
        yield load(folder, subjects=subjects, tell=tell)
        return
    tables = _opened(Path(folder))
    kind, ids = _subjects(tables, subjects)
    if len(ids) <= most:
        yield load(folder, subjects=kind, tell=tell)
        return
    with TemporaryDirectory(prefix="tiaoli-") as into:
        spread = _spread(tables, kind, ids, most=most, into=Path(into), tell=tell)
        yield replace(spread, folder=Path(folder) if _parquet(tables) else None)


def _parquet(tables: list[Batches]) -> bool:
    return all(table.path.suffix == ".parquet" for table in tables)


def _opened(folder: Path) -> list[Batches]:
    problems: list[Problem] = []
    found = []
    for path in tables_in(folder, problems):
        try:
            table = Batches(path)
        except UNREADABLE as error:
            problems.append(Problem(path.name, unreadable(error)))
            continue
        wrong: list[Problem] = []
        with _readable(path.name, problems):
            if next(table.typed(wrong, (SUBJECT, ID))) is None:
                problems += wrong
        found.append(table)
    if problems:
        raise FactsError(problems)
    return found


@contextmanager
def _readable(source: str, problems: list[Problem]) -> Iterator[None]:
    """What cannot be read is told beside everything else."""
    try:
        yield
    except UNREADABLE as error:
        problems.append(Problem(source, unreadable(error)))


def _subjects(tables: list[Batches], named: str | None) -> tuple[str, Any]:
    """The kind of the subjects, and their ids in order, each once."""
    problems: list[Problem] = []
    own: dict[str, Any] = {}
    for table in tables:
        if KINDS[table.kind.name].subject:
            with _readable(table.source, problems):
                read = table.typed([], (SUBJECT, ID))
                own[table.kind.name] = pa.concat_tables(
                    one.filter(is_subject(one).fill_null(False)) for one in read
                )
    if problems:
        raise FactsError(problems)
    sources = {table.kind.name: table.source for table in tables}
    kind, why_not = subject_kind_of(own, sources, named)
    if kind is None:
        raise FactsError([Problem("subject", why_not)])
    return kind, sorted_texts(own[kind][SUBJECT].unique())


def _spread(
    tables: list[Batches], kind: str, ids: Any, *, most: int, into: Path, tell: Tell | None
) -> Parts:
    problems: list[Problem] = []
    known = Known()
    edges = ids[most::most].to_pylist()
    spread: dict[str, Spread] = {}
    for number, table in enumerate(tables, 1):
        with _readable(table.source, problems):
            name = table.kind.name
            spread[name] = Spread(table, edges, into / f"{name}.arrow", known, problems)
        if tell is not None:
            tell(number, len(tables))
    if len(spread) < len(tables):
        raise FactsError(together(problems))
    warnings: list[Problem] = []
    for number in range(len(edges) + 1):
        _check_part(kind, spread, number, ids, problems=problems, warnings=warnings)
    if problems:
        raise FactsError(together(problems))
    return Parts(kind, len(ids), together(warnings), spread, len(edges) + 1, known)


def _check_part(
    kind: str,
    spread: Mapping[str, Spread],
    number: int,
    everybody: Any,
    *,
    problems: list[Problem],
    warnings: list[Problem],
) -> None:
    """What is looked at across tables. No record is of a subject of another part."""
    tables = {name: table.names(number) for name, table in spread.items()}
    sources = {name: table.source for name, table in spread.items()}
    rows = {sources[name]: table[ROW].to_numpy() for name, table in tables.items()}
    tables = {name: table.drop_columns([ROW]) for name, table in tables.items()}
    of_part = sorted_texts(tables[kind].filter(is_subject(tables[kind]))[SUBJECT].unique())
    whole = check_whole(kind, tables, sources, everybody=everybody)
    problems += (moved(one, rows) for one in whole)
    warnings += (moved(one, rows) for one in dangling(tables, sources, of_part))
