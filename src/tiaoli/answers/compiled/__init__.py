"""
The quick reading: one rule as one Python function, for the outcome alone.

The function does what ``meaning.holds`` does, in straight-line code: windows are computed once,
records are read in one loop each, and a settled conjunction stops. Nodes that are rare go through
``meaning`` itself. Tests hold the two readings equal on every case and on generated rules.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.compiled import days, records, truths, turns
from tiaoli.answers.compiled.records import (
    Member,
    compiled_members,
    compiled_pick,
    conditions_of,
    quick_members,
)
from tiaoli.answers.compiled.turns import in_turn
from tiaoli.answers.compiled.writing import Writer
from tiaoli.answers.meaning import Truth
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import AllOf, AnyOf, Rule, Value
from tiaoli.rules.records import AnyRecord, Served

WRITTEN_BY = (days, records, truths, turns)
"""The files that say how each node is written; importing them fills the tables of ``writing``."""

__all__ = [
    "Compiled",
    "Member",
    "compiled",
    "compiled_members",
    "compiled_pick",
    "compiled_value",
    "conditions_of",
    "in_turn",
    "quick_members",
]

Compiled = Callable[[Case], Truth]


@lru_cache(maxsize=2048)
def compiled(rule: Rule) -> Compiled:
    """The function of ``rule``; compiled once."""
    writer = Writer(shared=_told_twice(rule))
    writer.rule(rule, "t", None)
    function: Compiled = writer.function("t")
    return function


def _told_twice(rule: Rule) -> frozenset[int]:
    """Clauses that stand in more than one place; they are worked out once."""
    standing: dict[int, int] = {}
    for node in rule.walk():
        for part in node.parts():
            if isinstance(part, ClauseRule | AnyOf | AllOf | Served | AnyRecord):
                standing[id(part)] = standing.get(id(part), 0) + 1
    return frozenset(key for key, times in standing.items() if times > 1)


@lru_cache(maxsize=4096)
def compiled_value(node: Value) -> Callable[[Case], Any]:
    """``meaning.value`` of a value that is asked of no record."""
    writer = Writer()
    found, _ = writer.value(node, None)
    function: Callable[[Case], Any] = writer.function(found)
    return function
