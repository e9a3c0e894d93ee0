"""
The two sorts of node, rules and values, and how rules combine.

A rule has three truths: met, not met, unknown. Unknown is never quietly false and never satisfies
a negation; ``a & b`` with ``a`` not met is not met whatever ``b`` is. What the truths are for one
subject is in ``answers``; here is only what may be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from tiaoli.facts.kinds import Attribute, Kind, Type, Unit
from tiaoli.facts.names import nearest
from tiaoli.rules.errors import MixedUnits, NoSuchAttribute, NoSuchOption, NotTrueOrFalse


class Node:
    """Anything a regulation says. Immutable; compared by identity."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise NotTrueOrFalse(f"a {type(self).__name__}")

    def contents(self) -> Iterator[Any]:
        """What it was written with, field by field: nodes, kinds, numbers."""
        for name in _field_names(type(self)):
            yield getattr(self, name)

    def parts(self) -> Iterator[Node]:
        """The nodes this one is made of, in the order in which it was written."""
        for value in self.contents():
            yield from _nodes_in(value)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, each once, depth first, in written order."""
        return walk((self,))


def walk(roots: Iterable[Node]) -> Iterator[Node]:
    """The roots and all below them, each node once, however many places share it."""
    seen: set[int] = set()
    ahead = list(roots)[::-1]
    while ahead:
        node = ahead.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            ahead.extend(reversed(tuple(node.parts())))


_FIELDS: dict[type, tuple[str, ...]] = {}


def _field_names(node: type[Any]) -> tuple[str, ...]:
    """The fields of a node class, looked up once."""
    if node not in _FIELDS:
        _FIELDS[node] = tuple(field.name for field in fields(node))
    return _FIELDS[node]


def _nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


class Rule(Node):
    """Something that is met, not met or unknown."""

    __slots__ = ()

    def __and__(self, other: Rule) -> Rule:
        return all_of(self, other)

    def __or__(self, other: Rule) -> Rule:
        return any_of(self, other)

    def __invert__(self) -> Rule:
        return Not(self)


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Rule):
    """Always met, or never."""

    met: bool


SATISFIED = Constant(True)
"""The text asks for nothing here."""

NEVER = Constant(False)


@dataclass(frozen=True, slots=True, eq=False)
class AllOf(Rule):
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf(Rule):
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AtLeastOf(Rule):
    """Any ``number`` of the rules."""

    number: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Rule):
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False)
class WaivedBy(Rule):
    """``rule``, except that nobody needs it who meets ``waiver``."""

    rule: Rule
    waiver: Rule


def all_of(*rules: Rule) -> Rule:
    """Every one of ``rules``; nested conjunctions are read as one list."""
    return _joined(AllOf, rules)


def any_of(*rules: Rule) -> Rule:
    """One or more of ``rules``."""
    return _joined(AnyOf, rules)


def _joined(join: type[AllOf] | type[AnyOf], rules: tuple[Rule, ...]) -> Rule:
    flat: list[Rule] = []
    for rule in rules:
        _must_be_rule(rule)
        flat.extend(rule.rules if isinstance(rule, join) else (rule,))
    if not flat:
        raise ValueError("all_of() and any_of() take at least one rule")
    return flat[0] if len(flat) == 1 else join(tuple(flat))


def at_least_of(number: int, *rules: Rule) -> Rule:
    """Any ``number`` of ``rules`` (任 n 項)."""
    for rule in rules:
        _must_be_rule(rule)
    if not 1 <= number <= len(rules):
        raise ValueError(f"any {number} of {len(rules)} rules cannot be asked for")
    return AtLeastOf(number, rules)


def waived_by(rule: Rule, waiver: Rule) -> Rule:
    """``rule``, which nobody needs who meets ``waiver``; the answer says that it was waived."""
    return WaivedBy(_must_be_rule(rule), _must_be_rule(waiver))


def unless(rule: Rule, exception: Rule) -> Rule:
    """``rule``, but not for those who meet ``exception``; an unknown exception leaves it open."""
    return all_of(rule, Not(_must_be_rule(exception)))


def _must_be_rule(rule: Any) -> Rule:
    if isinstance(rule, Rule):
        return rule
    hint = (
        " Did you write == between a value and an option? Use .is_(...)."
        if isinstance(rule, bool)
        else ""
    )
    raise TypeError(f"a rule is needed here, not {rule!r}.{hint}")


class Value(Node):
    """Something a subject or a record has: a day, an amount, a choice, a text."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        raise NotImplementedError

    @property
    def unit(self) -> Unit:
        return Unit.ONE

    def __le__(self, other: Value) -> Rule:
        return compare(self, "<=", other)

    def __ge__(self, other: Value) -> Rule:
        return compare(self, ">=", other)

    def __lt__(self, other: Value) -> Rule:
        return compare(self, "<", other)

    def __gt__(self, other: Value) -> Rule:
        return compare(self, ">", other)

    def same_as(self, other: Value) -> Rule:
        """The two are the same day, choice or text."""
        if self.type is not other.type:
            raise MixedUnits(f"a {self.type.value} is never the same as a {other.type.value}")
        if _ORDERED.get(self.type) == "amount":
            raise MixedUnits("amounts are compared with .at_least() and .at_most(), not .same_as()")
        return Compare(self, "==", other)

    def is_absent(self) -> Rule:
        """There is no such value (not: nobody has said)."""
        return IsAbsent(self)

    def is_given(self) -> Rule:
        return Not(IsAbsent(self))


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Rule):
    """Two values of one type and unit. A value that is absent compares as not met."""

    left: Value
    op: str
    right: Value


@dataclass(frozen=True, slots=True, eq=False)
class IsAbsent(Rule):
    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class IsOneOf(Rule):
    """The value is one of ``options`` (text, option names, or a yes or no)."""

    value: Value
    options: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Includes(Rule):
    """A list of choices or texts holds every one of ``options``."""

    value: Value
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Contains(Rule):
    """A text has ``text`` somewhere in it."""

    value: Value
    text: str


_ORDERED = {
    Type.DAY: "day",
    Type.MOMENT: "moment",
    Type.WHOLE: "amount",
    Type.NUMBER: "amount",
    Type.DURATION: "amount",
}


def compare(left: Value, op: str, right: Value) -> Rule:
    """Raises MixedUnits where the two cannot be compared."""
    if not isinstance(right, Value):
        raise MixedUnits(
            f"{right!r} has no unit. Write hours(8), points(200), twd(1000), number_of(3) or a day."
        )
    sorts = (_ORDERED.get(left.type), _ORDERED.get(right.type))
    if None in sorts or sorts[0] != sorts[1]:
        raise MixedUnits(f"a {left.type.value} cannot be compared with a {right.type.value}")
    if left.unit is not right.unit:
        raise MixedUnits(f"{left.unit.name} cannot be compared with {right.unit.name}")
    return Compare(left, op, right)


class AttributeValue(Value):
    """A value that is some record's attribute. Options are checked where the rule is written."""

    __slots__ = ()

    attribute: Attribute

    @property
    def type(self) -> Type:
        return self.attribute.type

    @property
    def unit(self) -> Unit:
        return self.attribute.unit

    @property
    def name(self) -> str:
        return self.attribute.name

    def is_(self, option: str | bool) -> Rule:
        return self.is_in(option)

    def is_in(self, *options: str | bool) -> Rule:
        """Raises NoSuchOption for an option the attribute does not have."""
        if self.type is Type.YES_NO:
            return IsOneOf(self, _all_of_type(self, options, bool))
        if self.type is Type.CHOICE:
            return IsOneOf(self, self._known(options))
        if self.type in (Type.TEXT, Type.REFERENCE):
            return IsOneOf(self, _all_of_type(self, options, str))
        raise MixedUnits(f"{self.name} is a {self.type.value}; .is_() asks of a choice or text")

    def includes(self, *options: str) -> Rule:
        if self.type is Type.CHOICES:
            return Includes(self, self._known(options))
        if self.type is Type.TEXTS:
            return Includes(self, _all_of_type(self, options, str))
        raise MixedUnits(f"{self.name} is a {self.type.value}, not a list")

    def contains(self, text: str) -> Rule:
        """``case.title.contains("網路課程")``."""
        if self.type is Type.TEXT:
            return Contains(self, text)
        raise MixedUnits(f"{self.name} is a {self.type.value}, not a text")

    def _known(self, options: tuple[Any, ...]) -> tuple[str, ...]:
        for option in options:
            if option not in self.attribute.option_names:
                hint = nearest(str(option), self.attribute.option_names).en
                raise NoSuchOption(f"{self.name} has no option {option!r}. {hint}")
        return options


@dataclass(frozen=True, slots=True, eq=False)
class AttributeOf(AttributeValue):
    """An attribute of the record in hand (inside ``where``), e.g. ``paper.author_role``."""

    kind: Kind
    attribute: Attribute

    @property
    def name(self) -> str:
        return f"{self.kind.name}.{self.attribute.name}"


def _all_of_type(value: AttributeValue, options: tuple[Any, ...], wanted: type) -> tuple[Any, ...]:
    for option in options:
        if not isinstance(option, wanted):
            raise MixedUnits(f"{value.name} is a {value.type.value}; {option!r} is not")
    return options


def attribute_of(kind: Kind, name: str) -> AttributeOf:
    """Raises NoSuchAttribute, naming the nearest attribute of ``kind``."""
    try:
        return AttributeOf(kind, kind.attributes[name])
    except KeyError:
        hint = nearest(name, kind.attributes).en
        raise NoSuchAttribute(f"{kind.name} has no attribute {name!r}. {hint}") from None
