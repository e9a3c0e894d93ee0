"""
What only the calendar can compute: kept open for the solver, and corrected where it guesses wrong.

A day moved by three years, or the years a service has lasted, is a free number between sound
bounds. When the solver proposes a value, the true one is computed with ``facts/periods``; where
they differ, what the true one implies for all days before and after is added, and it tries again.
So nothing is proved from a wrong date, and nothing is found with one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import z3

from tiaoli.answers.case import TAIWAN
from tiaoli.answers.meaning import MOVEMENTS
from tiaoli.facts import periods
from tiaoli.facts.calendar import FIRST_YEAR
from tiaoli.facts.periods import Period
from tiaoli.proofs.symbols import Number, lifted
from tiaoli.rules.moments import BY_THE_CALENDAR, Moved, Movement

FIRST_DAY = datetime.date(1940, 1, 1).toordinal()
LAST_DAY = datetime.date(2089, 12, 31).toordinal()
"""Days in records lie between these."""

_FIRST_WORKED = datetime.date(FIRST_YEAR, 4, 1).toordinal()
_SAMPLED = range(
    datetime.date(2019, 1, 1).toordinal(), datetime.date(2023, 1, 1).toordinal(), 3
)
_SLACK = 16


@dataclass(frozen=True, slots=True)
class Call:
    """One computation: its arguments, the free result, the truth, and what the truth implies."""

    arguments: tuple[Any, ...]
    result: Any
    truth: Callable[..., Any]
    lemmas: Callable[[tuple[Any, ...], Any], tuple[z3.BoolRef, ...]]


@dataclass(slots=True)
class Computations:
    """The computations of one translation, and the bounds that hold of them from the start."""

    calls: list[Call] = field(default_factory=list)
    bounds: list[z3.BoolRef] = field(default_factory=list)
    moved: dict[tuple[int, Movement, Period], Any] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)

    def moved_day(self, day: Number, node: Moved) -> Number:
        movement, period = node.movement, node.period
        if isinstance(day, int):
            return moved_by(movement, period, day)
        term = lifted(day)
        key = (term.get_id(), movement, period)
        if key not in self.moved:
            self.moved[key] = self._free_day(term, movement, period)
            self.kept.append(term)
        found: Number = self.moved[key]
        return found

    def _free_day(self, day: Any, movement: Movement, period: Period) -> Any:
        result = z3.FreshInt("moved")
        low, high = _shift(movement, period)
        self.bounds += [result - day >= low, result - day <= high]
        if movement in BY_THE_CALENDAR:
            self.bounds.append(day >= _FIRST_WORKED)

        def lemmas(at: tuple[Any, ...], true: Any) -> tuple[z3.BoolRef, ...]:
            return (
                z3.Implies(day <= at[0], result <= true),
                z3.Implies(day >= at[0], result >= true),
            )

        def truth(at: int) -> int:
            return moved_by(movement, period, at)

        self.calls.append(Call((day,), result, truth, lemmas))
        return result

    def how_often(self, start: Number, end: Number, period: Period) -> Number:
        first, last = lifted(start), lifted(end)
        if isinstance(start, int) and isinstance(end, int):
            return _how_often(start, end, period)
        result = z3.FreshInt("often")
        shortest = max(1, 365 * period.years + 28 * period.months + period.days)
        self.bounds += [
            result >= 0,
            z3.Or(result == 0, result * shortest <= last - first + 1 + _SLACK),
        ]

        def lemmas(at: tuple[Any, ...], true: Any) -> tuple[z3.BoolRef, ...]:
            return (
                z3.Implies(z3.And(first >= at[0], last <= at[1]), result <= true),
                z3.Implies(z3.And(first <= at[0], last >= at[1]), result >= true),
            )

        def truth(at: int, to: int) -> int:
            return _how_often(at, to, period)

        self.calls.append(Call((first, last), result, truth, lemmas))
        return result

    def corrections(self, model: z3.ModelRef) -> list[z3.BoolRef]:
        """What the model has got wrong; nothing where every computation is right."""
        found: list[z3.BoolRef] = []
        for call in self.calls:
            at = tuple(plain_value(model, argument) for argument in call.arguments)
            true = call.truth(*at)
            if plain_value(model, call.result) != true:
                found += call.lemmas(at, true)
        return found


def plain_value(model: z3.ModelRef, term: Any) -> Any:
    """The value of a term in a model, as Python has it."""
    if isinstance(term, bool | int):
        return term
    found = model.eval(term, model_completion=True)
    if z3.is_bool(found):
        return z3.is_true(found)
    if z3.is_int_value(found):
        return found.as_long()
    return found.as_fraction()


@lru_cache(maxsize=65536)
def moved_by(movement: Movement, period: Period, day: int) -> int:
    move = MOVEMENTS[movement]
    return move(datetime.date.fromordinal(day), period, TAIWAN).toordinal()


@lru_cache(maxsize=4096)
def _how_often(start: int, end: int, period: Period) -> int:
    first, last = datetime.date.fromordinal(start), datetime.date.fromordinal(end)
    return periods.how_often(first, last, period)


@lru_cache(maxsize=1024)
def _shift(movement: Movement, period: Period) -> tuple[int, int]:
    """By how many days a day is moved at least and at most, with room to spare."""
    shifts = [moved_by(movement, period, day) - day for day in _SAMPLED[:: 4]]
    return min(shifts) - _SLACK, max(shifts) + _SLACK
