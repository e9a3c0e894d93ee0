"""
Terms: what a rule comes to when it is read as columns.

A term is two-valued and exact: yes or no, a whole number with a fixed number of decimals, a day.
That something is not known is said by further terms beside it (``lowering``), so an engine need
know nothing of three truths, ranges or regulations; only of the few operations in this file.

Terms that say the same are one object, so that each is worked out once.
"""

from __future__ import annotations

import operator
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tiaoli.population.absorbing import absorbed
from tiaoli.rules.expressions import Node


class Sort(Enum):
    """What a term comes to."""

    BOOL = "bool"
    INT = "int"
    """A whole number; with ``scale`` s it stands for a decimal, ``number / 10**s``."""
    DAY = "day"
    MOMENT = "moment"  # date and time, Taipei
    TEXT = "text"
    CHOICE = "choice"  # of one attribute; ``as_text`` makes it comparable with others
    CHOICES = "choices"
    TEXTS = "texts"
    ROW = "row"  # of a record in the table of its kind; -1 for none


@dataclass(frozen=True, slots=True)
class Rows:
    """
    The records of one kind of the subject in hand, one after another.

    Of two that are open at once and of one kind, ``level`` tells which. Level ``ASKED`` is the
    record that the question is about.
    """

    kind: str
    level: int = 0


ASKED = -1


@dataclass(frozen=True, slots=True)
class Turns:
    """Periods by their number from 0: from ``first`` until before ``until`` (None: no limit)."""

    level: int
    first: int = 0
    until: int | None = None


Binder = Rows | Turns


class Agg(Enum):
    """How a term becomes one over all records (or periods) that are taken."""

    ANY = "any"
    COUNT = "count"
    SUM = "sum"
    LEAST = "least"  # of none, and of GREATEST, whatever the sort's zero is; see ``any_of_rows``
    GREATEST = "greatest"
    MIDDLE = "middle"  # of an even number the lower of the two
    DISTINCT = "distinct"  # how many different keys
    GROUPS_TOTAL = "groups_total"
    GROUPS_BEST = "groups_best"
    BLOCKS = "blocks"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """
    ``op`` of ``args``; ``data`` is what the operation needs besides, ``free`` the binders that must
    be open for it to mean anything. Compared by identity: ``Terms`` makes each but once.
    """

    op: str
    sort: Sort
    args: tuple[Term, ...] = ()
    data: Any = None
    scale: int = 0
    free: frozenset[Binder] = frozenset()
    number: int = 0

    def __repr__(self) -> str:
        return f"t{self.number} = {self.op}[{self.data}]{[f't{a.number}' for a in self.args]}"


@dataclass(frozen=True, slots=True)
class Param:
    """
    A number or a day that is fixed for all subjects alike: it stands in the text (``node``), or
    follows from the day of asking. Engines take it as given, so a changed one changes no program.
    """

    what: str  # amount, day, years_in_days, count
    node: Node
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Moving:
    """A day as a function of another, and of a number of turns where it has one, as a table."""

    what: str  # moved, nth_start, nth_end, completion
    node: Node


@dataclass(frozen=True, slots=True)
class Aggregated:
    """
    What an aggregate is made over. Where ``binders`` are several (the distinct ones of a union),
    ``args`` are as many groups of ``width`` terms, one group for each.
    """

    how: Agg
    binders: tuple[Binder, ...]
    width: int
    part: str = ""


@dataclass(eq=False)
class Terms:
    """
    Makes terms, each but once, and simplifies what is plain.

    ``certain`` holds the (kind, attribute, part) that are true of every record of the population,
    such as that an attribute is always known: what hangs on them falls away.
    """

    certain: Container[tuple[str, str, str]] = frozenset()
    made: dict[Any, Term] = field(default_factory=dict)

    def make(
        self,
        op: str,
        sort: Sort,
        args: Iterable[Term] = (),
        data: Any = None,
        *,
        scale: int = 0,
        binds: frozenset[Binder] = frozenset(),
        opens: frozenset[Binder] = frozenset(),
    ) -> Term:
        args = tuple(args)
        key = (op, sort, tuple(arg.number for arg in args), _key(data), scale)
        found = self.made.get(key)
        if found is None:
            free = frozenset[Binder]().union(*(arg.free for arg in args)) - binds | opens
            found = Term(op, sort, args, data, scale, free, len(self.made))
            self.made[key] = found
        return found

    # Constants and parameters

    def boolean(self, known: bool) -> Term:
        return self.make("const", Sort.BOOL, data=known)

    def whole(self, number: int) -> Term:
        return self.make("const", Sort.INT, data=number)

    def param(self, param: Param, sort: Sort) -> Term:
        return self.make("param", sort, data=param, scale=param.scale)

    # Truths

    def neg(self, term: Term) -> Term:
        if term.op == "const":
            return self.boolean(not term.data)
        if term.op == "not":
            return term.args[0]
        return self.make("not", Sort.BOOL, (term,))

    def both(self, *terms: Term) -> Term:
        return self._joined("and", terms)

    def either(self, *terms: Term) -> Term:
        return self._joined("or", terms)

    def _joined(self, op: str, terms: tuple[Term, ...]) -> Term:
        """Flat, without what says nothing beside others, in one order: the same is one term."""
        flat: dict[int, Term] = {}
        for term in (t for one in terms for t in (one.args if one.op == op else (one,))):
            if term.op != "const":
                flat[term.number] = term
            elif term.data is not (op == "and"):
                return term
        if any(term.op == "not" and term.args[0].number in flat for term in flat.values()):
            return self.boolean(op == "or")
        less = absorbed(op, flat, self._joined)
        if isinstance(less, bool):
            return self.boolean(less)
        ordered = tuple(less[number] for number in sorted(less))
        if not ordered:
            return self.boolean(op == "and")
        return ordered[0] if len(ordered) == 1 else self.make(op, Sort.BOOL, ordered)

    # Numbers

    def scaled(self, term: Term, scale: int) -> Term:
        """The same number with more decimals."""
        if term.scale == scale:
            return term
        assert term.scale < scale, "a number loses no decimals"
        by = 10 ** (scale - term.scale)
        if term.op == "const":
            return self.make("const", Sort.INT, data=term.data * by, scale=scale)
        if term.op == "param":
            return self.param(Param(term.data.what, term.data.node, scale), Sort.INT)
        return self.make("scaled", Sort.INT, (term,), by, scale=scale)

    def alike(self, *terms: Term) -> tuple[Term, ...]:
        """The same numbers with equally many decimals."""
        if all(term.sort is not Sort.INT for term in terms):
            return terms
        scale = max(term.scale for term in terms)
        return tuple(self.scaled(term, scale) for term in terms)

    def add(self, *terms: Term) -> Term:
        terms = tuple(t for t in terms if not (t.op == "const" and t.data == 0))
        if not terms:
            return self.whole(0)
        found = self.alike(*terms)
        return found[0] if len(found) == 1 else self._number("add", found)

    def sub(self, one: Term, other: Term) -> Term:
        if other.op == "const" and other.data == 0:
            return one
        return self._number("sub", self.alike(one, other))

    def mul(self, one: Term, other: Term) -> Term:
        for a, b in ((one, other), (other, one)):
            if a.op == "const" and a.scale == 0 and a.data in (0, 1):
                return b if a.data else self.whole(0)
        return self.make("mul", Sort.INT, (one, other), scale=one.scale + other.scale)

    def floordiv(self, one: Term, by: Term) -> Term:
        """Whole times ``by`` in ``one``; both are above nothing, ``by`` is not nothing."""
        return self.make("floordiv", Sort.INT, self.alike(one, by))

    def smaller(self, one: Term, other: Term) -> Term:
        return one if one is other else self._number("min", self.alike(one, other))

    def greater(self, one: Term, other: Term) -> Term:
        return one if one is other else self._number("max", self.alike(one, other))

    def _number(self, op: str, args: tuple[Term, ...]) -> Term:
        return self.make(op, args[0].sort, args, scale=args[0].scale)

    def number_of(self, truth: Term) -> Term:
        """1 where it is true."""
        return self.select(truth, self.whole(1), self.whole(0))

    # Comparisons

    def compare(self, one: Term, op: str, other: Term) -> Term:
        """``==``, ``<``, ``<=``, ``>`` or ``>=`` of two of one sort."""
        if op in (">", ">="):
            return self.compare(other, {">": "<", ">=": "<="}[op], one)
        one, other = self.alike(*self._comparable(one, other))
        name, compared = _COMPARED[op]
        if one is other:
            return self.boolean(op != "<")
        if one.op == other.op == "const":
            return self.boolean(compared(one.data, other.data))
        return self.make(name, Sort.BOOL, (one, other))

    def _comparable(self, one: Term, other: Term) -> tuple[Term, Term]:
        if Sort.CHOICE in (one.sort, other.sort) and not _of_one_attribute(one, other):
            return self.as_text(one), self.as_text(other)
        return one, other

    def as_text(self, term: Term) -> Term:
        """A choice by its name, so that it can be compared with that of another attribute."""
        if term.sort is Sort.CHOICE:
            return self.make("as_text", Sort.TEXT, (term,))
        return term

    def select(self, truth: Term, one: Term, other: Term) -> Term:
        """``one`` where ``truth``, else ``other``."""
        if truth.op == "const":
            return one if truth.data else other
        one, other = self.alike(one, other)
        if one is other:
            return one
        if one.sort is Sort.BOOL:
            return self.either(self.both(truth, one), self.both(self.neg(truth), other))
        return self.make("select", one.sort, (truth, one, other), scale=one.scale)

    # Records

    def row(self, binder: Rows) -> Term:
        """The record that is in hand."""
        return self.make("row", Sort.ROW, data=binder, opens=frozenset({binder}))

    def turn(self, binder: Turns) -> Term:
        """The number of the period whose turn it is."""
        return self.make("turn", Sort.INT, data=binder, opens=frozenset({binder}))

    def at(self, row: Term, where: tuple[str, str, str], sort: Sort, scale: int = 0) -> Term:
        """
        Of an attribute (``where``: kind, attribute, part) of a record its ``value``, or whether it
        is ``known`` or ``given`` (known, and there is one). The value means something only where it
        is given; of no record (-1) nothing is known.
        """
        if where in self.certain:
            return self.boolean(True)
        return self.make("at", sort, (row,), where, scale=scale)

    def referred(self, row: Term, kind: str, attribute: str, to: str) -> Term:
        """The record of kind ``to`` that a record names; -1 where there is none of that name."""
        return self.make("referred", Sort.ROW, (row,), (kind, attribute, to))

    def incomplete(self, kind: str) -> Term:
        """Whether the subject may have records of the kind that nobody has listed."""
        if (kind, "", "complete") in self.certain:
            return self.boolean(False)
        return self.make("incomplete", Sort.BOOL, data=kind)

    # Over records

    def aggregate(
        self,
        how: Agg,
        binders: Binder | tuple[Binder, ...],
        args: Iterable[Term],
        *,
        sort: Sort = Sort.INT,
        scale: int = 0,
        part: str = "",
    ) -> Term:
        """``args`` begin with whether a record is taken; see ``Aggregated`` for several binders."""
        many = binders if isinstance(binders, tuple) else (binders,)
        args = tuple(args)
        about = Aggregated(how, many, len(args) // len(many), part)
        return self.make("agg", sort, args, about, scale=scale, binds=frozenset(many))

    def any_row(self, binder: Binder, where: Term) -> Term:
        if where.op == "const" and not where.data:
            return where
        return self.aggregate(Agg.ANY, binder, (where,), sort=Sort.BOOL)

    def every_row(self, binder: Binder, where: Term, truth: Term) -> Term:
        return self.neg(self.any_row(binder, self.both(where, self.neg(truth))))

    def count_rows(self, binder: Binder, where: Term) -> Term:
        if where.op == "const" and not where.data:
            return self.whole(0)
        return self.aggregate(Agg.COUNT, binder, (where,))

    def fold_rows(self, how: Agg, binder: Binder, where: Term, value: Term) -> Term:
        """The sum, least, greatest or middle of ``value``; of none, zero of its sort."""
        return self.aggregate(how, binder, (where, value), sort=value.sort, scale=value.scale)


def _of_one_attribute(one: Term, other: Term) -> bool:
    return one.op == other.op == "at" and one.data == other.data


def _key(data: Any) -> Any:
    """By what two operations are the same: a node that gives a number or a period is itself."""
    if isinstance(data, Param):
        return ("param", data.what, id(data.node), data.scale)
    if isinstance(data, Moving):
        return ("moving", data.what, id(data.node))
    return (type(data).__name__, data)


_COMPARED = {"==": ("eq", operator.eq), "<": ("lt", operator.lt), "<=": ("le", operator.le)}


def walk(terms: Iterable[Term]) -> Iterator[Term]:
    """Every term that these are made of, each once, parts before wholes."""
    seen: set[int] = set()
    ahead: list[tuple[Term, bool]] = [(term, False) for term in terms]
    while ahead:
        term, ready = ahead.pop()
        if ready:
            yield term
        elif term.number not in seen:
            seen.add(term.number)
            ahead.append((term, True))
            ahead.extend((arg, False) for arg in term.args)
