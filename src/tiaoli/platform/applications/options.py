"""Which options of a choice would be refused as things are, and by which clause."""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.answers import Answer
from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.rules import Guard, Seat, Transition

_AT_MOST = 12
"""A choice of more options is not tried out option by option."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """``for_good`` where the file itself is refused; else it is what the person lacks so far."""

    says: Label
    for_good: bool


def options_refused(inquiry: Inquiry, attribute: Attribute) -> dict[str, Refusal]:
    """
    Options for which a guard of the party's next steps refuses, while it lets another through.

    What a guard cannot decide yet refuses nobody.
    """
    if attribute.type is not Type.CHOICE or not 1 < len(attribute.options) <= _AT_MOST:
        return {}
    found: dict[str, Refusal] = {}
    for step in inquiry.procedure.from_state(inquiry.application.state):
        if step.by.seat is Seat.PARTY:
            for guard in step.guards:
                found |= _refused_by(inquiry, attribute, step, guard)
    return found


def _refused_by(
    inquiry: Inquiry, attribute: Attribute, step: Transition, guard: Guard
) -> dict[str, Refusal]:
    answers = {
        option: inquiry.but(**{attribute.name: option}).guard(step, guard)
        for option in attribute.option_names
    }
    question = inquiry.regulation.question(guard.question)
    refused = {
        option: Refusal(_because(answer), question.goal is None)
        for option, answer in answers.items()
        if answer is not None and answer.outcome not in (*guard.outcomes, question.undecided)
    }
    return refused if len(refused) < len(answers) else {}


def _because(answer: Answer) -> Label:
    zh, en = "、".join(answer.decided_by), ", ".join(answer.decided_by)
    return Label(f"目前不會受理（{zh}）", f"refused at present ({en})")
