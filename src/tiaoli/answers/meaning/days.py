"""What values mean: days, choices, texts, and the records that are picked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.meaning.lookup import Exact, Row, amount_known, holds, means, members, value
from tiaoli.facts import periods
from tiaoli.facts.calendar import WorkCalendar
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import ReachedOn
from tiaoli.rules.citation import ClauseDay
from tiaoli.rules.expressions import AttributeOf
from tiaoli.rules.moments import (
    AskedOn,
    AsOf,
    DayConst,
    DayIf,
    DaysLater,
    DayTable,
    Moved,
    Movement,
    OneOfTwo,
    OrElse,
)
from tiaoli.rules.records import Picked, Referred
from tiaoli.rules.timetables import DayOf


@means(AttributeOf)
def _attribute(node: AttributeOf, _case: Case, row: Row | None) -> Any:
    assert row is not None, f"{node.name} is asked of a record"
    return row[node.attribute.name]


@means(AsOf)
def _as_of(_node: AsOf, case: Case, _row: Row | None) -> Any:
    return case.as_of


@means(AskedOn)
def _asked_on(_node: AskedOn, case: Case, _row: Row | None) -> Any:
    return case.asked_on


@means(DayConst)
def _day_const(node: DayConst, _case: Case, _row: Row | None) -> Any:
    return node.day


@means(ClauseDay)
def _clause_day(node: ClauseDay, case: Case, row: Row | None) -> Any:
    return value(node.day, case, row)


@means(Moved)
def _moved(node: Moved, case: Case, row: Row | None) -> Any:
    day = value(node.day, case, row)
    return day if day is None or day is NONE else move(day, node, case.calendar)


def move(day: datetime.date, by: Moved, calendar: WorkCalendar) -> datetime.date:
    return MOVEMENTS[by.movement](day, by.period, calendar)


_SATURDAY = 5


MOVEMENTS: Mapping[Movement, Callable[[datetime.date, Period, WorkCalendar], datetime.date]] = {
    Movement.LOOK_BACK: lambda d, p, _: periods.look_back(d, p),
    Movement.COMPLETION: lambda d, p, _: periods.completion(d, p),
    Movement.COMPLETION_FIRST_DAY_EXCLUDED: lambda d, p, _: periods.completion(
        d, p, first_day_counts=False
    ),
    Movement.LAST_DAY: lambda d, p, _: periods.last_day(d, p),
    Movement.DEADLINE: lambda d, p, _: periods.deadline(d, p),
    Movement.DAYS_AFTER: lambda d, p, _: d + datetime.timedelta(days=p.days),
    Movement.DAYS_BEFORE: lambda d, p, _: d - datetime.timedelta(days=p.days),
    Movement.WORKDAYS_AFTER: lambda d, p, calendar: calendar.add_workdays(d, p.days),
    Movement.WORKDAY_ON_OR_AFTER: lambda d, _, calendar: calendar.next_workday(d),
    Movement.SATURDAY_ON_OR_AFTER: lambda d, _p, _c: (
        d + datetime.timedelta(days=(_SATURDAY - d.weekday()) % 7)
    ),
    Movement.NOT_A_HOLIDAY_ON_OR_AFTER: lambda d, _, calendar: calendar.next_not_a_holiday(d),
    Movement.WORKDAYS_BEFORE: lambda d, p, calendar: calendar.nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_NO_MAKEUP: lambda d, p, calendar: replace(
        calendar, makeup_saturdays=False
    ).nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_LABOUR_DAY: lambda d, p, calendar: replace(
        calendar, labour_day=True
    ).nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP: lambda d, p, calendar: replace(
        calendar, labour_day=True, makeup_saturdays=False
    ).nth_workday_before(d, p.days),
    Movement.FIRST_OF_YEAR: lambda d, p, _: datetime.date(d.year - p.years, 1, 1),
    Movement.MONTH_END_ON_OR_AFTER: lambda d, p, _: periods.month_end_on_or_after(d, p.months),
    Movement.DAY_OF_EARLIER_MONTH: lambda d, p, _: periods.day_of_earlier_month(
        d, p.months, p.days
    ),
}


@means(DayOf)
def _day_of(node: DayOf, case: Case, row: Row | None) -> Any:
    moment = value(node.moment, case, row)
    return moment if moment is None or moment is NONE else counts_on(moment, node)


def counts_on(moment: datetime.datetime, node: DayOf) -> datetime.date:
    """The day on which a moment counts."""
    late = node.closes is not None and moment.time() > node.closes
    return moment.date() + datetime.timedelta(days=1 if late else 0)


@means(ReachedOn)
def _reached_on(node: ReachedOn, case: Case, _row: Row | None) -> Any:
    """Known only where every record that may count is known to count, or not to."""
    target = amount_known(node.target, case).exact
    happens = node.records.kind.happens
    found: list[tuple[datetime.date, Exact]] = []
    for fact, truth in members(node.records, case):
        day, each = fact.values[happens or ""], fact.values[node.value.attribute.name]
        if truth is None or (truth and (each is None or not isinstance(day, datetime.date))):
            return None
        if truth and each is not NONE:
            found.append((day, each))
    if target is None or node.records.kind.name in case.dossier.incomplete:
        return None
    reached: Exact = 0
    for day, each in sorted(found):
        reached += each
        if reached >= target:
            return day
    return NONE


@means(OrElse)
def _or_else(node: OrElse, case: Case, row: Row | None) -> Any:
    day = value(node.day, case, row)
    return value(node.fallback, case, row) if day is NONE else day


@means(DaysLater)
def _days_later(node: DaysLater, case: Case, row: Row | None) -> Any:
    day, number = value(node.day, case, row), value(node.number, case, row)
    if day is NONE or number is NONE:
        return NONE
    if day is None or number is None:
        return None
    return day + datetime.timedelta(days=number)


@means(DayIf)
def _day_if(node: DayIf, case: Case, row: Row | None) -> Any:
    truth = holds(node.rule, case, row)
    if truth is None:
        return None
    return value(node.day, case, row) if truth else NONE


@means(DayTable)
def _day_table(node: DayTable, case: Case, row: Row | None) -> Any:
    for rule, day in node.rows:
        truth = holds(rule, case, row)
        if truth is None:
            return None
        if truth:
            return value(day, case, row)
    return NONE


@means(OneOfTwo)
def _one_of_two(node: OneOfTwo, case: Case, row: Row | None) -> Any:
    found = (value(node.first, case, row), value(node.second, case, row))
    days = [day for day in found if day is not NONE]
    if None in days:
        return None
    return (max if node.later else min)(days) if days else NONE


@means(Picked)
def _picked(node: Picked, case: Case, _row: Row | None) -> Any:
    fact = picked(node, case)
    return fact.values[node.attribute.name] if isinstance(fact, Fact) else fact


@means(Referred)
def _referred(node: Referred, case: Case, row: Row | None) -> Any:
    fact = referred(node, case, row)
    return fact.values[node.attribute.name] if isinstance(fact, Fact) else fact


def referred(node: Referred, case: Case, row: Row | None = None) -> Fact | Any:
    """The record that is named; ``None`` where it is not known which, ``NONE`` where none is."""
    name = value(node.reference, case, row)
    if name is None or name is NONE:
        return name
    fact = case.dossier.by_id.get(name)
    return fact if fact is not None and fact.kind == node.kind.name else NONE


def picked(node: Picked, case: Case) -> Fact | Any:
    """The record meant; ``None`` where it is not known which, ``NONE`` where there is none."""
    found = members(node.records, case)
    named = node.focus and case.about is not None
    if named:
        found = [(fact, truth) for fact, truth in found if fact.id == case.about]
    certain = [fact for fact, truth in found if truth]
    best = max(certain, key=lambda fact: _rank(fact, node), default=None)
    rivals = [fact for fact, truth in found if truth is None or (truth and _undated(fact, node))]
    if any(
        best is None or (fact is not best and _may_be_later(fact, best, node)) for fact in rivals
    ):
        return None
    if node.records.kind.name in case.dossier.incomplete and not (named and best):
        return None  # one that nobody has listed may be the one meant
    return NONE if best is None else best


def _picked_day(fact: Fact, node: Picked) -> datetime.date | None:
    day = fact.values[node.by.attribute.name]
    return day if isinstance(day, datetime.date) else None


def _rank(fact: Fact, node: Picked) -> tuple[int, str]:
    """The greatest is picked; a record without the day comes last."""
    day = _picked_day(fact, node)
    if day is None:
        return -(10**9), fact.id
    return -day.toordinal() if node.earliest else day.toordinal(), fact.id


def _undated(fact: Fact, node: Picked) -> bool:
    return fact.values[node.by.attribute.name] is None


def _may_be_later(fact: Fact, best: Fact, node: Picked) -> bool:
    return _undated(fact, node) or _rank(fact, node) > _rank(best, node)
