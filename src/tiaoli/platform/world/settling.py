"""Bringing the cast into an empty database: houses, officers, people, facts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.writing import write_dossier
from tiaoli.platform import clock
from tiaoli.platform.people.identity import read_identity_number
from tiaoli.platform.people.models import (
    Account,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Post,
)
from tiaoli.platform.portfolio.dossiers import day_of
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.platform.world import making
from tiaoli.platform.world.cases import Brought, bring_about
from tiaoli.platform.world.cast import (
    CROWDS,
    HOSPITAL_OFFICERS,
    HOSPITALS,
    OFFICERS,
    PASSWORD,
    SOCIETIES,
    Crowd,
    House,
)
from tiaoli.platform.world.holdings import issue_for_what_is_held
from tiaoli.platform.world.names import identity_numbers, names
from tiaoli.population.invented import people as invented_people

Tell = Callable[[str], None]


def is_settled() -> bool:
    """Whether somebody lives here already."""
    return Organisation.objects.exists()


@transaction.atomic
def settle(tell: Tell) -> Brought:
    """Everybody, their facts and their cases, around today; all of it or nothing."""
    tell("    學會、主管機關、醫院 societies, an authority, hospitals")
    for house in SOCIETIES:
        _officers(making.society(house.name, *house.runs, english=house.english,
                                 authority=house.authority), house, OFFICERS)  # fmt: skip
    hospitals = []
    for house in HOSPITALS:
        made = making.hospital(house.name, house.grade, english=house.english)
        _officers(made, house, HOSPITAL_OFFICERS)
        hospitals.append(made)
    number = sum(crowd.number for crowd in CROWDS)
    whose = zip(names(number, 1), identity_numbers(number, 2), cycle(hospitals), strict=False)
    for crowd in CROWDS:
        tell(f"    {crowd.number} 人 people：{crowd.recipe}")
        _settle_crowd(crowd, whose)
    Account.objects.update(password=make_password(PASSWORD))  # made once: it takes long on purpose
    tell(f"    {issue_for_what_is_held()} 張既有證明 certificates held already")
    tell("    每個程序的每個狀態 a case in every state of every procedure")
    return bring_about(tell)


def _officers(
    organisation: Organisation, house: House, posts: tuple[tuple[Post, str], ...]
) -> None:
    organisation.short_name = house.short
    organisation.contact_email = f"office@{house.key}.example"
    organisation.save(update_fields=["short_name", "contact_email"])
    for post, name in posts:
        email = f"{name}@{house.key}.example"
        making.officer(organisation, post, email, f"{house.short}{post.label.zh}")


def _settle_crowd(crowd: Crowd, whose: Iterator[tuple[str, str, Organisation]]) -> None:
    facts = invented_people(crowd.recipe, crowd.number, crowd.seed, clock.today())
    records: list[Record] = []
    for number, dossier in enumerate(facts.to_dossiers(), 1):
        name, identity, employer = next(whose)
        person = _person(f"{crowd.recipe}-{number:03}", name, identity, dossier)
        _employ(person, employer, crowd.unit)
        records += _records(person, dossier)
    Record.objects.bulk_create(records, batch_size=2_000)


def _person(subject: str, name: str, identity: str, dossier: Dossier) -> Person:
    born = dossier.subject.values.get("date_of_birth")
    person = Person(
        subject=subject,
        name=name,
        date_of_birth=born if isinstance(born, datetime.date) else None,
        account=making.account(f"{subject}@people.example", name),
    )
    person.keep_number(read_identity_number(identity))
    person.save()
    return person


def _employ(person: Person, employer: Organisation, unit: str) -> None:
    since = clock.today() - datetime.timedelta(days=900)
    Membership.objects.create(
        organisation=employer, person=person, role=Post.PRACTITIONER, first=since, unit=unit
    )


def _records(person: Person, dossier: Dossier) -> Iterator[Record]:
    now = clock.now()
    for told in write_dossier(dossier)["facts"]:
        values = {n: v for n, v in told.items() if n not in ("id", "kind", "evidence")}
        yield Record(
            person=person,
            fact=told["id"],
            kind=told["kind"],
            values=values,
            tier=Tier.of(told["evidence"]),
            source=Source.IMPORT,
            happens=day_of(told["kind"], values),
            entered_by=person.account,
            entered=now,
            changed=now,
            verified=now if told["evidence"] == Tier.VERIFIED else None,
        )


def logins() -> Mapping[str, str]:
    """One address for each role, with what the role is called: who to log in as first."""
    found: dict[str, str] = {}
    person = Person.objects.filter(account__isnull=False).order_by("pk").first()
    if person is not None and person.account is not None:
        found[person.account.email] = f"{Post.PRACTITIONER.label.zh} practitioner"
    held = Membership.objects.filter(account__isnull=False).select_related(
        "account", "organisation"
    )
    shown: set[tuple[str, str]] = set()
    for membership in held.order_by("organisation__kind", "pk"):
        key = (membership.organisation.kind, membership.role)
        if key in shown or membership.organisation.kind == OrganisationKind.AUTHORITY:
            continue
        shown.add(key)
        label = Post.of(membership.role).label
        found[membership.account.email] = f"{membership.organisation} {label.zh} {label.en}"
    return found
