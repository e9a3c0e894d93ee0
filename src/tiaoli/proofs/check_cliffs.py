"""
Cliffs: one more activity, or one more day or minute of one, and the result is lower.

Two states of one world are read side by side, alike but for one record or one unit of one
attribute. What each record is worth is looked at by itself first; then what all of them count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import z3

from tiaoli.answers.meaning import amount
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Kind, Label, Type, Unit
from tiaoli.proofs.asked import Asked, shown
from tiaoli.proofs.exactly import plain_value
from tiaoli.proofs.findings import Finding, Open, number_text
from tiaoli.proofs.findings import Shown as ShownState
from tiaoli.proofs.plainest import plainest
from tiaoli.proofs.reading import Reading, Row, Share, SlotRow, State
from tiaoli.proofs.search import Search, Sought, Verdict
from tiaoli.proofs.service import lifted_truth
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import Quantity, Symbol, Truth, above, added, conj, disj, lifted, neg
from tiaoli.proofs.world import Slot
from tiaoli.rules.amounts import (
    AmountNode,
    Capped,
    Count,
    Excess,
    GroupedSum,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount, clause_ids
from tiaoli.rules.expressions import AttributeOf, Node, Value
from tiaoli.rules.ledgers import Ledger, Portion
from tiaoli.rules.records import Records, Union
from tiaoli.rules.timetables import PerDay

_MOST = 8
Only = tuple[str, ...] | None
_FALLS = Label("結果反而降低", "the result falls")
_WIDTH = 2
_MEASURED = (Type.WHOLE, Type.NUMBER, Type.DURATION)
_SUMS = (Sum, GroupedSum, Ledger, PerDay)


def cliffs_of_a_record(asked: Asked, count: Open, only: Only = None) -> Iterator[Finding]:
    """What one record is worth falls as one of its attributes rises."""
    seen: set[int] = set()
    shapes = Shapes()
    for part in asked.parts_of((Sum, GroupedSum, Ledger)):
        node = part.node
        assert isinstance(node, Sum | GroupedSum | Ledger)
        worth = node.raw if isinstance(node, Ledger) else node.value
        if not isinstance(worth, AmountNode) or shapes.of(worth) in seen:
            continue
        seen.add(shapes.of(worth))
        for name in _measured_in(worth, node.records.kind):
            search = asked.search_for(node.records, worth, width=1)
            slots = search.world.of(node.records.kind)
            yield from _Comparison(asked, search, slots[0], count, worth, True, only).more_of(name)


def still_falls(asked: Asked, finding: Finding) -> bool:
    """Whether the states of a finding are a fall of some figure under other readings too."""
    without, with_more = (state.dossier for state in finding.witness)
    for figure in asked.question.figures:
        if isinstance(figure.value, AmountNode):
            search = asked.search_for()
            before = amount(figure.value, search.case(without))
            after = amount(figure.value, search.case(with_more))
            if before is None or after is None or before.exact is None or after.exact is None:
                continue
            if after.exact < before.exact:
                return True
    return False


def cliffs_of_a_figure(asked: Asked, count: Open, only: Only = None) -> Iterator[Finding]:
    """What all records count together falls as one more is counted."""
    for figure in asked.question.figures:
        worth = figure.value
        if not isinstance(worth, AmountNode) or worth.unit is Unit.TWD:
            continue
        for kind in _kinds_added_up(worth):
            if not may_fall(worth, kind):
                continue
            search = asked.search_for(worth, width=_WIDTH)
            slots = search.world.of(kind)
            if not slots or slots[0].id == "someone":
                continue
            comparison = _Comparison(asked, search, slots[0], count, worth, False, only)
            yield from comparison.one_more()


def may_fall(node: Node, kind: Kind) -> bool:
    """
    Whether one more record of ``kind`` may make an amount less. A sum or a count of records that
    are looked at one by one cannot, however it is capped or added up; then nothing is asked.
    """
    match node:
        case Ledger():
            return True
        case Count(records=of):
            sets = of.sets if isinstance(of, Union) else (of,)
            return any(_speaks_of(one.condition, kind) for one in sets if isinstance(one, Records))
        case Sum(records=of, value=value) | GroupedSum(records=of, value=value):
            return _speaks_of(of.condition, kind) or _speaks_of(value, kind)
        case Table(rows=rows, otherwise=otherwise):
            ruled = any(_speaks_of(rule, kind) for rule, _ in rows)
            return ruled or any(may_fall(a, kind) for a in (*(r for _, r in rows), otherwise))
        case Excess(amount=inner, over=over):
            return _speaks_of(over, kind) or may_fall(inner, kind)
        case Total() | Capped() | Times() | ClauseAmount():
            return any(may_fall(part, kind) for part in node.parts())
    return _speaks_of(node, kind)


def _speaks_of(node: Node, kind: Kind) -> bool:
    return any(isinstance(part, Records) and part.kind is kind for part in node.walk())


def _measured_in(node: Node, kind: Kind) -> list[str]:
    """The attributes of a kind with which an amount is reckoned, by how much."""
    found = [
        part.attribute.name
        for part in node.walk()
        if isinstance(part, AttributeOf) and part.kind is kind and part.attribute.type in _MEASURED
    ]
    return list(dict.fromkeys(found))


def _kinds_added_up(node: Node) -> list[Kind]:
    found: dict[str, Kind] = {}
    for part in node.walk():
        if isinstance(part, Count):
            sets = part.records.sets if isinstance(part.records, Union) else (part.records,)
            found.update((s.kind.name, s.kind) for s in sets if isinstance(s, Records))
        elif isinstance(part, _SUMS):
            found[part.records.kind.name] = part.records.kind
    return list(found.values())


@dataclass(slots=True)
class _Comparison:
    """
    One world in two states; ``row``: what the one record is worth, not all of them. With ``only``,
    it is asked whether there is such a cliff between these clauses, and no witness is wanted.
    """

    asked: Asked
    search: Search
    slot: Slot
    count: Open
    worth: Value
    row: bool
    only: Only

    def one_more(self) -> Iterator[Finding]:
        """What takes from others is asked clause by clause, so that each has its own witness."""
        without = self.search.reading_in(State("without", {self.slot.id: False}))
        added_one = self.search.reading_in(State("with", {self.slot.id: True}))
        before, after = self._amount(without), self._amount(added_one)
        falls = conj((before.stated, after.stated, above(before.term, after.term)))
        taking = dict(_taking(without, added_one))
        counts = self._counts(added_one)
        for clauses, cause in self._causes(taking):
            if self.only not in (None, tuple(clauses)):
                continue
            self.count.asked += 1
            sought = self.search.look(falls, counts, cause, plainly=self.only is None)
            if sought.verdict is Verdict.OPEN:
                self.count.undecided.append(f"cliff {'、'.join(clauses)}")
            if sought.verdict is Verdict.FOUND:
                yield self._finding(sought, (without, before), (added_one, after), clauses)

    def _causes(self, taking: dict[str, Truth]) -> Iterator[tuple[list[str], Truth]]:
        """One clause takes from the others, and no other clause does; or rounding does."""
        for clause, truth in taking.items():
            others = (neg(other) for name, other in taking.items() if name != clause)
            yield [clause], conj((truth, *others))
        if pooling := sorted(_pooling(self.worth)):
            yield pooling, neg(disj(taking.values()))

    def more_of(self, name: str) -> Iterator[Finding]:
        there: dict[str, Truth] = {self.slot.id: True}
        less = self.search.reading_in(State("less", there))
        before = less.attribute(self.slot, name)
        assert isinstance(before, Symbol)
        longer = Symbol(before.absent, added((before.term, 1)))
        state = State(f"more {name}", there, {(self.slot.id, name): longer})
        yield from self._lower(less, self.search.reading_in(state))

    def _lower(self, one: Reading, other: Reading) -> Iterator[Finding]:
        before, after = self._amount(one), self._amount(other)
        falls = conj((before.stated, after.stated, above(before.term, after.term)))
        refused: list[Truth] = []
        for _ in range(_MOST):
            self.count.asked += 1
            sought = self.search.look(falls, *refused, plainly=self.only is None)
            if sought.verdict is Verdict.OPEN:
                self.count.undecided.append(f"cliff {self.asked.question.id}")
            if sought.verdict is not Verdict.FOUND:
                return
            assert sought.model is not None
            paths = [self._path(sought.model, reading) for reading in (one, other)]
            cited = [{c for c, _ in path if c} for path in paths]
            clauses = (cited[0] ^ cited[1]) or (cited[0] | cited[1]) or clause_ids(self.worth)
            yield self._finding(sought, (one, before), (other, after), sorted(clauses))
            refused.append(neg(conj(t for path in paths for _, t in path)))

    def _counts(self, reading: Reading) -> Truth:
        """The record is itself one of those that the amount adds up, where that is of many."""
        if self.row:
            return True
        told = [share.added for lines in reading.shares.values() for share in lines
                if share.slot is self.slot]  # fmt: skip
        return disj(told) if told else True

    def _amount(self, reading: Reading) -> Quantity:
        return reading.amount(self.worth, SlotRow(reading, self.slot) if self.row else None)

    def _finding(
        self,
        sought: Sought,
        one: tuple[Reading, Quantity],
        other: tuple[Reading, Quantity],
        clauses: list[str],
    ) -> Finding:
        if self.only is not None:
            return Finding("cliff", tuple(clauses), (self.asked.question.id,), _FALLS)
        model = sought.model
        assert model is not None
        states = [self._shown(sought, reading, found) for reading, found in (one, other)]
        agreed = [self._reference(state.dossier) for state in states]
        falls = None not in agreed and agreed[1] < agreed[0]  # type: ignore[operator]  # checked
        if falls:
            first, second = (state.dossier for state in states)
            plain = plainest(
                (first, second), lambda d: [self._reference(one) for one in d] == agreed
            )
            states = [replace(s, dossier=d) for s, d in zip(states, plain, strict=True)]
        texts = [number_text(plain_value(model, lifted(found.term))) for _, found in (one, other)]
        return Finding(
            "cliff",
            tuple(clauses),
            (self.asked.question.id,),
            Label(
                f"多一項或多一單位，結果反而由 {texts[0]} 降為 {texts[1]}",
                f"one more, and the result falls from {texts[0]} to {texts[1]}",
            ),
            tuple(states),
            confirmed=falls,
        )

    def _shown(self, sought: Sought, reading: Reading, found: Quantity) -> ShownState:
        assert sought.model is not None
        worth = number_text(plain_value(sought.model, lifted(found.term)))
        state = shown(self.search, sought, reading)
        unit = self.worth.unit.label
        result = Label(f"{worth} {unit.zh}".strip(), f"{worth} {unit.en}".strip())
        return ShownState(state.dossier, state.told, result)

    def _reference(self, dossier: Dossier) -> int | Decimal | None:
        """What the reference reading makes of one of the two states."""
        values = self._values(dossier)
        if self.row and values is None:
            return None
        found = amount(self.worth, self.search.case(dossier), values)
        return None if found is None else found.exact

    def _values(self, dossier: Dossier) -> Any:
        fact = dossier.find(self.slot.id) if self.row else None
        return None if fact is None else fact.values

    def _path(self, model: z3.ModelRef, reading: Reading) -> list[tuple[str, Truth]]:
        row = SlotRow(reading, self.slot) if self.row else None
        return list(_active(self.worth, reading, row, model))


def _active(
    node: Node, reading: Reading, row: Row | None, model: z3.ModelRef
) -> Iterator[tuple[str, Truth]]:
    """The clauses by which an amount comes about, and the rows that are met on the way."""
    match node:
        case ClauseAmount(clause=clause, amount=inner):
            yield clause, True
            yield from _active(inner, reading, row, model)
        case Table(rows=rows, otherwise=otherwise):
            for rule, result in rows:
                met = reading.truth(rule, row)
                if plain_value(model, lifted_truth(met)):
                    yield "", met
                    yield from _active(result, reading, row, model)
                    return
            yield from _active(otherwise, reading, row, model)
        case Total(amounts=parts):
            for part in parts:
                yield from _active(part, reading, row, model)
        case Times(amount=one, number=other) | Excess(amount=one, over=other):
            yield from _active(one, reading, row, model)
            yield from _active(other, reading, row, model)
        case Capped(amount=inner) | Portion(amount=AmountNode() as inner):
            yield from _active(inner, reading, row, model)


def _taking(one: Reading, other: Reading) -> Iterator[tuple[str, Truth]]:
    """
    The clauses that may take from a record in a ledger what it had before, each with the condition
    that it does: what is counted once comes before what is capped.
    """
    found: dict[str, list[Truth]] = {}
    for was, now in _pairs(one, other):
        loses = conj((was.added, above(was.taken, now.taken)))
        counted_once = disj(holds for _, holds in now.once)
        for clause, holds in now.once:
            found.setdefault(clause, []).append(conj((loses, holds)))
        for clause, holds in now.caps:
            found.setdefault(clause, []).append(conj((loses, holds, neg(counted_once))))
    yield from ((clause, disj(truths)) for clause, truths in found.items())


def _pairs(one: Reading, other: Reading) -> Iterator[tuple[Share, Share]]:
    """What each record has in a ledger in one state and in the other."""
    for ledger, before in one.shares.items():
        yield from zip(before, other.shares.get(ledger, ()), strict=False)


def _pooling(node: Node) -> set[str]:
    """The clauses that stand next above a portion that is pooled."""
    return {
        part.clause
        for part in node.walk()
        if isinstance(part, ClauseAmount)
        and any(isinstance(below, Portion) and below.pooled for below in part.walk())
        and not any(
            isinstance(below, Table) or (isinstance(below, ClauseAmount) and below is not part)
            for below in part.walk()
        )
    }
