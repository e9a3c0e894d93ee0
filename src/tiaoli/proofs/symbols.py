"""
Symbolic truths, numbers and values: plain Python where a thing is settled, Z3 where it is open.

What is settled while a rule is translated never reaches the solver, so formulas stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import z3

Truth: TypeAlias = bool | Any
"""Settled, or a Boolean term of the solver (which has no types)."""

Number: TypeAlias = int | Fraction | Any
"""Settled, or an arithmetic term of the solver."""


def conj(truths: Iterable[Truth]) -> Truth:
    open_ones: list[z3.BoolRef] = []
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            open_ones.append(truth)
    if not open_ones:
        return True
    return open_ones[0] if len(open_ones) == 1 else z3.And(open_ones)


def disj(truths: Iterable[Truth]) -> Truth:
    open_ones: list[z3.BoolRef] = []
    for truth in truths:
        if truth is True:
            return True
        if truth is not False:
            open_ones.append(truth)
    if not open_ones:
        return False
    return open_ones[0] if len(open_ones) == 1 else z3.Or(open_ones)


def neg(truth: Truth) -> Truth:
    return (not truth) if isinstance(truth, bool) else z3.Not(truth)


def implies(one: Truth, other: Truth) -> Truth:
    return disj((neg(one), other))


def exact(number: int | Decimal | Fraction) -> int | Fraction:
    """The same number, as an integer where it is one."""
    found = Fraction(number)
    return int(found) if found.denominator == 1 else found


def lifted(number: Number) -> Any:
    """A number as Z3 takes it beside its own."""
    if isinstance(number, Fraction):
        return z3.Q(number.numerator, number.denominator)
    return z3.IntVal(number) if isinstance(number, int) else number


def is_plain(number: Number) -> bool:
    return isinstance(number, int | Fraction)


def choose(truth: Truth, one: Number, other: Number) -> Number:
    if isinstance(truth, bool):
        return one if truth else other
    if is_plain(one) and is_plain(other) and one == other:
        return one
    chosen: Number = z3.If(truth, lifted(one), lifted(other))
    return chosen


def added(numbers: Iterable[Number]) -> Number:
    known: int | Fraction = 0
    open_ones: list[Any] = []
    for number in numbers:
        if isinstance(number, int | Fraction):
            known += number
        else:
            open_ones.append(number)
    if not open_ones:
        return exact(known)
    summed = open_ones[0] if len(open_ones) == 1 else z3.Sum(open_ones)
    return summed if known == 0 else summed + lifted(exact(known))


def negative(number: Number) -> Number:
    return -number


def product(one: Number, other: Number) -> Number:
    """Linear wherever one of the two takes only certain values."""
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return exact(one * other)
    if isinstance(one, int | Fraction):
        one, other = other, one
    if isinstance(other, int | Fraction):
        return 0 if other == 0 else one if other == 1 else one * lifted(other)
    for tree, rest in ((one, other), (other, one)):
        if _of_plain_leaves(tree):
            return _distributed(tree, rest)
    return one * other


def _of_plain_leaves(number: Any) -> bool:
    if z3.is_rational_value(number) or z3.is_int_value(number):
        return True
    if z3.is_to_real(number):
        return _of_plain_leaves(number.arg(0))
    if z3.is_app_of(number, z3.Z3_OP_ITE):
        return _of_plain_leaves(number.arg(1)) and _of_plain_leaves(number.arg(2))
    return False


def _distributed(tree: Any, rest: Any) -> Any:
    if z3.is_to_real(tree):
        return _distributed(tree.arg(0), rest)
    if z3.is_app_of(tree, z3.Z3_OP_ITE):
        return z3.If(tree.arg(0), _distributed(tree.arg(1), rest), _distributed(tree.arg(2), rest))
    return rest * tree


def at_least(one: Number, other: Number) -> Truth:
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return one >= other
    return lifted(one) >= lifted(other)


def above(one: Number, other: Number) -> Truth:
    return neg(at_least(other, one))


def equal(one: Number, other: Number) -> Truth:
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return one == other
    return lifted(one) == lifted(other)


ORDERS: dict[str, Callable[[Number, Number], Truth]] = {
    ">=": at_least,
    "<=": lambda a, b: at_least(b, a),
    ">": above,
    "<": lambda a, b: above(b, a),
    "==": equal,
}


def least(numbers: Sequence[Number]) -> Number:
    found = numbers[0]
    for number in numbers[1:]:
        found = choose(at_least(number, found), found, number)
    return found


def greatest(numbers: Sequence[Number]) -> Number:
    found = numbers[0]
    for number in numbers[1:]:
        found = choose(at_least(found, number), found, number)
    return found


@dataclass(frozen=True, slots=True)
class Symbol:
    """
    A value: whether there is none, and if there is, which. Days are ordinals, moments minutes,
    choices, texts and references codes (see ``Codes``).
    """

    absent: Truth
    term: Number


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A list of choices or texts: whether there is none, what it holds, how long it is.

    ``asked``: the texts of which it has been asked whether it holds them, as they come to be.
    """

    absent: Truth
    holds: Callable[[Number], Truth]
    length: Number
    asked: Sequence[tuple[Number, Truth]] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, whether the text states it, and whether enough is told for it to be known."""

    term: Number
    stated: Truth = True
    known: Truth = True


def either(truth: Truth, one: Symbol, other: Symbol) -> Symbol:
    if isinstance(truth, bool):
        return one if truth else other
    absent = disj((conj((truth, one.absent)), conj((neg(truth), other.absent))))
    return Symbol(absent, choose(truth, one.term, other.term))


NO, YES = 0, 1


@dataclass(slots=True)
class Codes:
    """Every text and option by a number; a number without a text is a text of no account."""

    texts: list[str] = field(default_factory=lambda: ["no", "yes"])
    known: dict[str, int] = field(default_factory=dict)

    def of(self, option: str | bool) -> int:
        if isinstance(option, bool):
            return YES if option else NO
        if option not in self.known:
            self.known[option] = len(self.texts)
            self.texts.append(option)
        return self.known[option]

    def text(self, code: int) -> str:
        return self.texts[code] if code < len(self.texts) else f"編號{code}"

    def containing(self, text: str) -> list[int]:
        self.of(text)
        return [self.known[known] for known in self.known if text in known]
