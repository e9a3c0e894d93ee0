"""What happens by itself: the steps of the day, and those that waited for a payment."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.actions import (
    BY_PAYMENT,
    Blocked,
    take_by_itself,
    take_when_paid,
)
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.steps import standing
from tiaoli.platform.audit.actions import THE_DAY, OutOfDate
from tiaoli.platform.fees.models import Notice
from tiaoli.rules import Seat, Transition


def run(day: datetime.date) -> int:
    """
    Take every step of the day itself whose guards are met on ``day``; how many were taken.

    Each file is a transaction of its own; a file that somebody holds at this moment is left for
    the next run. Run twice, it takes nothing twice. A file that cannot be asked stops no other:
    raises ExceptionGroup at the end, with a note of each case number.
    """
    waiting = _waiting()
    taken, failed = 0, []
    for pk, number in () if waiting is None else waiting.values_list("pk", "number").iterator():
        try:
            taken += _run_one(pk, day)
        except Exception as error:  # told at the end, all of them
            error.add_note(f"{number}")
            failed.append(error)
    if failed:
        raise ExceptionGroup(f"{len(failed)} files could not be asked on {day}", failed)
    return taken


def _waiting() -> Any:
    """The files in a state that a step of the day leads out of; None where there is no such."""
    places = Q()
    for regulation, procedure in declared.for_persons():
        states = {s for step in _of_the_day(procedure) for s in step.source}
        if states:
            places |= Q(regulation=regulation.id, procedure=procedure.id, state__in=states)
    return Application.objects.filter(places, final=False).order_by("pk") if places else None


def _of_the_day(procedure: Any) -> list[Transition]:
    return [step for step in procedure.transitions if step.by.seat is Seat.NOBODY]


def _run_one(pk: int, day: datetime.date) -> int:
    taken = 0
    with transaction.atomic():
        held = Application.objects.select_for_update(skip_locked=True, of=("self",))
        application = held.filter(pk=pk, final=False).first()
        while application is not None and (step := _ripe(application, day)) is not None:
            application = take_by_itself(THE_DAY, application, step=step, on=day)
            taken += 1
    return taken


def _ripe(application: Application, day: datetime.date) -> Transition | None:
    """The first step of the day whose guards are met."""
    _, procedure = declared.of(application)
    steps = [step for step in _of_the_day(procedure) if application.state in step.source]
    if application.final or not steps:
        return None
    inquiry = Inquiry(application, day)
    return next((step for step in steps if standing(inquiry, step, THE_DAY).may), None)


def notice_was_paid(sender: Any, notice: Notice, **more: Any) -> None:
    """The party's step that waited for this notice is taken, if nothing else is lacking."""
    application = Application.objects.filter(number=notice.case, final=False).first()
    if application is None:
        return
    _, procedure = declared.of(application)
    for step in procedure.from_state(application.state):
        if step.by.seat is not Seat.PARTY or step.fee is None:
            continue
        found = standing(Inquiry(application, clock.today()), step, BY_PAYMENT)
        lacking = [o for o in found.obstacles if o.sort != "seat"]
        if not lacking and found.notice is not None and found.notice.pk == notice.pk:
            try:
                take_when_paid(BY_PAYMENT, application, step=step, notice=notice)
            except (OutOfDate, Blocked):
                continue  # the party was quicker, or has something else to do first
            return
