"""
Which questions are about persons, and which regulations concern one: those that ask of kinds of
record that the person has, and those that a society runs to which the person belongs.

A kind that most regulations ask of (a licence) says little: by it alone a regulation might
concern. What the person chose comes before both. All of it is worked out from the catalogue.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from tiaoli.facts.vocabulary import find
from tiaoli.platform.people.following import choices_of
from tiaoli.platform.people.models import Mandate, Person, holding
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.regulations import catalogue
from tiaoli.rules import Question, Regulation
from tiaoli.rules.reads import kinds_read

_TELLS_NOTHING: Final = 3
"""From so many regulations on, a kind that more than half of them ask of says little."""


def asks_of_persons_only(question: Question) -> bool:
    """Whether it reads nothing that is a subject of its own: a programme, a source of radiation."""
    return not any(find(name).subject for name in kinds_read(question) - {SUBJECT_KIND})


def of_a_person(regulation: Regulation, question: Question) -> bool:
    """
    Whether a question can be asked of a person: not about a programme or a course, and, where it
    reads what may be a subject of its own (a source of radiation), about one of the person's
    records, or in a regulation that has persons for its subjects.
    """
    if question.about is not None:
        return find(question.about).name == SUBJECT_KIND or not find(question.about).subject
    return asks_of_persons_only(question) or _has_persons(regulation)


@cache
def _has_persons(regulation: Regulation) -> bool:
    asked = regulation.questions.values()
    return any(one.goal is not None and asks_of_persons_only(one) for one in asked)


@cache
def goals(regulation: Regulation) -> tuple[Question, ...]:
    """The questions with something for a person to reach."""
    asked = regulation.questions.values()
    return tuple(one for one in asked if one.goal is not None and of_a_person(regulation, one))


@cache
def other_questions(regulation: Regulation) -> tuple[Question, ...]:
    """What else can be asked about a person."""
    asked = regulation.questions.values()
    return tuple(one for one in asked if one.goal is None and of_a_person(regulation, one))


@cache
def kinds_of(regulation: Regulation) -> frozenset[str]:
    """Kinds that its goals ask of, and those that a question about a person's record is about."""
    about = {one.about for one in other_questions(regulation) if one.about}
    return frozenset(about).union(*map(kinds_read, goals(regulation)))


@cache
def about_persons() -> tuple[Regulation, ...]:
    """The regulations under which there is something for a person to reach."""
    return tuple(one for one in map(catalogue.find, catalogue.ids()) if _has_persons(one))


@cache
def _shared() -> frozenset[str]:
    """Kinds that tell little: more than half of the regulations ask of them."""
    asked = [kinds for kinds in map(kinds_of, map(catalogue.find, catalogue.ids())) if kinds]
    if len(asked) < _TELLS_NOTHING:
        return frozenset()
    counted = Counter(kind for kinds in asked for kind in kinds)
    return frozenset(kind for kind, times in counted.items() if 2 * times > len(asked))


@dataclass(frozen=True, slots=True)
class Concerns:
    """``own``: shown with where one stands; ``perhaps`` and ``others``: only by their names."""

    own: tuple[Regulation, ...]
    perhaps: tuple[Regulation, ...]
    others: tuple[Regulation, ...]


def concerns(
    kinds: Collection[str], chosen: Mapping[str, bool], joined: Collection[str] = ()
) -> Concerns:
    """
    Of a person with records of ``kinds``, who ``chosen`` to see some regulations, or not to, and
    belongs to societies that run those ``joined``.
    """
    own, perhaps, others = [], [], []
    for regulation in map(catalogue.find, catalogue.ids()):
        told = kinds_of(regulation) & set(kinds)
        wanted = chosen.get(regulation.id)
        found = regulation.id in joined or bool(told - _shared())
        if wanted or (wanted is None and found):
            own.append((len(told), regulation))
        elif wanted is None and told:
            perhaps.append(regulation)
        else:
            others.append(regulation)
    own.sort(key=lambda pair: -pair[0])
    return Concerns(tuple(one for _, one in own), tuple(perhaps), tuple(others))


def concerns_of(person: Person, day: datetime.date) -> Concerns:
    """What concerns a person, by what is on file on a day."""
    kinds = person.records.filter(removed=None).values_list("kind", flat=True)
    societies = person.memberships.filter(holding(day)).values("organisation")
    joined = Mandate.objects.filter(holding(day), organisation__in=societies)
    return concerns(
        set(kinds.distinct()), choices_of(person), set(joined.values_list("regulation", flat=True))
    )
