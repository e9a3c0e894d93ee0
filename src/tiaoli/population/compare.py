"""
Two readings, two days, two editions, or a what-if: who gains, who loses, and at which clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.population.plan import GOAL, Plan
from tiaoli.population.summary import OUTCOME, SUBJECT, truths

__all__ = ["Comparison", "Turn", "compare"]

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """
    So many go from one outcome to another; ``clauses`` are those that turn for them, each with how
    many of them it turns for, and ``examples`` are the ids of the first few.
    """

    before: str
    after: str
    subjects: int
    clauses: Mapping[str, int]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``gained`` and ``lost`` count those who reach the goal on one side only."""

    subjects: int
    same: int
    gained: int
    lost: int
    turns: tuple[Turn, ...]


class NotTheSameSubjects(ValueError):
    """The two tables are not about the same subjects in the same order."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(
            f"兩份結果的對象不同（{one} 與 {other} 列），無法比較。請用同一份事實重新計算。 / "
            f"The two results are not about the same subjects ({one} and {other} rows). "
            "Work both out from the same facts."
        )


def compare(plan: Plan, before: Any, after: Any) -> Comparison:
    """The results of one question on two sides. Raises NotTheSameSubjects."""
    if before.num_rows != after.num_rows or not _same(before, after):
        raise NotTheSameSubjects(before.num_rows, after.num_rows)
    one, other = (_words(table, plan) for table in (before, after))
    turned = np.flatnonzero(one != other)
    goal = plan.words.index(plan.question.goal) if plan.question.goal in plan.words else -1
    turns = [_turn(plan, before, after, pair) for pair in _pairs(one, other, turned)]
    turns.sort(key=lambda turn: -turn.subjects)
    return Comparison(
        before.num_rows,
        before.num_rows - len(turned),
        int(np.count_nonzero((other == goal) & (one != goal))) if goal >= 0 else 0,
        int(np.count_nonzero((one == goal) & (other != goal))) if goal >= 0 else 0,
        tuple(turns),
    )


def _same(before: Any, after: Any) -> bool:
    names = [name for name in (SUBJECT, "about") if name in before.column_names]
    return all(before[name].equals(after[name]) for name in names)


def _words(table: Any, plan: Plan) -> Any:
    """The outcomes by their numbers."""
    words = pa.array(plan.words, pa.string())
    outcomes = pc.cast(table[OUTCOME], pa.string())
    return pc.index_in(outcomes, value_set=words).to_numpy()


def _pairs(one: Any, other: Any, turned: Any) -> list[tuple[int, int, Any]]:
    """The rows of each pair of outcomes."""
    keys = one[turned].astype(np.int64) * (int(other.max(initial=0)) + 1) + other[turned]
    found = []
    for key in np.unique(keys):
        rows = turned[keys == key]
        found.append((int(one[rows[0]]), int(other[rows[0]]), rows))
    return found


def _turn(plan: Plan, before: Any, after: Any, pair: tuple[int, int, Any]) -> Turn:
    one, other, rows = pair
    chosen = pa.array(rows)
    first, second = before.take(chosen), after.take(chosen)
    clauses: dict[str, int] = {}
    for column in plan.columns:
        if column.sort != "truth" or column.name == GOAL or column.name not in after.column_names:
            continue
        turned = int(np.count_nonzero(truths(first, column.name) != truths(second, column.name)))
        if turned:
            clauses[column.name] = turned
    name = "about" if "about" in before.column_names else SUBJECT
    examples = tuple(str(one) for one in first[name].slice(0, _EXAMPLES).to_pylist())
    ordered = dict(sorted(clauses.items(), key=lambda item: -item[1]))
    return Turn(plan.words[one], plan.words[other], len(rows), ordered, examples)
