"""One after another: what a cohort comes to, and what every complete year does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from three_readings import case, check, dossier

from tiaoli.answers.meaning import Range, Truth, amount
from tiaoli.facts.kinds import Unit
from tiaoli.rules import (
    AS_OF,
    PERIOD_END,
    PERIOD_START,
    AmountNode,
    Fold,
    Quantifier,
    amount_table,
    any_record,
    between,
    count,
    date_of,
    each_one,
    each_period,
    first_of_year,
    how_many,
    its,
    known_if,
    months,
    named,
    no,
    not_stated,
    number_of,
    of_each,
    of_each_period,
    records,
    share,
    year_of,
    years,
)

MET, NOT, OPN = True, False, None

resident = records("resident")
attended = records("course_attendance")
own = attended.where(attended.resident.same_as(its(resident).name))
courses = count(own)
none = number_of(0)

ANN = {"kind": "resident", "name": "A", "start_date": "2023-08-01"}
BEN = {"kind": "resident", "name": "B", "start_date": "2024-08-01"}


def course(who: str, day: str = "2025-01-10", **more: Any) -> dict[str, Any]:
    return {"kind": "course_attendance", "resident": who, "date": day, **more}


THREE_AND_ONE = (ANN, BEN, course("A"), course("A"), course("A"), course("B"))


@pytest.mark.parametrize(
    ("fold", "found"),
    [
        (Fold.LEAST, 1),
        (Fold.GREATEST, 3),
        (Fold.SUM, 4),
        (Fold.MEAN, 2),
        (Fold.MEDIAN, 1),
        (Fold.MAJORITY, 1),
    ],
)
def test_the_amounts_of_many_become_one(fold: Fold, found: int) -> None:
    node = of_each(resident, courses, fold=fold, otherwise=none)
    assert amount(node, case(dossier(*THREE_AND_ONE))) == Range(found, found)


def test_a_mean_is_never_rounded_up_to_a_bound() -> None:
    told = dossier(ANN, BEN, {**BEN, "name": "C"}, course("A"), course("A"))
    node = of_each(resident, courses, fold=Fold.MEAN, otherwise=none)
    assert amount(node, case(told)) == Range(Decimal("0.666666"), Decimal("0.666666"))


def test_of_nobody_it_is_what_the_rule_says() -> None:
    node = of_each(resident, courses, fold=Fold.LEAST, otherwise=number_of(7))
    assert amount(node, case(dossier(course("A")))) == Range(7, 7)


def test_a_resident_who_may_be_one_of_them_may_lower_the_least() -> None:
    perhaps = {"kind": "resident", "name": "B"}
    told = dossier(ANN, perhaps, course("A"))
    node = of_each(resident, courses, fold=Fold.LEAST, otherwise=none)
    assert amount(node, case(told)) == Range(0, 1)


def test_a_record_for_which_nothing_is_stated_is_passed_over() -> None:
    stated = amount_table(
        (its(resident).completion_date.is_absent(), courses), otherwise=not_stated("無", "none")
    )
    told = dossier(ANN, {**BEN, "completion_date": "2026-01-31"}, course("A"))
    node = of_each(resident, stated, fold=Fold.LEAST, otherwise=number_of(9))
    assert amount(node, case(told)) == Range(1, 1)


in_the_year = count(own.where(between(attended.date, PERIOD_START, PERIOD_END)))


def yearly(fold: Fold, first: int = 1, last: int | None = None) -> AmountNode:
    each = of_each_period(
        its(resident).start_date,
        AS_OF,
        years(1),
        in_the_year,
        fold=fold,
        otherwise=number_of(99),
        first=first,
        last=last,
    )
    return of_each(resident, each, fold=Fold.LEAST, otherwise=none)


@pytest.mark.parametrize(
    ("on", "least", "latest"),
    [
        ("2024-07-30", 99, 99),  # the first year is not complete before its last day
        ("2024-07-31", 1, 1),
        ("2025-07-30", 1, 1),
        ("2025-07-31", 1, 2),
        ("2026-07-31", 0, 0),
    ],
)
def test_only_complete_years_count(on: str, least: int, latest: int) -> None:
    told = dossier(
        ANN, course("A", "2024-07-31"), course("A", "2024-08-01"), course("A", "2025-07-31")
    )
    met = case(told, on)
    assert amount(yearly(Fold.LEAST), met) == Range(least, least)
    assert amount(yearly(Fold.LAST), met) == Range(latest, latest)


def test_years_are_chosen_by_number() -> None:
    told = dossier(ANN, course("A", "2024-09-01"))
    met = case(told, "2026-08-01")
    assert amount(yearly(Fold.GREATEST, first=1, last=1), met) == Range(0, 0)
    assert amount(yearly(Fold.GREATEST, first=2, last=3), met) == Range(1, 1)


def test_periods_from_the_end_of_a_month_do_not_drift() -> None:
    """The first month from 31 January ends with February, the second on 30 March (art. 121 II)."""
    seen = count(attended.where(between(attended.date, PERIOD_START, PERIOD_END)))
    each = of_each_period(
        date_of(2024, 1, 31), AS_OF, months(1), seen, fold=Fold.SUM, otherwise=none, first=2, last=2
    )
    for day, found in (("2024-02-29", 0), ("2024-03-01", 1), ("2024-03-30", 1), ("2024-03-31", 0)):
        assert amount(each, case(dossier(course("A", day)))) == Range(found, found)


@pytest.mark.parametrize(
    ("quantifier", "one_of_two", "both", "nobody"),
    [
        (Quantifier.ALL, NOT, MET, MET),
        (Quantifier.ANY, MET, MET, NOT),
        (Quantifier.MAJORITY, NOT, MET, NOT),
    ],
)
def test_of_how_many_a_rule_must_hold(
    quantifier: Quantifier, one_of_two: Truth, both: Truth, nobody: Truth
) -> None:
    rule = each_one(resident, any_record(own), quantifier)
    check(rule, dossier(ANN, BEN, course("A")), one_of_two)
    check(rule, dossier(ANN, BEN, course("A"), course("B")), both)
    check(rule, dossier(course("A")), nobody)


def test_what_is_not_known_of_one_leaves_all_of_them_open() -> None:
    on_ethics = any_record(own.where(attended.topic.is_("ethics")))
    told = dossier(ANN, BEN, course("A", topic="ethics"), course("B"))
    check(each_one(resident, on_ethics), told, OPN)
    check(each_one(resident, on_ethics, Quantifier.ANY), told, MET)


def test_every_period_or_any() -> None:
    seen = any_record(attended.where(between(attended.date, PERIOD_START, PERIOD_END)))
    start = date_of(2023, 8, 1)
    told = dossier(course("A", "2024-01-10"))
    check(each_period(start, AS_OF, years(1), seen), told, NOT)
    check(each_period(start, AS_OF, years(1), seen, Quantifier.ANY), told, MET)
    check(each_period(start, AS_OF, years(1), seen, last=1), told, MET)


def test_a_year_without_any_log_is_no_zero() -> None:
    log = known_if(any_record(own), count(own.where(attended.topic.is_("law"))), "紀錄", "a log")
    node = of_each(resident, log, fold=Fold.LEAST, otherwise=none)
    check(node.at_least(0), dossier(ANN), MET)
    check(node.at_least(1), dossier(ANN), OPN)
    check(node.at_least(1), dossier(ANN, course("A", topic="ethics")), NOT)


@pytest.mark.parametrize(
    ("passed", "sat", "found"),
    [(1, 2, 50), (8, 9, Decimal("88.888888")), (9, 10, 90), (0, 3, 0)],
)
def test_a_share_is_in_percent_and_never_rounded_up(passed: int, sat: int, found: Any) -> None:
    exam = records("exam_result")
    rate = share(count(exam.where(exam.passed.is_(True))), count(exam))
    told = dossier(*({"kind": "exam_result", "passed": n < passed} for n in range(sat)))
    assert amount(rate, case(told)) == Range(found, found)
    assert rate.unit is Unit.PERCENT


def test_a_share_of_nothing_is_not_stated() -> None:
    exam = records("exam_result")
    assert amount(share(count(exam), count(exam)), case(dossier())) is None


def test_how_many_rules_are_met() -> None:
    law = attended.where(attended.topic.is_("law"))
    node = how_many(any_record(attended), no(resident), any_record(law))
    assert amount(node, case(dossier(course("A")))) == Range(2, 3)
    check(node.at_least(2), dossier(course("A")), MET)
    check(node.at_least(3), dossier(course("A")), OPN)


def test_a_name_changes_nothing() -> None:
    check(named("有課程", "has a course", any_record(attended)), dossier(course("A")), MET)


def test_years_by_the_calendar() -> None:
    check(year_of(AS_OF).at_least(2026), dossier(), MET, on="2026-01-01")
    check(year_of(AS_OF).at_least(2026), dossier(), NOT, on="2025-12-31")
    check(first_of_year(AS_OF, years_before=1).same_as(date_of(2025, 1, 1)), dossier(), MET)


def test_the_first_row_that_is_met_counts() -> None:
    table = amount_table(
        (any_record(attended), number_of(5)),
        (no(resident), number_of(4)),
        otherwise=number_of(1),
        in_order=True,
    )
    assert amount(table, case(dossier(course("A")))) == Range(5, 5)
    assert amount(table, case(dossier())) == Range(4, 4)
    assert amount(table, case(dossier(ANN))) == Range(1, 1)
