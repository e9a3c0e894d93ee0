"""Days that follow from the day of asking, as a programmer would work them out beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

MINISTRY_FOUNDED = date(2013, 7, 23).toordinal()


def years_before(day: int, years: int) -> int:
    """The same day ``years`` earlier; 28 February for a 29th that is not there."""
    found = date.fromordinal(day)
    try:
        return found.replace(year=found.year - years).toordinal()
    except ValueError:
        return found.replace(year=found.year - years, day=28).toordinal()


def table_of_years_before(years: int, first: int, last: int) -> Any:
    """``years_before`` of each day from ``first`` to ``last``."""
    return np.array([years_before(day, years) for day in range(first, last + 1)], dtype=np.int32)
