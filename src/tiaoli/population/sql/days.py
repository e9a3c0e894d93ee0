"""
Days that follow from other days by a rule of the calendar, as small tables beside the query.

Which days can come up at all is worked out from those that the records have, so that a table holds
no more than it must, and no day is ever missing in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyarrow as pa

from tiaoli.population import given
from tiaoli.population.sql.relations import MOST_TURNS
from tiaoli.population.sql.sources import Source
from tiaoli.population.tables.layout import FIRST_DAY, LAST_DAY
from tiaoli.population.terms import Moving, Term, Turns

__all__ = ["Days"]

_A_DAY: Final = 86_400


class Days:
    """Makes the tables. What one column holds is asked but once."""

    def __init__(self, source: Source, on: datetime.date) -> None:
        self.source = source
        self.on = on
        self._found: dict[int, frozenset[int]] = {}
        self._columns: dict[tuple[str, str], list[int]] = {}

    def table(self, terms: Sequence[Term]) -> Any:
        """The table of one rule: ``d``, the number of turns ``n`` if it has one, and ``m``."""
        moving: Moving = terms[0].data
        if not given.has_turns(moving):
            move = given.movement_of(moving)
            days = sorted(set[int]().union(*(self.of(term.args[0]) for term in terms)))
            moved = [move(datetime.date.fromordinal(day)).toordinal() for day in days]
            return pa.table({"d": _whole(days), "m": _whole(moved)})
        nth = given.nth_of(moving)
        pairs = sorted({pair for term in terms for pair in self._pairs(term)})
        moved = [nth(datetime.date.fromordinal(day), turn).toordinal() for day, turn in pairs]
        days, turns = ([pair[at] for pair in pairs] for at in (0, 1))
        return pa.table({"d": _whole(days), "n": _whole(turns), "m": _whole(moved)})

    def _pairs(self, term: Term) -> Iterable[tuple[int, int]]:
        day, turn = term.args
        return ((one, number) for one in self.of(day) for number in _turns(turn))

    def of(self, term: Term) -> frozenset[int]:
        """Every day that a term may come to, and maybe more."""
        if term.number not in self._found:
            self._found[term.number] = frozenset(self._days(term))
        return self._found[term.number]

    def _days(self, term: Term) -> Iterable[int]:
        match term.op:
            case "at":
                return self._column(term)
            case "param":
                return [given.day_of(term.data, self.on).toordinal()]
            case "no_end":
                return []
            case "select":
                return self.of(term.args[1]) | self.of(term.args[2])
            case "min" | "max":
                return self.of(term.args[0]) | self.of(term.args[1])
            case "agg":
                return self._of_aggregate(term)
            case "moved":
                return self._moved_days(term)
            case "day_of":
                days = {moment // _A_DAY + 1 for moment in self._column(term.args[0])}
                return days | {day + 1 for day in days}
        return range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)

    def _column(self, term: Term) -> list[int]:
        kind, attribute, _ = term.data
        if (kind, attribute) not in self._columns:
            self._columns[kind, attribute] = self.source.values(kind, attribute)
        return self._columns[kind, attribute]

    def _of_aggregate(self, term: Term) -> Iterable[int]:
        """One of the values that it is made over: the first after whether a record is taken."""
        width = term.data.width
        values = term.args[1::width]
        return frozenset[int]().union(*(self.of(value) for value in values))

    def _moved_days(self, term: Term) -> Iterable[int]:
        if given.has_turns(term.data):
            nth = given.nth_of(term.data)
            pairs = self._pairs(term)
            return {nth(datetime.date.fromordinal(d), n).toordinal() for d, n in pairs}
        move = given.movement_of(term.data)
        days = self.of(term.args[0])
        return {move(datetime.date.fromordinal(day)).toordinal() for day in days}


def _turns(term: Term) -> range:
    assert term.op == "turn", "a period is told by its number"
    binder = term.data
    assert isinstance(binder, Turns)
    return range(binder.first, MOST_TURNS if binder.until is None else binder.until)


def _whole(numbers: Sequence[int]) -> Any:
    return pa.array(numbers, pa.int32())
