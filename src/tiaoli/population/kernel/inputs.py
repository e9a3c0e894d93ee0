"""
What a program is given for a population and a day: columns, numbers, and tables of days for as many
days as can reach them.
"""

from __future__ import annotations

import ctypes
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np

from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.vocabulary import find
from tiaoli.population import given
from tiaoli.population.kernel.limits import LAST_DAY, greatest_param
from tiaoli.population.kernel.movements import NO_DAY, Days, days_after, turns_after
from tiaoli.population.kernel.slots import Array, Number
from tiaoli.population.kernel.source import Program
from tiaoli.population.plan import Plan
from tiaoli.population.tables import Columns
from tiaoli.population.tables.encoding import none_of
from tiaoli.population.terms import Agg, Moving, Sort, Term, Turns, walk

__all__ = ["Given", "given_to"]

_MOST_TURNS: Final = 60
"""Periods that are gone through where nothing brings them to an end."""

_MOST_ROWS: Final = 1200
"""Periods of which there are tables: a hundred years by the month. Who needs more is told so."""


class _Moves(ctypes.Structure):
    _fields_ = (
        ("to", ctypes.c_void_p),
        ("stride", ctypes.c_int64),
        ("first", ctypes.c_int64),
        ("days", ctypes.c_int64),
        ("first_turn", ctypes.c_int64),
        ("turns", ctypes.c_int64),
    )


class _Input(ctypes.Structure):
    _fields_ = (
        ("arrays", ctypes.c_void_p),
        ("numbers", ctypes.c_void_p),
        ("moves", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """``kept`` holds what ``input`` points to."""

    input: _Input
    kept: tuple[Any, ...]


def given_to(program: Program, plan: Plan, columns: Columns, on: datetime.date) -> Given:
    """
    What the program of a plan needs for the subjects of ``columns`` when it is asked on a day.
    """
    arrays = [_array(array, columns) for array in program.slots.arrays]
    reach = _Reach(program, plan, columns, on)
    tables = [reach.table(term) for term in program.slots.moves]
    numbers = [_number(number, columns, reach) for number in program.slots.numbers]
    pointers = (ctypes.c_void_p * (len(arrays) + 1))(*(array.ctypes.data for array in arrays))
    numbered = np.array([*numbers, 0], dtype=np.int64)
    moves = (_Moves * (len(tables) + 1))(*(_as_moves(table) for table in tables))
    whole = _Input(ctypes.addressof(pointers), numbered.ctypes.data, ctypes.addressof(moves))
    return Given(whole, (arrays, tables, pointers, numbered, moves))


# Columns


_of_columns: WeakKeyDictionary[Columns, dict[Any, Any]] = WeakKeyDictionary()
"""What has been looked for in columns: it is asked for with every question, and stays the same."""


def _once(columns: Columns, key: Any, look: Callable[[], Any]) -> Any:
    known = _of_columns.setdefault(columns, {})
    if key not in known:
        known[key] = look()
    return known[key]


def _array(array: Array, columns: Columns) -> Any:
    if array.what == "options":
        return _once(columns, array, lambda: _codes_of_options(columns, *array.of))
    return np.ascontiguousarray(_ARRAYS[array.what](columns, *array.of))


def _codes_of_options(columns: Columns, kind: str, name: str) -> Any:
    options = find(kind).attributes[name].option_names
    return np.array([columns.code(option) for option in options], dtype=np.int32)


_ARRAYS: Final[dict[str, Callable[..., Any]]] = {
    "values": lambda columns, *of: columns.values(*of),
    "states": lambda columns, *of: columns.values(*of).states,
    "ends": lambda columns, *of: columns.values(*of).offsets,
    "codes": lambda columns, *of: columns.values(*of).codes,
    "references": lambda columns, *of: columns.references(*of),
    "offsets": lambda columns, kind: columns.offsets(kind),
    "incomplete": lambda columns, kind: columns.incomplete(kind),
    "containing": lambda columns, text: columns.containing(text),
}


# Numbers


def _number(number: Number, columns: Columns, reach: _Reach) -> int:
    match number.what:
        case "given":
            return _signed(reach.param(number.of[0]))
        case "upper":
            return reach.param(number.of[0]) >> 64
        case "text":
            return int(_once(columns, number, lambda: columns.code(number.of[0])))
        case "seconds":
            return int(number.of[0])
        case "turns":
            return reach.until(number.of[0])
    return _of_options(number)


@lru_cache(maxsize=4096)
def _of_options(number: Number) -> int:
    kind, name, options = number.of
    names = find(kind).attributes[name].option_names
    places = [names.index(option) for option in options]
    if number.what == "place":
        return places[0]
    return _signed(sum(1 << place for place in places))


def _signed(number: int) -> int:
    """The lower 64 bits, as a number with a sign."""
    lower = number & (2**64 - 1)
    return lower - 2**64 if lower >= 2**63 else lower


def _too_great(number: int) -> OverflowError:
    says = Label(
        f"規則裡的數字 {number} 超過核心程式可計算的範圍（10 的 15 次方）；請改用其他方式計算。",
        f"The number {number} in the rule is beyond what the kernel counts with (10**15); "
        "have this question worked out another way.",
    )
    return OverflowError(f"{says.zh} / {says.en}")


# Days


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Where days come to lie: a row for each turn, from ``turn`` on."""

    to: Any
    first: int
    turn: int


def _as_moves(table: _Table) -> _Moves:
    rows, days = table.to.shape
    return _Moves(table.to.ctypes.data, days, table.first, days, table.turn, rows)


class _Reach:
    """Which days a term can be, so that tables are no longer than they need be."""

    def __init__(self, program: Program, plan: Plan, columns: Columns, on: datetime.date) -> None:
        self.program = program
        self.plan = plan
        self.columns = columns
        self.on = on
        self._days: dict[int, Days | None] = {}
        self._numbers: dict[int, Days] = {}
        self._tables: dict[int, _Table] = {}
        self._until: dict[Turns, int] = {}

    def param(self, term: Term) -> int:
        if term.sort is Sort.DAY:
            return given.day_of(self.plan.now(term.data), self.on).toordinal()
        number = given.number_of(self.plan.now(term.data))
        if abs(number) > greatest_param(term.scale):
            raise _too_great(number)
        return number

    def days(self, term: Term) -> Days | None:
        """The first and the last day that a term can be; None where there is none at all."""
        if term.number not in self._days:
            for part in walk([term]):
                if part.sort is Sort.DAY and part.number not in self._days:
                    self._days[part.number] = self._days_of(part)
        return self._days[term.number]

    def _days_of(self, term: Term) -> Days | None:
        parts = [self._days.get(arg.number) for arg in term.args if arg.sort is Sort.DAY]
        match term.op:
            case "at":
                return self._in_column(term)
            case "param":
                day = self.param(term)
                return day, day
            case "moved":
                to = self.table(term).to
                there = to[to != NO_DAY]
                return (int(there.min()), int(there.max())) if there.size else None
            case "later_by":
                return self._later(parts[0], self.numbers(term.args[1]))
            case "day_of":
                return self._of_moments(term)
            case "no_end":
                return LAST_DAY, LAST_DAY
            case "min":
                whole, ends = _all_of(parts), [part[1] for part in parts if part is not None]
                return None if whole is None else (whole[0], min(ends))
            case "agg":
                about = term.data
                if about.how is Agg.BLOCKS:
                    return self._days.get(term.args[1].number)
        return _all_of(parts)

    def _in_column(self, term: Term) -> Days | None:
        kind, name, _ = term.data

        def look() -> Days | None:
            return self.columns.day_range(kind, name)

        found: Days | None = _once(self.columns, ("days", kind, name), look)
        return found

    def _of_moments(self, term: Term) -> Days | None:
        moment = term.args[0]
        if moment.op != "at":
            return 1, LAST_DAY
        kind, name, _ = moment.data

        def look() -> Days | None:
            offsets = self.columns.offsets(kind)
            seconds = self.columns.values(kind, name)[offsets[0] : offsets[-1]]
            there = seconds[seconds > none_of(Type.MOMENT)]
            if len(there) == 0:
                return None
            return int(there.min()) // 86_400 + 1, int(there.max()) // 86_400 + 2

        found: Days | None = _once(self.columns, ("moments", kind, name), look)
        return found

    def _later(self, days: Days | None, by: Days) -> Days | None:
        if days is None:
            return None
        return max(1, days[0] + by[0]), min(LAST_DAY, days[1] + by[1])

    def numbers(self, term: Term) -> Days:
        """The least and the greatest that a number can be, in so far as it matters to days."""
        match term.op:
            case "const":
                return int(term.data), int(term.data)
            case "param":
                return self.param(term), self.param(term)
            case "at":
                return self._numbers_in_column(*term.data[:2])
            case "select":
                one, other = (self.numbers(arg) for arg in term.args[1:])
                return min(one[0], other[0]), max(one[1], other[1])
            case "agg":
                if term.data.how is Agg.BLOCKS:
                    return 0, LAST_DAY
        return -LAST_DAY, LAST_DAY

    def _numbers_in_column(self, kind: str, name: str) -> Days:
        def look() -> Days:
            there = self.columns.values(kind, name)
            there = there[there > np.iinfo(there.dtype).min + 1]
            return (int(there.min()), int(there.max())) if len(there) else (0, 0)

        found: Days = _once(self.columns, ("numbers", kind, name), look)
        return found

    # Tables

    def table(self, term: Term) -> _Table:
        if term.number not in self._tables:
            self._tables[term.number] = self._made(term)
        return self._tables[term.number]

    def _made(self, term: Term) -> _Table:
        span = self.days(term.args[0])
        if span is None or span[0] > span[1]:
            return _Table(np.zeros((0, 0), dtype=np.int32), 1, 0)
        moving: Moving = self.plan.now(term.data)
        if len(term.args) == 1:
            return _Table(days_after(moving, span).reshape(1, -1), max(1, span[0]), 0)
        binder: Turns = term.args[1].data
        last = min(self.until(binder), binder.first + _MOST_ROWS)
        rows = [turns_after(moving, span, turn) for turn in range(binder.first, last)]
        table = np.vstack(rows) if rows else np.zeros((0, 0), dtype=np.int32)
        return _Table(table, max(1, span[0]), binder.first)

    def until(self, binder: Turns) -> int:
        """How many periods have to be gone through: until each is over too late for everybody."""
        if binder not in self._until:
            ends: Sequence[Term] = self.program.ends.get(binder, ())
            most = _MOST_TURNS if binder.until is None else binder.until
            if ends:
                needed = max(self._turns_until(end, binder) for end in ends)
                most = needed if binder.until is None else min(needed, most)
            self._until[binder] = most
        return self._until[binder]

    def _turns_until(self, end: Term, binder: Turns) -> int:
        """The number of the first period that is over after every day by which it has to be."""
        moved, by = end.args
        span, latest = self.days(moved.args[0]), self.days(by)
        if span is None or latest is None:
            return binder.first
        nth, first = (
            given.nth_of(self.plan.now(moved.data)),
            datetime.date.fromordinal(max(1, span[0])),
        )
        for turn in count(binder.first):
            try:
                over = nth(first, turn).toordinal()
            except (ValueError, OverflowError):
                return turn
            stands_still = turn == 1 and over == nth(first, 0).toordinal()
            if over > latest[1] or stands_still:
                return turn + 1 if over > latest[1] else _MOST_TURNS
        raise AssertionError("periods without end")


def _all_of(parts: Sequence[Days | None]) -> Days | None:
    there = [part for part in parts if part is not None]
    if not there:
        return None
    return min(part[0] for part in there), max(part[1] for part in there)
