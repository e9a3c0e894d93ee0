"""What is different: between two times that a file was handed in, and between two of its days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tiaoli.answers import Answer
from tiaoli.answers.naming import fact_called
from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.reading import read_dossier
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import FILE
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.models import Application, Snapshot
from tiaoli.platform.portfolio.models import Tier
from tiaoli.platform.portfolio.wording import value_words
from tiaoli.rules import Seat

_EVIDENCE = Label("證明程度", "Evidence")
_Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One attribute, as it was and as it is, in words; None where it is not given."""

    label: Label
    before: Label | None
    after: Label | None


@dataclass(frozen=True, slots=True)
class FactChange:
    """``how`` is ``added``, ``removed`` or ``changed``; ``words`` say which record is meant."""

    fact: str
    words: Label
    how: str
    fields: tuple[FieldChange, ...]

    @property
    def is_file(self) -> bool:
        return self.fact == FILE


def difference(before: Snapshot, after: Snapshot) -> list[FactChange]:
    """Fact by fact, field by field, in the order of the later snapshot; what is gone comes last."""
    old = {fact["id"]: fact for fact in before.dossier["facts"]}
    new = {fact["id"]: fact for fact in after.dossier["facts"]}
    gone = {id: fact for id, fact in old.items() if id not in new}
    was, now = read_dossier(before.dossier), read_dossier(after.dossier)
    changes = [_change(fact_called(id, now), old.get(id), fact) for id, fact in new.items()] + [
        _change(fact_called(id, was), fact, None) for id, fact in gone.items()
    ]
    return [change for change in changes if change.fields or change.how != "changed"]


def _change(words: Label, old: _Plain | None, new: _Plain | None) -> FactChange:
    fact = new or old
    assert fact is not None, "one of the two is there"
    how = "added" if old is None else "removed" if new is None else "changed"
    fields = _fields(vocabulary.find(fact["kind"]), old or {}, new or {})
    return FactChange(fact["id"], words, how, tuple(fields))


def _fields(kind: Kind, old: _Plain, new: _Plain) -> Iterator[FieldChange]:
    for name in (name for name in kind.attributes if old.get(name) != new.get(name)):
        attribute = kind.attributes[name]
        before, after = (value_words(attribute, one[name]) if name in one else None
                         for one in (old, new))  # fmt: skip
        yield FieldChange(attribute.label, before, after)
    tiers = [Tier.of(one["evidence"]).label if "evidence" in one else None for one in (old, new)]
    if tiers[0] != tiers[1]:
        yield FieldChange(_EVIDENCE, *tiers)


@dataclass(frozen=True, slots=True)
class OnADay:
    """What was answered as of a day of the file; ``to_come`` where the step was not taken yet."""

    day: datetime.date
    steps: tuple[Label, ...]
    to_come: bool
    answer: Answer


@dataclass(frozen=True, slots=True)
class Leaver:
    """A fact that counts on some days of the file and not on others, and why not."""

    fact: str
    words: Label
    counted_on: tuple[datetime.date, ...]
    not_on: tuple[datetime.date, ...]
    why: Label | None


@dataclass(frozen=True, slots=True)
class DayComparison:
    """One question, asked as of each day of the file."""

    question: str
    label: Label
    days: tuple[OnADay, ...]
    leavers: tuple[Leaver, ...]

    @property
    def same(self) -> bool:
        return not self.leavers and len({day.answer.outcome for day in self.days}) == 1


def came_on(application: Application, seats: frozenset[Seat]) -> datetime.date | None:
    """The day on which the file first came to one of these seats; None where it has not yet."""
    _, procedure = declared.of(application)
    for taken in application.steps.all():
        if any(role.seat in seats for role in procedure.turn(taken.target)):
            return taken.day
    return None


def judged_on(application: Application) -> datetime.date | None:
    """
    The day as of which whoever has the file judges the person: that on which it came to them. What
    a question reckons from a day of the file itself is not moved by it.
    """
    _, procedure = declared.of(application)
    waited_for = declared.turn_of(procedure, application.state)
    outside = frozenset({Seat.OFFICE, Seat.PANEL})
    if waited_for is not None and waited_for.seat is Seat.EMPLOYER:
        return came_on(application, frozenset({Seat.EMPLOYER}))
    return came_on(application, outside) or came_on(application, frozenset({Seat.EMPLOYER}))


def days_of(inquiry: Inquiry) -> list[tuple[datetime.date, tuple[Label, ...], bool]]:
    """
    The days that the steps of the procedure write in the file, as far as they are written; those
    to come are taken to be today.
    """
    written: dict[datetime.date, list[Label]] = {}
    to_come: list[Label] = []
    taken = {step.step for step in inquiry.application.steps.all()}
    for step in inquiry.procedure.transitions:
        if not step.dates or step.unprompted:
            continue
        told = inquiry.file.get(step.dates[0])
        if told is not None and step.id in taken:
            written.setdefault(datetime.date.fromisoformat(told), []).append(step.label)
        elif told is None and step.by.seat is not Seat.NOBODY and _ahead(inquiry, step):
            to_come.append(step.label)
    days = [(day, tuple(labels), False) for day, labels in sorted(written.items())]
    if not inquiry.application.final and to_come and inquiry.on not in written:
        days.append((inquiry.on, tuple(dict.fromkeys(to_come)), True))
    return days


def _ahead(inquiry: Inquiry, step: Any) -> bool:
    reached = inquiry.procedure.reached_from(inquiry.application.state)
    return bool(reached & set(step.source))


def eligibility_questions(inquiry: Inquiry) -> list[str]:
    """
    The questions by which the person is judged: what is shown to whoever decides, and guards with
    a goal that a person works towards. Questions about the file alone are left out.
    """
    names: dict[str, None] = {}
    for step in inquiry.procedure.transitions:
        names |= dict.fromkeys(inquiry.shown(step))
        names |= {guard.question: None for guard in step.guards}
    questions = map(inquiry.regulation.question, names)
    return [q.id for q in questions if q.goal is not None or q.id in _shown(inquiry)]


def _shown(inquiry: Inquiry) -> set[str]:
    return {name for step in inquiry.procedure.transitions for name in inquiry.shown(step)}


def over_the_days(application: Application, on: datetime.date) -> list[DayComparison]:
    """
    Each eligibility question as of each day of the file, and the facts that count on one and not
    on another. Empty where the file has fewer than two days.
    """
    here = Inquiry(application, on)
    days = days_of(here)
    if len(days) < 2:
        return []
    inquiries = {day: Inquiry(application, day) for day, _, _ in days}
    found = []
    for name in eligibility_questions(here):
        told = [
            OnADay(day, labels, to_come, answer)
            for day, labels, to_come in days
            if (answer := inquiries[day].ask(name)) is not None
        ]
        label = here.regulation.question(name).label
        found.append(DayComparison(name, label, tuple(told), tuple(_leavers(told, here.dossier))))
    return found


def _leavers(days: list[OnADay], dossier: Dossier) -> Iterator[Leaver]:
    counted = [(one.day, _counted(one.answer)) for one in days]
    for fact in sorted(set[str]().union(*(facts for _, facts in counted))):
        there = tuple(day for day, facts in counted if fact in facts)
        gone = tuple(day for day, facts in counted if fact not in facts)
        if gone:
            without = next(one.answer for one in days if one.day == gone[-1])
            words = fact_called(fact, dossier)
            yield Leaver(fact, words, there, gone, _why_not(without, fact))


def _counted(answer: Answer) -> frozenset[str]:
    return frozenset(fact for reason in answer.walk() for fact in reason.counted)


def _why_not(answer: Answer, fact: str) -> Label | None:
    reasons = (n for reason in answer.walk() for n in reason.not_counted if n.fact == fact)
    return next((n.why for n in reasons), None)


def declared_label(application: Application) -> Label:
    """What the application is called: the procedure, of the regulation."""
    regulation, procedure = declared.of(application)
    return Label(
        f"{regulation.title.zh}：{procedure.label.zh}",
        f"{regulation.title.en}: {procedure.label.en}",
    )
