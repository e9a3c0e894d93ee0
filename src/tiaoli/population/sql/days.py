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
from tiaoli.population.sql.layers import Looked
from tiaoli.population.sql.loops import MOST_TURNS
from tiaoli.population.sql.sources import Source
from tiaoli.population.tables.layout import FIRST_DAY, LAST_DAY
from tiaoli.population.terms import Moving, Term, Turns, walk

__all__ = ["Days"]

_A_DAY: Final = 86_400
_NO_END: Final = datetime.date.max.toordinal()


class Days:
    """Makes the tables. What one column holds is asked but once."""

    def __init__(self, source: Source, on: datetime.date) -> None:
        self.source = source
        self.on = on
        self._found: dict[int, frozenset[int]] = {}
        self._columns: dict[tuple[str, str], list[int]] = {}

    def table(self, looked: Sequence[Looked]) -> Any:
        """The table of one rule: ``d``, the number of turns ``n`` if it has one, and ``m``."""
        moving: Moving = looked[0].term.data
        if not given.has_turns(moving):
            move = given.movement_of(moving)
            days = sorted(set[int]().union(*(self.of(one.term.args[0]) for one in looked)))
            moved = [move(datetime.date.fromordinal(day)).toordinal() for day in days]
            return pa.table({"d": _whole(days), "m": _whole(moved)})
        found: dict[tuple[int, int], int] = {}
        for one in looked:
            found.update(self._periods(one.term, self._latest(one)))
        pairs = sorted(found)
        days, turns = ([pair[at] for pair in pairs] for at in (0, 1))
        moved = [found[pair] for pair in pairs]
        return pa.table({"d": _whole(days), "n": _whole(turns), "m": _whole(moved)})

    def _latest(self, one: Looked) -> int:
        """The latest day that matters: a later one is compared in vain."""
        if one.until is None or any(term.op == "no_end" for term in walk([one.until])):
            return _NO_END
        latest = max(self.of(one.until), default=0)
        return latest if latest < LAST_DAY.toordinal() else _NO_END

    def _periods(self, term: Term, latest: int = _NO_END) -> Iterable[tuple[tuple[int, int], int]]:
        """By day and turn the day that they become; later turns come to later days."""
        nth = given.nth_of(term.data)
        day, turn = term.args
        for one in self.of(day):
            begins = datetime.date.fromordinal(one)
            for number in _turns(turn):
                moved = nth(begins, number).toordinal()
                if moved > latest:
                    break
                yield (one, number), moved

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
            return {moved for _, moved in self._periods(term)}
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
