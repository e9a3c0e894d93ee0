"""
Between X and Y qualify: what is certain, what is possible, and what should be found out first.

What finding out would bring is not known beforehand. It is estimated: every unknown value of one
attribute is replaced by one drawn from those that are known, and the question asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Absent, Attribute, Kind
from tiaoli.facts.vocabulary import find
from tiaoli.population.plan import GOAL, Plan
from tiaoli.population.summary import truths
from tiaoli.population.tables import Facts
from tiaoli.population.tables.layout import INCOMPLETE, mark_of
from tiaoli.population.terms import walk

__all__ = ["Bounds", "Unknown", "bounds"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """
    One attribute (or with ``attribute`` empty the records of a kind that nobody has listed): in
    how many places it is not known, and of how many subjects it alone would settle the matter.
    """

    kind: str
    attribute: str
    places: int
    settles: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """From ``certain`` to ``possible`` subjects reach the goal; ``unknowns``, best first."""

    subjects: int
    certain: int
    possible: int
    unknowns: tuple[Unknown, ...]


Again = Callable[[Facts], Any]
"""Asks the same question of other facts: the table of results."""


def bounds(plan: Plan, table: Any, facts: Facts, again: Again, *, seed: int = 1) -> Bounds:
    """
    What ``table``, the results of ``plan`` over ``facts``, leaves open. ``seed`` fixes the draws.

    Raises ValueError for a question with no goal.
    """
    if not plan.routes:
        raise ValueError(
            f"「{plan.question.id}」沒有要達到的結果。 / {plan.question.id} has no goal to reach."
        )
    goal = truths(table, GOAL)
    undecided = goal < 0
    certain = int(np.count_nonzero(goal > 0))
    possible = certain + int(np.count_nonzero(undecided))
    found = []
    for unknown, filled in _filled_in(plan, facts, np.random.default_rng(seed)):
        now = truths(again(filled), GOAL)
        settled = int(np.count_nonzero(undecided & (now >= 0)))
        found.append(replace(unknown, settles=settled))
    found.sort(key=lambda one: (-one.settles, -one.places, one.kind, one.attribute))
    return Bounds(table.num_rows, certain, possible, tuple(found))


def _filled_in(
    plan: Plan, facts: Facts, draw: np.random.Generator
) -> Iterator[tuple[Unknown, Facts]]:
    """Each attribute that the question looks at and that is somewhere unknown, filled in."""
    asked = {term.data[:2] for term in walk(plan.outputs) if term.op == "at"}
    for kind, name in sorted(asked):
        table = facts.subjects if kind == facts.subject_kind else facts.records.get(kind)
        if table is None:
            continue
        attribute = find(kind).attributes[name]
        unknown = unknown_places(table, attribute)
        places = int(np.count_nonzero(unknown))
        if places and places < table.num_rows:
            filled = _in_order(_drawn(table, attribute, unknown, draw), find(kind))
            yield Unknown(kind, name, places, 0), _with_table(facts, kind, filled)
    for kind in sorted({term.data for term in walk(plan.outputs) if term.op == "incomplete"}):
        places = _incomplete(facts, kind)
        if places:
            yield Unknown(kind, "", places, 0), _listed(facts, kind)


def unknown_places(table: Any, attribute: Attribute) -> Any:
    """By row, whether the attribute is not known (bool)."""
    rows = table.num_rows
    if attribute.name not in table.column_names:
        return np.full(rows, attribute.absent is Absent.UNKNOWN)
    null = pc.is_null(table[attribute.name]).to_numpy()
    mark = mark_of(attribute)
    marked = np.zeros(rows, dtype=bool)
    if mark in table.column_names:
        marked = pc.fill_null(table[mark], False).to_numpy()
    return null & (marked if attribute.absent is Absent.NONE else ~marked)


def _drawn(table: Any, attribute: Attribute, unknown: Any, draw: np.random.Generator) -> Any:
    """The table with each unknown value replaced by that of another row, where it is known."""
    known = np.flatnonzero(~unknown)
    source = np.arange(table.num_rows)
    source[unknown] = known[draw.integers(len(known), size=int(np.count_nonzero(unknown)))]
    for name in (attribute.name, mark_of(attribute)):
        if name in table.column_names:
            column = table[name].take(pa.array(source))
            table = table.set_column(table.column_names.index(name), name, column)
    return table


def _in_order(table: Any, kind: Kind) -> Any:
    """A period that was drawn does not end before it begins."""
    first, last = kind.happens, kind.ends
    if first is None or last is None or not {first, last} <= set(table.column_names):
        return table
    ends = table[last]
    early = pc.fill_null(pc.less(ends, table[first]), False)
    return table.set_column(
        table.column_names.index(last), last, pc.if_else(early, table[first], ends)
    )


def _with_table(facts: Facts, kind: str, table: Any) -> Facts:
    if kind == facts.subject_kind:
        return replace(facts, subjects=table)
    return replace(facts, records={**facts.records, kind: table})


def _incomplete(facts: Facts, kind: str) -> int:
    """Of how many subjects records of the kind may be missing."""
    if INCOMPLETE not in facts.subjects.column_names:
        return 0
    lists = facts.subjects[INCOMPLETE].combine_chunks()
    return int(pc.sum(pc.equal(pc.list_flatten(lists), kind)).as_py() or 0)


def _listed(facts: Facts, kind: str) -> Facts:
    """As if the records that are listed of the kind were all there are."""
    lists = facts.subjects[INCOMPLETE].combine_chunks()
    others = [[one for one in kinds or () if one != kind] for kinds in lists.to_pylist()]
    at = facts.subjects.column_names.index(INCOMPLETE)
    column = pa.array(others, lists.type)
    return replace(facts, subjects=facts.subjects.set_column(at, INCOMPLETE, column))
