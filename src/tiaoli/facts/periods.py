"""
Periods of time: when one is complete, how far one looks back, and how long somebody has served.

Every rule that says "three years" or "within 30 days" comes here; nothing here knows which rule.
The instruments do not say how to count, so general law does: Civil Code arts. 120 to 124 and,
before an authority, Administrative Procedure Act art. 48. Days are whole and both ends count.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import total_ordering
from itertools import pairwise
from typing import Final

__all__ = [
    "YEAR_OF_BROKEN_SERVICE",
    "Period",
    "Span",
    "clip",
    "completion",
    "day_of_earlier_month",
    "days",
    "days_needed",
    "days_served",
    "deadline",
    "has_served",
    "how_often",
    "last_day",
    "look_back",
    "merge",
    "month_end_on_or_after",
    "months",
    "nth_of",
    "served_change_days",
    "served_on",
    "years",
]

_ONE_DAY: Final = timedelta(days=1)

YEAR_OF_BROKEN_SERVICE: Final = 365
"""Days in one year of service that has breaks in it (Civil Code art. 123 II)."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time by the calendar: ``Period(years=3)``. Never negative."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        for unit in ("years", "months", "days"):
            _require_count(getattr(self, unit), f"the {unit} of a period")

    @property
    def zh(self) -> str:
        counted = ((self.years, "年"), (self.months, "個月"), (self.days, "日"))
        return " ".join(f"{n} {unit}" for n, unit in counted if n) or "0 日"

    @property
    def en(self) -> str:
        counted = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        parts = (f"{n} {unit}" if n == 1 else f"{n} {unit}s" for n, unit in counted if n)
        return " ".join(parts) or "0 days"


def years(n: int) -> Period:
    return Period(years=n)


def months(n: int) -> Period:
    return Period(months=n)


def days(n: int) -> Period:
    return Period(days=n)


def look_back(day: date, period: Period) -> date:
    """
    The first day of "within the last ``period``", a window that ends on ``day``.

        look_back(2026-06-01, 6 years)  ->  2020-06-01
        look_back(2028-02-29, 3 years)  ->  2025-02-28   (2025 has no 29 February)

    Both ends are in the window. It holds the same records as counting forward from each one with
    its own day left out (``deadline``), so it does not matter from which end the rule is read.
    Civil Code arts. 120 II, 121; Administrative Procedure Act art. 48 II, III.
    """
    # ``completion`` adds months and then days; the way back undoes them in the opposite order.
    anchor = day - timedelta(days=period.days)
    year, month = _month_at(anchor, -_months_in(period))
    return date(year, month, min(anchor.day, _length_of(year, month)))


def day_of_earlier_month(day: date, months_before: int, number: int) -> date:
    """
    The ``number``-th of a month before that of ``day``.

        day_of_earlier_month(2025-01-10, 1, 15)  ->  2024-12-15
    """
    year, month = _month_at(day, -months_before)
    return date(year, month, number)


def completion(start: date, period: Period, *, first_day_counts: bool = True) -> date:
    """
    The first day on which ``period``, running from ``start``, is complete.

        completion(2024-03-01, 1 year)   ->  2025-03-01
        completion(2024-02-29, 1 year)   ->  2025-03-01
        completion(2024-01-31, 1 month)  ->  2024-03-01

    The period ends with the day before the corresponding day, or with the month where there is no
    corresponding day (Civil Code art. 121 II), and is complete on the day after that. The first day
    counts, as it does for validity and age; without it, counting starts on the day after ``start``
    (art. 120 II).
    """
    if not first_day_counts:
        start += _ONE_DAY
    year, month = _month_at(start, _months_in(period))
    if start.day <= _length_of(year, month):
        corresponding = date(year, month, start.day)
    else:
        corresponding = date(year, month, _length_of(year, month)) + _ONE_DAY
    return corresponding + timedelta(days=period.days)


def last_day(start: date, period: Period) -> date:
    """
    The last day of a validity whose first day is ``start``.

        last_day(2021-05-14, 6 years)  ->  2027-05-13
        last_day(2024-02-29, 6 years)  ->  2030-02-28

    Civil Code art. 121; Administrative Procedure Act art. 48 III.
    """
    return completion(start, period) - _ONE_DAY


def deadline(event: date, period: Period) -> date:
    """
    The last day of a period that runs from ``event``, whose own day is not counted.

        deadline(2026-03-01, 30 days)  ->  2026-03-31
        deadline(2025-02-28, 3 years)  ->  2028-02-29

    It is also the last day on which a record of that day is still in a look-back window.
    Civil Code arts. 120 II, 121; Administrative Procedure Act art. 48 II, III.
    """
    return completion(event, period, first_day_counts=False) - _ONE_DAY


def how_often(start: date, end: date, period: Period) -> int:
    """
    How many times ``period`` is complete from ``start`` to ``end``, both days included.

        how_often(2024-03-01, 2025-02-28, 1 year)  ->  1
        how_often(2024-03-01, 2025-02-27, 1 year)  ->  0
    """
    number = 0
    while last_day(start, _multiple(period, number + 1)) <= end:
        number += 1
    return number


def _multiple(period: Period, number: int) -> Period:
    return Period(period.years * number, period.months * number, period.days * number)


def month_end_on_or_after(day: date, month: int) -> date:
    """
    The next last day of a month, which may be ``day`` itself.

        month_end_on_or_after(2024-03-01, 2)  ->  2025-02-28
    """
    year = day.year if day.month <= month else day.year + 1
    return date(year, month, _length_of(year, month))


def _months_in(period: Period) -> int:
    return 12 * period.years + period.months


def _month_at(day: date, offset: int) -> tuple[int, int]:
    index = 12 * day.year + day.month - 1 + offset
    year, month = index // 12, index % 12 + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(
            f"{offset} months from {day} is the year {year}; "
            f"give a day and a period that stay within {MINYEAR} to {MAXYEAR}."
        )
    return year, month


def _length_of(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def _require_count(value: object, what: str) -> None:
    # True is an int to Python, but "True years" is a slip, not one year.
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} must be a whole number; got {value!r}. Write for example 3.")
    if value < 0:
        raise ValueError(f"{what} cannot be negative; got {value}. Write 0 or more.")


# --- Service: days during which something was the case --------------------------------------


@total_ordering
@dataclass(frozen=True, slots=True)
class Span:
    """The days from ``first`` to ``last``, both included; ``last=None`` is still running."""

    first: date
    last: date | None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(
                f"a span from {self.first} to {self.last} ends before it starts; swap the two "
                "days, or leave the last one out if the span is still running."
            )

    def __lt__(self, other: Span) -> bool:
        return (self.first, self._end) < (other.first, other._end)

    @property
    def _end(self) -> date:
        return self.last or date.max


def nth_of(start: date, period: Period, number: int) -> Span:
    """
    The ``number``-th period (from 0) that follows upon ``start``.

        nth_of(2024-08-01, 1 year, 1)  ->  2025-08-01 to 2026-07-31
    """
    first = start if number == 0 else completion(start, _multiple(period, number))
    return Span(first, last_day(start, _multiple(period, number + 1)))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """
    The blocks of unbroken days that ``spans`` make up together, in order.

    2024-01-01..2024-03-31 and 2024-04-01..2024-06-30 are one block: nobody was away in between.
    """
    blocks: list[Span] = []
    for span in sorted(spans):
        if blocks and _reaches(blocks[-1], span.first):
            blocks[-1] = Span(blocks[-1].first, _later_end(blocks[-1], span))
        else:
            blocks.append(span)
    return tuple(blocks)


def _reaches(block: Span, day: date) -> bool:
    return block.last is None or (day - block.last).days <= 1


def _later_end(one: Span, other: Span) -> date | None:
    return None if one.last is None or other.last is None else max(one.last, other.last)


def clip(spans: Iterable[Span], since: date) -> tuple[Span, ...]:
    """The parts of ``spans`` on or after ``since``."""
    return tuple(
        Span(max(span.first, since), span.last)
        for span in spans
        if span.last is None or span.last >= since
    )


def days_served(spans: Iterable[Span], before: date) -> int:
    """
    How many days ``spans`` cover up to the day before ``before``. A day covered twice counts once.

    Civil Code art. 123 II.
    """
    return sum(_days_before(block, before) for block in merge(spans))


def _days_before(block: Span, before: date) -> int:
    if block.last is not None and block.last < before:
        return (block.last - block.first).days + 1
    return max(0, (before - block.first).days)


def has_served(
    spans: Iterable[Span],
    years: int,
    on: date,
    *,
    first_day_counts: bool = True,
    complete_on_last_day: bool = False,
) -> bool:
    """
    Whether ``years`` years of service are complete on the day ``on``, which does not count itself.

    Service since 2023-03-01 without a break makes one year on 2024-03-01, after 366 days: it is
    counted by the calendar (Civil Code art. 121). The same service with a single day's break is
    counted as 365 days a year (art. 123 II), so a break can shorten what is asked. Which way to
    count depends on the breaks there have been so far: a second block matters from its second day.

    Once true, it stays true. N calendar years are never fewer than 365 x N days, so whoever has
    completed them in one block has also completed them by days when a second block begins.

    ``first_day_counts=False`` leaves out the first day of all. ``complete_on_last_day=True`` is the
    reading by which service is complete on its last day and not on the day after: one day earlier.
    """
    _require_years(years)
    if complete_on_last_day:
        on += _ONE_DAY
    begun = [block for block in merge(spans) if block.first < on]
    if len(begun) == 1:
        start = begun[0].first
        complete = completion(start, Period(years=years), first_day_counts=first_day_counts)
        return complete <= start + timedelta(days=_days_before(begun[0], on))
    needed = days_needed(years, first_day_counts)
    return sum(_days_before(block, on) for block in begun) >= needed


def served_on(
    spans: Iterable[Span],
    years: int,
    *,
    first_day_counts: bool = True,
    complete_on_last_day: bool = False,
) -> date | None:
    """The first day on which ``has_served`` is true; None if these spans never make it true."""
    _require_years(years)
    blocks = merge(spans)
    complete = _complete_in_one(blocks[:1], years, first_day_counts) or _complete_by_days(
        blocks, days_needed(years, first_day_counts)
    )
    return complete - _ONE_DAY if complete and complete_on_last_day else complete


def _complete_in_one(block: tuple[Span, ...], years: int, first_day_counts: bool) -> date | None:
    for only in block:
        day = completion(only.first, Period(years=years), first_day_counts=first_day_counts)
        if _reaches(only, day):
            return day
    return None


def _complete_by_days(blocks: tuple[Span, ...], needed: int) -> date | None:
    for earlier, block in pairwise(blocks):
        assert earlier.last is not None  # a running block swallows all that follow it
        needed -= (earlier.last - earlier.first).days + 1
        # The days may already suffice, but nobody is counted by days before the break is over.
        day = block.first + timedelta(days=max(1, needed))
        if _reaches(block, day):
            return day
    return None


def served_change_days(
    spans: Iterable[Span],
    years: int,
    *,
    first_day_counts: bool = True,
    complete_on_last_day: bool = False,
) -> frozenset[date]:
    """Every day on which ``has_served`` turns: at most one, since it never turns back."""
    turn = served_on(
        spans,
        years,
        first_day_counts=first_day_counts,
        complete_on_last_day=complete_on_last_day,
    )
    return frozenset() if turn is None else frozenset({turn})


def days_needed(years: int, first_day_counts: bool) -> int:
    """How many days ``years`` of broken service are (Civil Code art. 123 II)."""
    return YEAR_OF_BROKEN_SERVICE * years + (0 if first_day_counts else 1)


def _require_years(years: int) -> None:
    _require_count(years, "the years of service asked for")
    if years == 0:
        raise ValueError("0 years of service ask for nothing; ask for 1 or more, or drop the rule.")
