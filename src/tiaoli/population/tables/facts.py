"""The facts of a whole population, as columns: subjects of one kind, and records by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import Problem
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables.layout import ID, INCOMPLETE, SUBJECT
from tiaoli.population.tables.order import Ordered, in_order, sorted_texts
from tiaoli.population.tables.records import records_of

__all__ = ["Facts", "NoSuchSubject"]


class NoSuchSubject(LookupError):
    """A subject that the population does not have."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """
    Checked columns. ``subjects`` has one row for each subject, ``records`` the records by kind;
    which columns a table may have is said in ``layout``, and each has the type that is said there.

    Loaded with ``load``, made from dossiers with ``from_dossiers``. ``warnings`` tells what may
    well be a mistake and yet has a meaning: references to records that are not there.
    """

    subject_kind: str
    subjects: Any
    records: Mapping[str, Any]
    warnings: tuple[Problem, ...] = field(default=())

    @property
    def size(self) -> int:
        """How many subjects there are."""
        return int(self.subjects.num_rows)

    @property
    def total(self) -> int:
        """How many records there are, not counting those of the subjects themselves."""
        return sum(table.num_rows for table in self.records.values())

    def kinds(self) -> tuple[str, ...]:
        """The kinds of which there are records, with that of the subjects first."""
        return tuple(dict.fromkeys([self.subject_kind, *self.records]))

    def table(self, kind: str) -> Any | None:
        """All records of ``kind``, as rules count them: a subject is a record of its own kind."""
        further = self.records.get(kind)
        if kind != self.subject_kind:
            return further
        if further is None:
            return self.subjects
        return pa.concat_tables([self.subjects, further], promote_options="default")

    def dossier(self, subject: str) -> Dossier:
        """The dossier of one subject, its facts by id. Raises NoSuchSubject."""
        alone = Facts(
            self.subject_kind,
            _about(self.subjects, subject),
            {kind: _about(table, subject) for kind, table in self.records.items()},
        )
        for dossier in alone.to_dossiers():
            return dossier
        raise NoSuchSubject(_unknown(subject, self.subjects[ID]))

    def to_dossiers(self) -> Iterator[Dossier]:
        """Every dossier, by the id of its subject; the facts of each by id."""
        names = sorted_texts(self.subjects[ID])
        subjects = in_order(self.subjects, names)
        tables = [(find(kind), in_order(table, names)) for kind, table in self.records.items()]
        incomplete = _incomplete(subjects)
        for n in range(len(names)):
            subject = records_of(find(self.subject_kind), _rows(subjects, n))[0]
            facts = [fact for kind, table in tables for fact in records_of(kind, _rows(table, n))]
            facts.sort(key=lambda fact: fact.id)
            yield Dossier(subject, tuple(facts), incomplete[n])


def _rows(ordered: Ordered, subject: int) -> Any:
    first, last = ordered.offsets[subject], ordered.offsets[subject + 1]
    return ordered.table.slice(first, last - first)


def _about(table: Any, subject: str) -> Any:
    return table.filter(pc.equal(table[SUBJECT], subject))


def _incomplete(subjects: Ordered) -> list[frozenset[str]]:
    if INCOMPLETE not in subjects.table.column_names:
        return [frozenset()] * subjects.table.num_rows
    return [frozenset(kinds or ()) for kinds in subjects.table[INCOMPLETE].to_pylist()]


def _unknown(subject: str, known: Any) -> str:
    some = known.slice(0, 1000).to_pylist()
    hint = nearest(subject, some) if some else Label("這裡沒有任何人。", "There is nobody here.")
    return f"沒有編號「{subject}」的當事人。{hint.zh} / There is no subject {subject!r}. {hint.en}"
