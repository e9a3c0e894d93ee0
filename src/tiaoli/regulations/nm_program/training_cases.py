"""
6.4: how many cases, month by month in the first year, by nine categories in the three that follow.

Years are those of each resident, from the first day of training. A running year is not counted; a
complete year without a single entry is not known, and never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    its_last_day,
    its_resident,
    na_item,
    of_each_resident,
    resident,
)
from tiaoli.regulations.nm_program.training_ria import ria_in, therapy_completed
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    Amount,
    AmountNode,
    Flag,
    Fold,
    Quantifier,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    each_one,
    each_period,
    earlier_of,
    how_many,
    judged,
    known_if,
    last_day_of,
    level,
    months,
    named,
    not_stated,
    number_of,
    of_each_period,
    or_else,
    reading,
    records,
    scale,
    sum_of,
    sum_once,
    times,
    total,
    years,
)

entry = records("passport_entry")
roster = records("duty_roster")

THRESHOLDS = {
    "musculoskeletal": 600,
    "circulatory": 300,
    "pet": 300,
    "inflammation_tumour": 100,
    "renal_urinary": 50,
    "endocrine": 100,
    "nervous": 30,
    "digestive": 20,
    "respiratory": 20,
}


def _cases(number: int | Decimal) -> Amount:
    return Amount(number, Unit.CASE)


# Who has come how far

_until = earlier_of(or_else(resident.completion_date, AS_OF), AS_OF)


def _after_year(number: int) -> Records:
    """Those in the cohort who have completed so many years."""
    return cohort.where(last_day_of(resident.start_date, years(number)) <= _until)


past_first_year = _after_year(1)
past_second_year = _after_year(2)
past_fourth_year = _after_year(4)
_in_first_year = cohort.where(last_day_of(resident.start_date, years(1)) > _until)

# What the resident whose turn it is has logged

_READ = ("case", "image_reading")
_log = entry.where(
    entry.resident.same_as(its_resident.name),
    any_of(entry.type.is_in(*_READ), *(entry.also.includes(kind) for kind in _READ)),
)
_in_period = _log.where(between(entry.date, PERIOD_START, PERIOD_END))
_of_first_year = _log.where(
    between(entry.date, its_resident.start_date, last_day_of(its_resident.start_date, years(1)))
)


def _once_logged(log: Records, cases: AmountNode) -> AmountNode:
    """A complete year without any entry is not known until somebody says that it was zero."""
    known = clause("NM-6.4.N", any_record(log))
    return reading(
        "MISSING_YEAR_POLICY",
        unknown_blocks=known_if(known, cases, "病例登錄", "case entries"),
        zero=cases,
    )


# The first year: so many cases every month

_read_in_month = called("判讀例數", "cases read", sum_of(entry.case_count, _in_period))
_on_leave = sum_once(
    roster.leave_taken,
    roster.where(
        roster.resident.same_as(its_resident.name),
        between(roster.start_date, PERIOD_START, PERIOD_END),
    ),
    by="start_date",
)
_excused = times(_cases(Decimal("0.67")), _on_leave)
"""Twenty cases in thirty days; for whole cases the same as two for every three days of leave."""


def _in_months(cases: AmountNode, fold: Fold) -> AmountNode:
    none = not_stated("第一年還沒有滿月", "no complete month of the first year yet", Unit.CASE)
    return of_each_period(
        its_resident.start_date, its_last_day, months(1), cases,
        fold=fold, otherwise=none, first=1, last=12,
    )  # fmt: skip


def _a_month(cases: AmountNode) -> AmountNode:
    return reading(
        "R1_MONTHLY_TEST",
        every_month=_in_months(cases, Fold.LEAST),
        average=_in_months(cases, Fold.MEAN),
    )


_prorated = _a_month(total(_read_in_month, _excused))
_as_logged = _a_month(_read_in_month)
_monthly = reading("LEAVE_MONTH_RULE", prorate_flag=_prorated, none=_as_logged)
first_year_cases = of_each_resident(
    _once_logged(_of_first_year, _monthly),
    among=past_first_year,
    otherwise=not_stated("沒有人已滿第一年", "nobody has completed a first year", Unit.CASE),
)
_first_year_met = first_year_cases.at_least(_cases(20))

# The three years that follow: how many categories are reached


def _of_category(name: str) -> Records:
    return _in_period.where(
        reading(
            "CASE_DOUBLE_COUNT",
            one_primary_category=entry.category.is_(name),
            multi=any_of(entry.category.is_(name), entry.also_categories.includes(name)),
        )
    )


_IN_PERIOD = {name: sum_of(entry.case_count, _of_category(name)) for name in THRESHOLDS}
_ONCE_LOGGED = {name: _once_logged(_in_period, cases) for name, cases in _IN_PERIOD.items()}


def _reached(name: str, cases: AmountNode) -> Rule:
    least, label = THRESHOLDS[name], entry.category.attribute.option_label(name)
    enough = cases.at_least(_cases(least))
    return named(f"{label.zh} {least} 例", f"{label.en}, {least} cases", enough)


def _in_years(each: AmountNode, fold: Fold) -> AmountNode:
    none = not_stated("第二至四年沒有完整的年度", "no complete year after the first", each.unit)
    return of_each_period(
        its_resident.start_date, its_last_day, years(1), each,
        fold=fold, otherwise=none, first=2, last=4,
    )  # fmt: skip


def _over_years(fold: Fold) -> AmountNode:
    """The categories that the years together reach."""
    return _of_the_nine(
        _reached(name, _in_years(cases, fold)) for name, cases in _ONCE_LOGGED.items()
    )


def _of_the_nine(reached: Iterable[Rule]) -> AmountNode:
    zh, en = "九類病例中例數足夠的類數", "categories with enough cases, of nine"
    return called(zh, en, how_many(*reached))


_each_year = _of_the_nine(_reached(name, cases) for name, cases in _IN_PERIOD.items())
_the_same_each_year = _of_the_nine(
    each_period(
        its_resident.start_date, its_last_day, years(1), _reached(name, cases),
        first=2, last=4,
    )
    for name, cases in _ONCE_LOGGED.items()
)  # fmt: skip
_three_years = _over_years(Fold.SUM)
_nobody_so_far = reading(
    "L64_NO_COMPLETE_YEAR",
    no_suggestion=not_stated(
        "沒有人已滿第二年，第二至四年的例數無從評起",
        "nobody has completed a second year, so that years two to four cannot be assessed",
    ),
    cap_3=number_of(5),
)
categories = of_each_resident(
    reading(
        "CASE_Y2Y4_BASIS",
        per_year=reading(
            "CASE_CATEGORY_SAME_EACH_YEAR",
            no=_in_years(_once_logged(_in_period, _each_year), Fold.LEAST),
            yes=_the_same_each_year,
        ),
        annual_average=_over_years(Fold.MEAN),
        three_year_total=_three_years,
    ),
    among=past_second_year,
    otherwise=_nobody_so_far,
)
"""m: of the nine, what everybody reaches in every complete year."""

_nine_together = of_each_resident(
    _three_years,
    among=past_fourth_year,
    otherwise=not_stated("沒有人已滿第四年", "nobody has completed a fourth year"),
).at_least(9)

# Radionuclide therapy and radioimmunoassay

_one_of_two = every_resident(any_of(therapy_completed, ria_in(30_000)), among=past_second_year)
_both = every_resident(all_of(therapy_completed, ria_in(200_000)), among=past_second_year)
_in_a_large_one = every_resident(ria_in(300_000), among=past_second_year)
_minimum_met = judged(
    "NM-6.4.L3",
    "達衛福部公告之課程基準的病例數基本要求",
    "the case numbers reach the minimum of the Ministry's curriculum",
    who=("訪視委員", "surveyors"),
)

# The levels

_three_at_most = reading(
    "ONLY_N_MEANS_AT_MOST",
    yes=categories.at_most(3),
    no=all_of(categories.at_least(3), categories.at_most(3)),
)
_exactly_three = all_of(categories.at_least(3), categories.at_most(3))
_too_few = any_of(first_year_cases < _cases(20), clause("NM-6.4.CAT", _three_at_most))
_four_only = all_of(_first_year_met, categories.at_least(4), categories.at_most(4))
_some_left = any_of(_four_only, ~_one_of_two)
_above_level_1 = named("沒有等級1的情形", "nothing that level 1 describes", ~_too_few)
_somebody_past_second_year = named(
    "有人已滿第二年", "somebody has completed a second year", any_record(past_second_year)
)
_somebody_past_fourth_year = named(
    "有人已滿第四年", "somebody has completed a fourth year", any_record(past_fourth_year)
)
_level_3 = level(
    "NM-6.4.L3",
    clause(
        "NM-6.4.L3.G",
        all_of(
            _first_year_met, clause("NM-6.4.CAT", categories.at_least(5)), _one_of_two, _minimum_met
        ),
    ),
)
_level_4 = level("NM-6.4.L4", all_of(_somebody_past_second_year, _both, _level_3.rule))


_leave_made_good = Flag(
    "leave_prorated",
    Label(
        "第一年有月份因核准請假折算後才達20例",
        "a month of the first year reaches 20 cases only by the leave that was taken in it",
    ),
    reading(
        "LEAVE_MONTH_RULE",
        prorate_flag=each_one(
            past_first_year,
            all_of(~_as_logged.at_least(_cases(20)), _prorated.at_least(_cases(20))),
            Quantifier.ANY,
        ),
        none=NEVER,
    ),
)
_so_far = _monthly.at_least(_cases(20))
_on_course = Flag(
    "first_year_on_course",
    Label(
        "推估（不計入）：仍在第一年的住院醫師，滿月的月份都有20例",
        "projected, not counted: whoever is in the first year has 20 cases in each full month",
    ),
    all_of(any_record(_in_first_year), each_one(_in_first_year, _so_far)),
)
_behind = Flag(
    "first_year_behind",
    Label(
        "推估（不計入）：仍在第一年的住院醫師，已有月份不足20例",
        "projected, not counted: somebody in the first year has a month below 20 cases",
    ),
    each_one(_in_first_year, ~_so_far, Quantifier.ANY),
)

item_6_4 = suggests(
    scale(
        "6.4",
        Label("病例數", "case numbers"),
        level("NM-6.4.L1", _too_few, text=any_of(first_year_cases < _cases(20), _exactly_three)),
        level("NM-6.4.L2", all_of(_some_left, _above_level_1), text=_some_left),
        _level_3,
        _level_4,
        level(
            "NM-6.4.L5",
            all_of(_somebody_past_fourth_year, _in_a_large_one, _level_4.rule, _nine_together),
        ),
    ),
    not_assessed=na_item,
    flags=(_leave_made_good, _on_course, _behind),
)
