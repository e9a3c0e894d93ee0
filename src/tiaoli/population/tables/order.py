"""Which rows are whose: subjects in order of id, and the records of each in order of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.population.tables.layout import ID, SUBJECT

__all__ = ["Ordered", "in_order", "row_order", "sorted_texts"]


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Rows in order. Those of subject ``n`` are ``offsets[n]`` up to ``offsets[n + 1]``."""

    table: Any
    offsets: Any


def sorted_texts(texts: Any) -> Any:
    """``texts`` as Python sorts them: bytes of UTF-8 are in the order of code points."""
    whole = combined(texts)
    return whole if _ascends(whole) else whole.take(pc.sort_indices(whole))


def _ascends(texts: Any) -> bool:
    return len(texts) < 2 or bool(
        pc.all(pc.less(texts.slice(0, len(texts) - 1), texts[1:])).as_py()
    )


def combined(column: Any) -> Any:
    """One array in place of its chunks."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    whole = column.combine_chunks()
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def in_order(table: Any, subjects: Any) -> Ordered:
    """The rows of ``table``, subject by subject as ``subjects`` has them, and by id."""
    rows, offsets = row_order(table, subjects)
    return Ordered(table.combine_chunks() if rows is None else table.take(rows), offsets)


def row_order(table: Any, subjects: Any) -> tuple[Any | None, Any]:
    """
    The rows of ``table`` in order (None: as they stand), and where those of each subject begin.
    Every record is of one of ``subjects``, which ascend.
    """
    whose = subject_numbers(table, subjects)
    ids = combined(table[ID]).dictionary_encode()
    rank = np.empty(len(ids.dictionary), dtype=np.int64)
    rank[pc.sort_indices(ids.dictionary).to_numpy()] = np.arange(len(rank))
    keys = whose * max(len(rank), 1) + rank[ids.indices.to_numpy(zero_copy_only=False)]
    counts = np.bincount(whose, minlength=len(subjects))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if bool(np.all(keys[1:] > keys[:-1])):
        return None, offsets
    return np.argsort(keys, kind="stable"), offsets


def subject_numbers(table: Any, subjects: Any) -> Any:
    """For each row the place of its subject in ``subjects``; -1 for one that is not there."""
    found = pc.index_in(combined(table[SUBJECT]), value_set=subjects)
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
