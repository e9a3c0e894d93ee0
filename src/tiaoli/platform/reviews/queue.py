"""The files that wait: by turn, deadline and age, for the seat that one acts from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.platform.reviews.models import Assignment
from tiaoli.regulations import catalogue
from tiaoli.rules import Seat


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue one wants to see; empty texts for everything."""

    regulation: str = ""
    procedure: str = ""
    state: str = ""
    overdue: bool = False
    assigned_to_me: bool = False
    everything: bool = False  # also what waits for somebody else


def _places(by: Actor, *, everything: bool) -> Q:
    """Where the seat of ``by`` is waited for (or, with ``everything``, which files it sees)."""
    places = Q(pk__in=())
    if by.organisation is None:
        return places
    for seat, posts in POSTS_OF.items():
        house = "employer" if seat is Seat.EMPLOYER else "office"
        sees = by.role in posts or (
            everything and house == "office" and by.role in POSTS_OF[Seat.OFFICE]
        )
        if sees:
            places |= Q(**{house: by.organisation, "turn": seat.value})
    if everything and by.role in POSTS_OF[Seat.OFFICE]:
        been_there = Exists(
            StepTaken.objects.filter(application=OuterRef("pk"), organisation=by.organisation)
        )
        here = Q(turn__in=("office", "panel")) | Q(been_there)
        places |= Q(office=by.organisation) & here
    return places


def queue(by: Actor, wanted: Wanted) -> Any:
    """Applications, the most urgent first, with everything that a line of the list shows."""
    found = Application.objects.filter(_places(by, everything=wanted.everything), final=False)
    for name in ("regulation", "procedure", "state"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.overdue:
        found = found.filter(due__lt=clock.today())
    if wanted.assigned_to_me and by.account is not None:
        mine = Assignment.objects.filter(
            application=OuterRef("pk"), state=OuterRef("state"), reviewer=by.account, withdrawn=None
        )
        found = found.filter(Exists(mine))
    assigned = Assignment.objects.filter(withdrawn=None).select_related("reviewer")
    return (
        found.select_related("person", "employer", "office")
        .prefetch_related(Prefetch("assignments", assigned, to_attr="assigned"))
        .order_by(F("due").asc(nulls_last=True), "turn_since", "pk")
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One file as the list shows it."""

    application: Application
    procedure: Label
    regulation: Label
    state: Label
    turn: Label
    days_left: int | None
    age: int
    reviewers: tuple[str, ...]
    mine: bool


def line_of(application: Application, by: Actor, day: datetime.date) -> Line:
    """What a line says; asks nothing more of the database."""
    regulation, procedure = declared.of(application)
    turn = declared.turn_of(procedure, application.state)
    here = [one for one in application.assigned if one.state == application.state]
    due = application.due
    return Line(
        application,
        procedure.label,
        regulation.title,
        procedure.state(application.state).label,
        Label("", "") if turn is None else turn.label,
        None if due is None else (due - day).days,
        (day - application.turn_since).days,
        tuple(str(one.reviewer) for one in here),
        by.account is not None and by.account.pk in {one.reviewer_id for one in here},
    )


def neighbours(by: Actor, application: Application, wanted: Wanted) -> tuple[str, str]:
    """The numbers of the file before and the file after in the queue; "" at its ends."""
    numbers = list(queue(by, wanted).values_list("number", flat=True)[:500])
    if application.number not in numbers:
        return "", numbers[0] if numbers else ""
    at = numbers.index(application.number)
    before = numbers[at - 1] if at > 0 else ""
    return before, numbers[at + 1] if at + 1 < len(numbers) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A procedure that has files in the queue, and the states in which they are."""

    value: str
    label: Label


def choices_of(by: Actor) -> tuple[list[Choice], list[Choice]]:
    """The procedures and the states by which the queue can be narrowed; one query."""
    rows = (
        Application.objects.filter(_places(by, everything=True), final=False)
        .order_by()
        .values_list("regulation", "procedure", "state")
        .distinct()
    )
    procedures: dict[str, Label] = {}
    states: dict[str, Label] = {}
    for regulation_id, id, state in rows:
        regulation = catalogue.find(regulation_id)
        procedure = declared.procedure_in(regulation, id)
        title = regulation.title
        procedures[f"{regulation_id}/{id}"] = Label(
            f"{title.zh}：{procedure.label.zh}", f"{title.en}: {procedure.label.en}"
        )
        states[state] = procedure.state(state).label
    return (
        [Choice(value, label) for value, label in sorted(procedures.items())],
        [Choice(value, label) for value, label in sorted(states.items())],
    )
