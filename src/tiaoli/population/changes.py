"""
What if: the numbers, windows and days of a text by their names, and the same rules with others.

``RTL-5.RT3.ADMIN.a.hours`` is the number of hours that the clause asks for. A changed question is
the same rule with another number in it; nothing is written twice and nothing is copied by hand.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from tiaoli.facts.dates import UnreadableDate, parse_day
from tiaoli.facts.kinds import Label, Unit
from tiaoli.facts.names import nearest
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import Amount
from tiaoli.rules.citation import Cited
from tiaoli.rules.expressions import AtLeastOf, Node
from tiaoli.rules.moments import DayConst, Moved, Movement
from tiaoli.rules.question import Question
from tiaoli.rules.records import Served

__all__ = ["NoSuchParameter", "Parameter", "UnreadableValue", "changed", "parameters"]


class NoSuchParameter(LookupError):
    """A question has no number, window or day of this name."""


class UnreadableValue(ValueError):
    """What a parameter is to be set to cannot be read as a value of its sort."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, window or day of a clause; ``value`` as it is written, ``unit`` as it is shown."""

    name: str
    clause: str
    value: str
    unit: Label


def parameters(question: Question) -> tuple[Parameter, ...]:
    """Everything in a question (no reading left open) that can be set, in written order."""
    return tuple(_told(name, place) for name, place in _named(question).items())


def changed(question: Question, values: Mapping[str, str]) -> Question:
    """
    The question with other numbers in it: ``changed(rt3, {"RTL-5.RT3.ADMIN.a.hours": "12"})``.

    Raises NoSuchParameter and UnreadableValue.
    """
    if not values:
        return question
    named = _named(question)
    wanted: dict[tuple[str, int], Node] = {}
    for name, text in values.items():
        if name not in named:
            raise _no_such(name, named, question)
        place = named[name]
        wanted[place.clause, id(place.node)] = _set(name, place.node, text)
    again = _Rewritten(wanted)
    return replace(
        question,
        bands=tuple(replace(b, rule=again.of(b.rule, "")) for b in question.bands),
        figures=tuple(replace(f, value=again.of(f.value, "")) for f in question.figures),
        flags=tuple(replace(f, rule=again.of(f.rule, "")) for f in question.flags),
        as_of=again.of(question.as_of, ""),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    clause: str
    node: Node


@lru_cache(maxsize=128)
def _named(question: Question) -> Mapping[str, _Place]:
    """Every parameter by its name; the second of one sort in a clause is ``hours-2``."""
    found: dict[str, _Place] = {}
    for place in _places(question):
        name = f"{place.clause}.{_what(place.node)}"
        number = 2
        unique = name
        while unique in found:
            unique = f"{name}-{number}"
            number += 1
        found[unique] = place
    return found


def _places(question: Question) -> Iterator[_Place]:
    seen: set[tuple[str, int]] = set()
    ahead: list[tuple[Any, str]] = [(node, "") for node in question.nodes()][::-1]
    while ahead:
        node, clause = ahead.pop()
        clause = node.clause if isinstance(node, Cited) else clause
        if (clause, id(node)) in seen:
            continue
        seen.add((clause, id(node)))
        if clause and _can_be_set(node):
            yield _Place(clause, node)
        ahead.extend((part, clause) for part in reversed(tuple(node.parts())))


def _can_be_set(node: Node) -> bool:
    if isinstance(node, Moved):
        return node.period != Period()
    return isinstance(node, Amount | DayConst | Served | AtLeastOf)


_MOVEMENTS = {
    Movement.LOOK_BACK: "window",
    Movement.COMPLETION: "elapsed",
    Movement.COMPLETION_FIRST_DAY_EXCLUDED: "elapsed",
    Movement.LAST_DAY: "validity",
    Movement.DEADLINE: "deadline",
}
_UNITS = {
    Unit.ONE: "number",
    Unit.MINUTE: "hours",
    Unit.TWD: "twd",
    Unit.PERCENT: "percent",
}


def _in_hours(minutes: int | Decimal) -> bool:
    """Whether minutes are told as hours: 50 of them are not."""
    return minutes % 6 == 0


def _what(node: Node) -> str:
    match node:
        case Amount(value=value, measured_in=Unit.MINUTE) if not _in_hours(value):
            return "minutes"
        case Amount(measured_in=unit):
            return _UNITS.get(unit, f"{unit.value[1]}".replace(" ", "-").lower() or "number")
        case Moved(movement=movement):
            return _MOVEMENTS.get(movement, "days" if "days" in movement.value else "period")
        case DayConst():
            return "day"
        case Served():
            return "service"
    return "any"


def _told(name: str, place: _Place) -> Parameter:
    match place.node:
        case Amount(value=value, measured_in=Unit.MINUTE) if _in_hours(value):
            return Parameter(name, place.clause, _plain(Decimal(value) / 60), Unit.HOUR.label)
        case Amount(value=value, measured_in=unit):
            return Parameter(name, place.clause, _plain(Decimal(value)), unit.label)
        case Moved(period=period):
            return Parameter(name, place.clause, _period_text(period), Label("期間", "period"))
        case DayConst(day=day):
            return Parameter(name, place.clause, day.isoformat(), Label("日期", "day"))
        case Served(years=years):
            return Parameter(name, place.clause, str(years), Unit.YEAR.label)
        case AtLeastOf(number=number):
            return Parameter(name, place.clause, str(number), Unit.ITEM.label)
    raise AssertionError(place)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _period_text(period: Period) -> str:
    counted = ((period.years, "y"), (period.months, "m"), (period.days, "d"))
    return "".join(f"{number}{unit}" for number, unit in counted if number)


# Setting


def _set(name: str, node: Node, text: str) -> Node:
    """The node with another value."""
    match node:
        case Amount(value=value, measured_in=Unit.MINUTE):
            times = 60 if _in_hours(value) else 1
            return replace(node, value=_whole(name, _number(name, text) * times, text))
        case Amount():
            number = _number(name, text)
            return replace(node, value=int(number) if number == int(number) else number)
        case Moved():
            return replace(node, period=_period(name, text))
        case DayConst():
            return replace(node, day=_day(name, text))
        case Served():
            return replace(node, years=_whole(name, _number(name, text), text))
        case AtLeastOf(rules=rules):
            wanted = _whole(name, _number(name, text), text)
            if not 1 <= wanted <= len(rules):
                raise _unreadable(name, text, f"1 至 {len(rules)}", f"1 to {len(rules)}")
            return replace(node, number=wanted)
    raise AssertionError(node)


def _number(name: str, text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise _unreadable(
            name, text, "數字，例如 12 或 7.5", "a number such as 12 or 7.5"
        ) from None
    if not number.is_finite() or number < 0:
        raise _unreadable(name, text, "不小於 0 的數字", "a number not below 0")
    return number


def _whole(name: str, number: Decimal, text: str) -> int:
    if number != int(number):
        raise _unreadable(name, text, "整數（時數須為整分鐘）", "a whole number (of minutes)")
    return int(number)


_PERIOD = re.compile(
    r"(?:(\d+)\s*(?:y|年))?\s*(?:(\d+)\s*(?:m|個月|月))?\s*(?:(\d+)\s*(?:d|日|天))?"
)


def _period(name: str, text: str) -> Period:
    found = _PERIOD.fullmatch(text.strip().lower())
    if found is None or not any(found.groups()):
        raise _unreadable(name, text, "期間，例如 3y、6m、30d", "a period such as 3y, 6m or 30d")
    years, months, days = (int(part or 0) for part in found.groups())
    return Period(years=years, months=months, days=days)


def _day(name: str, text: str) -> datetime.date:
    try:
        return parse_day(text)
    except UnreadableDate:
        raise _unreadable(name, text, "日期，例如 2026-06-30", "a day such as 2026-06-30") from None


def _unreadable(name: str, text: str, zh: str, en: str) -> UnreadableValue:
    return UnreadableValue(
        f"「{name}」要設成{zh}；這裡是「{text}」。 / {name} is set to {en}; found {text!r}."
    )


def _no_such(name: str, named: Mapping[str, _Place], question: Question) -> NoSuchParameter:
    hint = nearest(name, named)
    return NoSuchParameter(
        f"「{question.id}」沒有叫做「{name}」的參數。{hint.zh}"
        f"以 tiaoli parameters 列出全部。 / "
        f"{question.id} has no parameter {name!r}. {hint.en} "
        "List them with tiaoli parameters."
    )


class _Rewritten:
    """A rule with some nodes replaced, each only where it stands in the clause that is meant."""

    def __init__(self, wanted: Mapping[tuple[str, int], Node]) -> None:
        self._wanted = wanted
        self._clauses = {clause for clause, _ in wanted}
        self._done: dict[tuple[str, int], Any] = {}

    def of(self, node: Any, clause: str) -> Any:
        if isinstance(node, tuple):
            parts = tuple(self.of(part, clause) for part in node)
            return node if all(a is b for a, b in zip(parts, node, strict=True)) else parts
        if not isinstance(node, Node):
            return node
        clause = node.clause if isinstance(node, Cited) else clause
        key = (clause, id(node))
        if key not in self._done:
            self._done[key] = self._rebuilt(self._wanted.get(key, node), clause)
        return self._done[key]

    def _rebuilt(self, node: Node, clause: str) -> Node:
        old = {name: getattr(node, name) for name in _names(type(node))}
        new = {
            name: found for name, was in old.items() if (found := self.of(was, clause)) is not was
        }
        return replace(node, **new) if new else node  # type: ignore[type-var]  # the same


_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _names(of: type[Any]) -> tuple[str, ...]:
    """The fields of a class, looked up once."""
    if of not in _FIELDS:
        _FIELDS[of] = tuple(field.name for field in fields(of))
    return _FIELDS[of]
