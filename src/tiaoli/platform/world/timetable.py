"""
On which days a case goes its way: those that lead up to yesterday, in the hours of an office.

Houses work on working days. A case that has come to its end did so some weeks ago; one that waits
for somebody has waited for a few days.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from random import Random
from typing import Final

from tiaoli.facts.calendar import WorkCalendar
from tiaoli.facts.periods import month_end_on_or_after
from tiaoli.platform.clock import TAIPEI

__all__ = ["OFFICE", "at_night", "days_up_to", "in_office_hours", "last_month_end"]

OFFICE: Final = WorkCalendar()
_BETWEEN: Final = (2, 8)
"""At least and at most so many days between one step and the next."""
_WAITED: Final = (1, 6)
_ENDED: Final = (28, 80)
"""Long enough for what happens by itself on the first day on which it may."""
_OPENS, _CLOSES = 8 * 60 + 40, 17 * 60
_ONE_DAY: Final = datetime.timedelta(days=1)


def _worked_before(day: datetime.date) -> datetime.date:
    """The day itself, or the last working day before it."""
    return day if OFFICE.is_workday(day) else OFFICE.nth_workday_before(day, 1)


def last_month_end(today: datetime.date, months: Sequence[int]) -> datetime.date:
    """The last end of one of these months before ``today``."""
    year_ago = today.replace(year=today.year - 1, day=1)
    ends = (
        month_end_on_or_after(day, m) for m in months for day in (year_ago, today.replace(day=1))
    )
    return max(end for end in ends if end < today)


def days_up_to(
    today: datetime.date,
    steps: int,
    draw: Random,
    *,
    ended: bool,
    batch: tuple[int, datetime.date] | None = None,
) -> list[datetime.date]:
    """
    The day on which a case is opened, and those of its ``steps``.

    With ``batch`` (the number of a step, from 0, and a day) that step is taken on the first working
    day from that day on; those after it follow until yesterday.
    """
    if batch is None:
        last = today - datetime.timedelta(days=draw.randint(*(_ENDED if ended else _WAITED)))
        return _backwards(_worked_before(last), steps, draw)
    number, day = batch
    yesterday = today - _ONE_DAY
    before = _backwards(_worked_before(day - 6 * _ONE_DAY), number, draw)
    after = [min(OFFICE.next_workday(day), yesterday)]
    while len(before) + len(after) < steps + 1:
        later = after[-1] + datetime.timedelta(days=draw.randint(*_BETWEEN))
        after.append(max(after[-1], _worked_before(min(later, yesterday))))
    return before + after


def _backwards(last: datetime.date, steps: int, draw: Random) -> list[datetime.date]:
    found = [last]
    for _ in range(steps):
        earlier = found[-1] - datetime.timedelta(days=draw.randint(*_BETWEEN))
        found.append(_worked_before(earlier))
    return found[::-1]


def in_office_hours(day: datetime.date, draw: Random) -> datetime.datetime:
    """A moment at which an office is open."""
    minutes, seconds = draw.randrange(_OPENS, _CLOSES), draw.randrange(60)
    return datetime.datetime.combine(
        day, datetime.time(minutes // 60, minutes % 60, seconds), TAIPEI
    )


def at_night(day: datetime.date) -> datetime.datetime:
    """The moment at which the nightly look takes what happens by itself."""
    return datetime.datetime.combine(day, datetime.time(0, 20), TAIPEI)
