"""What waits for whoever looks: counts, each with the one thing to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import waits_for
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Person
from tiaoli.platform.people.seats import POSTS_OF, SeatHeld
from tiaoli.rules import Seat


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of something, what they are, and where to go; ``late`` of them are overdue."""

    number: int
    says: Label
    url: str
    icon: str
    late: int = 0


def waiting_for(request: HttpRequest) -> list[Waiting]:
    """For the seat that one acts from, or for oneself; nothing that is zero."""
    if request.seat is not None:
        found = _for_seat(request.seat)
    elif (person := getattr(request.user, "person", None)) is not None:
        found = _for_person(person)
    else:
        return []
    return [waiting for waiting in found if waiting.number]


def _for_person(person: Person) -> Iterator[Waiting]:
    open_files = Application.objects.filter(final=False)
    yield _files(
        open_files.filter(waits_for(person)),
        Label("件申請輪到您", "applications wait for you"),
        "applications",
    )
    yield _files(
        open_files.filter(person=person).exclude(waits_for(person)),
        Label("件申請由他人處理中", "applications are with others"),
        "applications",
    )
    due = Notice.objects.filter(payer=person, state=Notice.State.DUE).count()
    yield Waiting(due, Label("筆規費待繳", "fees are due"), reverse("my_notices"), "wallet")
    held = Certificate.objects.filter(person=person, status=Certificate.Status.VALID).count()
    yield Waiting(
        held, Label("張有效證明", "valid certificates"), reverse("my_certificates"), "certificate"
    )


def _for_seat(seat: SeatHeld) -> Iterator[Waiting]:
    for place, posts in POSTS_OF.items():
        if seat.role in posts:
            house = "employer" if place is Seat.EMPLOYER else "office"
            files = Application.objects.filter(
                final=False, turn=place.value, **{house: seat.organisation}
            )
            yield _files(files, Label("件輪到貴單位", "files wait for your office"), "reviews")
    if seat.role == "treasurer":
        due = Notice.objects.filter(payee=seat.organisation, state=Notice.State.DUE).count()
        yield Waiting(due, Label("筆規費待繳", "fees are due"), reverse("notices"), "wallet")


def _files(files: QuerySet, says: Label, address: str) -> Waiting:
    counted = files.aggregate(all=Count("pk"), late=Count("pk", Q(due__lt=clock.today())))
    return Waiting(counted["all"], says, reverse(address), "inbox", counted["late"])
