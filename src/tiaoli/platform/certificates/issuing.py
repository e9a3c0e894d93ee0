"""
A certificate is issued: numbered, named and dated for good, whatever becomes of its application.
"""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused, Told, action
from tiaoli.platform.certificates import shown_in_record
from tiaoli.platform.certificates.models import (
    Certificate,
    CertificateCounter,
    Issuer,
    StatusChange,
)
from tiaoli.platform.certificates.scope import scope_of
from tiaoli.platform.certificates.standing import come_into_effect
from tiaoli.platform.fees.numbering import next_number, roc_year
from tiaoli.platform.people.models import Organisation
from tiaoli.platform.portfolio.models import Record

_TOKEN_BYTES = 20


def _from_a_seat(by: Actor, record: Record) -> Label | None:
    """Nobody issues in their own name; which seat may is for the step that leaves the record."""
    if by.organisation is not None or (by.account is None and by.via == "task"):
        return None
    return Label(
        "證明由機構發給，不能以個人身分發給。",
        "A certificate is issued by an organisation, not by somebody in their own name.",
    )


@action("certificates.issue", Label("發給證明", "issue a certificate"), allowed=_from_a_seat)
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
    """
    A certificate of a record, from ``first`` to ``last`` (None: the regulation states no end).

    ``replaces`` is the certificate that this one renews or takes the place of: it is replaced from
    ``first`` on. A record has one certificate: asked for again, it is the one that is there.

    Call it last in a transaction: the counter of the issuer stays locked until that ends.
    Raises Refused for days out of order, and for a predecessor that cannot be replaced.
    """
    locked = Record.objects.select_for_update().select_related("person").get(pk=record.pk)
    there = Certificate.objects.filter(record=locked).first()
    if there is not None:
        return Told(there, there.person, {"number": there.number, "again": True})
    if last is not None and last < first:
        raise Refused(
            Label(
                f"證明的末日 {last} 在首日 {first} 之前。",
                f"The last day of the certificate, {last}, is before its first, {first}.",
            )
        )
    predecessor = _replaceable(replaces, locked, issuer, first)
    made = _numbered(
        locked,
        issuer,
        regulation=regulation,
        procedure=procedure,
        decision=decision,
        first=first,
        last=last,
    )
    shown_in_record.write(locked, shown_in_record.said_on_issue(locked.kind, made.number, last))
    now = clock.now()
    StatusChange.objects.create(
        certificate=made, status=Certificate.Status.VALID, first=first,
        reason="", decided_by=by.account, decided=now, applied=now,
    )  # fmt: skip
    if predecessor is not None:
        _replaced(by, predecessor, made, decision)
    told = {"number": made.number, "regulation": regulation, "first": first.isoformat()}
    if predecessor is not None:
        told["replaces"] = predecessor.number
    return Told(made, locked.person, told)


def _numbered(record: Record, issuer: Organisation, **decided: Any) -> Certificate:
    day, person = clock.today(), record.person
    setting = Issuer.objects.filter(organisation=issuer).first()
    prefix = f"T{issuer.pk}" if setting is None else setting.prefix
    number = next_number(CertificateCounter, day=day, issuer=issuer)
    return Certificate.objects.create(
        number=f"{prefix}-{roc_year(day)}-{number:05}",
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        person=person,
        issuer=issuer,
        kind=record.kind,
        record=record,
        name=person.name,
        english_name=person.english_name,
        scope=scope_of(record),
        issued=day,
        **decided,
    )


def _replaceable(
    asked: Certificate | None, record: Record, issuer: Organisation, first: datetime.date
) -> Certificate | None:
    if asked is None:
        return None
    found = Certificate.objects.select_for_update().get(pk=asked.pk)
    if found.person_id != record.person_id or found.issuer_id != issuer.pk:
        raise Refused(
            Label(
                f"{found.number} 不是同一人或同一發證單位的證明，不能由這一張取代。",
                f"{found.number} is of another person or issuer: this one cannot take its place.",
            )
        )
    if found.replaced_by_id is not None or found.status == Certificate.Status.REVOKED:
        raise Refused(
            Label(
                f"{found.number} 的狀態是「{Certificate.Status.of(found.status).label.zh}」，"
                "不能再換發。",
                f"{found.number} is {Certificate.Status.of(found.status).label.en} "
                "and cannot be replaced (again).",
            )
        )
    if first < found.first:
        raise Refused(
            Label(
                f"新證首日 {first} 在舊證首日 {found.first} 之前。",
                f"The new certificate begins on {first}, before the old one on {found.first}.",
            )
        )
    return found


def _replaced(by: Actor, old: Certificate, new: Certificate, decision: dict[str, Any]) -> None:
    """From the first day of the new one; what the record says follows when that day has come."""
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    StatusChange.objects.create(
        certificate=old,
        status=Certificate.Status.REPLACED,
        first=new.first,
        reason=f"換發為 {new.number} replaced by {new.number}",
        clause=str(next(iter(decision.get("clauses", ())), ""))[:80],
        decided_by=by.account,
        decided=clock.now(),
    )
    come_into_effect(old, clock.today())
