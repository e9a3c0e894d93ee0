"""Chapter 5.2: who teaches, as on the training start date, and how."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.faculty_terms import (
    here_on,
    hours_done,
    hours_required,
    is_specialist,
    is_teacher,
    passport,
    specialist_for_five_years,
    teacher,
)
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    T0,
    cohort,
    every_resident,
    explained,
    its_last_day,
    its_resident,
    open_to_explained,
    resident,
    the_programme,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Amount,
    Flag,
    Quantifier,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    count,
    day_clause,
    each_one,
    each_period,
    judged,
    last_day_of,
    level,
    look_back,
    lookback,
    months,
    named,
    no,
    number_of,
    reading,
    records,
    related,
    scale,
    share,
    times,
    years,
)

_SURVEYORS = ("訪視委員", "surveyors")

# 5.2.1: how many, how long, how qualified

_T0 = day_clause("NM-5.2.1.C", T0)
full_time_specialists = here_on(teacher, T0).where(
    is_specialist(teacher, T0), teacher.full_time.is_(True)
)
_for_five_years = full_time_specialists.where(specialist_for_five_years(teacher, _T0))
_hours = reading(
    "HOURS_REQUIREMENT_521",
    silent=any_of(~hours_required(teacher), hours_done(teacher)),
    fails=all_of(hours_required(teacher), hours_done(teacher)),
)
_qualified = _for_five_years.where(is_teacher(teacher, T0), _hours)
_professors = full_time_specialists.where(
    teacher.moe_rank.is_in("assistant_professor", "associate_professor", "professor")
)

_specialists = called(
    "專任核醫專科醫師", "full-time nuclear-medicine specialists", count(full_time_specialists)
)
_seniors = called(
    "取得專科資格滿5年的專任醫師",
    "full-time specialists of five years",
    count(_for_five_years),
)
_teachers = called(
    "其中具教師資格且完成師培者",
    "qualified as teachers with hours done, of these",
    count(_qualified),
)
_assistant_professors = called(
    "部定助理教授以上", "assistant professors or higher", count(_professors)
)

_began = resident.whenever()
_taken_in = count(_began.where(between(resident.start_date, PERIOD_START, PERIOD_END)))
_at_once = count(
    _began.where(
        resident.start_date <= T0,
        any_of(resident.completion_date.is_absent(), resident.completion_date > T0),
    )
)
_TWO = number_of(2)
_first_year, _last_day = look_back(T0, years(4)), last_day_of(T0, years(1))
_two_for_each = named(
    "每兩位專任專科醫師每年收訓不超過一位住院醫師",
    "no more than one resident a year for every two full-time specialists",
    reading(
        "RATIO_2TO1_BASIS",
        annual_intake=each_period(
            _first_year, _last_day, years(1), times(_taken_in, _TWO) <= _specialists
        ),
        concurrent_total=times(_at_once, _TWO) <= _specialists,
    ),
)
"""Each of the four years before the training starts, and the one that begins then."""

_takes_time = judged(
    "NM-5.2.1.L3",
    "教師是否確實花時間觀察與指導學員",
    "whether teachers really spend time on observing and guiding residents",
    who=_SURVEYORS,
)
_time = any_of(
    all_of(with_residents, _takes_time),
    clause("NM-5.2.1.L3.Z", all_of(without_residents, explained("5.2.1"))),
)
_two_seniors = _seniors.at_least(2)

_level_3_521 = level(
    "NM-5.2.1.L3",
    all_of(_two_seniors, _two_for_each, _teachers.at_least(2), _time),
    text=all_of(_two_seniors, _two_for_each, _teachers.at_least(2), _takes_time),
)
_three_with_professor = all_of(_specialists.at_least(3), _assistant_professors.at_least(1))
_level_4_521 = level(
    "NM-5.2.1.L4",
    all_of(open_to_explained, _level_3_521.rule, _three_with_professor),
    text=all_of(_level_3_521.literal, _three_with_professor),
)
_five_or_two_professors = any_of(_specialists.at_least(5), _assistant_professors.at_least(2))

item_5_2_1 = suggests(
    scale(
        "5.2.1",
        Label("教師資格", "the faculty's qualification"),
        level(
            "NM-5.2.1.L1",
            all_of(
                _two_seniors,
                any_of(_teachers.at_most(0), all_of(with_residents, ~_takes_time)),
            ),
            text=all_of(_two_seniors, any_of(_teachers.at_most(0), ~_takes_time)),
        ),
        level(
            "NM-5.2.1.L2",
            all_of(_two_seniors, _teachers.at_least(1), _teachers.at_most(1), _time),
            text=all_of(_two_seniors, _teachers.at_least(1), _teachers.at_most(1), _takes_time),
        ),
        _level_3_521,
        _level_4_521,
        level(
            "NM-5.2.1.L5",
            all_of(_level_4_521.rule, _five_or_two_professors),
            text=all_of(_level_4_521.literal, _five_or_two_professors),
        ),
    ),
    worse=~_two_seniors,
    flags=(
        Flag(
            "prerequisite",
            Label(
                "專科資格滿五年的專任醫師不足二位，必要條件3.1也不符合",
                "fewer than two full-time specialists of five years: prerequisite 3.1 is not met",
            ),
            ~_two_seniors,
        ),
    ),
)

# 5.2.2: teaching by the passport, meetings on education, ethics

entry = records("passport_entry")
meeting = records("conference")
event = records("ethics_event")
award = records("award")

_own = entry.where(entry.resident.same_as(its_resident.name))
_some_signed = named(
    "每位住院醫師的護照有紀錄及簽名",
    "every resident's passport has entries that are signed",
    every_resident(any_record(_own.where(entry.signed_date.is_given()))),
)
_all_signed = named(
    "護照紀錄都已簽名",
    "the entries in the passports are all signed",
    every_resident(no(_own.where(entry.signed_date.is_absent()))),
)
_signed = all_of(_some_signed, _all_signed)
_assessed = named(
    "每位住院醫師有考核評估及回饋",
    "every resident is assessed and given feedback",
    every_resident(any_record(_own.where(entry.assessment.is_(True), entry.feedback.is_(True)))),
)

_specialists_now = here_on(teacher, AS_OF).where(
    is_specialist(teacher, AS_OF), teacher.full_time.is_(True)
)
_lately = meeting.where(meeting.type.is_("education_policy"), lookback(meeting.date, months(12)))
_took_part = _specialists_now.where(related(_lately, (teacher.name, meeting.attendees)))
participation = called(
    "專任專科醫師中一年內參加過教育政策會議的比率",
    "share of full-time specialists at a meeting on education policy within a year",
    share(count(_took_part), count(_specialists_now)),
)


def _percent(number: int) -> Amount:
    return Amount(number, Unit.PERCENT)


_half = participation.at_least(_percent(50))

_on_cases: Rule = the_programme.ethics_taught_on_cases.is_(True)
_unrecorded = named(
    "有違倫事件沒有處理紀錄",
    "an unethical event without a record of handling",
    any_record(event.where(event.handling.is_("unrecorded"))),
)
_imperfect = named(
    "有違倫事件處理未盡完善",
    "an unethical event handled imperfectly",
    any_record(event.where(event.handling.is_("imperfect"))),
)

_all_recorded = named(
    "沒有違倫事件，或都有處理紀錄",
    "no unethical event, or each with a record of handling",
    ~_unrecorded,
)
_all_perfect = named(
    "沒有違倫事件，或處理都完善",
    "no unethical event, or each handled well",
    ~_imperfect,
)

_explained_522 = clause("NM-5.2.2.L3.Z", all_of(without_residents, explained("5.2.2")))
_ethics = any_of(_explained_522, _on_cases)
_taught = any_of(_explained_522, all_of(with_residents, passport, _signed, _assessed))
_taught_unassessed = named(
    "教學有紀錄簽名，沒有考核回饋",
    "teaching recorded and signed, without assessment and feedback",
    all_of(with_residents, passport, _signed, ~_assessed),
)
_taught_unsigned = named(
    "教學沒有紀錄及簽名",
    "teaching neither recorded nor signed",
    all_of(with_residents, passport, ~_some_signed),
)
_facet_of_1 = any_of(_taught_unsigned, ~_half, all_of(with_residents, ~_on_cases), _unrecorded)
_facets_of_2 = all_of(_half, _ethics, _all_recorded)
_national = named(
    "教師曾帶領住院醫師參加全國性會議",
    "teachers once took residents to a national meeting",
    any_record(meeting.where(meeting.type.is_("national"), meeting.residents_taken.is_(True))),
)

_level_3_522 = level(
    "NM-5.2.2.L3",
    all_of(_taught, _facets_of_2, _all_perfect),
    text=all_of(passport, _signed, _assessed, _half, _on_cases, _all_recorded, _all_perfect),
)
_beyond = all_of(participation.at_least(_percent(65)), _national)
_level_4_522 = level(
    "NM-5.2.2.L4",
    all_of(open_to_explained, _level_3_522.rule, _beyond),
    text=all_of(_level_3_522.literal, _beyond),
)
_international = meeting.where(
    meeting.type.is_("international"),
    reading("ABROAD_REQUIRED", yes=meeting.abroad.is_(True), no=SATISFIED),
    between(meeting.date, its_resident.start_date, its_last_day),
)
_went_abroad = each_one(
    cohort,
    any_record(
        resident.where(
            resident.name.same_as(its_resident.name),
            related(_international, (resident.name, meeting.attendees)),
        )
    ),
    Quantifier.ANY,
)
_honoured = any_of(
    named(
        "住院醫師於訓練期間出國參加國際性會議",
        "a resident went abroad to an international meeting while in training",
        _went_abroad,
    ),
    named(
        "教師一年內得教學獎",
        "a teacher won a teaching award within a year",
        any_record(award.where(lookback(award.date, years(1)))),
    ),
)

item_5_2_2 = suggests(
    scale(
        "5.2.2",
        Label("教師責任", "the faculty's duties"),
        level(
            "NM-5.2.2.L1",
            reading(
                "L522_COMBINE",
                facet_min=_facet_of_1,
                all_match=all_of(
                    with_residents,
                    passport,
                    any_of(~_some_signed, ~_assessed),
                    ~_half,
                    any_of(~_on_cases, _unrecorded),
                ),
            ),
            text=all_of(
                passport,
                any_of(~_signed, ~_assessed),
                participation.at_most(_percent(50)),
                any_of(~_on_cases, _unrecorded),
            ),
        ),
        level(
            "NM-5.2.2.L2",
            reading(
                "L522_COMBINE",
                facet_min=all_of(
                    any_of(_taught_unassessed, all_of(_taught, _imperfect)), _facets_of_2
                ),
                all_match=all_of(_taught_unassessed, _facets_of_2),
            ),
            text=all_of(passport, _signed, ~_assessed, _half, _on_cases, _all_recorded),
        ),
        _level_3_522,
        _level_4_522,
        level(
            "NM-5.2.2.L5",
            all_of(_level_4_522.rule, _honoured),
            text=all_of(_level_4_522.literal, _honoured),
        ),
    ),
    worse=all_of(with_residents, ~passport),
    flags=(
        context(
            "NM-5.2.2.H",
            "教師付出足夠時間、為倫理表率，並參與目標制定、執行、評量與檢討",
            "enough time, an ethical example, and a part in goals, teaching, assessment and review",
        ),
    ),
)

QUESTIONS = (item_5_2_1, item_5_2_2)
