"""Values: attributes, days of asking (computed once), and days that depend on records."""

from __future__ import annotations

import datetime
from functools import cache

from tiaoli.answers import meaning
from tiaoli.answers.case import TAIWAN
from tiaoli.answers.compiled.writing import Writer, gives
from tiaoli.facts import periods
from tiaoli.rules.amounts import Amount
from tiaoli.rules.citation import ClauseDay
from tiaoli.rules.cohorts import Its, PeriodEnd, PeriodStart
from tiaoli.rules.expressions import AttributeOf, Value
from tiaoli.rules.moments import (
    BY_THE_CALENDAR,
    AskedOn,
    AsOf,
    DayConst,
    Moved,
    Movement,
    OneOfTwo,
    OrElse,
)


class _Moves(dict[datetime.date, datetime.date]):
    """Days moved in one manner by one period; the same few days are moved over and over."""

    def __init__(self, movement: Movement, period: periods.Period) -> None:
        self._step = meaning.MOVEMENTS[movement]
        self._period = period

    def __missing__(self, day: datetime.date) -> datetime.date:
        if len(self) > _MOST_MOVES:
            self.clear()
        moved = self[day] = self._step(day, self._period, TAIWAN)
        return moved


_MOST_MOVES = 20_000


@cache
def _moves(movement: Movement, period: periods.Period) -> _Moves:
    return _Moves(movement, period)


def move(writer: Writer, day: str, movement: Movement, period: periods.Period) -> str:
    if movement in BY_THE_CALENDAR:
        step = writer.constant(meaning.MOVEMENTS[movement])
        return f"{step}({day}, {writer.constant(period)}, case.calendar)"
    return f"{writer.constant(_moves(movement, period))}[{day}]"


@gives(AttributeOf)
def _attribute(writer: Writer, node: AttributeOf, row: str | None) -> tuple[str, bool]:
    return writer.named(f"{row}[{node.attribute.name!r}]"), False


@gives(Its, PeriodStart, PeriodEnd)
def _in_turn(
    writer: Writer, node: Its | PeriodStart | PeriodEnd, _row: str | None
) -> tuple[str, bool]:
    expression = f"{writer.constant(meaning.value)}({writer.constant(node)}, case)"
    whose = node.name if isinstance(node, Its) else type(node).__name__
    return writer.hoisted(f"turn|{whose}", expression), False


@gives(Amount)
def _amount(writer: Writer, node: Amount, _row: str | None) -> tuple[str, bool]:
    return writer.constant(node.value), True


# Days of asking


def _is_day_of_asking(node: Value) -> bool:
    """Counted from the day of asking alone."""
    match node:
        case AsOf() | AskedOn() | DayConst():
            return True
        case Moved(day=day) | ClauseDay(day=day):
            return _is_day_of_asking(day)
        case OrElse(day=day):
            return _is_day_of_asking(day)
    return False


def _day(writer: Writer, node: Value) -> str:
    """A day that depends on nothing but the date of asking, computed once."""
    match node:
        case AsOf():
            return "as_of"
        case AskedOn():
            return "case.asked_on"
        case ClauseDay(day=day) | OrElse(day=day):
            return _day(writer, day)
        case Moved(day=day, movement=movement, period=period):
            key = f"{_day(writer, day)}|{movement.value}|{period}"
            return writer.hoisted(key, move(writer, _day(writer, day), movement, period))
        case DayConst(day=constant):
            return writer.constant(constant)
    raise TypeError(f"{node} is not a day of asking")


@gives(AsOf, AskedOn, DayConst)
def _of_asking(writer: Writer, node: Value, _row: str | None) -> tuple[str, bool]:
    return _day(writer, node), True


# Days that depend on records


@gives(ClauseDay)
def _clause_day(writer: Writer, node: ClauseDay, row: str | None) -> tuple[str, bool]:
    if _is_day_of_asking(node):
        return _day(writer, node), True
    return writer.value_by_reference(node, row), False


@gives(OrElse)
def _or_else(writer: Writer, node: OrElse, row: str | None) -> tuple[str, bool]:
    if _is_day_of_asking(node):
        return _day(writer, node), True
    (found, _), (other, _) = writer.value(node.day, row), writer.value(node.fallback, row)
    return writer.named(f"{other} if {found} is NONE else {found}"), False


@gives(Moved)
def _moved(writer: Writer, node: Moved, row: str | None) -> tuple[str, bool]:
    if _is_day_of_asking(node):
        return _day(writer, node), True
    day, _ = writer.value(node.day, row)
    moved = move(writer, day, node.movement, node.period)
    return writer.named(f"{day} if {day} is None or {day} is NONE else {moved}"), False


@gives(OneOfTwo)
def _one_of_two(writer: Writer, node: OneOfTwo, row: str | None) -> tuple[str, bool]:
    (a, _), (b, _) = writer.value(node.first, row), writer.value(node.second, row)
    best = f"{a} if ({a} {'>' if node.later else '<'} {b}) else {b}"
    known = f"{b} if {a} is NONE else {a} if {b} is NONE else {best}"
    return writer.named(f"None if {a} is None or {b} is None else {known}"), False
