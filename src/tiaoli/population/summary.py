"""
Who passes, and which clause stops the others: what a table of results comes to.

A waterfall goes through the conditions in the order of the text: at each, those leave for whom it
is known not to be met. Who is left at the end passes, or would once all is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.population.goal import Measure, Step
from tiaoli.population.plan import GOAL, Plan
from tiaoli.rules.amounts import Amount

__all__ = ["Fall", "NearMiss", "Summary", "Waterfall", "summary", "truths"]

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
    counted = pc.value_counts(table[OUTCOME].combine_chunks()).to_pylist()
    found = {str(one["values"]): int(one["counts"]) for one in counted}
    outcomes = {word: found[word] for word in plan.words if word in found}
    falls = tuple(_waterfall(route, table) for route in plan.routes)
    return Summary(table.num_rows, outcomes, falls, _near_misses(plan, table))


def truths(table: Any, column: str) -> Any:
    """A column of truths as numbers: 1 met, 0 not met, -1 not known (int8)."""
    values = table[column]
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    number = pc.fill_null(pc.cast(values, pa.int8()), -1)
    return number.to_numpy(zero_copy_only=False)


def _waterfall(route: tuple[tuple[Step, str], ...], table: Any) -> Waterfall:
    found = [truths(table, column) for _, column in route]
    alone = _stopped_alone(found, table.num_rows)
    there = np.ones(table.num_rows, dtype=bool)
    falls = []
    for number, (step, _) in enumerate(route):
        truth = found[number]
        stopped = there & (truth == 0)
        counts = (there, stopped, there & (truth < 0), alone == number)
        falls.append(Fall(step, *(int(np.count_nonzero(one)) for one in counts)))
        there &= truth != 0
    unsure = np.zeros(table.num_rows, dtype=bool)
    for truth in found:
        unsure |= truth < 0
    passed, still_open = np.count_nonzero(there & ~unsure), np.count_nonzero(there & unsure)
    return Waterfall(table.num_rows, tuple(falls), int(passed), int(still_open))


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


def _near_misses(plan: Plan, table: Any) -> tuple[NearMiss, ...]:
    if not plan.routes:
        return ()
    names = stopped_by(plan, table)
    clauses = {step.name: step.clause for route in plan.routes for step, _ in route}
    found = []
    for measure in plan.measures:
        need = _need(measure)
        mine = [name for name, clause in clauses.items() if clause == measure.clause]
        if need is None or measure.compare.op not in (">=", ">") or not mine:
            continue
        chosen = pc.fill_null(pc.is_in(names, value_set=pa.array(mine, pa.string())), False)
        have = table[f"{measure.name}__high"].filter(chosen).drop_null()
        short = sorted(need - Decimal(str(value)) for value in have.to_pylist())
        short = [one for one in short if one > 0]
        if short:
            middle = short[(len(short) - 1) // 2]
            found.append(NearMiss(measure, len(short), short[0], middle, short[-1]))
    return tuple(found)


def _need(measure: Measure) -> Decimal | None:
    """The number that is needed, where it stands in the text."""
    right = measure.compare.right
    return Decimal(right.value) if isinstance(right, Amount) else None
