"""
What a declared procedure says about how a file is handled: when it is still open to whoever filed
it, where it can be returned to, who is waited for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Regulation, Role, Seat, Transition
from tiaoli.rules.steps import APPLICANT

FILERS: Final = frozenset({Seat.PARTY, Seat.OTHER_PERSON})
HOUSE: Final = frozenset({Seat.EMPLOYER, Seat.OFFICE, Seat.PANEL})
_NOT_WAITING: Final = frozenset({Seat.PARTY, Seat.NOBODY})


def runs_for_persons(procedure: Procedure) -> bool:
    """Whether a person opens it for themselves: as the applicant, or as one of those it names."""
    return why_not_run(procedure) is None


def why_not_run(procedure: Procedure) -> Label | None:
    """
    Why the platform does not run a procedure; None where it does.

    A step that everybody who was assigned takes (``Transition.each``) is declared for courses and
    programmes, which are no persons. Rather than let the first of them move the file alone, a
    procedure with such a step is not run at all.
    """
    if not _opened_by_a_person(procedure):
        return Label("這個程序不是由個人提出的。", "This procedure is not opened by a person.")
    for step in procedure.transitions:
        if step.each:
            return Label(
                f"平台還不能進行這個程序：「{step.label.zh}」要由每一位受指派的人各自完成，"
                "不能由其中一人決定。請依主辦單位的方式辦理。",
                f"The platform does not run this procedure yet: “{step.label.en}” is taken by "
                "everybody who was assigned, and one of them cannot take it for all. Apply as "
                "the society or authority has it.",
            )
    return None


def _opened_by_a_person(procedure: Procedure) -> bool:
    parties = [role for role in procedure.roles if role.seat is Seat.PARTY]
    if parties or procedure.file is None:
        return procedure.file is not None and parties == [APPLICANT]
    return procedure.seats == {Seat.OTHER_PERSON}


def for_persons() -> Iterator[tuple[Regulation, Procedure]]:
    """Every procedure of the catalogue that a person may open."""
    for name in catalogue.ids():
        regulation = catalogue.find(name)
        for procedure in regulation.procedures:
            if runs_for_persons(procedure):
                yield regulation, procedure


def procedure_in(regulation: Regulation, id: str) -> Procedure:
    """Raises LookupError where the regulation declares no such procedure."""
    for procedure in regulation.procedures:
        if procedure.id == id:
            return procedure
    raise LookupError(
        f"「{regulation.id}」沒有程序「{id}」。 / {regulation.id} declares no procedure {id!r}."
    )


def of(application: Any) -> tuple[Regulation, Procedure]:
    """The regulation and the procedure of an application."""
    regulation = catalogue.find(application.regulation)
    return regulation, procedure_in(regulation, application.procedure)


def step_in(procedure: Procedure, id: str) -> Transition:
    """Raises LookupError where the procedure has no such step."""
    for step in procedure.transitions:
        if step.id == id:
            return step
    raise LookupError(f"「{procedure.id}」沒有步驟「{id}」。 / {procedure.id} has no step {id!r}.")


def named_roles(procedure: Procedure) -> tuple[Role, ...]:
    """The roles of persons whom the file names."""
    return tuple(role for role in procedure.roles if role.seat is Seat.OTHER_PERSON)


def named_in_turn(application: Any) -> frozenset[str]:
    """The roles of persons named in the file whose turn it is; none of a text that is gone."""
    try:
        _, procedure = of(application)
    except LookupError:
        return frozenset()
    return frozenset(_named_in(procedure, application.state))


def _named_in(procedure: Procedure, state: str) -> Iterator[str]:
    return (role.id for role in procedure.turn(state) if role.seat is Seat.OTHER_PERSON)


@lru_cache(maxsize=1)
def turns_of_named() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Regulation, procedure and role of whomever a file names, and where they are waited for."""
    return tuple(
        (regulation.id, procedure.id, role.id, _states_of(procedure, role.id))
        for regulation, procedure in for_persons()
        for role in named_roles(procedure)
    )


def _states_of(procedure: Procedure, role: str) -> tuple[str, ...]:
    return tuple(one.id for one in procedure.states if role in _named_in(procedure, one.id))


@lru_cache(maxsize=512)
def open_states(procedure: Procedure) -> frozenset[str]:
    """
    The states in which the file is still with whoever filed it, and may be changed: from its first
    until it is handed in, and wherever it was returned to.
    """
    before: set[str] = set()
    ahead = {procedure.initial.id}
    while ahead:
        ahead = {state for state in ahead if _waits_for_the_party(procedure, state)} - before
        before |= ahead
        ahead = {
            step.leads_from(state)
            for state in ahead
            for step in procedure.from_state(state)
            if step.by.seat in _NOT_WAITING
        }
    return frozenset(before) | return_states(procedure)


def _waits_for_the_party(procedure: Procedure, state: str) -> bool:
    waited_for = {role.seat for role in procedure.turn(state)}
    return bool(waited_for) and waited_for <= _NOT_WAITING


@lru_cache(maxsize=512)
def return_states(procedure: Procedure) -> frozenset[str]:
    """Where somebody else sends the file, and the party sends it back from to where it was."""
    found = set()
    for asking in procedure.transitions:
        if asking.by.seat not in HOUSE or asking.target is None:
            continue
        back = (
            step.leads_from(asking.target)
            for step in procedure.from_state(asking.target)
            if step.by.seat is Seat.PARTY
        )
        if set(back) & set(asking.source):
            found.add(asking.target)
    return frozenset(found)


def hands_in(procedure: Procedure, step: Transition, state: str) -> bool:
    """Whether the party hands the file in (again) by this step: its facts are frozen then."""
    open_to_change = open_states(procedure)
    return (
        step.by.seat is Seat.PARTY
        and state in open_to_change
        and step.leads_from(state) not in open_to_change
        and not procedure.state(step.leads_from(state)).final
    )


def returns(procedure: Procedure, step: Transition) -> bool:
    """Whether the step sends the file back for correction."""
    return step.by.seat in HOUSE and step.target in return_states(procedure)


def turn_of(procedure: Procedure, state: str) -> Role | None:
    """Who is waited for in a state; a person or a house before the day itself."""
    waited_for = procedure.turn(state)
    by_people = (role for role in waited_for if role.seat is not Seat.NOBODY)
    return next(by_people, waited_for[0] if waited_for else None)


def document_label(procedure: Procedure, option: str) -> Label:
    """What a document of the file is called."""
    assert procedure.file is not None, "only a file has documents"
    return find(procedure.file.kind).attributes["documents"].option_label(option)


def has_panel(procedure: Procedure) -> bool:
    """Whether somebody reviews and decides in it, other than the desk."""
    return Seat.PANEL in procedure.seats


def goes_outside(procedure: Procedure) -> bool:
    """Whether the file comes to the society or authority that runs the regulation."""
    return bool(procedure.seats & {Seat.OFFICE, Seat.PANEL})
