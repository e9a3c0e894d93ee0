"""Who may do what with people: predicates for actions, pages and lists alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.held import CONCERNED
from tiaoli.platform.people.models import (
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    holding,
)


def is_in(by: Actor, organisation: Organisation | None, *posts: str) -> bool:
    """Whether ``by`` acts from a seat with one of these posts in this organisation."""
    return (
        by.organisation is not None
        and organisation is not None
        and by.organisation.pk == organisation.pk
        and by.role in posts
    )


def administers(by: Actor, thing: Any) -> Label | None:
    """An administrator of the organisation, or of that to which the thing belongs."""
    house = thing if isinstance(thing, Organisation) else thing.organisation
    if is_in(by, house, Post.ADMINISTRATOR):
        return None
    return Label(
        "只有這個機構的管理者可以這樣做。",
        "Only an administrator of this organisation may do this.",
    )


def enters_people(by: Actor, organisation: Organisation | None) -> Label | None:
    """Who enters and invites people of a house: its administrator and its education office."""
    if is_in(by, organisation, Post.ADMINISTRATOR, Post.EDUCATION_OFFICE, Post.SECRETARIAT):
        return None
    return Label(
        "只有這個機構的管理者、教學單位或秘書處可以登錄或邀請人員。",
        "Only the administrator, education office or secretariat of this organisation may enter "
        "or invite people.",
    )


def of_organisation(organisation: Organisation) -> Q:
    """The persons who concern an organisation: who serve there, or have dealings with it."""
    found = Q(Exists(serving(organisation).filter(person=OuterRef("pk"))))
    for concerned in CONCERNED:
        found |= concerned(organisation)
    return found


def people_of(organisation: Organisation) -> Q:
    """The people of a house: who practise in a hospital, who have dealings with a society."""
    if organisation.kind != OrganisationKind.HOSPITAL:
        return of_organisation(organisation)
    held = serving(organisation).filter(role=Post.PRACTITIONER)
    return Q(pk__in=held.values("person"))


def serving(organisation: Organisation) -> Any:
    """Memberships of persons who serve in an organisation today."""
    return Membership.objects.filter(
        holding(clock.today()), organisation=organisation, person__isnull=False
    )


def is_self(by: Actor, person: Person) -> bool:
    """Whether ``by`` is the person."""
    own = getattr(by.account, "person", None)
    return own is not None and own.pk == person.pk


def corrects(by: Actor, person: Person) -> Label | None:
    """The education office where the person serves today."""
    office = is_in(by, by.organisation, Post.EDUCATION_OFFICE)
    if office and serving(by.organisation).filter(person=person).exists():
        return None
    return Label(
        "只有任職機構的教學單位可以更正個人資料，而且要說明原因。",
        "Only the education office where the person serves may correct their data, with a reason.",
    )


def reads_number(by: Actor, person: Person) -> Label | None:
    """The person, the education office where they serve, a secretariat that has to do with them."""
    if is_self(by, person):
        return None
    if is_in(by, by.organisation, Post.EDUCATION_OFFICE):
        allowed = serving(by.organisation).filter(person=person).exists()
    elif is_in(by, by.organisation, Post.SECRETARIAT):
        allowed = Person.objects.filter(of_organisation(by.organisation), pk=person.pk).exists()
    else:
        allowed = False
    if allowed:
        return None
    return Label(
        "只有本人、任職機構的教學單位與主辦學會的秘書處可以看完整號碼。",
        "Only the person, the education office where they serve and the secretariat of the society "
        "concerned may see the whole number.",
    )


def sees_person(by: Actor, person: Person) -> Label | None:
    """The person, and the offices of an organisation that they concern."""
    if is_self(by, person):
        return None
    offices = (Post.EDUCATION_OFFICE, Post.DEPARTMENT_HEAD, Post.ADMINISTRATOR, Post.SECRETARIAT)
    if (
        is_in(by, by.organisation, *offices)
        and Person.objects.filter(of_organisation(by.organisation), pk=person.pk).exists()
        and _of_own_unit(by, person)
    ):
        return None
    return Label(
        "這個人不屬於您的單位。", "This person is not one of those who concern your office."
    )


def _of_own_unit(by: Actor, person: Person) -> bool:
    """A department head with a unit sees the people of that unit; everybody else, all."""
    if by.role != Post.DEPARTMENT_HEAD:
        return True
    holder = by.deputy_for or by.account
    posts = Membership.objects.filter(
        holding(clock.today()), Q(account=holder) | Q(person__account=holder),
        organisation=by.organisation, role=Post.DEPARTMENT_HEAD,
    )  # fmt: skip
    units = set(posts.values_list("unit", flat=True))
    if "" in units:
        return True
    return bool(serving(by.organisation).filter(person=person, unit__in=units).exists())
