"""Chapter 9(3) and (4): what an individual case costs, by membership."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    AS_OF,
    AmountNode,
    Band,
    Figure,
    Question,
    Value,
    all_of,
    amount_table,
    any_record,
    between,
    clause,
    count,
    latest,
    number_of,
    or_else,
    reading,
    records,
    sum_of,
    the,
    times,
    told_if_met,
    total,
    twd,
)

membership = records("membership")
credit_entry = records("credit_entry")
personal_case = records("personal_case")
case = the(personal_case, personal_case.online_date)

_now = membership.where(between(AS_OF, membership.from_date, or_else(membership.to_date, AS_OF)))
_class = latest(_now).member_class
_is_member = any_record(_now)
_is_individual_member = all_of(_is_member, _class.is_("individual"))
_may = reading(
    "rrt.fee.member_scope",
    all_member_classes=_is_member,
    individual_only=_is_individual_member,
)

# What is claimed: items of the case, and symposia that nobody had reviewed beforehand

_abroad = count(
    credit_entry.where(
        credit_entry.mode.is_("3"),
        credit_entry.role.is_("attendee"),
        credit_entry.meeting.is_in("aarc", "amme", "amee", "cross_strait"),
    )
)
_none = number_of(0)


def _number(of: Value) -> AmountNode:
    return times(number_of(1), of)


_items = total(
    _number(case.items), reading("rrt.fee.foreign_attendance", post_hoc=_none, personal=_abroad)
)
_claimed_afterwards = credit_entry.where(
    credit_entry.prior_recognition.is_in("late", "rejected", "never")
)
_events = total(
    reading(
        "rrt.fee.posthoc_unit",
        per_event=_number(case.post_hoc_events),
        per_day=_number(sum_of(credit_entry.days, _claimed_afterwards)),
    ),
    reading("rrt.fee.foreign_attendance", post_hoc=_abroad, personal=_none),
)
_has_items = _items.at_least(1)

_for_items = amount_table(
    (
        told_if_met(clause("RRT-9.FEE-PERSONAL", _has_items)),
        reading("rrt.fee.personal_unit", per_case=twd(200), per_item=times(twd(200), _items)),
    ),
    otherwise=twd(0),
)
_has_events = _events.at_least(1)
_for_events = amount_table(
    (
        told_if_met(clause("RRT-9.FEE-POSTHOC-MEMBER", all_of(_has_events, _is_individual_member))),
        times(twd(200), _events),
    ),
    (
        told_if_met(clause("RRT-9.FEE-POSTHOC-OTHER", all_of(_has_events, ~_is_individual_member))),
        times(twd(1000), _events),
    ),
    otherwise=twd(0),
)

personal_fee = Question(
    id="personal-fee",
    label=Label("個人申請費用", "Fee of an individual case"),
    asks=Label("這件個人申請要繳多少費用", "what this individual case costs"),
    bands=(Band("refused", told_if_met(all_of(_has_items, clause("RRT-9.FEE-PERSONAL", ~_may)))),),
    figures=(
        Figure(
            "fee",
            Label("費用", "Fee"),
            amount_table(
                (told_if_met(all_of(_has_items, ~_may)), twd(0)),
                otherwise=total(_for_items, _for_events),
            ),
        ),
    ),
    about="personal_case",
)

QUESTIONS = (personal_fee,)
