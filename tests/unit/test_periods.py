"""The counting of periods, case by case, on the days where careless counting goes wrong."""

from __future__ import annotations

from datetime import date

import pytest

from tiaoli.facts.periods import (
    YEAR_OF_BROKEN_SERVICE,
    Period,
    Span,
    clip,
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


def d(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, last: str | None = None) -> Span:
    return Span(d(first), d(last) if last else None)


# --- Periods ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (years(3), "3 年", "3 years"),
        (years(1), "1 年", "1 year"),
        (months(6), "6 個月", "6 months"),
        (months(1), "1 個月", "1 month"),
        (days(30), "30 日", "30 days"),
        (Period(years=1, months=6, days=10), "1 年 6 個月 10 日", "1 year 6 months 10 days"),
        (Period(), "0 日", "0 days"),
    ],
)
def test_a_period_is_named_in_both_languages(period: Period, zh: str, en: str) -> None:
    assert (period.zh, period.en) == (zh, en)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the months of a period cannot be negative; got -1"):
        months(-1)


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
def test_a_period_of_anything_but_whole_numbers_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"the years of a period must be a whole number; got "):
        years(value)


@pytest.mark.parametrize(
    ("day", "period", "first"),
    [
        ("2026-06-01", years(6), "2020-06-01"),
        ("2028-02-29", years(3), "2025-02-28"),
        ("2028-02-29", years(4), "2024-02-29"),
        ("2026-03-14", months(6), "2025-09-14"),
        ("2026-08-31", months(6), "2026-02-28"),
        ("2026-03-31", days(30), "2026-03-01"),
        ("2026-06-01", Period(), "2026-06-01"),
    ],
)
def test_a_look_back_window_starts_on_the_corresponding_day(
    day: str, period: Period, first: str
) -> None:
    assert look_back(d(day), period) == d(first)


@pytest.mark.parametrize(
    ("start", "period", "complete"),
    [
        ("2024-03-01", years(1), "2025-03-01"),
        ("2024-02-29", years(1), "2025-03-01"),
        ("2024-02-29", years(4), "2028-02-29"),
        ("2024-01-31", months(1), "2024-03-01"),
        ("2025-12-31", months(2), "2026-03-01"),
        ("2026-03-01", days(30), "2026-03-31"),
        ("2026-03-01", Period(years=1, days=1), "2027-03-02"),
        ("2026-03-01", Period(), "2026-03-01"),
    ],
)
def test_a_period_is_complete_on_the_day_after_its_last(
    start: str, period: Period, complete: str
) -> None:
    assert completion(d(start), period) == d(complete)


@pytest.mark.parametrize(
    ("start", "complete"),
    [("2024-03-01", "2025-03-02"), ("2024-02-28", "2025-03-01"), ("2024-12-31", "2026-01-01")],
)
def test_a_first_day_that_does_not_count_starts_the_period_a_day_later(
    start: str, complete: str
) -> None:
    assert completion(d(start), years(1), first_day_counts=False) == d(complete)


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        ("2021-05-14", years(6), "2027-05-13"),
        ("2024-02-29", years(6), "2030-02-28"),
        ("2020-03-15", years(6), "2026-03-14"),
        ("2020-02-29", years(6), "2026-02-28"),
        ("2024-03-01", years(1), "2025-02-28"),
    ],
)
def test_a_validity_ends_the_day_before_the_corresponding_day(
    start: str, period: Period, last: str
) -> None:
    assert last_day(d(start), period) == d(last)


@pytest.mark.parametrize(
    ("event", "period", "last"),
    [
        ("2026-03-01", days(30), "2026-03-31"),
        ("2026-04-20", years(3), "2029-04-20"),
        ("2025-02-28", years(3), "2028-02-29"),
        ("2024-02-29", years(3), "2027-02-28"),
        ("2026-01-31", months(1), "2026-02-28"),
    ],
)
def test_a_deadline_does_not_count_the_day_of_the_event(
    event: str, period: Period, last: str
) -> None:
    assert deadline(d(event), period) == d(last)


def test_a_period_that_leaves_the_calendar_says_so() -> None:
    with pytest.raises(
        ValueError, match=r"72 months from 9999-12-31 is the year 10005; give a day"
    ):
        completion(date.max, years(6))


# --- Spans --------------------------------------------------------------------------------


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"from 2026-01-02 to 2026-01-01 ends before it starts"):
        span("2026-01-02", "2026-01-01")


def test_a_running_span_sorts_after_one_that_starts_with_it_and_ends() -> None:
    running, ended = span("2024-01-01"), span("2024-01-01", "2024-12-31")
    assert sorted([running, ended]) == [ended, running]


@pytest.mark.parametrize(
    ("spans", "blocks"),
    [
        ([], ()),
        (
            [span("2024-04-01", "2024-06-30"), span("2024-01-01", "2024-03-31")],
            (span("2024-01-01", "2024-06-30"),),
        ),
        (
            [span("2024-01-01", "2024-03-31"), span("2024-04-02", "2024-06-30")],
            (span("2024-01-01", "2024-03-31"), span("2024-04-02", "2024-06-30")),
        ),
        (
            [span("2024-01-01", "2024-12-31"), span("2024-03-01", "2024-04-30")],
            (span("2024-01-01", "2024-12-31"),),
        ),
        (
            [span("2024-01-01"), span("2030-01-01", "2030-12-31")],
            (span("2024-01-01"),),
        ),
        (
            [span("2024-01-01", "2024-12-31"), span("2024-06-01")],
            (span("2024-01-01"),),
        ),
    ],
)
def test_spans_that_overlap_or_touch_merge_into_one_block(
    spans: list[Span], blocks: tuple[Span, ...]
) -> None:
    assert merge(spans) == blocks


def test_clipping_drops_what_ended_before_and_cuts_what_had_begun() -> None:
    spans = [span("2020-01-01", "2020-12-31"), span("2021-06-01", "2022-06-01"), span("2023-01-01")]
    assert clip(spans, d("2022-06-01")) == (span("2022-06-01", "2022-06-01"), span("2023-01-01"))


@pytest.mark.parametrize(
    ("before", "served"),
    [
        ("2024-01-01", 0),
        ("2024-01-02", 1),
        ("2024-01-11", 10),
        ("2024-02-01", 10),
        ("2024-02-03", 12),
    ],
)
def test_days_served_are_counted_up_to_the_day_before(before: str, served: int) -> None:
    spans = [span("2024-01-01", "2024-01-10"), span("2024-01-05", "2024-01-08"), span("2024-02-01")]
    assert days_served(spans, d(before)) == served


# --- Service ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "n", "served"),
    [
        # Unbroken service runs by the calendar, so the leap day costs a day.
        ([span("2024-03-01")], 1, "2025-03-01"),
        ([span("2023-03-01")], 1, "2024-03-01"),
        ([span("2024-02-29")], 1, "2025-03-01"),
        ([span("2016-06-01")], 8, "2024-06-01"),
        # It may end on the very day on which it is complete, but not a day before.
        ([span("2023-03-01", "2024-02-29")], 1, "2024-03-01"),
        ([span("2023-03-01", "2024-02-28")], 1, None),
        # Two employers without a day between them are one block.
        ([span("2023-03-01", "2023-08-31"), span("2023-09-01")], 1, "2024-03-01"),
        # A day's break makes it 365 days: one day is lost, and the leap day is won back.
        ([span("2023-03-01", "2023-08-31"), span("2023-09-02")], 1, "2024-03-01"),
        ([span("2024-03-01", "2024-08-31"), span("2024-09-02")], 1, "2025-03-02"),
        # 365 days over a leap day are no calendar year, until a second block begins.
        ([span("2023-03-01", "2024-02-28"), span("2024-05-01")], 1, "2024-05-02"),
        ([span("2023-03-01", "2024-02-28"), span("2024-05-01", "2024-05-01")], 1, "2024-05-02"),
        ([], 1, None),
    ],
)
def test_service_is_complete_on_the_day_the_law_counts(
    spans: list[Span], n: int, served: str | None
) -> None:
    assert served_on(spans, n) == (d(served) if served else None)


def test_eight_years_of_broken_practice_are_2920_days() -> None:
    spans = [span("2016-01-01", "2016-01-10"), span("2017-01-01")]
    complete = served_on(spans, 8)
    assert complete == d("2024-12-20")
    assert days_served(spans, d("2024-12-20")) == 2910 + 10 == 8 * YEAR_OF_BROKEN_SERVICE


def test_service_is_not_complete_the_day_before() -> None:
    spans = [span("2024-03-01")]
    assert [has_served(spans, 1, d(on)) for on in ("2025-02-28", "2025-03-01")] == [False, True]


def test_service_that_completes_on_its_last_day_completes_a_day_earlier() -> None:
    whole, broken = [span("2024-03-01")], [span("2024-03-01", "2024-08-31"), span("2024-09-02")]
    assert served_on(whole, 1, complete_on_last_day=True) == d("2025-02-28")
    assert served_on(broken, 1, complete_on_last_day=True) == d("2025-03-01")


def test_service_whose_first_day_does_not_count_completes_a_day_later() -> None:
    whole, broken = [span("2024-03-01")], [span("2024-03-01", "2024-08-31"), span("2024-09-02")]
    assert served_on(whole, 1, first_day_counts=False) == d("2025-03-02")
    assert served_on(broken, 1, first_day_counts=False) == d("2025-03-03")


def test_the_only_day_on_which_service_changes_is_the_day_it_completes() -> None:
    assert served_change_days([span("2024-03-01")], 1) == frozenset({d("2025-03-01")})
    assert served_change_days([], 1) == frozenset()


def test_no_years_of_service_cannot_be_asked_for() -> None:
    refusal = r"^0 years of service ask for nothing; ask for 1 or more, or drop the rule"
    with pytest.raises(ValueError, match=refusal):
        has_served([], 0, d("2026-01-01"))
    with pytest.raises(ValueError, match=refusal):
        served_on([], 0)
