"""A world in which nothing is open: the records of one dossier, told to the solver as they are."""

from __future__ import annotations

import datetime
from typing import Any

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Attribute, Type
from tiaoli.facts.vocabulary import find
from tiaoli.proofs.search import Search, Verdict
from tiaoli.proofs.symbols import Codes, Listed, Number, Symbol, Truth, exact, neg
from tiaoli.proofs.world import MINUTES, Slot, Variable
from tiaoli.rules import Rule
from tiaoli.rules.judgement import Judged

DAY = datetime.date(2025, 1, 1)


def truth_told(rule: Rule, dossier: Dossier, on: datetime.date) -> bool | None:
    """What the translation makes of ``rule`` for these facts; None where it leaves it open."""
    search = search_told(rule, dossier, on)
    truth = search.truth(rule)
    may_be = search.look(truth, plainly=False).verdict is Verdict.FOUND
    may_not = search.look(neg(truth), plainly=False).verdict is Verdict.FOUND
    assert may_be or may_not, "neither met nor not met"
    return None if may_be and may_not else may_be


def search_told(rule: Rule, dossier: Dossier, on: datetime.date) -> Search:
    search = Search((rule,), on=on)
    world = search.world
    world.slots, world.by_id, world.constraints, world.wishes = {}, {}, [], []
    world.attributes.clear()
    world.narrowed = set(search.needs)
    for number, fact in enumerate(sorted(dossier.facts, key=lambda f: f.id), 1):
        if fact.kind == "judgement":
            continue
        slot = Slot(find(fact.kind), fact.id, number, True, 1, -number)
        world.slots.setdefault(fact.kind, []).append(slot)
        for name, attribute in slot.kind.attributes.items():
            world.attributes[fact.id, name] = told(fact.values[name], attribute, world.codes)
    for clause, met in _rulings(dossier, on).items():
        world.rulings[clause] = met
    return search


def told(value: Any, attribute: Attribute, codes: Codes) -> Variable:
    absent = value is NONE
    if attribute.type in (Type.CHOICES, Type.TEXTS):
        held = {codes.of(option) for option in (() if absent else value)}
        return Listed(absent, lambda code: _holds(held, code), 0 if absent else len(value))
    return Symbol(absent, 0 if absent else _number(value, codes))


def _holds(held: set[int], code: Number) -> Truth:
    assert isinstance(code, int)
    return code in held


def _number(value: Any, codes: Codes) -> Number:
    match value:
        case bool() | str():
            return codes.of(value)
        case datetime.datetime():
            seconds = value.hour * 60 + value.minute
            return value.toordinal() * MINUTES + seconds
        case datetime.date():
            return value.toordinal()
    return exact(value)


def _rulings(dossier: Dossier, on: datetime.date) -> dict[str, bool]:
    """What the latest ruling on each clause says."""
    known = [f for f in dossier.of("judgement") if f.values["date"] <= on]
    latest = sorted(known, key=lambda f: (f.values["date"], f.id))
    return {f.values["clause"]: f.values["decision"] == "met" for f in latest}


def is_ruled(rule: Rule, dossier: Dossier, on: datetime.date) -> bool:
    """Whether a person has ruled on everything that is left to one."""
    asked = {node.clause for node in rule.walk() if isinstance(node, Judged)}
    return asked <= _rulings(dossier, on).keys()


def complete(fact: Fact) -> Fact:
    """The fact, with nothing left unknown: what nobody has said is said in the plainest way."""
    kind = find(fact.kind)
    values = {
        name: _plainest(kind.attributes[name]) if value is None else value
        for name, value in fact.values.items()
    }
    return Fact(fact.id, fact.kind, values, fact.tier, fact.place)


def _plainest(attribute: Attribute) -> Any:
    if attribute.type is Type.CHOICE:
        return attribute.option_names[0]
    plain: dict[Type, Any] = {
        Type.TEXT: "A", Type.REFERENCE: "nobody", Type.TEXTS: (), Type.CHOICES: (),
        Type.WHOLE: 1, Type.NUMBER: 1, Type.DURATION: 60, Type.YES_NO: False, Type.DAY: DAY,
        Type.MOMENT: datetime.datetime.combine(DAY, datetime.time(9)),
    }  # fmt: skip
    return plain[attribute.type]
