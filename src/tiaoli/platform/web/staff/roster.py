"""Who belongs to a house today, by unit and credential; who is shown to which seat."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.vocabulary import KINDS, UnknownKind, find
from tiaoli.platform import clock
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.identity import WrongNumber, read_identity_number
from tiaoli.platform.people.models import (
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    holding,
    index_of,
)
from tiaoli.platform.people.permissions import of_organisation
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.web.guard import seated

staff_seat = seated(
    Post.EDUCATION_OFFICE, Post.DEPARTMENT_HEAD, Post.SECRETARIAT, Post.ADMINISTRATOR
)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the roster."""

    person: Person
    unit: str
    since: datetime.date | None
    credentials: list[Label]


def is_hospital(request: HttpRequest) -> bool:
    return bool(request.actor.organisation.kind == OrganisationKind.HOSPITAL)


def staff_of(request: HttpRequest) -> QuerySet[Person]:
    """
    Whom the seat concerns: in a hospital who serves there (for a department head with a unit, in
    that unit), in a society who has dealings with it.
    """
    house = request.actor.organisation
    if not is_hospital(request):
        return Person.objects.filter(of_organisation(house), forgotten=None)
    posts = _posts(request)
    return Person.objects.filter(pk__in=posts.values("person"), forgotten=None)


def _posts(request: HttpRequest) -> QuerySet[Membership]:
    """Posts of practitioners today: those here, or of a society's people wherever they serve."""
    held = Membership.objects.filter(
        holding(clock.today()), role=Post.PRACTITIONER, person__isnull=False
    )
    if not is_hospital(request):
        return held.filter(person__in=staff_of(request).values("pk"))
    held = held.filter(organisation=request.actor.organisation)
    if request.actor.role == Post.DEPARTMENT_HEAD and request.seat.unit:
        held = held.filter(unit=request.seat.unit)
    return held


def units(request: HttpRequest) -> list[str]:
    """Units of the hospital; for a society the houses in which its people may serve."""
    if not is_hospital(request):
        houses = Organisation.objects.filter(kind=OrganisationKind.HOSPITAL).order_by("name")
        return list(houses.values_list("name", flat=True)[:200])
    found = _posts(request).exclude(unit="").order_by("unit")
    return list(found.values_list("unit", flat=True).distinct()[:200])


def _unit_field(request: HttpRequest) -> str:
    return "unit" if is_hospital(request) else "organisation__name"


def credentials() -> list[tuple[str, Label]]:
    """Kinds of the vocabulary that say what somebody was granted."""
    return [(kind.name, kind.label) for kind in KINDS.values() if kind.credential]


def searched(request: HttpRequest) -> QuerySet[Person]:
    """The roster, narrowed by name or whole number, unit and credential."""
    found, asked = staff_of(request), request.GET
    if words := asked.get("q", "").strip():
        found = found.filter(
            Q(name__icontains=words) | Q(english_name__icontains=words) | _number(words)
        )
    if unit := asked.get("unit"):
        posts = _posts(request).filter(**{_unit_field(request): unit})
        found = found.filter(pk__in=posts.values("person"))
    if kind := asked.get("credential"):
        has = Record.objects.filter(kind=kind, removed=None)
        found = found.filter(pk__in=has.values("person"))
    return found.order_by("name", "pk")


def _number(words: str) -> Q:
    try:
        return Q(number_index=index_of(read_identity_number(words)))
    except WrongNumber:
        return Q(pk__in=())


def rows(request: HttpRequest, persons: Iterable[Person]) -> list[Row]:
    """These persons with their units and credentials; as many queries however many there are."""
    listed = list(persons)
    posts: dict[int, Membership] = {}
    held = _posts(request).filter(person__in=listed).select_related("organisation")
    for post in held.order_by("first"):
        posts[post.person_id] = post
    granted = credentials_of(listed)
    hospital = is_hospital(request)
    return [
        Row(
            person,
            "" if post is None else (post.unit if hospital else post.organisation.name),
            None if post is None else post.first,
            granted[person.pk],
        )
        for person in listed
        for post in [posts.get(person.pk)]
    ]


def credentials_of(persons: list[Person]) -> defaultdict[int, list[Label]]:
    """What each was granted, in words, by the key of the person; each said once."""
    kinds = [name for name, _ in credentials()]
    records = Record.objects.filter(person__in=persons, kind__in=kinds, removed=None)
    found: defaultdict[int, list[Label]] = defaultdict(list)
    for record in records.order_by("kind", "happens", "pk"):
        says = credential_words(record.kind, record.values)
        if says not in found[record.person_id]:
            found[record.person_id].append(says)
    return found


def credential_words(kind: str, values: dict[str, Any]) -> Label:
    """A credential in words: its kind, and what was chosen of its options."""
    try:
        declared = find(kind)
    except UnknownKind:
        return Label(kind, kind)
    chosen = [
        attribute.option_label(values[name])
        for name, attribute in declared.attributes.items()
        if attribute.type is Type.CHOICE and values.get(name) in attribute.option_names
    ]
    if not chosen:
        return declared.label
    zh, en = "、".join(c.zh for c in chosen), ", ".join(c.en for c in chosen)
    return Label(f"{declared.label.zh}（{zh}）", f"{declared.label.en} ({en})")


@dataclass(frozen=True, slots=True)
class Held:
    """So many people of a unit hold one kind of credential."""

    unit: str
    kind: Label
    number: int


def by_unit(request: HttpRequest) -> list[Held]:
    """How many hold what, unit by unit."""
    labels, unit = dict(credentials()), _unit_field(request)
    counted = (
        _posts(request)
        .filter(person__records__kind__in=list(labels), person__records__removed=None)
        .values(unit, "person__records__kind")
        .annotate(number=Count("person", distinct=True))
        .order_by(unit, "person__records__kind")
    )
    return [
        Held(row[unit], labels[row["person__records__kind"]], row["number"])
        for row in counted[:500]
    ]


def expiring(request: HttpRequest, within: int) -> QuerySet[Certificate]:
    """Certificates of the roster that hold today and whose last day is within so many days."""
    until = clock.today() + datetime.timedelta(days=within)
    found = Certificate.objects.filter(
        person__in=staff_of(request).values("pk"),
        status=Certificate.Status.VALID,
        last__gte=clock.today(),
        last__lte=until,
    )
    if not is_hospital(request):
        found = found.filter(issuer=request.actor.organisation)
    return found.select_related("person", "issuer").order_by("last", "pk")
