"""Bringing the world into an empty database: houses, officers, people, what they hold, cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count

from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.models import (
    Account,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Post,
)
from tiaoli.platform.world import making
from tiaoli.platform.world.cases import Brought, bring_about, planned
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
from tiaoli.platform.world.holdings import held_already
from tiaoli.platform.world.names import names
from tiaoli.platform.world.peopling import settle_people
from tiaoli.rules import Seat

Tell = Callable[[str], None]


def is_settled() -> bool:
    """Whether somebody lives here already."""
    return Organisation.objects.exists()


@transaction.atomic
def settle(tell: Tell, crowds: Sequence[Crowd] = CROWDS) -> Brought:
    """
    Everybody, their facts and their cases, around today. It is one transaction: interrupted at any
    point, nothing of it is there, and it may be done again from the beginning.
    """
    tell("    學會、主管機關、醫院 societies, an authority, hospitals")
    hospitals = _houses()
    plans, untold = planned(clock.today())
    people = settle_people(crowds, plans, hospitals)
    Account.objects.update(password=make_password(PASSWORD))  # made once: it takes long on purpose
    tell(f"    {Person.objects.count()} 人 people")
    held = list(held_already())
    tell(f"    {len(held)} 張既有證明 certificates held already")
    tell(f"    {len(plans)} 件申請，一步一步走到今天 cases, step by step until today")
    brought = bring_about(plans, people, held, tell)
    return Brought(brought.cases, (*untold, *brought.missing))


def _houses() -> dict[str, Organisation]:
    """Societies, the authority and hospitals, with their officers; the hospitals by their key."""
    called = iter(names(_OFFICERS, 7))
    for house in SOCIETIES:
        made = making.society(
            house.name, *house.runs, english=house.english, authority=house.authority
        )
        _officers(made, house, OFFICERS, called)
    hospitals = {}
    for house in HOSPITALS:
        hospitals[house.key] = making.hospital(house.name, house.grade, english=house.english)
        _officers(hospitals[house.key], house, HOSPITAL_OFFICERS, called)
    return hospitals


_OFFICERS: Final = len(SOCIETIES) * len(OFFICERS) + len(HOSPITALS) * len(HOSPITAL_OFFICERS)


def _officers(
    organisation: Organisation,
    house: House,
    posts: tuple[tuple[Post, str], ...],
    called: Iterator[str],
) -> None:
    organisation.short_name = house.short
    organisation.contact_email = f"office@{house.key}.example"
    organisation.save(update_fields=["short_name", "contact_email"])
    for post, name in posts:
        email = f"{name}@{house.key}.example"
        making.officer(organisation, post, email, next(called))


def logins() -> Mapping[str, str]:
    """One address for each role, with what the role is called: who to log in as first."""
    found: dict[str, str] = {}
    waited_for = Application.objects.filter(final=False, turn=Seat.PARTY.value)
    farthest = waited_for.annotate(taken=Count("steps")).order_by("-taken", "pk")
    first = farthest.select_related("person__account").first()
    if first is not None and first.person.account is not None:
        found[first.person.account.email] = f"{Post.PRACTITIONER.label.zh} practitioner"
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
