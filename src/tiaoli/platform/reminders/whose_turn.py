"""Which accounts are waited for: a seat is a post in an organisation, or whoever was assigned."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application, Party
from tiaoli.platform.people.models import Deputy, Membership, holding
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.platform.reviews.models import Assignment
from tiaoli.rules import Seat

Held = Mapping[tuple[int, str], set[int]]


def accounts_of(
    applications: Sequence[Application], day: datetime.date
) -> dict[int, frozenset[int]]:
    """
    The accounts that each application waits for on a day, by the id of the application; by four
    queries, however many there are. A panel is those who were assigned, and all of it where nobody
    was; whoever sits in for somebody is told as well. Of those whom the file names, who takes the
    next step.
    """
    held = _held(_organisations(applications), day)
    assigned, named = _assigned(applications), _named(applications)
    found: dict[int, frozenset[int]] = {}
    for application in applications:
        seat = Seat(application.turn)
        if seat is Seat.PARTY:
            account = application.person.account_id
            found[application.pk] = frozenset(() if account is None else (account,))
        elif seat is Seat.OTHER_PERSON:
            found[application.pk] = frozenset(named[application.pk])
        elif seat is Seat.PANEL and assigned[application.pk]:
            found[application.pk] = frozenset(assigned[application.pk])
        else:
            where = _where(application, seat)
            posts = POSTS_OF.get(seat, frozenset())
            found[application.pk] = frozenset(
                account for post in posts for account in held.get((where or 0, post), ())
            )
    return found


def _named(applications: Iterable[Application]) -> Mapping[int, set[int]]:
    """Whom the files name and wait for, by their accounts."""
    waits = {
        one.pk: declared.named_in_turn(one)
        for one in applications
        if one.turn == Seat.OTHER_PERSON.value
    }
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Party.objects.filter(application__in=waits, person__account__isnull=False)
    for application, role, account in rows.values_list("application", "role", "person__account"):
        if role in waits[application]:
            found[application].add(account)
    return found


def _where(application: Application, seat: Seat) -> int | None:
    return application.employer_id if seat is Seat.EMPLOYER else application.office_id


def _organisations(applications: Iterable[Application]) -> set[int]:
    found = {_where(one, Seat(one.turn)) for one in applications}
    return {pk for pk in found if pk is not None}


def _held(organisations: set[int], day: datetime.date) -> Held:
    roles = frozenset[str]().union(*POSTS_OF.values())
    there = Q(organisation__in=organisations, role__in=roles)
    held: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    posts = Membership.objects.filter(there & holding(day)).values_list(
        "organisation", "role", "account", "person__account"
    )
    for organisation, role, account, of_person in posts:
        held[organisation, role] |= {pk for pk in (account, of_person) if pk is not None}
    sitting_in = Deputy.objects.filter(
        holding(day), membership__organisation__in=organisations, membership__role__in=roles
    ).values_list("membership__organisation", "membership__role", "account")
    for organisation, role, account in sitting_in:
        held[organisation, role].add(account)
    return held


def _assigned(applications: Iterable[Application]) -> Mapping[int, set[int]]:
    states = {one.pk: one.state for one in applications}
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(application__in=states, withdrawn=None, proposed=None)
    for application, state, reviewer in rows.values_list("application", "state", "reviewer"):
        if states[application] == state:
            found[application].add(reviewer)
    return found
