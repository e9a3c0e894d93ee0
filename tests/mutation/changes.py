"""
What may be changed in a rule so that it says something else: one number, edge, word or clause.

A mutation check is a tool of those who encode, and no part of the product: it asks whether the
worked cases would notice if a regulation said something a little different from what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tiaoli.answers.wording import describe, name_of
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import (
    Amount,
    Capped,
    Count,
    Excess,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Includes,
    IsOneOf,
    Node,
    Not,
    Rule,
    WaivedBy,
)
from tiaoli.rules.interpretation import ByReading
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.ledgers import Cap, Ledger, Portion
from tiaoli.rules.moments import DayConst, Moved, Movement, OneOfTwo, Within
from tiaoli.rules.records import Served


@dataclass(frozen=True)
class Change:
    """``says`` in a few words what becomes of the node."""

    says: str
    node: Node


Settled = Callable[[Rule], bool | None]
"""Whether a rule is always met, or never, by the readings that are tried."""


def changes(node: Node, settled: Settled) -> Iterator[Change]:
    """
    Everything that may be changed at ``node`` itself. What is below it has its own turn. What a
    reading has settled is not there to be changed.
    """
    yield from _constants_beside(node)
    yield from _rule_changes(node, settled)
    yield from _value_changes(node)
    yield from _ledger_changes(node, settled)


def _rule_changes(node: Node, settled: Settled) -> Iterator[Change]:
    match node:
        case Compare(op=op) if op != "==":
            yield Change(
                f"{describe(node).en}: {op} to {_FLIPPED[op]}", _with(node, op=_FLIPPED[op])
            )
        case AllOf(rules=rules):
            yield Change(f"and to or: {_short(node)}", AnyOf(rules))
            for number, part in enumerate(rules):
                if settled(part) is not True:
                    rest = _without(rules, number)
                    yield Change(f"not asked: {_short(part)}", _joined(AllOf, rest))
        case AnyOf(rules=rules):
            yield Change(f"or to and: {_short(node)}", AllOf(rules))
            for number, part in enumerate(rules):
                if settled(part) is not False:
                    rest = _without(rules, number)
                    yield Change(f"not open: {_short(part)}", _joined(AnyOf, rest))
        case AtLeastOf(number=number, rules=rules):
            for other in (number - 1, number + 1):
                if 1 <= other <= len(rules):
                    yield Change(f"any {number} to any {other}", _with(node, number=other))
        case Not(rule=rule):
            yield Change(f"not dropped: {_short(rule)}", rule)
        case WaivedBy(rule=rule):
            yield Change(f"waiver dropped from {_short(rule)}", rule)
        case Presumed(rule=rule, met=met):
            yield Change(f"presumed {not met}: {_short(rule)}", _with(node, met=not met))
        case IsOneOf(options=options) | Includes(options=options):
            if isinstance(node, IsOneOf) or len(options) > 1:
                for number, option in enumerate(options):
                    rest = _without(options, number)
                    yield Change(f"{_short(node)}: without {option}", _with(node, options=rest))
        case Within(exclusive=exclusive):
            edge = "in" if exclusive else "out of"
            yield Change(
                f"{_short(node)}: first day {edge} it", _with(node, exclusive=not exclusive)
            )
        case Served(years=years):
            for other in (years - 1, years + 1):
                yield Change(f"{years} years of service to {other}", _with(node, years=other))


def _value_changes(node: Node) -> Iterator[Change]:
    match node:
        case DayConst(day=day):
            for step in (-1, 1):
                other_day = day + timedelta(days=step)
                yield Change(f"{day} to {other_day}", _with(node, day=other_day))
        case OneOfTwo(later=later):
            word = "later to earlier" if later else "earlier to later"
            yield Change(f"{word}: {name_of(node).en}", _with(node, later=not later))
        case Count(distinct=distinct) if distinct:
            yield Change(f"each {name_of(node).en} counted, alike or not", Count(node.records))
        case Portion(up=up, pooled=pooled):
            yield Change("rounded " + ("down" if up else "up"), _with(node, up=not up))
            if pooled:
                yield Change("rounded each by itself", _with(node, pooled=()))
        case Total(amounts=amounts) if len(amounts) > 1:
            for number, one in enumerate(amounts):
                rest = _without(amounts, number)
                yield Change(f"not added: {name_of(one).en}", _with(node, amounts=rest))
        case Capped(amount=amount, cap=cap):
            yield Change(f"no longer capped at {name_of(cap).en}", amount)
        case Table(rows=rows):
            for number, (rule, _) in enumerate(rows):
                rest = _without(rows, number)
                yield Change(f"row dropped: {_short(rule)}", _with(node, rows=rest))


def _ledger_changes(node: Node, settled: Settled) -> Iterator[Change]:
    match node:
        case Ledger(caps=caps, once=once):
            for number, cap in enumerate(caps):
                if settled(cap.of) is False:
                    continue
                yield Change(f"cap dropped: {cap.clause}", _with(node, caps=_without(caps, number)))
            for number, one in enumerate(once):
                if settled(one.of) is False:
                    continue
                rest = _without(once, number)
                yield Change(f"counted more than once: {one.clause}", _with(node, once=rest))
                other = (*once[:number], replace(one, highest=not one.highest), *once[number + 1 :])
                which = "the earliest" if one.highest else "the one worth most"
                yield Change(f"once, {which}: {one.clause}", _with(node, once=other))
            if node.step is not None:
                yield Change("not truncated", _with(node, step=None))


_FLIPPED = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


def _constants_beside(node: Node) -> Iterator[Change]:
    """
    Numbers and moved days stand in many places at once; they are changed in the one that uses them.
    """
    if isinstance(node, ByReading):
        return
    for field in fields(node):
        for says, value in _other_values(getattr(node, field.name)):
            if isinstance(node, Portion) and isinstance(value, Amount) and value.value == 0:
                continue  # nothing is divided into parts of nothing
            where = f"{type(node).__name__}.{field.name}"
            yield Change(f"{_place(node, where)}: {says}", _with(node, **{field.name: value}))


def _other_values(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case Amount():
            for other in _other_amounts(value):
                yield f"{name_of(value).en} to {name_of(other).en}", other
        case Moved():
            for period in _other_periods(value):
                other = replace(value, period=period)
                yield f"{name_of(value).en} to {name_of(other).en}", other
        case tuple():
            for number, item in enumerate(value):
                for says, other in _other_values(item):
                    yield says, (*value[:number], other, *value[number + 1 :])


def _other_amounts(amount: Amount) -> Iterator[Amount]:
    step = 1
    if isinstance(amount.value, Decimal) and (exponent := amount.value.as_tuple().exponent):
        step = Decimal(1).scaleb(exponent)
    for other in (amount.value - step, amount.value + step):
        if other >= 0:
            yield replace(amount, value=other)


_NO_PERIOD = {
    Movement.WORKDAY_ON_OR_AFTER,
    Movement.SATURDAY_ON_OR_AFTER,
    Movement.NOT_A_HOLIDAY_ON_OR_AFTER,
}


def _other_periods(moved: Moved) -> Iterator[Period]:
    period = moved.period
    if moved.movement in _NO_PERIOD:
        return
    if moved.movement is Movement.FIRST_OF_YEAR:
        yield replace(period, years=period.years + 1)
        return
    if moved.movement is Movement.MONTH_END_ON_OR_AFTER:
        yield replace(period, months=period.months % 12 + 1)
        return
    yield replace(period, days=period.days + 1)
    if period.days > 1 or (period.days and (period.months or period.years)):
        yield replace(period, days=period.days - 1)
    elif period.days == 0 and (shorter := _one_less(period)) is not None:
        yield shorter


def _one_less(period: Period) -> Period | None:
    """A period of years or months cannot lack a day; it is made a whole month shorter."""
    months = period.years * 12 + period.months - 1
    if months > 0:
        return Period(months=months)
    return None


def _place(node: Node, where: str) -> str:
    match node:
        case Rule():
            return _short(node)
        case Cap(clause=clause):
            return f"cap of {clause}"
        case ClauseAmount() | Times() | Table() | Total() | Excess() | Capped():
            return "amount"
    return where


_MOST = 110


def _short(rule: Rule) -> str:
    text = describe(rule).en
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _without(items: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    return (*items[:number], *items[number + 1 :])


def _joined(join: type[AllOf] | type[AnyOf], rules: tuple[Rule, ...]) -> Rule:
    return rules[0] if len(rules) == 1 else join(rules)


def _with(node: Any, **values: Any) -> Any:
    """Built anew, as some nodes keep a field of their own making out of the constructor."""
    kept = {field.name: getattr(node, field.name) for field in fields(node)}
    return type(node)(**{**kept, **values})
