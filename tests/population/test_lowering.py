"""What a rule comes to as columns is what an answer says: every truth, every range, every day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from interpreter import run
from strategies.amounts import ledgers
from strategies.dossiers import KINDS, dossiers
from strategies.plain import asking_days
from strategies.rules import readings, rules
from test_readings_agree import ABSTRACT, NODES

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Conflict, Range, amount, holds, value
from tiaoli.answers.prepared import Prepared, prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import NONE, Label
from tiaoli.population.lowering import NoColumns, lowered_nodes
from tiaoli.population.lowering.left_out import LEFT_OUT
from tiaoli.population.plan import Column, Plan, cited_clauses, plan
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases
from tiaoli.rules import Node, Rule, resolve
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import Value
from tiaoli.rules.question import Band, Figure, Question

EXAMPLES = settings().max_examples
NOT_RULES = {"Cap", "Once", "Records", "Union"}  # parts of others


def test_every_node_is_read_as_columns_or_says_why_not() -> None:
    written = {node.__name__ for node in lowered_nodes()} | {node.__name__ for node in LEFT_OUT}
    assert sorted(set(NODES) - set(ABSTRACT) - NOT_RULES - written) == []
    assert not lowered_nodes() & LEFT_OUT.keys()


# --- Generated rules ----------------------------------------------------------------------


def _question(rule: Rule, about: str | None = None) -> Question:
    label = Label("問題", "question")
    return Question("q", label, label, (Band("yes", rule),), otherwise="no", about=about)


@given(st.builds(resolve, rules(), readings), dossiers, asking_days)
@settings(max_examples=EXAMPLES * 6)
def test_a_rule_as_columns_is_the_rule(rule: Rule, dossier: Dossier, on: datetime.date) -> None:
    made = _planned_or_left_out(_question(rule))
    expected = _without_conflict(rule, Case(dossier, on, on))
    (found,) = run(made, dossier, on)
    outcome = made.words[found[made.columns[0].parts["outcome"]]]
    assert outcome == {True: "yes", False: "no", None: "unknown"}[expected]


@given(st.builds(resolve, rules(), readings), dossiers, asking_days, st.sampled_from(KINDS))
@settings(max_examples=EXAMPLES * 2)
def test_a_rule_about_a_record_is_asked_of_each(
    rule: Rule, dossier: Dossier, on: datetime.date, kind: str
) -> None:
    made = _planned_or_left_out(_question(rule, about=kind))
    asked = sorted(fact.id for fact in dossier.of(kind))
    expected = [_without_conflict(rule, Case(dossier, on, on, about)) for about in asked]
    found = run(made, dossier, on)
    words = [made.words[row[made.columns[0].parts["outcome"]]] for row in found]
    assert words == [{True: "yes", False: "no", None: "unknown"}[truth] for truth in expected]


@given(st.builds(resolve, ledgers(), readings), dossiers, asking_days)
@settings(max_examples=EXAMPLES * 3)
def test_a_ledger_as_columns_is_the_ledger(
    node: AmountNode, dossier: Dossier, on: datetime.date
) -> None:
    label = Label("合計", "total")
    made = plan(Question("q", label, label, figures=(Figure("total", label, node),)))
    (row,) = run(made, dossier, on)
    _is_as_answered(made.column("total"), node, Case(dossier, on, on), row)


def _planned_or_left_out(question: Question) -> Plan:
    try:
        return plan(question)
    except NoColumns:
        nodes = {type(node) for band in question.bands for node in band.rule.walk()}
        assert nodes & LEFT_OUT.keys()
        assume(False)
        raise


def _without_conflict(rule: Rule, case: Case) -> bool | None:
    try:
        return holds(rule, case)
    except Conflict:
        assume(False)
        raise


# --- Every question of every regulation ---------------------------------------------------


_AT_LEAST = {"nm-program": 1}
"""So many cases of each question; the other engines are held to all of them."""


def _every_case() -> Iterator[Any]:
    for regulation_id in catalogue.ids():
        folder = catalogue.folder_of(regulation_id)
        asked: dict[str, int] = {}
        for case in cases(folder) if folder else ():
            number = asked[case.question] = asked.get(case.question, 0) + 1
            if number <= _AT_LEAST.get(regulation_id, 6) or number % 30 == 0:
                yield pytest.param(regulation_id, case, id=f"{regulation_id}:{case.id}")


@cache
def _planned(prepared: Prepared) -> Plan | None:
    try:
        return plan(prepared.question)
    except NoColumns:
        return None


@pytest.mark.parametrize(("regulation_id", "worked"), list(_every_case()))
def test_a_question_as_columns_is_its_answer(regulation_id: str, worked: WorkedCase) -> None:
    regulation = catalogue.find(regulation_id)
    question = regulation.question(worked.question)
    edition = regulation.edition_on(worked.on)
    if question.summary or edition is None or not edition.in_hand:
        return  # asked of the questions that it brings together; nothing is decided by the text
    prepared = prepare(regulation, question, worked.readings)
    made = _planned(prepared)
    if made is None:
        return
    found = run(made, worked.dossier, worked.on)
    asked: list[str | None] = [None]
    if question.about is not None:
        asked = sorted(fact.id for fact in worked.dossier.of(question.about))
    assert len(found) == len(asked)
    for about, row in zip(asked, found, strict=True):
        _agrees(made, prepared, prepared.case(worked.dossier, worked.on, about), row)


def _agrees(made: Plan, prepared: Prepared, case: Case, row: dict[Any, Any]) -> None:
    outcome = made.words[row[made.columns[0].parts["outcome"]]]
    assert outcome == prepared.reference_outcome(case)
    if case.undated:
        return
    columns = {column.name: column for column in made.columns}
    for name, node in cited_clauses(made.question):
        _is_as_answered(columns[name], node, case, row)
    for figure in prepared.question.figures:
        _is_as_answered(columns[figure.name], figure.value, case, row)


def _is_as_answered(column: Column, node: Node, case: Case, row: dict[Any, Any]) -> None:
    parts = {name: row[term] for name, term in column.parts.items()}
    if isinstance(node, ClauseRule):
        truth = True if parts["met"] else None if parts["possible"] else False
        assert truth is holds(node, case), column.name
    elif isinstance(node, AmountNode):
        scales = {name: 10**term.scale for name, term in column.parts.items()}
        assert _range(parts, scales) == amount(node, case), column.name
    else:
        assert isinstance(node, Value)
        found = NONE if parts["known"] and not parts["given"] else parts["value"]
        scale = 10 ** column.parts["value"].scale
        known = found / scale if scale > 1 and found is not NONE else found
        assert (known if parts["known"] else None) == value(node, case), column.name


def _range(parts: dict[str, Any], scales: dict[str, int]) -> Range | None:
    if not parts["stated"]:
        return None
    low = Fraction(parts["low"], scales["low"])
    high = Fraction(parts["high"], scales["high"]) if parts["limited"] else None
    return Range(low, high)
