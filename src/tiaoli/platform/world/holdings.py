"""Certificates of what people hold already, issued by whoever runs the regulation concerned."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from tiaoli.facts import vocabulary
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.certificates import issuing
from tiaoli.platform.certificates.shown_in_record import EXPIRY
from tiaoli.platform.people.models import Post
from tiaoli.platform.people.seats import runs
from tiaoli.platform.portfolio.models import Record
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Regulation


def issue_for_what_is_held() -> int:
    """How many were issued; a credential whose days are out of order gets none."""
    issued = 0
    for regulation, procedure, kind in _credentials():
        issuer = runs(regulation.id, clock.today())
        if issuer is None:
            continue
        by = Actor(by=str(issuer), organisation=issuer, role=Post.SECRETARIAT, via="task")
        held = Record.objects.filter(kind=kind, certificate=None, removed=None)
        for record in held.filter(happens__lte=clock.today()).select_related("person"):
            last = record.values.get(EXPIRY)
            try:
                issuing.issue(
                    by,
                    record,
                    regulation=regulation.id,
                    procedure=procedure.id,
                    issuer=issuer,
                    decision={"clauses": [], "on": record.happens.isoformat(), "kept": True},
                    first=record.happens,
                    last=datetime.date.fromisoformat(last) if last else None,
                )
            except Refused:
                continue
            issued += 1
    return issued


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
