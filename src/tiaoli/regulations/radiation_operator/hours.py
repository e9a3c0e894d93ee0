"""
Article 7, paragraph 1, items 1 to 3: the hours that count.

A point is an hour. A session counts once, whatever it is listed under; university credits are five
points each and add no more than thirty in one academic year (the sister regulation on protection
personnel, article 7).
"""

from __future__ import annotations

from tiaoli.facts.kinds import Unit
from tiaoli.rules import (
    AS_OF,
    Amount,
    AmountNode,
    Rule,
    Value,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    between,
    clause,
    hours,
    presumed,
    reading,
    records,
    sum_capped,
    sum_once,
    times,
    total,
)

entry = records("credit_entry")


def _hours_given(each: int) -> AmountNode:
    return times(Amount(each, Unit.MINUTE), entry.hours, per=Unit.MINUTE)


_points_stated = presumed(
    entry.points.is_given(),
    False,
    "未載積分者依活動換算",
    "reckoned from the activity where no points are stated",
)
_by_activity = amount_table(
    (entry.activity.is_("attended"), _hours_given(1)),
    (entry.activity.is_in("lectured", "taught_university"), _hours_given(2)),
    otherwise=times(hours(5), entry.academic_credits, per=Unit.CREDIT),
)
_academic_hours = amount_table(
    (_points_stated, times(hours(1), entry.points, per=Unit.POINT)), otherwise=_by_activity
)
_actual_hours = amount_table(
    (entry.activity.is_("university_credits"), _academic_hours), otherwise=_hours_given(1)
)
_academic = amount_clause(
    "RAD-7.1.2",
    reading("rad.s7.point_to_hour", one_point_one_hour=_academic_hours, actual_hours=_actual_hours),
)
_worth = amount_table(
    (entry.source.is_("approved_training"), amount_clause("RAD-7.1.1", _hours_given(1))),
    (entry.source.is_("employer_training"), amount_clause("RAD-7.1.3", _hours_given(1))),
    otherwise=_academic,
)

_is_training = entry.source.is_in("approved_training", "employer_training")
_is_academic = entry.source.is_("academic_activity")
_is_credits = all_of(_is_academic, entry.activity.is_("university_credits"))
_is_session = any_of(
    clause("RAD-7.1.1", entry.source.is_("approved_training")),
    clause("RAD-7.1.3", entry.source.is_("employer_training")),
    clause("RAD-7.1.2", all_of(_is_academic, ~entry.activity.is_("university_credits"))),
)


def counted(in_time: Rule) -> AmountNode:
    """The hours of the entries that are in time."""
    return total(
        sum_once(_worth, entry.where(_is_session, in_time), by="session_id"),
        sum_capped(
            _academic,
            entry.where(_is_credits, in_time),
            by="academic_year",
            cap=hours(30),
        ),
    )


def training_only(in_time: Rule) -> AmountNode:
    """The same of training alone, without points."""
    return sum_once(_worth, entry.where(_is_training, in_time), by="session_id")


def since(day: Value) -> Rule:
    return between(entry.date, day, AS_OF)
