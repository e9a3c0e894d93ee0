"""
Chapter 5(1)3(2): which minutes of a programme are taught, and which of them somebody attended.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.credits import credit_hours
from tiaoli.rules import (
    AmountNode,
    Figure,
    Question,
    Records,
    Rule,
    all_of,
    amount_clause,
    clause,
    every,
    points,
    reading,
    records,
    sum_of,
    the,
    times,
)

item = records("agenda_item")
mark = records("attendance_record")
asked_about = the(mark)

# Taught minutes

_taught = item.where(
    clause("RRT-5.1.3.2.a", clause("RRT-5.1.3.2.b", item.type.is_in("lecture", "discussion")))
)


def _credit(of: Records) -> AmountNode:
    return amount_clause("RRT-4.1.a", times(points(1), credit_hours(_length(of))))


def _length(of: Records) -> AmountNode:
    return amount_clause("RRT-5.1.3.2.a", sum_of(item.minutes, of))


programme = Question(
    id="programme-credit",
    label=Label("議程可採計的時間", "Minutes that count"),
    asks=Label(
        "這份議程有多少分鐘採計、學員得幾點",
        "how many minutes of this programme count, and what an attendee gets",
    ),
    figures=(
        Figure("minutes", Label("採計分鐘數", "Minutes"), _length(_taught)),
        Figure("credit", Label("學員積分", "Attendee's credit"), _credit(_taught)),
    ),
)

# Attended minutes


def _signed_both(one: Rule, other: Rule) -> Rule:
    return clause("RRT-8.3.a", all_of(one, other))


_this_block = _signed_both(asked_about.signed_in.is_given(), asked_about.signed_out.is_given())
_every_block = every(mark, _signed_both(mark.signed_in.is_given(), mark.signed_out.is_given()))
_in_the_block = _taught.where(item.session.same_as(asked_about.session))
_credited = _in_the_block.where(
    reading(
        "rrt.attendance.partial",
        block=_this_block,
        minutes=item.end <= asked_about.seen_until,
        all_or_nothing=_every_block,
    )
)

attended = Question(
    id="attended-credit",
    label=Label("實際出席的積分", "Credit for what was attended"),
    asks=Label(
        "這筆簽到退可得多少分鐘與積分",
        "how many minutes and what credit this record of attendance gives",
    ),
    figures=(
        Figure("minutes", Label("採計分鐘數", "Minutes"), _length(_credited)),
        Figure("credit", Label("積分", "Credit"), _credit(_credited)),
    ),
    about="attendance_record",
)

QUESTIONS = (programme, attended)
