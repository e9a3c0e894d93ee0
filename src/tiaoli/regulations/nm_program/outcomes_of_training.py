"""
What training leads to: who passes the board examination, and the milestones that ability is
measured by. Chapters 2 and 9 ask for both.
"""

from __future__ import annotations

from functools import cache

from tiaoli.facts.kinds import Attribute, Unit
from tiaoli.regulations.nm_program.terms import T0
from tiaoli.rules import (
    AS_OF,
    PERIOD_START,
    AmountNode,
    Fold,
    Records,
    Rule,
    Value,
    all_of,
    any_record,
    called,
    count,
    days_after,
    first_of_year,
    named,
    not_stated,
    of_each_period,
    reading,
    records,
    share,
    year_of,
    years,
)

exam = records("exam_result")
_passed = exam.passed.is_(True)

# The years looked at: complete calendar years, the last of which ends on or before the day

_day_after = reading("EXAM_WINDOW_END", last_complete_exam_year=AS_OF, t0=T0)
_next_year = days_after(_day_after, 1)
_last_day = days_after(first_of_year(_next_year), -1)


@cache
def _first_day(years_back: int) -> Value:
    return first_of_year(_next_year, years_before=years_back)


@cache
def _sat(years_back: int) -> Records:
    return exam.where(exam.year >= year_of(_first_day(years_back)), exam.year <= year_of(_last_day))


@cache
def has_takers(years_back: int) -> Rule:
    """Somebody sat the examination in the last ``years_back`` complete years."""
    zh, en = f"近{years_back}年有人應考", f"somebody sat the exam in {years_back} years"
    return named(zh, en, any_record(_sat(years_back)))


def _rate(sat: Records, zh: str, en: str) -> AmountNode:
    people = share(
        count(sat.where(_passed), distinct="candidate"), count(sat, distinct="candidate")
    )
    return reading(
        "EXAM_UNIT",
        sitting=called(zh, en, share(count(sat.where(_passed)), count(sat))),
        person=called(f"{zh}（以人計）", f"{en} by person", people),
    )


@cache
def pass_rate(years_back: int) -> AmountNode:
    """In percent, over the last ``years_back`` complete years; not stated where nobody sat."""
    nobody = not_stated("無人應考，沒有及格率", "nobody sat: there is no pass rate", Unit.PERCENT)
    that_year = year_of(PERIOD_START)
    of_the_year = exam.where(exam.year >= that_year, exam.year <= that_year)
    of_that_year = _rate(of_the_year, "專科考試及格率", "pass rate")
    first, last = _first_day(years_back), _last_day
    yearly = of_each_period(first, last, years(1), of_that_year, fold=Fold.MEAN, otherwise=nobody)
    zh, en = f"近{years_back}年專科考試及格率", f"pass rate of {years_back} years"
    return reading("EXAM_RATE_METHOD", pooled=_rate(_sat(years_back), zh, en), mean_of_years=yearly)


# Milestones

milestone = records("milestone_framework")
_adopted = milestone.where(milestone.adopted_date <= AS_OF)
_competency: Attribute = milestone.competency.attribute


def _has_sub_competencies(competency: str) -> Rule:
    label = _competency.option_label(competency)
    broken_down = _adopted.where(
        milestone.competency.is_(competency), milestone.sub_competencies.is_given()
    )
    return named(
        f"{label.zh}的次核心能力", f"sub-competencies of {label.en}", any_record(broken_down)
    )


milestones_established: Rule = named(
    "已建立里程碑制度",
    "milestones are established",
    reading(
        "MILESTONE_ESTABLISHED_TEST",
        framework_with_subcompetencies=all_of(
            *(_has_sub_competencies(name) for name in _competency.option_names)
        ),
        adopted_only=any_record(_adopted),
    ),
)
"""Adopted, and every one of the six competencies broken down."""
