"""
Whose standing is about to change: a way that opens, evidence that leaves a window.

This is asked of the answers, person by person, and so it is bounded: each night only of those who
have an account and whose records changed since they were last looked at, or of whom something was
seen to come; at most so many a night, those waiting longest first, some in each task. A course is
looked at ``AHEAD`` days ahead, and again a month before it ends at the latest.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from tiaoli.answers.course import changes
from tiaoli.answers.prepared import prepare
from tiaoli.answers.timeline import Course
from tiaoli.facts.dates import both
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people.models import Mandate, Person, holding
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.reminders.ahead import Thing, reached, tell
from tiaoli.platform.reminders.models import Outlook, Sort
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Question, Regulation, Seat

AHEAD: Final = datetime.timedelta(days=180)
"""How far ahead a course is looked at."""
TOLD_BEFORE: Final = (90, 30)
"""How many days before the change its person is told."""
A_NIGHT: Final = 2_000
IN_A_TASK: Final = 50
_AGAIN: Final = datetime.timedelta(days=AHEAD.days - 90)


def waiting(day: datetime.date, most: int = A_NIGHT) -> list[int]:
    """The persons to look at on a day, by one query; those waiting longest first."""
    newer = Record.objects.filter(person=OuterRef("pk"), changed__gt=OuterRef("outlook__looked"))
    found = (
        Person.objects.filter(account__isnull=False)
        .filter(Exists(Record.objects.filter(person=OuterRef("pk"), removed=None)))
        .filter(Q(outlook=None) | Q(outlook__again__lte=day) | Exists(newer))
        .order_by(F("outlook__looked").asc(nulls_first=True), "pk")
    )
    return list(found.values_list("pk", flat=True)[:most])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A way of a regulation that is run, under the readings of whoever runs it."""

    regulation: Regulation
    way: Way
    readings: Mapping[str, str]

    @property
    def question(self) -> Question:
        return self.way.question


def look_at(people: Sequence[int], day: datetime.date) -> None:
    """
    Tell these persons what comes. Two queries for each, and two for each regulation that is run.

    A person looked at twice is told nothing twice.
    """
    questions = list(_questions(day))
    for person in Person.objects.filter(pk__in=people, account__isnull=False).order_by("pk"):
        looked = clock.now()
        dossier = dossier_of(person)
        coming = [t for asked in questions for t in _coming(person, dossier, asked, day)]
        tell(thing for thing in coming if thing.stage)
        Outlook.objects.update_or_create(
            person=person, defaults={"looked": looked, "again": _again(coming, day)}
        )


@dataclass(frozen=True, slots=True)
class Way:
    """
    A question with the outcomes that open a way: what a person works towards, or what the first
    step of a procedure is guarded by (``to``: that procedure).
    """

    question: Question
    outcomes: frozenset[str]
    to: Procedure | None = None


def ways_of(regulation: Regulation) -> list[Way]:
    """
    The ways of a regulation that turn on nothing but the person: questions with a goal, and the
    windows in which a procedure can be begun. None is about a record, and none only sums up others.
    """
    ways = {
        question.id: Way(question, frozenset({question.goal}))
        for question in regulation.questions.values()
        if question.goal is not None and _is_of_the_person(question)
    }
    for procedure in regulation.procedures:
        for step in procedure.from_state(procedure.initial.id):
            for guard in step.guards if step.by.seat is Seat.PARTY else ():
                question = regulation.question(guard.question)
                if question.id not in ways and _is_of_the_person(question):
                    ways[question.id] = Way(question, frozenset(guard.outcomes), procedure)
    return list(ways.values())


def _is_of_the_person(question: Question) -> bool:
    return question.about is None and not question.summary


def _questions(day: datetime.date) -> Iterator[_Asked]:
    run = Mandate.objects.filter(holding(day)).values_list("regulation", flat=True)
    for name in sorted(set(run) & set(catalogue.ids())):
        regulation, readings = catalogue.find(name), readings_of(name, day)
        for way in ways_of(regulation):
            yield _Asked(regulation, way, readings)


def _coming(person: Person, dossier: Dossier, asked: _Asked, day: datetime.date) -> Iterator[Thing]:
    outcomes = asked.way.outcomes
    prepared = prepare(asked.regulation, asked.question, asked.readings)
    course = Course(asked.regulation, prepared, dossier)
    open_before = course.outcome(day) in outcomes
    for turn in course.days:
        if not day < turn <= day + AHEAD:
            continue
        opens = course.outcome(turn) in outcomes
        if opens is not open_before:
            yield Thing(
                f"{'opens' if opens else 'leaves'}:{asked.regulation.id}:{asked.question.id}",
                reached(TOLD_BEFORE, (turn - day).days),
                Sort.OPENS if opens else Sort.LEAVES,
                turn,
                _opens(asked, turn) if opens else _leaves(asked, dossier, turn),
                "",
                frozenset({person.account_id}),
            )
        open_before = opens


def _opens(asked: _Asked, turn: datetime.date) -> Label:
    title, label, to = asked.regulation.title, asked.question.label, asked.way.to
    if to is not None:
        return Label(
            f"自{both(turn)}起，可以辦理「{title.zh}」的「{to.label.zh}」（{label.zh}）。",
            f"From {both(turn, 'en')} on you can begin “{to.label.en}” of {title.en} ({label.en}).",
        )
    return Label(
        f"自{both(turn)}起，您將符合「{title.zh}」的「{label.zh}」。",
        f"From {both(turn, 'en')} on you meet “{label.en}” of {title.en}.",
    )


def _leaves(asked: _Asked, dossier: Dossier, turn: datetime.date) -> Label:
    title, label, to = asked.regulation.title, asked.question.label, asked.way.to
    last = turn - datetime.timedelta(days=1)
    if to is not None:
        return Label(
            f"「{title.zh}」的「{to.label.zh}」（{label.zh}）最後一天是{both(last)}。",
            f"The last day to begin “{to.label.en}” of {title.en} ({label.en}) is "
            f"{both(last, 'en')}.",
        )
    why = _why(asked, dossier, turn)
    because_zh = f"原因：{why.zh}。" if why else ""
    because_en = f" Because: {why.en}." if why else ""
    return Label(
        f"自{both(turn)}起，您將不再符合「{title.zh}」的「{label.zh}」。{because_zh}",
        f"From {both(turn, 'en')} on you no longer meet “{label.en}” of {title.en}.{because_en}",
    )


def _why(asked: _Asked, dossier: Dossier, turn: datetime.date) -> Label | None:
    """What leaves on that day, in the words of the course."""
    course = changes(asked.regulation, asked.question.id, dossier, readings=asked.readings)
    last = turn - datetime.timedelta(days=1)
    ends = (c for s, c in zip(course.spells, course.causes, strict=False) if s.last == last)
    causes = next(ends, ())[:3]
    if not causes:
        return None
    return Label("；".join(c.zh for c in causes), "; ".join(c.en for c in causes))


def _again(coming: Sequence[Thing], day: datetime.date) -> datetime.date:
    """The next day on which something that was seen is to be told; at the latest in some months."""
    days = [
        thing.day - datetime.timedelta(days=before) for thing in coming for before in TOLD_BEFORE
    ]
    return min((d for d in days if d > day), default=day + _AGAIN)
