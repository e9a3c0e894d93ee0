"""What values come to as terms: days, choices, texts, and the records that are picked."""

from __future__ import annotations

import datetime
from typing import Any

from tiaoli.population.lowering.lookup import Lowering, Scope, Val, lowers
from tiaoli.population.terms import Agg, Moving, Param, Rows, Sort, Term
from tiaoli.rules.amounts import ReachedOn
from tiaoli.rules.citation import ClauseDay
from tiaoli.rules.cohorts import Its, PeriodEnd, PeriodStart
from tiaoli.rules.expressions import AttributeOf, AttributeValue, Node
from tiaoli.rules.moments import (
    AskedOn,
    AsOf,
    DayConst,
    DayIf,
    DaysLater,
    DayTable,
    Moved,
    OneOfTwo,
    OrElse,
)
from tiaoli.rules.records import Picked, Referred
from tiaoli.rules.timetables import DayOf


@lowers(AttributeOf)
def _attribute(node: AttributeOf, into: Lowering, scope: Scope) -> Val:
    return into.attribute(node.kind, node.attribute.name, scope.row)


@lowers(Its)
def _its(node: Its, into: Lowering, scope: Scope) -> Val:
    return into.attribute(node.kind, node.attribute.name, scope.taken[node.kind.name])


@lowers(AsOf)
def _as_of(_node: AsOf, into: Lowering, _scope: Scope) -> Val:
    assert into.as_of is not None
    return into.given(into.as_of)


@lowers(AskedOn)
def _asked_on(_node: AskedOn, into: Lowering, _scope: Scope) -> Val:
    assert into.asked_on is not None
    return into.given(into.asked_on)


@lowers(DayConst)
def _day_const(node: DayConst, into: Lowering, _scope: Scope) -> Val:
    return into.given(into.terms.param(Param("day", node), Sort.DAY))


@lowers(PeriodStart)
def _period_start(_node: PeriodStart, into: Lowering, scope: Scope) -> Val:
    assert scope.turns is not None, "the start of a period is asked for outside one"
    return into.given(scope.turns[0])


@lowers(PeriodEnd)
def _period_end(_node: PeriodEnd, into: Lowering, scope: Scope) -> Val:
    assert scope.turns is not None, "the end of a period is asked for outside one"
    return into.given(scope.turns[1])


@lowers(ClauseDay)
def _clause_day(node: ClauseDay, into: Lowering, scope: Scope) -> Val:
    return into.value(node.day, scope)


@lowers(Moved)
def _moved(node: Moved, into: Lowering, scope: Scope) -> Val:
    """One day for all where it hangs on none of the facts; else a table of days."""
    if is_fixed(node, into):
        return into.given(into.terms.param(Param("day", node), Sort.DAY))
    day = into.value(node.day, scope)
    moved = into.terms.make("moved", Sort.DAY, (day.term,), Moving("moved", node))
    return Val(day.known, day.given, moved)


def is_fixed(node: Node, into: Lowering) -> bool:
    """Whether a day follows from the day of asking alone."""
    match node:
        case DayConst() | AskedOn():
            return True
        case AsOf():
            return into.as_of is into.asked_on
        case Moved(day=day):
            return is_fixed(day, into)
    return False


@lowers(DayOf)
def _day_of(node: DayOf, into: Lowering, scope: Scope) -> Val:
    moment = into.value(node.moment, scope)
    closes = None if node.closes is None else _seconds(node.closes)
    day = into.terms.make("day_of", Sort.DAY, (moment.term,), closes)
    return Val(moment.known, moment.given, day)


def _seconds(time: datetime.time) -> int:
    return (time.hour * 60 + time.minute) * 60 + time.second


@lowers(ReachedOn)
def _reached_on(node: ReachedOn, into: Lowering, scope: Scope) -> Val:
    """The first day by which the values of that day and before add up to the target."""
    terms = into.terms
    target = into.amount(node.target, scope)
    binder, inner, member = into.members(node.records, scope)
    kind = node.records.kind
    day, each = (
        into.attribute(kind, name, inner.row)
        for name in (kind.happens or "", node.value.attribute.name)
    )
    unsure = terms.either(
        terms.both(member.possible, terms.neg(member.met)),
        terms.both(member.met, terms.neg(terms.both(each.known, day.given))),
    )
    counts = terms.both(member.met, each.given, day.given)
    beside = Rows(kind.name, binder.level + BESIDE)
    shift = {binder: terms.row(beside)}
    their_day = renamed(into, day.term, shift)
    earlier = terms.both(renamed(into, counts, shift), terms.compare(their_day, "<=", day.term))
    so_far = terms.fold_rows(Agg.SUM, beside, earlier, renamed(into, each.term, shift))
    reached = terms.both(counts, terms.compare(so_far, ">=", target.low))
    known = terms.both(
        terms.neg(terms.any_row(binder, unsure)),
        into.exact(target),
        target.stated,
        terms.neg(into.is_open(node.records)),
    )
    first = terms.fold_rows(Agg.LEAST, binder, reached, day.term)
    return Val(known, terms.both(known, terms.any_row(binder, reached)), first)


BESIDE = 100
"""Levels of records that are held beside another of their kind; no others are so deep."""


def renamed(into: Lowering, term: Term, rows: dict[Rows, Term]) -> Term:
    """The same of another record: ``rows`` says which row stands for which binder."""
    done: dict[int, Term] = {}

    def again(one: Term) -> Term:
        if not one.free & rows.keys():
            return one
        if one.op == "row":
            return rows[one.data]
        if one.number not in done:
            args = [again(arg) for arg in one.args]
            done[one.number] = _made_again(into, one, args)
        return done[one.number]

    return again(term)


def _made_again(into: Lowering, one: Term, args: list[Term]) -> Term:
    terms = into.terms
    match one.op:
        case "and":
            return terms.both(*args)
        case "or":
            return terms.either(*args)
    binds = frozenset(one.data.binders) if one.op == "agg" else frozenset[Any]()
    return terms.make(one.op, one.sort, args, one.data, scale=one.scale, binds=binds)


@lowers(OrElse)
def _or_else(node: OrElse, into: Lowering, scope: Scope) -> Val:
    day, other = into.value(node.day, scope), into.value(node.fallback, scope)
    none = into.terms.both(day.known, into.terms.neg(day.given))
    return into.where(none, other, day)


@lowers(DaysLater)
def _days_later(node: DaysLater, into: Lowering, scope: Scope) -> Val:
    terms = into.terms
    day, number = into.value(node.day, scope), into.value(node.number, scope)
    none = [terms.both(one.known, terms.neg(one.given)) for one in (day, number)]
    given = terms.both(day.given, number.given)
    later = terms.make("later_by", Sort.DAY, (day.term, number.term))
    return Val(terms.either(*none, given), given, later)


@lowers(DayIf)
def _day_if(node: DayIf, into: Lowering, scope: Scope) -> Val:
    truth, day = into.truth(node.rule, scope), into.value(node.day, scope)
    return _if_met(truth.met, truth.possible, day, _no_day(into, day), into)


def _if_met(met: Term, possible: Term, one: Val, other: Val, into: Lowering) -> Val:
    """``one`` where it is met, ``other`` where it is not, and else not known which."""
    terms = into.terms
    decided = terms.either(met, terms.neg(possible))
    found = into.where(met, one, other)
    return Val(terms.both(decided, found.known), terms.both(decided, found.given), found.term)


def _no_day(into: Lowering, like: Val) -> Val:
    return Val(into.terms.boolean(True), into.terms.boolean(False), like.term)


@lowers(DayTable)
def _day_table(node: DayTable, into: Lowering, scope: Scope) -> Val:
    found: Val | None = None
    for rule, day in reversed(node.rows):
        truth, mine = into.truth(rule, scope), into.value(day, scope)
        other = _no_day(into, mine) if found is None else found
        found = _if_met(truth.met, truth.possible, mine, other, into)
    assert found is not None, "a table of days has rows"
    return found


@lowers(OneOfTwo)
def _one_of_two(node: OneOfTwo, into: Lowering, scope: Scope) -> Val:
    terms = into.terms
    first, second = into.value(node.first, scope), into.value(node.second, scope)
    known = terms.both(first.known, second.known)
    fold = terms.greater if node.later else terms.smaller
    both = terms.both(first.given, second.given)
    one = terms.select(first.given, first.term, second.term)
    given = terms.both(known, terms.either(first.given, second.given))
    return Val(known, given, terms.select(both, fold(first.term, second.term), one))


# Records that are picked


@lowers(Picked)
def _picked(node: Picked, into: Lowering, scope: Scope) -> Val:
    row, known, there = picked(node, into, scope)
    return _attribute_at(into, node, row, known, there)


@lowers(Referred)
def _referred(node: Referred, into: Lowering, scope: Scope) -> Val:
    """Of a name that is none of a record of the kind, there is no such attribute."""
    terms = into.terms
    name = into.value(node.reference, scope)
    holder = _holder(node.reference, into, scope)
    named = terms.referred(*holder, node.kind.name)
    there = terms.both(
        name.given, terms.compare(terms.make("row_number", Sort.INT, (named,)), ">=", _zero(into))
    )
    return _attribute_at(into, node, named, name.known, there)


def _zero(into: Lowering) -> Term:
    return into.terms.whole(0)


def _attribute_at(
    into: Lowering, node: Picked | Referred, row: Term, known: Term, there: Term
) -> Val:
    """An attribute of the record ``row``, if it is ``known`` which, and there is one."""
    terms = into.terms
    kind = node.kind if isinstance(node, Referred) else node.records.kind
    mine = into.attribute(kind, node.attribute.name, row)
    none = terms.both(known, terms.neg(there))
    return Val(
        terms.either(none, terms.both(known, there, mine.known)),
        terms.both(known, there, mine.given),
        mine.term,
    )


def _holder(reference: AttributeValue, into: Lowering, scope: Scope) -> tuple[Term, str, str]:
    """The record that gives the reference, its kind, and the attribute."""
    match reference:
        case AttributeOf(kind=kind, attribute=attribute):
            assert scope.row is not None
            return scope.row, kind.name, attribute.name
        case Its(kind=kind, attribute=attribute):
            return scope.taken[kind.name], kind.name, attribute.name
        case Picked(records=of, attribute=attribute):
            return picked(reference, into, scope)[0], of.kind.name, attribute.name
        case Referred(reference=inner, kind=kind, attribute=attribute):
            named = into.terms.referred(*_holder(inner, into, scope), kind.name)
            return named, kind.name, attribute.name
    raise AssertionError(f"a {type(reference).__name__} refers to nothing")


def picked(node: Picked, into: Lowering, scope: Scope) -> tuple[Term, Term, Term]:
    """The row meant, whether it is known which is, and whether there is one."""
    terms, of = into.terms, node.records
    asked = into.asked_about()
    if node.focus and asked is not None:
        return _picked_asked(node, into, scope, asked)
    binder, inner, member = into.members(of, scope)
    by = into.attribute(of.kind, node.by.attribute.name, inner.row)
    rank = _rank(node, by, into)
    row, best = picked_row(into, binder, member.met, rank)
    there = terms.any_row(binder, member.met)
    undated = terms.neg(by.known)
    unsure = terms.both(member.possible, terms.neg(member.met))
    rival = terms.either(unsure, terms.both(member.met, undated))
    mine = packed(into, rank, inner.row)
    ahead = terms.both(
        terms.neg(terms.compare(mine, "==", best)),
        terms.either(undated, terms.compare(mine, ">", best)),
    )
    rivalled = terms.any_row(binder, terms.both(rival, terms.either(terms.neg(there), ahead)))
    known = terms.neg(terms.either(rivalled, into.is_open(of)))
    return row, known, there


def _picked_asked(
    node: Picked, into: Lowering, scope: Scope, asked: Term
) -> tuple[Term, Term, Term]:
    """The record that was named, if it is one of the set."""
    terms, of = into.terms, node.records
    if of.kind.name != into.about:
        no = terms.boolean(False)
        return asked, terms.neg(into.is_open(of)), no
    inner = Scope(asked, of.kind.name, scope.taken, scope.turns, scope.open)
    member = into.member(of, inner)
    settled = terms.either(member.met, terms.neg(member.possible))
    complete = terms.either(member.met, terms.neg(into.is_open(of)))
    return asked, terms.both(settled, complete), member.met


_UNDATED = -(10**9)
_ROWS = 2**32


def _rank(node: Picked, by: Val, into: Lowering) -> Term:
    """The greatest is picked; a record without the day comes last."""
    terms = into.terms
    number = terms.make("day_number", Sort.INT, (by.term,))
    if node.earliest:
        number = terms.sub(terms.whole(0), number)
    return terms.select(by.given, number, terms.whole(_UNDATED))


def packed(into: Lowering, rank: Term, row: Term | None) -> Term:
    """Rank and row as one number: of equal ranks the later row is the greater."""
    terms = into.terms
    assert row is not None
    number = terms.make("row_number", Sort.INT, (row,))
    return terms.add(terms.mul(rank, terms.whole(_ROWS)), number)


def picked_row(into: Lowering, binder: Rows, where: Term, rank: Term) -> tuple[Term, Term]:
    """Of the rows that are taken the one of the greatest rank; and its rank and row as one."""
    terms = into.terms
    mine = packed(into, rank, terms.row(binder))
    best = terms.fold_rows(Agg.GREATEST, binder, where, mine)
    row = terms.make("unpacked", Sort.ROW, (best, terms.any_row(binder, where)), _ROWS)
    return row, best
