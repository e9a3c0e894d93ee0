"""
Days, and the windows between them, as values.

``AS_OF`` is the reference date of the question (usually the day it is asked for, but a reading may
put it elsewhere); ``ASKED_ON`` is the day it is asked for. How days move is in ``facts/periods``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum
from functools import cache

from tiaoli.facts.kinds import Type, Unit
from tiaoli.facts.periods import Period, days
from tiaoli.rules.errors import MixedUnits
from tiaoli.rules.expressions import AttributeValue, Rule, Value, _must_be_rule


class DayNode(Value):
    """A value that is a day."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        return Type.DAY


@dataclass(frozen=True, slots=True, eq=False)
class AsOf(DayNode):
    """The reference date of the question."""


@dataclass(frozen=True, slots=True, eq=False)
class AskedOn(DayNode):
    """The day for which the question is asked."""


AS_OF = AsOf()
ASKED_ON = AskedOn()


@dataclass(frozen=True, slots=True, eq=False)
class DayConst(DayNode):
    day: datetime.date


class Movement(Enum):
    """The ways in which the law counts from a day; each is one function of ``facts/periods``."""

    LOOK_BACK = "look_back"
    COMPLETION = "completion"
    COMPLETION_FIRST_DAY_EXCLUDED = "completion_first_day_excluded"
    LAST_DAY = "last_day"
    DEADLINE = "deadline"
    DAYS_AFTER = "days_after"
    DAYS_BEFORE = "days_before"
    WORKDAYS_AFTER = "workdays_after"
    WORKDAY_ON_OR_AFTER = "workday_on_or_after"
    SATURDAY_ON_OR_AFTER = "saturday_on_or_after"
    NOT_A_HOLIDAY_ON_OR_AFTER = "not_a_holiday_on_or_after"
    WORKDAYS_BEFORE = "workdays_before"
    WORKDAYS_BEFORE_NO_MAKEUP = "workdays_before_no_makeup"
    WORKDAYS_BEFORE_LABOUR_DAY = "workdays_before_labour_day"
    WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP = "workdays_before_labour_day_no_makeup"
    DAY_OF_EARLIER_MONTH = "day_of_earlier_month"
    MONTH_END_ON_OR_AFTER = "month_end_on_or_after"
    FIRST_OF_YEAR = "first_of_year"


BY_THE_CALENDAR = frozenset(
    {
        Movement.WORKDAYS_AFTER,
        Movement.WORKDAY_ON_OR_AFTER,
        Movement.NOT_A_HOLIDAY_ON_OR_AFTER,
        Movement.WORKDAYS_BEFORE,
        Movement.WORKDAYS_BEFORE_NO_MAKEUP,
        Movement.WORKDAYS_BEFORE_LABOUR_DAY,
        Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP,
    }
)
"""The movements that look into the office calendar."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved(DayNode):
    """``day`` moved by ``period`` in the manner of ``movement``. Absent stays absent."""

    day: Value
    movement: Movement
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class DaysLater(DayNode):
    """``day`` moved on by as many days as ``number`` says; absent where either is."""

    day: Value
    number: AttributeValue


@dataclass(frozen=True, slots=True, eq=False)
class OrElse(DayNode):
    """``day``, or ``fallback`` where there is no such day. An unknown day stays unknown."""

    day: Value
    fallback: Value


@dataclass(frozen=True, slots=True, eq=False)
class DayIf(DayNode):
    """``day`` where ``rule`` is met; no day where it is not."""

    rule: Rule
    day: Value


@dataclass(frozen=True, slots=True, eq=False)
class OneOfTwo(DayNode):
    """The later (or the earlier) of two days; absent counts as not there."""

    later: bool
    first: Value
    second: Value


@dataclass(frozen=True, slots=True, eq=False)
class DayTable(DayNode):
    """The day of the first row whose rule is met, else there is no such day."""

    rows: tuple[tuple[Rule, Value], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Within(Rule):
    """``start <= day <= end``; with ``exclusive`` the first day itself is outside."""

    day: Value
    start: Value
    end: Value
    exclusive: bool = False


@cache
def look_back(day: Value, period: Period) -> Value:
    """
    First day of the closed window that ends on ``day`` (month-end clamp).

    The same window is the same node, so that whoever reads a rule need work it out only once.
    """
    return Moved(_day(day), Movement.LOOK_BACK, period)


def completed(start: Value, period: Period, *, first_day_counts: bool = True) -> Value:
    """First day on which ``period`` from ``start`` is complete."""
    movement = Movement.COMPLETION if first_day_counts else Movement.COMPLETION_FIRST_DAY_EXCLUDED
    return Moved(_day(start), movement, period)


def last_day_of(start: Value, period: Period) -> Value:
    """Last day of a validity that begins on ``start``."""
    return Moved(_day(start), Movement.LAST_DAY, period)


def deadline(event: Value, period: Period) -> Value:
    """Last day of a period counted forward from ``event``, whose own day is not counted."""
    return Moved(_day(event), Movement.DEADLINE, period)


def days_after(day: Value, number: int) -> Value:
    """Calendar days; negative numbers go back."""
    movement = Movement.DAYS_AFTER if number >= 0 else Movement.DAYS_BEFORE
    return Moved(_day(day), movement, days(abs(number)))


def days_later(day: Value, number: AttributeValue) -> Value:
    """``days_later(check.date, follow(check.equipment).maintenance_interval)``."""
    if number.type is not Type.WHOLE or number.unit not in (Unit.ONE, Unit.DAY):
        raise MixedUnits(f"{number.name} is no number of days")
    return DaysLater(_day(day), number)


def workdays_after(day: Value, number: int) -> Value:
    """The ``number``-th working day after ``day`` (government calendar)."""
    return Moved(_day(day), Movement.WORKDAYS_AFTER, days(number))


def workday_on_or_after(day: Value) -> Value:
    """``day``, or the next working day where it is a day of rest."""
    return Moved(_day(day), Movement.WORKDAY_ON_OR_AFTER, days(0))


def falls_on_saturday(day: Value) -> Rule:
    """Periods that end on a Saturday run until Monday morning (Administrative Procedure Act 48)."""
    return _day(day).same_as(Moved(day, Movement.SATURDAY_ON_OR_AFTER, days(0)))


def not_a_holiday_on_or_after(day: Value) -> Value:
    """``day``, or the next that is no public holiday; an ordinary Sunday is none."""
    return Moved(_day(day), Movement.NOT_A_HOLIDAY_ON_OR_AFTER, days(0))


_BEFORE = {
    (True, False): Movement.WORKDAYS_BEFORE,
    (False, False): Movement.WORKDAYS_BEFORE_NO_MAKEUP,
    (True, True): Movement.WORKDAYS_BEFORE_LABOUR_DAY,
    (False, True): Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP,
}


def workdays_before(
    day: Value, number: int, *, makeup_saturdays: bool = True, labour_day: bool = False
) -> Value:
    """
    The ``number``-th working day before ``day``, which is not counted itself.

    Make-up Saturdays may be left out, and Labour Day closed in the years when offices worked.
    """
    return Moved(_day(day), _BEFORE[makeup_saturdays, labour_day], days(number))


def day_of_earlier_month(day: Value, number: int, *, months_before: int = 1) -> Value:
    """The ``number``-th of the month that lies ``months_before`` before that of ``day``."""
    if not 1 <= number <= 28:
        raise ValueError(f"not every month has a day {number}")
    period = Period(months=months_before, days=number)
    return Moved(_day(day), Movement.DAY_OF_EARLIER_MONTH, period)


def first_of_year(day: Value, *, years_before: int = 0) -> Value:
    """1 January of the year of ``day``, or of one ``years_before`` it."""
    return Moved(_day(day), Movement.FIRST_OF_YEAR, Period(years=years_before))


def month_end_on_or_after(day: Value, month: int) -> Value:
    """The next last day of ``month`` (2 is February), which may be ``day`` itself."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    return Moved(_day(day), Movement.MONTH_END_ON_OR_AFTER, Period(months=month))


def later_of(first: Value, second: Value) -> Value:
    return OneOfTwo(True, _day(first), _day(second))


def earlier_of(first: Value, second: Value) -> Value:
    return OneOfTwo(False, _day(first), _day(second))


def day_table(*rows: tuple[Rule, Value]) -> Value:
    """``day_table((small, in_a_month), (great, in_three))``: the day that goes with the case."""
    return DayTable(tuple((rule, _day(day)) for rule, day in rows))


def or_else(day: Value, fallback: Value) -> Value:
    return OrElse(_day(day), _day(fallback))


def day_if(rule: Rule, day: Value) -> Value:
    """A day that the text fixes for those who meet ``rule``."""
    return DayIf(_must_be_rule(rule), _day(day))


def date_of(year: int, month: int, day: int) -> Value:
    return DayConst(datetime.date(year, month, day))


def lookback(day: Value, period: Period, *, edge_inside: bool = True, to: Value = AS_OF) -> Rule:
    """
    ``day`` lies in the window that looks back ``period`` from ``to``, both ends included.

    With ``edge_inside=False`` the anniversary day itself is outside.
    """
    return Within(_day(day), look_back(to, period), to, exclusive=not edge_inside)


def between(day: Value, start: Value, end: Value) -> Rule:
    return Within(_day(day), _day(start), _day(end))


def _day(value: Value) -> Value:
    if isinstance(value, Value) and value.type is Type.DAY:
        return value
    raise MixedUnits(f"a day is needed here, not {value!r}")
