"""Chapter 5(2): the yearly individual case, its cut-offs, its reply, and one re-review."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    completed,
    count,
    day_clause,
    day_of_earlier_month,
    day_table,
    days,
    days_after,
    deadline,
    earlier_of,
    later_of,
    latest,
    month_end_on_or_after,
    or_else,
    reading,
    records,
    the,
    told_if_met,
    workday_on_or_after,
    years,
)
from tiaoli.rules.amounts import Amount

personal_case = records("personal_case")
case = the(personal_case, personal_case.online_date)
membership = records("membership")
rereview = records("rereview")

_ONE_ITEM = Amount(1, Unit.ITEM)
FEBRUARY, SEPTEMBER, DECEMBER = 2, 9, 12

# When it is filed


def _filed(online: Value, postmark: Value, received: Value) -> Value:
    """All the acts are demanded, so the later one counts."""
    return reading(
        "rrt.personal.filing_date",
        later_of_both=later_of(online, postmark),
        online=online,
        received=later_of(online, received),
    )


filed = day_clause(
    "RRT-5.2.ONLINE",
    day_clause("RRT-5.2.2", _filed(case.online_date, case.postmark_date, case.received_date)),
)
_row_filed = _filed(
    personal_case.online_date, personal_case.postmark_date, personal_case.received_date
)

# Which cut-off it goes to


def _next_cut_off(day: Value) -> Value:
    either = earlier_of(month_end_on_or_after(day, FEBRUARY), month_end_on_or_after(day, SEPTEMBER))
    return reading(
        "rrt.personal.windows",
        two_cutoffs=either,
        months_of_feb_and_sep=either,
        feb_end_to_sep_end=month_end_on_or_after(day, SEPTEMBER),
    )


_LONGEST_REST = 12
"""No run of days of rest is longer; a cut-off that moved lies at most so far back."""


def cut_off_of(day: Value) -> Value:
    """The first cut-off that is not before the day; a day of rest does not move it."""
    recent = _next_cut_off(days_after(day, -_LONGEST_REST))
    still = workday_on_or_after(recent) >= day
    moved = day_table((still, recent), (~still, _next_cut_off(day)))
    return reading("rrt.period.end_holiday_shift", none=_next_cut_off(day), civil_code_122=moved)


_cut_off_when_filed = cut_off_of(filed)
_may_follow = reading(
    "rrt.personal.cure",
    fourteen_days=days_after(_cut_off_when_filed, 14),
    none=_cut_off_when_filed,
)
cut_off = day_clause(
    "RRT-5.2.WINDOW",
    day_table(
        (case.complete_date.is_absent(), _cut_off_when_filed),
        (case.complete_date <= _may_follow, _cut_off_when_filed),
        (case.complete_date > _may_follow, cut_off_of(case.complete_date)),
    ),
)
_opens = reading(
    "rrt.personal.windows",
    two_cutoffs=filed,
    months_of_feb_and_sep=day_of_earlier_month(_cut_off_when_filed, 1, months_before=0),
    feb_end_to_sep_end=month_end_on_or_after(
        day_of_earlier_month(_cut_off_when_filed, 1, months_before=8), FEBRUARY
    ),
)
_in_the_window = clause("RRT-5.2.WINDOW", filed >= _opens)

# When it is answered

reply_due = day_clause(
    "RRT-5.2.REPLY",
    deadline(
        reading(
            "rrt.personal.reply_clock",
            later_of_cutoff_and_complete=later_of(cut_off, case.complete_date),
            complete_receipt=later_of(filed, case.complete_date),
        ),
        days(28),
    ),
)

# Who, how, how often

_is_member = any_record(
    membership.where(
        between(AS_OF, membership.from_date, or_else(membership.to_date, AS_OF)),
    )
)
_only_afterwards = all_of(case.items < _ONE_ITEM, case.post_hoc_events >= _ONE_ITEM)
_may_not_file = clause(
    "RRT-5.2.1",
    ~any_of(
        _is_member,
        reading(
            "rrt.personal.form_nonmember",
            allowed_for_posthoc=_only_afterwards,
            members_only=NEVER,
        ),
    ),
)
_steps = all_of(
    clause("RRT-5.2.1", case.form.is_(True)),
    clause("RRT-5.2.2", case.postmark_date.is_given()),
    clause("RRT-5.2.3", clause("RRT-5.2.ONLINE", case.online_date.is_given())),
)
_steps_lacking = clause("RRT-5.2.5", ~_steps)


def _same_year(one: Value, other: Value) -> Rule:
    return month_end_on_or_after(one, DECEMBER).same_as(month_end_on_or_after(other, DECEMBER))


_counts_towards_the_limit = reading(
    "rrt.personal.posthoc_in_limit",
    included=SATISFIED,
    separate=personal_case.items >= _ONE_ITEM,
)
_this_counts = reading(
    "rrt.personal.posthoc_in_limit",
    included=SATISFIED,
    separate=case.items >= _ONE_ITEM,
)
_earlier = personal_case.where(
    personal_case.withdrawn_date.is_absent(),
    _row_filed < filed,
    _counts_towards_the_limit,
    reading(
        "rrt.personal.once",
        calendar_year_of_cutoff=_same_year(cut_off_of(_row_filed), cut_off),
        calendar_year_of_filing=_same_year(_row_filed, filed),
        rolling_12m=completed(_row_filed, years(1)) > filed,
    ),
)
_used_up = clause("RRT-5.2.ONCE", all_of(_this_counts, count(_earlier).at_least(1)))

personal_filing = Question(
    id="personal-filing",
    label=Label("個人申請的收件", "Individual case"),
    asks=Label(
        "這件個人申請是否受理、列入哪一次截止、何時前答覆",
        "whether this individual case is accepted, for which cut-off, and answered by when",
    ),
    bands=(
        Band("refused", told_if_met(_may_not_file)),
        Band("incomplete", told_if_met(_steps_lacking)),
        Band("refused", told_if_met(_used_up)),
        Band("accepted", _in_the_window),
    ),
    otherwise="refused",
    figures=(
        Figure("filed", Label("申請日", "Filed"), filed),
        Figure("cut_off", Label("截止日", "Cut-off"), cut_off),
        Figure("reply_due", Label("答覆期限", "Reply due"), reply_due),
    ),
    about="personal_case",
)

# Afterwards

_answered = case.reply_date.is_given()
_posted = clause("RRT-5.2.4", case.posted_confirmed_date.is_given())

personal_reply = Question(
    id="personal-reply",
    label=Label("個人申請的答覆", "Reply to an individual case"),
    asks=Label("學會是否如期答覆", "whether the society replied in time"),
    bands=(
        Band("pending", told_if_met(all_of(~_answered, reply_due >= AS_OF))),
        Band("on_time", clause("RRT-5.2.REPLY", case.reply_date <= reply_due)),
    ),
    otherwise="overdue",
    figures=(Figure("reply_due", Label("答覆期限", "Reply due"), reply_due),),
    about="personal_case",
)

personal_posting = Question(
    id="personal-posting",
    label=Label("個人積分入帳", "Posting of an individual case"),
    asks=Label(
        "是否已在積分查詢確認入帳", "whether posting has been confirmed in the credit system"
    ),
    bands=(Band("complete", _posted),),
    otherwise="pending",
    about="personal_case",
)

# One re-review

asked_again = the(rereview)
_replied = latest(personal_case, personal_case.reply_date).reply_date
_first = clause(
    "RRT-5.2.REREVIEW", count(rereview.where(rereview.date < asked_again.date)).at_most(0)
)
_soon_enough = clause(
    "RRT-5.2.REREVIEW",
    reading(
        "rrt.rereview.window",
        thirty_days=asked_again.date <= deadline(_replied, days(30)),
        no_limit=SATISFIED,
    ),
)

second_look = Question(
    id="rereview",
    label=Label("複審", "Re-review"),
    asks=Label("這次複審的申請是否受理", "whether this request for re-review is accepted"),
    bands=(Band("accepted", all_of(_first, _soon_enough)),),
    otherwise="refused",
    about="rereview",
)

QUESTIONS = (personal_filing, personal_reply, personal_posting, second_look)
