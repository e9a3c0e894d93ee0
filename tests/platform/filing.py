"""What the tests of applications and reviews share: people in their seats, a file walked on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from acting import logged_in
from django.http import HttpResponse
from django.test import Client

from tiaoli.facts.reading import read_dossier
from tiaoli.platform import clock
from tiaoli.platform.applications.actions import Given, take
from tiaoli.platform.applications.drafting import add_document, open_application, save
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.fees.signals import notice_paid
from tiaoli.platform.people.models import Membership, Organisation, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.world import making
from tiaoli.regulations import cases, catalogue
from tiaoli.rules import Procedure, Regulation

POSTS = (Post.SECRETARIAT, Post.REVIEWER, Post.CHAIR)


class House:
    """A society that runs one regulation, a hospital, and everyone who works there."""

    def __init__(
        self, regulation: str, grade: str = "regional", *, authority: bool = False
    ) -> None:
        self.regulation = catalogue.find(regulation)
        self.society = making.society(f"{regulation} 學會", regulation, authority=authority)
        self.hospital = making.hospital(f"{regulation} 醫院", grade)
        self.accounts = {
            post: making.officer(self.society, post, f"{post}@{regulation}.org", f"{post} 某")
            for post in POSTS
        }
        self.accounts[Post.EDUCATION_OFFICE] = making.officer(
            self.hospital, Post.EDUCATION_OFFICE, f"edu@{regulation}.org", "教學 某"
        )

    def acts(self, post: str) -> Actor:
        account = self.accounts[post]
        return actor_of(account, seats_of(account, datetime.date(2026, 1, 1))[0])

    def person(self, name: str = "王小明", *, email: str = "", number: str = "") -> Person:
        return making.person(
            name,
            born=datetime.date(1990, 5, 12),
            employer=self.hospital,
            email=email or f"{name}@{self.regulation.id}.org",
            number=number,
        )


def own(person: Person) -> Actor:
    return actor_of(person.account, None)


@cache
def told_in(name: str) -> dict[str, Any]:
    """An example of this repository as plain data; not to be changed."""
    with open(f"examples/{name}.yaml", encoding="utf-8") as file:
        told: dict[str, Any] = yaml.safe_load(file)
    return told


def example(person: Person, name: str, **more: Any) -> None:
    """The facts of an example of this repository."""
    making.facts(person, told_in(name), **more)


def exemplary(name: str, **more: Any) -> Person:
    """Somebody with the name, the day of birth and the facts of an example."""
    subject = read_dossier(told_in(name)).subject.values
    person = making.person(subject["name"], born=subject["date_of_birth"], **more)
    example(person, name)
    return person


def procedure(regulation: Regulation, id: str) -> Procedure:
    return next(p for p in regulation.procedures if p.id == id)


def opened(
    person: Person,
    regulation: Regulation,
    id: str,
    typed: Mapping[str, Any] | None = None,
    about: Certificate | None = None,
    **named: Any,
) -> Application:
    return open_application(
        own(person),
        person,
        regulation=regulation,
        procedure=procedure(regulation, id),
        typed=typed or {},
        about=about,
        **named,
    )


def step(by: Actor, application: Application, id: str, **given: Any) -> Application:
    """Take a step on the newest version of the file."""
    application.refresh_from_db()
    return take(by, application, step=id, version=application.version, given=Given(**given))


def fill(by: Actor, application: Application, **typed: Any) -> Application:
    application.refresh_from_db()
    return save(by, application, version=application.version, typed=typed)


def documented(by: Actor, application: Application, *options: str) -> None:
    for option in options:
        add_document(by, application, option=option, note="掛號郵寄 posted")


def certificate_of(
    person: Person, record: Any, house: Organisation, regulation: str
) -> Certificate:
    """A certificate from before the platform, for files about one."""
    return Certificate.objects.create(
        number=f"old-{record.pk}",
        token=f"token-{record.pk}",
        person=person,
        issuer=house,
        regulation=regulation,
        procedure="initial",
        kind=record.kind,
        record=record,
        name=person.name,
        issued=record.happens,
        first=record.happens,
        decision={},
    )


def pay(notice: Notice) -> None:
    """As a giro statement would: the notice is paid, and whoever waited is told."""
    notice.state, notice.paid = Notice.State.PAID, clock.today()
    notice.save()
    notice_paid.send(Notice, notice=notice)


def base(person: Person, regulation: str, name: str) -> None:
    """The facts of a base of a regulation's worked cases."""
    bases = cases._bases(f"tiaoli.regulations.{regulation}")
    making.facts(person, cases._base(name, "a test", bases))


def submitted(house: House, name: str, level: str = "RT3") -> Application:
    """A file of somebody who meets the level: it waits for the hospital."""
    person = house.person(name)
    example(person, "wang-rt3")
    application = opened(person, house.regulation, "institution-then-society", {"level": level})
    return step(own(person), application, "submit")


def under_review(house: House, name: str = "王小明") -> Application:
    """Paid for, and in the turn of the panel."""
    application = submitted(house, name)
    hospital, office = house.acts(Post.EDUCATION_OFFICE), house.acts(Post.SECRETARIAT)
    step(hospital, application, "endorse")
    step(hospital, application, "send")
    step(office, application, "ask_fee")
    pay(Notice.objects.get(case=application.number))
    return step(office, application, "start_review")


def sitting(house: House, post: str) -> Client:
    """A browser of whoever holds a post, in the seat of it."""
    account = house.accounts[post]
    held = Membership.objects.get(account=account)
    client = logged_in(account)
    client.post("/seat", {"seat": f"{held.organisation.pk}.{post}"})
    return client


def text(response: HttpResponse) -> str:
    return response.content.decode()
