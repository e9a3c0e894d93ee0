"""9.2: how faculty are evaluated, what they teach, and what they publish with residents."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    its_resident,
    na_item,
    the_programme,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
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
    every,
    hours,
    its,
    known_if,
    latest,
    level,
    lookback,
    named,
    not_stated,
    of_each,
    or_else,
    reading,
    records,
    related,
    scale,
    sum_once,
    years,
)

faculty = records("faculty_member")
evaluation = records("faculty_evaluation")
paper = records("publication").whenever()
talk = records("presentation")
award = records("award")

teachers = faculty.where(any_of(faculty.to_date.is_absent(), faculty.to_date >= AS_OF))
its_teacher = its(teachers)

# What every level begins with

_of_the_teacher = evaluation.where(
    evaluation.teacher.same_as(its_teacher.name), lookback(evaluation.date, years(1))
)


def _each_teacher(rule: Rule) -> Rule:
    return each_one(teachers, rule)


_qualified = named(
    "每位教師都有有效的臨床教師資格",
    "every teacher holds a valid clinical-teacher qualification",
    _each_teacher(
        all_of(
            its_teacher.teacher_qualification.is_given(),
            any_of(its_teacher.teacher_valid_to.is_absent(), its_teacher.teacher_valid_to >= AS_OF),
        )
    ),
)
_surveyed = named(
    "一年內有住院醫師對每位教師的滿意度調查",
    "residents were surveyed about every teacher within a year",
    _each_teacher(any_record(_of_the_teacher.where(evaluation.satisfaction_survey.is_(True)))),
)
_talked_with = clause(
    "NM-9.2.H2",
    named(
        "一年內主持人與每位教師座談並有紀錄",
        "the director talked with every teacher within a year, on record",
        _each_teacher(any_record(_of_the_teacher.where(evaluation.talks_with_director.is_(True)))),
    ),
)
base = all_of(_qualified, _surveyed, _talked_with)

# Hours of group teaching a month

_latest = _of_the_teacher.where(evaluation.date.same_as(latest(_of_the_teacher).date))
_hours_of_the_teacher = known_if(
    any_record(_of_the_teacher),
    called(
        "每月團體教學時數",
        "hours of group teaching a month",
        sum_once(evaluation.group_hours, _latest, by="teacher"),
    ),
    "教師的每月團體教學時數",
    "the teacher's hours of group teaching a month",
)


def _of_the_teachers(fold: Fold) -> AmountNode:
    none = not_stated("沒有指導教師", "no teacher", Unit.MINUTE)
    return of_each(teachers, _hours_of_the_teacher, fold=fold, otherwise=none)


hours_a_month = reading(
    "TEACH_HOURS_AGG",
    each=_of_the_teachers(Fold.LEAST),
    mean=_of_the_teachers(Fold.MEAN),
    total=_of_the_teachers(Fold.SUM),
)
_under_one_hour = hours_a_month < hours(1)
_one_hour = reading(
    "L922_ONE_HOUR", ge=hours_a_month.at_least(hours(1)), gt=hours_a_month > hours(1)
)
_three_hours = hours_a_month.at_least(hours(3))
_five_hours = hours_a_month.at_least(hours(5))

# Residents guided

_is_a_teacher = teachers.where(faculty.name.same_as(its_resident.mentor))
_guided_talk = talk.where(
    talk.person.same_as(its_resident.name),
    talk.presenter.is_("presenter"),
    talk.type.is_in("oral_report", "case_report", "oral"),
    related(teachers, (talk.guided_by, faculty.name)),
)
_guided_paper = paper.where(
    paper.guided_resident.same_as(its_resident.name),
    related(teachers, (paper.author, faculty.name)),
)


def _somebody(rule: Rule) -> Rule:
    return each_one(cohort, rule, Quantifier.ANY)


guides_a_resident = clause(
    "NM-9.2.L3.G",
    named(
        "教師指導住院醫師（含一年內完訓者）",
        "a teacher guides a resident (completers of one year included)",
        _somebody(
            any_of(any_record(_is_a_teacher), any_record(_guided_paper), any_record(_guided_talk))
        ),
    ),
)
monthly_talk = named(
    "教師指導住院醫師於月會演講",
    "a teacher guided a resident's talk at the monthly meeting",
    _somebody(any_record(_guided_talk.where(talk.monthly_meeting.is_(True)))),
)
annual_talk = named(
    "教師指導住院醫師於學會年會演講",
    "a teacher guided a resident's talk at the annual meeting",
    _somebody(any_record(_guided_talk.where(talk.society_annual_meeting.is_(True)))),
)
_talk_at_3 = reading("L923_SPEECH", no=SATISFIED, yes=monthly_talk)

# Papers in the journal, and awards

_accepted = or_else(paper.acceptance_date, paper.publication_date)
_in_the_journal = paper.where(
    reading(
        "CO_FIRST_AUTHOR",
        yes=paper.author_role.is_in("first", "co_first", "corresponding"),
        no=paper.author_role.is_in("first", "corresponding"),
    ),
    reading(
        "NM_JOURNAL",
        society_journal=paper.journal_type.is_("society_journal"),
        any_nm_journal=paper.journal_type.is_in("society_journal", "nuclear_medicine"),
    ),
)
_case_report_or_higher = _in_the_journal.where(
    paper.article_type.is_in("case_report", "review", "full_article")
)
_original = _in_the_journal.where(paper.article_type.is_("full_article"))


def _accepted_every(number: int, papers: Records) -> Rule:
    lately = any_record(papers.where(lookback(_accepted, years(number))))
    in_turn = any_record(papers.where(between(_accepted, PERIOD_START, PERIOD_END)))
    since_last_visit = each_period(the_programme.previous_visit_date, AS_OF, years(number), in_turn)
    return reading(
        "EVERY_N_YEARS_TEST",
        last_window=lately,
        every_window=all_of(lately, since_last_visit),
    )


def _wrote_every(number: int, papers: Records) -> Rule:
    """The teachers, or each of them, had such a paper accepted every ``number`` years."""
    of_some_teacher = papers.where(related(teachers, (paper.author, faculty.name)))
    of_the_teacher = papers.where(paper.author.same_as(its_teacher.name))
    return reading(
        "FACULTY_PUB_SCOPE",
        programme=_accepted_every(number, of_some_teacher),
        each=_each_teacher(_accepted_every(number, of_the_teacher)),
    )


published = named(
    "每四年有核醫學雜誌病例報告以上論文獲接受",
    "a case report or higher accepted by the journal every four years",
    _wrote_every(4, _case_report_or_higher),
)
original_in_4 = named(
    "每四年有核醫學雜誌原著論文獲接受",
    "an original article accepted by the journal every four years",
    _wrote_every(4, _original),
)
original_in_2 = named(
    "每二年有核醫學雜誌原著論文獲接受",
    "an original article accepted by the journal every two years",
    _wrote_every(2, _original),
)
awarded = named(
    "教師一年內得教學獎",
    "a teacher won a teaching award within a year",
    any_record(
        award.where(
            related(teachers, (award.teacher, faculty.name)), lookback(award.date, years(1))
        )
    ),
)

# The levels

_without = clause("NM-9.2.L3.Z", without_residents)
_level_3 = all_of(base, _three_hours, guides_a_resident, published, _talk_at_3)
_level_4 = reading(
    "L924_OR_SCOPE",
    article_only=all_of(_level_3, _five_hours, any_of(original_in_4, awarded)),
    hours_and_article=all_of(_level_3, any_of(all_of(_five_hours, original_in_4), awarded)),
    whole_level=any_of(all_of(_level_3, _five_hours, original_in_4), awarded),
)
_literal_3 = all_of(base, _three_hours, guides_a_resident, published)
_literal_4 = all_of(_literal_3, _five_hours, any_of(original_in_4, awarded))
_talks = any_of(monthly_talk, annual_talk)

_feeds_rewards = clause(
    "NM-9.2.H4",
    named(
        "教師評估用於獎勵、考核或升等",
        "evaluations of faculty are used in rewards, appraisal or promotion",
        _each_teacher(any_record(_of_the_teacher.where(evaluation.used_in_rewards.is_(True)))),
    ),
)
_kept = clause(
    "NM-9.2.H3",
    named(
        "教師評估紀錄均已存檔",
        "every evaluation of faculty is kept on file",
        every(evaluation, evaluation.stored.is_(True)),
    ),
)

item_9_2 = suggests(
    scale(
        "9.2",
        Label("教師評估", "evaluation of faculty"),
        level("NM-9.2.L1", all_of(base, _under_one_hour)),
        level(
            "NM-9.2.L2",
            all_of(base, _one_hour, monthly_talk),
            text=all_of(base, _one_hour, ~_three_hours, monthly_talk),
        ),
        level("NM-9.2.L3", any_of(_without, _level_3), text=_literal_3),
        level("NM-9.2.L4", _level_4, text=_literal_4),
        level(
            "NM-9.2.L5",
            all_of(_level_4, _talks, original_in_2),
            text=all_of(_literal_4, _talks, original_in_2),
        ),
    ),
    worse=reading(
        "BASE_MISSING_92",
        level_1=~base,
        level_2_unless_under_one_hour=all_of(~base, _under_one_hour),
    ),
    not_assessed=na_item,
    flags=(
        Flag(
            "NM-9.2.H3",
            Label(
                "教師評估紀錄未全部存檔（不影響等級）",
                "not every evaluation of faculty is on file (no level turns on it)",
            ),
            all_of(~na_item, ~_kept),
        ),
        Flag(
            "NM-9.2.H4",
            Label(
                "教師評估未用於獎勵、考核或升等（不影響等級）",
                "evaluations of faculty are not used in rewards (no level turns on it)",
            ),
            all_of(~na_item, ~_feeds_rewards),
        ),
        context(
            "NM-9.2.H1",
            "教師評量多元並落實",
            "faculty are evaluated from several sources, in practice",
        ),
        context(
            "NM-9.2.C",
            "評量反映教師的多種角色與教學貢獻",
            "evaluation reflects the roles and the teaching of faculty",
        ),
    ),
)
