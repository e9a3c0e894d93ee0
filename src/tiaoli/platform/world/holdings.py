"""Certificates of what people hold already, issued by whoever runs the regulation concerned."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tiaoli.facts import vocabulary
from tiaoli.platform import clock
from tiaoli.platform.applications.leaving import first_day
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.certificates import issuing
from tiaoli.platform.certificates.shown_in_record import EXPIRY
from tiaoli.platform.people.models import Organisation, Post
from tiaoli.platform.people.seats import runs
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world.timetable import in_office_hours
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Regulation


@dataclass(frozen=True, slots=True)
class Holding:
    """A credential that somebody held before the platform, and what was decided then."""

    record: Record
    regulation: Regulation
    procedure: Procedure
    issuer: Organisation

    def go_on(self, at: datetime.datetime) -> None:
        """Issue its certificate; one whose days are out of order gets none."""
        last = self.record.values.get(EXPIRY)
        day = at.date()
        by = Actor(by=str(self.issuer), organisation=self.issuer, role=Post.SECRETARIAT, via="task")
        try:
            issuing.issue(
                by,
                self.record,
                regulation=self.regulation.id,
                procedure=self.procedure.id,
                issuer=self.issuer,
                decision={"clauses": [], "on": day.isoformat(), "kept": True},
                first=first_day(vocabulary.find(self.record.kind), self.record.values, day),
                last=datetime.date.fromisoformat(last) if last else None,
            )
        except Refused:
            return


def held_already() -> Iterator[tuple[datetime.datetime, Holding]]:
    """Every credential in a portfolio, with the moment at which its certificate was issued."""
    draw, today = Random(5), clock.today()
    for regulation, procedure, kind in _credentials():
        issuer = runs(regulation.id, today)
        if issuer is None:
            continue
        held = Record.objects.filter(kind=kind, certificate=None, removed=None)
        known = held.filter(happens__lt=today).select_related("person").order_by("happens", "pk")
        for record in known:
            moment = in_office_hours(record.happens, draw)
            yield moment, Holding(record, regulation, procedure, issuer)


def _credentials() -> Iterator[tuple[Regulation, Procedure, str]]:
    """Each kind of credential once, with the procedure that leaves it behind."""
    seen = set()
    for name in catalogue.ids():
        regulation = catalogue.find(name)
        for procedure in regulation.procedures:
            for step in procedure.transitions:
                kind = step.output.kind if step.output is not None else ""
                if kind and kind not in seen and vocabulary.find(kind).credential:
                    seen.add(kind)
                    yield regulation, procedure, kind
