"""What an engine found, and the table that is made of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tiaoli.population.plan import Column, Plan
from tiaoli.population.tables import Columns
from tiaoli.population.terms import Term

__all__ = ["Found", "table_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """
    ``values`` by term, in order of subjects (or of the records asked about): truths are 0 or 1,
    days ordinals, amounts whole numbers of the scale of their term. ``subjects`` says by place the
    number of the subject, ``rows`` which record is asked about (None: the subject itself).
    """

    values: Mapping[Term, Any]
    subjects: Any
    rows: Any | None


def table_of(plan: Plan, found: Found, columns: Columns) -> Any:
    """
    The results as an Arrow table: ``subject``, and ``about`` where the question is about a record;
    ``outcome``; for each clause whether it is met (null: not known); of an amount ``<name>__low``
    and ``<name>__high``, what is certain and what is possible (null: not stated, or no limit is
    known); a day under its name (null: there is none, or it is not known).
    """
    subjects = columns.subjects
    named = [("subject", subjects.take(pa.array(found.subjects)))]
    if plan.asked is not None:
        named.append(("about", columns.ids(plan.asked.kind).take(pa.array(found.rows))))
    for column in plan.columns:
        named += _arrays(plan, column, found)
    return pa.table(dict(named))


def _arrays(plan: Plan, column: Column, found: Found) -> Iterator[tuple[str, Any]]:
    parts = {name: found.values[term] for name, term in column.parts.items()}
    match column.sort:
        case "outcome":
            numbers = pa.array(parts["outcome"].astype(np.int8))
            yield column.name, pa.DictionaryArray.from_arrays(numbers, pa.array(plan.words))
        case "truth" | "flag":
            met = parts["met"].astype(bool)
            yield column.name, pa.array(met, mask=~met & parts["possible"].astype(bool))
        case "amount":
            stated = parts["stated"].astype(bool)
            limited = stated & parts["limited"].astype(bool)
            for name, known in (("low", stated), ("high", limited)):
                scale = column.parts[name].scale
                yield f"{column.name}__{name}", _numbers(parts[name], scale, known)
        case "day":
            days = parts["value"].astype(np.int32) - _BEFORE_1970
            given = parts["given"].astype(bool)
            yield column.name, pa.array(days, pa.date32(), mask=~given)
        case "number":
            given = parts["given"].astype(bool)
            yield column.name, _numbers(parts["value"], column.parts["value"].scale, given)
        case _:
            raise ValueError(f"a column of sort {column.sort}")


_BEFORE_1970 = datetime.date(1970, 1, 1).toordinal()


def _numbers(values: Any, scale: int, known: Any) -> Any:
    """Whole numbers, or decimals with ``scale`` places; null where nothing is known."""
    values = np.where(known, values, 0).astype(np.int64)
    if scale == 0:
        return pa.array(values, mask=~known)
    both = np.empty((len(values), 2), dtype="<i8")  # 128 bits, the lower half first
    both[:, 0], both[:, 1] = values, values >> 63
    mask = pa.array(known).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(38, scale), len(values), [mask, pa.py_buffer(both)])
