"""
Procedures as data: the states a file passes through, who may move it, and on what conditions.

A guard is a question of the same regulation with the outcomes that open the way. What the text
does not state (a deadline, a document, a fee) is left out, and shown as not stated.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.facts.kinds import Label
from tiaoli.rules.errors import BrokenRegulation


@dataclass(frozen=True, slots=True)
class State:
    id: str
    label: Label
    final: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """``question`` must answer with one of ``outcomes``."""

    question: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transition:
    """
    One step. ``deadline`` and ``fee`` name questions of the regulation; ``documents`` are options
    of an application's documents; ``output`` is the kind of record the step leaves behind.
    """

    id: str
    label: Label
    source: tuple[str, ...]
    target: str
    by: str
    guards: tuple[Guard, ...] = ()
    documents: tuple[str, ...] = ()
    deadline: str | None = None
    fee: str | None = None
    output: str | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """Raises BrokenRegulation for a step between unknown states or a state that none reaches."""

    id: str
    label: Label
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    roles: tuple[tuple[str, Label], ...]

    def __post_init__(self) -> None:
        names = {state.id for state in self.states}
        roles = {role for role, _ in self.roles}
        for step in self.transitions:
            if unknown := ({*step.source, step.target} - names) or ({step.by} - roles):
                raise BrokenRegulation(f"{self.id}.{step.id} speaks of unknown {sorted(unknown)}")
        if lost := names - self._reachable():
            raise BrokenRegulation(f"{self.id}: no step leads to {sorted(lost)}")

    @property
    def initial(self) -> State:
        return self.states[0]

    def _reachable(self) -> set[str]:
        reached = {self.states[0].id}
        while True:
            more = {t.target for t in self.transitions if reached & set(t.source)} - reached
            if not more:
                return reached
            reached |= more

    def from_state(self, state: str) -> tuple[Transition, ...]:
        return tuple(step for step in self.transitions if state in step.source)
