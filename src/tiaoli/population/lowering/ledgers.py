"""What ledgers come to as terms: what each record counts, in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tiaoli.population.lowering.amounts import number_in_text
from tiaoli.population.lowering.days import BESIDE, renamed
from tiaoli.population.lowering.lookup import Bounds, Lowering, Scope, Truth, lowers
from tiaoli.population.terms import Agg, Rows, Sort, Term
from tiaoli.rules.expressions import Value
from tiaoli.rules.ledgers import Cap, Ledger, Once, Portion


@lowers(Portion)
def _portion(node: Portion, into: Lowering, scope: Scope) -> Bounds:
    terms, found = into.terms, into.amount(node.amount, scope)
    pooled = scope.sums.get(id(node))
    before, known = (terms.whole(0), terms.boolean(True)) if pooled is None else pooled
    share = terms.sub(_steps(terms.add(before, found.low), node, into), _steps(before, node, into))
    low, high = _steps(found.low, node, into), _steps(found.high, node, into)
    step = number_in_text(node.step, into) if node.pooled else terms.whole(0)
    if node.up:
        low = terms.greater(terms.whole(0), terms.sub(low, step))
    else:
        high = terms.add(high, step)
    is_exact = terms.both(known, into.exact(found))
    return Bounds(
        found.stated,
        terms.select(is_exact, share, low),
        terms.select(is_exact, share, high),
        found.limited,
    )


def _steps(number: Term, node: Portion, into: Lowering) -> Term:
    """In whole steps, rounded down or up."""
    terms = into.terms
    step = number_in_text(node.step, into)
    each = terms.mul(number_in_text(node.each, into), step)
    whole = terms.floordiv(number, each)
    if node.up:
        short = terms.compare(terms.mul(whole, each), "<", number)
        whole = terms.add(whole, terms.number_of(short))
    return terms.mul(whole, step)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One record of a ledger, and the order in which it takes its turn."""

    binder: Rows
    inner: Scope
    member: Truth
    later: Term  # it comes after those that go first
    day: Term
    settled: Term  # whether it is certain when the turn of each is
    more: Term


@lowers(Ledger)
def _ledger(node: Ledger, into: Lowering, scope: Scope) -> Bounds:
    terms = into.terms
    turn = _turn_of(node, into, scope)
    sums = {
        id(part): _before(part, turn, into)
        for part in node.raw.walk()
        if isinstance(part, Portion) and part.pooled
    }
    inner = replace(turn.inner, sums=sums)
    raw, factor = into.amount(node.raw, inner), into.amount(node.factor, inner)
    added = into.truth(node.within, inner)
    room, most, room_known = _room(node.caps, into, inner)
    single, highest, single_known = _single(node.once, into, inner)
    pool, pool_known = _pool(node, into, inner)
    known = terms.both(room_known, single_known, pool_known, turn.settled)
    scale = max(raw.low.scale, raw.high.scale, most.scale)
    times = max(factor.low.scale, factor.high.scale)
    args = (
        turn.member.possible,
        turn.member.met,
        added.met,
        added.possible,
        terms.scaled(raw.low, scale),
        terms.scaled(raw.high, scale),
        raw.limited,
        terms.scaled(factor.low, times),
        terms.scaled(factor.high, times),
        factor.limited,
        terms.scaled(most, scale if node.cap_first else scale + times),
        highest,
        known,
        turn.later,
        turn.day,
        turn.more,
        *room,
        *single,
        *pool,
        _step(node, scale + times, into),
    )
    order = "cap_first" if node.cap_first else "factor_first"
    widths = f"{len(room)}:{len(single)}:{len(pool)}"

    def part(name: str, sort: Sort = Sort.INT) -> Term:
        about = f"{name}:{order}:{widths}:{times}"
        decimals = scale + times if sort is Sort.INT else 0
        return terms.aggregate(Agg.LEDGER, turn.binder, args, sort=sort, scale=decimals, part=about)

    limited = terms.both(part("limited", Sort.BOOL), terms.neg(turn.more))
    return Bounds(terms.boolean(True), part("low"), part("high"), limited)


def _turn_of(node: Ledger, into: Lowering, scope: Scope) -> _Turn:
    terms = into.terms
    binder, inner, member = into.members(node.records, scope)
    day, first = into.value(node.day, inner), into.truth(node.first, inner)
    sure = terms.both(day.known, terms.either(first.met, terms.neg(first.possible)))
    settled = terms.every_row(binder, member.possible, sure)
    dated = terms.select(day.given, day.term, terms.make("no_end", Sort.DAY))
    more = into.is_open(node.records)
    return _Turn(binder, inner, member, terms.neg(first.met), dated, settled, more)


def _before(pool: Portion, turn: _Turn, into: Lowering) -> tuple[Term, Term]:
    """What the records before this one that it shares its steps with add up to, if it is known."""
    terms = into.terms
    each = into.amount(pool.amount, turn.inner)
    key = [into.value(part, turn.inner) for part in pool.pooled]
    key_known = terms.both(*(part.known for part in key))
    alone = terms.neg(terms.both(*(part.given for part in key)))
    exact = terms.both(turn.member.met, turn.settled, each.stated, into.exact(each))
    beside = Rows(turn.binder.kind, turn.binder.level + BESIDE)
    their_row = terms.row(beside)

    def theirs(term: Term) -> Term:
        return renamed(into, term, {turn.binder: their_row})

    same = [terms.compare(part.term, "==", theirs(part.term)) for part in key]
    together = terms.both(terms.neg(alone), theirs(terms.neg(alone)), *same)
    earlier = terms.both(theirs(turn.member.possible), _comes_before(turn, beside, into))
    before = terms.both(earlier, theirs(key_known), together)
    added = terms.fold_rows(Agg.SUM, beside, before, theirs(each.low))
    spoilt = terms.either(
        terms.both(earlier, theirs(terms.neg(key_known))),
        terms.both(before, theirs(terms.neg(exact))),
    )
    known = terms.both(
        key_known, turn.settled, terms.neg(turn.more), terms.neg(terms.any_row(beside, spoilt))
    )
    return added, known


def _comes_before(turn: _Turn, beside: Rows, into: Lowering) -> Term:
    terms, mine = into.terms, turn.inner.row
    assert mine is not None
    their_row = terms.row(beside)
    later, day = (renamed(into, term, {turn.binder: their_row}) for term in (turn.later, turn.day))
    one, other = (terms.make("row_number", Sort.INT, (row,)) for row in (their_row, mine))
    sooner = terms.either(
        terms.compare(day, "<", turn.day),
        terms.both(terms.compare(day, "==", turn.day), terms.compare(one, "<", other)),
    )
    same_turn = terms.either(
        terms.both(later, turn.later), terms.both(terms.neg(later), terms.neg(turn.later))
    )
    return terms.either(terms.both(terms.neg(later), turn.later), terms.both(same_turn, sooner))


def _room(caps: tuple[Cap, ...], into: Lowering, inner: Scope) -> tuple[list[Term], Term, Term]:
    """The first cap that the record falls under: its number, its key, how much it holds."""
    terms = into.terms
    found = [(into.truth(cap.of, inner), cap.by, number_in_text(cap.most, into)) for cap in caps]
    most: Term = terms.whole(0)
    for truth, _, holds in reversed(found):
        most = terms.select(truth.met, holds, most)
    key, known = _first_key([(truth, by) for truth, by, _ in found], into, inner)
    return key, most, known


def _single(once: tuple[Once, ...], into: Lowering, inner: Scope) -> tuple[list[Term], Term, Term]:
    """
    The first group of which only one counts that the record belongs to, its key, and whether that
    one is the highest and not the earliest.
    """
    terms = into.terms
    found = [into.truth(one.of, inner) for one in once]
    highest = terms.boolean(False)
    for truth, one in reversed(list(zip(found, once, strict=True))):
        highest = terms.select(truth.met, terms.boolean(one.highest), highest)
    groups = [(truth, one.by) for truth, one in zip(found, once, strict=True)]
    key, known = _first_key(groups, into, inner)
    return key, highest, known


def _pool(node: Ledger, into: Lowering, inner: Scope) -> tuple[list[Term], Term]:
    """With which others what a record counts is truncated, and whether that is known."""
    if node.step is None or not node.pooled:
        return [into.terms.whole(-1), into.terms.boolean(False)], into.terms.boolean(True)
    return _first_key([(into.known(True), node.pooled)], into, inner)


def _step(node: Ledger, scale: int, into: Lowering) -> Term:
    """To what is truncated, in units of what is counted; 0 where nothing is."""
    terms = into.terms
    return (
        terms.whole(0)
        if node.step is None
        else terms.scaled(number_in_text(node.step, into), scale)
    )


def _first_key(
    found: list[tuple[Truth, tuple[Value, ...]]], into: Lowering, inner: Scope
) -> tuple[list[Term], Term]:
    """
    The number of the first that is met (-1: none), whether the record is alone in it, and the
    values by which it goes with others; and whether all of that is known.

    A record without one of the values is by itself.
    """
    terms = into.terms
    none, known = terms.whole(-1), terms.boolean(True)
    number, alone = none, terms.boolean(False)
    width = max((len(by) for _, by in found), default=0)
    values = [pair for at in range(width) for pair in _values_at(at, found, into, inner)]
    for at, (truth, by) in reversed(list(enumerate(found))):
        parts = [into.value(part, inner) for part in by]
        all_known = terms.both(*(part.known for part in parts))
        all_given = terms.both(*(part.given for part in parts))
        unsure = terms.both(truth.possible, terms.neg(truth.met))
        number = terms.select(truth.met, terms.whole(at), terms.select(unsure, none, number))
        alone = terms.select(truth.met, terms.neg(all_given), alone)
        decided = terms.both(terms.neg(unsure), known)
        known = terms.select(truth.met, all_known, decided)
    return [number, alone, *(term for pair in values for term in pair)], known


def _values_at(
    at: int, found: list[tuple[Truth, tuple[Value, ...]]], into: Lowering, inner: Scope
) -> list[tuple[Term, Term]]:
    """
    The value with this number of the first that is met, and whether it has so many: a pair for
    each sort, as a number and a text do not stand in one column.
    """
    mine = {
        number: keyed(into.value(by[at], inner).term, into)
        for number, (_, by) in enumerate(found)
        if at < len(by)
    }
    sorts = dict.fromkeys(term.sort for term in mine.values())
    return [_value_of(sort, mine, [truth for truth, _ in found], into) for sort in sorts]


def _value_of(
    sort: Sort, mine: dict[int, Term], truths: list[Truth], into: Lowering
) -> tuple[Term, Term]:
    terms = into.terms
    of_sort = {number: term for number, term in mine.items() if term.sort is sort}
    has, value = terms.boolean(False), next(iter(of_sort.values()))
    for number, truth in reversed(list(enumerate(truths))):
        has = terms.select(truth.met, terms.boolean(number in of_sort), has)
        if number in of_sort:
            value = terms.select(truth.met, of_sort[number], value)
    return has, value


def keyed(term: Term, into: Lowering) -> Term:
    """As a number or a text, so that the keys of different caps stand in one column."""
    if term.sort is Sort.DAY:
        return into.terms.make("day_number", Sort.INT, (term,))
    return into.terms.as_text(term)
