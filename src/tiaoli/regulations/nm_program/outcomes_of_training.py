"""What training leads to: the milestones, and the examinations of those who completed it."""

from __future__ import annotations

from tiaoli.rules import (
    AS_OF,
    AmountNode,
    Rule,
    any_record,
    count,
    how_many,
    look_back,
    records,
    share,
    year_of,
    years,
)

framework = records("milestone_framework")
exam = records("exam_result")

COMPETENCIES = (
    "patient_care",
    "medical_knowledge",
    "practice_based_learning",
    "communication",
    "professionalism",
    "systems_based_practice",
)


def _has_sub_competencies(competency: str) -> Rule:
    own = framework.where(framework.competency.is_(competency))
    return any_record(own.where(framework.sub_competencies.is_given()))


milestones_established: Rule = how_many(*map(_has_sub_competencies, COMPETENCIES)).at_least(6)


def pass_rate(years_back: int) -> AmountNode:
    """Of the sittings in the last complete examination years, in percent."""
    sat = _sat(years_back)
    return share(count(sat.where(exam.passed.is_(True))), count(sat))


def has_takers(years_back: int) -> Rule:
    return any_record(_sat(years_back))


def _sat(years_back: int):  # type: ignore[no-untyped-def]
    first = year_of(look_back(AS_OF, years(years_back)))
    return exam.where(exam.year >= first, exam.year < year_of(AS_OF))
