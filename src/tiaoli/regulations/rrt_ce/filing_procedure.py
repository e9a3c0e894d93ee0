"""How a case of an organiser travels: filing, review, publication, and what it costs."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.conduct_procedure import CONDUCT
from tiaoli.rules import Guard, Procedure, State, Transition

_ORGANISER = ("organiser", Label("開課單位", "organiser"))
_SECRETARIAT = ("secretariat", Label("秘書處", "secretariat"))
_COMMITTEE = ("committee", Label("審查委員會", "review committee"))

_ELIGIBLE = Guard("organiser", ("accepted",))
_COMPLETE = Guard("course-data", ("complete",))
_OPEN = Guard("filing-allowed", ("open",))

_DRAFT = State("draft", Label("草稿", "draft"))
_INCOMPLETE = State("incomplete", Label("待補件", "incomplete"))
_FILED = State("filed", Label("已受理", "filed"))
_INELIGIBLE = State("refused_ineligible", Label("單位不符", "organiser not eligible"), final=True)
_BARRED = State("refused_sanction", Label("處分期間不受理", "refused under a sanction"), final=True)
_LATE = State("refused_late", Label("逾期不受理", "refused as late"), final=True)
_REVIEW = State("under_review", Label("審查中", "under review"))
_APPROVED = State("approved", Label("通過", "approved"))
_REJECTED = State("rejected", Label("未通過", "rejected"))
_PUBLISHED = State("published", Label("已公告", "published"), final=True)
_WITHDRAWN = State("withdrawn", Label("已撤回", "withdrawn"), final=True)


def _refusals(*source: str) -> tuple[Transition, ...]:
    return (
        Transition(
            "refuse_ineligible",
            Label("單位不符，不受理", "refuse: organiser not eligible"),
            source,
            "refused_ineligible",
            by="secretariat",
            guards=(Guard("organiser", ("refused",)),),
            clauses=("RRT-4.1.ORG", "RRT-3.2.1"),
        ),
        Transition(
            "refuse_sanction",
            Label("處分期間，不受理", "refuse: under a sanction"),
            source,
            "refused_sanction",
            by="secretariat",
            guards=(Guard("filing-allowed", ("refused", "plan_needed")),),
            clauses=("RRT-8.1.c", "RRT-8.1.d", "RRT-8.2.c", "RRT-8.2.d", "RRT-5.1.3.6.e"),
        ),
        Transition(
            "refuse_late",
            Label("逾期，不受理", "refuse: late"),
            source,
            "refused_late",
            by="secretariat",
            guards=(Guard("filing", ("refused",)),),
            clauses=(
                "RRT-5.1.1.DEADLINE-MONTHLY-REFUSED",
                "RRT-5.1.DEADLINE-SYMPOSIUM-REFUSED",
                "RRT-5.1.DEADLINE-SYMPOSIUM-POST",
                "RRT-9.FEE-URGENT-LATE",
            ),
        ),
        Transition(
            "ask_for_more",
            Label("通知補件", "ask for what is lacking"),
            ("draft",),
            "incomplete",
            by="secretariat",
            guards=(Guard("course-data", ("incomplete", "unknown")),),
            clauses=(
                "RRT-5.1.1.DUAL",
                "RRT-5.1.3.1.b",
                "RRT-5.1.3.1.c",
                "RRT-5.1.3.1.d",
                "RRT-5.1.3.4",
            ),
        ),
    )


def _review(*filed: str) -> tuple[Transition, ...]:
    return (
        Transition(
            "assign",
            Label("分派審查", "assign reviewers"),
            filed,
            "under_review",
            by="secretariat",
            clauses=("RRT-3.2.2",),
        ),
        *(
            Transition(
                step,
                Label(zh, en),
                ("under_review",),
                target,
                by="committee",
                output="decision",
                clauses=("RRT-3.1.1.a", "RRT-3.1.1.b", "RRT-3.1.2.1"),
            )
            for step, target, zh, en in (
                ("approve", "approved", "通過", "approve"),
                ("reject", "rejected", "不通過", "reject"),
            )
        ),
        Transition(
            "publish",
            Label("公告", "publish"),
            ("approved", "rejected"),
            "published",
            by="secretariat",
            deadline="publication-day",
            clauses=(
                "RRT-5.1.2.PUBLISH",
                "RRT-5.1.2.SHIFT",
                "RRT-5.1.2.REASON",
                "RRT-8.2.a",
            ),
        ),
        Transition(
            "withdraw",
            Label("撤回", "withdraw"),
            ("draft", "incomplete", *filed, "under_review"),
            "withdrawn",
            by="organiser",
        ),
    )


monthly_course = Procedure(
    "monthly-course",
    Label("每月課程申請", "Monthly course"),
    (
        _DRAFT,
        _INCOMPLETE,
        _FILED,
        _INELIGIBLE,
        _BARRED,
        _LATE,
        _REVIEW,
        _APPROVED,
        _REJECTED,
        _PUBLISHED,
        _WITHDRAWN,
    ),
    (
        *_refusals("draft", "incomplete"),
        Transition(
            "file",
            Label("送件", "file"),
            ("draft", "incomplete"),
            "filed",
            by="organiser",
            guards=(_ELIGIBLE, _OPEN, _COMPLETE, Guard("filing", ("accepted",))),
            documents=("online_form", "timetable"),
            deadline="last-regular-day",
            fee="fee",
            output="course_case",
            clauses=(
                "RRT-5.1.1.APPLY15",
                "RRT-5.1.1.DEADLINE-MONTHLY",
                "RRT-5.1.3.1.a",
                "RRT-9.FEE-MONTHLY",
            ),
        ),
        *_review("filed"),
    ),
    roles=(_ORGANISER, _SECRETARIAT, _COMMITTEE),
)

_AWAITING = State("awaiting_payment", Label("待繳費", "awaiting payment"))
_REGULAR = State("filed_regular", Label("一般件", "regular case"))
_URGENT = State("filed_urgent", Label("急件", "urgent case"))


def _file_symposium(step: str, band: str, target: str, name: Label, *clauses: str) -> Transition:
    return Transition(
        step,
        name,
        ("awaiting_payment",),
        target,
        by="organiser",
        guards=(_ELIGIBLE, _OPEN, Guard("filing", (band,))),
        documents=("online_form", "timetable"),
        deadline="last-regular-day" if band == "regular" else "last-urgent-day",
        fee="fee",
        output="course_case",
        clauses=("RRT-9.FEE-SYMP-PREPAY", *clauses),
    )


symposium = Procedure(
    "symposium",
    Label("研討會申請", "Symposium"),
    (
        _DRAFT,
        _INCOMPLETE,
        _AWAITING,
        _REGULAR,
        _URGENT,
        _INELIGIBLE,
        _BARRED,
        _LATE,
        _REVIEW,
        _APPROVED,
        _REJECTED,
        _PUBLISHED,
        _WITHDRAWN,
    ),
    (
        *_refusals("draft", "incomplete", "awaiting_payment"),
        Transition(
            "quote",
            Label("資料齊備，計費", "quote the fee"),
            ("draft", "incomplete"),
            "awaiting_payment",
            by="secretariat",
            guards=(_COMPLETE,),
            fee="fee",
            clauses=("RRT-9.FEE-SYMP-DAY", "RRT-9.FEE-SYMP-HALF", "RRT-9.FEE-URGENT"),
        ),
        _file_symposium(
            "file_regular",
            "regular",
            "filed_regular",
            Label("一般件送件", "file as regular"),
            "RRT-5.1.DEADLINE-SYMPOSIUM",
        ),
        _file_symposium(
            "file_urgent",
            "urgent",
            "filed_urgent",
            Label("急件送件", "file as urgent"),
            "RRT-5.1.DEADLINE-SYMPOSIUM-URGENT",
            "RRT-9.FEE-URGENT-LATEST",
        ),
        *_review("filed_regular", "filed_urgent"),
    ),
    roles=(_ORGANISER, _SECRETARIAT, _COMMITTEE),
)

review = Procedure(
    "review",
    Label("審查與申覆", "Review and appeal"),
    (
        State("assigned", Label("已分派", "assigned")),
        State("recused", Label("迴避", "recused")),
        State("opinions_in", Label("意見已齊", "opinions in")),
        State("decided", Label("已決定", "decided")),
        State("appealed", Label("已申覆", "appealed")),
        State("agenda", Label("列入議程", "on the agenda")),
        State("decided_finally", Label("申覆後決定", "decided on appeal"), final=True),
    ),
    (
        Transition("recuse", Label("迴避", "recuse"), ("assigned",), "recused", by="committee"),
        Transition(
            "reassign",
            Label("改派", "reassign"),
            ("recused",),
            "assigned",
            by="secretariat",
            clauses=("RRT-3.2.2",),
        ),
        Transition(
            "give_opinion",
            Label("提出意見", "give opinions"),
            ("assigned",),
            "opinions_in",
            by="committee",
            guards=(Guard("reviewer", ("eligible",)),),
            clauses=("RRT-3.1.1.a", "RRT-2.4", "RRT-2.7", "RRT-4.1.SCOPE"),
        ),
        Transition(
            "decide",
            Label("決定", "decide"),
            ("opinions_in",),
            "decided",
            by="committee",
            output="decision",
            clauses=("RRT-3.1.1.b", "RRT-3.1.2.1"),
        ),
        Transition(
            "appeal",
            Label("申覆", "appeal"),
            ("decided",),
            "appealed",
            by="organiser",
            clauses=("RRT-3.1.2.3",),
        ),
        Transition(
            "put_on_agenda",
            Label("列入議程", "put on the agenda"),
            ("appealed",),
            "agenda",
            by="secretariat",
            clauses=("RRT-3.1.2.3", "RRT-3.2.2"),
        ),
        Transition(
            "decide_appeal",
            Label("申覆決定", "decide the appeal"),
            ("agenda",),
            "decided_finally",
            by="committee",
            output="decision",
            clauses=("RRT-3.1.2.3", "RRT-3.1.2.1"),
        ),
    ),
    roles=(_ORGANISER, _SECRETARIAT, _COMMITTEE),
)

publication = Procedure(
    "publication",
    Label("公告批次", "Publication of a batch"),
    (
        State("collecting", Label("收件中", "collecting")),
        State("locked", Label("已截止", "locked")),
        State("ready", Label("均已審定", "all decided")),
        State("published", Label("已公告", "published")),
        State("corrected", Label("已更正", "corrected"), final=True),
    ),
    (
        Transition(
            "lock",
            Label("截止收件", "close the batch"),
            ("collecting",),
            "locked",
            by="secretariat",
            clauses=("RRT-5.1.1.APPLY15",),
        ),
        Transition(
            "complete",
            Label("全數審定", "all cases decided"),
            ("locked",),
            "ready",
            by="committee",
            clauses=("RRT-3.1.1.b",),
        ),
        Transition(
            "publish",
            Label("公告", "publish"),
            ("ready",),
            "published",
            by="secretariat",
            deadline="publication-day",
            clauses=("RRT-5.1.2.PUBLISH", "RRT-5.1.2.SHIFT", "RRT-5.1.2.REASON"),
        ),
        Transition(
            "correct", Label("更正", "correct"), ("published",), "corrected", by="secretariat"
        ),
    ),
    roles=(_SECRETARIAT, _COMMITTEE),
)

PROCEDURES = (monthly_course, symposium, review, publication, *CONDUCT)
