"""The day given for waiting alone is the day that the answer for one subject gives."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from interpreter import run

from tiaoli.answers import ask
from tiaoli.answers.prepared import prepare
from tiaoli.population.plan import EARLIEST, plan
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases
from tiaoli.rules.moments import AskedOn

ASKED = [
    *(("rt-ladder", question) for question in ("RT1", "RT2", "RT3", "RT4")),
    ("ir-instructor", "lifetime-1"),
]


def _waiting(regulation_id: str, question: str) -> Iterator[tuple[WorkedCase, datetime.date]]:
    """The cases for which a day is given. A reading may put the reference date elsewhere."""
    regulation = catalogue.find(regulation_id)
    folder = catalogue.folder_of(regulation_id)
    assert folder is not None
    for case in cases(folder):
        if case.question != question:
            continue
        prepared = prepare(regulation, regulation.question(question), case.readings)
        made = plan(prepared.question, earliest=True)
        if not isinstance(prepared.question.as_of, AskedOn):
            assert EARLIEST not in {column.name for column in made.columns}
            continue
        parts = made.column(EARLIEST).parts
        (row,) = run(made, case.dossier, case.on)
        if row[parts["given"]]:
            yield case, row[parts["value"]]


@pytest.mark.parametrize(("regulation_id", "question"), ASKED)
def test_a_day_that_is_given_is_that_of_the_answer(regulation_id: str, question: str) -> None:
    regulation = catalogue.find(regulation_id)
    for case, day in _waiting(regulation_id, question):
        answer = ask(regulation, question, case.dossier, on=case.on, readings=case.readings)
        assert answer.outcome != regulation.question(question).goal, case.id
        assert day == answer.earliest, case.id


def test_some_wait_for_nothing_but_time() -> None:
    assert sum(1 for of in ASKED for _ in _waiting(*of)) >= 5
