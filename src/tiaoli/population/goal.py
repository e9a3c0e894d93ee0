"""
What it takes to reach the outcome that people work towards: the conditions one after another, and
the amounts that are measured against what is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiaoli.population.walking import of_the_subject
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import Cited, ClauseRule, Named, ToldIfMet
from tiaoli.rules.expressions import AllOf, AnyOf, Compare, Rule
from tiaoli.rules.question import Band, Question


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One of the conditions that must all be met; ``clause`` the innermost that it belongs to."""

    name: str
    clause: str
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """An amount that a clause holds against another: ``have`` against ``need``."""

    name: str
    clause: str
    compare: Compare


def goal_band(question: Question) -> tuple[tuple[Band, ...], Band] | None:
    """The band of the outcome that people work towards, and those that are tried before it."""
    for at, band in enumerate(question.bands):
        if band.outcome == question.goal:
            return question.bands[:at], band
    return None


def routes(question: Question) -> tuple[tuple[Step, ...], ...]:
    """
    The ways to the goal, each with its conditions in the order of the text; none where there is no
    goal. A clause of several conditions is as many steps: ``RTL-3``, ``RTL-3#2``.
    """
    found = goal_band(question)
    if found is None:
        return ()
    times: dict[str, int] = {}
    return tuple(_steps(route, times) for route in _routes(found[1].rule))


def _steps(conditions: list[tuple[str, Rule]], times: dict[str, int]) -> tuple[Step, ...]:
    named = []
    for clause, rule in conditions:
        name = clause or "goal"
        number = times[name] = times.get(name, 0) + 1
        named.append(Step(name if number == 1 else f"{name}#{number}", clause, rule))
    return tuple(named)


def _routes(rule: Rule) -> list[list[tuple[str, Rule]]]:
    """Where there is one condition only, and it leaves a choice, each choice is a way."""
    conditions = list(_conditions(rule, ""))
    if len(conditions) == 1:
        clause, only = conditions[0]
        while isinstance(only, ClauseRule | Named | ToldIfMet):
            clause = only.clause if isinstance(only, ClauseRule) else clause
            only = only.rule
        if isinstance(only, AnyOf):
            return [list(_conditions(part, clause)) for part in only.rules]
    return [conditions]


def _conditions(rule: Rule, clause: str) -> Iterator[tuple[str, Rule]]:
    match rule:
        case ClauseRule(clause=own, rule=inner):
            parts = list(_conditions(inner, own))
            yield from parts if len(parts) > 1 else [(_own(parts, own), rule)]
        case AllOf(rules=rules):
            for part in rules:
                yield from _conditions(part, clause)
        case Named(rule=AllOf()) | ToldIfMet():
            yield from _conditions(rule.rule, clause)
        case _:
            yield clause, rule


def _own(parts: list[tuple[str, Rule]], clause: str) -> str:
    """Of a clause that only holds another one, the inner is the one that decides."""
    return parts[0][0] if parts else clause


def measures(question: Question) -> tuple[Measure, ...]:
    """Every amount that a clause asks of the subject, by the name of the clause."""
    found: list[Measure] = []
    times: dict[str, int] = {}
    for node, clause in of_the_subject(question):
        if not isinstance(node, Compare) or not clause or isinstance(node, Cited):
            continue
        if isinstance(node.left, AmountNode):
            number = times[clause] = times.get(clause, 0) + 1
            name = f"{clause}.have" + ("" if number == 1 else f"#{number}")
            found.append(Measure(name, clause, node))
    return tuple(found)
