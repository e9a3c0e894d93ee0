"""
Each operation as SQL, of arguments that are SQL already.

A truth is never null here, as terms are two-valued: a comparison with what is not there is false.
Other values are null where an operation has nothing to work on.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tiaoli.population import given
from tiaoli.population.sql.dialects import Dialect
from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.simplifying import PICKED
from tiaoli.population.terms import Binder, Sort, Term

__all__ = ["LOOKUPS", "OPERATIONS", "ROW_OPS", "Relation", "Writer", "is_at_hand"]

LOOKUPS: Final = frozenset({"at", "referred", "moved"})
"""What another table is needed for; see ``relations``."""

_AT_HAND: Final = frozenset({"const", "param"})
ROW_OPS: Final = frozenset({"row", "turn"})
_NO_END: Final = datetime.date.max.toordinal()
_A_DAY: Final = 86_400


def is_at_hand(term: Term) -> bool:
    """Whether it is the same for everybody."""
    return term.op in _AT_HAND or term.op == "no_end"


@dataclass(frozen=True, slots=True)
class Relation:
    """
    ``key``: the columns of the subject and of what is open, with the column of each binder;
    ``has``: the columns of terms, by their number.
    """

    name: str
    key: tuple[str, ...]
    binders: Mapping[Binder, str]
    has: Mapping[int, str]


class Writer:
    """Writes terms for one engine, as they are on one day of asking."""

    def __init__(self, dialect: Dialect, on: datetime.date) -> None:
        self.dialect = dialect
        self.on = on
        self._nullable: dict[int, bool] = {}

    def constant(self, term: Term) -> str:
        """What needs no row."""
        if term.op == "no_end":
            return str(_NO_END)
        if term.op == "param":
            if term.sort is Sort.DAY:
                return str(given.day_of(term.data, self.on).toordinal())
            return self._number(given.number_of(term.data))
        return self.literal(term.data)

    def literal(self, value: object) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return self._number(value)
            case str():
                return self.dialect.text(value)
            case datetime.date() if not isinstance(value, datetime.datetime):
                return str(value.toordinal())
        raise UnknownOperation(f"const {type(value).__name__}")

    def _number(self, number: int) -> str:
        """Sums are of 64 bits from the first number on."""
        return self.dialect.whole(str(number))

    def plain_compare(self, term: Term, args: Sequence[str]) -> str:
        """A comparison that may be null, where null is as good as false."""
        return f"({args[0]} {_COMPARED[term.op]} {args[1]})"

    def sql(self, term: Term, rel: Relation) -> str:
        """A term over a relation, which is called ``p``."""
        if is_at_hand(term):
            return self.constant(term)
        column = rel.has.get(term.number)
        if column is not None:
            return f"p.{column}"
        if term.op in ROW_OPS:
            return f"p.{rel.binders[term.data]}"
        return self.write(term, [self.sql(arg, rel) for arg in term.args])

    def write(self, term: Term, args: Sequence[str]) -> str:
        """SQL of an operation; raises UnknownOperation."""
        if term.op not in _WRITES:
            raise UnknownOperation(term.op)
        return _WRITES[term.op](self, term, args)

    def nullable(self, term: Term) -> bool:
        """Whether its SQL may be null."""
        if term.sort is Sort.BOOL:
            return False
        if term.number not in self._nullable:
            self._nullable[term.number] = self._may_be_null(term)
        return self._nullable[term.number]

    def _may_be_null(self, term: Term) -> bool:
        match term.op:
            case "at" | "moved":
                return True
            case "agg":
                return term.sort is Sort.DAY or term.data.part == PICKED
            case "const" | "param" | "row" | "turn" | "no_end" | "referred" | "unpacked":
                return False
        return any(self.nullable(arg) for arg in term.args)

    def never_null(self, term: Term, sql: str) -> str:
        """A truth that is false where its arguments are not there."""
        if any(self.nullable(arg) for arg in term.args):
            return f"({sql} IS TRUE)"
        return sql


_COMPARED: Final = {"eq": "=", "lt": "<", "le": "<="}


def _compare(writer: Writer, term: Term, args: Sequence[str]) -> str:
    one, other = term.args
    for side in (one, other):
        if side.sort in (Sort.CHOICES, Sort.TEXTS):
            raise UnknownOperation(f"{term.op} {side.sort.value}")
    if Sort.TEXT in (one.sort, other.sort) and term.op != "eq":
        raise UnknownOperation(f"{term.op} text")
    return writer.never_null(term, writer.plain_compare(term, args))


def _joined(word: str) -> Callable[[Writer, Term, Sequence[str]], str]:
    return lambda _writer, _term, args: "(" + f" {word} ".join(args) + ")"


def _extreme(sign: str) -> Callable[[Writer, Term, Sequence[str]], str]:
    """Null where either is, unlike LEAST."""

    def write(writer: Writer, term: Term, args: Sequence[str]) -> str:
        one, other = args
        nullable = any(writer.nullable(arg) for arg in term.args)
        rest = f"WHEN {other} {sign} {one} THEN {other}" if nullable else f"ELSE {other}"
        return f"CASE WHEN {one} {sign}= {other} THEN {one} {rest} END"

    return write


def _contains(writer: Writer, term: Term, args: Sequence[str]) -> str:
    dialect, (many,) = writer.dialect, args
    if term.args[0].sort is Sort.TEXT:
        return writer.never_null(term, dialect.holds_text(many, term.data))
    return writer.never_null(term, dialect.holds(many, dialect.text(term.data)))


def _one_of(writer: Writer, term: Term, args: Sequence[str]) -> str:
    options = ", ".join(writer.literal(option) for option in term.data)
    return writer.never_null(term, f"({args[0]} IN ({options}))")


def _includes(writer: Writer, term: Term, args: Sequence[str]) -> str:
    return writer.never_null(term, writer.dialect.includes(args[0], term.data))


def _day_of(_writer: Writer, term: Term, args: Sequence[str]) -> str:
    """The day of a moment, or the day after where it is late; seconds begin with day 1."""
    (moment,) = args
    late = (
        ""
        if term.data is None
        else f" + CASE WHEN {moment} % {_A_DAY} > {term.data} THEN 1 ELSE 0 END"
    )
    return f"({_writer.dialect.floordiv(moment, str(_A_DAY))} + 1{late})"


def _minutes(writer: Writer, _term: Term, args: Sequence[str]) -> str:
    start, end = args
    minutes = writer.dialect.floordiv(f"({end} - {start})", "60")
    return f"CASE WHEN {end} < {start} THEN 0 ELSE {minutes} END"


_Write = Callable[[Writer, Term, Sequence[str]], str]

_WRITES: Final[Mapping[str, _Write]] = {
    "and": _joined("AND"),
    "or": _joined("OR"),
    "not": lambda _w, _t, a: f"(NOT {a[0]})",
    "eq": _compare,
    "lt": _compare,
    "le": _compare,
    "add": _joined("+"),
    "sub": _joined("-"),
    "mul": _joined("*"),
    "min": _extreme("<"),
    "max": _extreme(">"),
    "floordiv": lambda w, _t, a: w.dialect.floordiv(a[0], a[1]),
    "mod": _joined("%"),
    "scaled": lambda w, t, a: f"({a[0]} * {w.literal(t.data)})",
    "select": lambda _w, _t, a: f"CASE WHEN {a[0]} THEN {a[1]} ELSE {a[2]} END",
    "as_text": lambda _w, _t, a: a[0],
    "one_of": _one_of,
    "includes": _includes,
    "contains": _contains,
    "holds": lambda w, t, a: w.never_null(t, w.dialect.holds(a[0], a[1])),
    "length": lambda w, t, a: w.dialect.length(a[0], distinct=t.args[0].sort is Sort.CHOICES),
    "later_by": lambda _w, _t, a: f"({a[0]} + {a[1]})",
    "day_of": _day_of,
    "day_number": lambda w, _t, a: w.dialect.whole(a[0]),
    "row_number": lambda w, _t, a: w.dialect.whole(a[0]),
    "year_of": lambda w, _t, a: w.dialect.year(a[0]),
    "minutes_between": _minutes,
    "unpacked": lambda w, t, a: (
        f"CASE WHEN {a[1]} THEN {a[0]} & {w.literal(t.data - 1)} ELSE -1 END"
    ),
}

OPERATIONS: Final = (
    frozenset(_WRITES) | LOOKUPS | _AT_HAND | ROW_OPS | {"agg", "incomplete", "no_end"}
)
"""Everything that can be written."""
