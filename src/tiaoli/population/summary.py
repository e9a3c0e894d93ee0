"""
Who passes, and which clause stops the others: what a table of results comes to.

A waterfall goes through the conditions in the order of the text: at each, those leave for whom it
is known not to be met. Who is left at the end passes, or would once all is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.population.goal import Measure, Step
from tiaoli.population.plan import GOAL, Plan
from tiaoli.population.tables.order import combined
from tiaoli.rules.amounts import Amount

__all__ = ["Counts", "Fall", "NearMiss", "Summary", "Waterfall", "summary", "truths"]

SUBJECT, OUTCOME = "subject", "outcome"


@dataclass(frozen=True, slots=True)
class Fall:
    """
    One condition. Of the ``before`` who come to it, ``stopped`` do not meet it, and of ``open`` it
    is not known; ``alone`` are those whom nothing but this condition stops.
    """

    step: Step
    before: int
    stopped: int
    open: int
    alone: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """One way to the goal: how many begin it, what becomes of them, and how many arrive."""

    subjects: int
    falls: tuple[Fall, ...]
    passed: int
    open: int


@dataclass(frozen=True, slots=True)
class NearMiss:
    """
    Those whom one clause alone stops, by its measure: how many, and the least, the middle and the
    most by which they fall short, in the unit of the measure (minutes are minutes).
    """

    measure: Measure
    subjects: int
    least: Decimal
    middle: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """``outcomes`` by how many have each; the rest only where there is a goal to reach."""

    subjects: int
    outcomes: Mapping[str, int]
    waterfalls: tuple[Waterfall, ...]
    near_misses: tuple[NearMiss, ...]


def summary(plan: Plan, table: Any) -> Summary:
    """What ``table``, the results of ``plan``, comes to."""
    counts = Counts(plan)
    counts.add(table)
    return counts.summary()


class Counts:
    """
    The same of results that come in parts, which need not be kept: all that is held are counts, and
    how often somebody falls short by so much.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._subjects = 0
        self._outcomes: Counter[str] = Counter()
        self._falls = [[_Falling() for _ in (*route, None)] for route in plan.routes]
        self._short: dict[Measure, Counter[Decimal]] = {one: Counter() for one in plan.measures}

    def add(self, table: Any) -> None:
        self._subjects += table.num_rows
        for one in pc.value_counts(combined(table[OUTCOME])).to_pylist():
            self._outcomes[str(one["values"])] += int(one["counts"])
        for route, falls in zip(self.plan.routes, self._falls, strict=True):
            _fall(falls, route, table)
        _fall_short(self._short, self.plan, table)

    def summary(self) -> Summary:
        """What all that was added comes to."""
        found = self._outcomes
        outcomes = {word: found[word] for word in self.plan.words if word in found}
        routes = zip(self.plan.routes, self._falls, strict=True)
        falls = tuple(self._waterfall(route, falls) for route, falls in routes)
        short = ((measure, by) for measure, by in self._short.items() if by)
        return Summary(self._subjects, outcomes, falls, tuple(_near(*one) for one in short))

    def _waterfall(
        self, route: tuple[tuple[Step, str], ...], falls: Sequence[_Falling]
    ) -> Waterfall:
        *of_steps, end = falls
        told = [
            Fall(step, one.before, one.stopped, one.open, one.alone)
            for (step, _), one in zip(route, of_steps, strict=True)
        ]
        return Waterfall(self._subjects, tuple(told), end.before - end.open, end.open)


@dataclass(slots=True)
class _Falling:
    """A condition while it is counted; the last is the end of the way, with who comes to it."""

    before: int = 0
    stopped: int = 0
    open: int = 0
    alone: int = 0


def truths(table: Any, column: str) -> Any:
    """A column of truths as numbers: 1 met, 0 not met, -1 not known (int8)."""
    values = table[column]
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    number = pc.fill_null(pc.cast(values, pa.int8()), -1)
    return number.to_numpy(zero_copy_only=False)


def _fall(falls: Sequence[_Falling], route: tuple[tuple[Step, str], ...], table: Any) -> None:
    found = [truths(table, column) for _, column in route]
    alone = _stopped_alone(found, table.num_rows)
    there = np.ones(table.num_rows, dtype=bool)
    unsure = np.zeros(table.num_rows, dtype=bool)
    for number, truth in enumerate(found):
        one = falls[number]
        one.before += _count(there)
        one.stopped += _count(there & (truth == 0))
        one.open += _count(there & (truth < 0))
        one.alone += _count(alone == number)
        there &= truth != 0
        unsure |= truth < 0
    falls[-1].before += _count(there)
    falls[-1].open += _count(there & unsure)


def _count(where: Any) -> int:
    return int(np.count_nonzero(where))


def _stopped_alone(found: list[Any], subjects: int) -> Any:
    """By subject the number of the one condition that is not met, all others being; else -1."""
    failed = np.zeros(subjects, dtype=np.int32)
    which = np.full(subjects, -1, dtype=np.int32)
    for number, truth in enumerate(found):
        not_met = truth == 0
        failed += not_met
        which[not_met] = number
        failed[truth < 0] += subjects + 1  # what is not known is no near miss
    which[failed != 1] = -1
    return which


def stopped_by(plan: Plan, table: Any) -> Any:
    """By subject the name of the one condition that stops it, on the first way that has such."""
    names = np.full(table.num_rows, None, dtype=object)
    for route in plan.routes[::-1]:
        alone = _stopped_alone([truths(table, column) for _, column in route], table.num_rows)
        for number, (step, _) in enumerate(route):
            names[alone == number] = step.name
    if plan.routes:
        names[truths(table, GOAL) != 0] = None
    return pa.array(names, pa.string())


def _fall_short(short: Mapping[Measure, Counter[Decimal]], plan: Plan, table: Any) -> None:
    """By how much those fall short whom a clause with a measure alone stops."""
    if not plan.routes:
        return
    names = stopped_by(plan, table)
    clauses = {step.name: step.clause for route in plan.routes for step, _ in route}
    for measure in plan.measures:
        need = _need(measure)
        mine = [name for name, clause in clauses.items() if clause == measure.clause]
        if need is None or measure.compare.op not in (">=", ">") or not mine:
            continue
        chosen = pc.fill_null(pc.is_in(names, value_set=pa.array(mine, pa.string())), False)
        have = table[f"{measure.name}__high"].filter(chosen).drop_null()
        for one in pc.value_counts(combined(have)).to_pylist():
            by = need - Decimal(str(one["values"]))
            if by > 0:
                short[measure][by] += int(one["counts"])


def _near(measure: Measure, short: Counter[Decimal]) -> NearMiss:
    each, subjects = sorted(short), short.total()
    until = np.cumsum([short[by] for by in each])
    middle = each[int(np.searchsorted(until, (subjects - 1) // 2, side="right"))]
    return NearMiss(measure, subjects, each[0], middle, each[-1])


def _need(measure: Measure) -> Decimal | None:
    """The number that is needed, where it stands in the text."""
    right = measure.compare.right
    return Decimal(right.value) if isinstance(right, Amount) else None
