"""An application in words: where it stands, whose turn it is, how many days are left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application, LeftRecord
from tiaoli.platform.applications.seeing import organisation_of
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.portfolio.models import Record
from tiaoli.rules import Seat, State


@dataclass(frozen=True, slots=True)
class Turn:
    """``left`` days until the deadline, negative where it went by; None where none is stated."""

    who: Label
    since: datetime.date
    due: datetime.date | None
    left: int | None
    says: Label

    @property
    def late(self) -> bool:
        return self.left is not None and self.left < 0


def turn_words(application: Application) -> Turn:
    """Whose turn it is, by name where that is an organisation, and by when."""
    _, procedure = declared.of(application)
    role = declared.turn_of(procedure, application.state)
    left = None if application.due is None else (application.due - clock.today()).days
    if role is None:
        none = Label("沒有人要再做什麼", "nobody")
        says = Label("案件已結束，不用再做什麼。", "The file is closed; nothing is waited for.")
        return Turn(none, application.turn_since, None, None, says)
    who = role.label
    house = organisation_of(application, role.seat) if role.seat in declared.HOUSE else None
    if house is not None:
        who = Label(f"{house.name}（{role.label.zh}）", f"{house.label.en} ({role.label.en})")
    elif role.seat is Seat.PARTY:
        who = Label(
            f"申請人 {application.person.name}", f"the applicant, {application.person.name}"
        )
    elif role.seat is Seat.OTHER_PERSON:
        named = {p.role: p.person.name for p in application.parties.all()}
        name = named.get(role.id, "")
        who = Label(f"{role.label.zh} {name}", f"the {role.label.en}, {name}")
    elif role.seat is Seat.NOBODY:
        says = Label(
            "在等日子到，現在不用任何人做什麼。",
            "It waits for a day to come; nobody has to do anything now.",
        )
        return Turn(who, application.turn_since, application.due, left, says)
    by = _by_when(application.due, left)
    says = Label(f"輪到{who.zh}。{by.zh}", f"It is the turn of {who.en}. {by.en}")
    return Turn(who, application.turn_since, application.due, left, says)


def _by_when(due: datetime.date | None, left: int | None) -> Label:
    if due is None or left is None:
        return Label("條文沒有規定期限。", "The text states no deadline.")
    if left < 0:
        return Label(
            f"期限 {both(due)} 已過 {-left} 日。",
            f"The deadline, {both(due, 'en')}, went by {-left} day(s) ago.",
        )
    if left == 0:
        return Label("期限就是今天。", "The deadline is today.")
    return Label(
        f"還有 {left} 日，期限 {both(due)}。",
        f"{left} day(s) left, until {both(due, 'en')}.",
    )


@dataclass(frozen=True, slots=True)
class Filed:
    """One line of a list of applications."""

    application: Application
    procedure: Label
    regulation: Label
    state: Label
    turn: Turn


def filed(application: Application) -> Filed:
    regulation, procedure = declared.of(application)
    state = procedure.state(application.state).label
    return Filed(application, procedure.label, regulation.title, state, turn_words(application))


@dataclass(frozen=True, slots=True)
class Station:
    """A state that the file was in: from when until when, and whether it is there now."""

    state: State
    first: datetime.date
    last: datetime.date | None
    days: int


def progress(application: Application) -> list[Station]:
    """The states in which the file was, in order, with the days it spent in each."""
    _, procedure = declared.of(application)
    opened = application.opened.astimezone(clock.TAIPEI).date()
    at, since, found = procedure.initial.id, opened, []
    for step in application.steps.all():
        if step.target != at:
            found.append(_station(procedure.state(at), since, step.day))
            at, since = step.target, step.day
    found.append(_station(procedure.state(at), since, None))
    return found


def _station(state: State, first: datetime.date, last: datetime.date | None) -> Station:
    until = clock.today() if last is None else last
    return Station(state, first, last, (until - first).days)


@dataclass(frozen=True, slots=True)
class Left:
    """What a step left behind, and what a record of its kind is called."""

    kind: Label
    record: Record
    last: datetime.date | None
    certificate: Certificate | None


def left_by(application: Application) -> list[Left]:
    """In the order of the steps."""
    found = LeftRecord.objects.filter(step__application=application)
    return [
        Left(vocabulary.find(one.record.kind).label, one.record, one.last, one.certificate)
        for one in found.select_related("record", "certificate").order_by("pk")
    ]
