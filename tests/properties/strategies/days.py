"""Days, windows and comparisons of days."""

from __future__ import annotations

import datetime
from functools import cache

from hypothesis import strategies as st

from strategies.dossiers import CLAUSES, KINDS, TOLD
from strategies.lookup import later, told_briefly
from strategies.plain import OPS, near_the_edge, periods, some_minutes, some_years
from tiaoli.facts.kinds import Type
from tiaoli.facts.periods import days, years
from tiaoli.facts.vocabulary import find
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    Rule,
    Value,
    any_record,
    between,
    completed,
    date_of,
    day_clause,
    day_if,
    day_of,
    day_of_earlier_month,
    day_table,
    days_after,
    days_later,
    deadline,
    during,
    earlier_of,
    earliest,
    first_of_year,
    follow,
    last_day_of,
    later_of,
    latest,
    lookback,
    month_end_on_or_after,
    not_a_holiday_on_or_after,
    or_else,
    reached_on,
    reading,
    records,
    the,
    workday_on_or_after,
    workdays_after,
    workdays_before,
)
from tiaoli.rules import (
    look_back as looking_back,
)
from tiaoli.rules.moments import Moved, Movement

constant_days = st.builds(lambda day: date_of(day.year, day.month, day.day), near_the_edge)


@cache
def days_of(name: str) -> tuple[str, ...]:
    kind = find(name)
    return tuple(a for a in TOLD[name] if kind.attributes[a].type is Type.DAY)


def _own_days(name: str) -> st.SearchStrategy[Value]:
    of = records(name)
    named = [follow(of.notice).filing_date] if name == "qualification" else []
    return st.sampled_from([*(getattr(of, attribute) for attribute in days_of(name)), *named])


@told_briefly
def picked_days() -> st.SearchStrategy[Value]:
    """A day of the latest, the first or the named record of a kind."""

    def pick(name: str) -> st.SearchStrategy[Value]:
        of = records(name)
        by = getattr(of, days_of(name)[-1])
        ways = st.sampled_from([latest, earliest, the])
        return st.builds(
            lambda way, attribute: getattr(way(of, by), attribute),
            ways,
            st.sampled_from(days_of(name)),
        )

    return st.sampled_from(KINDS).flatmap(pick)


_SOME_TRAINING = later("plain_sets", "training")


def _moments(kind: str | None) -> st.SearchStrategy[Value]:
    session = records("course_session")
    picked = [the(session, session.date).start, latest(session, session.date).end]
    own = [session.start, session.end] if kind == "course_session" else []
    return st.sampled_from([*picked, *own])


_full_days = st.builds(
    lambda of, need: reached_on(records("training").hours, of, need),
    later("sets", "training").filter(lambda of: of.kind.happens is not None),
    some_minutes,
)


award = latest(records("level_award"))
_few_days = st.sampled_from(
    [latest(records("contender")).self_trained, the(records("contender")).self_trained]
)


@told_briefly
def still_days(kind: str | None = None) -> st.SearchStrategy[Value]:
    """Days that do not move with the day of asking, apart from falling back upon it."""
    known = st.one_of(
        constant_days, picked_days(), *([_own_days(kind)] * 3 if kind is not None else [])
    )
    return st.one_of(
        known,
        known,
        st.builds(or_else, known, st.one_of(known, st.just(AS_OF))),
        st.builds(later_of, known, known),
        st.builds(earlier_of, st.builds(or_else, known, st.just(AS_OF)), st.just(AS_OF)),
        st.builds(workday_on_or_after, known),
        st.builds(days_later, known, _few_days),
        st.builds(lambda day: Moved(day, Movement.SATURDAY_ON_OR_AFTER, days(0)), known),
        st.builds(lambda of, day: day_if(any_record(of), day), _SOME_TRAINING, known),
        st.builds(
            lambda day, n: first_of_year(day, years_before=n), known, st.sampled_from([0, 1])
        ),
        st.builds(month_end_on_or_after, known, st.sampled_from([2, 9])),
        st.builds(workdays_after, known, st.integers(1, 5)),
        st.builds(
            lambda day, n, made_up, labour: workdays_before(
                day, n, makeup_saturdays=made_up, labour_day=labour
            ),
            known,
            st.integers(1, 4),
            st.booleans(),
            st.booleans(),
        ),
        st.builds(not_a_holiday_on_or_after, known),
        st.builds(
            lambda rule, a, b: day_table((rule, a), (~rule, b)),
            st.sampled_from([award.level.is_("RT1"), award.approval_date.is_given()]),
            known,
            known,
        ),
        st.builds(day_of_earlier_month, known, st.sampled_from([15, 25])),
        st.builds(day_of, _moments(kind), closes=st.sampled_from([None, datetime.time(17)])),
        _full_days,
        st.builds(day_clause, st.sampled_from(CLAUSES), known),
        st.builds(lambda a, b: reading("edge", strict=a, lenient=b), known, known),
    )


@told_briefly
def moving_days(kind: str | None = None) -> st.SearchStrategy[Value]:
    """
    The day of asking, or a day counted from it, or from a record where there is one.

    Two days that each follow the day of asking are never compared: the order of "a year from now"
    and "365 days from now" turns at every leap day, and no text asks for it.
    """
    anchors = st.one_of(
        st.just(AS_OF),
        st.just(AS_OF),
        st.just(ASKED_ON),
        st.builds(or_else, still_days(kind), st.just(AS_OF)),
        still_days(kind),
    )
    return st.one_of(
        anchors,
        st.builds(looking_back, anchors, periods),
        st.builds(lambda day, n, first: completed(day, years(n), first_day_counts=first),
                  anchors, some_years, st.booleans()),
        st.builds(last_day_of, anchors, periods),
        st.builds(deadline, anchors, periods),
        st.builds(days_after, anchors, st.sampled_from([-400, -1, 1, 30])),
    )  # fmt: skip


@told_briefly
def day_rules(kind: str | None = None) -> st.SearchStrategy[Rule]:
    """Comparisons of days, and windows."""
    still, moving = still_days(kind), moving_days(kind)
    ends = st.one_of(st.just(AS_OF), st.just(AS_OF), st.just(ASKED_ON), still)
    return st.one_of(
        st.builds(lambda op, a, b: op(a, b), st.sampled_from(OPS), still, moving),
        st.builds(lambda op, a, b: op(a, b), st.sampled_from(OPS), moving, still),
        st.builds(
            lambda day, period, edge, to: lookback(day, period, edge_inside=edge, to=to),
            still,
            periods,
            st.booleans(),
            ends,
        ),
        st.builds(between, still, still, ends),
        st.builds(during, still, st.just(records("clinical_service"))),
    )
