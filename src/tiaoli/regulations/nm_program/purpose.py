"""Chapter 2: what the programme aims at, and how it is run."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.outcomes_of_training import (
    has_takers,
    milestones_established,
    pass_rate,
)
from tiaoli.regulations.nm_program.suggestion import context, found_to_be, suggests
from tiaoli.regulations.nm_program.terms import review_start, the_programme
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    Amount,
    Flag,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    count,
    each_period,
    judged,
    level,
    named,
    no,
    reading,
    records,
    scale,
    years,
)

_SURVEYORS = ("訪視委員", "surveyors")

# 2.1: purpose and objectives

EXAM_YEARS = 4

event = records("serious_event")
_clearly = judged(
    "NM-2.1.L3",
    "計畫書與訪談顯示確以六大核心能力為宗旨",
    "plan and interviews show the six core competencies as the aim",
    who=_SURVEYORS,
)
_barely = named(
    "尚能以六大核心能力為宗旨", "the aim is barely met", found_to_be("barely", "NM-2.1.L3")
)
_unhandled = any_record(event.where(event.handled.is_("unhandled")))
_ineffective = any_record(event.where(event.handled.is_("ineffective")))
_no_open_event = named(
    "沒有違背宗旨的嚴重事件，或都已有效處理",
    "no serious event against the purpose, or all handled effectively",
    all_of(~_unhandled, ~_ineffective),
)

_new = named("新申請醫院", "newly applying", the_programme.new_applicant.is_(True))
_somebody_sat = has_takers(EXAM_YEARS)
_rate = pass_rate(EXAM_YEARS)
_nobody_sat = named("近4年無人應考", "nobody sat the exam in four years", ~_somebody_sat)
_capped = reading("EXAM_NO_TAKERS", cap_3_flag=_nobody_sat, not_assessable=NEVER)
_exempt_above_3 = reading("NEW_APPLICANT_CAP_21", level_3=NEVER, none=_new)


def _passes(percent: int) -> Rule:
    return _rate.at_least(Amount(percent, Unit.PERCENT))


def _passes_above_3(percent: int) -> Rule:
    """Where nobody sat, nothing was shown."""
    return any_of(_exempt_above_3, all_of(_somebody_sat, _passes(percent)))


_milestones = clause("NM-2.1.H2", milestones_established)
_aims = all_of(_clearly, _no_open_event)
_not_the_aim = any_of(
    named(
        "計畫書與訪談顯示未能以六大核心能力為宗旨",
        "plan and interviews do not show the aim",
        all_of(~_clearly, ~_barely),
    ),
    named("有嚴重事件未處理", "a serious event is unhandled", _unhandled),
)
_barely_the_aim = any_of(
    _barely, named("有嚴重事件處理無效", "a serious event was handled without effect", _ineffective)
)
_feedback = judged(
    "NM-2.1.L4",
    "具適當的評估及回饋機制，且執行良好",
    "evaluation and feedback are appropriate and well run",
    who=_SURVEYORS,
)

_words_of_3 = all_of(_aims, any_of(_new, _passes(50)), _milestones)
_words_of_4 = all_of(_words_of_3, _feedback, _passes(70))
_level_3 = all_of(_aims, any_of(_new, _capped, _passes(50)), _milestones)
_level_4 = all_of(_level_3, _feedback, _passes_above_3(70))
_level_5 = all_of(_level_4, _passes_above_3(90))

item_2_1 = suggests(
    scale(
        "2.1",
        Label("訓練宗旨與目標", "purpose and objectives"),
        level("NM-2.1.L1", _not_the_aim),
        level("NM-2.1.L2", all_of(_barely_the_aim, ~_not_the_aim), text=_barely_the_aim),
        level("NM-2.1.L3", _level_3, text=_words_of_3),
        level("NM-2.1.L4", _level_4, text=_words_of_4),
        level("NM-2.1.L5", _level_5, text=all_of(_words_of_4, _passes(90))),
        given=~all_of(_clearly, _barely),
    ),
    flags=(
        Flag(
            "no_exam_takers",
            Label(
                "近4年無人應考：至多建議3級", "nobody sat the exam in four years: at most level 3"
            ),
            all_of(~_new, _capped),
        ),
        context("NM-2.1.H1", "六大核心能力都有訓練落實", "all six competencies are trained"),
        context(
            "NM-2.1.C",
            "檢查執行、報告、跨科會議、研究與考試成效都有評估",
            "studies, reports, joint meetings, research and exam results are evaluated",
        ),
    ),
)

# 2.2: how the programme is run

meeting = records("conference")
_reviews = meeting.where(meeting.type.is_("review"))
_lately = _reviews.where(between(meeting.date, review_start, AS_OF))
_held = named("舉行過檢討會", "review meetings are held", any_record(_lately))
_twice_a_year = each_period(
    review_start,
    AS_OF,
    years(1),
    count(_reviews.where(between(meeting.date, PERIOD_START, PERIOD_END))).at_least(2),
)
_regular = named(
    "檢討會規則舉行",
    "review meetings are regular",
    reading(
        "REGULAR_MEETING_RULE",
        twice_a_year=_twice_a_year,
        surveyor=judged(
            "NM-2.2.L3", "檢討會規則舉行", "review meetings are regular", who=_SURVEYORS
        ),
    ),
)
_minuted = named(
    "每次檢討會都有紀錄",
    "every review meeting is minuted",
    no(_lately.where(meeting.minutes.is_(False))),
)
_regular_and_minuted = all_of(_held, _regular, _minuted)
_clear_roles = judged(
    "NM-2.2.H",
    "教師與行政人員及其職掌清楚呈現",
    "the duties of teachers and staff are clear",
    who=_SURVEYORS,
)
_tracked = judged(
    "NM-2.2.C",
    "每一檢討期都有成效指標的數值",
    "an outcome indicator has a value in every review period",
    who=_SURVEYORS,
)
_short_of_3 = all_of(
    _clear_roles,
    any_of(
        named(
            "檢討會不規則或沒有紀錄",
            "review meetings are irregular or not minuted",
            ~_regular_and_minuted,
        ),
        named("沒有追蹤成效指標", "no indicator is tracked", ~_tracked),
    ),
)
_not_run = any_of(
    named("職掌未清楚呈現", "duties are not clear", ~_clear_roles),
    named("沒有舉行檢討會", "no review meeting is held", ~_held),
)
_run_well = all_of(_clear_roles, _regular_and_minuted, _tracked)
_reviewed = judged(
    "NM-2.2.L4", "具適當的檢討機制", "the review mechanism is appropriate", who=_SURVEYORS
)
_corrected = judged(
    "NM-2.2.L5",
    "導入矯正預防措施，且執行良好",
    "corrective and preventive action is well executed",
    who=_SURVEYORS,
)

item_2_2 = suggests(
    scale(
        "2.2",
        Label("訓練計畫執行架構", "how the programme is run"),
        level("NM-2.2.L1", _not_run),
        level("NM-2.2.L2", all_of(_held, _short_of_3), text=_short_of_3),
        level("NM-2.2.L3", _run_well),
        level("NM-2.2.L4", all_of(_run_well, _reviewed)),
        level("NM-2.2.L5", all_of(_run_well, _reviewed, _corrected)),
    ),
)

QUESTIONS = (item_2_1, item_2_2)
