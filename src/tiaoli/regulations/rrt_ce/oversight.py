"""Chapters 5(1)3(5), 6(1) and 8(1): supervision on site, audits, and what a finding leads to."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.rrt_ce.course import course_session, sessions
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
    every,
    follow,
    judged,
    not_stated,
    or_else,
    presumed,
    reading,
    records,
    the,
    told_if_met,
)

audit = records("audit")
plan = records("improvement_plan")
found = the(audit)

# Somebody in charge at every session

_staffed = all_of(any_record(sessions), every(sessions, course_session.supervisor.is_given()))
_supervised = clause(
    "RRT-6.1.a",
    reading("rrt.supervision.actor", organiser_staff=_staffed, society_inspector=any_record(audit)),
)
_noted = clause("RRT-6.1.b", every(sessions, course_session.improvement_note.is_given()))

supervision = Question(
    id="supervision",
    label=Label("現場監督", "Supervision on site"),
    asks=Label(
        "每一場是否有人現場監督並留下改進意見",
        "whether somebody supervised every session and noted what to improve",
    ),
    bands=(Band("complete", all_of(_supervised, _noted)),),
    otherwise="incomplete",
    about="course_case",
)

# Audits

_sampling = computes(
    "audit-rate",
    Label("抽查比率", "Sampling rate"),
    Label("隨機查核要抽多少", "how many lists are sampled for audit"),
    Figure(
        "rate",
        Label("比率", "Rate"),
        amount_clause("RRT-5.1.3.5.f", not_stated("抽查比率", "the sampling rate", Unit.PERCENT)),
    ),
)

_evidence_missing = any_of(
    clause("RRT-5.1.3.8.g", found.finding.is_("missing_evidence")),
    clause("RRT-7.2.b", found.finding.is_("missing_evidence")),
)
_false_credit = clause("RRT-8.1.a", found.finding.is_in("impersonation", "over_report"))

audit_result = Question(
    id="audit",
    label=Label("查核結果", "Result of an audit"),
    asks=Label("這次查核的結果對積分有什麼影響", "what this audit means for the credits concerned"),
    bands=(
        Band("void", told_if_met(all_of(_false_credit, found.finding.is_("impersonation")))),
        Band("surplus_void", told_if_met(_false_credit)),
        Band("finding", any_of(_evidence_missing, found.finding.is_in("quality", "other"))),
    ),
    otherwise="clean",
    about="audit",
)

_organiser_answers = clause(
    "RRT-8.1.TRIGGER",
    all_of(
        found.finding.is_in("impersonation", "over_report"),
        judged(
            "RRT-8.1.b",
            "是否對開課單位書面警告並拒絕受理",
            "whether the organiser is warned and its filings refused",
            who=("委員會", "committee"),
        ),
    ),
)
organiser_sanction = Question(
    id="organiser-sanction",
    label=Label("對開課單位的處分", "Sanction against the organiser"),
    asks=Label(
        "這項查核發現是否導致開課單位受處分",
        "whether this finding leads to a sanction against the organiser",
    ),
    bands=(
        Band(
            "no_finding",
            told_if_met(found.finding.is_in("clean", "quality", "missing_evidence", "other")),
        ),
        Band("sanctioned", _organiser_answers),
    ),
    otherwise="not_sanctioned",
    undecided="needs_review",
    about="audit",
)

_warned_for_advertising = Question(
    id="advertising-warning",
    label=Label("宣傳的書面警告", "Warning for advertising"),
    asks=Label(
        "提早宣傳的單位是否收到書面警告",
        "whether an organiser that advertised too early is warned in writing",
    ),
    bands=(
        Band(
            "sanctioned",
            clause(
                "RRT-8.2.b",
                judged(
                    "RRT-8.2.b",
                    "是否書面警告",
                    "whether to warn in writing",
                    who=("委員會", "committee"),
                ),
            ),
        ),
    ),
    otherwise="not_sanctioned",
    undecided="needs_review",
)

# Quality that is not improved in time

_for_this_defect = presumed(
    any_of(plan.sanction.is_absent(), follow(plan.sanction).ground.is_("quality")),
    True,
    "未指明者視為針對這項缺失",
    "taken as meant for this defect unless it answers a sanction for something else",
)
_improved = any_record(plan.where(_for_this_defect, plan.agreed_date <= found.improvement_due))
_overdue = all_of(
    found.finding.is_("quality"),
    or_else(found.improvement_due, AS_OF) < AS_OF,
    ~_improved,
)
stop = Question(
    id="quality-stop",
    label=Label("逾期未改善", "Quality not improved in time"),
    asks=Label("這項品質缺失是否導致停止受理", "whether this defect stops further recognition"),
    bands=(
        Band("within_time", told_if_met(~_overdue)),
        Band(
            "stopped",
            clause(
                "RRT-6.1.c",
                judged(
                    "RRT-6.1.c",
                    "是否停止受理",
                    "whether to stop recognition",
                    who=("委員會", "committee"),
                ),
            ),
        ),
    ),
    otherwise="not_sanctioned",
    undecided="needs_review",
    about="audit",
)

QUESTIONS = (
    supervision,
    _sampling,
    audit_result,
    organiser_sanction,
    _warned_for_advertising,
    stop,
)
