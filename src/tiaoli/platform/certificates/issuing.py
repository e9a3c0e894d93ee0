"""A certificate issued. TO BE REPLACED by the certificates app's own module of this name."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Told, action, anybody
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Organisation
from tiaoli.platform.portfolio.models import Record


@action("certificates.issue", Label("核發證明", "issue a certificate"), allowed=anybody)
def issue(
    by: Actor,
    record: Record,
    *,
    regulation: str,
    procedure: str,
    issuer: Organisation,
    decision: dict[str, Any],
    first: datetime.date,
    last: datetime.date | None,
    replaces: Certificate | None = None,
) -> Told[Certificate]:
    """The credential ``record``, as a certificate that takes the place of ``replaces``."""
    made = Certificate.objects.create(
        number=f"C{Certificate.objects.count() + 1:06}",
        token=secrets.token_urlsafe(16),
        person=record.person,
        issuer=issuer,
        regulation=regulation,
        procedure=procedure,
        kind=record.kind,
        record=record,
        name=record.person.name,
        english_name=record.person.english_name,
        issued=clock.today(),
        first=first,
        last=last,
        decision=decision,
    )
    if replaces is not None:
        replaces.status, replaces.replaced_by = Certificate.Status.REPLACED, made
        replaces.save(update_fields=["status", "replaced_by"])
    return Told(made, record.person, {"number": made.number})
