"""
What day it is, for everything on the platform. Nothing else here reads the clock of the machine.

``TIAOLI_TODAY`` (ISO) fixes the day for a whole process; ``standing_at`` fixes it for a while.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings

TAIPEI = ZoneInfo("Asia/Taipei")
_fixed: list[datetime.date | datetime.datetime] = []


def now() -> datetime.datetime:
    """This moment in Taipei; on a fixed day, the hour of the machine."""
    real = datetime.datetime.now(TAIPEI)
    fixed = _fixed[-1] if _fixed else settings.TIAOLI_TODAY
    if isinstance(fixed, datetime.datetime):
        return fixed.astimezone(TAIPEI)
    return real if fixed is None else datetime.datetime.combine(fixed, real.timetz())


def today() -> datetime.date:
    """The day in Taipei."""
    return now().date()


@contextmanager
def standing_at(when: datetime.date | datetime.datetime) -> Iterator[None]:
    """Every thread of this process lives on a day, or at a moment, until the block ends."""
    _fixed.append(when)
    try:
        yield
    finally:
        _fixed.pop()
