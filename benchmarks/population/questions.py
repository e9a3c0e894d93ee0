"""The two questions that are measured, and which columns each of them reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tiaoli.answers.prepared import prepare
from tiaoli.answers.refusals import checked_readings
from tiaoli.population.changes import changed
from tiaoli.population.plan import Plan, plan
from tiaoli.population.terms import walk
from tiaoli.regulations import catalogue
from tiaoli.rules.question import Question

DAY = date(2026, 6, 30)
SEED = 20260630


@dataclass(frozen=True)
class Asked:
    """A question under its default readings; ``recipe`` invents the people it is asked of."""

    regulation: str
    question: str
    recipe: str

    def prepared(self, changes: Mapping[str, str] | None = None) -> Question:
        regulation = catalogue.find(self.regulation)
        found = prepare(
            regulation, regulation.question(self.question), checked_readings(regulation, {})
        )
        return changed(found.question, changes or {})

    @cached_property
    def plan(self) -> Plan:
        return plan(self.prepared())

    @cached_property
    def reads(self) -> dict[str, tuple[str, ...]]:
        """The attributes that the rules look at, by kind."""
        found: dict[str, set[str]] = {}
        for term in walk(self.plan.outputs):
            if term.op == "at":
                kind, attribute, _ = term.data
                found.setdefault(kind, set()).add(attribute)
        return {kind: tuple(sorted(found[kind])) for kind in sorted(found)}


QUESTIONS: Mapping[str, Asked] = {
    "RT3": Asked("rt-ladder", "RT3", "rt-ladder"),
    "credits": Asked("rrt-ce", "credits", "rrt-ce"),
}

WHAT_IF = {"RTL-5.RT3.ADMIN.a.hours": "12"}
"""A number of RT3 that is changed to see that nothing is compiled again."""


def answers_of(made: Plan, values: Mapping[Any, Any]) -> dict[str, Any]:
    """
    What an engine found by the names under which answers are compared: ``outcome``; of each clause
    0 (not met), 1 (open) or 2 (met); of each amount its ``low``, ``high`` and ``limited``.
    """
    found: dict[str, Any] = {}
    for column in made.columns:
        parts = {name: values[term] for name, term in column.parts.items()}
        if column.sort == "outcome":
            found["outcome"] = parts["outcome"]
        elif column.sort == "truth":
            found[column.name] = parts["met"].astype("int8") + parts["possible"].astype("int8")
        elif column.sort == "amount":
            found[f"{column.name} low"] = parts["low"]
            found[f"{column.name} high"] = parts["high"]
            found[f"{column.name} limited"] = parts["limited"]
    return found
