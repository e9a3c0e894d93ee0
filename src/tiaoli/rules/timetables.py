"""
Times of day: the day on which a moment counts, how long something lasts, the programme of a day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from tiaoli.facts.kinds import Kind, Type, Unit, duration, kind, whole
from tiaoli.facts.kinds import day as day_attribute
from tiaoli.facts.kinds import moment as moment_attribute
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.errors import MixedUnits
from tiaoli.rules.expressions import AttributeOf, Value, attribute_of
from tiaoli.rules.moments import DayNode
from tiaoli.rules.records import Records, _asks_only_of


@dataclass(frozen=True, slots=True, eq=False)
class DayOf(DayNode):
    """The day on which a moment counts: its own or, later than ``closes``, the one after it."""

    moment: Value
    closes: datetime.time | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Elapsed(AmountNode):
    """The whole minutes from one moment to another; none where the second is not later."""

    start: Value
    end: Value

    @property
    def unit(self) -> Unit:
        return Unit.MINUTE


PROGRAMME = kind(
    "programme_day",
    "一日議程",
    "Programme of a day",
    date=day_attribute("日期", "Date"),
    start=moment_attribute("最早開始", "First start"),
    end=moment_attribute("最晚結束", "Last end"),
    elapsed=duration("全程時間", "Elapsed time"),
    taught=duration("各堂合計", "Sum of the sessions"),
    half_days=whole("半天數", "Half-days"),
)
"""What the sessions of one day make up together; derived, and never a fact of its own."""

NOON, EVENING = datetime.time(12), datetime.time(18)
"""Where a morning ends and an evening begins."""


@dataclass(frozen=True, slots=True, eq=False)
class PerDay(AmountNode):
    """``each``, an amount of the PROGRAMME of a day, added up over the days of ``records``."""

    records: Records
    each: AmountNode

    @property
    def unit(self) -> Unit:
        return self.each.unit


class _ProgrammeDay:
    """The programme of the day in hand, inside ``per_day``."""

    kind: Kind = PROGRAMME

    def __getattr__(self, name: str) -> AttributeOf:
        if name.startswith("__"):
            raise AttributeError(name)
        return attribute_of(PROGRAMME, name)


programme_day = _ProgrammeDay()


def day_of(moment: Value, *, closes: datetime.time | None = None) -> Value:
    """``day_of(case.filed_at, closes=time(17))``: what comes in after five counts tomorrow."""
    return DayOf(_moment(moment), closes)


def elapsed(start: Value, end: Value) -> Elapsed:
    return Elapsed(_moment(start), _moment(end))


def per_day(of: Records, each: AmountNode) -> PerDay:
    """``per_day(session, fee_of_a_day)``; the records have a ``date``, a ``start``, an ``end``."""
    for name in ("date", "start", "end"):
        attribute_of(of.kind, name)
    _asks_only_of(PROGRAMME, each)
    return PerDay(of, each)


def _moment(value: Value) -> Value:
    if isinstance(value, Value) and value.type is Type.MOMENT:
        return value
    raise MixedUnits(f"a moment is needed here, not {value!r}")
