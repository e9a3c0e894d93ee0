"""The office calendar against the announced calendars of 2024 to 2026."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from holidays.countries.taiwan import Taiwan

from tiaoli.facts.calendar import ANNOUNCED_THROUGH, UnknownWorkday, WorkCalendar
from tiaoli.facts.kinds import Label

OFFICE = WorkCalendar()

WEEKDAYS_OFF = {
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 02-28 04-04 04-05 06-10 09-17 10-10",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 02-28 04-03 04-04 05-30 09-29 10-06 10-10 10-24 "
    "12-25",
    2026: "01-01 02-16 02-17 02-18 02-19 02-20 02-27 04-03 04-06 05-01 06-19 09-25 09-28 10-09 "
    "10-26 12-25",
}
MAKEUP_SATURDAYS = {2024: "02-17", 2025: "02-08", 2026: ""}

# The 25th of each month, and the workday it moves to.
SHIFTED_25TH = {
    "2024-12-25": "2024-12-25",
    "2025-01-25": "2025-02-03",
    "2025-02-25": "2025-02-25",
    "2025-03-25": "2025-03-25",
    "2025-04-25": "2025-04-25",
    "2025-05-25": "2025-05-26",
    "2025-06-25": "2025-06-25",
    "2025-07-25": "2025-07-25",
    "2025-08-25": "2025-08-25",
    "2025-09-25": "2025-09-25",
    "2025-10-25": "2025-10-27",
    "2025-11-25": "2025-11-25",
    "2025-12-25": "2025-12-26",
    "2026-01-25": "2026-01-26",
    "2026-02-25": "2026-02-25",
    "2026-03-25": "2026-03-25",
    "2026-04-25": "2026-04-27",
    "2026-05-25": "2026-05-25",
    "2026-06-25": "2026-06-25",
    "2026-07-25": "2026-07-27",
    "2026-08-25": "2026-08-25",
    "2026-09-25": "2026-09-29",
    "2026-10-25": "2026-10-27",
    "2026-11-25": "2026-11-25",
    "2026-12-25": "2026-12-28",
}

# The 15ths that are days off, and the workday they would move to.
SHIFTED_15TH = {
    "2024-12-15": "2024-12-16",
    "2025-02-15": "2025-02-17",
    "2025-03-15": "2025-03-17",
    "2025-06-15": "2025-06-16",
    "2025-11-15": "2025-11-17",
    "2026-02-15": "2026-02-23",
    "2026-03-15": "2026-03-16",
    "2026-08-15": "2026-08-17",
    "2026-11-15": "2026-11-16",
}


def d(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_weekdays_off_are_those_announced(year: int) -> None:
    off = [x for x in days_of(year) if x.weekday() < 5 and not OFFICE.is_workday(x)]
    assert " ".join(f"{x:%m-%d}" for x in off) == WEEKDAYS_OFF[year]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_make_up_saturdays_are_those_announced(year: int) -> None:
    worked = [x for x in days_of(year) if x.weekday() >= 5 and OFFICE.is_workday(x)]
    assert " ".join(f"{x:%m-%d}" for x in worked) == MAKEUP_SATURDAYS[year]


@pytest.mark.parametrize(("day", "shifted"), [*SHIFTED_25TH.items(), *SHIFTED_15TH.items()])
def test_a_day_of_rest_moves_to_the_next_workday(day: str, shifted: str) -> None:
    assert OFFICE.next_workday(d(day)) == d(shifted)


def test_every_15th_that_is_worked_stays_where_it_is() -> None:
    months = [date(2024, 12, 15), *(date(y, m, 15) for y in (2025, 2026) for m in range(1, 13))]
    moved = {str(x): str(OFFICE.next_workday(x)) for x in months if OFFICE.next_workday(x) != x}
    assert moved == SHIFTED_15TH


def test_a_make_up_saturday_is_a_workday_unless_told_otherwise() -> None:
    weekends_free = WorkCalendar(makeup_saturdays=False)
    assert OFFICE.nth_workday_before(d("2025-02-09"), 3) == d("2025-02-06")
    assert weekends_free.nth_workday_before(d("2025-02-09"), 3) == d("2025-02-05")


def test_a_make_up_saturday_announced_for_the_following_year_is_worked() -> None:
    assert OFFICE.is_workday(d("2014-12-27")) is True


def test_new_year_on_a_saturday_closes_the_last_day_of_the_old_year() -> None:
    assert OFFICE.why_closed(d("2021-12-31")) == Label(
        "中華民國開國紀念日（補假）", "Founding Day of the Republic of China (observed)"
    )


@pytest.mark.parametrize(
    ("day", "by_default", "with_labour_day"),
    [("2025-05-01", True, False), ("2026-05-01", False, False)],
)
def test_labour_day_closes_offices_from_2026_and_earlier_only_on_request(
    day: str, by_default: bool, with_labour_day: bool
) -> None:
    assert OFFICE.is_workday(d(day)) is by_default
    assert WorkCalendar(labour_day=True).is_workday(d(day)) is with_labour_day


def test_an_override_has_the_last_word() -> None:
    told = WorkCalendar({d("2025-07-07"): False, d("2025-10-10"): True})
    assert told.is_workday(d("2025-07-07")) is False
    assert told.is_workday(d("2025-10-10")) is True
    assert told.next_workday(d("2025-07-05")) == d("2025-07-08")


def test_an_override_added_to_the_mapping_later_changes_nothing() -> None:
    closures = {d("2025-07-07"): False}
    calendar = WorkCalendar(closures)
    closures[d("2025-07-08")] = False
    assert calendar.is_workday(d("2025-07-08")) is True


def test_calendars_that_say_the_same_are_equal_and_hash_alike() -> None:
    one, other = WorkCalendar({d("2025-07-07"): False}), WorkCalendar({d("2025-07-07"): False})
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-06-16", None),
        ("2025-06-14", Label("星期六", "Saturday")),
        ("2025-06-15", Label("星期日", "Sunday")),
        ("2025-10-10", Label("國慶日", "National Day")),
        ("2025-04-04", Label("兒童節、民族掃墓節", "Children's Day; Tomb-Sweeping Day")),
        ("2025-02-08", None),
    ],
)
def test_a_closed_day_says_why(day: str, why: Label | None) -> None:
    assert OFFICE.why_closed(d(day)) == why


def test_a_closure_by_choice_says_why() -> None:
    told = WorkCalendar({d("2025-07-07"): False}, makeup_saturdays=False, labour_day=True)
    assert [told.why_closed(d(x)) for x in ("2025-07-07", "2025-02-08", "2025-05-01")] == [
        Label("公告不上班", "closed by announcement"),
        Label("補行上班日（不計為工作日）", "make-up working day (not counted as one)"),
        Label("勞動節", "Labour Day"),
    ]


def test_workdays_are_counted_without_the_day_itself() -> None:
    assert OFFICE.add_workdays(d("2026-02-13"), 1) == d("2026-02-23")
    assert OFFICE.nth_workday_before(d("2026-02-23"), 1) == d("2026-02-13")


def test_counting_starts_at_one() -> None:
    with pytest.raises(
        ValueError, match=r"asked for workday number 0 from 2026-02-13; count from 1"
    ):
        OFFICE.add_workdays(d("2026-02-13"), 0)


def test_a_day_after_the_last_announced_calendar_is_flagged() -> None:
    told = WorkCalendar({d("2027-01-04"): True})
    days = ("2026-12-31", "2027-01-01", "2027-01-04")
    assert [told.is_announced(d(x)) for x in days] == [True, False, True]


def test_the_library_was_checked_at_least_as_far_as_we_say() -> None:
    checked = re.findall(r"DGPA Work Calendar \(\d+-(\d+); Chinese\)", Taiwan.__doc__ or "")
    assert [int(year) >= ANNOUNCED_THROUGH.year for year in checked] == [True]


@pytest.mark.parametrize("day", ["2000-12-31", "2100-01-01"])
def test_a_day_the_calendar_does_not_know_is_refused_and_not_guessed(day: str) -> None:
    with pytest.raises(UnknownWorkday) as refusal:
        OFFICE.is_workday(d(day))
    assert str(refusal.value) == (
        f"查詢 {day} 是否為工作日，但工作日曆只涵蓋 2001 至 2099 年；"
        "請更正日期，或以 overrides 指明該日是否上班。 "
        f"Asked whether {day} is worked; the office calendar covers 2001 to 2099. "
        "Correct the day, or state it in overrides."
    )


def test_an_override_reaches_beyond_the_known_years() -> None:
    assert WorkCalendar({d("2100-01-01"): False}).is_workday(d("2100-01-01")) is False


def test_a_moment_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match=r"ask about a day, such as 2025-10-10"):
        OFFICE.is_workday(datetime(2025, 10, 10))
