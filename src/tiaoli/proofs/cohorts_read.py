"""What is worked out for one record, or one period, after another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import z3

from tiaoli.facts.periods import Period
from tiaoli.proofs.reading import AMOUNTS, RULES, VALUES, Reading, Row
from tiaoli.proofs.symbols import (
    Listed,
    Number,
    Quantity,
    Symbol,
    Truth,
    above,
    added,
    at_least,
    choose,
    conj,
    disj,
    equal,
    exact,
    implies,
    is_plain,
    lifted,
    neg,
    product,
)
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
from tiaoli.rules.moments import AS_OF, Moved, Movement

MOST_PERIODS = 5
"""No more periods than this are looked at, one after another."""


def _its(reading: Reading, node: Its, _row: Row | None) -> Symbol | Listed:
    return reading.attribute(reading.taken[node.kind.name], node.attribute.name)


def _period_start(reading: Reading, _node: PeriodStart, _row: Row | None) -> Symbol:
    assert reading.period is not None, "the start of a period is asked for outside one"
    return Symbol(False, reading.period[0])


def _period_end(reading: Reading, _node: PeriodEnd, _row: Row | None) -> Symbol:
    assert reading.period is not None, "the end of a period is asked for outside one"
    return Symbol(False, reading.period[1])


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn, and whether it is one of those that are taken."""

    reading: Reading
    taken: Truth


def _turns_of_records(reading: Reading, node: OfEach | EachOne) -> list[_Turn]:
    return [
        _Turn(reading.taking(slot, truth), truth) for slot, truth in reading.members(node.records)
    ]


def _turns_of_periods(
    reading: Reading, node: OfEachPeriod | EachPeriod, row: Row | None
) -> list[_Turn]:
    start, until = reading.value(node.start, row), reading.value(node.until, row)
    given = neg(disj((start.absent, until.absent)))
    computations = reading.world.computations
    number = computations.how_often(start.term, until.term, node.period)
    most = node.first + MOST_PERIODS - 1
    if node.last is None or node.last > most:
        if not is_plain(number):
            reading.world.constraints.append(lifted(number) <= most)
            reading.world.narrowed.add("periods")
        elif number > most:
            reading.world.narrowed.add("periods")
    last = most if node.last is None else min(node.last, most)
    turns = []
    for index in range(node.first - 1, last):
        first = start.term
        if index:
            first = computations.moved_day(start.term, _completion(node.period, index))
        end = computations.moved_day(start.term, _last_day(node.period, index + 1))
        taken = conj((given, above(number, index)))
        turns.append(_Turn(reading.during((first, end), taken), taken))
    return turns


def _completion(period: Period, times: int) -> Moved:
    return Moved(AS_OF, Movement.COMPLETION, _multiple(period, times))


def _last_day(period: Period, times: int) -> Moved:
    return Moved(AS_OF, Movement.LAST_DAY, _multiple(period, times))


def _multiple(period: Period, times: int) -> Period:
    return Period(period.years * times, period.months * times, period.days * times)


def _of_each(reading: Reading, node: OfEach, _row: Row | None) -> Quantity:
    turns = _turns_of_records(reading, node)
    found = [(turn.taken, turn.reading.amount(node.each)) for turn in turns]
    return _folded(node.fold, found, reading.amount(node.otherwise))


def _of_each_period(reading: Reading, node: OfEachPeriod, row: Row | None) -> Quantity:
    turns = _turns_of_periods(reading, node, row)
    found = [(turn.taken, turn.reading.amount(node.each)) for turn in turns]
    return _folded(node.fold, found, reading.amount(node.otherwise, row))


def _folded(fold: Fold, found: list[tuple[Truth, Quantity]], otherwise: Quantity) -> Quantity:
    """Many amounts as one; one that is not stated is passed over."""
    taken = [(conj((truth, each.stated)), each.term) for truth, each in found]
    some = disj(truth for truth, _ in taken)
    if some is False:
        return otherwise
    term = choose(some, _FOLDS[fold](taken), otherwise.term)
    known = conj(implies(truth, each.known) for truth, each in found)
    return Quantity(
        term, disj((some, otherwise.stated)), conj((known, disj((some, otherwise.known))))
    )


_Taken = Sequence[tuple[Truth, Number]]


def _chosen(fit: Iterator[tuple[Truth, Number]], greatest: bool) -> Number:
    """The greatest (or the least) of those that fit."""
    found: Number = 0
    there: Truth = False
    for truth, term in fit:
        better = above(term, found) if greatest else above(found, term)
        found = choose(conj((truth, disj((neg(there), better)))), term, found)
        there = disj((there, truth))
    return found


def _least(taken: _Taken) -> Number:
    return _chosen(iter(taken), greatest=False)


def _greatest(taken: _Taken) -> Number:
    return _chosen(iter(taken), greatest=True)


def _how_many(taken: _Taken) -> Number:
    return added(choose(truth, 1, 0) for truth, _ in taken)


def _sum(taken: _Taken) -> Number:
    return added(choose(truth, term, 0) for truth, term in taken)


def _majority(taken: _Taken) -> Number:
    """The greatest number that more than half reach."""
    number = _how_many(taken)
    fit = (
        (conj((truth, above(product(2, _reaching(taken, term)), number))), term)
        for truth, term in taken
    )
    return _chosen(fit, greatest=True)


def _reaching(taken: _Taken, term: Number) -> Number:
    return added(choose(conj((t, at_least(other, term))), 1, 0) for t, other in taken)


def _median(taken: _Taken) -> Number:
    """The least number that half do not exceed."""
    number = _how_many(taken)
    fit = (
        (conj((truth, at_least(product(2, _within(taken, term)), number))), term)
        for truth, term in taken
    )
    return _chosen(fit, greatest=False)


def _within(taken: _Taken, term: Number) -> Number:
    return added(choose(conj((t, at_least(term, other))), 1, 0) for t, other in taken)


def _mean(taken: _Taken) -> Number:
    number, summed = _how_many(taken), _sum(taken)
    found: Number = summed
    for size in range(2, len(taken) + 1):
        found = choose(equal(number, size), _divided(summed, size), found)
    return found


def _divided(number: Number, by: int) -> Number:
    if is_plain(number):
        return exact(Fraction(number) / by)
    return product(number, Fraction(1, by))


def _last(taken: _Taken) -> Number:
    found: Number = 0
    for truth, term in taken:
        found = choose(truth, term, found)
    return found


_FOLDS = {
    Fold.LEAST: _least,
    Fold.GREATEST: _greatest,
    Fold.SUM: _sum,
    Fold.MAJORITY: _majority,
    Fold.MEDIAN: _median,
    Fold.MEAN: _mean,
    Fold.LAST: _last,
}


def _each_one(reading: Reading, rule: EachOne, _row: Row | None) -> Truth:
    return _of_how_many(rule, _turns_of_records(reading, rule))


def _each_period(reading: Reading, rule: EachPeriod, row: Row | None) -> Truth:
    return _of_how_many(rule, _turns_of_periods(reading, rule, row))


def _of_how_many(rule: EachOne | EachPeriod, turns: list[_Turn]) -> Truth:
    votes = [(turn.taken, turn.reading.truth(rule.rule)) for turn in turns]
    match rule.quantifier:
        case Quantifier.ALL:
            return conj(implies(taken, truth) for taken, truth in votes)
        case Quantifier.ANY:
            return disj(conj((taken, truth)) for taken, truth in votes)
    for_it = added(choose(conj((taken, truth)), 1, 0) for taken, truth in votes)
    against = added(choose(conj((taken, neg(truth))), 1, 0) for taken, truth in votes)
    return above(for_it, against)


def _known_if(reading: Reading, node: KnownIf, row: Row | None) -> Quantity:
    """What it is compared with, it is compared in vain where it is not known."""
    known, found = reading.truth(node.rule, row), reading.amount(node.amount, row)
    return Quantity(found.term, disj((neg(known), found.stated)), conj((known, found.known)))


def _share(reading: Reading, node: Share, row: Row | None) -> Quantity:
    part, whole = reading.amount(node.part, row), reading.amount(node.whole, row)
    stated = conj((part.stated, whole.stated, neg(equal(whole.term, 0))))
    known = conj((part.known, whole.known))
    if is_plain(whole.term):
        if whole.term == 0:
            return Quantity(0, False)
        return Quantity(_divided_by(product(100, part.term), whole.term), stated, known)
    percent = z3.FreshReal("percent")
    scaled = percent * lifted(whole.term) == lifted(product(100, part.term))
    reading.world.constraints += [z3.Implies(lifted(whole.term) > 0, scaled), percent >= 0]
    return Quantity(percent, stated, known)


def _divided_by(number: Number, by: Number) -> Number:
    assert isinstance(by, int | Fraction)
    if isinstance(number, int | Fraction):
        return exact(Fraction(number) / Fraction(by))
    return product(number, 1 / Fraction(by))


def _year_of(reading: Reading, node: YearOf, row: Row | None) -> Quantity:
    day = reading.value(node.day, row)
    if isinstance(day.term, int):
        return Quantity(choose(day.absent, 0, datetime.date.fromordinal(day.term).year))
    year = reading.world.computations.year_of(day.term)
    return Quantity(choose(day.absent, 0, year))


VALUES.update({Its: _its, PeriodStart: _period_start, PeriodEnd: _period_end})
RULES.update({EachOne: _each_one, EachPeriod: _each_period})
AMOUNTS.update(
    {OfEach: _of_each, OfEachPeriod: _of_each_period, KnownIf: _known_if, Share: _share,
     YearOf: _year_of}
)  # fmt: skip
