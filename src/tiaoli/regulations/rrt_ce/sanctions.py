"""
Chapters 5(1)3(6), 6(1) and 8: findings, the letters that follow them, and when filings resume.

A refusal runs from the day after its letter. That of chapter 8 does not end by itself: only with
an improvement plan that answers it, agreed after the period is over, are filings accepted again.
"""

from __future__ import annotations

from typing import Any

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
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    day_clause,
    day_table,
    days_after,
    deadline,
    follow,
    last_day_of,
    later_of,
    latest,
    months,
    or_else,
    presumed,
    reading,
    records,
    the,
    told_if_met,
)

sanction = records("sanction")
plan = records("improvement_plan")

FALSE_CREDIT = ("impersonation", "over_report")
ADVERTISING = ("advertising",)


def _is_refusal(one: Any) -> Rule:
    """``one``: a sanction in hand, or the one that something names."""
    return any_of(
        one.type.is_("refusal"),
        reading(
            "rrt.sanction.discretion",
            separate_decision=NEVER,
            follows_the_letter=all_of(one.type.is_("warning"), one.ground.is_("advertising")),
        ),
    )


def _of_this_organiser(one: Any) -> Rule:
    return any_of(one.holder.is_absent(), one.holder.same_as(course.organiser))


refusals = sanction.where(_is_refusal(sanction))
_own_refusals = refusals.where(_of_this_organiser(sanction))


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


def _end_of(one: Any, period: Period) -> Value:
    """The end that the letter states, else the one that follows from its day."""
    return or_else(one.end_date, _ends(one.letter_date, period))


def _begun(*grounds: str) -> Records:
    return _own_refusals.where(
        sanction.ground.is_in(*grounds), _begins(sanction.letter_date) <= _filed
    )


def _running(grounds: tuple[str, ...], period: Period) -> Rule:
    return any_record(_begun(*grounds).where(_filed <= _end_of(sanction, period)))


_in_a_period = any_of(
    clause("RRT-5.1.3.6.e", _running(("change_rule",), _three)),
    clause("RRT-8.1.c", _running(FALSE_CREDIT, _three)),
    clause("RRT-8.2.c", _running(ADVERTISING, _one)),
)
_stopped = clause(
    "RRT-6.1.c",
    any_record(
        sanction.where(
            _of_this_organiser(sanction),
            sanction.type.is_("stop"),
            sanction.ground.is_("quality"),
            sanction.decision_date <= _filed,
            any_of(sanction.end_date.is_absent(), _filed <= sanction.end_date),
        )
    ),
)


_answered = follow(plan.sanction)
"""The sanction that a plan answers, as the plan itself names it."""


def _answers_one(grounds: tuple[str, ...]) -> Rule:
    """The plan in hand answers one of the refusals that ``_begun`` holds."""
    return all_of(
        _answered.ground.is_in(*grounds),
        _is_refusal(_answered),
        _of_this_organiser(_answered),
        _begins(_answered.letter_date) <= _filed,
    )


def _agreed_after(end: Value) -> Rule:
    return all_of(plan.agreed_date > end, plan.agreed_date <= _filed)


def _each_has_a_plan(grounds: tuple[str, ...], period: Period) -> Rule:
    """As many of the refusals are answered, each after its own end, as there are."""
    agreed = plan.where(_answers_one(grounds), _agreed_after(_end_of(_answered, period)))
    return count(agreed, distinct="sanction") >= count(_begun(*grounds))


def _the_only_one_has(grounds: tuple[str, ...], period: Period) -> Rule:
    """A plan that names no sanction cannot be meant for another where there is only one."""
    meant = presumed(
        _answers_one(grounds),
        True,
        "只有一件處分須提改善措施，未指明者視為回應該件",
        "taken to answer the only sanction that calls for a plan, unless it says otherwise",
    )
    only = latest(_begun(*grounds), sanction.letter_date)
    return any_record(plan.where(meant, _agreed_after(_end_of(only, period))))


_is_the_only_one = count(_begun(*FALSE_CREDIT, *ADVERTISING)).at_most(1)


def _waits_for_a_plan(grounds: tuple[str, ...], period: Period) -> Rule:
    return all_of(
        any_record(_begun(*grounds)),
        any_of(
            all_of(_is_the_only_one, ~_the_only_one_has(grounds, period)),
            all_of(~_is_the_only_one, ~_each_has_a_plan(grounds, period)),
        ),
    )


_no_plan_yet = any_of(
    clause("RRT-8.1.d", _waits_for_a_plan(FALSE_CREDIT, _three)),
    clause("RRT-8.2.d", _waits_for_a_plan(ADVERTISING, _one)),
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

_own_stops = sanction.where(_of_this_organiser(sanction), sanction.type.is_("stop"))
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
