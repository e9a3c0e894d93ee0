"""How a case of an organiser travels: filing, review, publication, and what it costs."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.conduct_procedure import COMMITTEE, CONDUCT, ORGANISER
from tiaoli.rules import Guard, Procedure, State, Transition
from tiaoli.rules.steps import DRAFT, SECRETARIAT, WITHDRAWN, state, step, withdrawal, written

_ELIGIBLE = Guard("organiser", ("accepted",))
_COMPLETE = Guard("course-data", ("complete",))
_OPEN = Guard("filing-allowed", ("open",))

_INCOMPLETE = state("incomplete", "待補件", "incomplete")
_REFUSALS = (
    state("refused_ineligible", "單位不符", "organiser not eligible", final=True),
    state("refused_sanction", "處分期間不受理", "refused under a sanction", final=True),
    state("refused_late", "逾期不受理", "refused as late", final=True),
)
_REVIEW = (
    state("under_review", "審查中", "under review"),
    state("approved", "通過", "approved"),
    state("rejected", "未通過", "rejected"),
    state("published", "已公告", "published", final=True),
    WITHDRAWN,
)


def _refuse(
    id: str, zh: str, en: str, source: tuple[str, ...], when: Guard, *clauses: str
) -> Transition:
    return step(
        f"refuse_{id}", (zh, en), source, f"refused_{id}", SECRETARIAT, *clauses,
        guards=(when,), unprompted=True,
    )  # fmt: skip


def _refusals(*source: str) -> tuple[Transition, ...]:
    """What meets an organiser who sends a draft; until then the draft is the organiser's own."""
    return (
        _refuse(
            "ineligible", "單位不符，不受理", "refuse: organiser not eligible", source,
            Guard("organiser", ("refused",)), "RRT-4.1.ORG", "RRT-3.2.1",
        ),
        _refuse(
            "sanction", "處分期間，不受理", "refuse: under a sanction", source,
            Guard("filing-allowed", ("refused", "plan_needed")),
            "RRT-8.1.c", "RRT-8.1.d", "RRT-8.2.c", "RRT-8.2.d", "RRT-5.1.3.6.e",
        ),
        _refuse(
            "late", "逾期，不受理", "refuse: late", source, Guard("filing", ("refused",)),
            "RRT-5.1.1.DEADLINE-MONTHLY-REFUSED", "RRT-5.1.DEADLINE-SYMPOSIUM-REFUSED",
            "RRT-5.1.DEADLINE-SYMPOSIUM-POST", "RRT-9.FEE-URGENT-LATE",
        ),
        step(
            "ask_for_more", ("通知補件", "ask for what is lacking"), "draft", "incomplete",
            SECRETARIAT, "RRT-5.1.1.DUAL", "RRT-5.1.3.1.b", "RRT-5.1.3.1.c", "RRT-5.1.3.1.d",
            "RRT-5.1.3.4", guards=(Guard("course-data", ("incomplete", "unknown")),),
            unprompted=True,
        ),
    )  # fmt: skip


def _decide(id: str, zh: str, en: str, target: str, verdict: str) -> Transition:
    return step(
        id, (zh, en), "under_review", target, COMMITTEE,
        "RRT-3.1.1.a", "RRT-3.1.1.b", "RRT-3.1.2.1", output=written("decision", verdict=verdict),
    )  # fmt: skip


def _review(*filed: str) -> tuple[Transition, ...]:
    return (
        step(
            "assign", ("分派審查", "assign reviewers"), filed, "under_review", SECRETARIAT,
            "RRT-3.2.2",
        ),
        _decide("approve", "通過", "approve", "approved", "passed"),
        _decide("reject", "不通過", "reject", "rejected", "failed"),
        step(
            "publish", ("公告", "publish"), ("approved", "rejected"), "published", SECRETARIAT,
            "RRT-5.1.2.PUBLISH", "RRT-5.1.2.SHIFT", "RRT-5.1.2.REASON", "RRT-8.2.a",
            deadline="publication-day",
        ),
    )  # fmt: skip


def _withdrawal(*source: str) -> Transition:
    return withdrawal(ORGANISER, *source, dates=("withdrawn_date",))


def _states(*between: State) -> tuple[State, ...]:
    return (DRAFT, _INCOMPLETE, *between, *_REFUSALS, *_REVIEW)


monthly_course = Procedure(
    "monthly-course",
    Label("每月課程申請", "Monthly course"),
    _states(state("filed", "已受理", "filed")),
    (
        *_refusals("draft", "incomplete"),
        step(
            "file", ("送件", "file"), ("draft", "incomplete"), "filed", ORGANISER,
            "RRT-5.1.1.APPLY15", "RRT-5.1.1.DEADLINE-MONTHLY", "RRT-5.1.3.1.a",
            "RRT-9.FEE-MONTHLY",
            guards=(_ELIGIBLE, _OPEN, _COMPLETE, Guard("filing", ("accepted",))),
            documents=("online_form", "timetable"), deadline="last-regular-day", fee="fee",
            dates=("filed_date",),
        ),
        *_review("filed"),
        _withdrawal("draft", "incomplete", "filed", "under_review"),
    ),
    file=written("course_case", case_class="monthly"),
)  # fmt: skip


def _file_symposium(
    id: str, name: tuple[str, str], band: str, deadline: str, *clauses: str
) -> Transition:
    return step(
        id, name, "awaiting_payment", f"filed_{band}", ORGANISER,
        "RRT-9.FEE-SYMP-PREPAY", *clauses,
        guards=(_ELIGIBLE, _OPEN, Guard("filing", (band,))),
        documents=("online_form", "timetable"), deadline=deadline, fee="fee",
        dates=("filed_date",),
    )  # fmt: skip


symposium = Procedure(
    "symposium",
    Label("研討會申請", "Symposium"),
    _states(
        state("awaiting_payment", "待繳費", "awaiting payment"),
        state("filed_regular", "一般件", "regular case"),
        state("filed_urgent", "急件", "urgent case"),
    ),
    (
        *_refusals("draft", "incomplete", "awaiting_payment"),
        step(
            "quote", ("資料齊備，計費", "quote the fee"), ("draft", "incomplete"),
            "awaiting_payment", ORGANISER,
            "RRT-9.FEE-SYMP-DAY", "RRT-9.FEE-SYMP-HALF", "RRT-9.FEE-URGENT",
            guards=(_COMPLETE,), fee="fee",
        ),
        _file_symposium(
            "file_regular", ("一般件送件", "file as regular"), "regular", "last-regular-day",
            "RRT-5.1.DEADLINE-SYMPOSIUM",
        ),
        _file_symposium(
            "file_urgent", ("急件送件", "file as urgent"), "urgent", "last-urgent-day",
            "RRT-5.1.DEADLINE-SYMPOSIUM-URGENT", "RRT-9.FEE-URGENT-LATEST",
        ),
        *_review("filed_regular", "filed_urgent"),
        _withdrawal(
            "draft", "incomplete", "awaiting_payment", "filed_regular", "filed_urgent",
            "under_review",
        ),
    ),
    file=written("course_case", case_class="symposium"),
)  # fmt: skip

review = Procedure(
    "review",
    Label("審查與申覆", "Review and appeal"),
    (
        state("assigned", "已分派", "assigned"),
        state("recused", "迴避", "recused"),
        state("opinions_in", "意見已齊", "opinions in"),
        state("decided", "已決定", "decided", final=True),
        state("appealed", "已申覆", "appealed"),
        state("agenda", "列入議程", "on the agenda"),
        state("decided_finally", "申覆後決定", "decided on appeal", final=True),
    ),
    (
        step(
            "recuse", ("迴避", "recuse"), "assigned", "recused", COMMITTEE, unprompted=True
        ),
        step(
            "reassign", ("改派", "reassign"), "recused", "assigned", SECRETARIAT, "RRT-3.2.2"
        ),
        step(
            "give_opinion", ("提出意見", "give opinions"), "assigned", "opinions_in", COMMITTEE,
            "RRT-3.1.1.a", "RRT-2.4", "RRT-2.7", "RRT-4.1.SCOPE",
            guards=(Guard("reviewer", ("eligible",)),), each=True,
        ),
        step(
            "decide", ("決定", "decide"), "opinions_in", "decided", COMMITTEE,
            "RRT-3.1.1.b", "RRT-3.1.2.1", output="decision",
        ),
        step(
            "appeal", ("申覆", "appeal"), "decided", "appealed", ORGANISER, "RRT-3.1.2.3",
            unprompted=True,
        ),
        step(
            "put_on_agenda", ("列入議程", "put on the agenda"), "appealed", "agenda", SECRETARIAT,
            "RRT-3.1.2.3", "RRT-3.2.2",
        ),
        step(
            "decide_appeal", ("申覆決定", "decide the appeal"), "agenda", "decided_finally",
            COMMITTEE, "RRT-3.1.2.3", "RRT-3.1.2.1", output="decision",
        ),
    ),
    file=written("course_case"),
)  # fmt: skip

publication = Procedure(
    "publication",
    Label("公告批次", "Publication of a batch"),
    (
        state("collecting", "收件中", "collecting"),
        state("locked", "已截止", "locked"),
        state("ready", "均已審定", "all decided"),
        state("published", "已公告", "published", final=True),
        state("corrected", "已更正", "corrected", final=True),
    ),
    (
        step(
            "lock", ("截止收件", "close the batch"), "collecting", "locked", SECRETARIAT,
            "RRT-5.1.1.APPLY15",
        ),
        step(
            "complete", ("全數審定", "all cases decided"), "locked", "ready", COMMITTEE,
            "RRT-3.1.1.b",
        ),
        step(
            "publish", ("公告", "publish"), "ready", "published", SECRETARIAT,
            "RRT-5.1.2.PUBLISH", "RRT-5.1.2.SHIFT", "RRT-5.1.2.REASON",
            deadline="publication-day", output="announcement",
        ),
        step(
            "correct", ("更正", "correct"), "published", "corrected", SECRETARIAT,
            output="announcement", unprompted=True,
        ),
    ),
)  # fmt: skip

PROCEDURES = (monthly_course, symposium, review, publication, *CONDUCT)
