"""
Procedures as data: the states a file passes through, who may move it, and on what conditions.

A guard is a question of the same regulation with the outcomes that open the way. What the text
does not state (a deadline, a document, a fee) is left out, and shown as not stated; a step without
a clause (to withdraw, to return for correction) is one that a file needs and the text leaves open.
The words in which steps are written are in ``steps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tiaoli.facts.kinds import Attribute, Label, Type
from tiaoli.facts.vocabulary import find
from tiaoli.rules.errors import BrokenRegulation

VALID_FROM: Final = "valid_from"
"""
The attribute in which a record says from when it has effect, where that is another day than the
one on which it happens: a renewal that is granted before the old term is over.
"""


@dataclass(frozen=True, slots=True)
class State:
    """``final``: the file rests here, and nobody is waited for."""

    id: str
    label: Label
    final: bool = False


class Seat(Enum):
    """Where whoever takes a step sits: what a house needs to know to let the right people in."""

    PARTY = "party"  # whoever the file is about, or files it
    EMPLOYER = "employer"  # the institution in which the party serves
    OFFICE = "office"  # the desk of the society or authority that runs the procedure
    PANEL = "panel"  # those who decide there: reviewers, a committee and its chair
    OTHER_PERSON = "other_person"  # somebody whom the file names: a teacher, a trainee
    NOBODY = "nobody"  # the day itself


@dataclass(frozen=True, slots=True)
class Role:
    """In whose name a step is taken."""

    id: str
    label: Label
    seat: Seat = Seat.PARTY


TIME = Role("time", Label("期日屆至", "the day itself"), Seat.NOBODY)
"""Nobody: such a step happens by itself on the day on which its guards are met."""


@dataclass(frozen=True, slots=True)
class Guard:
    """``question`` must answer with one of ``outcomes``."""

    question: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureOf:
    """
    A figure of a question; ``figure`` is named where the question has several.

    ``{attribute}`` in the name of the question stands for that attribute of the record that the
    step leaves behind: ``expiry-{domain}``.
    """

    question: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """
    A record, and what is written in it from the beginning.

    ``takes``  attributes that say what the credential says which the file is about: each with the
               attribute of that credential, which is of the same kind
    """

    kind: str
    says: tuple[tuple[str, str], ...] = ()
    takes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """
    One step.

    ``target``      where it leads; None: the file stays where it is
    ``documents``   options of the documents of the file, to be handed in
    ``deadline``    by when it is to be taken
    ``opens``       before which day it cannot be taken
    ``fee``         what is charged for it
    ``once_paid``   a fee of an earlier step, to be booked before this one is taken
    ``output``      the record that it leaves behind
    ``begins``      from when what it leaves behind has effect, asked before it is there; without
                    one, from the day on which it happens
    ``lasts``       until when, or how long, what it leaves behind has effect
    ``shows``       questions put before whoever takes the step, whatever they answer;
                    ``{attribute}`` stands for that attribute of the file
    ``dates``       the attributes of the file that take the day of the step
    ``adds``        what the step itself writes in the file
    ``each``        everyone who was assigned takes it, and it is done when all have
    ``unprompted``  whoever may take it is not waited for: to withdraw, to complain, to report
    """

    id: str
    label: Label
    source: tuple[str, ...]
    target: str | None
    by: Role
    guards: tuple[Guard, ...] = ()
    documents: tuple[str, ...] = ()
    deadline: FigureOf | None = None
    opens: FigureOf | None = None
    fee: FigureOf | None = None
    once_paid: FigureOf | None = None
    output: Written | None = None
    begins: FigureOf | None = None
    lasts: FigureOf | None = None
    shows: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    adds: tuple[tuple[str, str], ...] = ()
    clauses: tuple[str, ...] = ()
    each: bool = False
    unprompted: bool = False

    def leads_from(self, state: str) -> str:
        return state if self.target is None else self.target


@dataclass(frozen=True, slots=True)
class Procedure:
    """
    ``file`` is the record that travels, where there is one.

    Raises BrokenRegulation for a step between unknown states, a state that none reaches or that
    leads nowhere, and a document or record that the vocabulary does not have.
    """

    id: str
    label: Label
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    file: Written | None = None

    def __post_init__(self) -> None:
        _check_names(self)
        _check_ways(self)
        _check_records(self)

    @property
    def initial(self) -> State:
        return self.states[0]

    @property
    def roles(self) -> tuple[Role, ...]:
        """All who take a step, in the order of their first."""
        return tuple(dict.fromkeys(step.by for step in self.transitions))

    @property
    def seats(self) -> frozenset[Seat]:
        """Where those sit who take its steps: a house in which none does never has the file."""
        return frozenset(role.seat for role in self.roles)

    def state(self, id: str) -> State:
        return next(state for state in self.states if state.id == id)

    def from_state(self, state: str) -> tuple[Transition, ...]:
        return tuple(step for step in self.transitions if state in step.source)

    def turn(self, state: str) -> tuple[Role, ...]:
        """Who is waited for in a state."""
        steps = (step for step in self.from_state(state) if not step.unprompted)
        return tuple(dict.fromkeys(step.by for step in steps))

    def reached_from(self, state: str) -> frozenset[str]:
        """The state, and all to which steps lead from there."""
        reached: set[str] = set()
        ahead = {state}
        while ahead:
            reached |= ahead
            ahead = {step.leads_from(at) for at in ahead for step in self.from_state(at)} - reached
        return frozenset(reached)


def _check_names(procedure: Procedure) -> None:
    names = {state.id for state in procedure.states}
    for step in procedure.transitions:
        if unknown := {*step.source, step.target or step.source[0]} - names:
            raise BrokenRegulation(f"{procedure.id}.{step.id} speaks of unknown {sorted(unknown)}")
        if step.by == TIME and not step.guards:
            raise BrokenRegulation(f"{procedure.id}.{step.id} happens by itself at any time")
    for sort, ids in (
        ("states", [state.id for state in procedure.states]),
        ("steps", [step.id for step in procedure.transitions]),
    ):
        if twice := {id for id in ids if ids.count(id) > 1}:
            raise BrokenRegulation(f"{procedure.id}: two {sort} are called {sorted(twice)}")
    of_one_name = {(role.id, role.label) for role in procedure.roles}
    if len({id for id, _ in of_one_name}) < len(of_one_name):
        raise BrokenRegulation(f"{procedure.id}: two roles share a name")


def _check_ways(procedure: Procedure) -> None:
    """Every state is reached, someone is waited for until the end, and the end can be reached."""
    reached = procedure.reached_from(procedure.initial.id)
    if lost := {state.id for state in procedure.states} - reached:
        raise BrokenRegulation(f"{procedure.id}: no step leads to {sorted(lost)}")
    finals = {state.id for state in procedure.states if state.final}
    for state in procedure.states:
        waited_for = bool(procedure.turn(state.id))
        if waited_for is state.final:
            says = "waits for somebody, though it is final" if waited_for else "waits for nobody"
            raise BrokenRegulation(f"{procedure.id}: {state.id} {says}")
        if finals and not finals & procedure.reached_from(state.id):
            raise BrokenRegulation(f"{procedure.id}: {state.id} leads to no end")


def _check_records(procedure: Procedure) -> None:
    """The vocabulary has every record, document and attribute that is named."""
    file = procedure.file
    if file is not None:
        _check_written(procedure.id, file)
    for step in procedure.transitions:
        place = f"{procedure.id}.{step.id}"
        if step.output is not None:
            _check_written(place, step.output)
        if step.begins is not None:
            _check_day(place, step.output, VALID_FROM)
        if file is not None:
            _check_written(place, Written(file.kind, step.adds))
        for name in step.dates:
            _check_day(place, file, name)
        if step.documents:
            known = _attribute(place, file, "documents").option_names
            if unknown := set(step.documents) - set(known):
                raise BrokenRegulation(f"{place}: no file has the documents {sorted(unknown)}")


def _check_day(place: str, record: Written | None, name: str) -> None:
    if _attribute(place, record, name).type is not Type.DAY:
        raise BrokenRegulation(f"{place}: {name} is not a day")


def _check_written(place: str, record: Written) -> None:
    find(record.kind)
    for name, value in record.says:
        attribute = _attribute(place, record, name)
        if value not in attribute.option_names:
            raise BrokenRegulation(f"{place}: {record.kind}.{name} cannot be {value!r}")
    for name, of in record.takes:
        if _attribute(place, record, name).type is not _attribute(place, record, of).type:
            raise BrokenRegulation(f"{place}: {name} cannot say what {of} of {record.kind} says")
    if record.takes and not find(record.kind).credential:
        raise BrokenRegulation(f"{place}: {record.kind} is no credential that a file is about")


def _attribute(place: str, record: Written | None, name: str) -> Attribute:
    attribute = None if record is None else find(record.kind).attributes.get(name)
    if attribute is None:
        kind = "no file" if record is None else record.kind
        raise BrokenRegulation(f"{place}: {kind} has no {name}")
    return attribute


def questions_named(name: str, record: Written | None) -> Iterator[str]:
    """The questions that a name with ``{attribute}`` stands for: one for each option."""
    start, brace, rest = name.partition("{")
    if not brace:
        yield name
        return
    asked, _, end = rest.partition("}")
    for option in _options(name, record, asked):
        yield f"{start}{option}{end}"


def _options(place: str, record: Written | None, name: str) -> Iterable[str]:
    written = dict(record.says) if record is not None else {}
    return (written[name],) if name in written else _attribute(place, record, name).option_names
