"""9.3: how the programme itself is evaluated: surveys, talks, milestones and examinations."""

from __future__ import annotations

from dataclasses import replace

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.outcomes_of_training import (
    has_takers,
    milestones_established,
    pass_rate,
)
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    four_years_or_since,
    na_item,
    review_start,
    the_programme,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Amount,
    Figure,
    Flag,
    Rule,
    Value,
    all_of,
    amount_clause,
    any_of,
    any_record,
    between,
    clause,
    each_period,
    level,
    named,
    reading,
    records,
    scale,
    years,
)

survey = records("survey")
meeting = records("conference")

# Held at all, and every year


def _surveyed(first: Value, last: Value) -> Rule:
    """Residents and faculty, at once or each."""
    then = survey.where(between(survey.date, first, last))
    return any_of(
        any_record(then.where(survey.by.is_("both"))),
        all_of(
            any_record(then.where(survey.by.is_("residents"))),
            any_record(then.where(survey.by.is_("faculty"))),
        ),
    )


def _talked(first: Value, last: Value) -> Rule:
    talks = meeting.where(meeting.type.is_("review"), meeting.minutes.is_(True))
    return any_record(talks.where(between(meeting.date, first, last)))


def _every_year(rule: Rule) -> Rule:
    return each_period(review_start, AS_OF, years(1), rule)


_survey_held = _surveyed(four_years_or_since, AS_OF)
_talks_held = _talked(four_years_or_since, AS_OF)
survey_held = named("辦過師生滿意度調查", "residents and faculty were surveyed", _survey_held)
survey_yearly = named(
    "每年辦師生滿意度調查",
    "residents and faculty were surveyed every year",
    all_of(_survey_held, _every_year(_surveyed(PERIOD_START, PERIOD_END))),
)
talks_held = named("辦過檢討座談並有紀錄", "review talks were held, on record", _talks_held)
talks_yearly = named(
    "每年辦檢討座談並有紀錄",
    "review talks were held every year, on record",
    all_of(_talks_held, _every_year(_talked(PERIOD_START, PERIOD_END))),
)
_milestones = clause("NM-9.3.H3", milestones_established)

# The rate of five years, and what the passport attains


def _percent(number: int) -> Amount:
    return Amount(number, Unit.PERCENT)


_pass_rate = pass_rate(5)
_rate = amount_clause("NM-9.3.H2", _pass_rate)
_passport = the_programme.passport_attainment
sat = has_takers(5)
_nobody_sat = reading("EXAM_NO_TAKERS", cap_3_flag=~sat, not_assessable=NEVER)


def _where_somebody_sat(rule: Rule) -> Rule:
    """Without a rate not met; not known where the rate is asked for all the same."""
    return reading("EXAM_NO_TAKERS", cap_3_flag=all_of(sat, rule), not_assessable=rule)


def _passes(number: int) -> Rule:
    return _where_somebody_sat(_rate >= _percent(number))


_under_25 = _where_somebody_sat(_rate < _percent(25))


def _attains(number: int) -> Rule:
    return named(
        f"護照課程達成率至少{number}%",
        f"at least {number}% of the passport's courses attained",
        _passport >= _percent(number),
    )


def _informed(number: int) -> Rule:
    return reading("PASSPORT_RATE_93", informational=SATISFIED, co_requirement=_attains(number))


def _narrative(number: int) -> Rule:
    return clause("NM-9.3.C", all_of(_passes(number), _attains(number)))


_ninety = reading(
    "L935_COMPARATOR",
    ge=_passes(90),
    eq=_where_somebody_sat(all_of(_rate >= _percent(90), _rate <= _percent(90))),
)
_table_3, _table_4, _table_5 = _passes(50), _passes(70), _ninety
_narrative_3, _narrative_4, _narrative_5 = _narrative(60), _narrative(80), _narrative(100)


def _threshold(by_table: Rule, by_narrative: Rule, step: int) -> Rule:
    return reading(
        "EXAM_THRESHOLDS_93",
        level_table=all_of(by_table, _informed(step)),
        narrative=by_narrative,
    )


# The levels

_level_1 = any_of(~survey_held, ~talks_held, _under_25)
_not_yearly = all_of(survey_held, talks_held, ~all_of(survey_yearly, talks_yearly))
_from_25_to_50 = all_of(_passes(25), ~_table_3)
_in_place = all_of(survey_yearly, talks_yearly, _milestones)

_literal_3 = all_of(_in_place, _table_3)
_table_and_narrative_differ = any_of(
    all_of(_table_3, ~_narrative_3),
    all_of(_table_4, ~_narrative_4),
    all_of(_table_5, ~_narrative_5),
)

_item = suggests(
    scale(
        "9.3",
        Label("訓練計畫評估", "evaluation of the programme"),
        level("NM-9.3.L1", _level_1),
        level(
            "NM-9.3.L2",
            all_of(~_level_1, any_of(_not_yearly, _from_25_to_50)),
            text=any_of(_not_yearly, _from_25_to_50),
        ),
        level(
            "NM-9.3.L3",
            all_of(_in_place, any_of(_threshold(_table_3, _narrative_3, 60), _nobody_sat)),
            text=_literal_3,
        ),
        level(
            "NM-9.3.L4",
            all_of(_in_place, _threshold(_table_4, _narrative_4, 80)),
            text=all_of(_literal_3, _table_4),
        ),
        level(
            "NM-9.3.L5",
            all_of(_in_place, _threshold(_table_5, _narrative_5, 100)),
            text=all_of(_literal_3, _table_5),
        ),
    ),
    not_assessed=na_item,
    flags=(
        Flag(
            "narrative_differs",
            Label(
                "等級表（50/70/90%）與敘述（60/80/100%）得出不同等級",
                "the level table (50/70/90%) and the narrative (60/80/100%) give other levels",
            ),
            all_of(~na_item, _in_place, _table_and_narrative_differ),
        ),
        Flag(
            "no_exam_takers",
            Label(
                "五年內無人應考，及格率無從計算",
                "nobody sat the examination within five years; there is no pass rate",
            ),
            all_of(~na_item, ~sat),
        ),
        context(
            "NM-9.3.H1",
            "定期且有系統地評估訓練計畫",
            "the programme is evaluated regularly and systematically",
        ),
    ),
)
item_9_3 = replace(
    _item,
    figures=(
        Figure(
            "pass_rate",
            Label("五年專科考試及格率", "pass rate of five years"),
            _pass_rate,
        ),
        Figure(
            "passport_attainment",
            Label("護照課程達成率", "passport courses attained"),
            _passport,
        ),
    ),
)
