"""
The calendar of Taiwan's government offices: which days are worked, for deadlines that move.

The days come from the ``holidays`` library, which is checked against the calendars that the
Directorate-General of Personnel Administration (DGPA) announces each year. What was closed at
short notice, for a typhoon say, is not in any of them and is given as an override.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

import holidays

from tiaoli.facts.kinds import Label

__all__ = ["ANNOUNCED_THROUGH", "FIRST_YEAR", "LAST_YEAR", "UnknownWorkday", "WorkCalendar"]

FIRST_YEAR: Final = 2001
"""The first year of the five-day week; office weeks before it were of another kind."""

LAST_YEAR: Final = 2099
"""The last year whose lunar festivals the library computes."""

ANNOUNCED_THROUGH: Final = date(2026, 12, 31)
"""
The last day of the last announced calendar that the library was checked against.

Later days are computed from the rules on holidays and their substitutes, and an announcement may
still differ. Ask ``WorkCalendar.is_announced`` and say so to the reader.
"""

_ONE_DAY: Final = timedelta(days=1)
_CLOSED = Label("公告不上班", "closed by announcement")
_MAKEUP = Label("補行上班日（不計為工作日）", "make-up working day (not counted as one)")
_LABOUR_DAY = Label("勞動節", "Labour Day")
_WEEKEND = {5: Label("星期六", "Saturday"), 6: Label("星期日", "Sunday")}


class UnknownWorkday(ValueError):
    """The calendar cannot say whether a day is worked. Its message is Chinese, then English."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def __str__(self) -> str:
        return (
            f"查詢 {self.day} 是否為工作日，但工作日曆只涵蓋 {FIRST_YEAR} 至 {LAST_YEAR} 年；"
            "請更正日期，或以 overrides 指明該日是否上班。 "
            f"Asked whether {self.day} is worked; the office calendar covers {FIRST_YEAR} to "
            f"{LAST_YEAR}. Correct the day, or state it in overrides."
        )


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """
    Which days are worked. ``overrides`` has the last word: True is worked, False is closed.

    A make-up Saturday is worked unless ``makeup_saturdays`` is False. ``labour_day`` closes 1 May
    in the years before 2026 too, when workers had it off but government offices did not.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)
    makeup_saturdays: bool = True
    labour_day: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "overrides", MappingProxyType(dict(self.overrides)))

    def is_workday(self, day: date) -> bool:
        return self.why_closed(day) is None

    def why_closed(self, day: date) -> Label | None:
        """Why nobody works on ``day``; None if it is worked."""
        _require_plain_day(day)
        if day in self.overrides:
            return None if self.overrides[day] else _CLOSED
        office = _office_year(day)
        if day in office.makeup_saturdays:
            return None if self.makeup_saturdays else _MAKEUP
        if self.labour_day and (day.month, day.day) == (5, 1):
            return _LABOUR_DAY
        return office.off.get(day) or _WEEKEND.get(day.weekday())

    def is_announced(self, day: date) -> bool:
        """Whether ``day`` follows an announcement or an override, and not only computation."""
        return day <= ANNOUNCED_THROUGH or day in self.overrides

    def next_workday(self, day: date) -> date:
        """
        ``day`` itself if it is worked, otherwise the first worked day after it.

        This is where a last day that is a day of rest moves to (Civil Code art. 122;
        Administrative Procedure Act art. 48 IV).
        """
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def is_public_holiday(self, day: date) -> bool:
        """Whether ``day`` is a holiday of its own, and not only a Saturday or Sunday."""
        _require_plain_day(day)
        return day in _office_year(day).off

    def next_not_a_holiday(self, day: date) -> date:
        """``day`` itself, or the first day after it that is no public holiday."""
        while self.is_public_holiday(day):
            day += _ONE_DAY
        return day

    def nth_workday_before(self, day: date, n: int) -> date:
        """The ``n``-th workday before ``day``, which does not count itself."""
        return self._walk(day, n, -_ONE_DAY)

    def add_workdays(self, day: date, n: int) -> date:
        """The ``n``-th workday after ``day``, which does not count itself."""
        return self._walk(day, n, _ONE_DAY)

    def _walk(self, day: date, n: int, step: timedelta) -> date:
        if n < 1:
            raise ValueError(f"asked for workday number {n} from {day}; count from 1.")
        for _ in range(n):
            day += step
            while not self.is_workday(day):
                day += step
        return day


@dataclass(frozen=True, slots=True)
class _OfficeYear:
    off: Mapping[date, Label]
    makeup_saturdays: frozenset[date]


def _office_year(day: date) -> _OfficeYear:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnknownWorkday(day)
    return _load(day.year)


@cache
def _load(year: int) -> _OfficeYear:
    # The languages are named because the library otherwise follows the machine's locale.
    zh = holidays.country_holidays("TW", years=year, expand=False, language="zh_TW")
    en = holidays.country_holidays("TW", years=year, expand=False, language="en_US")
    off = {day: Label(zh[day].replace("; ", "、"), en[day]) for day in zh}
    return _OfficeYear(off, frozenset(zh.weekend_workdays))


def _require_plain_day(day: date) -> None:
    # A datetime is a date to Python but equals none, so every holiday would look like a workday.
    if isinstance(day, datetime):
        raise TypeError(f"asked about the moment {day}; ask about a day, such as {day.date()}.")
