"""Who may look at a file, and in whose name somebody acts on it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application, Party
from tiaoli.platform.audit.actions import THE_DAY, Actor
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.rules import Role, Seat

_LOOK_ON = frozenset({Post.AUDITOR, Post.TREASURER})
"""Posts that may look at every file of their organisation, and take no step."""
NOT_SEEN = Label(
    "沒有這件申請，或者它還沒有送到您這裡。",
    "There is no such application, or it has not come to you.",
)
"""The same of a file that one may not look at and of a number that nothing has."""


def person_of(by: Actor) -> Person | None:
    """The person whom an account belongs to."""
    return getattr(by.account, "person", None)


def organisation_of(application: Application, seat: Seat) -> Organisation | None:
    """The organisation in whose name a seat's steps are taken."""
    return application.employer if seat is Seat.EMPLOYER else application.office


def receiver_of(application: Application) -> Organisation | None:
    """Who decides on the file and is paid: the society or authority, or the employer alone."""
    _, procedure = declared.of(application)
    outside = declared.goes_outside(procedure) or Seat.EMPLOYER not in procedure.seats
    return application.office if outside else application.employer


def is_party(by: Actor, application: Application) -> bool:
    """Whether whoever acts is the person whom the file is about."""
    person = person_of(by)
    return person is not None and person.pk == application.person_id


def is_named(by: Actor, application: Application, role: str | None = None) -> bool:
    """Whether the file names whoever acts (in a role)."""
    person = person_of(by)
    return person is not None and any(
        party.person_id == person.pk and role in (None, party.role)
        for party in application.parties.all()
    )


def why_not_this_seat(by: Actor, application: Application, role: Role) -> Label | None:
    """None where ``by`` sits in the seat of ``role`` for this file; otherwise why not."""
    match role.seat:
        case Seat.NOBODY:
            sits = by.account is None and by.by == THE_DAY.by
            if not sits:
                return Label("到了那一天會自己發生。", "It happens by itself on the day.")
        case Seat.PARTY:
            sits = is_party(by, application)
        case Seat.OTHER_PERSON:
            sits = is_named(by, application, role.id)
        case _:
            return _why_not_of_the_house(by, application, role)
    return None if sits else _taken_by(role, None)


def _why_not_of_the_house(by: Actor, application: Application, role: Role) -> Label | None:
    house = organisation_of(application, role.seat)
    if house is None or by.organisation is None or by.organisation.pk != house.pk:
        return _taken_by(role, house)
    if by.role not in POSTS_OF[role.seat]:
        return _taken_by(role, house)
    if is_party(by, application) or is_named(by, application):
        return Label(
            "這是您自己的案件，不能由您審查或處理。",
            "This is your own file: somebody else has to take this step.",
        )
    return None


def _taken_by(role: Role, house: Organisation | None) -> Label:
    where = Label("", "") if house is None else house.label
    posts = [Post.of(post).label for post in sorted(POSTS_OF.get(role.seat, ()))]
    if not posts:
        return Label(
            f"這一步由{role.label.zh}進行。", f"This step is taken by the {role.label.en}."
        )
    zh = "、".join(post.zh for post in posts)
    en = " or ".join(post.en for post in posts)
    return Label(
        f"這一步由{where.zh}（{role.label.zh}：{zh}）進行。",
        f"This step is taken by {where.en or 'the house'} ({role.label.en}: {en}).",
    )


def reached_seats(application: Application) -> frozenset[Seat]:
    """Whose turn it has been so far, the present included."""
    _, procedure = declared.of(application)
    states = {application.state}
    for step in application.steps.all():
        states |= {step.source, step.target}
    return frozenset(role.seat for state in states for role in procedure.turn(state))


def may_look(by: Actor, application: Application) -> Label | None:
    """The party and those named; the employer and the office once the file came to them."""
    if is_party(by, application) or is_named(by, application):
        return None
    if by.organisation is not None:
        reached = reached_seats(application)
        for seat in reached & declared.HOUSE:
            house = organisation_of(application, seat)
            posts = POSTS_OF[seat] | _LOOK_ON
            if seat is Seat.PANEL or (seat is Seat.OFFICE and Seat.PANEL in _seats(application)):
                posts = posts | POSTS_OF[Seat.OFFICE] | POSTS_OF[Seat.PANEL]
            if house is not None and house.pk == by.organisation.pk and by.role in posts:
                return None
    return NOT_SEEN


def _seats(application: Application) -> frozenset[Seat]:
    _, procedure = declared.of(application)
    return procedure.seats


def waits_for(person: Person) -> Q:
    """The files in which a step is the person's to take: their own, and those that name them."""
    found = Q(person=person, turn=Seat.PARTY.value)
    for regulation, procedure, role, states in declared.turns_of_named():
        named = Party.objects.filter(person=person, role=role).values("application")
        found |= Q(regulation=regulation, procedure=procedure, state__in=states, pk__in=named)
    return found


def own_files(person: Person) -> Any:
    """The applications of a person, and those that name them, the latest first."""
    named = list(Party.objects.filter(person=person).values_list("application", flat=True))
    mine = Application.objects.filter(Q(person=person) | Q(pk__in=named))
    return mine.select_related("office", "employer", "person").order_by("final", "-opened", "-pk")
