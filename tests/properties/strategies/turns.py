"""One after another: every record, every period."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.amounts import trained
from strategies.days import constant_days, still_days
from strategies.lookup import told_briefly
from strategies.plain import ORDERS, some_minutes, some_numbers
from strategies.sets import asked_of, plain_sets, sets
from tiaoli.facts.kinds import Unit
from tiaoli.facts.periods import months, years
from tiaoli.rules import (
    AS_OF,
    PERIOD_END,
    PERIOD_START,
    Amount,
    AmountNode,
    Fold,
    Quantifier,
    Rule,
    Value,
    any_record,
    between,
    count,
    each_one,
    each_period,
    its,
    known_if,
    number_of,
    of_each,
    of_each_period,
    records,
    share,
    year_of,
)

_papers = records("publication")
_folds = st.sampled_from([fold for fold in Fold if fold is not Fold.LAST])
_lengths_of_time = st.sampled_from([years(1), months(6)])


@told_briefly
def _rules_in_turn(within: bool) -> st.SearchStrategy[Rule]:
    """What is asked of the training whose turn it is; ``within``, of a period of it."""
    same = _papers.work_id.same_as(its(trained).field)
    when = [between(_papers.publication_date, PERIOD_START, PERIOD_END)] if within else []
    return st.one_of(
        st.just(any_record(_papers.where(same, *when))),
        st.just(its(trained).expiry_date.is_given()),
        st.builds(lambda n: count(_papers.where(*(when or [same]))).at_least(n), st.integers(0, 2)),
        plain_sets("publication").map(lambda of: any_record(of.where(same))),
        st.builds(lambda n: its(trained).hours >= n, some_minutes),
    )


@told_briefly
def _amounts_in_turn(within: bool) -> st.SearchStrategy[AmountNode]:
    same = _papers.work_id.same_as(its(trained).field)
    when = [between(_papers.publication_date, PERIOD_START, PERIOD_END)] if within else []
    counted = plain_sets("publication").map(lambda of: count(of.where(same, *when)))
    return st.one_of(
        counted,
        st.builds(
            lambda rule, amount: known_if(rule, amount, "紀錄", "records"),
            _rules_in_turn(within),
            counted,
        ),
    )


def _starts(within: bool) -> st.SearchStrategy[Value]:
    return st.one_of(constant_days, *([st.just(its(trained).end_date)] * 2 if within else []))


@told_briefly
def _yearly(within: bool) -> st.SearchStrategy[AmountNode]:
    """Year after year; the trainings take their turn outside, if they do."""
    each = (
        _amounts_in_turn(True)
        if within
        else plain_sets("publication").map(
            lambda of: count(of.where(between(_papers.publication_date, PERIOD_START, PERIOD_END)))
        )
    )
    return st.builds(
        lambda start, until, period, each, fold, none, first: of_each_period(
            start, until, period, each, fold=fold, otherwise=none, first=first
        ),
        _starts(within),
        st.one_of(st.just(AS_OF), constant_days),
        _lengths_of_time,
        each,
        st.sampled_from(list(Fold)),
        some_numbers,
        st.sampled_from([1, 1, 2]),
    )


in_turn = st.one_of(
    st.builds(
        lambda of, each, fold, none: of_each(of, each, fold=fold, otherwise=none),
        sets("training"),
        st.one_of(_amounts_in_turn(False), _yearly(True)),
        _folds,
        some_numbers,
    ),
    _yearly(False),
)
"""Amounts of one training, or one year, after another."""

turn_rules = st.one_of(
    st.builds(each_one, sets("training"), _rules_in_turn(False), st.sampled_from(Quantifier)),
    st.builds(
        each_period,
        _starts(False),
        st.one_of(st.just(AS_OF), constant_days),
        _lengths_of_time,
        plain_sets("publication").map(
            lambda of: any_record(of.where(_papers.publication_date >= PERIOD_START))
        ),
        st.sampled_from(Quantifier),
    ),
    st.builds(lambda op, a, b: op(a, b), st.sampled_from(ORDERS), in_turn, some_numbers),
    st.builds(
        lambda op, of, part, n: op(
            share(count(of.where(part)), count(of)), Amount(n, Unit.PERCENT)
        ),
        st.sampled_from(ORDERS),
        plain_sets("publication"),
        asked_of("publication"),
        st.sampled_from([0, 50, 100]),
    ),
    st.builds(
        lambda op, day, n: op(year_of(day), number_of(n)),
        st.sampled_from(ORDERS),
        still_days(),
        st.integers(2022, 2026),
    ),
)
