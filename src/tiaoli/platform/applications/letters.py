"""The decision on a file as a letter: what was decided, when, by whom, by which clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiaoli.answers import Answer
from tiaoli.facts.kinds import Label
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.comparing import declared_label, judged_on
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.applications.seeing import receiver_of
from tiaoli.platform.applications.telling import Left, left_by
from tiaoli.rules import Procedure, Regulation, Seat
from tiaoli.rules.outcomes import outcome_label


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause by which it was decided, in our words."""

    id: str
    where: Label
    says: Label


@dataclass(frozen=True, slots=True)
class Found:
    """A question that was put, and what it answered on the day of the decision."""

    label: Label
    outcome: Label
    answer: Answer


@dataclass(frozen=True, slots=True)
class Letter:
    """``decision`` is the last step of a house; None where nothing was decided yet."""

    what: Label
    sender: Any
    decision: StepTaken | None
    says: Label
    state: Label
    clauses: tuple[Cited, ...]
    found: tuple[Found, ...]
    left: tuple[Left, ...]


def letter_of(application: Application) -> Letter:
    """Made of what was recorded; asked again of the same facts on the day of the decision."""
    regulation, procedure = declared.of(application)
    taken = [s for s in application.steps.all() if _decides(procedure, s)]
    decision = taken[-1] if taken else None
    if decision is None:
        nothing = Label("還沒有決定。", "Nothing has been decided yet.")
        return Letter(
            declared_label(application), receiver_of(application), None, nothing,
            procedure.state(application.state).label, (), (), (),
        )  # fmt: skip
    step = declared.step_in(procedure, decision.step)
    found = tuple(_found(application, taken))
    cited = dict.fromkeys([*step.clauses, *(c for one in found for c in one.answer.decided_by)])
    return Letter(
        declared_label(application),
        decision.organisation,
        decision,
        step.label,
        procedure.state(application.state).label,
        tuple(_cited(regulation, clause) for clause in cited),
        found,
        tuple(left_by(application)),
    )


def _decides(procedure: Procedure, taken: StepTaken) -> bool:
    """A house's step that settles something: by its panel, with a result, an end, or a return."""
    step = declared.step_in(procedure, taken.step)
    settles = (
        step.by.seat is Seat.PANEL
        or step.output is not None
        or procedure.state(taken.target).final
        or declared.returns(procedure, step)
    )
    return step.by.seat in declared.HOUSE and settles


def _found(application: Application, taken: list[StepTaken]) -> Iterator[Found]:
    """What was shown, as of the day on which it was judged; what was asked, on the day itself."""
    regulation, procedure = declared.of(application)
    decided = Inquiry(application, taken[-1].day)
    judged = Inquiry(application, judged_on(application) or taken[-1].day)
    asked: dict[str, Inquiry] = {}
    for one in taken:
        asked |= dict.fromkeys(one.answers, decided)
        asked |= dict.fromkeys(judged.shown(declared.step_in(procedure, one.step)), judged)
    for name, inquiry in asked.items():
        answer = inquiry.ask(name)
        if answer is not None:
            yield Found(regulation.question(name).label, outcome_label(answer.outcome), answer)


def _cited(regulation: Regulation, clause: str) -> Cited:
    known = regulation.clauses[clause]
    return Cited(clause, known.where, known.says)
