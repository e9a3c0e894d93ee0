"""Procedures on a page: states, whose turn it is in each, and what every step asks and costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiaoli.answers.answer import Quantity
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.wording import name_of
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.rules import Procedure, Regulation, Transition, resolve
from tiaoli.rules.amounts import Amount, NotStated
from tiaoli.rules.citation import ClauseAmount, ClauseDay
from tiaoli.rules.cohorts import KnownIf
from tiaoli.rules.expressions import Node, Value
from tiaoli.rules.outcomes import outcome_label
from tiaoli.rules.procedure import FigureOf, Written, questions_named

NOT_STATED = Label("條文未規定", "not stated in the text")


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of a deadline, a fee or a term; ``question`` works it out, where one does."""

    words: Label
    question: str | None = None
    stated: bool = True


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step; ``None`` where the text says nothing."""

    label: Label
    by: Label
    target: Label
    stays: bool
    guards: tuple[tuple[str, Label, Label], ...]
    documents: tuple[Label, ...]
    opens: Stated
    deadline: Stated
    fee: Stated
    once_paid: Stated | None
    leaves: Label | None
    begins: Stated | None
    lasts: Stated | None
    clauses: tuple[str, ...]
    each: bool
    unprompted: bool


@dataclass(frozen=True, slots=True)
class StateShown:
    id: str
    label: Label
    final: bool
    turn: tuple[Label, ...]
    steps: tuple[StepShown, ...]


@dataclass(frozen=True, slots=True)
class ProcedureShown:
    id: str
    label: Label
    file: Label | None
    roles: tuple[Label, ...]
    states: tuple[StateShown, ...]


def procedures_of(regulation: Regulation) -> tuple[ProcedureShown, ...]:
    """All procedures of a regulation, figures under the default readings."""
    return tuple(_procedure(regulation, one) for one in regulation.procedures)


def _procedure(regulation: Regulation, procedure: Procedure) -> ProcedureShown:
    states = (
        StateShown(
            state.id,
            state.label,
            state.final,
            tuple(role.label for role in procedure.turn(state.id)),
            tuple(
                _step(regulation, procedure, step, state.id)
                for step in procedure.from_state(state.id)
            ),
        )
        for state in procedure.states
    )
    file = procedure.file
    return ProcedureShown(
        procedure.id,
        procedure.label,
        None if file is None else find(file.kind).label,
        tuple(role.label for role in procedure.roles),
        tuple(states),
    )


def _step(regulation: Regulation, procedure: Procedure, step: Transition, source: str) -> StepShown:
    target = step.leads_from(source)
    guards = (
        (g.question, regulation.question(g.question).label, _either(g.outcomes))
        for g in step.guards
    )
    file, output = procedure.file, step.output
    return StepShown(
        step.label,
        step.by.label,
        procedure.state(target).label,
        step.target is None,
        tuple(guards),
        _documents(file, step.documents),
        _stated(regulation, step.opens, output),
        _stated(regulation, step.deadline, output),
        _stated(regulation, step.fee, output),
        None if step.once_paid is None else _stated(regulation, step.once_paid, output),
        None if output is None else find(output.kind).label,
        None if step.begins is None else _stated(regulation, step.begins, output),
        None if step.lasts is None else _stated(regulation, step.lasts, output),
        step.clauses,
        step.each,
        step.unprompted,
    )


def _either(outcomes: Iterable[str]) -> Label:
    labels = [outcome_label(one) for one in outcomes]
    return Label("或".join(one.zh for one in labels), " or ".join(one.en for one in labels))


def _documents(file: Written | None, options: tuple[str, ...]) -> tuple[Label, ...]:
    if file is None or not options:
        return ()
    attribute = find(file.kind).attributes["documents"]
    return tuple(attribute.option_label(option) for option in options)


def _stated(regulation: Regulation, named: FigureOf | None, output: Written | None) -> Stated:
    if named is None:
        return Stated(NOT_STATED, stated=False)
    question = regulation.question(next(questions_named(named.question, output)))
    figure = next(f for f in question.figures if named.figure in (None, f.name))
    found = _bare(resolve(figure.value, regulation.default_readings()))
    match found:
        case NotStated():
            return Stated(NOT_STATED, question.id, stated=False)
        case Amount(value=value, measured_in=unit):
            return Stated(quantity_text(Quantity(value, value, unit)), question.id)
        case Value():
            return Stated(_named(found, figure.label), question.id)
    return Stated(figure.label, question.id)


def _named(found: Value, label: Label) -> Label:
    words = name_of(found)
    return label if words.zh == "數額" else words


def _bare(node: Node) -> Node:
    """What a clause gives, without the clause."""
    while True:
        match node:
            case ClauseAmount(amount=inner) | KnownIf(amount=inner):
                node = inner
            case ClauseDay(day=inner):
                node = inner
            case _:
                return node
