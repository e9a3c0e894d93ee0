"""
What must hold of periods on every day from 2019 to 2030, and of service however it is broken up.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tiaoli.facts.calendar import WorkCalendar
from tiaoli.facts.periods import (
    Period,
    Span,
    completion,
    days,
    days_served,
    deadline,
    has_served,
    last_day,
    look_back,
    merge,
    months,
    served_change_days,
    served_on,
    years,
)

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2019, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
PERIODS = [
    *(months(n) for n in range(1, 7)),
    *(years(n) for n in range(1, 9)),
    days(30),
    Period(years=1, months=1, days=1),
]

every_period = pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.en)


# --- Periods ------------------------------------------------------------------------------


@every_period
def test_a_record_is_in_the_window_exactly_until_its_deadline(period: Period) -> None:
    for day in EVERY_DAY:
        start = look_back(day, period)
        near = [start + timedelta(days=n) for n in range(-3, 4)]
        in_window = [record for record in near if start <= record <= day]
        in_time = [record for record in near if record <= day <= deadline(record, period)]
        assert in_window == in_time


@every_period
def test_a_later_start_never_completes_earlier(period: Period) -> None:
    complete = [completion(day, period) for day in EVERY_DAY]
    assert complete == sorted(complete)


@every_period
def test_a_validity_is_complete_on_the_day_after_its_last(period: Period) -> None:
    for day in EVERY_DAY:
        assert completion(day, period) == last_day(day, period) + ONE_DAY
        assert completion(day, period, first_day_counts=False) == deadline(day, period) + ONE_DAY
        assert deadline(day, period) == last_day(day + ONE_DAY, period)


@pytest.mark.parametrize("n", [*range(1, 7), *range(12, 97, 12)])
def test_a_missing_corresponding_day_becomes_the_end_of_its_month(n: int) -> None:
    for day in EVERY_DAY:
        year, month = divmod(12 * day.year + day.month - 1 - n, 12)
        length = monthrange(year, month + 1)[1]
        assert look_back(day, months(n)) == date(year, month + 1, min(day.day, length))


@pytest.mark.parametrize("n", [*range(1, 7), *range(12, 97, 12)])
def test_a_period_ends_the_day_before_the_corresponding_day_or_with_the_month(n: int) -> None:
    for day in EVERY_DAY:
        year, month = divmod(12 * day.year + day.month - 1 + n, 12)
        length = monthrange(year, month + 1)[1]
        if day.day <= length:
            assert last_day(day, months(n)) == date(year, month + 1, day.day) - ONE_DAY
        else:
            assert last_day(day, months(n)) == date(year, month + 1, length)


@pytest.mark.parametrize("n", range(1, 9))
def test_a_year_is_twelve_months(n: int) -> None:
    for day in EVERY_DAY:
        assert completion(day, years(n)) == completion(day, months(12 * n))
        assert look_back(day, years(n)) == look_back(day, months(12 * n))


# --- Service ------------------------------------------------------------------------------

# Lengths and breaks near the numbers at which the two ways of counting part.
LENGTHS = st.one_of(
    st.integers(1, 400), st.sampled_from([364, 365, 366, 367, 730, 731, 1095, 1096])
)
BREAKS = st.one_of(st.integers(-30, 40), st.sampled_from([0, 1, 2]))


@st.composite
def services(draw: st.DrawFn) -> list[Span]:
    """Blocks of service with breaks, overlaps and, perhaps, a last one still running."""
    first = draw(st.dates(date(2022, 12, 1), date(2024, 4, 1)))
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, 5))):
        last = first + timedelta(days=draw(LENGTHS) - 1)
        spans.append(Span(first, last))
        first = last + timedelta(days=draw(BREAKS))
    if draw(st.booleans()):
        spans.append(Span(first, None))
    return draw(st.permutations(spans))


def served_by_the_book(
    spans: list[Span], n: int, on: date, first_day_counts: bool, complete_on_last_day: bool
) -> bool:
    """Counts single days in a set, so it shares nothing with the code it checks."""
    end = on if complete_on_last_day else on - ONE_DAY
    worked: set[date] = set()
    for span in spans:
        last = min(span.last or end, end)
        worked.update(span.first + timedelta(days=k) for k in range((last - span.first).days + 1))
    if not worked:
        return False
    first, unbroken = min(worked), (max(worked) - min(worked)).days + 1 == len(worked)
    start = first if first_day_counts else first + ONE_DAY
    if not unbroken:
        return len(worked) - (start - first).days >= 365 * n
    a_29th = (start.month, start.day) == (2, 29) and monthrange(start.year + n, 2)[1] == 28
    due = date(start.year + n, 3, 1) if a_29th else start.replace(year=start.year + n)
    return max(worked) >= due - ONE_DAY


readings = given(
    spans=services(), n=st.integers(1, 3), first_day_counts=st.booleans(), on_last=st.booleans()
)
A_YEAR_OVER_A_LEAP_DAY = [Span(date(2023, 3, 1), date(2024, 2, 28)), Span(date(2024, 5, 1), None)]


@readings
@example(spans=A_YEAR_OVER_A_LEAP_DAY, n=1, first_day_counts=True, on_last=False)
@example(spans=A_YEAR_OVER_A_LEAP_DAY, n=1, first_day_counts=False, on_last=True)
@settings(deadline=None, max_examples=400)
def test_service_turns_on_the_day_found_and_never_back(
    spans: list[Span], n: int, first_day_counts: bool, on_last: bool
) -> None:
    turn = served_on(spans, n, first_day_counts=first_day_counts, complete_on_last_day=on_last)
    for day in days_around(spans, n):
        served = has_served(
            spans, n, day, first_day_counts=first_day_counts, complete_on_last_day=on_last
        )
        assert served == (turn is not None and day >= turn)
    assert served_change_days(
        spans, n, first_day_counts=first_day_counts, complete_on_last_day=on_last
    ) == ({turn} if turn else set())


def days_around(spans: list[Span], n: int) -> list[date]:
    ends = [span.last or span.first + timedelta(days=366 * n + 3) for span in spans]
    start = min((span.first for span in spans), default=FIRST) - 2 * ONE_DAY
    return [start + timedelta(days=k) for k in range((max(ends, default=start) - start).days + 4)]


@readings
@example(spans=A_YEAR_OVER_A_LEAP_DAY, n=1, first_day_counts=True, on_last=False)
@settings(deadline=None, max_examples=400)
def test_service_is_what_counting_single_days_makes_it(
    spans: list[Span], n: int, first_day_counts: bool, on_last: bool
) -> None:
    turn = served_on(spans, n, first_day_counts=first_day_counts, complete_on_last_day=on_last)
    edges = {edge for span in spans for edge in (span.first, span.last) if edge} | {FIRST}
    near = {
        edge + timedelta(days=k)
        for edge in edges | ({turn} if turn else set())
        for k in (-1, 0, 1, 2)
    }
    for day in sorted(near):
        assert has_served(
            spans, n, day, first_day_counts=first_day_counts, complete_on_last_day=on_last
        ) == served_by_the_book(spans, n, day, first_day_counts, on_last)


@given(spans=services(), before=st.dates(date(2022, 11, 1), date(2030, 1, 1)))
@settings(deadline=None)
def test_merged_blocks_are_apart_and_hold_the_same_days(spans: list[Span], before: date) -> None:
    blocks = merge(spans)
    assert all(one.last and (two.first - one.last).days > 1 for one, two in pairwise(blocks))
    covered = {
        span.first + timedelta(days=k)
        for span in spans
        for k in range((min(span.last or before, before - ONE_DAY) - span.first).days + 1)
    }
    assert days_served(spans, before) == len({day for day in covered if day < before})


# --- Workdays -----------------------------------------------------------------------------

CALENDARS = [WorkCalendar(), WorkCalendar(makeup_saturdays=False, labour_day=True)]
every_calendar = pytest.mark.parametrize("calendar", CALENDARS, ids=["office", "labour"])


@every_calendar
def test_a_deadline_moves_to_a_workday_and_passes_none(calendar: WorkCalendar) -> None:
    worked = [day for day in EVERY_DAY if calendar.is_workday(day)]
    for day in EVERY_DAY[:-14]:
        assert calendar.next_workday(day) == worked[bisect_left(worked, day)]


@every_calendar
@pytest.mark.parametrize("n", [1, 3, 10])
def test_workdays_counted_forward_are_counted_back(calendar: WorkCalendar, n: int) -> None:
    worked = [day for day in EVERY_DAY if calendar.is_workday(day)]
    for earlier, later in zip(worked, worked[n:], strict=False):
        assert calendar.add_workdays(earlier, n) == later
        assert calendar.nth_workday_before(later, n) == earlier
