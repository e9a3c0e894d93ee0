"""
The facts of many people as columns, for questions asked of all of them at once.

The database takes the records apart, a column for each attribute, and sends each kind as one text
(COPY) that is read as columns; each different cell is then read once, as a dossier is read. Nothing
is made for one record, or one person, after another.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
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

_TIERS: Final = {tier.name.lower(): int(tier) for tier in Evidence}
_TEXTS: Final = pa.dictionary(pa.int32(), pa.string())
_BLOCK: Final = 8 << 20
_THOSE: Final = "columns_of_persons"


def facts_of(persons: QuerySet[Person], kinds: Collection[str] | None = None) -> Facts:
    """
    What is on file about ``persons``: the same facts as ``from_dossiers`` makes of their dossiers,
    apart from where each was read. With ``kinds``, only records of these.

    Raises BeyondColumns where a value is beyond what a column holds.
    """
    beyond = _Beyond()
    with _found_once(persons) as those:
        records = Record.objects.filter(person__in=those, removed=None)
        if kinds is None:
            kinds = records.order_by().values_list("kind", flat=True).distinct()
        people, subjects = _subjects(Person.objects.filter(pk__in=those), beyond)
        tables = {SUBJECT_KIND: people}
        for kind in sorted(set(kinds) - {SUBJECT_KIND}):
            table = _records(records.filter(kind=kind), kind, subjects, beyond)
            if table is not None:
                tables[kind] = table
    if beyond.problems:
        raise BeyondColumns(beyond)
    return checked(tables, {name: name for name in tables}, subjects=SUBJECT_KIND)


def facts_within(
    persons: QuerySet[Person], kinds: Collection[str] | None = None
) -> tuple[Facts, list[int]]:
    """
    As ``facts_of``, of everybody all of whose values a column holds; and the ids (``pk``) of those
    who are left out because one does not. What is entered now is within the limits; what is on file
    from before, or written to the database by others, may not be.
    """
    try:
        return facts_of(persons, kinds), []
    except BeyondColumns as beyond:
        left_out = Person.objects.filter(subject__in=beyond.subjects).order_by("pk")
        numbers = list(left_out.values_list("pk", flat=True))
    return facts_of(persons.exclude(pk__in=numbers), kinds), numbers


@dataclass(frozen=True, slots=True)
class _Beyond:
    """What no column holds, in words, and the subjects whose it is."""

    problems: list[Problem] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)


class BeyondColumns(FactsError):
    """Values that no column holds; ``subjects`` are those whose they are."""

    def __init__(self, beyond: _Beyond) -> None:
        super().__init__(beyond.problems)
        self.subjects = frozenset(beyond.subjects)


@contextmanager
def _found_once(persons: QuerySet[Person]) -> Iterator[Any]:
    """
    Their keys, as a condition on others: they are asked for once, however they were chosen, and
    not again for each kind.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {_THOSE} (person bigint PRIMARY KEY)")
        with suppress(EmptyResultSet):  # nobody was asked for
            statement, given = persons.order_by().values("pk").query.sql_with_params()
            cursor.execute(f"INSERT INTO {_THOSE} {statement}", given)
        cursor.execute(f"ANALYZE {_THOSE}")
        yield RawSQL(f"SELECT person FROM {_THOSE}", ())
        cursor.execute(f"DROP TABLE {_THOSE}")


@dataclass(frozen=True, slots=True)
class _Subjects:
    """The subjects of dossiers, by the keys of their persons."""

    keys: Any
    subjects: Any

    def of(self, keys: Any) -> Any:
        return self.subjects.take(pc.index_in(keys, value_set=self.keys))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the cells of one attribute of one kind are read: each different one once."""

    kind: str
    attribute: Attribute
    beyond: _Beyond = field(repr=False)

    def columns(self, whose: Any, texts: Any, parse: Callable[[str], Any]) -> dict[str, Any]:
        """The column, and its mark, of texts in a dictionary; what nobody tells has neither."""
        texts = texts.unify_dictionaries().combine_chunks()
        if texts.null_count == len(texts):
            return {}
        values = [read_value(self.attribute, parse(text)) for text in texts.dictionary.to_pylist()]
        if limits := self._limits(values):
            there = pc.is_in(texts.indices, pa.array(limits, texts.indices.type))
            self.beyond.subjects.update(whose.filter(there).to_pylist())
            values = [None if n in limits else value for n, value in enumerate(values)]
        read = [cell_of(self.attribute, value) for value in values]
        cells = pa.array([cell for cell, _ in read], arrow_type(self.attribute))
        marks = pa.array([mark for _, mark in read], pa.bool_())
        made = {self.attribute.name: cells.take(texts.indices)}
        if any(mark for _, mark in read):
            made[mark_of(self.attribute)] = marks.take(texts.indices).fill_null(False)
        return made

    def _limits(self, values: Sequence[Any]) -> list[int]:
        """The places of values that no column holds."""
        found = []
        for place, value in enumerate(values):
            if (says := limit_on(self.attribute, value)) is not None:
                self.beyond.problems.append(Problem(f"{self.kind} · {self.attribute.name}", says))
                found.append(place)
        return found


def _records(
    records: QuerySet[Record], kind: str, subjects: _Subjects, beyond: _Beyond
) -> Any | None:
    """None where there are none."""
    declared = find(kind)
    named = {
        f"cell_{n}": Cast(KeyTransform(name, "values"), TextField())
        for n, name in enumerate(declared.attributes)
    }
    rows = records.annotate(**named).values_list("person", "fact", "tier", *named)
    found = _copied(rows, {SUBJECT: pa.int64(), ID: pa.string(), "tier": _TEXTS} | _all_of(named))
    if not found.num_rows:
        return None
    made = {SUBJECT: subjects.of(found[SUBJECT]), ID: found[ID]}
    for cell, attribute in zip(named, declared.attributes.values(), strict=True):
        reading = _Reading(kind, attribute, beyond)
        made |= reading.columns(made[SUBJECT], found[cell], json.loads)
    tiers = found["tier"].unify_dictionaries().combine_chunks()
    levels = pa.array([_TIERS[word] for word in tiers.dictionary.to_pylist()], pa.int8())
    made[own_column(declared, "tier")] = levels.take(tiers.indices)
    return pa.table(made)


def _subjects(persons: QuerySet[Person], beyond: _Beyond) -> tuple[Any, _Subjects]:
    """A record for each person, as their dossier has it."""
    attributes = find(SUBJECT_KIND).attributes
    names = ("name", "date_of_birth", "nationality")
    rows = persons.values_list("pk", "subject", *names)
    found = _copied(rows, {"pk": pa.int64(), SUBJECT: pa.string()} | _all_of(names))
    ids = found[SUBJECT]
    made = {SUBJECT: ids, ID: ids}
    for name in names:
        made |= _Reading(SUBJECT_KIND, attributes[name], beyond).columns(ids, found[name], str)
    said = IncompleteKind.objects.filter(person__in=persons.order_by().values("pk"))
    lists: dict[str, list[str]] = {}
    for subject, kind in said.order_by("kind").values_list("person__subject", "kind"):
        lists.setdefault(subject, []).append(kind)
    if lists:
        told = [lists.get(one, []) for one in ids.to_pylist()]
        made[INCOMPLETE] = pa.array(told, pa.list_(pa.string()))
    return pa.table(made), _Subjects(found["pk"].combine_chunks(), ids.combine_chunks())


def _all_of(names: Iterable[str]) -> dict[str, Any]:
    return dict.fromkeys(names, _TEXTS)


def _copied(rows: QuerySet[Any, Any], types: Mapping[str, Any]) -> Any:
    """What a query finds, in columns of these types."""
    statement, given = rows.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        asked = cursor.mogrify(statement, given)
        with cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT csv)") as sent:
            return _read(sent, types)


def _read(sent: Any, types: Mapping[str, Any]) -> Any:
    """The texts that are sent, an unquoted nothing being null."""
    first = bytes(sent.read())
    if not first:
        return pa.table({name: pa.chunked_array([], type) for name, type in types.items()})
    return pyarrow.csv.read_csv(
        io.BufferedReader(_Sent(first, sent.read)),
        read_options=pyarrow.csv.ReadOptions(column_names=list(types), block_size=_BLOCK),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict(types),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


class _Sent(io.RawIOBase):
    """What the database sends, as a file that is read once from its beginning to its end."""

    def __init__(self, first: bytes, more: Callable[[], Any]) -> None:
        self._rest = memoryview(first)
        self._more = more

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._rest:
            self._rest = memoryview(bytes(self._more()))
        size = min(len(into), len(self._rest))
        into[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
