"""
What a regulation answers about an application on a day: outcomes with reasons, days, lengths.

An ``Inquiry`` reads the dossier once and asks each question once; a page makes one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, Literal

from tiaoli.answers import Answer, Detail, NotInForce, Quantity, ask
from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label, Unit
from tiaoli.facts.periods import Period, deadline
from tiaoli.facts.reading import read_dossier
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import (
    FILE,
    file_fact,
    left_records,
    plain_of,
    with_documents,
)
from tiaoli.platform.applications.models import Application
from tiaoli.platform.fees.quoting import Quote, quote
from tiaoli.platform.people.seats import readings_of
from tiaoli.rules import FigureOf, Guard, Transition
from tiaoli.rules.question import NOT_STATED

_NAMED: Final = re.compile(r"\{(\w+)\}")
_LENGTHS: Final = {Unit.DAY: "days", Unit.MONTH: "months", Unit.YEAR: "years"}


def names_in(name: str, values: Mapping[str, Any]) -> list[str]:
    """The questions that a name with ``{attribute}`` stands for; none where it is not filled in."""
    found = _NAMED.search(name)
    if found is None:
        return [name]
    value = values.get(found[1])
    chosen = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return [name.replace(found[0], str(one)) for one in chosen]


@dataclass(frozen=True, slots=True)
class Term:
    """
    A day, or a length of time, by which or until when something is to be.

    ``how``      ``given``, ``not_stated`` in the text, ``not_known`` yet, or ``none``: not running
    ``day``      the day itself; for a length, the day it comes to when counted from ``since``
    ``clauses``  those that say so
    """

    question: str
    label: Label
    how: Literal["given", "not_stated", "not_known", "none"]
    day: datetime.date | None = None
    length: Quantity | None = None
    since: datetime.date | None = None
    clauses: tuple[str, ...] = ()
    answer: Answer | None = None


def period_of(length: Quantity) -> Period | None:
    """A length of time by the calendar; None where it is not a whole number of its unit."""
    unit = _LENGTHS.get(length.unit)
    if unit is None or length.at_least != length.at_most or int(length.at_least) != length.at_least:
        return None
    return Period(**{unit: int(length.at_least)})


class Inquiry:
    """
    An application on a day.

    ``file`` stands in for what is written in it, to ask what would be. Raises DossierError where
    what is on file cannot be read.
    """

    def __init__(
        self, application: Application, on: datetime.date, file: Mapping[str, Any] | None = None
    ) -> None:
        self.application, self.on = application, on
        self.regulation, self.procedure = declared.of(application)
        self.file = dict(with_documents(application) if file is None else file)
        self.readings = readings_of(application.regulation, on)
        left = left_records(application)
        self._plain = plain_of(application, self.file, left)
        self.dossier: Dossier = read_dossier(self._plain)
        self._left: dict[str, str] = {r.kind: r.fact for r in left}
        self._answers: dict[tuple[str, str | None], Answer | None] = {}

    def but(self, **written: Any) -> Inquiry:
        """The same with something else written in the file: what would be answered then."""
        other = copy(self)
        other.file = self.file | written
        fact = file_fact(self.application, other.file)
        facts = [fact if one["id"] == FILE else one for one in self._plain["facts"]]
        other._plain = {**self._plain, "facts": facts}
        other.dossier, other._answers = read_dossier(other._plain), {}
        return other

    @property
    def values(self) -> dict[str, Any]:
        """What is written in the file, with what the procedure writes from the beginning."""
        written = self.procedure.file
        return (dict(written.says) if written else {}) | self.file

    def about(self, question: str) -> str | None:
        """The record that a question is about: the file, or the last of a kind that was left."""
        kind = self.regulation.question(question).about
        if kind is None:
            return None
        if self.procedure.file is not None and kind == self.procedure.file.kind:
            return FILE
        return self._left.get(kind)

    def ask(self, question: str, about: str | None = None) -> Answer | None:
        """The answer with its reasons; None where no text is in force on the day."""
        about = about or self.about(question)
        key = (question, about)
        if key not in self._answers:
            self._answers[key] = self._asked(question, about)
        return self._answers[key]

    def _asked(self, question: str, about: str | None) -> Answer | None:
        try:
            return ask(
                self.regulation,
                question,
                self.dossier,
                on=self.on,
                readings=self.readings,
                about=about,
                detail=Detail.REASONS,
            )
        except NotInForce:
            return None

    def guard(self, step: Transition, guard: Guard) -> Answer | None:
        """
        A guard is asked before the step. Where the step itself begins the file (writes the day on
        which it happens), it is asked of the file as begun: before that there is no such record.
        """
        return self._begun(step).ask(guard.question)

    def _begun(self, step: Transition) -> Inquiry:
        written = self.procedure.file
        begins = vocabulary.find(written.kind).happens if written else None
        if begins is None or begins not in step.dates or begins in self.file:
            return self
        return self.but(**{begins: self.on.isoformat()})

    def shown(self, step: Transition) -> Iterator[str]:
        """The questions that are put before whoever takes a step."""
        for name in step.shows:
            yield from names_in(name, self.values)

    def term(
        self,
        figure: FigureOf | None,
        given: Mapping[str, Any],
        since: datetime.date | None,
        *,
        about: str | None = None,
    ) -> Term | None:
        """
        What ``figure`` gives; a length is counted from ``since``, whose own day does not count.

        None where there is no such figure, or nothing to fill its name with.
        """
        names = [] if figure is None else names_in(figure.question, given)
        if figure is None or not names:
            return None
        answer = self.ask(names[0], about)
        asked = next(
            f for f in self.regulation.question(names[0]).figures if figure.figure in (None, f.name)
        )
        if answer is None:
            return Term(names[0], asked.label, "not_known")
        clauses = tuple(answer.decided_by)
        match answer.value.get(asked.name):
            case datetime.date() as day:
                return Term(names[0], asked.label, "given", day, clauses=clauses, answer=answer)
            case Quantity() as length:
                period = period_of(length)
                until = deadline(since, period) if since is not None and period else None
                return Term(
                    names[0], asked.label, "given", until, length, since, clauses, answer
                )  # fmt: skip
        return Term(names[0], asked.label, self._why_none(answer), clauses=clauses, answer=answer)

    def _why_none(self, answer: Answer) -> Literal["not_stated", "not_known", "none"]:
        if answer.outcome == NOT_STATED:
            return "not_stated"
        undecided = self.regulation.question(answer.question).undecided
        return "not_known" if answer.outcome == undecided else "none"

    def quote(self, fee: FigureOf | None, given: Mapping[str, Any]) -> Quote | None:
        """What the regulation charges, by the figure in which it says so."""
        if fee is None:
            return None
        filled = {name: str(value) for name, value in given.items() if isinstance(value, str)}
        names = names_in(fee.question, given)
        return quote(
            self.regulation,
            fee,
            self.dossier,
            about=self.about(names[0]) if names else None,
            on=self.on,
            readings=self.readings,
            given=filled,
        )
