"""The case in hand: one dossier, the day of asking, the reference date, the record asked about."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tiaoli.facts.calendar import WorkCalendar
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.periods import Span
from tiaoli.rules.records import Records

TAIWAN = WorkCalendar()


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """
    ``presuming`` False asks what would be known if nothing were taken for granted; the difference
    is what a further fact could still change. ``undated`` marks a case whose reference date is not
    known, so that nothing can be decided. ``sorted_out``, where it is given, knows which
    records are in a set, so that an explanation need not sort them more than once. ``taken`` are
    the records whose turn it is, by kind, and ``period`` is the period whose turn it is.
    """

    dossier: Dossier
    asked_on: datetime.date
    as_of: datetime.date
    about: str | None = None
    presuming: bool = True
    undated: bool = False
    calendar: WorkCalendar = field(default=TAIWAN)
    sorted_out: Callable[[Records, Case], list[tuple[Fact, bool | None]]] | None = None
    taken: Mapping[str, Fact] = field(default_factory=dict)
    period: Span | None = None

    def without_presumptions(self) -> Case:
        return replace(self, presuming=False, sorted_out=None)

    def taking(self, fact: Fact) -> Case:
        """The same while it is the turn of ``fact``."""
        return replace(self, taken={**self.taken, fact.kind: fact})

    def during(self, period: Span) -> Case:
        """The same while it is the turn of ``period``."""
        return replace(self, period=period)
