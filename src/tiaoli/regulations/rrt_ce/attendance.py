"""Chapters 5(1)3(5), 6(2) and 8(3): signing in and out, the roster and its sealed copy."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import last_case, sessions
from tiaoli.regulations.rrt_ce.deadlines import roster_deadline
from tiaoli.rules import (
    NEVER,
    Band,
    Figure,
    Question,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    clause,
    hours,
    number_of,
    per_day,
    programme_day,
    reading,
    records,
    the,
    times,
    told_if_met,
)

# One person at one session or half-day

attendance_record = records("attendance_record")
mark = the(attendance_record)

_stamped = clause("RRT-5.1.3.5.c", clause("RRT-6.2.b", mark.method.is_("stamp")))
_signed = clause(
    "RRT-5.1.3.5.b",
    clause("RRT-6.2.a", mark.method.is_in("handwritten", "card", "electronic")),
)
_in_and_out = clause("RRT-8.3.a", all_of(mark.signed_in.is_given(), mark.signed_out.is_given()))
_online = last_case.delivery.is_("sync")
_online_in_and_out = clause("RRT-4.R1.b", clause("RRT-5.1.3.7.b", _in_and_out))
_present = clause("RRT-4.R1.c", clause("RRT-5.1.3.7.b", mark.presence_verified.is_(True)))

attendance = Question(
    id="attendance",
    label=Label("簽到退", "Attendance"),
    asks=Label("這筆簽到退能否採計", "whether this record of signing in and out counts"),
    bands=(
        Band("absent", told_if_met(_stamped)),
        Band(
            "credited",
            any_of(
                all_of(_signed, ~_online, _in_and_out),
                all_of(_signed, _online, _online_in_and_out, _present),
            ),
        ),
    ),
    otherwise="no_credit",
    about="attendance_record",
)

# How often a day is signed in and out

_length = reading(
    "rrt.signin.duration",
    elapsed_programme=programme_day.elapsed <= hours(4),
    teaching_minutes=programme_day.taught <= hours(4),
)
_pairs = amount_clause(
    "RRT-8.3.b",
    per_day(
        sessions,
        amount_table(
            (_length, number_of(1)), otherwise=times(number_of(1), programme_day.half_days)
        ),
    ),
)
plan = Question(
    id="sign-in-plan",
    label=Label("簽到退次數", "Sign-in plan"),
    asks=Label("這場活動共須簽到退幾次", "how many times one signs in and out of this event"),
    figures=(Figure("pairs", Label("簽到退次數", "Pairs of marks"), _pairs),),
    about="course_case",
)

# The roster and its sealed copy

roster = records("roster")
list_in_hand = the(roster)
_due = roster_deadline(list_in_hand.completion_date)
_registered_late = clause("RRT-5.1.3.5.a", list_in_hand.registered_date > _due)
_sent_late = clause(
    "RRT-5.1.3.5.e",
    reading(
        "rrt.roster.scan_deadline",
        same_28_days=list_in_hand.scan_sent_date > _due,
        none=NEVER,
    ),
)
_sealed = clause("RRT-5.1.3.5.d", list_in_hand.sealed.is_(True))
_sent = clause("RRT-5.1.3.5.e", list_in_hand.scan_sent_date.is_given())
_in_time = clause("RRT-5.1.3.5.a", list_in_hand.registered_date <= _due)
_too_late = reading(
    "rrt.roster.late_effect", flag_only=NEVER, reject=any_of(_registered_late, _sent_late)
)

roster_question = Question(
    id="roster",
    label=Label("學員名單", "Roster"),
    asks=Label("這份名單是否按時登錄並備齊", "whether this roster is in time and complete"),
    bands=(
        Band("rejected", told_if_met(_too_late)),
        Band(
            "incomplete",
            told_if_met(
                any_of(
                    clause("RRT-5.1.3.5.d", ~list_in_hand.sealed.is_(True)),
                    clause("RRT-5.1.3.5.e", list_in_hand.scan_sent_date.is_absent()),
                )
            ),
        ),
        Band("late", told_if_met(any_of(_registered_late, _sent_late))),
        Band("on_time", all_of(_in_time, _sealed, _sent)),
    ),
    otherwise="incomplete",
    figures=(Figure("due", Label("期限", "Due"), _due),),
    about="roster",
)

QUESTIONS = (attendance, plan, roster_question)
