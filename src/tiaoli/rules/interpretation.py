"""
Interpretations: where a text can be read in more than one way.

A key has named readings and a default. ``reading("some.key", strict=a, lenient=b)`` stands in a
rule wherever the readings differ; ``resolve`` gives the rule under chosen readings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, overload

from tiaoli.facts.kinds import Label, Type, Unit
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.errors import BrokenRegulation, MixedUnits
from tiaoli.rules.expressions import AllOf, AnyOf, Node, Rule, Value, all_of, any_of
from tiaoli.rules.moments import DayNode

N = TypeVar("N", bound=Node)


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    says: Label


@dataclass(frozen=True, slots=True)
class Interpretation:
    """
    One key: where the text is open, the readings, the default and why.

    A key with a single reading is a stated convention: it is recorded, not switched. ``ledger``
    is the number under which the register of open points lists it.
    """

    key: str
    ledger: str
    place: Label
    question: Label
    options: tuple[Option, ...]
    default: str
    because: Label

    @property
    def is_convention(self) -> bool:
        return len(self.options) == 1

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def label(self, name: str) -> Label:
        return next(option.says for option in self.options if option.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class RuleByReading(Rule):
    key: str
    readings: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True, slots=True, eq=False)
class DayByReading(DayNode):
    key: str
    readings: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True, eq=False)
class AmountByReading(AmountNode):
    key: str
    readings: tuple[tuple[str, AmountNode], ...]

    @property
    def unit(self) -> Unit:
        return self.readings[0][1].unit


ByReading = RuleByReading | DayByReading | AmountByReading


@overload
def reading(key: str, **readings: Rule) -> Rule: ...
@overload
def reading(key: str, **readings: AmountNode) -> AmountNode: ...
@overload
def reading(key: str, **readings: Value) -> Value: ...
def reading(key: str, **readings: Any) -> Any:
    """What stands here depends on how ``key`` is read; all readings are of one sort and unit."""
    options = tuple(readings.items())
    nodes = list(readings.values())
    if len(nodes) < 2:
        raise BrokenRegulation(f"{key}: a choice of readings needs at least two")
    if all(isinstance(node, Rule) for node in nodes):
        return RuleByReading(key, options)
    if all(isinstance(node, AmountNode) for node in nodes):
        if len({node.unit for node in nodes}) > 1:
            raise MixedUnits(f"{key}: its readings are of different units")
        return AmountByReading(key, options)
    if all(isinstance(node, Value) and node.type is Type.DAY for node in nodes):
        return DayByReading(key, options)
    raise MixedUnits(f"{key}: its readings are of different sorts")


def keys_of(node: Node) -> frozenset[str]:
    """Every interpretation key that ``node`` depends on."""
    return frozenset(n.key for n in node.walk() if isinstance(n, ByReading))


def resolve(node: N, readings: Mapping[str, str]) -> N:
    """``node`` under the given readings (every key it uses must be given). Shares what it can."""
    resolved: N = _resolved(node, readings, {})
    return resolved


def _resolved(node: Any, readings: Mapping[str, str], done: dict[int, Any]) -> Any:
    if id(node) in done:
        return done[id(node)]
    if isinstance(node, ByReading):
        done[id(node)] = _chosen(node, readings, done)
    else:
        done[id(node)] = _rebuilt(node, readings, done)
    return done[id(node)]


def _chosen(node: ByReading, readings: Mapping[str, str], done: dict[int, Any]) -> Any:
    wanted = readings[node.key]
    for name, branch in node.readings:
        if name == wanted:
            return _resolved(branch, readings, done)
    raise BrokenRegulation(f"{node.key}: nothing is written for its reading {wanted!r}")


def _rebuilt(node: Node, readings: Mapping[str, str], done: dict[int, Any]) -> Any:
    changed = {}
    for field in fields(node):  # type: ignore[arg-type]  # every concrete node is a dataclass
        old = getattr(node, field.name)
        new = _rebuilt_value(old, readings, done)
        if new is not old:
            changed[field.name] = new
    if not changed:
        return node
    if isinstance(node, AllOf):
        return all_of(*changed["rules"])
    if isinstance(node, AnyOf):
        return any_of(*changed["rules"])
    rest = {f.name: getattr(node, f.name) for f in fields(node)}  # type: ignore[arg-type]  # as above
    return type(node)(**{**rest, **changed})


def _rebuilt_value(value: Any, readings: Mapping[str, str], done: dict[int, Any]) -> Any:
    if isinstance(value, Node):
        return _resolved(value, readings, done)
    if isinstance(value, tuple):
        items = tuple(_rebuilt_value(item, readings, done) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value
