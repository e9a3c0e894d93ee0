"""
Chapter 5(1)1: in which band a case is filed, regular, urgent or too late.

A symposium is filed only once it is paid for. What the regular fee covers in time is regular; what
comes later owes the urgent fee, and counts as filed on the day on which that is paid in full.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import (
    course,
    first_day,
    is_monthly,
    is_symposium,
    last_day,
    payment,
    payments,
)
from tiaoli.regulations.rrt_ce.deadlines import (
    first_late_day,
    last_regular_day,
    last_urgent_day,
    society_day,
    submitted_on,
)
from tiaoli.regulations.rrt_ce.fees import regular_fee, urgent_fee
from tiaoli.rules import (
    AS_OF,
    NEVER,
    Band,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    clause,
    day_of_earlier_month,
    later_of,
    reached_on,
    reading,
    told_if_met,
)

_both_systems = reading(
    "rrt.deadline.filing_event",
    later_of_both=all_of(society_day.is_given(), course.cec_filed_date.is_given()),
    society=society_day.is_given(),
    cec=course.cec_filed_date.is_given(),
)
_is_submitted = clause("RRT-5.1.1.DUAL", _both_systems)
_is_not_submitted = clause("RRT-5.1.1.DUAL", ~_both_systems)


def _in_time(filed: Value, of: Value) -> Rule:
    return filed <= last_regular_day(of)


def _late(filed: Value, of: Value) -> Rule:
    return filed >= first_late_day(of)


# Monthly courses: by the 15th or not at all

_is_class = clause("RRT-5.1.1.CLASS", is_monthly)
_is_symposium = clause("RRT-5.1.1.CLASS", is_symposium)
_months_differ = ~day_of_earlier_month(first_day, 15).same_as(day_of_earlier_month(last_day, 15))
_must_be_split = all_of(
    is_monthly,
    clause(
        "RRT-5.1.1.APPLY15",
        reading("rrt.deadline.anchor", first_session=_months_differ, each_session=NEVER),
    ),
)
_all_in_time = clause("RRT-5.1.1.DEADLINE-MONTHLY", _in_time(submitted_on, first_day))
_first_late = clause("RRT-5.1.1.DEADLINE-MONTHLY-REFUSED", _late(submitted_on, first_day))
_later_sessions_in_time = reading(
    "rrt.deadline.anchor",
    first_session=NEVER,
    each_session=clause("RRT-5.1.1.DEADLINE-MONTHLY", _in_time(submitted_on, last_day)),
)

# Symposia: regular, urgent, too late

_regular_paid_on = reached_on(payment.amount, payments, regular_fee)
_urgent_paid_on = reached_on(payment.amount, payments, urgent_fee)


def _filed_with(paid_on: Value) -> Value:
    return reading(
        "rrt.deadline.filing_event",
        later_of_both=later_of(submitted_on, paid_on),
        society=submitted_on,
        cec=submitted_on,
    )


def _prepaid(paid_on: Value) -> Rule:
    return clause("RRT-9.FEE-SYMP-PREPAY", paid_on.is_given())


def _not_prepaid(paid_on: Value) -> Rule:
    return clause("RRT-9.FEE-SYMP-PREPAY", paid_on.is_absent())


_regular = all_of(
    _is_submitted,
    _prepaid(_regular_paid_on),
    clause(
        "RRT-5.1.1.APPLY15",
        clause("RRT-5.1.DEADLINE-SYMPOSIUM", _in_time(_filed_with(_regular_paid_on), first_day)),
    ),
)
_urgent = all_of(
    _is_submitted,
    _prepaid(_urgent_paid_on),
    clause("RRT-9.FEE-URGENT", _late(_filed_with(_regular_paid_on), first_day)),
    clause(
        "RRT-5.1.DEADLINE-SYMPOSIUM-URGENT",
        clause("RRT-9.FEE-URGENT-LATEST", _filed_with(_urgent_paid_on) <= last_urgent_day),
    ),
)


def _past_the_cutoff(filed: Value) -> Rule:
    """Too late: inside the last working days, or on the day itself and after it."""
    inside = clause(
        "RRT-5.1.DEADLINE-SYMPOSIUM-REFUSED",
        clause("RRT-9.FEE-URGENT-LATE", all_of(filed > last_urgent_day, filed < first_day)),
    )
    after = clause("RRT-5.1.DEADLINE-SYMPOSIUM-POST", filed >= first_day)
    return any_of(inside, after)


_too_late = any_of(
    all_of(_is_submitted, _past_the_cutoff(submitted_on)),
    all_of(
        _is_submitted, _prepaid(_urgent_paid_on), _past_the_cutoff(_filed_with(_urgent_paid_on))
    ),
    all_of(any_of(_is_not_submitted, _not_prepaid(_urgent_paid_on)), _past_the_cutoff(AS_OF)),
)

_not_filed_yet = any_of(
    _is_not_submitted, _not_prepaid(_regular_paid_on), _not_prepaid(_urgent_paid_on)
)
_waits_for_payment = all_of(_is_symposium, _not_filed_yet)
filing = Question(
    id="filing",
    label=Label("受理情形", "Filing band"),
    asks=Label(
        "這件申請受理、列一般件或急件，還是不受理",
        "whether this case is accepted, regular, urgent or refused",
    ),
    bands=(
        Band("must_be_split", told_if_met(_must_be_split)),
        Band("regular", told_if_met(all_of(_is_symposium, _regular))),
        Band("urgent", told_if_met(all_of(_is_symposium, _urgent))),
        Band("refused", told_if_met(all_of(_is_symposium, _too_late))),
        Band("incomplete", told_if_met(_waits_for_payment)),
        Band("incomplete", told_if_met(_is_not_submitted)),
        Band("accepted", told_if_met(all_of(_is_class, _all_in_time))),
        Band("partly_accepted", told_if_met(all_of(_is_class, _later_sessions_in_time))),
        Band("refused", told_if_met(all_of(_is_class, _first_late))),
    ),
    otherwise="not_stated",
    undecided="unknown",
    about="course_case",
)

QUESTIONS = (filing,)
