"""
The facts of many people as columns, for questions asked of all of them at once.

The database takes the records apart, a column for each attribute; each different cell is read
once, as a dossier is read. Nothing is made for one person after another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import pyarrow as pa
from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from tiaoli.facts.dossier import Tier as Evidence
from tiaoli.facts.kinds import Attribute
from tiaoli.facts.problems import Problem
from tiaoli.facts.values import read_value
from tiaoli.facts.vocabulary import find
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.platform.portfolio.models import IncompleteKind, Record
from tiaoli.population.tables import Facts, FactsError, arrow_type, mark_of
from tiaoli.population.tables.files import checked
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT, own_column
from tiaoli.population.tables.records import cell_of, limit_on

_AT_ONCE: Final = 20_000
_TIERS: Final = {tier.name.lower(): int(tier) for tier in Evidence}


def facts_of(persons: QuerySet[Person], kinds: Collection[str] | None = None) -> Facts:
    """
    What is on file about ``persons``: the same facts as ``from_dossiers`` makes of their dossiers,
    apart from where each was read. With ``kinds``, only records of these.

    The memory it takes grows with the records, not the time of the database: rows are streamed.
    Raises FactsError where a value is beyond what a column holds.
    """
    whose = persons.order_by().values("pk")
    records = Record.objects.filter(person__in=whose, removed=None).exclude(kind=SUBJECT_KIND)
    if kinds is not None:
        records = records.filter(kind__in=list(kinds))
    found = records.order_by().values_list("kind", flat=True).distinct()
    problems: list[Problem] = []
    tables = {SUBJECT_KIND: _subjects(persons, problems)}
    for kind in sorted(found):
        tables[kind] = _records(records.filter(kind=kind), kind, problems)
    if problems:
        raise FactsError(problems)
    return checked(tables, {name: name for name in tables}, subjects=SUBJECT_KIND)


@dataclass(slots=True)
class _Column:
    """One attribute of one kind: every different cell is read once."""

    kind: str
    attribute: Attribute
    problems: list[Problem]
    read: dict[str, tuple[Any, bool]] = field(default_factory=dict)
    cells: list[Any] = field(default_factory=list)
    marks: list[Any] = field(default_factory=list)

    def add(self, texts: Sequence[str | None]) -> None:
        """Cells as the database writes them (JSON); None: the record does not have it."""
        encoded = pa.array(texts, pa.string()).dictionary_encode()
        different = [self._read(text) for text in encoded.dictionary.to_pylist()]
        values = pa.array([cell for cell, _ in different], arrow_type(self.attribute))
        self.cells.append(values.take(encoded.indices))
        marked = pa.array([mark for _, mark in different], pa.bool_())
        self.marks.append(marked.take(encoded.indices).fill_null(False))

    def _read(self, text: str) -> tuple[Any, bool]:
        if text not in self.read:
            value = read_value(self.attribute, json.loads(text))
            if (beyond := limit_on(self.attribute, value)) is not None:
                self.problems.append(Problem(f"{self.kind} · {self.attribute.name}", beyond))
                value = None
            self.read[text] = cell_of(self.attribute, value)
        return self.read[text]

    def made(self) -> dict[str, Any]:
        """The column, and its mark; what nobody tells has none."""
        cells, marks = pa.chunked_array(self.cells), pa.chunked_array(self.marks)
        columns = {}
        if cells.null_count < len(cells):
            columns[self.attribute.name] = cells
        if any(chunk.true_count for chunk in self.marks):
            columns[mark_of(self.attribute)] = marks
        return columns


def _records(records: QuerySet[Record], kind: str, problems: list[Problem]) -> Any:
    declared = find(kind)
    columns = [_Column(kind, one, problems) for one in declared.attributes.values()]
    named = {
        f"cell_{n}": Cast(KeyTransform(column.attribute.name, "values"), TextField())
        for n, column in enumerate(columns)
    }
    rows = records.order_by().annotate(**named)
    wanted = rows.values_list("person__subject", "fact", "tier", *named)
    own: tuple[list[str], list[str], list[int]] = ([], [], [])
    for some in _streamed(wanted.iterator(chunk_size=_AT_ONCE)):
        parts = list(zip(*some, strict=True))
        own[0].extend(parts[0])
        own[1].extend(parts[1])
        own[2].extend(_TIERS[tier] for tier in parts[2])
        for column, texts in zip(columns, parts[3:], strict=True):
            column.add(texts)
    made = {SUBJECT: pa.array(own[0], pa.string()), ID: pa.array(own[1], pa.string())}
    for column in columns:
        made |= column.made() if own[0] else {}
    made[own_column(declared, "tier")] = pa.array(own[2], pa.int8())
    return pa.table(made)


def _subjects(persons: QuerySet[Person], problems: list[Problem]) -> Any:
    """A record for each person, as their dossier has it."""
    attributes = find(SUBJECT_KIND).attributes
    names = ("name", "date_of_birth", "nationality")
    columns = [_Column(SUBJECT_KIND, attributes[name], problems) for name in names]
    ids: list[str] = []
    rows = persons.order_by().values_list("subject", *names)
    for some in _streamed(rows.iterator(chunk_size=_AT_ONCE)):
        parts = list(zip(*some, strict=True))
        ids.extend(parts[0])
        for column, told in zip(columns, parts[1:], strict=True):
            column.add([json.dumps(str(one)) if one else None for one in told])
    made = {SUBJECT: pa.array(ids, pa.string()), ID: pa.array(ids, pa.string())}
    for column in columns:
        made |= column.made() if ids else {}
    return pa.table(_with_incomplete(made, ids, persons))


def _with_incomplete(
    made: dict[str, Any], ids: Sequence[str], persons: QuerySet[Person]
) -> dict[str, Any]:
    said = IncompleteKind.objects.filter(person__in=persons.order_by().values("pk"))
    lists: dict[str, list[str]] = {}
    for subject, kind in said.order_by("kind").values_list("person__subject", "kind"):
        lists.setdefault(subject, []).append(kind)
    if lists:
        told = [lists.get(one, []) for one in ids]
        made[INCOMPLETE] = pa.array(told, pa.list_(pa.string()))
    return made


def _streamed(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """So many rows at a time."""
    ahead = iter(rows)
    while some := list(islice(ahead, _AT_ONCE)):
        yield some
