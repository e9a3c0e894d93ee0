"""The first day on which something counted from the day of asking comes to a given day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache

from tiaoli.answers.case import TAIWAN
from tiaoli.answers.meaning.days import MOVEMENTS
from tiaoli.facts.periods import Period
from tiaoli.rules.moments import Moved, Movement

FIRST = datetime.date(1900, 1, 1)
LAST = datetime.date(2199, 12, 31)
"""Nothing is looked for before or after."""

Steps = tuple[Moved, ...]
"""How a day is counted from the day of asking, one movement after another."""

_ONE_DAY = datetime.timedelta(days=1)


def turning_days(steps: Steps, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first days of asking on which ``steps`` from it reach ``day``, and pass it."""
    return _turning_days(tuple((step.movement, step.period) for step in steps), day)


@lru_cache(maxsize=1 << 16)
def _turning_days(
    counted: tuple[tuple[Movement, Period], ...], day: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """Kept, because the questions of a regulation count by the same periods from the same days."""

    def at(asked_on: datetime.date) -> datetime.date:
        for movement, period in counted:
            asked_on = MOVEMENTS[movement](asked_on, period, TAIWAN)
        return asked_on

    return (
        first_day(lambda t: at(t) >= day, near=day, at=at),
        first_day(lambda t: at(t) > day, near=day, at=at),
    )


def first_day(
    reached: Callable[[datetime.date], bool],
    *,
    near: datetime.date,
    at: Callable[[datetime.date], datetime.date],
) -> datetime.date:
    """The first day on which a condition that never turns back is reached, by halving."""
    guess = near + (near - at(near))
    low, high = guess - 70 * _ONE_DAY, guess + 70 * _ONE_DAY
    if reached(low) or not reached(high):
        low, high = FIRST, LAST
    while low < high:
        middle = low + (high - low) // 2
        low, high = (low, middle) if reached(middle) else (middle + _ONE_DAY, high)
    return low
