"""
Who must not look at a file: their own, that of somebody they work or worked with, or one that
touches what they declared. Asked before anybody is assigned, and again before they decide.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.models import Account, Membership, OrganisationKind, holding
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.platform.reviews.models import Assignment, Conflict
from tiaoli.rules import Seat

SHARED_YEARS: Final = 2
"""So long after they parted, those who worked in one place do not review each other."""


def _since(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year - SHARED_YEARS)
    except ValueError:
        return day.replace(year=day.year - SHARED_YEARS, day=28)


def _served(day: datetime.date) -> Q:
    """Posts in hospitals that were held at some time in the last years."""
    return Q(organisation__kind=OrganisationKind.HOSPITAL, first__lte=day) & (
        Q(last=None) | Q(last__gte=_since(day))
    )


def conflicts_of(
    accounts: Iterable[Account], application: Application, *, colleagues: bool = True
) -> dict[int, Label]:
    """
    Why each of these accounts must not look at the file, by account; nobody else is in it.

    ``colleagues`` False leaves out who works in the same place: an institution reviews its own.
    """
    day = clock.today()
    listed = list(accounts)
    found: dict[int, Label] = {}
    people = {account.pk: getattr(account, "person", None) for account in listed}
    if colleagues:
        found |= _colleagues(people, application, day)
    found |= _declared(listed, application, day)
    for pk, person in people.items():
        if person is not None and person.pk == application.person_id:
            found[pk] = Label("這是他自己的案件。", "It is their own file.")
    return found


def _colleagues(
    people: dict[int, Any], application: Application, day: datetime.date
) -> dict[int, Label]:
    theirs = Membership.objects.filter(_served(day), person=application.person_id)
    places = dict(theirs.values_list("organisation_id", "organisation__name"))
    if application.employer is not None:
        places.setdefault(application.employer.pk, application.employer.name)
    of_person = {person.pk: pk for pk, person in people.items() if person is not None}
    shared = Membership.objects.filter(_served(day), organisation__in=places).filter(
        Q(account__in=list(people)) | Q(person__in=list(of_person))
    )
    found = {}
    for post in shared:
        pk = post.account_id if post.account_id in people else of_person.get(post.person_id)
        if pk is not None:
            place = places[post.organisation_id]
            found[pk] = Label(
                f"與申請人同在「{place}」服務，或兩年內曾經。",
                f"Works, or worked within {SHARED_YEARS} years, at {place} with the applicant.",
            )
    return found


def _declared(
    accounts: list[Account], application: Application, day: datetime.date
) -> dict[int, Label]:
    places = list(
        Membership.objects.filter(holding(day), person=application.person_id).values_list(
            "organisation_id", flat=True
        )
    )
    if application.employer_id is not None:
        places.append(application.employer_id)
    told = Conflict.objects.filter(account__in=accounts).filter(
        Q(person=application.person_id) | Q(organisation__in=places)
    )
    return {
        one.account_id: Label(f"已聲明迴避：{one.because}", f"Declared: {one.because}")
        for one in told
    }


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    Somebody who could be assigned: ``load`` files under review with them now, ``conflict`` why not,
    ``assigned`` where they are already.
    """

    account: Account
    load: int
    conflict: Label | None
    assigned: bool


def candidates(application: Application) -> list[Candidate]:
    """Everyone on the panel of the office, those with least to do first; a few queries in all."""
    posts = (
        Membership.objects.filter(
            holding(clock.today()),
            organisation=application.office,
            role__in=POSTS_OF[Seat.PANEL],
        )
        .select_related("account__person", "person__account__person")
        .order_by("pk")
    )
    accounts: dict[int, Account] = {}
    for post in posts:
        account = post.account or (post.person.account if post.person else None)
        if account is not None:
            accounts[account.pk] = account
    conflicts = conflicts_of(accounts.values(), application)
    loads = loads_of(accounts)
    there = set(open_assignments(application).values_list("reviewer_id", flat=True))
    found = [
        Candidate(account, loads[pk], conflicts.get(pk), pk in there)
        for pk, account in accounts.items()
    ]
    return sorted(found, key=lambda one: (one.conflict is not None, one.load, str(one.account)))


def loads_of(accounts: Iterable[int]) -> defaultdict[int, int]:
    """How many files each account is reviewing now."""
    counted = (
        Assignment.objects.filter(
            reviewer__in=list(accounts), withdrawn=None, application__final=False, proposal=""
        )
        .values("reviewer")
        .annotate(number=Count("pk"))
    )
    return defaultdict(int, {row["reviewer"]: row["number"] for row in counted})


def open_assignments(application: Application) -> Any:
    """The reviewers of a file in the state that it is in."""
    return Assignment.objects.filter(
        application=application, state=application.state, withdrawn=None
    ).select_related("reviewer")
