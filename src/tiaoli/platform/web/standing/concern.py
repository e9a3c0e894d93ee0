"""
Which regulations concern a person: those that ask of kinds of record that the person has.

A kind that most regulations ask of (a licence) says little: by it alone a regulation might
concern. What the person chose comes before both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from tiaoli.facts.kinds import Kind
from tiaoli.facts.vocabulary import KINDS, find
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.regulations import catalogue
from tiaoli.rules import Question, Regulation
from tiaoli.rules.expressions import Node

_TELLS_NOTHING: Final = 3
"""From so many regulations on, a kind that more than half of them ask of says little."""


@dataclass(frozen=True, slots=True)
class Concerns:
    """``own``: shown with where one stands; ``perhaps`` and ``others``: only by their names."""

    own: tuple[Regulation, ...]
    perhaps: tuple[Regulation, ...]
    others: tuple[Regulation, ...]


def concerns(kinds: Collection[str], chosen: Mapping[str, bool]) -> Concerns:
    """Of a person with records of ``kinds``, who ``chosen`` to see some regulations, or not to."""
    own, perhaps, others = [], [], []
    for regulation in map(catalogue.find, catalogue.ids()):
        told = kinds_of(regulation.id) & set(kinds)
        wanted = chosen.get(regulation.id)
        if wanted or (wanted is None and told - _shared()):
            own.append((len(told), regulation))
        elif wanted is None and told:
            perhaps.append(regulation)
        else:
            others.append(regulation)
    own.sort(key=lambda pair: -pair[0])
    return Concerns(tuple(one for _, one in own), tuple(perhaps), tuple(others))


def goals(regulation: Regulation) -> tuple[Question, ...]:
    """The questions with something for a person to reach."""
    return tuple(
        question
        for question in regulation.questions.values()
        if question.goal is not None and of_a_person(regulation.id, question.id)
    )


def other_questions(regulation: Regulation) -> tuple[Question, ...]:
    """What else can be asked about a person."""
    return tuple(
        question
        for question in regulation.questions.values()
        if question.goal is None and of_a_person(regulation.id, question.id)
    )


@cache
def of_a_person(regulation: str, question: str) -> bool:
    """
    Whether a question can be asked of a person: not about a programme or a course, and, where it
    reads what may be a subject of its own (a source of radiation), about one of the person's
    records, or in a regulation that has persons for its subjects.
    """
    found = catalogue.find(regulation)
    about = found.question(question).about
    if about is not None:
        return find(about).name == SUBJECT_KIND or not find(about).subject
    return not _others(regulation, question) or any(
        one.goal is not None and not _others(regulation, one.id) for one in found.questions.values()
    )


def _others(regulation: str, question: str) -> list[str]:
    """The kinds that a question reads, and that are subjects themselves, other than persons."""
    named = kinds_read(regulation, question)
    return [name for name in named if find(name).subject and name != SUBJECT_KIND]


@cache
def kinds_read(regulation: str, question: str) -> frozenset[str]:
    """The kinds of record on which a question turns, under whatever reading."""
    asked = catalogue.find(regulation).question(question)
    found = {asked.about} if asked.about else set()
    ahead, seen = list(asked.nodes()), set[int]()
    while ahead:
        node = ahead.pop()
        if id(node) not in seen:  # rules share parts, many times over
            seen.add(id(node))
            found |= {kind.name for kind in _named(node)}
            ahead += node.parts()
    return frozenset(found)


@cache
def kinds_of(regulation: str) -> frozenset[str]:
    """Kinds that its goals ask of, and those that a question is about."""
    found = catalogue.find(regulation)
    asked = [kinds_read(regulation, question.id) for question in goals(found)]
    about = {q.about for q in found.questions.values() if q.about and of_a_person(regulation, q.id)}
    return frozenset(about).union(*asked)


@cache
def _shared() -> frozenset[str]:
    """Kinds that tell little: more than half of the regulations ask of them."""
    asked = [kinds for kinds in map(kinds_of, catalogue.ids()) if kinds]
    counted = Counter(kind for kinds in asked for kind in kinds)
    if len(asked) < _TELLS_NOTHING:
        return frozenset()
    return frozenset(kind for kind, times in counted.items() if 2 * times > len(asked))


def _named(node: Node) -> Iterator[Kind]:
    """The kinds that a node itself speaks of; some rules make rows of a kind of their own."""
    for one in fields(node):  # type: ignore[arg-type]  # every concrete node is a dataclass
        value = getattr(node, one.name)
        if isinstance(value, Kind) and value.name in KINDS:
            yield value
