"""
What a program is given when it runs: columns, numbers and tables of days. The program names their
places only, so that another population, day or number needs no other program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tiaoli.facts.kinds import Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables.encoding import number_type
from tiaoli.population.terms import Binder, Term

__all__ = ["Array", "Number", "Slots", "element_of"]


@dataclass(frozen=True, slots=True)
class Array:
    """
    A column: ``what`` is values, states, ends, codes, references, offsets, incomplete, options
    (the codes of the options of an attribute) or containing (of each text whether it contains one).
    """

    what: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number: ``what`` is given (``of``: the number of a param's term), text (its code), mask (bits
    of options), seconds, or turns (how many periods of a binder there are to go through).
    """

    what: str
    of: tuple[Any, ...]


@dataclass(eq=False)
class Slots:
    """The places that a program names, in the order in which it named them."""

    arrays: dict[Array, str] = field(default_factory=dict)
    numbers: dict[Number, str] = field(default_factory=dict)
    moves: dict[Term, str] = field(default_factory=dict)
    turns: dict[Binder, str] = field(default_factory=dict)

    def array(self, what: str, *of: str) -> str:
        return self.arrays.setdefault(Array(what, of), f"c{len(self.arrays)}")

    def number(self, what: str, *of: Any) -> str:
        return self.numbers.setdefault(Number(what, of), f"p{len(self.numbers)}")

    def move(self, term: Term) -> str:
        return self.moves.setdefault(term, f"m{len(self.moves)}")

    def declared(self) -> dict[str, str]:
        """By name, the line that reads it."""
        arrays = {
            name: f"const {element_of(array)} *restrict const {name} = in->arrays[{at}];"
            for at, (array, name) in enumerate(self.arrays.items())
        }
        numbers = {
            name: f"const int64_t {name} = in->numbers[{at}];"
            for at, name in enumerate(self.numbers.values())
        }
        moves = {
            name: f"const struct moves *const {name} = in->moves + {at};"
            for at, name in enumerate(self.moves.values())
        }
        return {**arrays, **numbers, **moves}


def element_of(array: Array) -> str:
    """The C type of what an array holds."""
    if array.what == "values":
        kind, name = array.of
        return f"{number_type(find(kind).attributes[name].type).name}_t"
    return _ELEMENTS[array.what]


_ELEMENTS = {
    "states": "int8_t",
    "ends": "int64_t",
    "codes": "int32_t",
    "references": "int32_t",
    "offsets": "int64_t",
    "incomplete": "uint8_t",
    "options": "int32_t",
    "containing": "uint8_t",
}


def type_of(kind: str, name: str) -> Type:
    return find(kind).attributes[name].type
