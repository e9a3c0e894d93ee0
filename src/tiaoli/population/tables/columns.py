"""
What a question asks of a population, in memory, as plain numbers.

Subjects are in order of id. The records of each kind are in order of their subject, and those of a
subject in order of id as Python compares texts, so that the place of a row breaks every tie as an
answer does. A subject is a record of its own kind. Nothing is built before it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.dossier import Tier
from tiaoli.facts.kinds import Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables.encoding import (
    GIVEN,
    NO_ROW,
    UNKNOWN,
    Lists,
    encoded,
    none_of,
    unknown_of,
)
from tiaoli.population.tables.facts import Facts
from tiaoli.population.tables.layout import ID, INCOMPLETE, mark_of, own_column
from tiaoli.population.tables.order import combined, row_order, sorted_texts
from tiaoli.population.tables.texts import Texts

__all__ = ["Columns"]


class _Whole:
    """Everything that has been built so far, for all subjects."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.texts = Texts()
        self.subjects = sorted_texts(facts.subjects[ID])
        self.orders: dict[str, tuple[Any, Any]] = {}
        self.built: dict[tuple[str, ...], Any] = {}

    def order(self, kind: str) -> tuple[Any | None, Any]:
        """The rows of the table of ``kind`` in order, and the offsets of each subject."""
        if kind not in self.orders:
            table = self.facts.table(find(kind).name)
            nobody = np.zeros(len(self.subjects) + 1, dtype=np.int64)
            self.orders[kind] = (None, nobody) if table is None else row_order(table, self.subjects)
        return self.orders[kind]

    def rows(self, kind: str) -> int:
        return int(self.order(kind)[1][-1])

    def column(self, kind: str, name: str) -> Any | None:
        """One column of the table of ``kind``, in order; None where there is none."""
        table = self.facts.table(kind)
        if table is None or name not in table.column_names:
            return None
        column, rows = combined(table[name]), self.order(kind)[0]
        return column if rows is None else column.take(pa.array(rows))

    def values(self, kind: str, name: str) -> Any:
        attribute = find(kind).attributes[name]
        column, mark = self.column(kind, name), self.column(kind, mark_of(attribute))
        return encoded(attribute, column, mark, self.rows(kind), self.texts)

    def ids(self, kind: str) -> Any:
        ids = self.column(kind, ID)
        return pa.array([], pa.string()) if ids is None else ids

    def owners(self, kind: str) -> Any:
        """For each row the number of its subject."""
        counts = np.diff(self.order(kind)[1])
        return np.repeat(np.arange(len(counts), dtype=np.int64), counts)

    def references(self, kind: str, name: str, to: str) -> Any:
        """Both are in order, so that a record is found by its subject and the rank of its id."""
        found = np.full(self.rows(kind), NO_ROW, dtype=np.int32)
        named, ids = self.column(kind, name), self.ids(to)
        if named is None or len(ids) == 0:
            return found
        different = sorted_texts(ids.unique())
        keys = self.owners(to) * len(different) + _ranks(ids, different)
        rank = _ranks(named, different)
        wanted = np.where(rank < 0, -1, self.owners(kind) * len(different) + rank)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        found[there] = place[there]
        return found

    def tiers(self, kind: str) -> Any:
        column = self.column(kind, own_column(find(kind), "tier"))
        if column is None:
            return np.full(self.rows(kind), Tier.CLAIMED, dtype=np.int8)
        return column.fill_null(int(Tier.CLAIMED)).to_numpy(zero_copy_only=False)

    def incomplete(self, kind: str) -> Any:
        marks = np.zeros(len(self.subjects), dtype=np.uint8)
        if INCOMPLETE in self.facts.subjects.column_names:
            lists = combined(self.facts.subjects[INCOMPLETE])
            lengths = pc.list_value_length(lists).fill_null(0).to_numpy()
            named = pc.equal(pc.list_flatten(lists), kind).to_numpy(zero_copy_only=False)
            rows = np.repeat(np.arange(len(lists)), lengths)[named]
            whose = pc.index_in(combined(self.facts.subjects[ID]), value_set=self.subjects)
            marks[whose.to_numpy()[rows]] = 1
        return marks


def _ranks(texts: Any, among: Any) -> Any:
    """The place of each text ``among`` the others; -1 for null and for one that is not there."""
    found = pc.index_in(texts, value_set=among).fill_null(-1)
    return found.to_numpy(zero_copy_only=False).astype(np.int64)


class Columns:
    """
    The subjects ``first`` up to ``last`` of a population, all of them at first.

    Rows are numbered over the whole population, also in a part: ``offsets`` of a part begin where
    its first subject does, and ``values`` are those of all rows.
    """

    def __init__(self, facts: Facts) -> None:
        self._whole = _Whole(facts)
        self._first, self._last = 0, len(self._whole.subjects)

    def part(self, first: int, last: int) -> Columns:
        """The subjects from ``first`` up to but without ``last`` of these; nothing is copied."""
        if not 0 <= first <= last <= len(self):
            raise IndexError(f"沒有第 {first} 至 {last} 人 / no subjects {first} to {last}")
        part = object.__new__(Columns)
        part._whole = self._whole
        part._first, part._last = self._first + first, self._first + last
        return part

    def __len__(self) -> int:
        """How many subjects there are."""
        return self._last - self._first

    @property
    def facts(self) -> Facts:
        """The tables that these columns are of: those of the whole population."""
        return self._whole.facts

    @property
    def subject_kind(self) -> str:
        return self._whole.facts.subject_kind

    @property
    def subjects(self) -> Any:
        """The ids of the subjects, in order."""
        return self._whole.subjects.slice(self._first, len(self))

    @property
    def codes(self) -> Mapping[str, int]:
        """The code of every text that has been met so far; see ``code``."""
        return self._whole.texts

    def code(self, text: str) -> int:
        """The code of ``text``, for good: also of one that no column built so far has."""
        return self._whole.texts.code(text)

    def text_of(self, code: int) -> str:
        return self._whole.texts.text_of(code)

    def containing(self, part: str) -> Any:
        """By code, whether the text has ``part`` in it (uint8), for the texts met so far."""
        return self._whole.texts.containing(part)

    def offsets(self, kind: str) -> Any:
        """Where the records of each subject begin, and where those of the last end (int64)."""
        return self._whole.order(kind)[1][self._first : self._last + 1]

    def rows(self, kind: str) -> int:
        """How many records of ``kind`` the whole population has."""
        return self._whole.rows(kind)

    def values(self, kind: str, attribute: str) -> Any:
        """The numbers of one attribute by row, see ``encoding``; ``Lists`` for lists of texts."""
        return self._kept("values", kind, attribute)

    def references(self, kind: str, attribute: str, to_kind: str) -> Any:
        """
        By row, the row of the record of ``to_kind`` that the reference names (int32); -1 where
        none is named, or none of the same subject and that kind has the id.
        """
        return self._kept("references", kind, attribute, to_kind)

    def owners(self, kind: str) -> Any:
        """By row, the number of the subject (int64), counted over the whole population."""
        return self._kept("owners", kind)

    def ids(self, kind: str) -> Any:
        """By row, the id of the record, as texts."""
        return self._kept("ids", kind)

    def tiers(self, kind: str) -> Any:
        """By row, how well the record is evidenced (int8, 1 to 3)."""
        return self._kept("tiers", kind)

    def incomplete(self, kind: str) -> Any:
        """By subject, 1 where records of ``kind`` may exist that nobody has listed (uint8)."""
        return self._kept("incomplete", kind)[self._first : self._last]

    def day_range(self, kind: str, attribute: str) -> tuple[int, int] | None:
        """The first and the last day that any record of these subjects gives, as ordinals."""
        if find(kind).attributes[attribute].type is not Type.DAY:
            raise TypeError(f"{kind}.{attribute} 不是日期 / is not a day")
        offsets = self.offsets(kind)
        days = self.values(kind, attribute)[offsets[0] : offsets[-1]]
        given = days[days > none_of(Type.DAY)]
        return (int(given.min()), int(given.max())) if len(given) else None

    def certain(self, kind: str, name: str, part: str) -> bool:
        """
        Whether of every record of these subjects an attribute is "given", or "known" (to be there
        or not to be); with the part "complete", whether all records of a kind are listed.
        """
        if part == "complete":
            return not self.incomplete(kind).any()
        if part == "value":
            return False
        offsets, values = self.offsets(kind), self.values(kind, name)
        if isinstance(values, Lists):
            states = values.states[offsets[0] : offsets[-1]]
            return bool((states == GIVEN if part == "given" else states != UNKNOWN).all())
        of, mine = find(kind).attributes[name].type, values[offsets[0] : offsets[-1]]
        return bool((mine > (none_of(of) if part == "given" else unknown_of(of))).all())

    def memory(self) -> int:
        """The bytes of everything that has been built so far for the whole population."""
        orders = [array for order in self._whole.orders.values() for array in order]
        built = [*self._whole.built.values(), *orders, self._whole.texts, self._whole.subjects]
        return sum(int(array.nbytes) for array in built if array is not None)

    def _kept(self, what: str, *of: str) -> Any:
        key = (what, *of)
        if key not in self._whole.built:
            self._whole.built[key] = getattr(self._whole, what)(*of)
        return self._whole.built[key]
