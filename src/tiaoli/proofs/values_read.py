"""Values: days, choices and texts of a complete dossier."""

from __future__ import annotations

from datetime import date

from tiaoli.facts.kinds import Attribute, Type
from tiaoli.proofs.exactly import FIRST_DAY
from tiaoli.proofs.reading import VALUES, Reading, Row, SlotRow
from tiaoli.proofs.symbols import (
    Listed,
    Number,
    Symbol,
    Truth,
    above,
    added,
    at_least,
    choose,
    conj,
    disj,
    either,
    equal,
    neg,
    negative,
)
from tiaoli.proofs.world import MINUTES, Slot
from tiaoli.rules.amounts import ReachedOn
from tiaoli.rules.citation import ClauseDay
from tiaoli.rules.expressions import AttributeOf
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

NOTHING = Symbol(True, FIRST_DAY)


def _attribute(_reading: Reading, node: AttributeOf, row: Row | None) -> Symbol | Listed:
    assert row is not None, f"{node.name} is asked of a record"
    return row.attribute(node.attribute.name)


def _as_of(reading: Reading, _node: AsOf, _row: Row | None) -> Symbol:
    return Symbol(False, reading.as_of)


def _asked_on(reading: Reading, _node: AskedOn, _row: Row | None) -> Symbol:
    return Symbol(False, reading.asked_on)


def _day_const(_reading: Reading, node: DayConst, _row: Row | None) -> Symbol:
    return Symbol(False, node.day.toordinal())


def _clause_day(reading: Reading, node: ClauseDay, row: Row | None) -> Symbol:
    return reading.value(node.day, row)


def _moved(reading: Reading, node: Moved, row: Row | None) -> Symbol:
    day = reading.value(node.day, row)
    if day.absent is True:
        return day
    return Symbol(day.absent, reading.world.computations.moved_day(day.term, node))


def _days_later(reading: Reading, node: DaysLater, row: Row | None) -> Symbol:
    day, number = reading.value(node.day, row), reading.value(node.number, row)
    later = added((day.term, number.term))
    if not isinstance(later, int):
        reading.world.constraints.append(later <= date.max.toordinal())
    return Symbol(disj((day.absent, number.absent)), later)


def _or_else(reading: Reading, node: OrElse, row: Row | None) -> Symbol:
    day = reading.value(node.day, row)
    return either(neg(day.absent), day, reading.value(node.fallback, row))


def _day_if(reading: Reading, node: DayIf, row: Row | None) -> Symbol:
    return either(reading.truth(node.rule, row), reading.value(node.day, row), NOTHING)


def _day_table(reading: Reading, node: DayTable, row: Row | None) -> Symbol:
    found = NOTHING
    for rule, day in reversed(node.rows):
        found = either(reading.truth(rule, row), reading.value(day, row), found)
    return found


def _one_of_two(reading: Reading, node: OneOfTwo, row: Row | None) -> Symbol:
    one, other = reading.value(node.first, row), reading.value(node.second, row)
    first_wins = at_least(one.term, other.term) if node.later else at_least(other.term, one.term)
    takes_first = disj((other.absent, conj((neg(one.absent), first_wins))))
    return either(takes_first, one, other)


def _day_of(reading: Reading, node: DayOf, row: Row | None) -> Symbol:
    moment = reading.value(node.moment, row)
    if isinstance(moment.term, int):
        told, minute = divmod(moment.term, MINUTES)
        late = node.closes is not None and minute > node.closes.hour * 60 + node.closes.minute
        return Symbol(moment.absent, told + late)
    day = _whole_days(moment.term)
    if node.closes is None:
        return Symbol(moment.absent, day)
    closing = added((_minutes_of(day), node.closes.hour * 60 + node.closes.minute))
    late_by = choose(above(moment.term, closing), 1, 0)
    return Symbol(moment.absent, added((day, late_by)))


def _whole_days(minutes: Number) -> Number:
    """An integer term is divided whole."""
    days: Number = minutes / MINUTES
    return days


def _minutes_of(day: Number) -> Number:
    minutes: Number = day * MINUTES
    return minutes


def _reached_on(reading: Reading, node: ReachedOn, _row: Row | None) -> Symbol:
    """The first of the days by which the values up to it suffice."""
    target = reading.amount(node.target)
    happens = node.records.kind.happens or ""
    entries: list[tuple[Truth, Symbol, Symbol]] = []
    for slot, truth in reading.members(node.records):
        each = reading.value(node.value, SlotRow(reading, slot))
        day = reading.attribute(slot, happens)
        assert isinstance(day, Symbol)
        entries.append((conj((truth, neg(each.absent))), day, each))
    found = NOTHING
    for counts, day, _ in entries:
        by_then = added(
            choose(conj((truth, at_least(day.term, other.term))), each.term, 0)
            for truth, other, each in entries
        )
        suffices = conj((counts, neg(day.absent), at_least(by_then, target.term)))
        sooner = disj((found.absent, at_least(found.term, day.term)))
        found = either(conj((suffices, sooner)), day, found)
    return found


def _picked(reading: Reading, node: Picked, _row: Row | None) -> Symbol | Listed:
    found = reading.members(node.records)
    ranks = [(slot, truth, _rank(reading, slot, node)) for slot, truth in found]
    chosen = [
        (
            slot,
            conj(
                (
                    truth,
                    *(
                        neg(conj((other_truth, _outranks(other_rank, rank, i > j))))
                        for i, (_, other_truth, other_rank) in enumerate(ranks)
                        if i != j
                    ),
                )
            ),
        )
        for j, (slot, truth, rank) in enumerate(ranks)
    ]
    return _of_the_chosen(reading, chosen, node.attribute)


def _rank(reading: Reading, slot: Slot, node: Picked) -> Number:
    day = reading.attribute(slot, node.by.attribute.name)
    assert isinstance(day, Symbol)
    by_day = negative(day.term) if node.earliest else day.term
    return choose(day.absent, -(10**9), by_day)


def _outranks(one: Number, other: Number, is_after: bool) -> Truth:
    return at_least(one, other) if is_after else above(one, other)


def _of_the_chosen(
    reading: Reading, chosen: list[tuple[Slot, Truth]], attribute: Attribute
) -> Symbol | Listed:
    """The attribute of the one record that is chosen; nothing where none is."""
    values = [(truth, reading.attribute(slot, attribute.name)) for slot, truth in chosen]
    if attribute.type in (Type.CHOICES, Type.TEXTS):
        lists = [(truth, value) for truth, value in values if isinstance(value, Listed)]

        def holds(code: Number) -> Truth:
            return disj(conj((truth, value.holds(code))) for truth, value in lists)

        given = disj(conj((truth, neg(value.absent))) for truth, value in lists)
        length = added(choose(truth, value.length, 0) for truth, value in lists)
        return Listed(neg(given), holds, length)
    found = NOTHING
    for truth, value in values:
        assert isinstance(value, Symbol)
        found = either(truth, value, found)
    return found


def _referred(reading: Reading, node: Referred, row: Row | None) -> Symbol | Listed:
    reference = reading.value(node.reference, row)
    codes = reading.world.codes
    named = [
        (
            slot,
            conj(
                (
                    neg(reference.absent),
                    reading.present(slot),
                    equal(reference.term, codes.of(slot.id)),
                )
            ),
        )
        for slot in reading.slots(node.kind)
    ]
    return _of_the_chosen(reading, named, node.attribute)


VALUES.update(
    {
        AttributeOf: _attribute,
        AsOf: _as_of,
        AskedOn: _asked_on,
        DayConst: _day_const,
        ClauseDay: _clause_day,
        Moved: _moved,
        DaysLater: _days_later,
        OrElse: _or_else,
        DayIf: _day_if,
        OneOfTwo: _one_of_two,
        Picked: _picked,
        Referred: _referred,
        DayOf: _day_of,
        DayTable: _day_table,
        ReachedOn: _reached_on,
    }
)
