"""Who holds which post in an organisation from when until when; the grades that it holds."""

from __future__ import annotations

import datetime

from django.db.models import Q

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.models import Grade, Membership, Organisation, Post, holding
from tiaoli.platform.people.permissions import administers


@action("people.add_post", Label("新增職務", "add a post"), allowed=administers)
def add_post(
    _by: Actor, held: Membership, *, role: str, unit: str, first: datetime.date
) -> Told[Membership]:
    """
    A further post for whoever holds ``held`` in the same organisation, from a day on.

    Raises Refused where they hold it already. Several posts at a time are usual: a department head
    is a practitioner too.
    """
    organisation = Organisation.objects.select_for_update().get(pk=held.organisation_id)
    same = Membership.objects.filter(
        Q(last=None) | Q(last__gte=first),
        organisation=organisation,
        role=Post.of(role),
        unit=unit,
        person=held.person,
        account=held.account,
    )
    if same.exists():
        raise Refused(
            Label("這個人在那時已經有這個職務。", "They hold this post at that time already.")
        )
    made = Membership.objects.create(
        organisation=organisation, person=held.person, account=held.account,
        role=role, unit=unit, first=first,
    )  # fmt: skip
    return Told(made, made.person, {"role": role, "unit": unit, "first": first.isoformat()})


@action("people.end_post", Label("結束職務", "end a post"), allowed=administers)
def end_post(
    _by: Actor, membership: Membership, *, last: datetime.date, because: str
) -> Told[Membership]:
    """
    The last day of a post. It is never deleted, so that what was done from it stays explained.

    Raises OutOfDate where it has ended already, and Refused for a day before its first or where an
    organisation would be left with nobody to administer it.
    """
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    found = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if found.last is not None:
        raise OutOfDate(
            Label(
                f"這個職務已經結束（最後一日 {both(found.last, 'zh')}），不必再做一次。",
                f"This post has already ended (last day {both(found.last, 'en')}); nothing to do.",
            )
        )
    if last < found.first:
        raise Refused(
            Label(
                f"最後一日不能早於第一日（{both(found.first, 'zh')}）。",
                f"The last day cannot be before the first ({both(found.first, 'en')}).",
            )
        )
    if found.role == Post.ADMINISTRATOR and not _others_administer(found, last):
        raise Refused(
            Label(
                "這是最後一位管理者；請先邀請另一位，再結束這一位。",
                "This is the last administrator: invite another before ending this one.",
            )
        )
    found.last = last
    found.save(update_fields=["last"])
    return Told(
        found, found.person, {"role": found.role, "last": last.isoformat(), "because": because}
    )


def _others_administer(found: Membership, last: datetime.date) -> bool:
    after = last + datetime.timedelta(days=1)
    others = Membership.objects.filter(
        holding(after), organisation=found.organisation_id, role=Post.ADMINISTRATOR
    )
    return bool(others.exclude(pk=found.pk).exists())


@action("people.set_grade", Label("登錄醫院等級", "enter a grade"), allowed=administers)
def set_grade(
    _by: Actor, organisation: Organisation, *, grade: str, first: datetime.date
) -> Told[Grade]:
    """
    The grade that a hospital holds from a day on; the one before ends on the day before.

    Raises Refused where a grade began on that day or later.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.grades.filter(first__gte=first).exists():
        raise Refused(
            Label(
                "那一天或之後已經登錄了等級；請從較晚的一天起。",
                "A grade from that day or later is on file: choose a later day.",
            )
        )
    before = organisation.grades.filter(Q(last=None) | Q(last__gte=first))
    before.update(last=first - datetime.timedelta(days=1))
    made = Grade.objects.create(
        organisation=organisation, grade=HospitalGrade.of(grade), first=first
    )
    return Told(made, data={"grade": grade, "first": first.isoformat()})
