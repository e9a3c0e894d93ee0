"""
Chapters 5(1)3(6), 6(1) and 8: findings, the letters that follow them, and when filings resume.

A refusal runs from the day after its letter. That of chapter 8 does not end by itself: only with
an improvement plan agreed after the period is over are filings accepted again.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course, decisions
from tiaoli.regulations.rrt_ce.deadlines import publication_day, submitted_on
from tiaoli.rules import (
    AS_OF,
    NEVER,
    Band,
    Figure,
    Period,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    day_clause,
    day_table,
    days_after,
    deadline,
    last_day_of,
    later_of,
    latest,
    months,
    no,
    or_else,
    reading,
    records,
    the,
    told_if_met,
)

sanction = records("sanction")
plan = records("improvement_plan")

FALSE_CREDIT = ("impersonation", "over_report")

_is_refusal = any_of(
    sanction.type.is_("refusal"),
    reading(
        "rrt.sanction.discretion",
        separate_decision=NEVER,
        follows_the_letter=all_of(sanction.type.is_("warning"), sanction.ground.is_("advertising")),
    ),
)
refusals = sanction.where(_is_refusal)
_of_this_organiser = any_of(sanction.holder.is_absent(), sanction.holder.same_as(course.organiser))
_own_refusals = refusals.where(_of_this_organiser)


def _ends(letter: Value, period: Period) -> Value:
    return reading(
        "rrt.sanction.start",
        day_after_issue=deadline(letter, period),
        issue_day_counted=last_day_of(letter, period),
    )


def _begins(letter: Value) -> Value:
    return reading(
        "rrt.sanction.start", day_after_issue=days_after(letter, 1), issue_day_counted=letter
    )


_three, _one = months(3), months(1)

# How long a refusal runs

letter = the(refusals, sanction.letter_date)


def _before(letter_date: Value) -> Value:
    """The last day of the refusals whose letters are older."""

    def end(of: Rule, period: Period) -> Value:
        older = refusals.where(of, sanction.letter_date < letter_date)
        return _ends(latest(older, sanction.letter_date).letter_date, period)

    three = sanction.ground.is_in("change_rule", *FALSE_CREDIT)
    return later_of(end(three, _three), end(sanction.ground.is_("advertising"), _one))


_runs_from = reading(
    "rrt.sanction.concurrent",
    union=letter.letter_date,
    consecutive=later_of(letter.letter_date, _before(letter.letter_date)),
)
_last_day = day_table(
    (
        letter.ground.is_("change_rule"),
        day_clause("RRT-5.1.3.6.e", _ends(_runs_from, _three)),
    ),
    (letter.ground.is_in(*FALSE_CREDIT), day_clause("RRT-8.1.c", _ends(_runs_from, _three))),
    (
        letter.ground.is_("advertising"),
        day_clause("RRT-8.2.c", _ends(_runs_from, _one)),
    ),
)
_lasts_until_lifted = clause("RRT-6.1.c", letter.ground.is_("quality"))
_on_a_plan = any_of(
    clause("RRT-8.1.d", letter.ground.is_in(*FALSE_CREDIT)),
    clause("RRT-8.2.d", letter.ground.is_("advertising")),
)
_by_itself = clause("RRT-5.1.3.6.e", letter.ground.is_("change_rule"))

period = Question(
    id="sanction-period",
    label=Label("不受理期間", "Period of refusal"),
    asks=Label(
        "這件處分自何日至何日不受理、如何恢復",
        "from when until when filings are refused, and how they resume",
    ),
    bands=(
        Band("until_lifted", told_if_met(_lasts_until_lifted)),
        Band("resumes_on_plan", told_if_met(_on_a_plan)),
        Band("resumes_by_itself", told_if_met(_by_itself)),
    ),
    otherwise="no_refusal",
    figures=(
        Figure("first", Label("起日", "First day"), _begins(_runs_from)),
        Figure("last", Label("末日", "Last day"), _last_day),
    ),
    about="sanction",
)

# Whether a filing falls into one

_filed = or_else(submitted_on, AS_OF)


def _end_of(period: Period) -> Value:
    """The end that the letter states, else the one that follows from its day."""
    return or_else(sanction.end_date, _ends(sanction.letter_date, period))


def _running(of: Rule, period: Period) -> Rule:
    return any_record(
        _own_refusals.where(of, _begins(sanction.letter_date) <= _filed, _filed <= _end_of(period))
    )


def _conditional_end(of: Rule, period: Period) -> Value:
    last = latest(
        _own_refusals.where(of, _begins(sanction.letter_date) <= _filed), sanction.letter_date
    )
    return or_else(last.end_date, _ends(last.letter_date, period))


_false_ground = sanction.ground.is_in(*FALSE_CREDIT)
_ad_ground = sanction.ground.is_("advertising")
_change_ground = sanction.ground.is_("change_rule")
_in_a_period = any_of(
    clause("RRT-5.1.3.6.e", _running(_change_ground, _three)),
    clause("RRT-8.1.c", _running(_false_ground, _three)),
    clause("RRT-8.2.c", _running(_ad_ground, _one)),
)
_stopped = clause(
    "RRT-6.1.c",
    any_record(
        sanction.where(
            _of_this_organiser,
            sanction.type.is_("stop"),
            sanction.ground.is_("quality"),
            sanction.decision_date <= _filed,
            any_of(sanction.end_date.is_absent(), _filed <= sanction.end_date),
        )
    ),
)


def _waits_for_a_plan(of: Rule, period: Period) -> Rule:
    over = _conditional_end(of, period)
    agreed = plan.where(plan.agreed_date > over, plan.agreed_date <= _filed)
    return all_of(over.is_given(), no(agreed))


_no_plan_yet = any_of(
    clause("RRT-8.1.d", _waits_for_a_plan(_false_ground, _three)),
    clause("RRT-8.2.d", _waits_for_a_plan(_ad_ground, _one)),
)

barred = Question(
    id="filing-allowed",
    label=Label("是否停止受理", "Filings stopped"),
    asks=Label(
        "這個單位目前的申請是否因處分不予受理",
        "whether filings of this organiser are refused because of a sanction",
    ),
    bands=(
        Band("refused", told_if_met(any_of(_in_a_period, _stopped))),
        Band("plan_needed", told_if_met(_no_plan_yet)),
    ),
    otherwise="open",
    about="course_case",
)

# What a sanction does to cases already filed

_own_stops = sanction.where(_of_this_organiser, sanction.type.is_("stop"))
_since = later_of(
    _begins(latest(_own_refusals, sanction.letter_date).letter_date),
    latest(_own_stops, sanction.decision_date).decision_date,
)
_filed_before = all_of(_since.is_given(), submitted_on < _since)
_recognised = any_record(decisions.where(records("decision").verdict.is_("passed")))
pending = Question(
    id="case-continues",
    label=Label("處分前的案件", "Cases filed before a sanction"),
    asks=Label("處分前已送件的案件是否繼續", "whether a case filed before the sanction continues"),
    bands=(
        Band("filed_under_sanction", told_if_met(all_of(_since.is_given(), ~_filed_before))),
        Band(
            "stopped",
            clause(
                "RRT-8.1.c",
                reading(
                    "rrt.sanction.scope",
                    new_filings_only=NEVER,
                    pending_too=all_of(_filed_before, ~_recognised),
                    approved_too=_filed_before,
                ),
            ),
        ),
    ),
    otherwise="continues",
    about="course_case",
)

# Advertising before recognition

_recognised_on = later_of(
    publication_day,
    latest(decisions.where(records("decision").verdict.is_("passed"))).date,
)
_recognised_then = all_of(_recognised, course.advertised_date >= _recognised_on)
_names_approval = reading(
    "rrt.ad.pending_wording",
    allowed=course.advertised_as_approved.is_(True),
    forbidden=course.advertised_date.is_given(),
)

advertising = Question(
    id="advertising",
    label=Label("認定前宣傳", "Advertising before recognition"),
    asks=Label(
        "這門課的宣傳是否違反規定", "whether the advertising of this course breaks the rule"
    ),
    bands=(
        Band("not_advertised", told_if_met(course.advertised_date.is_absent())),
        Band(
            "violation",
            clause("RRT-8.2.a", all_of(_names_approval, ~_recognised_then)),
        ),
    ),
    otherwise="allowed",
    about="course_case",
)

QUESTIONS = (period, barred, pending, advertising)
