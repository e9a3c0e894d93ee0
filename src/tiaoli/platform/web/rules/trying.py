"""What a rule maker wants to compare, as the form says it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from tiaoli.answers import NotInForce
from tiaoli.facts.kinds import Label
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.portfolio.comparing import Side
from tiaoli.platform.portfolio.comparisons import Asked
from tiaoli.platform.portfolio.concern import goals, kinds_of
from tiaoli.platform.web.standing.own import day_asked
from tiaoli.population.changes import (
    NoSuchParameter,
    Parameter,
    UnreadableValue,
    parameters,
)
from tiaoli.population.evaluation import question_for
from tiaoli.rules import Interpretation, Question, Regulation, keys_of
from tiaoli.rules.reads import kinds_read
from tiaoli.rules.regulation import UnknownName

_NOTHING: Final = Label(
    "請選另一個讀法，或選一個數字並填要改成多少。",
    "Choose another reading, or a number and what to set it to.",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """``other``: the reading to be tried, as ``key=reading``; or ``parameter`` set to ``value``."""

    regulation: Regulation
    question: Question
    day: datetime.date
    typed: str
    wrong_day: Label | None
    readings: Mapping[str, str]
    keys: tuple[Interpretation, ...]
    parameters: tuple[Parameter, ...]
    other: str
    parameter: str
    value: str

    def asked(self) -> Asked:
        """What is to be worked out."""
        key, _, reading = self.other.partition("=")
        tried = {key: reading} if reading else {}
        changes = {self.parameter: self.value} if self.parameter and self.value else {}
        sides = Side(self.readings, {}), Side({**self.readings, **tried}, changes)
        read = kinds_read(self.question)
        return Asked(self.question.id, self.day, sides, kinds_of(self.regulation), read)

    def refused(self) -> Label | None:
        """Why it cannot be worked out, as far as is known before it is tried."""
        if self.wrong_day is not None:
            return self.wrong_day
        if not self.other and not (self.parameter and self.value):
            return _NOTHING
        try:
            for side in self.asked().sides:
                question_for(
                    self.regulation, self.question.id, on=self.day,
                    readings=side.readings, changes=side.changes,
                )  # fmt: skip
        except NotInForce:
            return Label("這一天沒有施行中的條文。", "No text is in force on this day.")
        except (NoSuchParameter, UnreadableValue, UnknownName) as error:
            zh, _, en = str(error).partition(" / ")
            return Label(zh, en or zh)
        return None


def comparable(regulation: Regulation) -> tuple[Question, ...]:
    """The questions over which one can compare."""
    return goals(regulation)


def trial_of(regulation: Regulation, told: QueryDict) -> Trial | None:
    """What the form says; None where the regulation has nothing for people to reach."""
    questions = {question.id: question for question in comparable(regulation)}
    if not questions:
        return None
    question = questions.get(told.get("question", "")) or next(iter(questions.values()))
    typed = told.get("on", "")
    day, wrong = day_asked(typed)
    readings = readings_of(regulation.id, day)
    used = frozenset[str]().union(*(keys_of(node) for node in question.nodes()))
    try:
        asked, _ = question_for(regulation, question.id, on=day, readings=readings)
        found = parameters(asked)
    except NotInForce:
        found = ()
    return Trial(
        regulation,
        question,
        day,
        typed,
        wrong,
        readings,
        tuple(key for name, key in regulation.interpretations.items() if name in used),
        found,
        told.get("reading", ""),
        told.get("parameter", ""),
        told.get("value", "").strip(),
    )
