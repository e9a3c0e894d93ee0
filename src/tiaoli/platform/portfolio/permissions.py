"""
Whose portfolio somebody may change, see or verify; each refusal says why, in words.

A person's own; and for an institution, those of its staff: all records while they serve there,
and those of the time when they did once they have left.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Membership, Organisation, Person, Post, holding
from tiaoli.platform.portfolio.models import EvidenceFile, Record, Source

VERIFYING: Final = (Post.EDUCATION_OFFICE, Post.DEPARTMENT_HEAD, Post.SECRETARIAT)
"""The posts from which an institution or a society verifies what its people have entered."""


def is_own(by: Actor, person: Person) -> bool:
    """Whether whoever acts is that person."""
    own = getattr(by.account, "person", None)
    return own is not None and own.pk == person.pk


def may_change(by: Actor, person: Person) -> Label | None:
    """Only the person themselves."""
    if is_own(by, person):
        return None
    return Label(
        "履歷只能由本人增修。要更正別人的紀錄，請本人修改，或以審查意見提出。",
        "A portfolio is changed by the person alone. Ask them to change it, or say so in a review.",
    )


def may_change_record(by: Actor, record: Record) -> Label | None:
    """Only the person themselves, and not what a procedure has left behind."""
    return may_change(by, record.person) or fixed_because(record)


def fixed_because(record: Record) -> Label | None:
    """Why a record cannot be changed by anybody, where it cannot."""
    if record.removed is not None:
        return Label("這筆紀錄已經移除，不能再更動。", "This record was taken out.")
    if record.source == Source.PROCEDURE:
        return Label(
            "這筆紀錄是程序的結果，本人不能更動；如有錯誤，請洽核發的機構更正。",
            "This record was left by a procedure and is not changed here; where it is wrong, "
            "ask the body that decided to correct it.",
        )
    return None


def members_of(organisation: Organisation) -> Q:
    """Persons who serve in an organisation, or belong to it, now or before."""
    return Q(
        pk__in=Membership.objects.filter(
            organisation=organisation, role=Post.PRACTITIONER, person__isnull=False
        ).values("person")
    )


def seen_by(organisation: Organisation, person: Person, day: datetime.date) -> Q | None:
    """Which of a person's records an organisation sees on a day; None: nothing of that person."""
    spans = Membership.objects.filter(
        organisation=organisation, person=person, role=Post.PRACTITIONER
    )
    if spans.filter(holding(day)).exists():
        return Q()
    then = Q(pk__in=())
    found = False
    for span in spans:
        found = True
        last = Q() if span.last is None else Q(happens__lte=span.last)
        then |= Q(happens__gte=span.first) & last
    return then if found else None


def may_see(by: Actor, person: Person) -> Label | None:
    """The person, and an institution of theirs from one of the posts that verify."""
    if is_own(by, person):
        return None
    if by.organisation is not None and by.role in VERIFYING:
        if seen_by(by.organisation, person, clock.today()) is not None:
            return None
        return Label(
            "這位不是貴單位現任或曾任的人員，看不到其履歷。",
            "This person does not serve in your organisation and did not; you do not see theirs.",
        )
    return Label(
        "履歷只有本人與其任職機構、所屬學會的承辦人看得到。",
        "A portfolio is seen by the person, and by the offices where they serve or belong.",
    )


def may_see_record(by: Actor, record: Record) -> Label | None:
    """As ``may_see``, and of the time in which the person served there."""
    if is_own(by, record.person):
        return None
    if (why_not := may_see(by, record.person)) is not None:
        return why_not
    seen = seen_by(by.organisation, record.person, clock.today())
    if seen is not None and Record.objects.filter(seen, pk=record.pk).exists():
        return None
    return Label(
        "這筆紀錄不在這位人員任職於貴單位的期間。",
        "This record is not of the time in which the person served in your organisation.",
    )


def may_verify(by: Actor, record: Record) -> Label | None:
    """An office of the person's institution or society; nobody verifies what is their own."""
    if is_own(by, record.person):
        return Label(
            "不能查證自己的紀錄；請由單位的其他人員查證。",
            "Nobody verifies their own records; ask a colleague of the office.",
        )
    return may_see_record(by, record)


def may_open_file(by: Actor, file: EvidenceFile) -> Label | None:
    """The person, and whoever may see a record that the file shows."""
    if is_own(by, file.person):
        return None
    if (why_not := may_see(by, file.person)) is not None:
        return why_not
    seen = seen_by(by.organisation, file.person, clock.today())
    if seen is not None and file.records.filter(seen, removed=None).exists():
        return None
    return Label(
        "這個檔案不屬於您可以查看的紀錄。",
        "This file does not belong to a record that you may see.",
    )
