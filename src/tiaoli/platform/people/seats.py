"""
From which seats an account acts on a day: its own posts, and those it sits in for.

A procedure names a role, and a role a seat (``tiaoli.rules.Seat``): the platform knows who sits
there without knowing the regulation.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import (
    Account,
    Deputy,
    Interpretation,
    Mandate,
    Membership,
    Organisation,
    Post,
    holding,
)
from tiaoli.platform.people.readings import is_offered
from tiaoli.regulations import catalogue
from tiaoli.rules import Seat

POSTS_OF: Final[Mapping[Seat, frozenset[str]]] = {
    Seat.EMPLOYER: frozenset({Post.DEPARTMENT_HEAD, Post.EDUCATION_OFFICE}),
    Seat.OFFICE: frozenset({Post.SECRETARIAT}),
    Seat.PANEL: frozenset({Post.REVIEWER, Post.CHAIR}),
}
"""Who takes the steps of a seat in the organisation concerned."""


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A post of an account in an organisation; ``deputy_for`` whose post it is."""

    organisation: Organisation
    role: str
    unit: str = ""
    deputy_for: Account | None = None

    @property
    def role_words(self) -> Label:
        """What the post is called."""
        return Post.of(self.role).label


def seats_of(account: Account, day: datetime.date) -> list[SeatHeld]:
    """All posts the account holds on a day, its own first."""
    person = getattr(account, "person", None)
    own = Membership.objects.filter(holding(day), account=account)
    if person is not None:
        own = own | Membership.objects.filter(holding(day), person=person)
    seats = [
        SeatHeld(held.organisation, held.role, held.unit)
        for held in own.select_related("organisation").order_by("organisation_id", "role")
    ]
    sitting_in = Deputy.objects.filter(holding(day), account=account).select_related(
        "membership__organisation", "membership__account", "membership__person__account"
    )
    for deputy in sitting_in:
        post = deputy.membership
        ended = post.first > day or (post.last is not None and post.last < day)
        if not ended:
            whose = post.account or (post.person.account if post.person else None)
            seats.append(SeatHeld(post.organisation, post.role, post.unit, whose))
    return seats


def actor_of(account: Account, seat: SeatHeld | None, via: str = "page") -> Actor:
    """The account, acting from one of its seats, or for itself."""
    if seat is None:
        return Actor(account, str(account), via=via)
    return Actor(account, str(account), seat.organisation, seat.role, seat.deputy_for, via)


def runs(regulation: str, day: datetime.date) -> Organisation | None:
    """The society or authority that runs a regulation's procedures on a day."""
    held = (
        Mandate.objects.filter(holding(day), regulation=regulation)
        .select_related("organisation")
        .order_by("-first")
        .first()
    )
    return None if held is None else held.organisation


def readings_of(regulation: str, day: datetime.date) -> dict[str, str]:
    """
    The readings that the organisation running a regulation has chosen as of a day; without those
    that the text no longer has (``readings.is_offered``).
    """
    organisation = runs(regulation, day)
    chosen: Iterable[Interpretation] = (
        Interpretation.objects.filter(
            organisation=organisation, regulation=regulation, first__lte=day
        )
        if organisation is not None
        else ()
    )
    latest = {choice.key: choice.reading for choice in chosen}
    if not latest:
        return latest
    found = catalogue.find(regulation)
    return {key: word for key, word in latest.items() if is_offered(found, key, word)}
