"""Amounts of a complete dossier: counts, sums, schedules, programmes of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from tiaoli.proofs.reading import AMOUNTS, Reading, Row, SlotRow
from tiaoli.proofs.symbols import (
    Listed,
    Number,
    Quantity,
    Symbol,
    Truth,
    above,
    added,
    choose,
    conj,
    disj,
    equal,
    exact,
    greatest,
    implies,
    least,
    lifted,
    neg,
    negative,
    product,
)
from tiaoli.proofs.world import MINUTES, Slot
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
from tiaoli.rules.ledgers import ListLength, PeriodsIn, Portion
from tiaoli.rules.records import Records, Union
from tiaoli.rules.timetables import EVENING, NOON, Elapsed, PerDay


def _amount(_reading: Reading, node: Amount, _row: Row | None) -> Quantity:
    return Quantity(exact(node.value))


def _not_stated(_reading: Reading, _node: NotStated, _row: Row | None) -> Quantity:
    return Quantity(0, False)


def _clause_amount(reading: Reading, node: ClauseAmount, row: Row | None) -> Quantity:
    return reading.amount(node.amount, row)


# Counting and adding up


@dataclass(frozen=True, slots=True)
class _Entry:
    """
    A record in one of the sets that are counted, with what puts it in a group (None: nothing).
    """

    slot: Slot
    truth: Truth
    key: Symbol | None
    inside: Symbol | None

    def is_alone(self) -> Truth:
        """Without the attribute, or with another one each time it is repeated."""
        if self.key is None:
            return True
        apart: list[Truth] = [self.key.absent, above(0, self.key.term)]
        if self.inside is not None:
            apart.append(conj((neg(self.inside.absent), above(0, self.inside.term))))
        return disj(apart)

    def is_with(self, other: _Entry) -> Truth:
        if self.slot is other.slot:
            # One record in two sets: the same group, unless its attributes differ in name.
            return disj((conj((self._nameless(), other._nameless())), self._agrees(other)))
        return self._agrees(other)

    def _nameless(self) -> Truth:
        return True if self.key is None else self.key.absent

    def _agrees(self, other: _Entry) -> Truth:
        if self.key is None or other.key is None:
            return False
        same = [neg(self.key.absent), neg(other.key.absent), equal(self.key.term, other.key.term)]
        if self.inside is not None and other.inside is not None:
            both = conj((self.inside.absent, other.inside.absent))
            neither = conj((neg(self.inside.absent), neg(other.inside.absent)))
            alike = equal(self.inside.term, other.inside.term)
            same.append(disj((both, conj((neither, alike)))))
        return conj(same)


def _count(reading: Reading, node: Count, _row: Row | None) -> Quantity:
    sets = node.records.sets if isinstance(node.records, Union) else (node.records,)
    entries: list[_Entry] = []
    for index, of in enumerate(sets):
        assert isinstance(of, Records)
        for slot, truth in reading.members(of):
            key = _symbol(reading, slot, node.distinct[index]) if node.distinct else None
            inside = _symbol(reading, slot, node.within) if node.within else None
            entries.append(_Entry(slot, truth, key, inside))
    counted: list[Number] = []
    for index, entry in enumerate(entries):
        repeated = disj(conj((e.truth, entry.is_with(e))) for e in entries[:index])
        weight = choose(entry.is_alone(), reading.times(entry.slot), 1)
        counted.append(choose(conj((entry.truth, neg(repeated))), weight, 0))
    return Quantity(added(counted))


def _symbol(reading: Reading, slot: Slot, name: str) -> Symbol:
    found = reading.attribute(slot, name)
    assert isinstance(found, Symbol), f"{name} is a list"
    return found


def _sum(reading: Reading, node: Sum, _row: Row | None) -> Quantity:
    terms, stated = [], []
    for slot, truth in reading.members(node.records):
        each = reading.amount(node.value, SlotRow(reading, slot))
        terms.append(choose(truth, product(reading.times(slot), each.term), 0))
        stated.append(implies(truth, each.stated))
    return Quantity(added(terms), conj(stated))


def _grouped_sum(reading: Reading, node: GroupedSum, _row: Row | None) -> Quantity:
    entries: list[tuple[_Entry, Quantity]] = []
    for slot, truth in reading.members(node.records):
        each = reading.amount(node.value, SlotRow(reading, slot))
        entries.append((_Entry(slot, truth, _symbol(reading, slot, node.by), None), each))
    cap = None if node.cap is None else exact(node.cap.value)
    terms: list[Number] = []
    for index, (entry, each) in enumerate(entries):
        times = reading.times(entry.slot)
        alone = each.term if cap is None else least([each.term, cap])
        together = [
            (conj((e.truth, entry.is_with(e) if e is not entry else True)), e, q)
            for e, q in entries
        ]
        if cap is None:
            worth = greatest([choose(truth, q.term, 0) for truth, _, q in together])
        else:
            summed = added(
                choose(truth, product(reading.times(e.slot), q.term), 0) for truth, e, q in together
            )
            worth = least([summed, cap])
        repeated = disj(truth for truth, _, _ in together[:index])
        of_group = choose(repeated, 0, worth)
        found = choose(entry.is_alone(), product(times, alone), of_group)
        terms.append(choose(entry.truth, found, 0))
    stated = conj(implies(entry.truth, each.stated) for entry, each in entries)
    return Quantity(added(terms), stated)


# Reckoning with amounts


def _total(reading: Reading, node: Total, row: Row | None) -> Quantity:
    parts = [reading.amount(part, row) for part in node.amounts]
    return Quantity(
        added(p.term for p in parts),
        conj(p.stated for p in parts),
        conj(p.known for p in parts),
    )


def _capped(reading: Reading, node: Capped, row: Row | None) -> Quantity:
    found = reading.amount(node.amount, row)
    return Quantity(least([found.term, exact(node.cap.value)]), found.stated, found.known)


def _times(reading: Reading, node: Times, row: Row | None) -> Quantity:
    each, number = reading.amount(node.amount, row), reading.amount(node.number, row)
    stated, known = conj((each.stated, number.stated)), conj((each.known, number.known))
    return Quantity(product(each.term, number.term), stated, known)


def _excess(reading: Reading, node: Excess, row: Row | None) -> Quantity:
    found, over = reading.amount(node.amount, row), reading.amount(node.over, row)
    left = greatest([0, added((found.term, negative(over.term)))])
    return Quantity(left, conj((found.stated, over.stated)), conj((found.known, over.known)))


def _table(reading: Reading, node: Table, row: Row | None) -> Quantity:
    found = reading.amount(node.otherwise, row)
    for rule, result in reversed(node.rows):
        met, one = reading.truth(rule, row), reading.amount(result, row)
        stated = disj((conj((met, one.stated)), conj((neg(met), found.stated))))
        known = disj((conj((met, one.known)), conj((neg(met), found.known))))
        found = Quantity(choose(met, one.term, found.term), stated, known)
    return found


def _how_many(reading: Reading, node: HowMany, row: Row | None) -> Quantity:
    return Quantity(added(choose(reading.truth(rule, row), 1, 0) for rule in node.rules))


def _portion(reading: Reading, node: Portion, row: Row | None) -> Quantity:
    found = reading.amount(node.amount, row)
    before = getattr(row, "before", None)
    if not node.pooled or before is None:
        return Quantity(steps(reading, found.term, node), found.stated)
    earlier: Number = before(node)
    reached = steps(reading, added((earlier, found.term)), node)
    already = steps(reading, earlier, node)
    return Quantity(added((reached, negative(already))), found.stated)


def steps(reading: Reading, number: Number, node: Portion) -> Number:
    """The amount in whole steps of the portion."""
    each = Fraction(node.each.value) * Fraction(node.step.value)
    step = Fraction(node.step.value)
    if isinstance(number, int | Fraction):
        whole = -(-number // each) if node.up else number // each
        return exact(whole * step)
    known = reading.world.computations.known
    key = ("steps", number.get_id(), each, node.up)
    if key not in known:
        known[key] = _free_steps(reading, number, exact(each), up=node.up)
        reading.world.computations.kept.append(number)
    return product(known[key], exact(step))


def _free_steps(reading: Reading, number: Any, each: int | Fraction, *, up: bool) -> Any:
    steps_taken = z3.FreshInt("steps")
    unit = lifted(each)
    done = steps_taken * unit
    if up:
        reading.world.constraints += [done >= number, done - unit < number]
    else:
        reading.world.constraints += [done <= number, number < done + unit]
    return steps_taken


def _periods_in(reading: Reading, node: PeriodsIn, row: Row | None) -> Quantity:
    start, end = reading.value(node.start, row), reading.value(node.end, row)
    absent = disj((start.absent, end.absent))
    if absent is True:
        return Quantity(0)
    often = reading.world.computations.how_often(start.term, end.term, node.period)
    return Quantity(choose(absent, 0, often))


def _list_length(reading: Reading, node: ListLength, row: Row | None) -> Quantity:
    found = reading.listed(node.value, row)
    return Quantity(choose(found.absent, 0, found.length))


def _elapsed(reading: Reading, node: Elapsed, row: Row | None) -> Quantity:
    start, end = reading.value(node.start, row), reading.value(node.end, row)
    absent = disj((start.absent, end.absent))
    return Quantity(choose(absent, 0, _between(start.term, end.term)))


def _between(start: Number, end: Number) -> Number:
    return greatest([0, added((end, negative(start)))])


# The programme of a day


@dataclass(frozen=True, slots=True)
class _Programme:
    """What the sessions of the day of one of them make up together, as the record in hand."""

    key: str
    values: dict[str, Symbol]

    def attribute(self, name: str) -> Symbol | Listed:
        return self.values[name]


def _per_day(reading: Reading, node: PerDay, _row: Row | None) -> Quantity:
    sessions = []
    for slot, truth in reading.members(node.records):
        told = [_symbol(reading, slot, name) for name in ("date", "start", "end")]
        given = neg(disj(part.absent for part in told))
        sessions.append((conj((truth, given)), *(part.term for part in told)))
    terms, stated = [], []
    for index, (truth, date, _, _) in enumerate(sessions):
        same = [(conj((t, equal(d, date))), a, b) for t, d, a, b in sessions]
        first_of_day = conj((truth, *(neg(t) for t, _, _ in same[:index])))
        programme = _programme(f"{id(node)} {index}", date, same)
        each = reading.amount(node.each, programme)
        terms.append(choose(first_of_day, each.term, 0))
        stated.append(implies(first_of_day, each.stated))
    return Quantity(added(terms), conj(stated))


def _programme(
    key: str, date: Number, sessions: Sequence[tuple[Truth, Number, Number]]
) -> _Programme:
    late, early = 10**9, -(10**9)
    start = least([choose(truth, a, late) for truth, a, _ in sessions])
    end = greatest([choose(truth, b, early) for truth, _, b in sessions])
    taught = added(choose(truth, _between(a, b), 0) for truth, a, b in sessions)
    midnight = product(date, MINUTES)
    noon = added((midnight, NOON.hour * 60))
    evening = added((midnight, EVENING.hour * 60))
    parts = ((early, noon), (noon, evening), (evening, late))
    touched = added(
        choose(disj(conj((t, above(until, a), above(b, since))) for t, a, b in sessions), 1, 0)
        for since, until in parts
    )
    values = {
        "date": date, "start": start, "end": end, "elapsed": _between(start, end),
        "taught": taught, "half_days": touched,
    }  # fmt: skip
    return _Programme(key, {name: Symbol(False, term) for name, term in values.items()})


AMOUNTS.update(
    {
        Amount: _amount,
        NotStated: _not_stated,
        ClauseAmount: _clause_amount,
        Count: _count,
        Sum: _sum,
        GroupedSum: _grouped_sum,
        Total: _total,
        Capped: _capped,
        Times: _times,
        Excess: _excess,
        Elapsed: _elapsed,
        PerDay: _per_day,
        Portion: _portion,
        PeriodsIn: _periods_in,
        ListLength: _list_length,
        Table: _table,
        HowMany: _how_many,
    }
)
