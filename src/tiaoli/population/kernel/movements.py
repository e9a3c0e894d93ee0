"""
Days as a function of other days, as tables. A table is made once for a movement and a period and
grows with the days that are asked of it, so that the next question finds it ready.
"""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from tiaoli.population import given
from tiaoli.population.kernel.limits import LAST_DAY
from tiaoli.population.terms import Moving

__all__ = ["NO_DAY", "Days", "days_after", "turns_after"]

NO_DAY: Final = 0
"""In a table: there is no such day, such as one after the last year of all."""

_KEPT: Final = 256
Move = Callable[[datetime.date], datetime.date]
Days = tuple[int, int]
"""The first and the last of some days, as ordinals."""


class _Table:
    """Where the days from ``first`` on come to lie."""

    def __init__(self) -> None:
        self.first = 1
        self.days = np.zeros(0, dtype=np.int32)

    def upon(self, span: Days, move: Move) -> Any:
        """The part for ``span``; what is not there yet is worked out."""
        first, last = max(span[0], 1), min(span[1], LAST_DAY)
        if len(self.days) == 0:
            self.first, self.days = first, _moved(first, last + 1, move)
        if first < self.first:
            self.days = np.concatenate([_moved(first, self.first, move), self.days])
            self.first = first
        end = self.first + len(self.days)
        if last >= end:
            self.days = np.concatenate([self.days, _moved(end, last + 1, move)])
        return self.days[first - self.first : last + 1 - self.first]


_tables: OrderedDict[Any, _Table] = OrderedDict()
_lock = threading.Lock()


def _moved(first: int, until: int, move: Move) -> Any:
    found = np.zeros(max(0, until - first), dtype=np.int32)
    for at, ordinal in enumerate(range(first, until)):
        try:
            found[at] = move(datetime.date.fromordinal(ordinal)).toordinal()
        except (ValueError, OverflowError):
            found[at] = NO_DAY
    return found


def days_after(moving: Moving, span: Days) -> Any:
    """For each day of ``span`` the day that it becomes, as ordinals (int32)."""
    return _from(_name(moving), span, lambda: given.movement_of(moving))


def turns_after(moving: Moving, span: Days, turn: int) -> Any:
    """The same of the period with a number, from 0, that follows upon each day."""
    nth = given.nth_of(moving)
    return _from((_name(moving), turn), span, lambda: lambda day: nth(day, turn))


def _from(key: Any, span: Days, move: Callable[[], Move]) -> Any:
    with _lock:
        table = _tables.setdefault(key, _Table())
        _tables.move_to_end(key)
        if len(_tables) > _KEPT:
            _tables.popitem(last=False)
        return table.upon(span, move())


def _name(moving: Moving) -> Any:
    """By what two movements are the same."""
    node: Any = moving.node
    match moving.what:
        case "moved":
            return "moved", node.movement, node.period
        case "served":
            return "served", node.years, node.first_day_counts
    return moving.what, node.period
