"""
From which day until which day: the outcome of a question over time.

An outcome can change only on certain days: when a record happens, when a window lets go of it,
when a period is complete. Those days are found from the rule and the facts, the outcome is worked
out on each, and between them it stands. Nothing is stepped through day by day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tiaoli.answers.case import TAIWAN
from tiaoli.answers.halving import FIRST, LAST, Steps, turning_days
from tiaoli.answers.meaning import Row, counts_on, move, service_spans
from tiaoli.answers.prepared import Prepared
from tiaoli.facts import periods
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Kind, Type
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import Amount, GroupedSum, ReachedOn, Sum
from tiaoli.rules.cohorts import (
    EachOne,
    EachPeriod,
    Its,
    OfEach,
    OfEachPeriod,
    PeriodEnd,
    PeriodStart,
    YearOf,
)
from tiaoli.rules.expressions import AttributeOf, AttributeValue, Compare, Node, Value
from tiaoli.rules.judgement import Judged
from tiaoli.rules.ledgers import During, Ledger
from tiaoli.rules.moments import (
    AS_OF,
    AskedOn,
    AsOf,
    DayConst,
    DaysLater,
    Moved,
    Movement,
    Within,
)
from tiaoli.rules.records import Every, Picked, Records, Referred, Served
from tiaoli.rules.regulation import Regulation
from tiaoli.rules.timetables import DayOf

NOT_IN_FORCE = "not_in_force"
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """``outcome`` from ``first`` to ``last``, both included; None is without end."""

    first: datetime.date | None
    last: datetime.date | None
    outcome: str


class Course:
    """The outcome of one prepared question for one dossier, on any day."""

    def __init__(
        self,
        regulation: Regulation,
        prepared: Prepared,
        dossier: Dossier,
        about: str | None = None,
    ) -> None:
        self._regulation = regulation
        self._prepared = prepared
        self._dossier = dossier
        self._about = about
        self._known: dict[datetime.date, str] = {}
        self.days: tuple[datetime.date, ...] = self._change_days()

    def outcome(self, day: datetime.date) -> str:
        if day not in self._known:
            self._known[day] = self._outcome(day)
        return self._known[day]

    def _outcome(self, day: datetime.date) -> str:
        edition = self._regulation.edition_on(day)
        if edition is None:
            return NOT_IN_FORCE
        if not edition.in_hand:
            return self._prepared.question.undecided
        return self._prepared.outcome(self._prepared.case(self._dossier, day, self._about))

    def _change_days(self) -> tuple[datetime.date, ...]:
        days = _Days(self._prepared, self._dossier, self._about)
        found = set(days.of(self._prepared.question.nodes()))
        for edition in self._regulation.editions:
            found |= {day for day in (edition.first, edition.until) if day is not None}
        return tuple(sorted(day for day in found if FIRST < day < LAST))

    def spells(self) -> tuple[Spell, ...]:
        """The whole course: maximal stretches of one outcome."""
        if not self.days:
            return (Spell(None, None, self.outcome(LAST)),)
        starts: list[tuple[datetime.date | None, str]] = [
            (None, self.outcome(self.days[0] - _ONE_DAY))
        ]
        for day in self.days:
            if self.outcome(day) != starts[-1][1]:
                starts.append((day, self.outcome(day)))
        ends = [first - _ONE_DAY for first, _ in starts[1:] if first is not None]
        return tuple(
            Spell(first, last, outcome)
            for (first, outcome), last in zip(starts, [*ends, None], strict=True)
        )

    def spell_of(self, goal: str, on: datetime.date) -> Spell | None:
        """The spell of ``goal`` that holds on ``on``, else the next one, else None."""
        first = self._first_day(goal, on)
        if first is None:
            return None
        if first == on:
            return Spell(self._begins(goal, on), self._ends(goal, on), goal)
        return Spell(first, self._ends(goal, first), goal)

    def _first_day(self, goal: str, on: datetime.date) -> datetime.date | None:
        if self.outcome(on) == goal:
            return on
        return next((d for d in self.days if d > on and self.outcome(d) == goal), None)

    def _ends(self, goal: str, day: datetime.date) -> datetime.date | None:
        broken = (d for d in self.days if d > day and self.outcome(d) != goal)
        first = next(broken, None)
        return None if first is None else first - _ONE_DAY

    def _begins(self, goal: str, day: datetime.date) -> datetime.date | None:
        earlier = [d for d in self.days if d <= day]
        start = None
        for change in reversed(earlier):
            if self.outcome(change) != goal:
                return start
            start = change
        before = earlier[0] - _ONE_DAY if earlier else None
        return None if before is None or self.outcome(before) == goal else start


class _Days:
    """The days on which any comparison in a rule may turn, for one dossier."""

    def __init__(self, prepared: Prepared, dossier: Dossier, about: str | None) -> None:
        self._prepared = prepared
        self._dossier = dossier
        self._about = about
        self._edges: list[Value] = []
        # The reference date of the reference date is the day of asking, and so it is if unknown.
        self._reference_followings: list[Steps] = [()]
        self._reference_days: set[datetime.date] = set()
        self._as_of = prepared.question.as_of
        followings, days = self._followings(self._as_of), self._candidates(self._as_of, None)
        self._reference_followings, self._reference_days = list({(), *followings}), days

    def of(self, nodes: Iterable[Node]) -> Iterator[datetime.date]:
        for node in nodes:
            yield from self._visit(node, [None])

    def _visit(self, node: Node, rows: Sequence[Row | None]) -> Iterator[datetime.date]:
        match node:
            case Records(kind=kind):
                if kind.happens is not None:
                    yield from self._arrivals(f.values[kind.happens] for f in self._facts(kind))
                rows = self._rows(kind)
            case (
                Every(records=of, rule=asked)
                | Sum(records=of, value=asked)
                | GroupedSum(records=of, value=asked)
            ):
                yield from self._visit(of, rows)
                yield from self._visit(asked, self._rows(of.kind))
                return
            case Ledger(records=of):
                yield from self._visit(of, rows)
                for part in node.parts():
                    if part is not of:
                        yield from self._visit(part, self._rows(of.kind))
                return
            case OfEach(records=of) | EachOne(records=of):
                yield from self._visit(of, rows)
                inner = node.each if isinstance(node, OfEach) else node.rule
                yield from self._visit(inner, rows)
                if isinstance(node, OfEach):
                    yield from self._visit(node.otherwise, rows)
                return
            case OfEachPeriod() | EachPeriod():
                yield from self._periods(node, rows)
                return
            case During(day=day, records=of):
                for fact in self._facts(of.kind):
                    for name in (of.kind.happens, of.kind.ends):
                        for steps in self._followings(day):
                            for found in _days_in([fact.values[name or ""]]):
                                yield from self._solve(steps, found)
            case Within(day=day, start=start, end=end):
                yield from self._turns(start, day, rows)
                yield from self._turns(day, end, rows)
            case Compare(left=left, right=right) if left.type is Type.DAY:
                yield from self._turns(left, right, rows)
            case Compare(left=left, right=right):
                yield from self._new_years(left, right, rows)
            case Served():
                yield from self._service(node)
            case Judged():
                yield from self._arrivals(f.values["date"] for f in self._dossier.of("judgement"))
        for part in node.parts():
            yield from self._visit(part, rows)

    def _periods(
        self, node: OfEachPeriod | EachPeriod, rows: Sequence[Row | None]
    ) -> Iterator[datetime.date]:
        """The days on which another period is complete, and on which what is asked of one turns."""
        outside = self._edges
        self._edges = []
        for number in range(_MOST_PERIODS):
            first = Moved(node.start, Movement.COMPLETION, _times(node.period, number))
            last = Moved(first, Movement.LAST_DAY, node.period)
            self._edges += [first if number else node.start, last]
            yield from self._turns(last, node.until, rows)
        for part in node.parts():
            yield from self._visit(part, rows)
        self._edges = outside

    def _new_years(
        self, left: Value, right: Value, rows: Sequence[Row | None]
    ) -> Iterator[datetime.date]:
        """A comparison with the year of a day turns when that year begins, or is over."""
        parts = [*left.walk(), *right.walk()]
        days = [part.day for part in parts if isinstance(part, YearOf)]
        if not days:
            return
        moving = [steps for day in days for steps in self._followings(day)]
        fixed = {day.year for of in days for row in rows for day in self._candidates(of, row)}
        for year in {*fixed, *self._numbers(parts)}:
            for new_year in (year, year + 1):
                if FIRST.year < new_year < LAST.year:
                    for steps in moving:
                        yield from self._solve(steps, datetime.date(new_year, 1, 1))

    def _numbers(self, parts: Iterable[Node]) -> Iterator[int]:
        """The whole numbers that stand in a rule, or in the facts that it asks of."""
        for part in parts:
            if isinstance(part, Amount):
                yield int(part.value)
            elif isinstance(part, AttributeValue) and part.type is Type.WHOLE:
                for fact in self._facts(_kind_of(part)):
                    found = fact.values[part.attribute.name]
                    if isinstance(found, int):
                        yield found

    def _facts(self, kind: Kind) -> tuple[Fact, ...]:
        return self._dossier.of(kind.name)

    def _rows(self, kind: Kind) -> Sequence[Row | None]:
        return [fact.values for fact in self._facts(kind)]

    def _arrivals(self, found: Iterable[Any]) -> Iterator[datetime.date]:
        """The days of asking from which the reference date has come to each day."""
        for day in _days_in(found):
            for steps in self._followings(AS_OF):
                yield from self._solve(steps, day)[:1] if steps else (day,)

    def _turns(
        self, left: Value, right: Value, rows: Sequence[Row | None]
    ) -> Iterator[datetime.date]:
        for moving, fixed in ((left, right), (right, left)):
            for steps in self._followings(moving):
                for row in rows:
                    for day in self._candidates(fixed, row):
                        yield from self._solve(steps, day)

    def _followings(self, node: Value) -> list[Steps]:
        """The ways in which a day may be counted from the day of asking alone."""
        match node:
            case AskedOn():
                return [()]
            case AsOf():
                return self._reference_followings
            case Moved(day=day):
                return [(*steps, node) for steps in self._followings(day)]
            case DaysLater(day=day):
                further = [self._later(node, number) for number in self._numbers([node.number])]
                return [(*steps, one) for steps in self._followings(day) for one in further]
            case PeriodStart() | PeriodEnd():
                return [steps for edge in self._edges for steps in self._followings(edge)]
            case Its():
                return []
            case AttributeOf() | Picked() | Referred() | DayConst() | ReachedOn() | DayOf():
                return []
        return [steps for part in _values_in(node) for steps in self._followings(part)]

    def _candidates(self, node: Value, row: Row | None) -> set[datetime.date]:
        """Every day that ``node`` may be, apart from those that follow the day of asking."""
        match node:
            case AttributeOf():
                return set(_days_in([row[node.attribute.name]])) if row is not None else set()
            case Picked():
                facts = self._facts(node.records.kind)
                return set(_days_in(fact.values[node.attribute.name] for fact in facts))
            case PeriodStart() | PeriodEnd():
                return set().union(*(self._candidates(edge, row) for edge in self._edges))
            case Referred(kind=kind, attribute=attribute) | Its(kind=kind, attribute=attribute):
                return set(_days_in(fact.values[attribute.name] for fact in self._facts(kind)))
            case Moved(day=day):
                return {move(d, node, TAIWAN) for d in self._candidates(day, row)}
            case DaysLater(day=day):
                further = [self._later(node, number) for number in self._numbers([node.number])]
                return {move(d, by, TAIWAN) for d in self._candidates(day, row) for by in further}
            case DayConst(day=day):
                return {day}
            case ReachedOn(records=of):
                return set(_days_in(f.values[of.kind.happens or ""] for f in self._facts(of.kind)))
            case DayOf(moment=moment):
                moments = self._candidates(moment, row)
                return {counts_on(m, node) for m in moments if isinstance(m, datetime.datetime)}
            case AskedOn():
                return set()
            case AsOf():
                return self._reference_days
        return set().union(*(self._candidates(part, row) for part in _values_in(node)))

    @staticmethod
    def _later(node: DaysLater, number: int) -> Moved:
        """By so many days, were that what is given."""
        movement = Movement.DAYS_AFTER if number >= 0 else Movement.DAYS_BEFORE
        return Moved(node.day, movement, periods.days(abs(number)))

    def _solve(self, steps: Steps, day: datetime.date) -> tuple[datetime.date, ...]:
        """The first days of asking on which ``steps`` from it reach ``day``, and pass it."""
        return turning_days(steps, day)

    def _service(self, rule: Served) -> Iterator[datetime.date]:
        """Which periods count, and since when, may itself change from day to day."""
        found = set(self._visit(self._as_of, [None]))
        for part in rule.parts():
            found.update(self._visit(part, [None]))
        for day in (FIRST, *found):
            for spans in service_spans(rule, self._prepared.case(self._dossier, day, self._about)):
                if spans:
                    yield from self._arrivals(
                        periods.served_change_days(
                            spans,
                            rule.years,
                            first_day_counts=rule.first_day_counts,
                            complete_on_last_day=rule.complete_on_last_day,
                        )
                    )


def _kind_of(value: AttributeValue) -> Kind:
    """Of what kind of record an attribute is asked."""
    if isinstance(value, Picked):
        return value.records.kind
    assert isinstance(value, AttributeOf | Its | Referred)
    return value.kind


_MOST_PERIODS = 120
"""Ten years of months; nothing is counted for longer."""


def _times(period: Period, number: int) -> Period:
    return Period(period.years * number, period.months * number, period.days * number)


def _days_in(found: Iterable[Any]) -> Iterator[datetime.date]:
    return (day for day in found if isinstance(day, datetime.date))


def _values_in(node: Value) -> Iterator[Value]:
    return (part for part in node.parts() if isinstance(part, Value))
