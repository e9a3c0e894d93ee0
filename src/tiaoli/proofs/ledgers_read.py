"""Ledgers of a complete dossier: who goes before whom, and what each takes of its cap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import z3

from tiaoli.proofs.amounts_read import steps
from tiaoli.proofs.reading import AMOUNTS, Reading, Row, Share, SlotRow
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
    implies,
    least,
    lifted,
    neg,
    negative,
    product,
)
from tiaoli.proofs.world import Slot
from tiaoli.rules.amounts import Amount
from tiaoli.rules.expressions import Value
from tiaoli.rules.ledgers import Cap, Ledger, Once, Portion

_LAST = 10**7
"""Records without a day go last."""


@dataclass(slots=True, eq=False)
class _Line:
    """A record in a ledger, as the record in hand; ``before`` is what those ahead add up to."""

    reading: Reading
    slot: Slot
    truth: Truth
    row: Row
    ledger: _Lines | None = None

    @property
    def key(self) -> str:
        return f"{self.slot.id} in {id(self.ledger)}"

    def attribute(self, name: str) -> Symbol | Listed:
        return self.reading.attribute(self.slot, name)

    def before(self, pool: Portion) -> Number:
        assert self.ledger is not None
        return self.ledger.before(self, pool)


@dataclass(slots=True, eq=False)
class _Lines:
    reading: Reading
    node: Ledger
    lines: list[_Line]
    ahead: dict[tuple[int, int], Truth] = field(default_factory=dict)

    def __post_init__(self) -> None:
        turns = []
        for line in self.lines:
            line.ledger = self
            day = self.reading.value(self.node.day, line.row)
            dated = choose(day.absent, _LAST, day.term)
            turns.append((self.reading.truth(self.node.first, line.row), dated))
        for i, (first, own_day) in enumerate(turns):
            for j, (other_first, other_day) in enumerate(turns):
                if i != j:
                    tied = equal(own_day, other_day)
                    sooner = disj((above(other_day, own_day), conj((tied, i < j))))
                    alike = disj((conj((first, other_first)), conj((neg(first), neg(other_first)))))
                    goes = disj((conj((first, neg(other_first))), conj((alike, sooner))))
                    self.ahead[i, j] = goes

    def before(self, line: _Line, pool: Portion) -> Number:
        """What the records ahead of ``line`` in its pool add up to."""
        at = self.lines.index(line)
        keys = [_key(self.reading, pool.pooled, other) for other in self.lines]
        return added(
            choose(
                conj((other.truth, self.ahead[i, at], _alike(keys[i], keys[at]))),
                self.reading.amount(pool.amount, other.row).term,
                0,
            )
            for i, other in enumerate(self.lines)
            if i != at
        )


_Key = tuple[Symbol, ...]
_Room = dict[Cap, tuple[Truth, _Key]]
"""Whether a record falls under each cap, and with whom."""


def _key(reading: Reading, by: tuple[Value, ...], line: _Line) -> _Key:
    return tuple(reading.value(part, line.row) for part in by)


def _alike(one: _Key, other: _Key) -> Truth:
    """Two keys are the same; a record without one of the values is by itself."""
    return conj(
        part
        for a, b in zip(one, other, strict=True)
        for part in (neg(a.absent), neg(b.absent), equal(a.term, b.term))
    )


def _ledger(reading: Reading, node: Ledger, _row: Row | None) -> Quantity:
    found = reading.members(node.records)
    lines = [_Line(reading, slot, truth, SlotRow(reading, slot)) for slot, truth in found]
    ledger = _Lines(reading, node, lines)
    pools = any(isinstance(part, Portion) and part.pooled for part in node.raw.walk())
    raws = [reading.amount(node.raw, line if pools else line.row) for line in lines]
    factors = [reading.amount(node.factor, line.row) for line in lines]
    rooms = [_room(reading, node.caps, line) for line in lines]
    worths = [product(raw.term, factor.term) for raw, factor in zip(raws, factors, strict=True)]
    beaten = _repeated(ledger, worths)
    wants = [raw.term for raw in raws] if node.cap_first else worths
    wants = [choose(disj(by), 0, want) for by, want in zip(beaten, wants, strict=True)]
    if not node.cap_first:
        wants = _in_steps(ledger, wants)
    counted = taken = _taken(ledger, rooms, wants)
    if node.cap_first:
        multiplied = [product(got, each.term) for got, each in zip(taken, factors, strict=True)]
        counted = _in_steps(ledger, multiplied)
    terms = [
        choose(conj((line.truth, reading.truth(node.within, line.row))), counted[at], 0)
        for at, line in enumerate(lines)
    ]
    reading.shares[reading.shapes.of(node)] = [
        Share(
            line.slot,
            choose(line.truth, raws[at].term, 0),
            choose(line.truth, taken[at], 0),
            conj((line.truth, reading.truth(node.within, line.row))),
            tuple((once.clause, met) for once, met in zip(node.once, beaten[at], strict=True)),
            tuple((cap.clause, own) for cap, (own, _) in rooms[at].items()),
        )
        for at, line in enumerate(lines)
    ]
    stated = conj(
        implies(line.truth, conj((raw.stated, factor.stated)))
        for line, raw, factor in zip(lines, raws, factors, strict=True)
    )
    return Quantity(added(terms), stated)


def _room(reading: Reading, caps: tuple[Cap, ...], line: _Line) -> _Room:
    """Under which cap the record falls (the first that takes it), and with whom."""
    found: _Room = {}
    taken: list[Truth] = []
    for cap in caps:
        of = reading.truth(cap.of, line.row)
        key = _key(reading, cap.by, line)
        found[cap] = (conj((of, *(neg(earlier) for earlier in taken))), key)
        taken.append(of)
    return found


def _taken(ledger: _Lines, rooms: list[_Room], wants: list[Number]) -> list[Any]:
    """What each takes of its cap: no more than those ahead of it have left."""
    taken = [z3.FreshReal("taken") for _ in wants]
    for at, want in enumerate(wants):
        got = want
        for cap, (own, key) in rooms[at].items():
            used = added(
                choose(
                    conj(
                        (
                            other.truth,
                            ledger.ahead[i, at],
                            rooms[i][cap][0],
                            _alike(rooms[i][cap][1], key),
                        )
                    ),
                    taken[i],
                    0,
                )
                for i, other in enumerate(ledger.lines)
                if i != at
            )
            left = added((exact(cap.most.value), negative(used)))
            got = choose(own, least([want, left]), got)
        ledger.reading.world.constraints.append(taken[at] == lifted(got))
    return taken


def _in_steps(ledger: _Lines, terms: list[Number]) -> list[Number]:
    """What each adds to the whole steps of those ahead of it in its pool; of no step, all."""
    reading, node, lines = ledger.reading, ledger.node, ledger.lines
    if node.step is None:
        return terms
    rounding = Portion(node.raw, Amount(1, node.unit), node.step)
    keys = [_key(reading, node.pooled, line) for line in lines] if node.pooled else []
    found: list[Number] = []
    for at, term in enumerate(terms):
        before = added(
            choose(conj((lines[i].truth, ledger.ahead[i, at], _alike(key, keys[at]))), terms[i], 0)
            for i, key in enumerate(keys)
            if i != at
        )
        reached = steps(reading, added((before, term)), rounding)
        found.append(added((reached, negative(steps(reading, before, rounding)))))
    return found


def _repeated(ledger: _Lines, worths: list[Number]) -> list[list[Truth]]:
    """Of each record, whether another of its group is the one that counts, by ``Once``."""
    node, lines, reading = ledger.node, ledger.lines, ledger.reading
    found: list[list[Truth]] = [[] for _ in lines]
    taken: list[list[Truth]] = [[] for _ in lines]
    for once in node.once:
        own = []
        for at, line in enumerate(lines):
            of = reading.truth(once.of, line.row)
            own.append(conj((of, *(neg(earlier) for earlier in taken[at]))))
            taken[at].append(of)
        found = _with_repeated(ledger, once, own, found, worths)
    return found


def _with_repeated(
    ledger: _Lines,
    once: Once,
    own: list[Truth],
    found: list[list[Truth]],
    worths: list[Number],
) -> list[list[Truth]]:
    reading, lines = ledger.reading, ledger.lines
    keys = [_key(reading, once.by, line) for line in lines]
    result = []
    for at in range(len(lines)):
        beaten: list[Truth] = []
        for i, other in enumerate(lines):
            if i == at:
                continue
            same = conj((other.truth, own[at], own[i], _alike(keys[i], keys[at])))
            goes = ledger.ahead[i, at]
            if once.highest:
                tied = conj((equal(worths[i], worths[at]), goes))
                goes = disj((above(worths[i], worths[at]), tied))
            beaten.append(conj((same, goes)))
        result.append([*found[at], disj(beaten)])
    return result


AMOUNTS[Ledger] = _ledger
