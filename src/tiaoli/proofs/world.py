"""
The records that may exist: for each kind a few, each any number of times, their attributes open.

How many different records of a kind are needed follows from what the rules ask of them: one for
each set that is asked about, since one record of a set shows that there is one, and any number of
equal ones can be counted. ``width`` limits them, and ``narrowed`` tells which kinds it has cut.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import z3

from tiaoli.facts.kinds import Absent, Attribute, Kind, Type
from tiaoli.facts.vocabulary import find
from tiaoli.proofs.exactly import FIRST_DAY, LAST_DAY, Computations
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import Codes, Listed, Number, Symbol, Truth
from tiaoli.rules.amounts import Amount, Count, GroupedSum, ReachedOn, Sum, Table
from tiaoli.rules.citation import ClauseAmount
from tiaoli.rules.cohorts import EachOne, Its, OfEach, PeriodEnd, PeriodStart
from tiaoli.rules.expressions import AttributeOf, IsAbsent, Node, walk
from tiaoli.rules.ledgers import Ledger
from tiaoli.rules.records import Picked, Records, Referred, Union
from tiaoli.rules.timetables import PROGRAMME, PerDay

MINUTES = 24 * 60
_OF_A_TURN = (Its, PeriodStart, PeriodEnd)
OF_NO_ACCOUNT = 1000
"""Texts from this code on are in no rule."""

MOST_IN_TURN = 2
"""Of records that have their turn one after another, no more than this."""

MOST_OF_A_KIND = 2000
"""No record is repeated more often than this."""


@dataclass(slots=True, eq=False)
class Slot:
    """One record that may exist, ``times`` over."""

    kind: Kind
    id: str
    number: int
    present: Truth
    times: Number
    own: int
    days_ago: int = 300
    """The code of a text that no other record has, and each repetition for itself."""


Variable = Symbol | Listed


@dataclass(slots=True, eq=False)
class World:
    """Slots, their attributes as they come to be asked for, and what holds of all of them."""

    slots: dict[str, list[Slot]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Variable] = field(default_factory=dict)
    constraints: list[z3.BoolRef] = field(default_factory=list)
    wishes: list[tuple[int, z3.BoolRef]] = field(default_factory=list)
    usual: list[z3.BoolRef] = field(default_factory=list)
    """Every day where it is usual: what is tried before any day at all."""
    codes: Codes = field(default_factory=Codes)
    computations: Computations = field(default_factory=Computations)
    rulings: dict[str, z3.BoolRef] = field(default_factory=dict)
    narrowed: set[str] = field(default_factory=set)
    certain: list[Truth] = field(default_factory=list)
    """That nothing which is compared is unknown or not stated."""
    inexact: Counter[str] = field(default_factory=Counter)
    may_be_absent: set[tuple[str, str]] = field(default_factory=set)
    """Attributes of which a rule asks whether there are any, even where every record has them."""
    subject_kind: str = "practitioner"
    day: datetime.date = datetime.date.min
    by_id: dict[str, Slot] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Slot]:
        return self.slots.get(kind.name, [])

    def attribute(self, slot: Slot, name: str) -> Variable:
        key = (slot.id, name)
        if key not in self.attributes:
            self.attributes[key] = self._variable(slot, slot.kind.attributes[name])
            if name in (slot.kind.happens, slot.kind.ends):
                self._keep_in_order(slot)
        return self.attributes[key]

    def ruling(self, clause: str) -> z3.BoolRef:
        """Whether a named person has found that a clause is met: free."""
        if clause not in self.rulings:
            self.rulings[clause] = z3.Bool(f"ruling {clause}")
        return self.rulings[clause]

    def fresh(self, why: str, sort: Any) -> Any:
        """A value of which nothing is known, counted: the translation is wider than the rule."""
        self.inexact[why] += 1
        return z3.FreshConst(sort, "open")

    def _keep_in_order(self, slot: Slot) -> None:
        """A period ends no earlier than it begins."""
        if slot.kind.happens is None or slot.kind.ends is None:
            return
        first = self.attribute(slot, slot.kind.happens)
        last = self.attribute(slot, slot.kind.ends)
        assert isinstance(first, Symbol)
        assert isinstance(last, Symbol)
        ordered = z3.Or(first.absent, last.absent, first.term <= last.term)
        self.constraints.append(ordered)

    def _variable(self, slot: Slot, attribute: Attribute) -> Variable:
        name = f"{slot.id}.{attribute.name}"
        absent: Truth = False
        asked_whether = (slot.kind.name, attribute.name) in self.may_be_absent
        if attribute.absent is Absent.NONE or asked_whether:
            absent = z3.Bool(f"{name} absent")
            self.wishes.append((40, absent))
        match attribute.type:
            case Type.CHOICES | Type.TEXTS:
                return self._list(name, attribute, absent)
            case Type.NUMBER:
                hundredths = z3.Int(f"{name} in hundredths")
                self.constraints.append(hundredths >= 0)
                self.wishes.append((10, hundredths <= 100_000))
                return Symbol(absent, z3.ToReal(hundredths) / 100)
        term = z3.Int(name)
        self.constraints += self._domain(slot, attribute, term)
        return Symbol(absent, term)

    def _domain(self, slot: Slot, attribute: Attribute, term: Any) -> list[z3.BoolRef]:
        codes = self.codes
        match attribute.type:
            case Type.YES_NO:
                return [z3.Or(term == 0, term == 1)]
            case Type.CHOICE:
                return [z3.Or([term == codes.of(o.name) for o in attribute.options])]
            case Type.DAY:
                usual = self.day.toordinal() - slot.days_ago - 10 * slot.number
                if attribute.name == slot.kind.ends:
                    usual = self.day.toordinal() + 200
                self.usual.append(term == usual)
                self.wishes += [
                    (30, term == usual),
                    (35, term <= self.day.toordinal() + 3 * 366),
                    (36, term >= self.day.toordinal() - 20 * 366),
                ]
                return [term >= FIRST_DAY, term <= LAST_DAY]
            case Type.MOMENT:
                ten = (self.day.toordinal() - 300 - 10 * slot.number) * MINUTES + 600
                self.wishes += [(30, term == ten)]
                return [term >= FIRST_DAY * MINUTES, term < (LAST_DAY + 1) * MINUTES]
            case Type.TEXT | Type.REFERENCE:
                # A negative code is a text of its own for each time the record is repeated.
                self.wishes.append((38, term >= OF_NO_ACCOUNT))
                return [z3.Or(z3.And(term >= 2, term < 10**6), term == slot.own)]
        self.wishes.append((10, term <= 1000))
        return [term >= 0, term <= 10**7]

    def _list(self, name: str, attribute: Attribute, absent: Truth) -> Listed:
        if attribute.type is Type.CHOICES:
            chosen = {self.codes.of(o.name): z3.Bool(f"{name} {o.name}") for o in attribute.options}
            self.wishes += [(20, z3.Not(truth)) for truth in chosen.values()]
            length: Any = z3.Sum([z3.If(truth, 1, 0) for truth in chosen.values()])

            def holds_option(code: Number) -> Truth:
                if isinstance(code, int):
                    return chosen.get(code, False)
                return z3.Or([z3.And(code == known, t) for known, t in chosen.items()])

            return Listed(absent, holds_option, length)
        texts = z3.Array(name, z3.IntSort(), z3.BoolSort())
        held = z3.Int(f"{name} length")
        self.constraints.append(held >= 0)
        asked: dict[int, Any] = {}
        pairs: list[tuple[Number, Truth]] = []

        def holds(code: Number) -> Truth:
            found = z3.Select(texts, z3.IntVal(code) if isinstance(code, int) else code)
            if found.get_id() not in asked:
                asked[found.get_id()] = found
                pairs.append((code, found))
                self.wishes.append((20, z3.Not(found)))
                self.constraints.append(held >= z3.Sum([z3.If(t, 1, 0) for t in asked.values()]))
            return found

        self.wishes.append((10, held <= len(asked) + 1))
        return Listed(absent, holds, held, pairs)


# How many records of each kind there may have to be


@dataclass(slots=True)
class Needs:
    """What the rules ask of the records of one kind."""

    sets: dict[Any, int] = field(default_factory=dict)
    """A set by its shape, and the slot that is its example."""
    further: int = 0
    alone: bool = False
    """Records of which each is reckoned with by itself are not repeated."""
    counted: bool = False
    in_turn: bool = False
    """One after another has its turn, and all that is asked in it is asked again."""

    def ask(self, shape: Any) -> None:
        self.sets.setdefault(shape, len(self.sets))


def needs_of(nodes: tuple[Node, ...], shapes: Shapes) -> dict[str, Needs]:
    """What ``nodes`` ask of each kind of record."""
    found: dict[str, Needs] = {}
    references: set[tuple[str, Any]] = set()
    for node in walk(nodes):
        match node:
            case Records(kind=kind):
                need = found.setdefault(kind.name, Needs())
                need.ask(shapes.of(node))
                if any(isinstance(part, _OF_A_TURN) for part in node.walk()):
                    need.further += 1
            case Referred(kind=kind, reference=reference):
                references.add((kind.name, shapes.of(reference)))
            case Count(records=of, distinct=distinct):
                for one in of.sets if isinstance(of, Union) else (of,):
                    assert isinstance(one, Records)
                    found.setdefault(one.kind.name, Needs()).further += 1 if distinct else 0
                    found[one.kind.name].counted = True
            case Sum(records=of, value=value) | GroupedSum(records=of, value=value):
                need = found.setdefault(of.kind.name, Needs())
                need.alone = need.alone or not _is_a_schedule(value)
                need.counted = need.counted or _is_a_schedule(value)
                need.further += 1
            case OfEach(records=of) | EachOne(records=of):
                need = found.setdefault(of.kind.name, Needs())
                need.alone = need.in_turn = True
            case Ledger(records=of) | PerDay(records=of) | ReachedOn(records=of):
                need = found.setdefault(of.kind.name, Needs())
                need.alone = True
                need.further += 1
    for name, _ in references:
        found.setdefault(name, Needs()).further += 1
    found.pop(PROGRAMME.name, None)
    return found


def _is_a_schedule(value: Node) -> bool:
    """Only certain amounts can come out."""
    match value:
        case Amount():
            return True
        case ClauseAmount(amount=inner):
            return _is_a_schedule(inner)
        case Table(rows=rows, otherwise=otherwise):
            return all(_is_a_schedule(amount) for _, amount in (*rows, (None, otherwise)))
    return False


def asked_whether(nodes: tuple[Node, ...]) -> set[tuple[str, str]]:
    """The attributes of which a rule asks whether there is such a value."""
    found: set[tuple[str, str]] = set()
    for node in walk(nodes):
        if isinstance(node, IsAbsent):
            for part in node.value.walk():
                if isinstance(part, Picked):
                    found.add((part.records.kind.name, part.attribute.name))
                elif isinstance(part, AttributeOf | Referred | Its):
                    found.add((part.kind.name, part.attribute.name))
    return found


def build(world: World, needs: dict[str, Needs], width: int) -> None:
    """Make the slots."""
    subjects = [name for name in needs if find(name).subject]
    if subjects and world.subject_kind not in subjects:
        world.subject_kind = subjects[0]
    for name, need in needs.items():
        kind = find(name)
        if name == world.subject_kind:
            slots = [Slot(kind, "someone", 1, True, 1, -1)]
        else:
            wanted = len(need.sets) + need.further + (4 if need.alone and need.counted else 0)
            most = MOST_IN_TURN if need.in_turn else width
            if wanted > most or need.in_turn:
                world.narrowed.add(name)
            numbers = range(1, min(wanted, most) + 1)
            slots = [_slot(world, kind, number, need) for number in numbers]
        world.slots[name] = slots
        world.by_id.update((slot.id, slot) for slot in slots)


def _slot(world: World, kind: Kind, number: int, need: Needs) -> Slot:
    slot_id = f"{kind.name}-{number:02}"
    if need.alone or not need.counted:
        present = z3.Bool(slot_id)
        times: Any = z3.If(present, 1, 0)
    else:
        times = z3.Int(f"{slot_id} times")
        present = times >= 1
        world.constraints += [times >= 0, times <= MOST_OF_A_KIND]
        world.wishes += [(60, times <= 1), (55, times <= 30)]
    world.wishes.append((70, z3.Not(present)))
    days_ago = 800 if need.in_turn else 300  # so that a year is complete
    own = -2 - len(world.by_id) - number
    return Slot(kind, slot_id, number, present, times, own, days_ago)
