"""Whose turn it is in the state that a file has come to, since when, and by when."""

from __future__ import annotations

import datetime

from tiaoli.platform.applications import declared
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import Application
from tiaoli.rules import Procedure, Transition


def take_turn(application: Application, on: datetime.date) -> None:
    """Writes turn and deadline of an application by the state it is in; does not save."""
    _, procedure = declared.of(application)
    waited_for = declared.turn_of(procedure, application.state)
    application.turn = "" if waited_for is None else waited_for.seat.value
    application.turn_since = on
    application.due = None
    if _with_a_deadline(procedure, application.state):
        application.due = due_by(Inquiry(application, on))


def due_by(inquiry: Inquiry) -> datetime.date | None:
    """The first of the stated deadlines of the steps that are waited for."""
    application = inquiry.application
    steps = _with_a_deadline(inquiry.procedure, application.state)
    terms = [inquiry.term(s.deadline, inquiry.values, application.turn_since) for s in steps]
    days = [term.day for term in terms if term is not None and term.day is not None]
    return min(days, default=None)


def _with_a_deadline(procedure: Procedure, state: str) -> list[Transition]:
    """The steps that are waited for in a state and that the text sets a time for."""
    waited_for = declared.turn_of(procedure, state)
    return [
        step
        for step in procedure.from_state(state)
        if step.deadline is not None and not step.unprompted and step.by == waited_for
    ]
