"""
Sets of records, and what can be asked of them.

``records("publication").where(...)`` is the set of the subject's publications that satisfy the
conditions on the reference date. A record that has not happened by then is not in the set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tiaoli.facts.kinds import Attribute, Kind, Type
from tiaoli.facts.vocabulary import find
from tiaoli.rules.errors import BrokenRegulation, NoSuchAttribute
from tiaoli.rules.expressions import (
    SATISFIED,
    AttributeOf,
    AttributeValue,
    Node,
    Not,
    Rule,
    Value,
    _must_be_rule,
    all_of,
    attribute_of,
)


class RecordSet(Node):
    """Records of one kind, or of several."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Records(RecordSet):
    """
    The records of ``kind`` for which ``condition`` holds. Its attributes are the kind's.

    ``anytime`` lifts the rule that a record counts only from the day on which it happens.
    """

    kind: Kind
    condition: Rule = SATISFIED
    anytime: bool = False

    def where(self, *rules: Rule) -> Records:
        """The same records, narrowed. Raises where a rule asks of another kind's attributes."""
        for rule in rules:
            _asks_only_of(self.kind, _must_be_rule(rule))
        old = () if self.condition is SATISFIED else (self.condition,)
        return replace(self, condition=all_of(*old, *rules))

    def whenever(self) -> Records:
        """Records that count although they lie after the reference date (appointments, expiry)."""
        return replace(self, anytime=True)

    def __getattr__(self, name: str) -> AttributeOf:
        if name.startswith("__"):
            raise AttributeError(name)
        return attribute_of(self.kind, name)


@dataclass(frozen=True, slots=True, eq=False)
class Union(RecordSet):
    """Records of several sets together."""

    sets: tuple[Records, ...]


def records(kind: str) -> Records:
    """All records of one kind. Raises UnknownKind for a kind the vocabulary does not have."""
    return Records(find(kind))


def union(*sets: Records) -> Union:
    return Union(sets)


def _asks_only_of(kind: Kind, rule: Node) -> None:
    """What is asked of records inside a condition is asked of their own kind; it was checked."""
    if isinstance(rule, AttributeOf) and rule.kind.name != kind.name:
        raise NoSuchAttribute(f"{rule.name} is not an attribute of {kind.name}")
    if isinstance(rule, RecordSet) or hasattr(rule, "records"):
        return
    inside = (mine for mine, _ in rule.pairs) if isinstance(rule, Related) else rule.parts()
    for node in inside:
        _asks_only_of(kind, node)


@dataclass(frozen=True, slots=True, eq=False)
class Related(Rule):
    """
    There is a record among ``others`` that agrees with the record in hand on every pair
    (own attribute, other's attribute). Where one of the two is a list, it holds the other.
    """

    others: Records
    pairs: tuple[tuple[AttributeOf, AttributeOf], ...]


def related(others: Records, *pairs: tuple[AttributeOf, AttributeOf]) -> Rule:
    for _, other in pairs:
        if other.kind.name != others.kind.name:
            raise NoSuchAttribute(f"{other.name} is not an attribute of {others.kind.name}")
    return Related(others, pairs)


@dataclass(frozen=True, slots=True, eq=False)
class Every(Rule):
    """Every record of the set satisfies ``rule``; of no records, all do."""

    records: Records
    rule: Rule


def every(of: Records, rule: Rule) -> Rule:
    _asks_only_of(of.kind, rule)
    return Every(of, rule)


@dataclass(frozen=True, slots=True, eq=False)
class Served(Rule):
    """
    ``years`` of service, from the periods of ``records`` (their ``happens`` to their ``ends``).

    Unbroken service is counted by the calendar, broken service as 365-day years over the union of
    the periods. Days before ``since`` do not count. See ``facts/periods.has_served``.
    """

    records: Records
    years: int
    since: Value | None = None
    first_day_counts: bool = True
    complete_on_last_day: bool = False


def served(
    of: Records,
    years: int,
    *,
    since: Value | None = None,
    first_day_counts: bool = True,
    complete_on_last_day: bool = False,
) -> Rule:
    if of.kind.happens is None or of.kind.ends is None:
        raise BrokenRegulation(f"{of.kind.name} has no period to count service from")
    if since is not None and since.type is not Type.DAY:
        raise BrokenRegulation("service is counted since a day")
    return Served(of, years, since, first_day_counts, complete_on_last_day)


@dataclass(frozen=True, slots=True, eq=False)
class Picked(AttributeValue):
    """
    An attribute of the latest (or the first) record of a set; absent where the set is empty.

    ``focus`` marks the record that a question is about: naming one by its id picks that one.
    """

    records: Records
    by: AttributeOf
    attribute: Attribute
    focus: bool = False
    earliest: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Referred(AttributeValue):
    """An attribute of the record that ``reference`` names; absent where it names none."""

    reference: AttributeValue
    kind: Kind
    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Followed:
    """The record that a reference names. The record's attributes are values."""

    reference: AttributeValue
    kind: Kind

    def __getattr__(self, name: str) -> Referred:
        if name.startswith("__"):
            raise AttributeError(name)
        return Referred(self.reference, self.kind, attribute_of(self.kind, name).attribute)


def follow(reference: AttributeValue) -> Followed:
    """``follow(the(operation).source).nominal_kv``. Raises where it is not a reference."""
    to = reference.attribute.refers_to
    if reference.type is not Type.REFERENCE or to is None or to == "*":
        raise BrokenRegulation(f"{reference.name} does not name a record of one kind")
    return Followed(reference, find(to))


@dataclass(frozen=True, slots=True)
class One:
    """One record of a set: its latest or its first. The record's attributes are values."""

    of: Records
    by: AttributeOf
    focus: bool = False
    earliest: bool = False

    def __getattr__(self, name: str) -> Picked:
        if name.startswith("__"):
            raise AttributeError(name)
        attribute = attribute_of(self.of.kind, name).attribute
        return Picked(self.of, self.by, attribute, self.focus, self.earliest)


def latest(of: Records, by: AttributeOf | None = None) -> One:
    """The latest of ``of`` by a day attribute (by default the one on which it happens)."""
    return One(of, _happening(of) if by is None else by)


def earliest(of: Records, by: AttributeOf | None = None) -> One:
    """The first of ``of`` by a day attribute (by default the one on which it happens)."""
    return One(of, _happening(of) if by is None else by, earliest=True)


def the(of: Records, by: AttributeOf | None = None) -> One:
    """The record a question is about: the one that was named, else the latest."""
    return One(of, _happening(of) if by is None else by, focus=True)


def _happening(of: Records) -> AttributeOf:
    if of.kind.happens is None:
        raise BrokenRegulation(f"say by which day the latest {of.kind.name} is meant")
    return attribute_of(of.kind, of.kind.happens)


@dataclass(frozen=True, slots=True, eq=False)
class FromDifferentEvents(Rule):
    """
    One record from each set, no two from the same event.

    A record that names no event is an event of its own.
    """

    sets: tuple[Records, ...]
    event: str


def each_from_a_different_event(*sets: Records, event: str) -> Rule:
    for of in sets:
        attribute_of(of.kind, event)
    return FromDifferentEvents(sets, event)


def no(of: Records) -> Rule:
    """There is no such record."""
    return Not(any_record(of))


@dataclass(frozen=True, slots=True, eq=False)
class AnyRecord(Rule):
    """There is at least one such record."""

    records: Records


def any_record(of: Records) -> Rule:
    return AnyRecord(of)
