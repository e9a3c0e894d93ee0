"""
From what the solver found to facts a person can read: a dossier that the other readings can answer.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import z3

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Attribute, Kind, Type
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find
from tiaoli.proofs.exactly import plain_value
from tiaoli.proofs.reading import Reading
from tiaoli.proofs.symbols import YES, Listed, lifted
from tiaoli.proofs.world import MINUTES, Slot, World

_PLACE = "proofs"
_RULER = "審查人"


def dossier_of(model: z3.ModelRef, reading: Reading) -> Dossier:
    """The facts of a model, as they are in this state of the world."""
    world = reading.world
    subject = Fact("someone", world.subject_kind, _untold(find(world.subject_kind)))
    facts: list[Fact] = []
    for slots in world.slots.values():
        for slot in slots:
            times = _times(model, reading, slot)
            copies = [_fact(model, reading, slot, copy) for copy in range(1, times + 1)]
            if slot.id == "someone":
                subject = copies[0]
            else:
                facts += copies
    facts += _rulings(model, reading)
    return Dossier(subject, tuple(facts))


def told_by(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Of each record, the attributes on which something turns."""
    told: dict[str, list[str]] = {}
    for slot_id, name in reading.world.attributes:
        told.setdefault(slot_id, []).append(name)
    return {slot_id: tuple(names) for slot_id, names in told.items()}


def _times(model: z3.ModelRef, reading: Reading, slot: Slot) -> int:
    return int(plain_value(model, lifted(reading.times(slot))))


def _untold(kind: Kind) -> dict[str, Any]:
    return {name: absent_value(a) for name, a in kind.attributes.items()}


def _fact(model: z3.ModelRef, reading: Reading, slot: Slot, copy: int) -> Fact:
    fact_id = slot.id if copy == 1 else f"{slot.id}-{copy}"
    values = {
        name: _value(model, reading, slot, attribute, copy)
        for name, attribute in slot.kind.attributes.items()
    }
    return Fact(fact_id, slot.kind.name, values, place=_PLACE)


def _value(
    model: z3.ModelRef, reading: Reading, slot: Slot, attribute: Attribute, copy: int
) -> Any:
    world, key = reading.world, (slot.id, attribute.name)
    if key not in world.attributes and key not in reading.state.attributes:
        return absent_value(attribute)
    found = reading.attribute(slot, attribute.name)
    if plain_value(model, found.absent):
        return NONE
    if isinstance(found, Listed):
        return _listed(model, world, found, attribute)
    return typed(attribute, plain_value(model, lifted(found.term)), world, copy)


def typed(attribute: Attribute, number: Any, world: World, copy: int = 1) -> Any:
    """A value as a dossier holds it, from the number that stands for it."""
    match attribute.type:
        case Type.DAY:
            return datetime.date.fromordinal(number)
        case Type.MOMENT:
            day, minute = divmod(number, MINUTES)
            midnight = datetime.datetime.fromordinal(day)
            return midnight + datetime.timedelta(minutes=minute)
        case Type.YES_NO:
            return number == 1
        case Type.TEXT | Type.CHOICE | Type.REFERENCE:
            return (
                f"{attribute.label.zh}{-number}之{copy}" if number < 0 else world.codes.text(number)
            )
        case Type.NUMBER:
            return _decimal(number)
    return int(number)


def _decimal(number: Any) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)) if number else Decimal(0)


def _listed(
    model: z3.ModelRef, world: World, found: Listed, attribute: Attribute
) -> tuple[str, ...]:
    if attribute.type is Type.CHOICES:
        options = [o.name for o in attribute.options]
        held = [o for o in options if plain_value(model, found.holds(world.codes.of(o)))]
    else:
        held = _texts_held(model, world, found)
    length = plain_value(model, lifted(found.length))
    held += [f"{attribute.label.zh}{n}" for n in range(1, max(0, length - len(held)) + 1)]
    return tuple(held)


def _texts_held(model: z3.ModelRef, world: World, found: Listed) -> list[str]:
    """Those that were asked of: texts of the rules, and what other records are called."""
    held = [code for code, truth in found.asked if plain_value(model, truth)]
    numbers = (int(plain_value(model, lifted(code))) for code in held)
    return list(dict.fromkeys(world.codes.text(number) for number in numbers if number > YES))


def _rulings(model: z3.ModelRef, reading: Reading) -> list[Fact]:
    day = datetime.date.fromordinal(int(plain_value(model, lifted(reading.as_of))))
    kind = find("judgement")
    found = []
    for number, (clause, truth) in enumerate(sorted(reading.world.rulings.items()), 1):
        values: dict[str, Any] = dict.fromkeys(kind.attributes, NONE)
        decision = "met" if plain_value(model, truth) else "not_met"
        values |= {"clause": clause, "decision": decision, "by": _RULER, "date": day}
        found.append(Fact(f"judgement-{number:02}", "judgement", values, place=_PLACE))
    return found
