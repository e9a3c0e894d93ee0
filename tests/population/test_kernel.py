"""The kernel finds what the slow engine and an answer find, for any population, day and number."""

from __future__ import annotations

import datetime
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from busy import COUNTS, OF_ALL_SORTS, ON, asks, busy, columns_of, credit, entry, several, told
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from interpreter import assert_same
from strategies.amounts import ledgers
from strategies.dossiers import KINDS, dossiers
from strategies.plain import asking_days
from strategies.rules import readings, rules
from told_back import named
from worked import HEAVY, Asked, every_population

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Range, amount, holds, value
from tiaoli.answers.prepared import prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import NONE, Unit
from tiaoli.population import kernel, lowering
from tiaoli.population.kernel import heaps, operations
from tiaoli.population.kernel.folding import FOLDED
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import Column, Plan, cited_clauses, plan
from tiaoli.population.results import table
from tiaoli.population.schedule import schedule
from tiaoli.population.tables import Columns, FactsError
from tiaoli.population.terms import Agg, Rows, Sort, Terms
from tiaoli.regulations import catalogue
from tiaoli.rules import (
    AS_OF,
    Rule,
    any_record,
    completed,
    latest,
    points,
    resolve,
    sum_of,
    times,
    years,
)
from tiaoli.rules.amounts import AmountNode

pytestmark = pytest.mark.usefixtures("cache")


# --- As the slow engine --------------------------------------------------------------------


_ASKED = list(every_population())
_SLOW = {"nm-program": 1}
"""Of so many the slow engine can be waited for; an answer is compared of all."""


@pytest.mark.parametrize("asked", _ASKED, ids=lambda asked: asked.name)
def test_worked_cases_together_are_what_the_slow_engine_finds(asked: Asked) -> None:
    made = plan(asked.prepared().question)
    dossiers = asked.dossiers[: None if HEAVY else _SLOW.get(asked.regulation, 40)]
    found = kernel.run(made, columns_of(*dossiers), asked.on, threads=1)
    assert_same(made, found, dossiers, asked.on)


@pytest.mark.parametrize("asked", _ASKED, ids=lambda asked: asked.name)
def test_worked_cases_together_are_answered_one_by_one(asked: Asked) -> None:
    prepared, columns = asked.prepared(), asked.columns()
    made = kernel.prepare(prepared.question, columns)
    rows = table(made, columns, kernel.run(made, columns, asked.on)).to_pylist()
    at = 0
    for dossier in asked.dossiers:
        about: list[str | None] = [None]
        if made.asked is not None:
            about = sorted(fact.id for fact in dossier.of(made.asked.kind))
        for record in about:
            row, at = rows[at], at + 1
            case = prepared.case(dossier, asked.on, record)
            assert (row["subject"], row.get("about")) == (dossier.subject.id, record)
            assert row["outcome"] == prepared.outcome(case)
            if not case.undated:
                _assert_told(made, row, case)
    assert at == len(rows)


def _assert_told(made: Plan, row: dict[str, Any], case: Any) -> None:
    figures = {figure.name: figure.value for figure in made.question.figures}
    for name, node in {**dict(cited_clauses(made.question)), **figures}.items():
        column = made.column(name)
        match column.sort:
            case "truth":
                assert row[name] == holds(node, case), name
            case "amount":
                found = amount(node, case)
                expected = (None, None) if found is None else (found.low, found.high)
                assert (row[f"{name}__low"], row[f"{name}__high"]) == expected, name
            case _:
                expected = value(node, case)
                assert row[name] == (None if expected is NONE else expected), name


@given(
    st.builds(resolve, rules(), readings),
    st.lists(dossiers, min_size=6, max_size=6),
    asking_days,
    st.sampled_from([None, *KINDS]),
)
@settings(max_examples=1000 if HEAVY else 15, suppress_health_check=list(HealthCheck))
def test_a_generated_rule_is_what_the_slow_engine_finds(
    rule: Rule, some: list[Dossier], on: datetime.date, about: str | None
) -> None:
    try:
        made = plan(asks(rule, about=about))
    except NoColumns:
        assume(False)
    people = tuple(named(dossier, f"s{n}") for n, dossier in enumerate(some))
    assume(len({dossier.subject.kind for dossier in people}) == 1)
    try:
        columns = columns_of(*people)
    except FactsError:
        assume(False)
    assert_same(made, kernel.run(made, columns, on, threads=1), people, on)


@given(
    st.builds(resolve, ledgers(), readings), st.lists(dossiers, min_size=8, max_size=8), asking_days
)
@settings(max_examples=1000 if HEAVY else 10, suppress_health_check=list(HealthCheck))
def test_a_generated_ledger_is_what_the_slow_engine_finds(
    node: AmountNode, some: list[Dossier], on: datetime.date
) -> None:
    made = plan(asks(figures={"total": node}))
    people = tuple(named(dossier, f"s{n}") for n, dossier in enumerate(some))
    try:
        columns = columns_of(*people)
    except FactsError:
        assume(False)
    assert_same(made, kernel.run(made, columns, on, threads=1), people, on)


# --- What is known --------------------------------------------------------------------------


def test_every_operation_that_rules_come_to_is_known() -> None:
    """Also those that no regulation comes to as yet."""
    files = Path(lowering.__file__).parent.glob("*.py")
    texts = [Path(sys.modules[Terms.__module__].__file__ or "").read_text(encoding="utf-8")]
    texts += [file.read_text(encoding="utf-8") for file in files]
    made = {op for text in texts for op in re.findall(r'\bmake\(\s*"(\w+)"', text)}
    made |= set(re.findall(r'_joined\("(\w+)"|_number\("(\w+)"', "".join(texts))[0])
    compared = {"eq", "lt", "le", "and", "or", "add", "sub", "min", "max"}
    assert (made | compared) - {""} - operations.known_operations() == set()
    assert {*FOLDED, *heaps.KEPT} == set(Agg)


@pytest.mark.skipif(not HEAVY, reason="plans every question; make test-heavy")
def test_every_question_of_every_regulation_has_a_program() -> None:
    for regulation_id in catalogue.ids():
        regulation = catalogue.find(regulation_id)
        for question in regulation.questions:
            try:
                made = plan(prepare(regulation, question, {}).question)
            except NoColumns:
                continue
            kernel.program_of(made)


def _of_terms(of_day: Any) -> Plan:
    """The greatest, over the entries of a subject, of a number that is made of their day."""
    terms, binder = Terms(), Rows("credit_entry")
    day = terms.at(terms.row(binder), ("credit_entry", "date", "value"), Sort.DAY)
    taken = terms.boolean(True)
    number = terms.fold_rows(Agg.GREATEST, binder, taken, of_day(terms, day))
    columns = (Column("number", "number", {"value": number}),)
    made = plan(asks(any_record(entry)))
    return replace(made, columns=columns, program=schedule((number,)))


def test_an_unknown_operation_is_refused_before_anything_runs() -> None:
    made = _of_terms(lambda terms, day: terms.make("cubed", Sort.INT, (day,)))
    with pytest.raises(kernel.NoKernel, match=r"cubed\(day\)"):
        kernel.program_of(made)


def test_the_year_of_a_day_is_that_of_the_calendar() -> None:
    first = datetime.date(1900, 1, 1).toordinal()
    days = [datetime.date.fromordinal(first + 31 * n) for n in range(2600)]
    days += [datetime.date(y, m, d) for y in range(1900, 2105) for m, d in ((1, 1), (12, 31))]
    days += [datetime.date(2000, 2, 29), datetime.date(1900, 2, 28), datetime.date(2199, 12, 31)]
    made = _of_terms(lambda terms, day: terms.make("year_of", Sort.INT, (day,)))
    people = [told(f"s{n:05}", credit(day=day.isoformat())) for n, day in enumerate(days)]
    found = kernel.run(made, columns_of(*people), ON)
    assert found[made.outputs[0]].tolist() == [day.year for day in days]


# --- What a heap is for ---------------------------------------------------------------------


def test_a_subject_with_ten_thousand_records_is_worked_out_as_one_with_few() -> None:
    people = (busy("few", 7), busy("many", 10_000), told("none"), busy("some", 300))
    made = plan(OF_ALL_SORTS)
    assert_same(made, kernel.run(made, columns_of(*people), ON), people, ON)


def test_what_is_not_known_gives_bounds() -> None:
    unknown = [
        [credit(points="unknown", mode="5", source_id="A"), credit(points="2", mode="5")],
        [credit(points="4", mode="unknown"), credit(points="9", mode="5", semester="1")],
        [credit(points="4", source_id="unknown"), credit(points="3", source_id="A")],
        [credit(points="4", session_id="unknown", day="unknown"), credit(points="3")],
        [credit(points="3", role="unknown", source_id="A")] * 2,
    ]
    people = tuple(told(f"s{n}", *facts) for n, facts in enumerate(unknown))
    open_lists = tuple(
        told(f"t{n}", *facts, incomplete=("credit_entry",)) for n, facts in enumerate(unknown)
    )
    made = plan(OF_ALL_SORTS)
    found = kernel.run(made, columns_of(*people, *open_lists), ON)
    assert_same(made, found, (*people, *open_lists), ON)


def test_more_than_nothing_may_be_in_a_list_that_is_not_complete() -> None:
    somebody = told("s", incomplete=("credit_entry",))
    question = asks(figures={"ledger": COUNTS["ledger"]})
    columns = columns_of(somebody)
    made = kernel.prepare(question, columns)
    (row,) = table(made, columns, kernel.run(made, columns, ON)).to_pylist()
    assert amount(COUNTS["ledger"], Case(somebody, ON, ON)) == Range(0, None)
    assert (row["ledger__low"], row["ledger__high"]) == (0, None)


def test_products_of_decimals_are_exact_beyond_64_bits() -> None:
    worth = "99999999999.999999"
    each = sum_of(times(points("1.000001"), entry.points, per=Unit.POINT), entry)
    reached = asks(each > points("100000099999.999998"))
    people = (told("s", credit(points=worth)),)
    made = plan(reached)
    assert_same(made, kernel.run(made, columns_of(*people), ON), people, ON)


def test_a_number_too_great_to_be_exact_is_told_with_the_subject() -> None:
    worth = "99999999999.999999"
    each = sum_of(times(points("1000000.5"), entry.points, per=Unit.POINT), entry)
    made = plan(asks(figures={"f": each}))
    people = columns_of(told("fine", credit(points="1")), told("much", credit(points=worth)))
    with pytest.raises(kernel.KernelTrouble, match="too great to be exact") as caught:
        kernel.run(made, people, ON)
    assert caught.value.subject == "much"


def test_a_day_that_cannot_be_counted_is_told_with_the_subject() -> None:
    due = completed(latest(entry).date, years(8000))
    made = plan(asks(due <= AS_OF))
    people = columns_of(told("fine", credit(day="1960-01-01")), told("late", credit()))
    with pytest.raises(
        kernel.KernelTrouble, match=r"no day can be counted from 2024-05-01"
    ) as caught:
        kernel.run(made, people, ON)
    assert caught.value.subject == "late"


# --- Populations ----------------------------------------------------------------------------


def test_nobody_is_answered_with_nothing() -> None:
    columns = columns_of()
    made = kernel.prepare(OF_ALL_SORTS, columns)
    found = table(made, columns, kernel.run(made, columns, ON))
    assert found.num_rows == 0
    assert found.column_names[:2] == ["subject", "outcome"]


def test_a_kind_without_a_table_has_no_records() -> None:
    people = (told("a"), told("b"))
    made = plan(OF_ALL_SORTS)
    assert_same(made, kernel.run(made, columns_of(*people), ON), people, ON)


@pytest.fixture(scope="module")
def many() -> Columns:
    return columns_of(*several(2500))


@pytest.mark.parametrize("about", [None, "credit_entry"])
def test_parts_and_threads_make_no_difference(many: Columns, about: str | None) -> None:
    made = plan(replace(OF_ALL_SORTS, about=about))
    whole = kernel.run(made, many, ON, threads=1)
    done: list[tuple[int, int]] = []
    threaded = kernel.run(made, many, ON, threads=2, tell=lambda *so_far: done.append(so_far))
    assert done[-1] == (2500, 2500)
    assert sorted(done) == done
    parts = [many.part(0, 1), many.part(1, 1700), many.part(1700, 2500)]
    found = [kernel.run(made, part, ON, threads=2) for part in parts]
    for term in made.outputs:
        joined = np.concatenate([part[term] for part in found])
        assert whole[term].tolist() == threaded[term].tolist() == joined.tolist()
    if about is not None:
        rows = np.concatenate([part.rows for part in found])
        assert whole.rows.tolist() == rows.tolist()
        assert many.owners(about)[whole.rows].tolist() == whole.subjects.tolist()


def test_what_is_certain_of_a_population_falls_away() -> None:
    question = asks(any_record(entry.where(entry.mode.is_("5"))))
    certain, not_so = columns_of(told("a", credit(mode="5"))), columns_of(told("a", credit()))
    assert ("credit_entry", "mode", "known") in kernel.certain_of(certain, question)
    assert ("credit_entry", "mode", "known") not in kernel.certain_of(not_so, question)
    lines = [
        len(kernel.program_of(kernel.prepare(question, columns)).source.splitlines())
        for columns in (certain, not_so)
    ]
    assert lines[0] < lines[1]
    assert kernel.prepare(question, certain) is kernel.prepare(question, certain.part(0, 1))
