"""Counts, sums, ledgers, and the ways in which amounts combine."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from strategies.dossiers import CLAUSES
from strategies.lookup import later, told_briefly
from strategies.plain import some_minutes, some_numbers
from strategies.sets import any_set, asked_of, sets
from tiaoli.facts.kinds import Unit
from tiaoli.facts.periods import days
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    AmountNode,
    Cap,
    Once,
    amount_clause,
    amount_table,
    capped,
    count,
    elapsed,
    excess,
    hours,
    ledger,
    length_of,
    not_stated,
    number_of,
    or_else,
    per_day,
    periods_in,
    portion,
    programme_day,
    reading,
    records,
    sum_capped,
    sum_of,
    sum_once,
    times,
    total,
    union,
)

_WORK = {"publication": "work_id", "presentation": "event", "case_discussion": "event",
         "training": "field", "quality_activity": "activity_id"}  # fmt: skip
_named = st.sampled_from(tuple(_WORK))

_distinct_counts = _named.flatmap(
    lambda name: sets(name).map(lambda of: count(of, distinct=_WORK[name]))
)
_union_counts = st.tuples(_named, _named).flatmap(
    lambda names: st.builds(
        lambda one, other: count(union(one, other), distinct=tuple(_WORK[n] for n in names)),
        sets(names[0]),
        sets(names[1]),
    )
)
counts = st.one_of(
    any_set.map(count),
    st.builds(lambda one, other: count(union(one, other)), any_set, any_set),
    _distinct_counts,
    _union_counts,
)

trained = records("training")
_worth = st.builds(
    lambda rule, more, less: amount_table(
        (rule, more), (~rule & records("training").topics.is_given(), less), otherwise=hours(0)
    ),
    asked_of("training"),
    some_minutes,
    some_minutes,
)
"""A schedule of what one training is worth."""

_programmes = st.builds(
    lambda limit, short, long: amount_table(
        (programme_day.elapsed <= limit, short), otherwise=total(long, long)
    ),
    some_minutes,
    some_minutes,
    some_minutes,
)
"""What the programme of one day is worth."""

_lengths = sets("course_session").map(
    lambda of: sum_of(elapsed(records("course_session").start, records("course_session").end), of)
)

sums = st.one_of(
    _lengths,
    st.builds(per_day, sets("course_session"), _programmes),
    sets("training").map(lambda of: sum_of(records("training").hours, of)),
    st.builds(lambda of, worth: sum_of(worth, of), sets("training"), _worth),
    st.builds(lambda of, worth: sum_once(worth, of, by="field"), sets("training"), _worth),
    st.builds(
        lambda of, cap: sum_capped(records("training").hours, of, by="field", cap=cap),
        sets("training"),
        some_minutes,
    ),
)


def amounts_over(one: st.SearchStrategy[AmountNode], of: Unit) -> st.SearchStrategy[AmountNode]:
    """The ways in which amounts of one unit combine."""
    plain: st.SearchStrategy[Any] = some_minutes if of is Unit.MINUTE else some_numbers
    asked = later("requirements")
    return st.one_of(
        one,
        one,
        st.builds(total, one, one),
        st.builds(capped, one, plain),
        st.builds(excess, one, one),
        st.builds(times, one, st.one_of(some_numbers, counts)),
        st.builds(amount_clause, st.sampled_from(CLAUSES), one),
        st.builds(lambda a, b: reading("scope", narrow=a, wide=b), one, one),
        st.builds(
            lambda a, b, x, y, z: amount_table((a, x), (~a & b, y), otherwise=z),
            asked,
            asked,
            one,
            one,
            one,
        ),
        st.builds(
            lambda a, b, x, y, z: amount_table((a, x), (b, y), otherwise=z, in_order=True),
            asked,
            asked,
            one,
            one,
            one,
        ),
        st.just(not_stated("費用", "fee", of)),
    )


_minute_shares = st.builds(
    lambda pool, up: times(
        hours(1),
        portion(trained.hours, hours(1), up=up, pooled=(trained.field,) if pool else ()),
    ),
    st.booleans(),
    st.booleans(),
)


@told_briefly
def ledgers() -> st.SearchStrategy[AmountNode]:
    """What trainings count in turn, with a cap and sometimes only once."""
    asked = asked_of("training")
    lists = st.just(times(hours(1), length_of(trained.topics)))
    full = periods_in(trained.end_date, or_else(trained.expiry_date, AS_OF), days(200))
    return st.builds(
        lambda of, raw, capped_, by, single, highest, cap_first, first, within, cut: ledger(
            of,
            raw,
            day=trained.end_date,
            factor=amount_table((first, number_of(Decimal("1.5"))), otherwise=number_of(1)),
            caps=(Cap("C1", capped_, hours(3), by),),
            once=(Once("C2", single, (trained.field,), highest),),
            cap_first=cap_first,
            first=first,
            within=within,
            **cut,
        ),
        sets("training"),
        st.one_of(_minute_shares, lists, _worth, st.just(times(hours(1), full))),
        asked,
        st.sampled_from([(), (trained.field,)]),
        st.one_of(st.just(NEVER), asked),
        st.booleans(),
        st.booleans(),
        st.one_of(st.just(NEVER), asked),
        st.one_of(st.just(SATISFIED), asked),
        st.sampled_from(
            [{}, {"step": number_of(40)}, {"step": number_of(40), "pooled": (trained.field,)}]
        ),
    )
