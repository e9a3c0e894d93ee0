"""What amounts come to as terms: ranges of what is certain and what is possible."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tiaoli.population.lowering.lookup import Bounds, Lowering, Scope, Truth, Val, lowers
from tiaoli.population.terms import Agg, Param, Rows, Sort, Term
from tiaoli.rules.amounts import (
    Amount,
    Capped,
    Count,
    Excess,
    GroupedSum,
    HowMany,
    NotStated,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount
from tiaoli.rules.cohorts import KnownIf, Share, YearOf
from tiaoli.rules.ledgers import ListLength
from tiaoli.rules.records import Records, Union
from tiaoli.rules.timetables import Elapsed


def decimals_of(number: int | Decimal) -> int:
    """How many decimals a number of the text has."""
    if isinstance(number, int):
        return 0
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number_in_text(node: Amount, into: Lowering) -> Term:
    return into.terms.param(Param("amount", node, decimals_of(node.value)), Sort.INT)


@lowers(Amount)
def _amount(node: Amount, into: Lowering, _scope: Scope) -> Bounds:
    return into.exactly(number_in_text(node, into))


@lowers(HowMany)
def _how_many(node: HowMany, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    truths = [into.truth(rule, scope) for rule in node.rules]
    yes = terms.boolean(True)
    low = terms.add(*(terms.number_of(truth.met) for truth in truths))
    high = terms.add(*(terms.number_of(truth.possible) for truth in truths))
    return Bounds(yes, low, high, yes)


@lowers(NotStated)
def _not_stated(_node: NotStated, into: Lowering, _scope: Scope) -> Bounds:
    no, zero = into.terms.boolean(False), into.terms.whole(0)
    return Bounds(no, zero, zero, no)


@lowers(ClauseAmount)
def _clause_amount(node: ClauseAmount, into: Lowering, scope: Scope) -> Bounds:
    return into.amount(node.amount, scope)


# Counting


@lowers(Count)
def _count(node: Count, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    sets = node.records.sets if isinstance(node.records, Union) else (node.records,)
    found = [_counted(of, node, number, into, scope) for number, of in enumerate(sets)]  # type: ignore[arg-type]  # records
    low, high = (_distinct(found, part, into) for part in ("met", "possible"))
    limited = terms.neg(into.is_open(node.records))
    alone = _any_of(found, into)
    one_more = terms.number_of(terms.both(alone, terms.compare(low, "==", terms.whole(0))))
    certain = terms.add(low, _alone(found, "met", into), one_more)
    unnamed = _unnamed(found, into)
    possible = terms.add(high, _alone(found, "possible", into), unnamed)
    return Bounds(terms.boolean(True), certain, possible, limited)


class _Counted:
    """The records of one set: in it or not, and the key by which they are told apart."""

    def __init__(self, binder: Rows, member: Truth, key: tuple[Val, ...]) -> None:
        self.binder = binder
        self.member = member
        self.key = key


def _counted(of: Records, node: Count, number: int, into: Lowering, scope: Scope) -> _Counted:
    binder, inner, member = into.members(of, scope)
    if not node.distinct:
        return _Counted(binder, member, ())
    names = [node.distinct[number], *([node.within] if node.within else [])]
    key = tuple(into.attribute(of.kind, name, inner.row) for name in names)
    return _Counted(binder, member, key)


def _named(one: _Counted, into: Lowering) -> tuple[Term, Term, Term]:
    """Whether the key is given, whether there is none, and whether it is not known."""
    terms = into.terms
    if not one.key:
        return terms.boolean(False), terms.boolean(True), terms.boolean(False)
    first, *within = one.key
    inside = terms.both(*(part.known for part in within))
    none = terms.both(first.known, terms.neg(first.given))
    given = terms.both(first.given, inside)
    return given, none, terms.neg(terms.either(none, given))


def _distinct(found: Sequence[_Counted], part: str, into: Lowering) -> Term:
    """How many different keys there are among those that are in a set."""
    terms = into.terms
    if not any(one.key for one in found):
        return terms.whole(0)
    args: list[Term] = []
    for one in found:
        taken = terms.both(getattr(one.member, part), _named(one, into)[0])
        args += [taken, *_key_parts(one.key, into)]
    binders = tuple(one.binder for one in found)
    return terms.aggregate(Agg.DISTINCT, binders, args)


def _key_parts(key: tuple[Val, ...], into: Lowering) -> list[Term]:
    """Comparable across kinds; what is none is a key of its own inside another."""
    parts: list[Term] = [into.terms.as_text(key[0].term)]
    for part in key[1:]:
        parts += [part.given, into.terms.as_text(part.term)]
    return parts


def _alone(found: Sequence[_Counted], part: str, into: Lowering) -> Term:
    """How many records have no key; one that is in two of the sets is one record."""
    terms = into.terms
    by_binder: dict[Rows, list[Term]] = {}
    for one in found:
        none = _named(one, into)[1]
        by_binder.setdefault(one.binder, []).append(terms.both(getattr(one.member, part), none))
    counts = [terms.count_rows(b, terms.either(*where)) for b, where in by_binder.items()]
    return terms.add(*counts)


def _any_of(found: Sequence[_Counted], into: Lowering) -> Term:
    """Whether a record that is certainly in a set has a key that is not known."""
    terms = into.terms
    unnamed = [
        terms.any_row(one.binder, terms.both(one.member.met, _named(one, into)[2])) for one in found
    ]
    return terms.either(*unnamed)


def _unnamed(found: Sequence[_Counted], into: Lowering) -> Term:
    """How many records may be in a set and have a key that is not known."""
    terms = into.terms
    by_binder: dict[Rows, list[Term]] = {}
    for one in found:
        unnamed = terms.both(one.member.possible, _named(one, into)[2])
        by_binder.setdefault(one.binder, []).append(unnamed)
    return terms.add(*(terms.count_rows(b, terms.either(*w)) for b, w in by_binder.items()))


# Adding up


@lowers(Sum)
def _sum(node: Sum, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    binder, inner, member = into.members(node.records, scope)
    each = into.amount(node.value, inner)
    stated = terms.every_row(binder, member.possible, each.stated)
    limited = terms.every_row(binder, member.possible, each.limited)
    low = terms.fold_rows(Agg.SUM, binder, member.met, each.low)
    high = terms.fold_rows(Agg.SUM, binder, member.possible, each.high)
    return Bounds(stated, low, high, terms.both(limited, terms.neg(into.is_open(node.records))))


@lowers(GroupedSum)
def _grouped_sum(node: GroupedSum, into: Lowering, scope: Scope) -> Bounds:
    """Records whose group is not known add the least if they all belong to the greatest group."""
    terms = into.terms
    binder, inner, member = into.members(node.records, scope)
    each = into.amount(node.value, inner)
    key = into.attribute(node.records.kind, node.by, inner.row)
    cap = None if node.cap is None else number_in_text(node.cap, into)
    stated = terms.every_row(binder, member.possible, each.stated)
    certain = terms.both(member.met, key.known)
    total, best = (
        _grouped(how, (binder, certain), key, (each.low, cap), into)
        for how in (Agg.GROUPS_TOTAL, Agg.GROUPS_BEST)
    )
    elsewhere = terms.both(member.met, terms.neg(key.known))
    fold = Agg.GREATEST if cap is None else Agg.SUM
    others = terms.fold_rows(fold, binder, elsewhere, each.low)
    if cap is None:
        with_others = terms.greater(best, others)
    else:
        with_others = terms.smaller(cap, terms.add(best, others))
    low = terms.add(terms.sub(total, best), with_others)
    limited = terms.neg(into.is_open(node.records))
    high_each = each.high
    if cap is None:
        limited = terms.both(limited, terms.every_row(binder, member.possible, each.limited))
    else:
        high_each = terms.select(each.limited, each.high, cap)
    high = _grouped(Agg.GROUPS_TOTAL, (binder, member.possible), key, (high_each, cap), into)
    return Bounds(stated, low, high, limited)


def _grouped(
    how: Agg,
    taken: tuple[Rows, Term],
    key: Val,
    values: tuple[Term, Term | None],
    into: Lowering,
) -> Term:
    """
    Over the groups of one key: the greatest of each, or its sum up to ``cap``; added up, or the
    best of them. A record without a key is a group.
    """
    terms, (binder, where), (value, cap) = into.terms, taken, values
    value = value if cap is None else terms.alike(value, cap)[0]
    most = [] if cap is None else [terms.alike(value, cap)[1]]
    args = (where, value, key.given, terms.as_text(key.term), *most)
    part = "greatest" if cap is None else "capped"
    return terms.aggregate(how, binder, args, scale=value.scale, part=part)


@lowers(Total)
def _total(node: Total, into: Lowering, scope: Scope) -> Bounds:
    terms, found = into.terms, [into.amount(part, scope) for part in node.amounts]
    return Bounds(
        terms.both(*(one.stated for one in found)),
        terms.add(*(one.low for one in found)),
        terms.add(*(one.high for one in found)),
        terms.both(*(one.limited for one in found)),
    )


@lowers(Capped)
def _capped(node: Capped, into: Lowering, scope: Scope) -> Bounds:
    terms, found = into.terms, into.amount(node.amount, scope)
    cap = number_in_text(node.cap, into)
    high = terms.select(found.limited, terms.smaller(found.high, cap), cap)
    return Bounds(found.stated, terms.smaller(found.low, cap), high, terms.boolean(True))


@lowers(Times)
def _times(node: Times, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    each, number = into.amount(node.amount, scope), into.amount(node.number, scope)
    return Bounds(
        terms.both(each.stated, number.stated),
        terms.mul(each.low, number.low),
        terms.mul(each.high, number.high),
        terms.both(each.limited, number.limited),
    )


@lowers(Excess)
def _excess(node: Excess, into: Lowering, scope: Scope) -> Bounds:
    terms, zero = into.terms, into.terms.whole(0)
    found, over = into.amount(node.amount, scope), into.amount(node.over, scope)
    low = terms.select(over.limited, terms.greater(zero, terms.sub(found.low, over.high)), zero)
    high = terms.greater(zero, terms.sub(found.high, over.low))
    return Bounds(terms.both(found.stated, over.stated), low, high, found.limited)


@lowers(Elapsed)
def _elapsed(node: Elapsed, into: Lowering, scope: Scope) -> Bounds:
    terms, zero = into.terms, into.terms.whole(0)
    start, end = into.value(node.start, scope), into.value(node.end, scope)
    none = terms.either(*(terms.both(one.known, terms.neg(one.given)) for one in (start, end)))
    given = terms.both(start.given, end.given)
    between = terms.make("minutes_between", Sort.INT, (start.term, end.term))
    number = terms.select(given, between, zero)
    return Bounds(terms.boolean(True), number, number, terms.either(none, given))


@lowers(ListLength)
def _list_length(node: ListLength, into: Lowering, scope: Scope) -> Bounds:
    found = into.value(node.value, scope)
    length = into.terms.make("length", Sort.INT, (found.term,))
    return into.range_of(Val(found.known, found.given, length))


@lowers(YearOf)
def _year_of(node: YearOf, into: Lowering, scope: Scope) -> Bounds:
    found = into.value(node.day, scope)
    year = into.terms.make("year_of", Sort.INT, (found.term,))
    return into.range_of(Val(found.known, found.given, year))


@lowers(KnownIf)
def _known_if(node: KnownIf, into: Lowering, scope: Scope) -> Bounds:
    met = into.truth(node.rule, scope).met
    return into.either_range(met, into.amount(node.amount, scope), into.no_limit())


_PERCENT_DECIMALS = 6


@lowers(Share)
def _share(node: Share, into: Lowering, scope: Scope) -> Bounds:
    terms, zero = into.terms, into.terms.whole(0)
    part, whole = into.amount(node.part, scope), into.amount(node.whole, scope)
    nothing = terms.both(whole.limited, terms.compare(whole.high, "==", zero))
    stated = terms.both(part.stated, whole.stated, terms.neg(nothing))
    low = terms.select(whole.limited, percent(part.low, whole.high, into), zero)
    some = terms.compare(whole.low, ">", zero)
    high = percent(part.high, whole.low, into)
    return Bounds(stated, low, high, terms.both(part.limited, some))


def percent(part: Term, whole: Term, into: Lowering) -> Term:
    """``part`` of ``whole`` in percent, truncated after six decimals; of nothing, nothing."""
    terms = into.terms
    part, whole = terms.alike(part, whole)
    times = terms.mul(part, terms.whole(100 * 10**_PERCENT_DECIMALS))
    return divided(times, whole, _PERCENT_DECIMALS, into)


def divided(one: Term, by: Term, scale: int, into: Lowering) -> Term:
    """``one`` over ``by`` rounded down, taken as a number with ``scale`` decimals."""
    terms, zero = into.terms, into.terms.whole(0)
    some = terms.compare(by, ">", zero)
    safe = terms.select(some, by, terms.scaled(terms.whole(1), by.scale))
    quotient = terms.make("floordiv", Sort.INT, terms.alike(one, safe), scale=scale)
    return terms.select(some, quotient, terms.scaled(zero, scale))


@lowers(Table)
def _table(node: Table, into: Lowering, scope: Scope) -> Bounds:
    rows = [(into.truth(rule, scope), into.amount(result, scope)) for rule, result in node.rows]
    otherwise = into.amount(node.otherwise, scope)
    if node.in_order:
        return _first_row(rows, otherwise, into)
    terms = into.terms
    met = terms.either(*(truth.met for truth, _ in rows))
    unsure = [_unsure(truth, into) for truth, _ in rows]
    spread = [*zip(unsure, (result for _, result in rows), strict=True)]
    undecided = _span_over([*spread, (terms.boolean(True), otherwise)], into)
    any_open = terms.either(*unsure)
    found = into.either_range(any_open, undecided, otherwise)
    chosen = found
    for truth, result in reversed(rows):
        chosen = into.either_range(truth.met, result, chosen)
    return into.either_range(met, chosen, found)


def _unsure(truth: Truth, into: Lowering) -> Term:
    return into.terms.both(truth.possible, into.terms.neg(truth.met))


def _first_row(rows: Sequence[tuple[Truth, Bounds]], otherwise: Bounds, into: Lowering) -> Bounds:
    """The first row that is met; before it, any that is not known may be the one."""
    terms = into.terms
    possible: list[tuple[Term, Bounds]] = []
    none_met = terms.boolean(True)
    for truth, result in rows:
        possible.append((terms.both(none_met, truth.possible), result))
        none_met = terms.both(none_met, terms.neg(truth.met))
    possible.append((none_met, otherwise))
    number = terms.add(*(terms.number_of(may) for may, _ in possible))
    only = possible[-1][1]
    for may, result in reversed(possible[:-1]):
        only = into.either_range(may, result, only)
    one = terms.compare(number, "==", terms.whole(1))
    return into.either_range(one, only, _span_over(possible, into))


def _span_over(found: Sequence[tuple[Term, Bounds]], into: Lowering) -> Bounds:
    """From the least to the greatest of those that may be; without limit if one is not stated."""
    terms = into.terms
    low: Term | None = None
    high: Term | None = None
    any_yet = terms.boolean(False)
    for may, one in found:
        if low is None or high is None:
            low, high = one.low, one.high
        else:
            first = terms.neg(any_yet)
            smaller, greater = terms.smaller(low, one.low), terms.greater(high, one.high)
            low = terms.select(may, terms.select(first, one.low, smaller), low)
            high = terms.select(may, terms.select(first, one.high, greater), high)
        any_yet = terms.either(any_yet, may)
    assert low is not None
    assert high is not None
    stated = terms.both(*(terms.either(terms.neg(may), one.stated) for may, one in found))
    limited = terms.both(*(terms.either(terms.neg(may), one.limited) for may, one in found))
    span = Bounds(terms.boolean(True), low, high, limited)
    return into.either_range(stated, span, into.no_limit())
