"""
The course case in hand, and the records that belong to it.

Sessions, lecturers, decisions and payments name their case by its number; in a dossier of a single
case they need not.
"""

from __future__ import annotations

from tiaoli.rules import Rule, Value, any_of, latest, reading, records, the

course_case = records("course_case")
course = the(course_case, course_case.filed_date)
"""The case that a question is about."""

last_case = latest(course_case, course_case.filed_date)
"""The same where a question is about another record: a dossier has one case then."""

course_session = records("course_session")
lecturer = records("lecturer_profile")
decision = records("decision")
payment = records("payment")


def _of_this_case(number: Value) -> Rule:
    return any_of(
        number.is_absent(),
        number.same_as(course.case_number),
        number.same_as(course.provisional_number),
    )


sessions = course_session.where(_of_this_case(course_session.case))
decisions = decision.where(_of_this_case(decision.case))
payments = payment.where(
    payment.account_matches.is_(True),
    any_of(
        payment.memo_case_number.same_as(course.case_number),
        payment.memo_case_number.same_as(course.provisional_number),
        payment.matched_case.same_as(course.case_number),
    ),
)
"""What was paid into the society's account for this case: the memo, or whoever matched it, says."""

first_day = course.first_activity_date
last_day = course.last_activity_date

SYMPOSIUM_MODES = ("2", "3")
MONTHLY_MODES = ("1", "4", "5")


is_network = any_of(course.mode.is_("5"), course.delivery.is_("async"))
"""Recorded beforehand and watched at any time."""


is_symposium = reading(
    "rrt.class.map",
    by_mode=course.mode.is_in(*SYMPOSIUM_MODES),
    by_declaration=course.case_class.is_("symposium"),
)
is_monthly = reading(
    "rrt.class.map",
    by_mode=course.mode.is_in(*MONTHLY_MODES),
    by_declaration=course.case_class.is_("monthly"),
)
