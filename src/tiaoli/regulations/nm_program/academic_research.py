"""Item 7.1.3: incentives, a part in research, papers."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    in_training,
    its_last_day,
    its_resident,
    na_item,
    residents_now,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    Quantifier,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    each_one,
    judged,
    level,
    named,
    no,
    reading,
    records,
    scale,
)

incentive = records("incentive_rule")
paper = records("publication")
attendance = records("course_attendance")

# Incentives, by the hospital or the department


def _rewards(scope: str) -> Rule:
    label = incentive.scope.attribute.option_label(scope)
    found = any_record(incentive.where(incentive.scope.is_(scope)))
    return named(f"獎勵{label.zh}", f"an incentive for {label.en}", found)


_attending = _rewards("attend")
_first_author = _rewards("first_author")
_in_journals = _rewards("journal")

# Papers of residents, accepted while they were in training

_as_first_author = reading(
    "CO_FIRST_AUTHOR",
    yes=paper.author_role.is_in("first", "co_first"),
    no=paper.author_role.is_("first"),
)


def _has_published(*types: str) -> Rule:
    """The resident whose turn it is; accepted is enough, it need not be out yet."""
    own = paper.whenever().where(
        paper.author.same_as(its_resident.name),
        _as_first_author,
        paper.type.is_("journal_article"),
        paper.article_type.is_in(*types),
        between(paper.acceptance_date, its_resident.start_date, its_last_day),
    )
    return any_record(own)


def _of_residents(wanted: Rule, of: Records) -> Rule:
    completers, current = of.where(~in_training), of.where(in_training)
    return reading(
        "PUB_SCOPE_713",
        each_completer_else_any_current=any_of(
            all_of(any_record(completers), each_one(completers, wanted)),
            all_of(no(completers), each_one(current, wanted, Quantifier.ANY)),
        ),
        any=each_one(of, wanted, Quantifier.ANY),
        each=all_of(any_record(of), each_one(of, wanted)),
    )


_case_report = _has_published("case_report", "review", "full_article")
_paper = named(
    "住院醫師以第一作者發表病例報告以上論文",
    "residents published a case report or more as first author",
    reading(
        "COHORT_713",
        one_year=_of_residents(_case_report, cohort),
        current=_of_residents(_case_report, residents_now),
    ),
)
_original = named(
    "住院醫師以第一作者發表原著論文",
    "residents published an original article as first author",
    _of_residents(_has_published("full_article"), cohort),
)
_taught_research = named(
    "有教育完整研究過程的紀錄",
    "records of education in the whole of a research process",
    every_resident(
        any_record(
            attendance.where(
                attendance.resident.same_as(its_resident.name),
                any_of(
                    attendance.topic.is_("research_process"),
                    attendance.also.includes("research_process"),
                ),
            )
        )
    ),
)
_may_take_part = judged(
    "NM-7.1.3.L4",
    "提供住院醫師參與研究的機會",
    "residents are given the opportunity to take part in research",
    who=("訪視委員", "surveyors"),
)

_text_3 = all_of(_attending, _first_author, _paper)
_level_3 = level(
    "NM-7.1.3.L3",
    any_of(clause("NM-7.1.3.L3.Z", without_residents), _text_3),
    text=_text_3,
)
_more_4 = all_of(_in_journals, clause("NM-7.1.3.L4.G", all_of(any_record(cohort), _may_take_part)))
_level_4 = level(
    "NM-7.1.3.L4",
    all_of(with_residents, _level_3.rule, _more_4),
    text=all_of(_text_3, _more_4),
)
_more_5 = all_of(_taught_research, clause("NM-7.1.3.L5.G", _original))

item_7_1_3 = suggests(
    scale(
        "7.1.3",
        Label("研究與論文", "research and publications"),
        level("NM-7.1.3.L1", ~_attending),
        level("NM-7.1.3.L2", all_of(_attending, ~_first_author)),
        _level_3,
        _level_4,
        level(
            "NM-7.1.3.L5",
            all_of(_level_4.rule, _more_5),
            text=all_of(_level_4.literal, _more_5),
        ),
    ),
    flags=(
        context(
            "NM-7.1.3.H",
            "有固定研究時間，教師協助研究",
            "protected time for research, and teachers who help with it",
        ),
    ),
    not_assessed=na_item,
)
