"""
What a node comes to as terms: a truth, a value or a range, and how it is looked up.

These are the three shapes of ``answers.meaning``, each part a term: a truth is met, or possible, or
neither; a value is known, or given, or neither; a range has ends, if it is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tiaoli.facts.kinds import Attribute, Kind, Label, Type
from tiaoli.population.lowering.left_out import LEFT_OUT
from tiaoli.population.terms import ASKED, Binder, Rows, Sort, Term, Terms, Turns
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import Node, Rule, Value
from tiaoli.rules.records import Records, RecordSet, Union


class NoColumns(NotImplementedError):
    """A node that cannot be read as columns; the message says why."""

    def __init__(self, node: type[Node]) -> None:
        why = LEFT_OUT.get(node, Label("尚未有對應的寫法", "nothing is written for it yet"))
        super().__init__(
            f"{node.__name__} 不能對整個母體計算：{why.zh}。請用 tiaoli ask 逐一查詢。 / "
            f"{node.__name__} is not worked out over a population: {why.en}. "
            "Ask for one subject at a time with tiaoli ask."
        )


@dataclass(frozen=True, slots=True)
class Truth:
    """``met`` for certain, or at least ``possible``; what is not possible is not met."""

    met: Term
    possible: Term


@dataclass(frozen=True, slots=True)
class Val:
    """``given``: there is one, and it is ``term``; ``known`` without it: there is none."""

    known: Term
    given: Term
    term: Term


@dataclass(frozen=True, slots=True)
class Bounds:
    """``low`` is certain, ``high`` is possible where it is ``limited``; else no limit is known."""

    stated: Term
    low: Term
    high: Term
    limited: Term


@dataclass(frozen=True, slots=True)
class Scope:
    """
    What is in hand: the record inside a set, the records and the period whose turn it is, and the
    binders that may not be opened again meanwhile.
    """

    row: Term | None = None
    kind: str = ""
    taken: Mapping[str, Term] = field(default_factory=dict)
    turns: tuple[Term, Term] | None = None
    open: frozenset[Binder] = frozenset()
    sums: Mapping[int, tuple[Term, Term]] = field(default_factory=dict)
    """Inside a ledger: what the records before this one add up to, and whether that is known, by
    the portion that pools them."""

    def outside(self) -> Scope:
        """Without the record in hand, which nothing sees that asks of other records."""
        return replace(self, row=None, kind="", sums={})


M = TypeVar("M", bound=Callable[..., Any])
_LOWERS: dict[type[Node], Callable[[Any, Lowering, Scope], Any]] = {}


def lowers(*nodes: type[Node]) -> Callable[[M], M]:
    """``@lowers(AllOf)``: the function that follows says what such a node is as terms."""

    def kept(function: M) -> M:
        for node in nodes:
            _LOWERS[node] = function
        return function

    return kept


def lowered_nodes() -> frozenset[type[Node]]:
    """Every sort of node that can be read as columns."""
    return frozenset(_LOWERS)


class Lowering:
    """
    The terms of one question. ``as_of`` is the reference date; ``about`` the record asked about.

    A node is lowered once for the scope in which it stands.
    """

    def __init__(self, terms: Terms, *, about: str | None = None) -> None:
        self.terms = terms
        self.about = about
        self.as_of: Term | None = None
        self.asked_on: Term | None = None
        self._done: dict[Any, Any] = {}
        self._nodes: list[Node] = []  # kept, so that no other has the same identity

    # Nodes

    def truth(self, rule: Rule, scope: Scope) -> Truth:
        found: Truth = self._lowered(rule, scope)
        return found

    def value(self, node: Value, scope: Scope) -> Val:
        found: Val = self._lowered(node, scope)
        return found

    def amount(self, node: Value, scope: Scope) -> Bounds:
        """The range of an amount, or of a value taken as one."""
        if isinstance(node, AmountNode):
            found: Bounds = self._lowered(node, scope)
            return found
        return self.range_of(self.value(node, scope))

    def _lowered(self, node: Node, scope: Scope) -> Any:
        key = (id(node), _key(scope))
        if key not in self._done:
            lower = _LOWERS.get(type(node))
            if lower is None:
                raise NoColumns(type(node))
            self._nodes.append(node)
            self._done[key] = lower(node, self, scope)
        return self._done[key]

    # Truths

    def known(self, met: bool) -> Truth:
        term = self.terms.boolean(met)
        return Truth(term, term)

    def unknown(self) -> Truth:
        return Truth(self.terms.boolean(False), self.terms.boolean(True))

    def sure(self, term: Term) -> Truth:
        return Truth(term, term)

    def negated(self, truth: Truth) -> Truth:
        return Truth(self.terms.neg(truth.possible), self.terms.neg(truth.met))

    def all_of(self, truths: Iterable[Truth]) -> Truth:
        found = list(truths)
        both = self.terms.both
        return Truth(both(*(t.met for t in found)), both(*(t.possible for t in found)))

    def any_of(self, truths: Iterable[Truth]) -> Truth:
        found = list(truths)
        either = self.terms.either
        return Truth(either(*(t.met for t in found)), either(*(t.possible for t in found)))

    def unless_open(self, truth: Truth, is_open: Term) -> Truth:
        """A truth that records nobody has listed may still bring about."""
        return Truth(truth.met, self.terms.either(truth.possible, is_open))

    # Values

    def given(self, term: Term) -> Val:
        yes = self.terms.boolean(True)
        return Val(yes, yes, term)

    def where(self, truth: Term, one: Val, other: Val) -> Val:
        select = self.terms.select
        return Val(
            select(truth, one.known, other.known),
            select(truth, one.given, other.given),
            select(truth, one.term, other.term),
        )

    def compared(self, left: Val, op: str, right: Val) -> Truth:
        """Unknown where either is; what is absent compares as not met."""
        terms = self.terms
        met = terms.both(left.given, right.given, terms.compare(left.term, op, right.term))
        unknown = terms.neg(terms.both(left.known, right.known))
        return Truth(met, terms.either(met, unknown))

    # Ranges

    def exactly(self, term: Term) -> Bounds:
        yes = self.terms.boolean(True)
        return Bounds(yes, term, term, yes)

    def range_of(self, found: Val) -> Bounds:
        number = self.terms.select(found.given, found.term, self.terms.whole(0))
        return Bounds(self.terms.boolean(True), number, number, found.known)

    def no_limit(self) -> Bounds:
        """From nothing upwards."""
        yes, zero = self.terms.boolean(True), self.terms.whole(0)
        return Bounds(yes, zero, zero, self.terms.boolean(False))

    def either_range(self, truth: Term, one: Bounds, other: Bounds) -> Bounds:
        select = self.terms.select
        return Bounds(
            select(truth, one.stated, other.stated),
            select(truth, one.low, other.low),
            select(truth, one.high, other.high),
            select(truth, one.limited, other.limited),
        )

    def exact(self, found: Bounds) -> Term:
        """Whether it is one number."""
        terms = self.terms
        return terms.both(found.limited, terms.compare(found.low, "==", found.high))

    def compared_ranges(self, left: Bounds, op: str, right: Bounds) -> Truth:
        """Certain when it holds for every value in the ranges; not stated is unknown."""
        if op in ("<=", "<"):
            return self.compared_ranges(right, {"<=": ">=", "<": ">"}[op], left)
        terms = self.terms
        both = terms.both(left.stated, right.stated)
        met = terms.both(both, right.limited, terms.compare(left.low, op, right.high))
        may = terms.either(terms.neg(left.limited), terms.compare(left.high, op, right.low))
        return Truth(met, terms.either(terms.neg(both), met, may))

    # Records

    def opened(self, kind: Kind, scope: Scope) -> tuple[Rows, Scope]:
        """The records of a kind, one after another, and the scope in which each is in hand."""
        level = 0
        while (binder := Rows(kind.name, level)) in scope.open:
            level += 1
        return binder, replace(scope, row=self.terms.row(binder), kind=kind.name, sums={})

    def member(self, of: Records, inner: Scope) -> Truth:
        """Whether the record in hand is in the set."""
        return self.all_of((self.has_happened(of, inner), self.truth(of.condition, inner)))

    def has_happened(self, of: Records, inner: Scope) -> Truth:
        if of.anytime or of.kind.happens is None:
            return self.known(True)
        terms, day = self.terms, self.attribute(of.kind, of.kind.happens, inner.row)
        assert self.as_of is not None
        none = terms.both(day.known, terms.neg(day.given))
        met = terms.either(none, terms.both(day.given, terms.compare(day.term, "<=", self.as_of)))
        return Truth(met, terms.either(met, terms.neg(day.known)))

    def members(self, of: Records, scope: Scope) -> tuple[Rows, Scope, Truth]:
        """The records of the kind, the scope of one of them, and whether it is in the set."""
        binder, inner = self.opened(of.kind, scope.outside())
        return binder, inner, self.member(of, inner)

    def is_open(self, of: RecordSet) -> Term:
        """Whether records may exist that nobody has listed."""
        sets = of.sets if isinstance(of, Union) else (of,)
        kinds = [one.kind.name for one in sets if isinstance(one, Records)]
        return self.terms.either(*map(self.terms.incomplete, kinds))

    def asked_about(self) -> Term | None:
        """The record that the question is about, if it is about one."""
        return None if self.about is None else self.terms.row(Rows(self.about, ASKED))

    def attribute(self, kind: Kind, name: str, row: Term | None) -> Val:
        """An attribute of a record."""
        assert row is not None, f"{kind.name}.{name} is asked of a record"
        attribute = kind.attributes[name]
        sort, scale = SORTS[attribute.type], scale_of(attribute)
        at = self.terms.at
        return Val(
            at(row, (kind.name, name, "known"), Sort.BOOL),
            at(row, (kind.name, name, "given"), Sort.BOOL),
            at(row, (kind.name, name, "value"), sort, scale),
        )


DECIMALS = 6
"""Decimals of an attribute that is a number."""

SORTS: Mapping[Type, Sort] = {
    Type.TEXT: Sort.TEXT,
    Type.REFERENCE: Sort.TEXT,
    Type.TEXTS: Sort.TEXTS,
    Type.WHOLE: Sort.INT,
    Type.NUMBER: Sort.INT,
    Type.DURATION: Sort.INT,
    Type.YES_NO: Sort.BOOL,
    Type.DAY: Sort.DAY,
    Type.MOMENT: Sort.MOMENT,
    Type.CHOICE: Sort.CHOICE,
    Type.CHOICES: Sort.CHOICES,
}


def scale_of(attribute: Attribute) -> int:
    return DECIMALS if attribute.type is Type.NUMBER else 0


def _key(scope: Scope) -> Any:
    row = None if scope.row is None else scope.row.number
    taken = tuple(sorted((kind, term.number) for kind, term in scope.taken.items()))
    turns = None if scope.turns is None else tuple(term.number for term in scope.turns)
    sums = tuple(sorted((key, a.number, b.number) for key, (a, b) in scope.sums.items()))
    return row, taken, turns, scope.open, sums


__all__ = [
    "Bounds", "Lowering", "NoColumns", "Scope", "Truth", "Turns", "Val", "lowered_nodes", "lowers",
]  # fmt: skip
