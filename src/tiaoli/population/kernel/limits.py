"""
Between which numbers a term can be, so that the program counts in 64 bits where that is enough and
in 128 where it may not be. Known from the terms alone: what stands in the facts or in the text does
not matter, so the program is the same for every population.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tiaoli.facts.kinds import Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.terms import Agg, Sort, Term

__all__ = ["LAST_DAY", "WIDE", "WORD", "Limits", "fits", "greatest_param"]

LAST_DAY: Final = 3_652_059
"""The ordinal of the last day of all, 9999-12-31."""


WORD: Final = 2**63 - 1
WIDE: Final = 2**127 - 1
_NUMBER: Final = 10**18
_ROWS: Final = 2**31
_MINUTES: Final = WORD // 60

Span = tuple[int, int]


def fits(span: Span, most: int) -> bool:
    return -most <= span[0] and span[1] <= most


def greatest_param(scale: int) -> int:
    """What a number of the text is at most, in units of its scale: 10**15 before the point."""
    return 10**15 * 10**scale


class Limits:
    """The limits of terms; each is worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, Span] = {}

    def of(self, term: Term) -> Span:
        """The least and the greatest that a whole number can be; parts are asked before wholes."""
        if term.number not in self._known:
            self._known[term.number] = _cut(self._found(term))
        return self._known[term.number]

    def is_wide(self, term: Term) -> bool:
        """Whether it needs more than 64 bits."""
        return term.sort is Sort.INT and not fits(self.of(term), WORD)

    def may_exceed(self, term: Term) -> bool:
        """Whether not even 128 bits are certain to hold it, so that it has to be watched."""
        return not fits(self._found(term), WIDE)

    def _found(self, term: Term) -> Span:
        parts = [self.of(arg) for arg in term.args if arg.sort is Sort.INT]
        match term.op:
            case "const":
                return int(term.data), int(term.data)
            case "param":
                return -greatest_param(term.scale), greatest_param(term.scale)
            case "at":
                return _of_attribute(term)
            case "turn":
                return 0, 10_000
            case "agg":
                return _of_aggregate(term, parts)
        return _of_operation(term, parts)


def _cut(span: Span) -> Span:
    return max(span[0], -WIDE), min(span[1], WIDE)


def _of_attribute(term: Term) -> Span:
    kind, name, _ = term.data
    is_number = find(kind).attributes[name].type is Type.NUMBER
    return (-_NUMBER, _NUMBER) if is_number else (-WORD, WORD)


def _of_operation(term: Term, parts: Sequence[Span]) -> Span:
    match term.op:
        case "add":
            return sum(p[0] for p in parts), sum(p[1] for p in parts)
        case "sub":
            return parts[0][0] - parts[1][1], parts[0][1] - parts[1][0]
        case "mul":
            ends = [a * b for a in parts[0] for b in parts[1]]
            return min(ends), max(ends)
        case "scaled":
            return parts[0][0] * term.data, parts[0][1] * term.data
        case "floordiv":
            most = max(abs(end) for end in parts[0]) + 1
            return (0 if parts[0][0] >= 0 and parts[1][0] >= 0 else -most), most
        case "min":
            return min(p[0] for p in parts), min(p[1] for p in parts)
        case "max":
            return max(p[0] for p in parts), max(p[1] for p in parts)
        case "select":
            return min(p[0] for p in parts), max(p[1] for p in parts)
    return _PLAIN.get(term.op, (-WIDE, WIDE))


_PLAIN: Final = {
    "day_number": (0, LAST_DAY),
    "year_of": (0, 9999),
    "row_number": (-1, _ROWS),
    "length": (0, _ROWS),
    "minutes_between": (0, _MINUTES),
}


def _of_aggregate(term: Term, parts: Sequence[Span]) -> Span:
    rows = _ROWS * len(term.data.binders)
    low, high = (
        (min(0, *(p[0] for p in parts)), max(0, *(p[1] for p in parts))) if parts else (0, 0)
    )
    match term.data.how:
        case Agg.COUNT | Agg.DISTINCT:
            return 0, rows
        case Agg.LEAST | Agg.GREATEST | Agg.MIDDLE:
            return low, high
        case Agg.BLOCKS:
            return 0, LAST_DAY
        case Agg.LEDGER:
            return -WIDE, WIDE
    return low * rows, high * rows
