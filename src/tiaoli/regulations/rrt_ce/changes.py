"""Chapter 5(1)3(6): what may still change after recognition, and until when it is announced."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course_session, last_case
from tiaoli.regulations.rrt_ce.deadlines import notice_deadline, working_days_before
from tiaoli.rules import (
    Band,
    Question,
    all_of,
    any_of,
    any_record,
    clause,
    day_of_earlier_month,
    days_after,
    earliest,
    judged,
    reading,
    records,
    the,
    told_if_met,
    workday_on_or_after,
)

change_request = records("change_request")
change = the(change_request)
_starts_on = last_case.first_activity_date

_time_is_fixed = clause(
    "RRT-5.1.3.6.a",
    reading(
        "rrt.change.time_under_fm",
        never=change.type.is_("time"),
        fm_allowed=all_of(change.type.is_("time"), ~change.force_majeure.is_(True)),
    ),
)
_cause = all_of(change.force_majeure.is_(True), change.force_majeure_reason.is_given())
_cause_accepted = clause(
    "RRT-5.1.3.6.b",
    reading(
        "rrt.change.cause",
        secretariat=_cause,
        committee=all_of(
            _cause,
            judged(
                "RRT-5.1.3.6.b",
                "事由是否屬不可抗力",
                "whether the cause is force majeure",
                who=("委員會", "committee"),
            ),
        ),
    ),
)

_earlier = change_request.where(change_request.notice_date < change.notice_date)
_month = day_of_earlier_month(change_request.notice_date, 1, months_before=0)
_this_month = day_of_earlier_month(change.notice_date, 1, months_before=0)
_changed_before = clause(
    "RRT-5.1.3.6.f",
    reading(
        "rrt.change.monthly_limit",
        per_case=any_record(
            _earlier.where(
                any_of(change_request.case.is_absent(), change_request.case.same_as(change.case))
            )
        ),
        per_organiser=any_record(_earlier.where(_month.same_as(_this_month))),
    ),
)

_back_at_work = workday_on_or_after(change.notice_date)
_in_a_run_of_holidays = all_of(
    ~_back_at_work.same_as(change.notice_date),
    days_after(working_days_before(change.notice_date, 1), 4) <= _back_at_work,
)
_soon_enough = change.notice_date <= notice_deadline(_starts_on)
_right_channel = any_of(~_in_a_run_of_holidays, change.channel.is_("email"))
_announced_in_time = all_of(
    clause("RRT-5.1.3.6.c", _soon_enough), clause("RRT-5.1.3.6.g", _right_channel)
)
_announced_late = any_of(
    clause("RRT-5.1.3.6.c", ~_soon_enough), clause("RRT-5.1.3.6.g", ~_right_channel)
)

change_question = Question(
    id="change",
    label=Label("課程變更", "Change of a course"),
    asks=Label("這項變更能否受理", "whether this change is accepted"),
    bands=(
        Band("refused", told_if_met(_time_is_fixed)),
        Band("refused", told_if_met(clause("RRT-5.1.3.6.b", ~_cause))),
        Band("refused", told_if_met(_changed_before)),
        Band("late", told_if_met(_announced_late)),
        Band("accepted", all_of(_cause_accepted, _announced_in_time)),
    ),
    otherwise="refused",
    undecided="needs_review",
    about="change_request",
)

_first_session = earliest(course_session.whenever(), course_session.date)
_explained = clause("RRT-5.1.3.6.d", change.explained_at < _first_session.start)

explained = Question(
    id="change-explained",
    label=Label("變更說明", "Explanation of a change"),
    asks=Label(
        "這項變更是否在上課前向學員說明",
        "whether this change was explained to those attending before class",
    ),
    bands=(Band("explained", _explained),),
    otherwise="violation",
    about="change_request",
)

QUESTIONS = (change_question, explained)
