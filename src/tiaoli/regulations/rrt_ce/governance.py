"""Title, history and chapters 3 and 7: what is in scope, who decides, how long files are kept."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.rrt_ce.course import course, first_day
from tiaoli.regulations.rrt_ce.deadlines import society_day, submitted_on
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Question,
    all_of,
    amount_clause,
    any_of,
    any_record,
    clause,
    computes,
    date_of,
    day_clause,
    deadline,
    judged,
    later_of,
    latest,
    no,
    not_stated,
    or_else,
    qualifies,
    reading,
    records,
    related,
    the,
    told_if_met,
    years,
)

# Whose continuing education

licence = records("licence")
scope = Question(
    id="scope",
    label=Label("適用職類", "Profession"),
    asks=Label(
        "這件申請是否屬呼吸治療師的繼續教育",
        "whether this case is about continuing education of respiratory therapists",
    ),
    bands=(
        Band(
            "in_scope",
            clause(
                "RRT-0.TITLE",
                any_of(
                    course.professions.includes("呼吸治療師"),
                    any_record(licence.where(licence.profession.is_("respiratory_therapist"))),
                ),
            ),
        ),
    ),
    otherwise="not_applicable",
    about="course_case",
)

# Which version of the text

_decisive_day = reading(
    "rrt.version.select",
    application_date=or_else(submitted_on, AS_OF),
    event_date=first_day,
)
_current = clause("RRT-0.V5", _decisive_day >= date_of(2024, 4, 12))
_earlier = any_of(
    clause("RRT-0.V4", _decisive_day >= date_of(2024, 1, 26)),
    clause("RRT-0.V3", _decisive_day >= date_of(2019, 12, 7)),
    clause("RRT-0.V2", _decisive_day >= date_of(2017, 7, 13)),
    clause("RRT-0.V1", _decisive_day >= date_of(2013, 8, 3)),
)
version = Question(
    id="version",
    label=Label("適用版本", "Version of the text"),
    asks=Label("這件申請適用哪一個版本", "by which version of the text this case is judged"),
    bands=(
        Band("current_text", told_if_met(_current)),
        Band("earlier_text", told_if_met(_earlier)),
    ),
    otherwise="not_in_force",
    about="course_case",
)

# The committee

reviewer = records("reviewer")
member = the(reviewer.whenever())
decision = records("decision")
verdict = the(decision)

_in_office = reviewer.where(
    reviewer.office.is_("executive_director"),
    reviewer.term_from <= verdict.date,
    or_else(reviewer.term_to, verdict.date) >= verdict.date,
)
_out_of_office = reviewer.whenever().where(
    any_of(
        ~reviewer.office.is_("executive_director"),
        reviewer.term_from > verdict.date,
        or_else(reviewer.term_to, verdict.date) < verdict.date,
    )
)
_named = (reviewer.name, decision.reviewers)
_this = decision.where(decision.date.same_as(verdict.date))

may_decide = qualifies(
    "reviewer",
    Label("審查委員資格", "Member of the committee"),
    Label("這個人今天能否參與審定", "whether this person may take part in decisions today"),
    clause(
        "RRT-3.1.1.a",
        all_of(
            member.office.is_("executive_director"),
            member.term_from <= AS_OF,
            or_else(member.term_to, AS_OF) >= AS_OF,
        ),
    ),
    about="reviewer",
)

_decided_by_members = clause(
    "RRT-3.1.1.b",
    clause(
        "RRT-3.1.1.a",
        all_of(
            any_record(_in_office.where(related(_this, _named))),
            no(_out_of_office.where(related(_this, _named))),
        ),
    ),
)
decision_question = Question(
    id="decision",
    label=Label("審定的效力", "Standing of a decision"),
    asks=Label(
        "這項審定是否由委員會依共同標準作成",
        "whether this decision was made by the committee, under its criteria",
    ),
    bands=(
        Band(
            "valid",
            all_of(_decided_by_members, clause("RRT-3.1.2.1", verdict.criteria_version.is_given())),
        ),
    ),
    otherwise="not_valid",
    about="decision",
)

_equipment = qualifies(
    "equipment",
    Label("專用電腦設備", "Dedicated computers"),
    Label("學會是否設置專用電腦設備", "whether the society keeps dedicated computers"),
    clause(
        "RRT-7.2.a",
        judged(
            "RRT-7.2.a",
            "是否設置專用電腦設備",
            "whether there are dedicated computers",
            who=("學會秘書處", "society secretariat"),
        ),
    ),
)

# Six years

_kept_from = reading(
    "rrt.retention.start",
    case_closed=course.closed_date,
    created=society_day,
    course_end=course.last_activity_date,
)
_six_years = day_clause("RRT-7.1", day_clause("RRT-7.2.b", deadline(_kept_from, years(6))))
cycle = latest(records("licence_cycle"))
_kept_until = later_of(_six_years, cycle.renewal_date)

retention = Question(
    id="retention",
    label=Label("保存期限", "Retention"),
    asks=Label(
        "這件案卷與電子資料要保存到哪一天",
        "until when the dossier and the electronic data of this case are kept",
    ),
    bands=(
        Band("open", told_if_met(_kept_from.is_absent())),
        Band("keep", told_if_met(clause("RRT-7.1", clause("RRT-7.2.b", _six_years >= AS_OF)))),
        Band("hold", _kept_until >= AS_OF),
    ),
    otherwise="may_be_destroyed",
    figures=(Figure("until", Label("保存至", "Kept until"), _kept_until),),
    about="course_case",
)

# What the text does not say


def _silent(id: str, name: Label, clause_id: str, unit: Unit = Unit.ONE) -> Question:
    """A question that a person asks and the text does not answer."""
    nothing = amount_clause(clause_id, not_stated(name.zh, name.en, unit))
    return computes(id, name, name, Figure("value", name, nothing))


SILENT = (
    _silent(
        "committee-rules",
        Label("委員會的開會門檻、迴避與表決", "quorum, recusal and votes of the committee"),
        "RRT-3.0",
    ),
    _silent(
        "appeal-time",
        Label("課程申覆的期限", "the time for an appeal on a course"),
        "RRT-3.1.2.3",
        Unit.DAY,
    ),
    _silent(
        "other-fees",
        Label("逾期、複審、補發等其他費用", "any other fee: late, re-review, replacement"),
        "RRT-9.FEE-PERSONAL",
        Unit.TWD,
    ),
)

QUESTIONS = (scope, version, may_decide, decision_question, _equipment, retention, *SILENT)
