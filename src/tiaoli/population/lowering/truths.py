"""What rules come to as terms: met, possible, or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tiaoli.facts.vocabulary import find
from tiaoli.population.lowering.days import picked_row
from tiaoli.population.lowering.lookup import Lowering, Scope, Truth, Val, lowers
from tiaoli.population.terms import Agg, Moving, Param, Rows, Sort, Term
from tiaoli.rules.amounts import AmountNode, Count
from tiaoli.rules.citation import ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Constant,
    Contains,
    Includes,
    IsAbsent,
    IsOneOf,
    Not,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import During
from tiaoli.rules.moments import Within
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Records,
    Related,
    Served,
    Union,
)


@lowers(Constant)
def _constant(rule: Constant, into: Lowering, _scope: Scope) -> Truth:
    return into.known(rule.met)


@lowers(AllOf)
def _all_of(rule: AllOf, into: Lowering, scope: Scope) -> Truth:
    return into.all_of(into.truth(part, scope) for part in rule.rules)


@lowers(AnyOf)
def _any_of(rule: AnyOf, into: Lowering, scope: Scope) -> Truth:
    return into.any_of(into.truth(part, scope) for part in rule.rules)


@lowers(AtLeastOf)
def _at_least_of(rule: AtLeastOf, into: Lowering, scope: Scope) -> Truth:
    terms = into.terms
    truths = [into.truth(part, scope) for part in rule.rules]
    number = terms.param(Param("number", rule), Sort.INT)
    met = terms.add(*(terms.number_of(truth.met) for truth in truths))
    possible = terms.add(*(terms.number_of(truth.possible) for truth in truths))
    return Truth(terms.compare(met, ">=", number), terms.compare(possible, ">=", number))


@lowers(Not)
def _not(rule: Not, into: Lowering, scope: Scope) -> Truth:
    return into.negated(into.truth(rule.rule, scope))


@lowers(WaivedBy)
def _waived_by(rule: WaivedBy, into: Lowering, scope: Scope) -> Truth:
    return into.any_of((into.truth(rule.rule, scope), into.truth(rule.waiver, scope)))


@lowers(ClauseRule, Named, ToldIfMet, ShownBy)
def _as_what_is_inside(rule: Any, into: Lowering, scope: Scope) -> Truth:
    return into.truth(rule.rule, scope)


@lowers(Presumed)
def _presumed(rule: Presumed, into: Lowering, scope: Scope) -> Truth:
    truth = into.truth(rule.rule, scope)
    return into.sure(truth.possible if rule.met else truth.met)


@lowers(Compare)
def _compare(rule: Compare, into: Lowering, scope: Scope) -> Truth:
    if not any(isinstance(side, AmountNode) for side in (rule.left, rule.right)):
        left, right = into.value(rule.left, scope), into.value(rule.right, scope)
        return into.compared(left, rule.op, right)
    terms = into.terms
    sides = (rule.left, rule.right)
    plain = [into.value(side, scope) for side in sides if not isinstance(side, AmountNode)]
    known = terms.both(*(one.known for one in plain))
    given = terms.both(*(one.given for one in plain))
    ranges = into.compared_ranges(
        into.amount(rule.left, scope), rule.op, into.amount(rule.right, scope)
    )
    possible = terms.either(terms.neg(known), terms.both(given, ranges.possible))
    return Truth(terms.both(given, ranges.met), possible)


def _of_known(found: Val, into: Lowering, truth: Term) -> Truth:
    """``truth`` of a value that is given; not met of none, unknown of one that is not known."""
    terms = into.terms
    met = terms.both(found.given, truth)
    return Truth(met, terms.either(met, terms.neg(found.known)))


@lowers(IsAbsent)
def _is_absent(rule: IsAbsent, into: Lowering, scope: Scope) -> Truth:
    terms, found = into.terms, into.value(rule.value, scope)
    return Truth(terms.both(found.known, terms.neg(found.given)), terms.neg(found.given))


@lowers(IsOneOf)
def _is_one_of(rule: IsOneOf, into: Lowering, scope: Scope) -> Truth:
    found = into.value(rule.value, scope)
    return _of_known(found, into, one_of(found.term, rule.options, into))


def one_of(term: Term, options: tuple[Any, ...], into: Lowering) -> Term:
    terms = into.terms
    if term.sort is Sort.BOOL:
        wanted = [term if option else terms.neg(term) for option in options]
        return terms.either(*wanted)
    return terms.make("one_of", Sort.BOOL, (term,), tuple(sorted(set(options))))


@lowers(Includes)
def _includes(rule: Includes, into: Lowering, scope: Scope) -> Truth:
    found = into.value(rule.value, scope)
    truth = into.terms.make("includes", Sort.BOOL, (found.term,), tuple(sorted(set(rule.options))))
    return _of_known(found, into, truth)


@lowers(Contains)
def _contains(rule: Contains, into: Lowering, scope: Scope) -> Truth:
    found = into.value(rule.value, scope)
    return _of_known(found, into, into.terms.make("contains", Sort.BOOL, (found.term,), rule.text))


@lowers(Within)
def _within(rule: Within, into: Lowering, scope: Scope) -> Truth:
    day = into.value(rule.day, scope)
    first, last = into.value(rule.start, scope), into.value(rule.end, scope)
    opens = into.compared(day, ">" if rule.exclusive else ">=", first)
    return into.all_of((opens, into.compared(day, "<=", last)))


@lowers(Judged)
def _judged(rule: Judged, into: Lowering, scope: Scope) -> Truth:
    """The latest ruling on the clause; of two on a day the one whose id comes last."""
    terms, kind = into.terms, find("judgement")
    binder, inner = into.opened(kind, scope.outside())
    clause, day, decision = (
        into.attribute(kind, name, inner.row) for name in ("clause", "date", "decision")
    )
    assert into.as_of is not None
    counts = terms.both(
        clause.given,
        one_of(clause.term, (rule.clause,), into),
        day.given,
        terms.compare(day.term, "<=", into.as_of),
        decision.known,
    )
    row = latest_row(into, binder, counts, day.term)
    met = into.attribute(kind, "decision", row)
    there = terms.any_row(binder, counts)
    said = terms.both(there, met.given, one_of(met.term, ("met",), into))
    return Truth(said, terms.either(said, terms.neg(there)))


def latest_row(into: Lowering, binder: Rows, where: Term, day: Term) -> Term:
    """The row with the latest day, of equal ones the one whose id comes last."""
    return picked_row(into, binder, where, into.terms.make("day_number", Sort.INT, (day,)))[0]


@lowers(Related)
def _related(rule: Related, into: Lowering, scope: Scope) -> Truth:
    own = [into.value(mine, scope) for mine, _ in rule.pairs]
    assert scope.row is not None, "related() is asked of a record"
    in_hand = scope.row.free
    binder, inner = into.opened(
        rule.others.kind, replace(scope.outside(), open=scope.open | in_hand)
    )
    inner = replace(inner, open=scope.open | in_hand | {binder})
    agrees = [
        _agrees(mine, into.value(theirs, inner), into)
        for mine, (_, theirs) in zip(own, rule.pairs, strict=True)
    ]
    found = into.all_of((into.member(rule.others, inner), *agrees))
    return into.unless_open(any_row(into, binder, found), into.is_open(rule.others))


def any_row(into: Lowering, binder: Rows, truth: Truth) -> Truth:
    return Truth(into.terms.any_row(binder, truth.met), into.terms.any_row(binder, truth.possible))


def _agrees(mine: Val, other: Val, into: Lowering) -> Truth:
    """The same, or one of the two is a list that holds the other."""
    terms = into.terms
    lists = (Sort.CHOICES, Sort.TEXTS)
    if mine.term.sort in lists:
        alike = terms.make("holds", Sort.BOOL, (mine.term, terms.as_text(other.term)))
    elif other.term.sort in lists:
        alike = terms.make("holds", Sort.BOOL, (other.term, terms.as_text(mine.term)))
    else:
        alike = terms.compare(mine.term, "==", other.term)
    met = terms.both(mine.given, other.given, alike)
    unknown = terms.neg(terms.both(mine.known, other.known))
    return Truth(met, terms.either(met, unknown))


@lowers(During)
def _during(rule: During, into: Lowering, scope: Scope) -> Truth:
    day, of = into.value(rule.day, scope), rule.records
    in_hand = frozenset() if scope.row is None else scope.row.free
    binder, inner = into.opened(of.kind, replace(scope.outside(), open=scope.open | in_hand))
    inner = replace(inner, open=scope.open | in_hand | {binder})
    first = into.attribute(of.kind, of.kind.happens or "", inner.row)
    last = into.attribute(of.kind, of.kind.ends or "", inner.row)
    running = into.sure(into.terms.both(last.known, into.terms.neg(last.given)))
    covers = into.all_of(
        (
            into.member(of, inner),
            into.compared(first, "<=", day),
            into.any_of((running, into.compared(last, ">=", day))),
        )
    )
    return into.unless_open(any_row(into, binder, covers), into.is_open(of))


@lowers(Every)
def _every(rule: Every, into: Lowering, scope: Scope) -> Truth:
    binder, inner, member = into.members(rule.records, scope)
    fails = into.all_of((member, into.negated(into.truth(rule.rule, inner))))
    found = into.negated(any_row(into, binder, fails))
    is_open = into.is_open(rule.records)
    return Truth(into.terms.both(found.met, into.terms.neg(is_open)), found.possible)


@lowers(AnyRecord)
def _any_record(rule: AnyRecord, into: Lowering, scope: Scope) -> Truth:
    binder, _, member = into.members(rule.records, scope)
    return into.unless_open(any_row(into, binder, member), into.is_open(rule.records))


@lowers(FromDifferentEvents)
def _different_events(rule: FromDifferentEvents, into: Lowering, scope: Scope) -> Truth:
    """Hall's condition: any group of sets has at least as many events among them as sets."""
    found = []
    for group in _groups(rule.sets):
        events = into.amount(Count(Union(group), (rule.event,) * len(group)), scope)
        number = into.exactly(into.terms.whole(len(group)))
        found.append(into.compared_ranges(events, ">=", number))
    return into.all_of(found)


def _groups(sets: tuple[Records, ...]) -> list[tuple[Records, ...]]:
    chosen = range(1, 2 ** len(sets))
    return [tuple(s for i, s in enumerate(sets) if mask >> i & 1) for mask in chosen]


@lowers(Served)
def _served(rule: Served, into: Lowering, scope: Scope) -> Truth:
    terms = into.terms
    service = _service_of(rule, into, scope)
    member, dated = service.member, service.dated
    unlimited = terms.any_row(service.binder, terms.both(member.possible, terms.neg(dated)))
    certain = _complete(rule, into, service, terms.both(member.met, dated))[0]
    possibly = terms.both(member.possible, dated)
    possible = _complete(rule, into, service, possibly)[0]
    since = service.since
    if since is None:
        may = terms.either(unlimited, possible)
    else:
        none = terms.both(since.known, terms.neg(since.given))
        any_known = terms.select(since.given, possible, terms.any_row(service.binder, possibly))
        may = terms.both(terms.neg(none), terms.either(unlimited, any_known))
        certain = terms.both(since.given, certain)
    return Truth(certain, terms.either(certain, into.is_open(rule.records), may))


def service_day(rule: Served, into: Lowering, scope: Scope) -> Val:
    """The day on which the service is complete if what runs now runs on; none before it begins."""
    terms = into.terms
    service = _service_of(rule, into, scope)
    begun, day = _complete(rule, into, service, terms.both(service.member.met, service.dated))[1:]
    given = begun if service.since is None else terms.both(begun, service.since.given)
    return Val(terms.boolean(True), given, day)


@dataclass(frozen=True, slots=True)
class _Service:
    """The periods of service: whether each counts, whether its days are known, and since when."""

    binder: Rows
    member: Truth
    first: Val
    last: Val
    dated: Term
    since: Val | None


def _service_of(rule: Served, into: Lowering, scope: Scope) -> _Service:
    of = rule.records
    binder, inner, member = into.members(of, scope)
    first = into.attribute(of.kind, of.kind.happens or "", inner.row)
    last = into.attribute(of.kind, of.kind.ends or "", inner.row)
    since = None if rule.since is None else into.value(rule.since, scope)
    dated = into.terms.both(first.given, last.known)
    return _Service(binder, member, first, last, dated, since)


def _complete(
    rule: Served, into: Lowering, service: _Service, where: Term
) -> tuple[Term, Term, Term]:
    """
    Whether the service is complete (``periods.has_served``): unbroken service by the calendar,
    broken service by the days. Beside it whether any has begun, and when it would be complete.
    """
    terms, last, since = into.terms, service.last, service.since
    assert into.as_of is not None
    on = into.as_of
    if rule.complete_on_last_day:
        on = terms.make("later_by", Sort.DAY, (on, terms.whole(1)))
    start = service.first.term
    end = terms.select(last.given, last.term, terms.make("no_end", Sort.DAY))
    if since is not None:
        where = terms.both(where, terms.compare(end, ">=", since.term))
        start = terms.greater(start, since.term)

    def part(name: str, sort: Sort) -> Term:
        args = (where, start, end, on)
        return terms.aggregate(Agg.BLOCKS, service.binder, args, sort=sort, part=name)

    def later(day: Term, number: Term) -> Term:
        return terms.make("later_by", Sort.DAY, (day, number))

    blocks, served = part("blocks", Sort.INT), part("days", Sort.INT)
    begins = part("start", Sort.DAY)
    complete_on = terms.make("moved", Sort.DAY, (begins,), Moving("served", rule))
    in_one = terms.compare(complete_on, "<=", later(begins, served))
    needed = terms.param(Param("days_needed", rule), Sort.INT)
    by_days = terms.compare(served, ">=", needed)
    one = terms.compare(blocks, "==", terms.whole(1))
    some = terms.compare(terms.whole(1), "<=", blocks)
    would_be = terms.select(one, complete_on, later(on, terms.sub(needed, served)))
    if rule.complete_on_last_day:
        would_be = later(would_be, terms.whole(-1))
    return terms.both(some, terms.select(one, in_one, by_days)), some, would_be
