"""
Chapter 5(1): the days that follow from the day of the activity, in working days and months.

E is the first day of the activity. The regular deadline is the 15th of the month before E; urgent
files of a symposium reach to the third working day before E; results come out on the 25th.
"""

from __future__ import annotations

from datetime import time

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course, first_day, is_symposium, last_day
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Question,
    Value,
    computes,
    day_clause,
    day_of,
    day_of_earlier_month,
    day_table,
    days_after,
    deadline,
    last_day_of,
    later_of,
    months,
    not_a_holiday_on_or_after,
    or_else,
    reading,
    workday_on_or_after,
    workdays_before,
)

# The 15th of the month before


def fifteenth(of: Value) -> Value:
    """The 15th of the month before ``of``, as it stands or moved off a day of rest."""
    printed = day_of_earlier_month(of, 15)
    return reading(
        "rrt.deadline.fifteenth_holiday_shift",
        none=printed,
        next_workday=workday_on_or_after(printed),
    )


def last_regular_day(of: Value) -> Value:
    day = fifteenth(of)
    return reading("rrt.deadline.fifteenth", inclusive=day, exclusive=days_after(day, -1))


def first_late_day(of: Value) -> Value:
    day = fifteenth(of)
    return reading(
        "rrt.deadline.sixteenth_band", from_16=days_after(day, 1), from_17=days_after(day, 2)
    )


# Working days before the activity


def working_days_before(of: Value, number: int) -> Value:
    """By the office calendar, with or without Labour Day and make-up Saturdays."""

    def counted(labour_day: bool) -> Value:
        return reading(
            "rrt.workday.makeup_saturday",
            workday=workdays_before(of, number, labour_day=labour_day),
            not_workday=workdays_before(of, number, makeup_saturdays=False, labour_day=labour_day),
        )

    return reading("rrt.workday.calendar", dgpa=counted(False), dgpa_and_labour_day=counted(True))


last_urgent_day = reading(
    "rrt.urgent.cutoff",
    third_day_inclusive=working_days_before(first_day, 3),
    three_clear_days=working_days_before(first_day, 4),
)

# The day on which a case counts as filed with the society


def _filed_on(closes: time | None) -> Value:
    return or_else(day_of(course.filed_at, closes=closes), course.filed_date)


society_day = reading(
    "rrt.deadline.day_end", midnight=_filed_on(None), office_hours=_filed_on(time(17))
)
submitted_on = reading(
    "rrt.deadline.filing_event",
    later_of_both=later_of(society_day, course.cec_filed_date),
    society=society_day,
    cec=course.cec_filed_date,
)
"""The day of filing, apart from what a symposium has to pay before."""

# The result: the 25th


def twenty_fifth(printed: Value) -> Value:
    return reading(
        "rrt.publish.shift",
        next_workday=workday_on_or_after(printed),
        public_holiday_only=not_a_holiday_on_or_after(printed),
    )


publication_day = day_clause(
    "RRT-5.1.2.PUBLISH",
    day_clause(
        "RRT-5.1.2.SHIFT",
        twenty_fifth(
            reading(
                "rrt.publish.month",
                cutoff_month=day_of_earlier_month(first_day, 25),
                event_month=day_of_earlier_month(first_day, 25, months_before=0),
            )
        ),
    ),
)


def _next_25th(day: Value) -> Value:
    this_month = day_of_earlier_month(day, 25, months_before=0)
    next_month = day_of_earlier_month(days_after(day, 7), 25, months_before=0)
    return twenty_fifth(day_table((day <= this_month, this_month), (day > this_month, next_month)))


_decision_target = reading(
    "rrt.urgent.decision_by",
    before_event=working_days_before(first_day, 1),
    next_25th=_next_25th(or_else(submitted_on, AS_OF)),
)

# Periods that end on a day of rest


def last_day_in_time(day: Value) -> Value:
    """The end of a period; whether it moves off a day of rest is open."""
    return reading(
        "rrt.period.end_holiday_shift", none=day, civil_code_122=workday_on_or_after(day)
    )


def notice_deadline(of: Value) -> Value:
    """The last day on which a change may be announced."""
    return last_day_in_time(
        reading(
            "rrt.change.notice",
            calendar_days=days_after(of, -3),
            working_days=working_days_before(of, 3),
        )
    )


_window_end = reading(
    "rrt.period.month_arithmetic",
    open_day_counted=last_day_of(course.open_date, months(1)),
    day_after=deadline(course.open_date, months(1)),
)


def roster_deadline(completed_on: Value) -> Value:
    return last_day_in_time(days_after(completed_on, 28))


def _day(id: str, zh: str, en: str, clause_id: str, day: Value, *bands: Band) -> Question:
    return Question(
        id=id,
        label=Label(zh, en),
        asks=Label(f"這件申請的{zh}是哪一天", f"which day is the {en} of this case"),
        bands=bands,
        figures=(Figure("date", Label(zh, en), day_clause(clause_id, day)),),
        about="course_case",
    )


QUESTIONS = (
    _day(
        "last-regular-day",
        "一般件截止日",
        "last regular day",
        "RRT-5.1.1.APPLY15",
        last_regular_day(first_day),
    ),
    _day(
        "last-urgent-day",
        "急件截止日",
        "last urgent day",
        "RRT-5.1.DEADLINE-SYMPOSIUM-URGENT",
        day_clause("RRT-9.FEE-URGENT-LATEST", last_urgent_day),
        Band("no_urgent_track", ~is_symposium),
    ),
    _day(
        "publication-day",
        "公告日",
        "publication day",
        "RRT-5.1.2.PUBLISH",
        publication_day,
        Band("after_event", first_day <= publication_day),
    ),
    computes(
        "decision-target",
        Label("急件審定目標日", "Target day of an urgent decision"),
        Label(
            "急件最好在哪一天以前審定（條文未規定期限）",
            "by which day an urgent case is best decided; the text sets none",
        ),
        Figure(
            "date",
            Label("目標日", "Target day"),
            day_clause("RRT-5.1.DEADLINE-SYMPOSIUM-URGENT", _decision_target),
        ),
        about="course_case",
    ),
    _day(
        "change-notice-day",
        "變更通知末日",
        "last day to announce a change",
        "RRT-5.1.3.6.c",
        notice_deadline(first_day),
    ),
    _day(
        "roster-day",
        "名單登錄末日",
        "last day to register the roster",
        "RRT-5.1.3.5.a",
        roster_deadline(last_day),
    ),
    _day(
        "viewing-window",
        "開放觀看末日",
        "last day of the viewing window",
        "RRT-5.1.3.8.e",
        _window_end,
    ),
)
