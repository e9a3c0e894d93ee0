"""
How a certificate stands on a day: computed from its changes and its last day, never kept twice.

The latest change that has begun by that day says what it is, and revoked is for good; a certificate
that would be valid, or is suspended, has expired once its last day is over.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.certificates import shown_in_record
from tiaoli.platform.certificates.models import Certificate, StatusChange
from tiaoli.platform.choices import Choice
from tiaoli.platform.portfolio.models import Record

Status = Certificate.Status


class Standing(Choice):
    """What the public is told."""

    NOT_YET = "not_yet", "尚未生效", "not yet in effect"
    VALID = "valid", "有效", "valid"
    EXPIRED = "expired", "已逾期", "expired"
    SUSPENDED = "suspended", "停止效力", "suspended"
    REVOKED = "revoked", "已撤銷或廢止", "revoked"
    REPLACED = "replaced", "已換發", "replaced"

    @property
    def sentence(self) -> Label:
        """The same as a sentence: no colour is needed to understand it."""
        return _SENTENCES[self]


_SENTENCES = {
    Standing.NOT_YET: Label("這張證明尚未生效。", "This certificate is not yet in effect."),
    Standing.VALID: Label("這張證明有效。", "This certificate is valid."),
    Standing.EXPIRED: Label(
        "這張證明已逾期，不再有效。", "This certificate has expired and is no longer valid."
    ),
    Standing.SUSPENDED: Label(
        "這張證明被停止效力，目前無效。", "This certificate is suspended: it does not hold now."
    ),
    Standing.REVOKED: Label(
        "這張證明已被撤銷或廢止，無效。", "This certificate was revoked: it does not hold."
    ),
    Standing.REPLACED: Label(
        "這張證明已由另一張取代，請看新證。",
        "This certificate was replaced by another; see the new one.",
    ),
}
_LAPSES = (Status.VALID, Status.SUSPENDED)


def standing_on(
    certificate: Certificate, day: datetime.date, changes: Iterable[StatusChange] | None = None
) -> Standing:
    """``changes`` are all of the certificate's, where they are at hand."""
    if day < certificate.first:
        return Standing.NOT_YET
    status = _status_on(day, certificate.changes.all() if changes is None else changes)
    lapsed = certificate.last is not None and day > certificate.last
    return Standing.EXPIRED if lapsed and status in _LAPSES else Standing.of(status)


def _status_on(day: datetime.date, changes: Iterable[StatusChange]) -> str:
    """What the latest change says; one that was revoked stays so, whatever comes after."""
    begun = [change.status for change in changes if change.first <= day]
    if Status.REVOKED in begun:
        return Status.REVOKED
    return begun[-1] if begun else Status.VALID


def with_standing(certificates: QuerySet, day: datetime.date) -> QuerySet:
    """The same certificates, each with ``standing`` (a word of ``Standing``), by one query."""
    latest = (
        StatusChange.objects.filter(certificate=OuterRef("pk"), first__lte=day)
        .order_by(Case(When(status=Status.REVOKED, then=0), default=1), "-first", "-pk")
        .values("status")[:1]
    )
    return certificates.annotate(
        _status=Subquery(latest, output_field=CharField()),
        standing=Case(
            When(first__gt=day, then=Value(Standing.NOT_YET.value)),
            When(
                Q(_status__in=[s.value for s in _LAPSES], last__lt=day),
                then=Value(Standing.EXPIRED.value),
            ),
            default="_status",
            output_field=CharField(),
        ),
    )


def come_into_effect(certificate: Certificate, day: datetime.date) -> int:
    """
    Apply the changes of a locked certificate whose day has come: its ``status``, and what its
    record says. How many there were.
    """
    due = list(certificate.changes.filter(applied=None, first__lte=day))
    if not due:
        return 0
    record = Record.objects.select_for_update().get(pk=certificate.record_id)
    for change in due:
        change.before = _said_by_record(certificate, record, change)
        change.applied = clock.now()
        change.save(update_fields=["before", "applied"])
    certificate.status = _status_on(day, certificate.changes.all())
    certificate.save(update_fields=["status"])
    return len(due)


def _said_by_record(
    certificate: Certificate, record: Record, change: StatusChange
) -> dict[str, object]:
    if change.status == Status.VALID:
        suspended = certificate.changes.filter(
            status=Status.SUSPENDED, applied__isnull=False
        ).last()
        return shown_in_record.write(record, {} if suspended is None else suspended.before)
    if change.status == Status.REPLACED and _is_another_term(certificate):
        return {}  # it held for its own time, and that remains a fact
    says = shown_in_record.said_on_change(certificate.kind, change.status, change.first)
    return shown_in_record.write(record, says)


def _is_another_term(certificate: Certificate) -> bool:
    successor = certificate.replaced_by
    return successor is not None and successor.last != certificate.last
