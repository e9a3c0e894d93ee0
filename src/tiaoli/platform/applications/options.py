"""Which options of a choice lead nowhere by this procedure, and by which clause."""

from __future__ import annotations

from tiaoli.answers import Answer
from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.rules import Guard, Seat, Transition

_AT_MOST = 12
"""A choice of more options is not tried out option by option."""


def options_refused(inquiry: Inquiry, attribute: Attribute) -> dict[str, Label]:
    """
    Options for which a guard of the party's next steps refuses, while it lets another through.

    What a guard cannot decide yet refuses nobody.
    """
    if attribute.type is not Type.CHOICE or not 1 < len(attribute.options) <= _AT_MOST:
        return {}
    found: dict[str, Label] = {}
    for step in inquiry.procedure.from_state(inquiry.application.state):
        if step.by.seat is Seat.PARTY:
            for guard in step.guards:
                found |= _refused_by(inquiry, attribute, step, guard)
    return found


def _refused_by(
    inquiry: Inquiry, attribute: Attribute, step: Transition, guard: Guard
) -> dict[str, Label]:
    answers = {
        option: inquiry.but(**{attribute.name: option}).guard(step, guard)
        for option in attribute.option_names
    }
    question = inquiry.regulation.question(guard.question)
    refused = {
        option: _because(answer)
        for option, answer in answers.items()
        if answer is not None and answer.outcome not in (*guard.outcomes, question.undecided)
    }
    return refused if len(refused) < len(answers) else {}


def _because(answer: Answer) -> Label:
    clauses = answer.decided_by
    return Label(f"不能由此途徑（{'、'.join(clauses)}）", f"not by this way ({', '.join(clauses)})")
