"""The first day on which something counted from the day of asking comes to a given day."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from tiaoli.answers.case import TAIWAN
from tiaoli.answers.meaning import move
from tiaoli.rules.moments import Moved

FIRST = datetime.date(1900, 1, 1)
LAST = datetime.date(2199, 12, 31)
"""Nothing is looked for before or after."""

Steps = tuple[Moved, ...]
"""How a day is counted from the day of asking, one movement after another."""

_ONE_DAY = datetime.timedelta(days=1)


def following(steps: Steps) -> Callable[[datetime.date], datetime.date]:
    def at(day: datetime.date) -> datetime.date:
        for step in steps:
            day = move(day, step, TAIWAN)
        return day

    return at


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
