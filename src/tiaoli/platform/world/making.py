"""
Invented organisations, people and facts, one at a time; the world is made of these, and tests too.

Everything here goes in as it would on the pages: numbers are checked, facts are read.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from tiaoli.platform import clock
from tiaoli.platform.people.identity import read_identity_number
from tiaoli.platform.people.models import (
    Account,
    Grade,
    Mandate,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Post,
)
from tiaoli.platform.portfolio.dossiers import checked_values, day_of, next_fact
from tiaoli.platform.portfolio.models import Record, Source, Tier

LONG_AGO = datetime.date(2000, 1, 1)


def society(
    name: str, *regulations: str, english: str = "", authority: bool = False
) -> Organisation:
    """A society (or authority) that runs these regulations."""
    kind = OrganisationKind.AUTHORITY if authority else OrganisationKind.SOCIETY
    made = Organisation.objects.create(kind=kind, name=name, english_name=english)
    for regulation in regulations:
        Mandate.objects.create(organisation=made, regulation=regulation, first=LONG_AGO)
    return made


def hospital(name: str, grade: str, *, english: str = "") -> Organisation:
    """A hospital of a grade (an option of ``employment.hospital_grade``)."""
    made = Organisation.objects.create(
        kind=OrganisationKind.HOSPITAL, name=name, english_name=english
    )
    Grade.objects.create(organisation=made, grade=grade, first=LONG_AGO)
    return made


def account(email: str, name: str = "", password: str | None = None) -> Account:
    """Somebody who can log in, with a verified address."""
    made = Account.objects.create_user(email, password, name=name)
    made.emailaddress_set.create(email=email, verified=True, primary=True)
    return made


def officer(
    organisation: Organisation, post: Post, email: str, name: str = "", password: str | None = None
) -> Account:
    """An account with a post in an organisation."""
    made = account(email, name, password)
    Membership.objects.create(organisation=organisation, account=made, role=post, first=LONG_AGO)
    return made


def person(
    name: str,
    *,
    number: str = "",
    born: datetime.date | None = None,
    employer: Organisation | None = None,
    since: datetime.date = LONG_AGO,
    unit: str = "",
    email: str = "",
    password: str | None = None,
) -> Person:
    """A practitioner; with an ``email``, one who can log in."""
    made = Person(
        name=name,
        date_of_birth=born,
        subject=f"p{Person.objects.count() + 1:06}",
        account=account(email, name, password) if email else None,
    )
    if number:
        made.keep_number(read_identity_number(number))
    made.save()
    if employer is not None:
        Membership.objects.create(
            organisation=employer, person=made, role=Post.PRACTITIONER, first=since, unit=unit
        )
    return made


def fact(
    whose: Person, kind: str, values: Mapping[str, Any], *, tier: Tier = Tier.CLAIMED
) -> Record:
    """One fact in somebody's portfolio. Raises DossierError where it cannot be read."""
    read = checked_values(kind, values)
    now = clock.now()
    return Record.objects.create(
        person=whose,
        fact=next_fact(whose, kind),
        kind=kind,
        values=read,
        tier=tier,
        source=Source.ENTRY,
        happens=day_of(kind, read),
        entered=now,
        changed=now,
        verified=now if tier == Tier.VERIFIED else None,
    )


def facts(whose: Person, dossier: Mapping[str, Any], *, tier: Tier = Tier.VERIFIED) -> list[Record]:
    """All facts of a dossier as plain data (``examples/*.yaml``), with the ids that it gives."""
    made = []
    for told in dossier["facts"]:
        values = {name: value for name, value in told.items() if name not in _NOT_VALUES}
        record = fact(whose, told["kind"], values, tier=Tier.of(told.get("evidence", tier)))
        if "id" in told:
            record.fact = str(told["id"])
            record.save(update_fields=["fact"])
        made.append(record)
    return made


_NOT_VALUES = ("id", "kind", "evidence")
