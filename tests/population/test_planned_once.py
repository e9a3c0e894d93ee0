"""A question that only counts with other numbers is not planned again, and is answered the same."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from busy import ON, asks, busy, columns_of, credit, entry, told
from worked import every_population

from tiaoli.population import kernel
from tiaoli.population.changes import changed, parameters
from tiaoli.population.kernel import certainties
from tiaoli.population.kernel.alike import instead
from tiaoli.population.kernel.certainties import Certainties
from tiaoli.population.plan import Plan, plan
from tiaoli.population.results import table
from tiaoli.population.summary import summary
from tiaoli.population.tables import Columns
from tiaoli.population.terms import Terms
from tiaoli.rules import (
    Rule,
    all_of,
    any_record,
    clause,
    count,
    lookback,
    number_of,
    sum_of,
    years,
)
from tiaoli.rules.expressions import Compare
from tiaoli.rules.question import Question

pytestmark = pytest.mark.usefixtures("cache")


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """The questions that have been planned since the test began, with nothing planned before."""
    made: list[Question] = []

    def counted(question: Question, **more: Any) -> Plan:
        made.append(question)
        return plan(question, **more)

    monkeypatch.setattr(certainties, "plan", counted)
    monkeypatch.setattr(certainties, "_made", OrderedDict())
    return made


def fresh(question: Question, columns: Columns) -> Plan:
    certain: Any = Certainties(columns)
    return plan(question, terms=Terms(certain=certain))


def assert_as_fresh(question: Question, columns: Columns, on: datetime.date = ON) -> None:
    """What is told is what a plan of its own tells: the table, and what is counted in it."""
    made, alone = kernel.prepare(question, columns), fresh(question, columns)
    assert made.question is question
    one = table(made, columns, kernel.run(made, columns, on, threads=1))
    other = table(alone, columns, kernel.run(alone, columns, on, threads=1))
    assert one.equals(other)
    if question.goal is not None and question.about is None:
        assert str(summary(made, one)) == str(summary(alone, other))


# --- Numbers, days and periods of the text ---------------------------------------------------

_MANY_SORTS = {
    ("rt-ladder", "RT4"),
    ("ir-instructor", "points-3"),
    ("radiation-operator", "conversion"),
    ("rrt-ce", "attended-credit"),
    ("nm-program", "7.1.2"),
}
_ASKED = [one for one in every_population() if (one.regulation, one.question) in _MANY_SORTS]


def another(value: str) -> str:
    """A period, a day or a number like ``value`` that is another."""
    if "-" in value:
        return (
            datetime.date.fromisoformat(value).replace(day=1) - datetime.timedelta(days=400)
        ).isoformat()
    if value[-1] in "ymd":
        number = value[: -1 if value[:-1].isdigit() else 1]
        return value.replace(number, "7" if number != "7" else "8", 1)
    return str(Decimal(value) + (1 if Decimal(value) != 2 else -1))


@pytest.mark.parametrize("asked", _ASKED, ids=lambda asked: asked.name)
def test_every_parameter_changed_is_answered_as_if_planned_alone(
    asked: Any, planned: list[Question]
) -> None:
    """What a number shares with another clause is no longer shared: that is planned, once."""
    question, columns = asked.prepared().question, asked.columns()
    kernel.prepare(question, columns)
    found = parameters(question)
    for parameter in found:
        once = another(parameter.value)
        assert_as_fresh(changed(question, {parameter.name: once}), columns, asked.on)
        before = len(planned)
        twice = another(once)
        assert_as_fresh(changed(question, {parameter.name: twice}), columns, asked.on)
        assert len(planned) == before
    assert len(planned) - 1 < len(found)


def test_a_changed_number_changes_the_answer(planned: list[Question]) -> None:
    def question(number: int, period: int) -> Question:
        recent = entry.where(lookback(entry.date, years(period)))
        return asks(count(recent) >= number_of(number))

    columns = columns_of(*(told(f"s{n}", *[credit()] * n) for n in range(6)))
    outcomes = []
    for number, period in ((2, 6), (4, 6), (2, 1)):
        assert_as_fresh(question(number, period), columns)
        made = kernel.prepare(question(number, period), columns)
        outcomes.append(table(made, columns, kernel.run(made, columns, ON))["outcome"].to_pylist())
    assert len(planned) == 1
    assert len({str(one) for one in outcomes}) == 3


def test_what_is_needed_is_told_of_the_question_that_is_asked() -> None:
    columns = columns_of(*(told(f"s{n}", *[credit()] * n) for n in range(4)))
    made = [
        kernel.prepare(asks(clause("X-1", count(entry) >= number_of(n)), goal="band0"), columns)
        for n in (2, 3)
    ]
    tables = [table(one, columns, kernel.run(one, columns, ON)) for one in made]
    found = [summary(*both) for both in zip(made, tables, strict=True)]
    assert [(one.near_misses[0].subjects, one.near_misses[0].most) for one in found] == [
        (2, 2),
        (3, 3),
    ]


# --- Other shapes ----------------------------------------------------------------------------


def shapes() -> dict[str, tuple[Rule, Rule]]:
    two, also_two, some = number_of(2), number_of(2), count(entry.where(entry.mode.is_("5")))
    many = count(entry)
    return {
        "decimals": (many >= number_of(2), many >= number_of(Decimal("2.5"))),
        "another rule": (many >= two, some >= two),
        "another comparison": (Compare(many, ">=", two), Compare(many, ">", two)),
        "one number in two places": (
            all_of(many >= two, some >= two),
            all_of(many >= two, some >= also_two),
        ),
        "two numbers in one place": (
            all_of(many >= two, some >= also_two),
            all_of(many >= two, some >= two),
        ),
        "two numbers that become one": (
            all_of(many >= number_of(3), some >= two),
            all_of(many >= two, some >= two),
        ),
        "an option": (
            any_record(entry.where(entry.mode.is_("5"))),
            any_record(entry.where(entry.mode.is_("6"))),
        ),
    }


@pytest.mark.parametrize("name", shapes())
def test_another_shape_is_planned_anew(name: str, planned: list[Question]) -> None:
    columns = columns_of(*(busy(f"s{n}", n) for n in range(6)))
    one, other = (asks(rule) for rule in shapes()[name])
    assert instead(one, other) is None
    for question in (one, other):
        assert_as_fresh(question, columns)
    assert planned == [one, other]


def test_another_outcome_another_figure_or_another_as_of_is_another_shape() -> None:
    rule = count(entry) >= number_of(2)
    one = asks(rule)
    assert instead(one, asks(rule)) == {}
    for other in (
        replace(one, otherwise="never"),
        replace(one, id="other"),
        replace(one, about="credit_entry"),
        asks(rule, figures={"minutes": sum_of(entry.hours, of=entry)}),
        asks(rule, rule),
    ):
        assert instead(one, other) is None


def test_a_number_that_stands_in_two_clauses_is_changed_in_both_or_planned_anew() -> None:
    two, three = number_of(2), number_of(3)
    many, some = count(entry), count(entry.where(entry.mode.is_("5")))
    one = asks(all_of(many >= two, some >= two))
    both = instead(one, asks(all_of(many >= three, some >= three)))
    assert both is not None
    assert both[two] is three
    assert instead(one, asks(all_of(many >= three, some >= two))) is None
