"""
A person's own file: name, birth date, nationality, identity number. Entered once; what is wrong in
it is put right by the education office, with a reason, and the trail keeps both.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.identity import read_identity_number
from tiaoli.platform.people.models import (
    Account,
    Membership,
    Organisation,
    Person,
    Post,
    index_of,
)
from tiaoli.platform.people.permissions import corrects, enters_people, is_self

FIELDS: Final = ("name", "english_name", "date_of_birth", "nationality")


class NumberTaken(Refused):
    """An identity number that is on file already; of whom is not said."""

    def __init__(self) -> None:
        super().__init__(
            Label(
                "這個號碼已經登錄過，不能再登錄一次。若是您本人的號碼，請任職機構的教學單位"
                "寄邀請給您，以連結原有的檔案；我們不會透露那是誰的檔案。",
                "This number is on file already and cannot be entered again. If it is yours, ask "
                "the education office where you serve for an invitation to the file that exists; "
                "we do not say whose it is.",
            )
        )


def _own_account(by: Actor, account: Account) -> Label | None:
    if by.account is not None and by.account.pk == account.pk:
        return None
    return Label("只能為自己建立檔案。", "A file is made by oneself only.")


@action("people.register", Label("建立個人檔案", "make one's own file"), allowed=_own_account)
def register(_by: Actor, account: Account, *, told: Mapping[str, Any], number: str) -> Told[Person]:
    """
    The file of whoever is logged in. ``told`` has FIELDS.

    Raises OutOfDate where there is one, WrongNumber and NumberTaken.
    """
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if Person.objects.filter(account=locked).exists():
        raise OutOfDate(Label("您已經有個人檔案了。", "You have a personal file already."))
    person = _made(told, number, locked)
    return Told(person, person, personal=_plain(told))


@action("people.enter", Label("登錄人員", "enter a person"), allowed=enters_people)
def enter(
    _by: Actor,
    organisation: Organisation,
    *,
    told: Mapping[str, Any],
    number: str,
    unit: str,
    first: datetime.date,
) -> Told[Person]:
    """
    Somebody who serves in the organisation and has no account yet.

    Raises WrongNumber and NumberTaken.
    """
    person = _made(told, number, None)
    Membership.objects.create(
        organisation=organisation, person=person, role=Post.PRACTITIONER, unit=unit, first=first
    )
    return Told(person, person, {"unit": unit, "first": first.isoformat()}, _plain(told))


def _made(told: Mapping[str, Any], number: str, account: Account | None) -> Person:
    person = Person(account=account, subject=f"p{secrets.token_hex(8)}")
    for name in FIELDS:
        setattr(person, name, told[name])
    if number:
        person.keep_number(read_identity_number(number))
    _save(person)
    return person


def _save(person: Person) -> None:
    """The index of the database decides who was first; whose number it is stays unsaid."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        others = Person.objects.exclude(pk=person.pk)
        if person.number_index and others.filter(number_index=person.number_index).exists():
            raise NumberTaken from taken
        raise


def _owns(by: Actor, person: Person) -> Label | None:
    if is_self(by, person):
        return None
    return Label("只有本人可以填寫。", "Only the person themselves may enter this.")


@action("people.enter_number", Label("填寫身分證號", "enter one's number"), allowed=_owns)
def enter_number(_by: Actor, person: Person, *, number: str) -> Told[Person]:
    """Once. Raises OutOfDate where there is one, WrongNumber and NumberTaken."""
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found.number_index:
        raise OutOfDate(
            Label(
                "身分證號已經登錄；要更正請洽任職機構的教學單位。",
                "A number is on file; to correct it, ask the education office where you serve.",
            )
        )
    found.keep_number(read_identity_number(number))
    _save(found)
    return Told(found, found, {"shown": found.number_shown})


@action("people.amend", Label("補充個人資料", "complete one's file"), allowed=_owns)
def amend(_by: Actor, person: Person, *, told: Mapping[str, Any]) -> Told[Person]:
    """
    What the person may tell later: an English name, and whatever was left empty.

    Raises Refused for a change of what is on file.
    """
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = {name: getattr(found, name) for name in FIELDS}
    for name in ("name", "date_of_birth", "nationality"):
        if before[name] and told[name] != before[name]:
            raise Refused(
                Label(
                    "已登錄的姓名、生日與國籍由任職機構的教學單位更正。",
                    "A name, birth date or nationality on file is corrected by the education "
                    "office where you serve.",
                )
            )
    changed = _change(found, told)
    return Told(found, found, {"changed": changed}, {"before": _plain(before)})


@action("people.correct", Label("更正個人資料", "correct personal data"), allowed=corrects)
def correct(
    _by: Actor, person: Person, *, told: Mapping[str, Any], number: str, because: str
) -> Told[Person]:
    """
    What is wrong in a file is put right, with a reason. ``number`` empty: it stays as it is.

    Raises Refused without a reason, WrongNumber and NumberTaken.
    """
    if not because.strip():
        raise Refused(Label("更正要說明原因。", "A correction says why."))
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = {name: getattr(found, name) for name in FIELDS}
    changed = _change(found, told, save=False)
    if number:
        read = read_identity_number(number)
        if index_of(read) != found.number_index:
            found.keep_number(read)
            changed.append("number")
    _save(found)
    data = {"changed": changed, "day": clock.today().isoformat()}
    return Told(found, found, data, {"because": because.strip(), "before": _plain(before)})


def _change(person: Person, told: Mapping[str, Any], *, save: bool = True) -> list[str]:
    changed = [name for name in FIELDS if getattr(person, name) != told[name]]
    for name in changed:
        setattr(person, name, told[name])
    if save and changed:
        person.save(update_fields=changed)
    return changed


def _plain(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(told[name] or "") for name in FIELDS}
