"""
Truths of three over whole columns: 0 not met, 1 open, 2 met. "And" is the least, "or" the greatest.

The least number of an integer type says that a value is not known, the one after it that there is
none; what there is none of compares as not met.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np


def both(*truths: Any) -> Any:
    return reduce(np.minimum, truths)


def either(*truths: Any) -> Any:
    return reduce(np.maximum, truths)


def opposite(truth: Any) -> Any:
    return 2 - truth


def yes(met: Any) -> Any:
    return met.astype(np.int8) << 1


def unknown(values: Any) -> Any:
    return values == np.iinfo(values.dtype).min


def none(values: Any) -> Any:
    return values == np.iinfo(values.dtype).min + 1


def given(values: Any) -> Any:
    return values > np.iinfo(values.dtype).min + 1


def of(values: Any, met: Any) -> Any:
    """``met`` where there is a value."""
    return yes(met & given(values)) + unknown(values)


def is_in(choice: Any, *options: int) -> Any:
    """One of the options of a choice, looked up: unknown and none stand at the end of the table."""
    worth = np.zeros(66, dtype=np.int8)
    worth[list(options)] = 2
    worth[-2] = 1
    least = int(np.iinfo(choice.dtype).min)
    return worth[np.where(choice < 0, choice - least - 2, choice)]


def at_most(day: Any, last: Any) -> Any:
    return of(day, day <= last)


def at_least(day: Any, first: Any) -> Any:
    return of(day, day >= first)


def within(day: Any, first: int, last: int) -> Any:
    return of(day, (day >= first) & (day <= last))


def absent(day: Any) -> Any:
    return yes(none(day)) + unknown(day)


def happened(day: Any, on: int) -> Any:
    """Of records that have a day, those count that have happened, or that have none."""
    return yes(none(day) | (given(day) & (day <= on))) + unknown(day)


def lasting(end: Any, day: int) -> Any:
    """Not over by a day: there is no end, or it is not before."""
    return yes(none(end) | (given(end) & (end >= day))) + unknown(end)


def any_of(truth: Any, offsets: Any) -> Any:
    """By subject, the greatest of its records; 0 where there are none."""
    return folded(np.maximum, truth, offsets)


def sum_of(numbers: Any, offsets: Any) -> Any:
    return folded(np.add, numbers, offsets)


def folded(how: Any, values: Any, offsets: Any, empty: int = 0) -> Any:
    """By subject, ``how`` of its records."""
    found = np.full(len(offsets) - 1, empty, dtype=values.dtype)
    some = offsets[1:] > offsets[:-1]
    if some.any():
        found[some] = how.reduceat(values, offsets[:-1][some], dtype=values.dtype)
    return found
