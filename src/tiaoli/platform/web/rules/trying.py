"""What a rule maker wants to compare, as the form says it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from tiaoli.answers import NotInForce
from tiaoli.facts.kinds import Label
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.portfolio.concern import goals
from tiaoli.platform.web.rules.comparing import Compared, Side, compared
from tiaoli.platform.web.standing.own import day_asked
from tiaoli.population.changes import (
    NoSuchParameter,
    Parameter,
    UnreadableValue,
    parameters,
)
from tiaoli.population.evaluation import question_for
from tiaoli.population.kernel import KernelTrouble
from tiaoli.population.lowering import NoColumns
from tiaoli.population.tables import FactsError
from tiaoli.rules import Interpretation, Question, Regulation, keys_of
from tiaoli.rules.regulation import UnknownName

_REFUSALS = (NoSuchParameter, UnreadableValue, NoColumns, UnknownName, KernelTrouble, FactsError)


@dataclass(frozen=True, slots=True)
class Trial:
    """
    ``other``: the reading to be tried, as ``key=reading``; or ``parameter`` set to ``value``.
    ``asked``: whether there is something to compare.
    """

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

    @property
    def asked(self) -> bool:
        return bool(self.other or (self.parameter and self.value)) and self.wrong_day is None

    @property
    def key(self) -> str:
        """The key of the reading that is tried, if one is."""
        return self.other.partition("=")[0]

    @property
    def reading(self) -> str:
        return self.other.partition("=")[2]

    @property
    def sides(self) -> tuple[Side, Side]:
        tried = {self.key: self.reading} if self.reading else {}
        readings = {**self.readings, **tried}
        changes = {self.parameter: self.value} if self.parameter and self.value else {}
        return Side(self.readings, {}), Side(readings, changes)

    def run(self) -> tuple[Compared | None, Label | None]:
        """The comparison, or why it cannot be made."""
        if not self.asked:
            return None, None
        try:
            return compared(self.regulation, self.question.id, self.day, self.sides), None
        except NotInForce:
            return None, Label("這一天沒有施行中的條文。", "No text is in force on this day.")
        except _REFUSALS as error:
            zh, _, en = str(error).partition(" / ")
            return None, Label(zh, en or zh)


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
