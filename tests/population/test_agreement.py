"""
Over invented populations every engine gives the same table, and that is what the answer for one
subject says: outcome, every clause, every figure, unknowns and other readings included.

``make test-heavy`` asks every question of 100,000 subjects (of programmes, 300) under the default
readings, and of a thousand others (30) under each other reading by itself. ``TIAOLI_SUBJECTS``
makes that fewer, or more.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tiaoli.answers.meaning import amount, holds, value
from tiaoli.answers.prepared import Prepared, prepare, question_keys
from tiaoli.facts.kinds import NONE
from tiaoli.facts.writing import write_dossier
from tiaoli.population import Columns, evaluate
from tiaoli.population.invented import people
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import cited_clauses
from tiaoli.regulations import catalogue
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseRule

HEAVY = bool(os.environ.get("TIAOLI_HEAVY"))
ON = datetime.date(2026, 6, 30)
SUBJECTS = int(os.environ.get("TIAOLI_SUBJECTS", "100000")) if HEAVY else 80
PROGRAMMES = min(300, SUBJECTS) if HEAVY else 3
FURTHER, FURTHER_PROGRAMMES = 1_000, 30
"""For each other reading by itself, where the tests are heavy."""
ONE_BY_ONE = 40 if HEAVY else 8
"""So many of them are also answered one by one."""

LONG = {"pass", "prerequisites", "stage-two", "total", "6.4", "6.5", "7.1.2", "7.3", "9.1", "7.2"}
"""Questions of nm-program that take long to put into SQL; asked with the heavy tests."""

AGAIN = {"-2", "-4", "-5", "-6"}
"""Domains of ir-instructor that are asked in the words of the first and the third."""


@cache
def population(regulation_id: str, *, further: bool = False) -> Columns:
    """Whom all are asked about; ``further``: those for one reading at a time."""
    programmes = regulation_id == "nm-program"
    if further:
        number = FURTHER_PROGRAMMES if programmes else FURTHER
        return Columns(people(regulation_id, number, 12, ON))
    return Columns(people(regulation_id, PROGRAMMES if programmes else SUBJECTS, 11, ON))


def _questions() -> Iterator[tuple[str, str]]:
    for regulation_id in catalogue.ids():
        for question in catalogue.find(regulation_id).questions.values():
            too_long = regulation_id == "nm-program" and question.id in LONG and not HEAVY
            again = regulation_id == "ir-instructor" and question.id[-2:] in AGAIN and not HEAVY
            if not question.summary and not too_long and not again:
                yield regulation_id, question.id


def _readings(regulation_id: str, question: str) -> Iterator[dict[str, str]]:
    """The default readings, and all others of each key together; heavy: every one by itself."""
    regulation = catalogue.find(regulation_id)
    defaults, keys = regulation.default_readings(), question_keys(regulation.question(question))
    others = {
        key: [n for n in regulation.interpretations[key].option_names if n != defaults[key]]
        for key in keys
    }
    yield {}
    if HEAVY:
        yield from ({key: name} for key, names in others.items() for name in names)
    elif any(others.values()):
        yield {key: names[0] for key, names in others.items() if names}


@pytest.mark.parametrize(("regulation_id", "question"), list(_questions()))
def test_every_engine_says_what_the_answer_says(regulation_id: str, question: str) -> None:
    regulation = catalogue.find(regulation_id)
    for readings in _readings(regulation_id, question):
        columns = population(regulation_id, further=HEAVY and bool(readings))
        try:
            kernel = evaluate(regulation, question, columns, on=ON, readings=readings)
        except NoColumns:
            return  # it is asked of one subject at a time, with the reason that is declared
        sql = evaluate(regulation, question, columns, on=ON, readings=readings, engine="duckdb")
        assert _first_difference(kernel.table, sql.table, columns) is None, readings
        prepared = prepare(regulation, regulation.question(question), readings)
        _answered_one_by_one(prepared, kernel.table, columns)


def _first_difference(one: Any, other: Any, columns: Columns) -> str | None:
    """The first row in which two tables differ, with the dossier; None where they are the same."""
    assert one.column_names == other.column_names
    for name in one.column_names:
        mine, theirs = (_plain(table[name]) for table in (one, other))
        theirs = theirs.cast(mine.type)
        same = pc.or_(
            pc.fill_null(pc.equal(mine, theirs), False),
            pc.and_(pc.is_null(mine), pc.is_null(theirs)),
        )
        differ = np.flatnonzero(~same.to_numpy(zero_copy_only=False))
        if len(differ):
            row = int(differ[0])
            told = write_dossier(columns.facts.dossier(one["subject"][row].as_py()))
            return f"{name}: {mine[row]} and {theirs[row]} in {len(differ)} rows, first {told}"
    return None


def _plain(column: Any) -> Any:
    column = column.combine_chunks()
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _answered_one_by_one(prepared: Prepared, table: Any, columns: Columns) -> None:
    step = max(1, table.num_rows // ONE_BY_ONE)
    for row in range(0, table.num_rows, step):
        told = {name: table[name][row].as_py() for name in table.column_names}
        dossier = columns.facts.dossier(told["subject"])
        case = prepared.case(dossier, ON, told.get("about"))
        about = f"{told['subject']} {told.get('about')} {dict(prepared.readings)}"
        assert told["outcome"] == prepared.reference_outcome(case), about
        if case.undated:
            continue
        for name, node in cited_clauses(prepared.question):
            if isinstance(node, ClauseRule):
                assert told[name] is holds(node, case), f"{name} {about}"
        for figure in prepared.question.figures:
            assert _told(told, figure.name, figure.value) == _answer(figure.value, case), about


def _told(told: dict[str, Any], name: str, node: Any) -> Any:
    if isinstance(node, AmountNode):
        return told[f"{name}__low"], told[f"{name}__high"]
    return told[name]


def _answer(node: Any, case: Any) -> Any:
    if isinstance(node, AmountNode):
        found = amount(node, case)
        return (None, None) if found is None else (found.low, found.high)
    found = value(node, case)
    return None if found is NONE else found
