"""
What is done with a certificate once it is issued: suspended, reinstated, revoked, replaced, copied.

Suspending, reinstating and replacing are for the desk of the issuer (secretariat, education office)
or its chair. To revoke is graver: for the chair alone, or for the desk of an issuer without one.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.certificates.issuing import issue
from tiaoli.platform.certificates.models import Certificate, Copy, Issuer, StatusChange
from tiaoli.platform.certificates.printing import LANGUAGES, printed
from tiaoli.platform.certificates.standing import Standing, come_into_effect, standing_on
from tiaoli.platform.people.models import Organisation, Person, Post, holding
from tiaoli.platform.portfolio.dossiers import next_fact
from tiaoli.platform.portfolio.models import Record, Source

Status = Certificate.Status
DESK = (Post.SECRETARIAT, Post.EDUCATION_OFFICE)
PRINTED = (Standing.VALID, Standing.NOT_YET, Standing.EXPIRED)


@dataclass(frozen=True, slots=True)
class Change:
    """
    What is decided: from which day on, why, by which clause. ``seen`` is how many changes were
    shown to whoever decides, so that a stale form is refused.
    """

    first: datetime.date
    reason: str
    clause: str
    seen: int


def may_manage(by: Actor, certificate: Certificate) -> Label | None:
    """The desk or the chair of the issuer."""
    ours = by.organisation is not None and by.organisation.pk == certificate.issuer_id
    if ours and by.role in (*DESK, Post.CHAIR):
        return None
    issuer = certificate.issuer
    return Label(
        f"只有發證單位「{issuer.name}」的承辦單位或主任委員可以處理這張證明。",
        f"Only the desk or the chair of the issuer, {issuer.label.en}, may do this.",
    )


def may_revoke(by: Actor, certificate: Certificate) -> Label | None:
    """The chair of the issuer; its desk where it has no chair."""
    if (why_not := may_manage(by, certificate)) is not None:
        return why_not
    issuer = certificate.issuer
    chairs = issuer.memberships.filter(holding(clock.today()), role=Post.CHAIR)
    if by.role == Post.CHAIR or not chairs.exists():
        return None
    return Label(
        f"撤銷或廢止由「{issuer.name}」的主任委員決定。",
        f"To revoke is for the chair of {issuer.label.en}.",
    )


@action("certificates.suspend", Label("停止效力", "suspend"), allowed=may_manage)
def suspend(by: Actor, certificate: Certificate, change: Change) -> Told[Certificate]:
    """A valid certificate does not hold from ``first`` on. Raises as ``_changed`` does."""
    return _changed(by, certificate, change, Status.SUSPENDED, (Standing.VALID,))


@action("certificates.reinstate", Label("恢復效力", "reinstate"), allowed=may_manage)
def reinstate(by: Actor, certificate: Certificate, change: Change) -> Told[Certificate]:
    """A suspended certificate holds again from ``first`` on. Raises as ``_changed`` does."""
    return _changed(by, certificate, change, Status.VALID, (Standing.SUSPENDED,))


@action("certificates.revoke", Label("撤銷或廢止", "revoke"), allowed=may_revoke)
def revoke(by: Actor, certificate: Certificate, change: Change) -> Told[Certificate]:
    """A certificate does not hold from ``first`` on, for good. Raises as ``_changed`` does."""
    known = (Standing.VALID, Standing.SUSPENDED, Standing.EXPIRED)
    return _changed(by, certificate, change, Status.REVOKED, known)


def _changed(
    by: Actor,
    certificate: Certificate,
    change: Change,
    status: Certificate.Status,
    known: tuple[Standing, ...],
) -> Told[Certificate]:
    """
    Raises OutOfDate where more was changed by now, Refused without a reason, before the first day
    of the certificate or a change already decided, or where it does not stand so on that day.
    """
    locked = _locked(certificate, change.seen)
    reason = _reason(change.reason)
    _check_day(locked, status, known, change.first)
    StatusChange.objects.create(
        certificate=locked,
        status=status,
        first=change.first,
        reason=reason,
        clause=change.clause,
        decided_by=by.account,
        decided=clock.now(),
    )
    come_into_effect(locked, clock.today())
    data = {"number": locked.number, "first": change.first.isoformat(), "clause": change.clause}
    return Told(locked, locked.person, data, {"reason": reason})


def _reason(written: str) -> str:
    if not written.strip():
        raise Refused(Label("請寫理由。", "Say why."))
    return written.strip()


def _locked(certificate: Certificate, seen: int) -> Certificate:
    locked = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("person", "issuer")
        .get(pk=certificate.pk)
    )
    if locked.changes.count() != seen:
        raise OutOfDate(
            Label(
                f"{locked.number} 的狀態剛剛有人改過，請重新查看後再決定。",
                f"Somebody has just changed the status of {locked.number}: look again, "
                "then decide.",
            )
        )
    return locked


def _check_day(
    certificate: Certificate,
    status: Certificate.Status,
    known: tuple[Standing, ...],
    first: datetime.date,
) -> None:
    later = certificate.changes.filter(first__gt=first).exclude(status=Status.REPLACED)
    if first < certificate.first or later.exists():
        raise Refused(
            Label(
                f"起算日 {first} 早於證明的首日或已決定的下一次變更。",
                f"{first} is before the first day of the certificate, or before a later change "
                "that was decided.",
            )
        )
    standing = standing_on(certificate, first)
    if standing not in known:
        raise Refused(
            Label(
                f"{certificate.number} 在 {first} 的狀態是「{standing.label.zh}」，"
                f"不能改為「{status.label.zh}」。",
                f"On {first}, {certificate.number} is {standing.label.en}: "
                f"it cannot become {status.label.en}.",
            )
        )


@action("certificates.replace", Label("換發證明", "replace a certificate"), allowed=may_manage)
def replace(
    by: Actor, certificate: Certificate, *, reason: str, clause: str, seen: int
) -> Told[Certificate]:
    """
    Another certificate of the same fact and term, in the name of today, in place of this one.

    Raises OutOfDate and Refused as the other changes do.
    """
    # Whoever makes a record locks the person, and does so before anything else.
    Person.objects.select_for_update(no_key=True).get(pk=certificate.person_id)
    locked = _locked(certificate, seen)
    day = max(clock.today(), locked.first)
    why = _reason(reason)
    _check_day(locked, Status.REPLACED, (Standing.VALID,), day)
    new = issue(
        by,
        _same_fact(by, locked),
        regulation=locked.regulation,
        procedure=locked.procedure,
        issuer=locked.issuer,
        decision={**locked.decision, "replaced_because": why, "clause": clause},
        first=day,
        last=locked.last,
        replaces=locked,
    )
    data = {"number": new.number, "replaces": locked.number, "clause": clause}
    return Told(new, new.person, data, {"reason": why})


def _same_fact(by: Actor, certificate: Certificate) -> Record:
    old, now = certificate.record, clock.now()
    return Record.objects.create(
        person=old.person,
        fact=next_fact(old.person, old.kind),
        kind=old.kind,
        values=old.values,
        tier=old.tier,
        source=Source.PROCEDURE,
        happens=old.happens,
        entered_by=by.account,
        entered=now,
        changed=now,
        verified_by=old.verified_by,
        verified_name=old.verified_name,
        verified=old.verified,
    )


NOT_TO_COPY = Label(
    "只有持有人本人與發證單位可以下載這張證明。",
    "Only the holder and the issuer may download this certificate.",
)


def may_copy(by: Actor, certificate: Certificate) -> Label | None:
    """The holder, and the desk or the chair of the issuer."""
    if by.account is not None and by.account.pk == certificate.person.account_id:
        return None
    return None if may_manage(by, certificate) is None else NOT_TO_COPY


@action("certificates.copy", Label("製作證明文件", "make a copy"), allowed=may_copy)
def copy(by: Actor, certificate: Certificate, *, language: str) -> Told[Copy]:
    """
    One more copy, listed with the hash of its bytes; they are in its ``content``, and kept nowhere.

    Raises Refused for a certificate that does not hold, MissingGlyph for a name that no font has.
    """
    if language not in LANGUAGES:
        raise Refused(Label("沒有這種語言的證明。", "There is no copy in that language."))
    locked = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("issuer", "person")
        .get(pk=certificate.pk)
    )
    day = clock.today()
    standing = standing_on(locked, day)
    if standing not in PRINTED:
        raise Refused(
            Label(
                f"{standing.sentence.zh}不再製作文件。",
                f"{standing.sentence.en} No further copy is made.",
            )
        )
    number = locked.copies.count() + 1
    content = printed(locked, copy=number, made=day, language=language)
    made = Copy.objects.create(
        certificate=locked,
        number=number,
        made=clock.now(),
        made_by=by.account,
        language=language,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    made.content = content
    return Told(made, locked.person, {"number": locked.number, "sha256": made.sha256})


def _the_day(by: Actor, certificate: Certificate) -> Label | None:
    by_itself = by.account is None and by.via == "task"
    return None if by_itself else Label("變更到期自行生效。", "A change begins by itself.")


@action("certificates.begin", Label("變更生效", "a change takes effect"), allowed=_the_day)
def begin(by: Actor, certificate: Certificate) -> Told[Certificate]:
    """The day of a change has come; for the task that looks every night."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    begun = come_into_effect(locked, clock.today())
    return Told(locked, locked.person, {"changes": begun, "status": locked.status})


def due_to_begin(day: datetime.date) -> list[Certificate]:
    """Certificates with a change whose day has come and that is not applied."""
    waiting = StatusChange.objects.filter(applied=None, first__lte=day)
    return list(Certificate.objects.filter(pk__in=waiting.values("certificate")).order_by("pk"))


def _may_set(by: Actor, organisation: Organisation) -> Label | None:
    ours = by.organisation is not None and by.organisation == organisation
    if ours and by.role in (*DESK, Post.ADMINISTRATOR):
        return None
    return Label(
        "只有發證單位的承辦單位或管理者可以設定。",
        "Only the desk or the administrator of the issuer may set this.",
    )


@action("certificates.keep_setting", Label("設定發證方式", "set how it issues"), allowed=_may_set)
def keep_setting(
    by: Actor, organisation: Organisation, *, prefix: str, public_register: bool
) -> Told[Issuer]:
    """For certificates from now on; numbers that were given stay. Raises Refused for a prefix of
    somebody else."""
    if Issuer.objects.filter(prefix=prefix).exclude(organisation=organisation).exists():
        raise Refused(
            Label(
                f"字頭「{prefix}」已由其他機構使用。", f"Another organisation numbers by {prefix}."
            )
        )
    made, _ = Issuer.objects.update_or_create(
        organisation=organisation,
        defaults={"prefix": prefix, "public_register": public_register},
    )
    return Told(made, None, {"prefix": prefix, "public_register": public_register})
