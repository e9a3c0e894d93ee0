"""Chapter 5.1.1: who may direct the programme, as on the training start date."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.faculty_terms import (
    attended_for,
    director_on,
    hours_done,
    hours_required,
    is_specialist,
    is_teacher,
)
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import T0
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Flag,
    all_of,
    any_of,
    clause,
    completed,
    day_clause,
    follow,
    latest,
    level,
    named,
    reading,
    scale,
    years,
)

_T0 = day_clause("NM-5.1.1.C", T0)
_member = follow(latest(director_on(T0)).faculty)

_specialist = is_specialist(_member, _T0)
_five_years = attended_for(_member, 5, _T0)
_ten_years = attended_for(_member, 10, _T0)
_fifteen_years = attended_for(_member, 15, _T0)
_no_more_than_five = ~all_of(
    _member.full_time.is_(True), completed(_member.attending_since, years(5)) < _T0
)
"""The words of level 1: the day on which the fifth year is complete is among them."""

_teaches = _member.teaching_experience.is_(True)
_teacher = is_teacher(_member, _T0)
_hours = clause(
    "NM-5.1.1.L1.N",
    named(
        "完成院方所要求的師培時數",
        "completed the faculty-development hours that the hospital requires",
        all_of(hours_required(_member), hours_done(_member)),
    ),
)
_junior_rank = _member.moe_rank.is_in("lecturer", "assistant_professor")
_senior_rank = _member.moe_rank.is_in("associate_professor", "professor")

_level_3 = level("NM-5.1.1.L3", all_of(_specialist, _five_years, _teaches, _teacher, _hours))
_under_five_is_level_1 = reading("L511_UNDER5", level_1=SATISFIED, level_2=NEVER)

item_5_1_1 = suggests(
    scale(
        "5.1.1",
        Label("主持人資格", "the director's qualification"),
        level(
            "NM-5.1.1.L1",
            all_of(_specialist, ~_five_years, ~_hours),
            text=all_of(_specialist, _no_more_than_five, ~_hours),
        ),
        level("NM-5.1.1.L2", all_of(_specialist, _five_years, _teaches, ~_hours)),
        _level_3,
        level("NM-5.1.1.L4", all_of(_level_3.rule, any_of(_junior_rank, _ten_years))),
        level(
            "NM-5.1.1.L5",
            all_of(
                _level_3.rule,
                any_of(_senior_rank, all_of(_fifteen_years, _junior_rank, _teaches)),
            ),
        ),
    ),
    worse=any_of(~_specialist, all_of(~_five_years, _under_five_is_level_1)),
    flags=(
        Flag(
            "prerequisite",
            Label(
                "主持人在訓練開始日不具核子醫學科專科醫師資格，請一併檢視必要條件",
                "the director is no specialist in nuclear medicine when training starts: "
                "see the prerequisites too",
            ),
            ~_specialist,
        ),
        context(
            "NM-5.1.1.H",
            "臨床教育與行政經驗足夠、具領導才能",
            "enough experience in teaching and administration, and leadership",
        ),
    ),
)
