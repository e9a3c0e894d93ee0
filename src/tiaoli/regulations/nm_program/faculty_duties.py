"""Chapter 5.1.2: what the director does: assessment and progress (1), counselling (2)."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.faculty_terms import director_on, passport
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    explained,
    in_each_resident_year,
    its_resident,
    resident,
    residents_now,
    the_programme,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Flag,
    Quantifier,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    completed,
    count,
    days,
    deadline,
    each_one,
    every,
    how_many,
    its,
    judged,
    latest,
    level,
    lookback,
    months,
    named,
    no,
    presumed,
    reading,
    records,
    related,
    scale,
)

_SURVEYORS = ("訪視委員", "surveyors")
_director = latest(director_on(AS_OF))

# 5.1.2.1: passport, form and schedule; whether they are carried out; how progress is followed

assessment = records("scheduled_assessment")
review = records("progress_review")
entry = records("passport_entry")

_form: Rule = the_programme.assessment_form.is_(True)
_schedule: Rule = the_programme.assessment_schedule.is_(True)

_due = assessment.where(related(cohort, (assessment.resident, resident.name)))
_in_time = any_of(
    assessment.due_date.is_absent(),
    assessment.held_date <= deadline(assessment.due_date, days(30)),
)
_was_held = all_of(assessment.held_date <= AS_OF, _in_time)
_held = _due.where(_was_held)
_missed = _due.where(~_was_held)
_late = _held.where(assessment.held_date > assessment.due_date)
_nothing_due = all_of(
    _schedule,
    no(_due),
    judged(
        "NM-5.1.2.1.L3",
        "沒有應辦考核的紀錄時，時程是否確實執行",
        "whether the schedule is carried out, where no assessment due is on file",
        who=_SURVEYORS,
    ),
)
_executed = named(
    "應辦的考核都已辦理",
    "every assessment due was held",
    all_of(no(_missed), any_of(any_record(_held), _nothing_due)),
)
_recorded = named(
    "辦理的考核都有紀錄",
    "every assessment held is on record",
    every(_held, assessment.recorded.is_(True)),
)

_own_review = review.where(review.resident.same_as(its_resident.name))
_signed_review = _own_review.where(review.director_signed.is_(True))
_found_enough = judged(
    "NM-5.1.2.1.L4",
    "主持人未簽章的進度紀錄是否足以顯示監控學習進度",
    "whether progress is followed, where the director has not signed the records",
    who=_SURVEYORS,
)
_monitored = named(
    "監控每位住院醫師的學習進度",
    "every resident's progress is followed",
    every_resident(
        any_of(any_record(_signed_review), all_of(any_record(_own_review), _found_enough))
    ),
)
_adjusted = named(
    "檢討每位住院醫師的學習並適當調整進度",
    "every resident's learning is reviewed and progress adjusted",
    every_resident(
        any_record(
            _own_review.where(
                review.learning_reviewed.is_(True), review.progress_adjusted.is_(True)
            )
        )
    ),
)
_five_duties = clause(
    "NM-5.1.2.1.L5.N",
    _director.duties_explained.includes(
        "goals", "selection", "supervision", "assessment", "records"
    ),
)
_interviewed = reading("L5121_INTERVIEW_SCOPE", level_5=_five_duties, whole_item=SATISFIED)

_explained_5121 = clause("NM-5.1.2.1.L3.Z", all_of(without_residents, explained("5.1.2.1")))
_not_carried_out = ~named(
    "確實執行（沒有住院醫師者：說明獲接受）",
    "carried out (without residents: the explanation is accepted)",
    any_of(_explained_5121, all_of(with_residents, _executed)),
)
_carried_out = any_of(
    _explained_5121,
    all_of(with_residents, clause("NM-5.1.2.1.L3.G", all_of(_executed, _recorded))),
)
_planned = all_of(passport, _form, _schedule)

_level_3_5121 = level(
    "NM-5.1.2.1.L3",
    all_of(_planned, _carried_out),
    text=all_of(_planned, _executed, _recorded),
)
_level_4_5121 = level(
    "NM-5.1.2.1.L4",
    all_of(with_residents, _level_3_5121.rule, _monitored),
    text=all_of(_level_3_5121.literal, _monitored),
)


def _after(number: int) -> Rule:
    """Each resident who has trained for so many months."""
    return completed(resident.start_date, months(number)) <= AS_OF


_reviewed_lately = clause(
    "NM-5.1.2.1.H2",
    each_one(
        residents_now.where(_after(6)),
        any_record(
            _signed_review.where(review.cases_reviewed.is_(True), lookback(review.date, months(6)))
        ),
    ),
)
_logged_lately = clause(
    "NM-5.1.2.1.H2",
    each_one(
        residents_now.where(_after(1)),
        any_record(
            entry.where(entry.resident.same_as(its_resident.name), lookback(entry.date, months(1)))
        ),
    ),
)

item_5_1_2_1 = suggests(
    scale(
        "5.1.2.1",
        Label("主持人責任：訓練評估", "the director's duties: assessment"),
        level(
            "NM-5.1.2.1.L1",
            all_of(passport, _form, ~_schedule, _not_carried_out),
            text=all_of(passport, _form, ~_schedule, ~_executed),
        ),
        level(
            "NM-5.1.2.1.L2",
            all_of(_planned, _not_carried_out),
            text=all_of(_planned, ~_executed),
        ),
        _level_3_5121,
        _level_4_5121,
        level(
            "NM-5.1.2.1.L5",
            all_of(_level_4_5121.rule, _adjusted, _interviewed),
            text=all_of(_level_4_5121.literal, _adjusted),
        ),
    ),
    worse=any_of(~passport, ~_form),
    flags=(
        Flag(
            "partly_held",
            Label(
                "應辦的考核只辦了一部分：算不算確實執行，由訪視委員認定",
                "some of the assessments due were held: whether that is enough is for the "
                "surveyors",
            ),
            all_of(with_residents, any_record(_held), any_record(_missed)),
        ),
        Flag(
            "late",
            Label("有考核逾期30日內才辦理", "an assessment was held up to 30 days late"),
            all_of(with_residents, any_record(_late)),
        ),
        Flag(
            "director_review",
            Label(
                "提醒：有住院醫師的病例數與疾病種類，六個月內沒有主持人檢視的紀錄",
                "reminder: a resident's cases were not looked at by the director for six months",
            ),
            ~_reviewed_lately,
        ),
        Flag(
            "no_log",
            Label(
                "提醒：有住院醫師一個月內沒有登錄學習護照",
                "reminder: a resident has logged nothing for a month",
            ),
            ~_logged_lately,
        ),
        context(
            "NM-5.1.2.1.H",
            "主導目標與逐年能力、遴選、督導教師、分層照護、評估制度與定期評估",
            "goals and yearly progress, selection, supervision of faculty, graded care, "
            "assessment and review of the programme",
        ),
    ),
)

# 5.1.2.2: interviews and counselling

interview = records("interview_record")
facility = records("facility")

_talks = interview.where(related(cohort, (interview.resident, resident.name)))
_any_talk = any_record(_talks)
_own_signature = its(interview).director_signed.is_(True)
_signed = named(
    "紀錄都有主持人簽名",
    "the records are signed by the director",
    reading(
        "SIGN_ALL",
        all=every(_talks, interview.director_signed.is_(True)),
        majority=each_one(_talks, _own_signature, Quantifier.MAJORITY),
    ),
)
_some_signed = any_record(_talks.where(interview.director_signed.is_(True)))
_some_unsigned = any_record(_talks.where(interview.director_signed.is_(False)))
_not_signed = reading(
    "UNSIGNED_RECORD_5122", level_1=~_signed, level_2=all_of(~_signed, ~_some_signed)
)
_feedback = all_of(
    named(
        "紀錄都有回饋",
        "feedback is in every record",
        every(_talks, interview.feedback.is_(True)),
    ),
    presumed(
        judged("NM-5.1.2.2.L3", "回饋是否適當", "whether the feedback is apt", who=_SURVEYORS),
        True,
        "有回饋即視為適當，訪視委員另有認定者從其認定",
        "feedback is taken to be apt unless the surveyors find otherwise",
    ),
)

_directors_talks = interview.where(
    interview.resident.same_as(its_resident.name),
    interview.by_director.is_(True),
    interview.feedback.is_(True),
    between(interview.date, PERIOD_START, PERIOD_END),
)
_talks_a_year = in_each_resident_year(
    called(
        "主持人親自訪談並回饋的次數",
        "interviews by the director in person, with feedback",
        count(_directors_talks),
    )
)


def _covers(aspect: str) -> Rule:
    label = interview.aspects.attribute.option_label(aspect)
    return named(
        label.zh,
        label.en,
        any_record(_directors_talks.where(interview.aspects.includes(aspect))),
    )


_aspects_a_year = in_each_resident_year(
    called(
        "訪談涵蓋的面向數（理念、作為、制度）",
        "aspects covered in interviews (concept, action, system)",
        how_many(*map(_covers, ("concept", "action", "system"))),
    )
)
_helps = all_of(
    _director.knows_warning_signs.is_(True),
    named(
        "院方有輔導人員或單位",
        "the hospital has counselling staff or a unit",
        any_record(facility.where(facility.counselling_unit.is_(True))),
    ),
    named(
        "出現問題的住院醫師都有發現與輔導紀錄",
        "where a resident had problems, their discovery and counselling are on record",
        no(cohort.where(resident.difficulties.is_("unrecorded"))),
    ),
)

_explained_5122 = clause("NM-5.1.2.2.L3.Z", all_of(without_residents, explained("5.1.2.2")))
_signed_with_feedback = all_of(_any_talk, _signed, _feedback)
_level_3_5122 = level(
    "NM-5.1.2.2.L3",
    any_of(
        _explained_5122,
        all_of(with_residents, clause("NM-5.1.2.2.L3.G", _signed_with_feedback)),
    ),
    text=_signed_with_feedback,
)
_level_4_5122 = level(
    "NM-5.1.2.2.L4",
    all_of(with_residents, _level_3_5122.rule, _talks_a_year.at_least(1)),
    text=all_of(_level_3_5122.literal, _talks_a_year.at_least(1)),
)
_twice_a_year = all_of(_talks_a_year.at_least(2), _aspects_a_year.at_least(3), _helps)

item_5_1_2_2 = suggests(
    scale(
        "5.1.2.2",
        Label("主持人責任：輔導", "the director's duties: counselling"),
        level(
            "NM-5.1.2.2.L1",
            all_of(_any_talk, _not_signed),
            text=all_of(_any_talk, ~_signed),
        ),
        level("NM-5.1.2.2.L2", all_of(_any_talk, _signed, ~_feedback)),
        _level_3_5122,
        _level_4_5122,
        level(
            "NM-5.1.2.2.L5",
            all_of(_level_4_5122.rule, _twice_a_year),
            text=all_of(_level_4_5122.literal, _twice_a_year),
        ),
    ),
    worse=~_any_talk,
    flags=(
        Flag(
            "partly_signed",
            Label(
                "主持人只簽了部分紀錄：條文沒有說要簽多少",
                "the director signed some of the records: the text does not say how many",
            ),
            all_of(_some_signed, _some_unsigned),
        ),
        context(
            "NM-5.1.2.2.H",
            "留意壓力、藥酒成癮的影響並提供輔導",
            "attention to stress and addiction, and help",
        ),
    ),
)

QUESTIONS = (item_5_1_2_1, item_5_1_2_2)
