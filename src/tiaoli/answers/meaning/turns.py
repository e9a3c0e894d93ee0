"""What is worked out for one record, or one period, after another."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import islice
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.meaning.lookup import (
    Exact,
    Range,
    Row,
    Truth,
    all_truths,
    amount,
    any_truth,
    holds,
    is_open,
    means,
    members,
    negated,
    plain,
    range_of,
    value,
)
from tiaoli.facts import periods
from tiaoli.facts.kinds import NONE
from tiaoli.facts.periods import Period, Span
from tiaoli.rules.cohorts import (
    EachOne,
    EachPeriod,
    Fold,
    Its,
    KnownIf,
    OfEach,
    OfEachPeriod,
    PeriodEnd,
    PeriodStart,
    Quantifier,
    Share,
    YearOf,
)


@means(Its)
def _its(node: Its, case: Case, _row: Row | None) -> Any:
    return case.taken[node.kind.name].values[node.attribute.name]


@means(PeriodStart)
def _period_start(_node: PeriodStart, case: Case, _row: Row | None) -> Any:
    assert case.period is not None, "the start of a period is asked for outside one"
    return case.period.first


@means(PeriodEnd)
def _period_end(_node: PeriodEnd, case: Case, _row: Row | None) -> Any:
    assert case.period is not None, "the end of a period is asked for outside one"
    return case.period.last


@means(OfEach)
def _of_each(node: OfEach, case: Case, _row: Row | None) -> Range | None:
    """Of a record that only may be one of them, the amount only may count."""
    certain: list[Range] = []
    possible: list[Range] = []
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        each = amount(node.each, case.taking(fact))
        if each is not None:
            (certain if truth else possible).append(each)
    more = is_open(node.records, case)
    if not certain and not possible and not more:
        return amount(node.otherwise, case)
    return folded(node.fold, certain, possible, more=more)


@means(OfEachPeriod)
def _of_each_period(node: OfEachPeriod, case: Case, row: Row | None) -> Range | None:
    turns = periods_taken(node, case, row)
    if turns is None:
        return Range(0, None)
    found = [each for turn in turns if (each := amount(node.each, turn)) is not None]
    return folded(node.fold, found, [], more=False) if found else amount(node.otherwise, case, row)


@means(EachOne)
def _each_one(rule: EachOne, case: Case, _row: Row | None) -> Truth:
    """A record that is none of them counts neither for nor against."""
    votes: list[tuple[Truth, Truth]] = [
        (truth, holds(rule.rule, case.taking(fact)))
        for fact, truth in members(rule.records, case)
        if truth is not False
    ]
    return of_how_many(rule.quantifier, votes, more=is_open(rule.records, case))


@means(EachPeriod)
def _each_period(rule: EachPeriod, case: Case, row: Row | None) -> Truth:
    turns = periods_taken(rule, case, row)
    if turns is None:
        return None
    votes: list[tuple[Truth, Truth]] = [(True, holds(rule.rule, turn)) for turn in turns]
    return of_how_many(rule.quantifier, votes, more=False)


@means(KnownIf)
def _known_if(node: KnownIf, case: Case, row: Row | None) -> Range | None:
    return amount(node.amount, case, row) if holds(node.rule, case, row) else Range(0, None)


@means(Share)
def _share(node: Share, case: Case, row: Row | None) -> Range | None:
    part, whole = amount(node.part, case, row), amount(node.whole, case, row)
    if part is None or whole is None or whole.high == 0:
        return None
    low = Decimal(0) if whole.high is None else _percent(part.low, whole.high)
    high = None if part.high is None or whole.low == 0 else _percent(part.high, whole.low)
    return Range(plain(low), None if high is None else plain(high))


@means(YearOf)
def _year_of(node: YearOf, case: Case, row: Row | None) -> Range | None:
    day = value(node.day, case, row)
    return range_of(day.year if isinstance(day, datetime.date) else day)


def periods_taken(
    node: OfEachPeriod | EachPeriod, case: Case, row: Row | None
) -> Sequence[Case] | None:
    """The case in each complete period in turn; None where it is not known which they are."""
    start, until = value(node.start, case, row), value(node.until, case, row)
    if start is NONE or until is NONE:
        return ()
    if start is None or until is None:
        return None
    spans = islice(_spans(start, until, node.period), node.first - 1, node.last)
    return [case.during(span) for span in spans]


def _spans(start: datetime.date, until: datetime.date, period: Period) -> Iterator[Span]:
    number = periods.how_often(start, until, period)
    for index in range(number):
        yield periods.nth_of(start, period, index)


def folded(fold: Fold, certain: list[Range], possible: list[Range], *, more: bool) -> Range:
    """Many amounts as one. ``possible`` may be among them; ``more`` says that others may be."""
    every = [*certain, *possible]
    match fold:
        case Fold.LEAST:
            low = 0 if more else min(one.low for one in every)
            return Range(low, _least([one.high for one in certain]))
        case Fold.GREATEST:
            low = max((one.low for one in certain), default=0)
            return Range(low, None if more else _greatest([one.high for one in every]))
        case Fold.SUM:
            low = sum((one.low for one in certain), start=0)
            return Range(low, None if more else _added([one.high for one in every]))
    if possible or more:
        return Range(0, None)
    highs = [one.high for one in certain]
    known = None if None in highs else _FOLDS[fold]([high for high in highs if high is not None])
    return Range(_FOLDS[fold]([one.low for one in certain]), known)


def _least(highs: list[Exact | None]) -> Exact | None:
    return min((high for high in highs if high is not None), default=None)


def _greatest(highs: list[Exact | None]) -> Exact | None:
    return None if None in highs else max(high for high in highs if high is not None)


def _added(highs: list[Exact | None]) -> Exact | None:
    return None if None in highs else sum((high for high in highs if high is not None), start=0)


def _majority(found: list[Exact]) -> Exact:
    """The greatest number that more than half reach."""
    return sorted(found, reverse=True)[len(found) // 2]


def _median(found: list[Exact]) -> Exact:
    return sorted(found)[(len(found) - 1) // 2]


def _mean(found: list[Exact]) -> Exact:
    return plain(_truncated(Decimal(sum(found)) / len(found)))


def _percent(part: Exact, whole: Exact) -> Decimal:
    return _truncated(Decimal(100 * part) / whole)


_MILLIONTH = Decimal("0.000001")


def _truncated(number: Decimal) -> Decimal:
    """A number just below a bound never comes to it."""
    return number.quantize(_MILLIONTH, ROUND_FLOOR)


_FOLDS: Mapping[Fold, Callable[[list[Exact]], Exact]] = {
    Fold.MAJORITY: _majority,
    Fold.MEDIAN: _median,
    Fold.MEAN: _mean,
    Fold.LAST: lambda found: found[-1],
}


def of_how_many(quantifier: Quantifier, votes: list[tuple[Truth, Truth]], *, more: bool) -> Truth:
    """Each vote: whether it is one of them, and whether the rule holds of it."""
    match quantifier:
        case Quantifier.ALL:
            found = all_truths(any_truth((negated(inside), truth)) for inside, truth in votes)
            return None if found is True and more else found
        case Quantifier.ANY:
            found = any_truth(all_truths((inside, truth)) for inside, truth in votes)
            return None if found is False and more else found
    sure = [truth for inside, truth in votes if inside]
    unsure = len(votes) - len(sure)
    most_for = sure.count(True) + sure.count(None) + unsure
    most_against = sure.count(False) + sure.count(None) + unsure
    if not more and sure.count(True) > most_against:
        return True
    if not more and sure.count(False) >= most_for:
        return False
    return None
