"""
The symbolic reading of a rule: one function per node, side by side with ``answers/meaning``.

It reads a complete dossier, in which every truth is met or not met. ``Reading`` knows the day, the
records that may exist, and what is changed in this state of them; ``truth``, ``value`` and
``amount`` dispatch on the node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tiaoli.facts.kinds import Kind
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import (
    Listed,
    Number,
    Quantity,
    Symbol,
    Truth,
    at_least,
    choose,
    conj,
    disj,
)
from tiaoli.proofs.world import Needs, Slot, World
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import AttributeOf, Node, Rule, Value
from tiaoli.rules.ledgers import During
from tiaoli.rules.records import FromDifferentEvents, Records, RecordSet, Referred, Related


class Row(Protocol):
    """The record in hand."""

    @property
    def key(self) -> str: ...

    def attribute(self, name: str) -> Symbol | Listed: ...


@dataclass(frozen=True, slots=True)
class State:
    """What is other than in the world at large: records that are there or not, attributes told."""

    name: str = ""
    present: Mapping[str, Truth] = field(default_factory=dict)
    attributes: Mapping[tuple[str, str], Symbol] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """What a record takes in a ledger, and the clauses that may keep it from taking more."""

    slot: Slot
    raw: Number
    taken: Number
    added: Truth
    once: tuple[tuple[str, Truth], ...]
    caps: tuple[tuple[str, Truth], ...]


@dataclass(slots=True, eq=False)
class Reading:
    """``as_of`` and ``asked_on`` are ordinals; ``as_of`` may be a day in a record."""

    world: World
    asked_on: int
    needs: Mapping[str, Needs]
    shapes: Shapes
    as_of: Number = 0
    state: State = field(default_factory=State)
    taken: Mapping[str, Slot] = field(default_factory=dict)
    period: tuple[Number, Number] | None = None
    turn_taken: Truth = True
    """Whether the record or the period in hand is one of those that have a turn."""
    done: dict[tuple[int, str], Any] = field(default_factory=dict)
    in_sets: dict[int, list[tuple[Slot, Truth]]] = field(default_factory=dict)
    examples: dict[Any, Truth] = field(default_factory=dict)
    scoped: dict[int, bool] = field(default_factory=dict)
    shares: dict[int, list[Share]] = field(default_factory=dict)

    # What is asked of a node

    def truth(self, rule: Rule, row: Row | None = None) -> Truth:
        found: Truth = self._once(RULES, rule, row)
        return found

    def value(self, node: Value, row: Row | None = None) -> Symbol:
        if isinstance(node, AmountNode):
            return Symbol(False, self.amount(node, row).term)
        found = self._once(VALUES, node, row)
        assert isinstance(found, Symbol), f"{node} is a list"
        return found

    def listed(self, node: Value, row: Row | None = None) -> Listed:
        found = self._once(VALUES, node, row)
        assert isinstance(found, Listed), f"{node} is no list"
        return found

    def any_value(self, node: Value, row: Row | None = None) -> Symbol | Listed:
        found: Symbol | Listed = self._once(VALUES, node, row)
        return found

    def amount(self, node: Value, row: Row | None = None) -> Quantity:
        if not isinstance(node, AmountNode):
            found = self.value(node, row)
            return Quantity(choose(found.absent, 0, found.term))
        quantity: Quantity = self._once(AMOUNTS, node, row)
        return quantity

    def _once(
        self, table: Mapping[type[Node], Callable[..., Any]], node: Node, row: Row | None
    ) -> Any:
        row = row if row is not None and self._asks_of_the_row(node) else None
        key = (self.shapes.of(node), "" if row is None else row.key)
        if key not in self.done:
            self.done[key] = table[type(node)](self, node, row)
        return self.done[key]

    def _asks_of_the_row(self, node: Node) -> bool:
        """Whether anything in ``node`` is asked of the record in hand, not of a set of its own."""
        shape = self.shapes.of(node)
        if shape not in self.scoped:
            self.scoped[shape] = self._own(node)
        return self.scoped[shape]

    def _own(self, node: Node) -> bool:
        if isinstance(node, AttributeOf | Related):
            return True
        if isinstance(node, During):
            return self._asks_of_the_row(node.day)
        if isinstance(node, Referred):
            return self._asks_of_the_row(node.reference)
        if isinstance(node, RecordSet | FromDifferentEvents) or hasattr(node, "records"):
            return False
        return any(self._asks_of_the_row(part) for part in node.parts())

    # Whose turn it is

    def taking(self, slot: Slot, taken: Truth) -> Reading:
        """The same while it is the turn of a record, if it has one."""
        records = {**self.taken, slot.kind.name: slot}
        return self._in_turn(records, self.period, taken)

    def during(self, period: tuple[Number, Number], taken: Truth) -> Reading:
        """The same while it is the turn of a period, if it has one."""
        return self._in_turn(self.taken, period, taken)

    def _in_turn(
        self, taken: Mapping[str, Slot], period: tuple[Number, Number] | None, truth: Truth
    ) -> Reading:
        return Reading(
            self.world, self.asked_on, self.needs, self.shapes, self.as_of, self.state, taken,
            period, conj((self.turn_taken, truth)), shares=self.shares,
        )  # fmt: skip

    @property
    def is_a_turn(self) -> bool:
        return bool(self.taken) or self.period is not None

    # Records

    def present(self, slot: Slot) -> Truth:
        return self.state.present.get(slot.id, slot.present)

    def times(self, slot: Slot) -> Number:
        if slot.id in self.state.present:
            return choose(self.state.present[slot.id], 1, 0)
        return slot.times

    def attribute(self, slot: Slot, name: str) -> Symbol | Listed:
        changed = self.state.attributes.get((slot.id, name))
        return self.world.attribute(slot, name) if changed is None else changed

    def slots(self, kind: Kind) -> list[Slot]:
        return self.world.of(kind)

    def members(self, of: Records) -> list[tuple[Slot, Truth]]:
        """Every record that may exist, and whether it is there and in the set."""
        shape = self.shapes.of(of)
        if shape not in self.in_sets:
            self.in_sets[shape] = [
                (slot, conj((self.present(slot), self._is_member(of, slot))))
                for slot in self.slots(of.kind)
            ]
        return self.in_sets[shape]

    def _is_member(self, of: Records, slot: Slot) -> Truth:
        return conj((self._has_happened(of, slot), self.truth(of.condition, SlotRow(self, slot))))

    def _has_happened(self, of: Records, slot: Slot) -> Truth:
        if of.anytime or of.kind.happens is None:
            return True
        day = self.attribute(slot, of.kind.happens)
        assert isinstance(day, Symbol)
        return disj((day.absent, at_least(self.as_of, day.term)))


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A record that may exist, as the record in hand."""

    reading: Reading
    slot: Slot

    @property
    def key(self) -> str:
        return self.slot.id

    def attribute(self, name: str) -> Symbol | Listed:
        return self.reading.attribute(self.slot, name)


RULES: dict[type[Node], Callable[..., Truth]] = {}
VALUES: dict[type[Node], Callable[..., Symbol | Listed]] = {}
AMOUNTS: dict[type[Node], Callable[..., Quantity]] = {}
"""One function for each class of node, filled by the files beside this one."""
