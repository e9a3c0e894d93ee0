"""What is worked out for one record, or one period, after another."""

from __future__ import annotations

from dataclasses import replace

from tiaoli.facts.periods import Period
from tiaoli.population.lowering.amounts import divided
from tiaoli.population.lowering.lookup import Bounds, Lowering, Scope, Truth, Val, lowers
from tiaoli.population.terms import Agg, Binder, Moving, Sort, Term, Turns
from tiaoli.rules.cohorts import EachOne, EachPeriod, Fold, OfEach, OfEachPeriod, Quantifier
from tiaoli.rules.ledgers import PeriodsIn

_MEAN_DECIMALS = 6


@lowers(EachOne)
def _each_one(rule: EachOne, into: Lowering, scope: Scope) -> Truth:
    """A record that is none of them counts neither for nor against."""
    binder, inner, member = into.members(rule.records, scope)
    turn = _taking(rule.records.kind.name, binder, inner, scope)
    truth = into.truth(rule.rule, turn)
    return _of_how_many(rule.quantifier, (binder, member, truth), into.is_open(rule.records), into)


def _taking(kind: str, binder: Binder, inner: Scope, scope: Scope) -> Scope:
    """The scope while it is the turn of the record in hand."""
    assert inner.row is not None
    taken = {**scope.taken, kind: inner.row}
    return replace(scope.outside(), taken=taken, open=scope.open | {binder})


def _of_how_many(
    quantifier: Quantifier, votes: tuple[Binder, Truth, Truth], more: Term, into: Lowering
) -> Truth:
    """Each vote: whether it is one of them, and whether the rule holds of it."""
    terms, (binder, member, truth) = into.terms, votes
    match quantifier:
        case Quantifier.ALL:
            fails = into.all_of((member, into.negated(truth)))
            some = Truth(terms.any_row(binder, fails.met), terms.any_row(binder, fails.possible))
            found = into.negated(some)
            return Truth(terms.both(found.met, terms.neg(more)), found.possible)
        case Quantifier.ANY:
            holds = into.all_of((member, truth))
            met, may = terms.any_row(binder, holds.met), terms.any_row(binder, holds.possible)
            return Truth(met, terms.either(may, more))
    return _majority(binder, member, truth, more, into)


def _majority(binder: Binder, member: Truth, truth: Truth, more: Term, into: Lowering) -> Truth:
    terms = into.terms

    def number(where: Term) -> Term:
        return terms.count_rows(binder, where)

    unsure = number(terms.both(member.possible, terms.neg(member.met)))
    sure_for = number(terms.both(member.met, truth.met))
    sure_against = number(terms.both(member.met, terms.neg(truth.possible)))
    not_for = number(terms.both(member.met, terms.neg(truth.met)))
    may_be_for = number(terms.both(member.met, truth.possible))
    listed = terms.neg(more)
    met = terms.both(listed, terms.compare(sure_for, ">", terms.add(not_for, unsure)))
    lost = terms.both(listed, terms.compare(sure_against, ">=", terms.add(may_be_for, unsure)))
    return Truth(met, terms.either(met, terms.neg(lost)))


@lowers(OfEach)
def _of_each(node: OfEach, into: Lowering, scope: Scope) -> Bounds:
    """Of a record that only may be one of them, the amount only may count."""
    terms = into.terms
    binder, inner, member = into.members(node.records, scope)
    each = into.amount(node.each, _taking(node.records.kind.name, binder, inner, scope))
    certain = terms.both(member.met, each.stated)
    possible = terms.both(member.possible, each.stated)
    more = into.is_open(node.records)
    found = _folded(node.fold, binder, (certain, possible, each), more, into)
    none = terms.neg(terms.either(terms.any_row(binder, possible), more))
    return into.either_range(none, into.amount(node.otherwise, scope), found)


def _folded(
    fold: Fold,
    binder: Binder,
    parts: tuple[Term, Term, Bounds],
    more: Term,
    into: Lowering,
) -> Bounds:
    """Many amounts as one. Those not certain may be among them; ``more``: so may others."""
    terms, (certain, possible, each) = into.terms, parts
    yes, zero, listed = terms.boolean(True), terms.whole(0), terms.neg(more)
    limited = terms.every_row(binder, possible, each.limited)
    match fold:
        case Fold.LEAST:
            low = terms.fold_rows(Agg.LEAST, binder, possible, each.low)
            sure = terms.both(certain, each.limited)
            high = terms.fold_rows(Agg.LEAST, binder, sure, each.high)
            return Bounds(yes, terms.select(listed, low, zero), high, terms.any_row(binder, sure))
        case Fold.GREATEST | Fold.SUM:
            how = Agg.GREATEST if fold is Fold.GREATEST else Agg.SUM
            low = terms.fold_rows(how, binder, certain, each.low)
            high = terms.fold_rows(how, binder, possible, each.high)
            return Bounds(yes, low, high, terms.both(limited, listed))
    settled = terms.both(listed, terms.every_row(binder, possible, certain))
    known = Bounds(
        yes,
        _one_of_all(fold, binder, certain, each.low, into),
        _one_of_all(fold, binder, certain, each.high, into),
        limited,
    )
    return into.either_range(settled, known, into.no_limit())


def _one_of_all(fold: Fold, binder: Binder, where: Term, value: Term, into: Lowering) -> Term:
    """What more than half reach, the middle one, the mean, or that of the last period."""
    terms = into.terms
    if fold in (Fold.MAJORITY, Fold.MEDIAN):  # the same: of an even number the lower of the two
        return terms.fold_rows(Agg.MIDDLE, binder, where, value)
    if fold is Fold.MEAN:
        added = terms.fold_rows(Agg.SUM, binder, where, value)
        times = terms.mul(added, terms.whole(10**_MEAN_DECIMALS))
        number = terms.scaled(terms.count_rows(binder, where), times.scale)
        return divided(times, number, _MEAN_DECIMALS, into)
    assert isinstance(binder, Turns), "only periods have a last one"
    turn = terms.turn(binder)
    last = terms.fold_rows(Agg.GREATEST, binder, where, turn)
    is_last = terms.both(where, terms.compare(turn, "==", last))
    return terms.fold_rows(Agg.SUM, binder, is_last, value)


# Periods


@lowers(EachPeriod)
def _each_period(rule: EachPeriod, into: Lowering, scope: Scope) -> Truth:
    terms = into.terms
    binder, inner, complete, known = _periods(rule, into, scope)
    truth = into.truth(rule.rule, inner)
    votes = (binder, into.sure(complete), truth)
    found = _of_how_many(rule.quantifier, votes, terms.boolean(False), into)
    return Truth(terms.both(known, found.met), terms.either(terms.neg(known), found.possible))


@lowers(OfEachPeriod)
def _of_each_period(node: OfEachPeriod, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    binder, inner, complete, known = _periods(node, into, scope)
    each = into.amount(node.each, inner)
    taken = terms.both(complete, each.stated)
    found = _folded(node.fold, binder, (taken, taken, each), terms.boolean(False), into)
    none = terms.neg(terms.any_row(binder, taken))
    of_known = into.either_range(none, into.amount(node.otherwise, scope), found)
    return into.either_range(known, of_known, into.no_limit())


def _periods(
    node: OfEachPeriod | EachPeriod, into: Lowering, scope: Scope
) -> tuple[Turns, Scope, Term, Term]:
    """The periods, the scope of one, whether it is complete, and whether that is known."""
    terms = into.terms
    start, until = into.value(node.start, scope), into.value(node.until, scope)
    level = sum(isinstance(binder, Turns) for binder in scope.open)
    binder = Turns(level, node.first - 1, node.last)
    first, last = nth_period(start.term, binder, node, into)
    # The record in hand is seen by the rule of a period, as by what stands around it.
    in_hand = frozenset() if scope.row is None else scope.row.free
    inner = replace(scope, turns=(first, last), open=scope.open | {binder} | in_hand)
    given = terms.both(start.given, until.given)
    complete = terms.both(given, terms.compare(last, "<=", until.term))
    none = terms.either(*(terms.both(v.known, terms.neg(v.given)) for v in (start, until)))
    return binder, inner, complete, terms.either(none, given)


def nth_period(
    start: Term, binder: Turns, node: OfEachPeriod | EachPeriod | PeriodsIn, into: Lowering
) -> tuple[Term, Term]:
    """The first and the last day of the period whose turn it is."""
    terms, turn = into.terms, into.terms.turn(binder)
    first, last = (
        terms.make("moved", Sort.DAY, (start, turn), Moving(what, node))
        for what in ("nth_start", "nth_end")
    )
    return first, last


@lowers(PeriodsIn)
def _periods_in(node: PeriodsIn, into: Lowering, scope: Scope) -> Bounds:
    """As many as are complete; whole days are counted by taking one day from the other."""
    terms = into.terms
    start, end = into.value(node.start, scope), into.value(node.end, scope)
    if node.period == Period(days=node.period.days):
        number = _days_in(start, end, node.period.days, into)
    else:
        level = sum(isinstance(binder, Turns) for binder in scope.open)
        binder = Turns(level)
        _, last = nth_period(start.term, binder, node, into)
        number = terms.count_rows(binder, terms.compare(last, "<=", end.term))
    given = terms.both(start.given, end.given)
    none = terms.either(*(terms.both(v.known, terms.neg(v.given)) for v in (start, end)))
    counted = terms.select(given, number, terms.whole(0))
    return Bounds(terms.boolean(True), counted, counted, terms.either(none, given))


def _days_in(start: Val, end: Val, length: int, into: Lowering) -> Term:
    terms = into.terms
    first, last = (terms.make("day_number", Sort.INT, (day.term,)) for day in (start, end))
    days = terms.add(terms.sub(last, first), terms.whole(1))
    return terms.floordiv(terms.greater(terms.whole(0), days), terms.whole(length))
