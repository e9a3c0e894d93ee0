"""Item 7.2: conferences with other departments, who attends them and who speaks."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.academic_conferences import (
    a_year,
    conference,
    each_month,
    months_from,
    multi_department,
)
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    explained,
    in_each_resident_year,
    in_each_year,
    its_last_day,
    its_resident,
    resident,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    Flag,
    Fold,
    Quantifier,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    completed,
    each_one,
    level,
    named,
    no,
    not_stated,
    of_each,
    reading,
    scale,
    unless,
    years,
)

_monthly_joint = each_month(multi_department)
_none_held = no(multi_department.where(conference.date >= months_from))
_each_attends = in_each_resident_year(a_year(multi_department))
_together = of_each(
    cohort,
    in_each_year(a_year(multi_department)),
    fold=Fold.SUM,
    otherwise=not_stated("沒有可評的住院醫師", "no resident to be assessed"),
)
attendance_a_year = reading("ATTEND_SCOPE_72", each_resident=_each_attends, total=_together)
_third_year, _their_third_year = (
    completed(who.start_date, years(2)) for who in (its_resident, resident)
)
_spoke = any_record(
    multi_department.where(
        conference.main_speaker.same_as(its_resident.name),
        between(conference.date, _third_year, its_last_day),
    )
)
_left = resident.completion_date
_seniors = cohort.where(
    _their_third_year <= AS_OF, any_of(_left.is_absent(), _left >= _their_third_year)
)
_somebody_spoke = named(
    "第三年以上住院醫師有人擔任核醫主講",
    "a resident in the third year or later was main speaker",
    each_one(_seniors, _spoke, Quantifier.ANY),
)
_everybody_spoke = named(
    "第三年以上住院醫師每位都報告過",
    "every resident in the third year or later has presented",
    each_one(_seniors, _spoke),
)


def _a_month(number: int) -> Rule:
    return named(
        f"多科聯合討論會每月至少{number}場",
        f"{number} multi-department conferences a month at least",
        _monthly_joint.at_least(number),
    )


def _attends(number: int) -> Rule:
    return named(
        f"住院醫師每年至少參加{number}次",
        f"residents attend at least {number} a year",
        attendance_a_year.at_least(number),
    )


_once_a_month, _twice_a_month = _a_month(1), _a_month(2)
_text_2_72 = all_of(_once_a_month, _attends(5))
_text_3_72 = all_of(_once_a_month, _attends(10))
_level_3_72 = level(
    "NM-7.2.L3",
    any_of(
        all_of(with_residents, _text_3_72),
        clause("NM-7.2.L3.Z", all_of(without_residents, _once_a_month, explained("7.2"))),
    ),
    text=_text_3_72,
)
_twice_and_spoke = all_of(_twice_a_month, clause("NM-7.2.L4.G", _somebody_spoke))
_level_4_72 = level(
    "NM-7.2.L4",
    all_of(with_residents, _level_3_72.rule, _twice_and_spoke),
    text=all_of(_text_3_72, _twice_and_spoke),
)
_thrice_and_all_spoke = all_of(_a_month(3), _everybody_spoke)

item_7_2 = suggests(
    scale(
        "7.2",
        Label("跨科討論", "joint conferences"),
        level("NM-7.2.L1", _none_held),
        level(
            "NM-7.2.L2",
            all_of(with_residents, _text_2_72),
            text=unless(_text_2_72, _text_3_72),
        ),
        _level_3_72,
        _level_4_72,
        level(
            "NM-7.2.L5",
            all_of(_level_4_72.rule, _thrice_and_all_spoke),
            text=all_of(_level_4_72.literal, _thrice_and_all_spoke),
        ),
    ),
    flags=(
        Flag(
            "capped_at_3",
            Label(
                "沒有第三年以上的住院醫師：最高建議3級",
                "nobody in the third year or later: 3 at most",
            ),
            all_of(no(_seniors), _level_3_72.rule, _twice_a_month),
        ),
        context("NM-7.2.H", "有工作中的實作訓練", "practice in the workplace"),
    ),
)
