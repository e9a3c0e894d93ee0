"""Rules: truths of a complete dossier."""

from __future__ import annotations

import z3

from tiaoli.facts.kinds import NONE
from tiaoli.proofs.reading import RULES, Reading, Row, SlotRow
from tiaoli.proofs.service import served
from tiaoli.proofs.symbols import (
    ORDERS,
    Listed,
    Quantity,
    Symbol,
    Truth,
    added,
    at_least,
    choose,
    conj,
    disj,
    equal,
    exact,
    implies,
    neg,
    product,
)
from tiaoli.rules.amounts import Amount, AmountNode, Count
from tiaoli.rules.citation import ClauseAmount, ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.cohorts import Share
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
    Value,
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


def _constant(_reading: Reading, rule: Constant, _row: Row | None) -> Truth:
    return rule.met


def _all_of(reading: Reading, rule: AllOf, row: Row | None) -> Truth:
    return conj(reading.truth(part, row) for part in rule.rules)


def _any_of(reading: Reading, rule: AnyOf, row: Row | None) -> Truth:
    return disj(reading.truth(part, row) for part in rule.rules)


def _at_least_of(reading: Reading, rule: AtLeastOf, row: Row | None) -> Truth:
    met = added(choose(reading.truth(part, row), 1, 0) for part in rule.rules)
    return at_least(met, rule.number)


def _not(reading: Reading, rule: Not, row: Row | None) -> Truth:
    return neg(reading.truth(rule.rule, row))


def _waived_by(reading: Reading, rule: WaivedBy, row: Row | None) -> Truth:
    return disj((reading.truth(rule.rule, row), reading.truth(rule.waiver, row)))


def _inner(
    reading: Reading, rule: ClauseRule | Named | ShownBy | ToldIfMet | Presumed, row: Row | None
) -> Truth:
    return reading.truth(rule.rule, row)


def _compare(reading: Reading, rule: Compare, row: Row | None) -> Truth:
    sides = (rule.left, rule.right)
    if not any(isinstance(side, AmountNode) for side in sides):
        left, right = (reading.value(side, row) for side in sides)
        given = neg(disj((left.absent, right.absent)))
        return conj((given, ORDERS[rule.op](left.term, right.term)))
    absent = disj(reading.value(s, row).absent for s in sides if not isinstance(s, AmountNode))
    one, other = _without_division(reading, *sides, row)
    found = ORDERS[rule.op](one.term, other.term)
    stated = conj((one.stated, other.stated, one.known, other.known))
    if stated is not True:
        unknown = reading.world.fresh("an amount is compared that may be open", z3.BoolSort())
        reading.world.certain.append(implies(_is_asked(reading, row), stated))
        if not isinstance(stated, bool):
            reading.world.wishes.append((80, stated))
        found = disj((conj((stated, found)), conj((neg(stated), unknown))))
    return conj((neg(absent), found))


def _without_division(
    reading: Reading, left: Value, right: Value, row: Row | None
) -> tuple[Quantity, Quantity]:
    """The two amounts; a share of a whole is held against a number without dividing by it."""
    sides = (_bare(left), _bare(right))
    for share, number, turned in ((*sides, False), (*reversed(sides), True)):
        if isinstance(share, Share) and isinstance(number, Amount):
            part, whole = reading.amount(share.part, row), reading.amount(share.whole, row)
            stated = conj((part.stated, whole.stated, neg(equal(whole.term, 0))))
            known = conj((part.known, whole.known))
            of_part = Quantity(product(100, part.term), stated, known)
            of_whole = Quantity(product(exact(number.value), whole.term))
            return (of_whole, of_part) if turned else (of_part, of_whole)
    return reading.amount(left, row), reading.amount(right, row)


def _bare(amount: Value) -> Value:
    while isinstance(amount, ClauseAmount):
        amount = amount.amount
    return amount


def _is_asked(reading: Reading, row: Row | None) -> Truth:
    """The record in hand is there, and it is its turn."""
    there = reading.present(row.slot) if isinstance(row, SlotRow) else True
    return conj((reading.turn_taken, there))


def _is_absent(reading: Reading, rule: IsAbsent, row: Row | None) -> Truth:
    return reading.any_value(rule.value, row).absent


def _is_one_of(reading: Reading, rule: IsOneOf, row: Row | None) -> Truth:
    found = reading.value(rule.value, row)
    codes = reading.world.codes
    named = [
        found.absent if option is NONE else conj((neg(found.absent), equal(found.term, code)))
        for option in rule.options
        for code in [0 if option is NONE else codes.of(option)]
    ]
    return disj(named)


def _includes(reading: Reading, rule: Includes, row: Row | None) -> Truth:
    found = reading.listed(rule.value, row)
    codes = reading.world.codes
    return conj((neg(found.absent), *(found.holds(codes.of(option)) for option in rule.options)))


def _contains(reading: Reading, rule: Contains, row: Row | None) -> Truth:
    found = reading.value(rule.value, row)
    codes = reading.world.codes.containing(rule.text)
    return conj((neg(found.absent), disj(equal(found.term, code) for code in codes)))


def _within(reading: Reading, rule: Within, row: Row | None) -> Truth:
    day, first, last = (reading.value(v, row) for v in (rule.day, rule.start, rule.end))
    given = neg(disj((day.absent, first.absent, last.absent)))
    opens = ORDERS[">" if rule.exclusive else ">="](day.term, first.term)
    return conj((given, opens, at_least(last.term, day.term)))


def _judged(reading: Reading, rule: Judged, _row: Row | None) -> Truth:
    return reading.world.ruling(rule.clause)


def _any_record(reading: Reading, rule: AnyRecord, _row: Row | None) -> Truth:
    return exists(reading, rule.records)


def exists(reading: Reading, of: Records) -> Truth:
    """
    A set that is not empty has its own example among the records, so that the solver need not look
    for one; every other record in the set still makes it true.
    """
    found = reading.members(of)
    shape = reading.shapes.of(of)
    needs = reading.needs.get(of.kind.name)
    number = None if needs is None else needs.sets.get(shape)
    if number is None or number >= len(found) or of.kind.name in reading.world.narrowed:
        return disj(truth for _, truth in found)
    if reading.state.name or reading.is_a_turn:
        return disj(truth for _, truth in found)
    if shape not in reading.examples:
        example = found[number][1]
        reading.examples[shape] = example
        reading.world.constraints += [
            truth
            for truth in (implies(other, example) for _, other in found if other is not example)
            if not isinstance(truth, bool)
        ]
    return reading.examples[shape]


def _every(reading: Reading, rule: Every, _row: Row | None) -> Truth:
    return conj(
        implies(truth, reading.truth(rule.rule, SlotRow(reading, slot)))
        for slot, truth in reading.members(rule.records)
    )


def _related(reading: Reading, rule: Related, row: Row | None) -> Truth:
    assert row is not None, "related() is asked of a record"
    own = [reading.any_value(mine, row) for mine, _ in rule.pairs]
    found = []
    for slot, truth in reading.members(rule.others):
        other = SlotRow(reading, slot)
        agreed = [
            _agrees(mine, reading.any_value(theirs, other))
            for mine, (_, theirs) in zip(own, rule.pairs, strict=True)
        ]
        found.append(conj((truth, *agreed)))
    return disj(found)


def _agrees(mine: Symbol | Listed, other: Symbol | Listed) -> Truth:
    given = neg(disj((mine.absent, other.absent)))
    if isinstance(mine, Listed):
        assert isinstance(other, Symbol), "two lists do not agree on an item"
        return conj((given, mine.holds(other.term)))
    if isinstance(other, Listed):
        return conj((given, other.holds(mine.term)))
    return conj((given, equal(mine.term, other.term)))


def _during(reading: Reading, rule: During, row: Row | None) -> Truth:
    day, kind = reading.value(rule.day, row), rule.records.kind
    found = []
    for slot, truth in reading.members(rule.records):
        first = reading.attribute(slot, kind.happens or "")
        last = reading.attribute(slot, kind.ends or "")
        assert isinstance(first, Symbol)
        assert isinstance(last, Symbol)
        begun = conj((neg(first.absent), neg(day.absent), at_least(day.term, first.term)))
        running = conj((neg(day.absent), at_least(last.term, day.term)))
        found.append(conj((truth, begun, disj((last.absent, running)))))
    return disj(found)


def _different_events(reading: Reading, rule: FromDifferentEvents, _row: Row | None) -> Truth:
    """Hall's condition: any group of sets has at least as many events among them as sets."""
    groups = [
        tuple(one for i, one in enumerate(rule.sets) if mask >> i & 1)
        for mask in range(1, 2 ** len(rule.sets))
    ]
    return conj(
        at_least(reading.amount(Count(Union(group), (rule.event,) * len(group))).term, len(group))
        for group in groups
    )


def _served(reading: Reading, rule: Served, _row: Row | None) -> Truth:
    return served(reading, rule)


RULES.update(
    {
        Constant: _constant,
        AllOf: _all_of,
        AnyOf: _any_of,
        AtLeastOf: _at_least_of,
        Not: _not,
        WaivedBy: _waived_by,
        ClauseRule: _inner,
        Named: _inner,
        ShownBy: _inner,
        ToldIfMet: _inner,
        Presumed: _inner,
        Compare: _compare,
        IsAbsent: _is_absent,
        IsOneOf: _is_one_of,
        Includes: _includes,
        Contains: _contains,
        Within: _within,
        During: _during,
        Judged: _judged,
        Related: _related,
        Every: _every,
        AnyRecord: _any_record,
        FromDifferentEvents: _different_events,
        Served: _served,
    }
)
