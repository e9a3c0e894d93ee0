"""
What an engine found, and the table that is made of it.

A row of the table is a subject, or a record asked about. Its columns, in order:

| column | holds |
|---|---|
| ``subject`` | the id of the subject |
| ``about`` | the id of the record asked about, where the question is about one |
| ``outcome`` | one of the outcomes of the question, as a dictionary |
| the id of a clause, ``flag.`` and that of a flag | true: met, false: not met, null: unknown |
| ``<name>__low``, ``<name>__high`` | what is certain and what is possible of an amount; both null \
where the text does not state it, the high one where no limit is known |
| the name of a day or a number | the value; null where there is none, or none is known |

A clause that says other things in several places has ``#2``, ``#3`` … after its id. Amounts are
int64, or decimal128 where they have decimals; days are date32.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tiaoli.population.plan import Column, Plan
from tiaoli.population.tables import Columns
from tiaoli.population.terms import Sort, Term

__all__ = ["Found", "table", "truths"]

_DIGITS: Final = 38
_EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Found(Mapping[Term, Any]):
    """
    The outputs ``by_term``, in order of subjects (or of the records asked about): truths are 0 or
    1, days ordinals, amounts whole numbers of the scale of their term. ``subjects`` says by place
    the number of the subject, ``rows`` which record is asked about (None: the subject itself).
    """

    by_term: Mapping[Term, Any]
    subjects: Any
    rows: Any | None

    def __getitem__(self, term: Term) -> Any:
        return self.by_term[term]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.by_term)

    def __len__(self) -> int:
        return len(self.by_term)


def truths(met: Any, possible: Any) -> Any:
    """1 where it is met, -1 where that is not known, 0 where it is not met (int8)."""
    sure = met.astype(np.int8)
    return np.where(met, sure, -possible.astype(np.int8))


def table(plan: Plan, columns: Columns, found: Found) -> Any:
    """The table of all that was found; its columns are told at the head of this file."""
    named: dict[str, Any] = {"subject": columns.subjects.take(pa.array(found.subjects))}
    if plan.asked is not None:
        named["about"] = columns.ids(plan.asked.kind).take(pa.array(found.rows))
    for column in plan.columns:
        named |= _decoded(column, plan, found)
    return pa.table(named)


def _decoded(column: Column, plan: Plan, values: Mapping[Term, Any]) -> dict[str, Any]:
    parts = {name: values[term] for name, term in column.parts.items()}
    match column.sort:
        case "outcome":
            return {column.name: _words(parts["outcome"], plan.words)}
        case "truth" | "flag":
            met, possible = (parts[name].astype(bool) for name in ("met", "possible"))
            return {column.name: pa.array(met, mask=possible & ~met)}
        case "amount":
            stated, limited = (parts[name].astype(bool) for name in ("stated", "limited"))
            low, high = column.parts["low"].scale, column.parts["high"].scale
            return {
                f"{column.name}__low": _numbers(parts["low"], low, ~stated),
                f"{column.name}__high": _numbers(parts["high"], high, ~(stated & limited)),
            }
    value, given = column.parts["value"], parts["given"].astype(bool)
    return {column.name: _values(value, parts["value"], ~given)}


def _words(numbers: Any, words: tuple[str, ...]) -> Any:
    indices = pa.array(numbers.astype(np.int8))
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _values(term: Term, numbers: Any, missing: Any) -> Any:
    if term.sort is Sort.DAY:
        days = numbers.astype(np.int32) - np.int32(_EPOCH)
        return pa.array(np.where(missing, np.int32(0), days), mask=missing).cast(pa.date32())
    return _numbers(numbers, term.scale, missing)


def _numbers(numbers: Any, scale: int, missing: Any) -> Any:
    """Whole numbers, or decimals: 128 bits of which a number of 64 is the lower half."""
    whole = np.where(missing, np.int64(0), numbers.astype(np.int64))
    if scale == 0:
        return pa.array(whole, mask=missing)
    halves = np.column_stack([whole, np.where(whole < 0, np.int64(-1), np.int64(0))])
    held = pa.py_buffer(np.ascontiguousarray(halves, dtype="<i8").tobytes())
    there = pa.array(~missing).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(_DIGITS, scale), len(whole), [there, held])
