"""Chapter 9: what a case costs, what of it comes back, and what a payment has to say."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.rrt_ce.course import (
    course,
    course_session,
    decisions,
    first_day,
    is_monthly,
    is_network,
    is_symposium,
    payment,
    payments,
    sessions,
)
from tiaoli.regulations.rrt_ce.deadlines import (
    first_late_day,
    last_regular_day,
    last_urgent_day,
    submitted_on,
)
from tiaoli.rules import (
    AS_OF,
    Amount,
    AmountNode,
    Band,
    Figure,
    Question,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_record,
    clause,
    count,
    elapsed,
    excess,
    hours,
    latest,
    not_stated,
    number_of,
    or_else,
    per_day,
    programme_day,
    reading,
    sum_of,
    times,
    told_if_met,
    twd,
)

# Monthly and network courses: by the session

_sessions = amount_clause("RRT-9.FEE-UNIT", count(sessions))
_fifty = Amount(50, Unit.MINUTE)
_under_50 = any_record(
    sessions.where(~elapsed(course_session.start, course_session.end).at_least(_fifty))
)
too_short = reading(
    "rrt.fee.parenthesis_scope",
    network_hard=all_of(~is_symposium, is_network, _under_50),
    all_hard=all_of(~is_symposium, _under_50),
)


def _per_session(clause_id: str, amount: int) -> AmountNode:
    return amount_clause(clause_id, times(twd(amount), _sessions))


_onsite = _per_session("RRT-9.FEE-MONTHLY", 100)
_sync = _per_session("RRT-9.FEE-MONTHLY-SYNC", 400)
_network = _per_session("RRT-9.FEE-NETWORK", 400)
_hybrid = reading(
    "rrt.fee.hybrid",
    online_rate=_sync,
    onsite_rate=_onsite,
    sum=_per_session("RRT-9.FEE-MONTHLY-SYNC", 500),
)

# Symposia: by the day

_is_half_day = reading(
    "rrt.fee.half_day",
    elapsed_240=programme_day.elapsed <= hours(4),
    noon_split=programme_day.half_days <= number_of(1),
)
regular_fee = per_day(
    sessions,
    amount_table(
        (_is_half_day, amount_clause("RRT-9.FEE-SYMP-HALF", twd(500))),
        otherwise=amount_clause("RRT-9.FEE-SYMP-DAY", twd(1000)),
    ),
)
urgent_fee = times(regular_fee, number_of(2))

_quoted_on = or_else(submitted_on, AS_OF)
_in_time = _quoted_on <= last_regular_day(first_day)
_late = _quoted_on >= first_late_day(first_day)
_too_late = _quoted_on > last_urgent_day
is_too_late = clause("RRT-9.FEE-URGENT-LATE", _too_late)


def _by_session(clause_id: str, condition: Rule) -> Rule:
    """The item of the tariff that a course charged by the session falls under."""
    return told_if_met(clause(clause_id, all_of(~is_symposium, ~too_short, condition)))


def _live(clause_id: str, delivery: str) -> Rule:
    monthly = all_of(is_monthly, ~is_network)
    return _by_session(clause_id, all_of(monthly, course.delivery.is_(delivery)))


def _by_day(clause_id: str, condition: Rule) -> Rule:
    return told_if_met(all_of(is_symposium, clause(clause_id, condition)))


_fee = amount_table(
    (told_if_met(clause("RRT-9.FEE-MIN50", too_short)), twd(0)),
    (_by_day("RRT-9.FEE-URGENT-LATE", _too_late), twd(0)),
    (_by_day("RRT-9.FEE-URGENT", all_of(_late, ~_too_late)), urgent_fee),
    (_by_day("RRT-9.FEE-SYMP-DAY", clause("RRT-9.FEE-SYMP-HALF", _in_time)), regular_fee),
    (_by_session("RRT-9.FEE-NETWORK", is_network), _network),
    (_live("RRT-9.FEE-MONTHLY-SYNC", "sync"), _sync),
    (_live("RRT-9.FEE-MONTHLY-SYNC", "hybrid"), _hybrid),
    (_live("RRT-9.FEE-MONTHLY", "onsite"), _onsite),
    otherwise=not_stated("這類申請的費用", "the fee of such a case", Unit.TWD),
)

fee = Question(
    id="fee",
    label=Label("開課申請費用", "Fee of a course case"),
    asks=Label("這件開課申請要繳多少費用", "what this course case costs"),
    bands=(
        Band("refused", told_if_met(clause("RRT-9.FEE-MIN50", too_short))),
        Band("refused", told_if_met(all_of(is_symposium, is_too_late))),
    ),
    figures=(Figure("fee", Label("費用", "Fee"), _fee),),
    about="course_case",
)

# What was paid, and what comes back

_paid = sum_of(payment.amount, payments)
_over = excess(_paid, _fee)
_lacking = excess(_fee, _paid)
_one_dollar = twd(1)

balance = Question(
    id="payment-balance",
    label=Label("繳費情形", "Balance of the payments"),
    asks=Label("這件申請的費用是否繳足", "whether the fee of this case is paid in full"),
    bands=(
        Band("unpaid", all_of(~_paid.at_least(_one_dollar), _lacking.at_least(_one_dollar))),
        Band("partial", _lacking.at_least(_one_dollar)),
        Band("overpaid", _over.at_least(_one_dollar)),
    ),
    otherwise="paid",
    figures=(
        Figure("fee", Label("應繳", "Due"), _fee),
        Figure("paid", Label("已繳", "Paid"), _paid),
        Figure("over", Label("溢繳", "Paid above it"), _over),
    ),
    about="course_case",
)

_failed = latest(decisions).verdict.is_("failed")
_none_back = amount_clause("RRT-9.FEE-SYMP-NOREFUND", _over)
_silent = amount_clause(
    "RRT-9.FEE-MONTHLY", not_stated("每月課程的退費", "a refund for a monthly course", Unit.TWD)
)

refund = Question(
    id="refund",
    label=Label("退費", "Refund"),
    asks=Label("這件申請可退多少費用", "how much of the fee of this case comes back"),
    bands=(
        Band("refused_late", told_if_met(all_of(is_symposium, is_too_late))),
        Band(
            "no_refund",
            told_if_met(all_of(is_symposium, clause("RRT-9.FEE-SYMP-NOREFUND", _failed))),
        ),
        Band(
            "needs_review",
            told_if_met(all_of(~is_symposium, clause("RRT-9.FEE-MONTHLY", _failed))),
        ),
    ),
    otherwise="not_rejected",
    figures=(
        Figure(
            "refund",
            Label("退費", "Refund"),
            amount_table(
                (told_if_met(all_of(is_symposium, is_too_late)), _paid),
                (told_if_met(all_of(is_symposium, ~_too_late, _failed)), _none_back),
                (told_if_met(all_of(~is_symposium, _failed)), _silent),
                otherwise=_over,
            ),
        ),
    ),
    about="course_case",
)

QUESTIONS = (fee, balance, refund)
