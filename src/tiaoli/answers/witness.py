"""
A record that would count: values for a kind of fact, made from the condition that asks for it.

Used by ``plan`` to try out further facts. What comes out is checked against ``meaning`` before it
is relied on; a condition that cannot be satisfied by a new record gives none.
"""

from __future__ import annotations

import datetime
from itertools import count as numbers
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import members, value
from tiaoli.facts.dossier import Fact, Tier
from tiaoli.facts.kinds import NONE, Absent, Type
from tiaoli.rules.amounts import Amount
from tiaoli.rules.citation import ClauseRule, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
    Compare,
    Constant,
    Includes,
    IsAbsent,
    IsOneOf,
    Not,
    Rule,
    Value,
)
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import OneOfTwo, OrElse, Within
from tiaoli.rules.records import Records, Related

_numbers = numbers(1)
_ONE_DAY = datetime.timedelta(days=1)


class _Unsatisfiable(Exception):
    """No new record can meet the condition."""


def witness(
    of: Records, case: Case, when: datetime.date, fixed: dict[str, Any] | None = None
) -> Fact | None:
    """A new record of ``of``, happening on ``when``; None where none can be made."""
    values: dict[str, Any] = {}
    if of.kind.happens is not None:
        values[of.kind.happens] = when
    try:
        _meet(of.condition, values, case, when)
    except _Unsatisfiable:
        return None
    values.update(fixed or {})
    number = next(_numbers)
    for name, attribute in of.kind.attributes.items():
        if name not in values:
            values[name] = NONE if attribute.absent is Absent.NONE else None
            if attribute.type is Type.TEXT and attribute.absent is Absent.NONE:
                values[name] = f"plan-{number}"
    return Fact(f"plan-{number}", of.kind.name, values, Tier.CLAIMED, "plan")


def _meet(rule: Rule, values: dict[str, Any], case: Case, when: datetime.date) -> None:
    match rule:
        case Constant(met=met):
            if not met:
                raise _Unsatisfiable
        case AllOf(rules=rules):
            for part in rules:
                _meet(part, values, case, when)
        case AnyOf(rules=rules):
            _meet_one(rules, values, case, when)
        case (
            ClauseRule(rule=inner)
            | Presumed(rule=inner)
            | ShownBy(rule=inner)
            | ToldIfMet(rule=inner)
        ):
            _meet(inner, values, case, when)
        case IsOneOf(value=AttributeOf(attribute=attribute), options=options):
            _set(values, attribute.name, options[0], options)
        case Includes(value=AttributeOf(attribute=attribute), options=options):
            values[attribute.name] = (*values.get(attribute.name, ()), *options)
        case IsAbsent(value=AttributeOf(attribute=attribute)):
            _set(values, attribute.name, NONE, (NONE,))
        case Within(day=day):
            _set_day(day, when, values)
        case Compare():
            _meet_comparison(rule, values, case, when)
        case Not(rule=inner):
            _avoid(inner, values)
        case Related():
            _copy(rule, values, case)
        case _:
            raise _Unsatisfiable


def _meet_one(
    rules: tuple[Rule, ...], values: dict[str, Any], case: Case, when: datetime.date
) -> None:
    for part in rules:
        trial = dict(values)
        try:
            _meet(part, trial, case, when)
        except _Unsatisfiable:
            continue
        values.update(trial)
        return
    raise _Unsatisfiable


def _set(values: dict[str, Any], name: str, wanted: Any, allowed: tuple[Any, ...]) -> None:
    if name not in values:
        values[name] = wanted
    elif values[name] not in allowed:
        raise _Unsatisfiable


def _set_day(node: Value, day: datetime.date, values: dict[str, Any]) -> None:
    match node:
        case AttributeOf(attribute=attribute):
            values.setdefault(attribute.name, day)
        case OrElse(day=inner) | OneOfTwo(first=inner):
            if isinstance(inner, AttributeOf) and inner.attribute.absent is Absent.NONE:
                values.setdefault(inner.attribute.name, NONE)
            else:
                _set_day(inner, day, values)
        case _:
            raise _Unsatisfiable


def _meet_comparison(
    rule: Compare, values: dict[str, Any], case: Case, when: datetime.date
) -> None:
    left, right, op = rule.left, rule.right, rule.op
    if not isinstance(left, AttributeOf):
        left, right, op = right, left, {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}.get(op, op)
    if not isinstance(left, AttributeOf):
        raise _Unsatisfiable
    name = left.attribute.name
    if isinstance(right, Amount):
        values.setdefault(name, right.value)
        return
    found = value(right, case, values) if _known(right, values) else when
    if not isinstance(found, datetime.date) or left.type is not Type.DAY:
        if op == "==" and found is not None and found is not NONE:
            values[name] = found
            return
        raise _Unsatisfiable
    values.setdefault(name, _day_for(op, found, when))


def _day_for(op: str, found: datetime.date, when: datetime.date) -> datetime.date:
    if op == "==":
        return found
    if op in (">", ">="):
        return max(found, when) + 365 * 5 * _ONE_DAY
    return min(when, found - _ONE_DAY if op == "<" else found)


def _known(node: Value, values: dict[str, Any]) -> bool:
    own = [n.attribute.name for n in node.walk() if isinstance(n, AttributeOf)]
    return all(name in values for name in own)


def _avoid(rule: Rule, values: dict[str, Any]) -> None:
    match rule:
        case IsOneOf(value=AttributeOf(attribute=attribute), options=options):
            others = tuple(o for o in attribute.option_names if o not in options) or (False,)
            _set(values, attribute.name, others[0], others)
        case IsAbsent() | Related() | Compare():
            return
        case _:
            raise _Unsatisfiable


def _copy(rule: Related, values: dict[str, Any], case: Case) -> None:
    """Agree with a record that is already there."""
    for fact, truth in members(rule.others, case):
        if truth:
            for mine, theirs in rule.pairs:
                found = fact.values[theirs.attribute.name]
                one = found[0] if isinstance(found, tuple) else found
                is_list = mine.type in (Type.CHOICES, Type.TEXTS)
                values[mine.attribute.name] = (one,) if is_list else one
            return
    raise _Unsatisfiable
