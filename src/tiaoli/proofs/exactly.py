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
_LEAP_CYCLE = range(datetime.date(2021, 1, 1).toordinal(), datetime.date(2025, 1, 1).toordinal())
"""Between 1901 and 2099 the calendar repeats itself every four years."""

_BACK_OVER_WORKDAYS = frozenset(m for m in BY_THE_CALENDAR if m.name.startswith("WORKDAYS_BEFORE"))

_SLACK = 12
"""Days by which a run of holidays may be longer than any in the years that were looked at."""

_AROUND = (0, 1, -1, 31, -31, 366, -366, 1461, -1461)
"""Where else a computation that was wrong is put right at once."""


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
    known: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    """What was computed of the same terms before, in whatever state of the world."""
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

        def truth(at: int) -> int:
            return moved_by(movement, period, at)

        def lemmas(at: tuple[Any, ...], _true: Any) -> tuple[z3.BoolRef, ...]:
            first = _FIRST_WORKED if movement in BY_THE_CALENDAR else FIRST_DAY
            near = [at[0] + off for off in _AROUND if first <= at[0] + off <= LAST_DAY]
            points = [(point, truth(point)) for point in near]
            return tuple(
                lemma
                for point, true in points
                for lemma in (
                    z3.Implies(day <= point, result <= true),
                    z3.Implies(day >= point, result >= true),
                )
            )

        self.calls.append(Call((day,), result, truth, lemmas))
        return result

    def how_often(self, start: Number, end: Number, period: Period) -> Number:
        first, last = lifted(start), lifted(end)
        if isinstance(start, int) and isinstance(end, int):
            return _how_often(start, end, period)
        key = (first.get_id(), last.get_id(), period)
        if key not in self.known:
            self.known[key] = self._free_number(first, last, period)
            self.kept += [first, last]
        found: Number = self.known[key]
        return found

    def _free_number(self, first: Any, last: Any, period: Period) -> Any:
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

    def year_of(self, day: Number) -> Number:
        term = lifted(day)
        if ("year", term.get_id()) not in self.known:
            self.known["year", term.get_id()] = self._free_year(term)
            self.kept.append(term)
        found: Number = self.known["year", term.get_id()]
        return found

    def _free_year(self, term: Any) -> Any:
        result = z3.FreshInt("year")
        self.bounds += [(result - 1) * 365 <= term, result * 366 >= term]

        def truth(at: int) -> int:
            return datetime.date.fromordinal(at).year

        def lemmas(_at: tuple[Any, ...], true: int) -> tuple[z3.BoolRef, ...]:
            first = datetime.date(true, 1, 1).toordinal()
            last = datetime.date(true, 12, 31).toordinal()
            return (
                (result == true) == z3.And(term >= first, term <= last),
                z3.Implies(term < first, result < true),
                z3.Implies(term > last, result > true),
            )

        self.calls.append(Call((term,), result, truth, lemmas))
        return result

    def pins(self, model: z3.ModelRef) -> list[z3.BoolRef]:
        """The arguments as the model has them."""
        results = {call.result.get_id() for call in self.calls if z3.is_expr(call.result)}
        pinned: list[z3.BoolRef] = []
        for call in self.calls:
            for argument in call.arguments:
                if z3.is_expr(argument) and argument.get_id() not in results:
                    pinned.append(argument == model.eval(argument, model_completion=True))
        return pinned

    def is_right(self, model: z3.ModelRef, *, since: int) -> bool:
        """Whether the model has got every computation right but the first ``since``."""
        return not self.corrections(model, since=since)

    def corrections(self, model: z3.ModelRef, *, since: int = 0) -> list[z3.BoolRef]:
        """What the model has got wrong; nothing where every computation is right."""
        found: list[z3.BoolRef] = []
        for call in self.calls[since:]:
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
    """By how many days a day is moved at least and at most."""
    step, slack = (5, _SLACK) if movement in BY_THE_CALENDAR else (1, 0)
    shifts = [moved_by(movement, period, day) - day for day in _LEAP_CYCLE[::step]]
    low, high = min(shifts) - slack, max(shifts) + slack
    if movement in _BACK_OVER_WORKDAYS:
        high = -period.days
    elif movement in BY_THE_CALENDAR:
        low = period.days
    return low, high
