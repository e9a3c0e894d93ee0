"""Whose turn it is in the state that a file has come to, since when, and by when."""

from __future__ import annotations

import datetime

from tiaoli.platform.applications import declared
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import Application


def take_turn(application: Application, on: datetime.date) -> None:
    """Writes turn and deadline of an application by the state it is in; does not save."""
    _, procedure = declared.of(application)
    waited_for = declared.turn_of(procedure, application.state)
    application.turn = "" if waited_for is None else waited_for.seat.value
    application.turn_since = on
    application.due = None
    if waited_for is not None:
        application.due = due_by(Inquiry(application, on))


def due_by(inquiry: Inquiry) -> datetime.date | None:
    """The first of the stated deadlines of the steps that are waited for."""
    application = inquiry.application
    waited_for = declared.turn_of(inquiry.procedure, application.state)
    steps = [
        step
        for step in inquiry.procedure.from_state(application.state)
        if not step.unprompted and step.by == waited_for
    ]
    terms = [inquiry.term(s.deadline, inquiry.values, application.turn_since) for s in steps]
    days = [term.day for term in terms if term is not None and term.day is not None]
    return min(days, default=None)
