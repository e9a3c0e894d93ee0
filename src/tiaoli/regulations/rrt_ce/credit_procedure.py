"""Chapter 5(2) as procedures: how an individual case travels, and its one re-review."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.conduct_procedure import COMMITTEE
from tiaoli.rules import Guard, Procedure, Transition
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    INCOMPLETE,
    SECRETARIAT,
    WITHDRAWN,
    returned,
    state,
    step,
    withdrawal,
    written,
)

_REFUSED = state("refused", "不受理", "refused", final=True)


def _decide(id: str, zh: str, en: str, target: str) -> Transition:
    return step(
        id, (zh, en), "under_review", target, COMMITTEE, "RRT-5.2.REPLY",
        deadline="personal-reply", dates=("decision_date", "reply_date"),
    )  # fmt: skip


individual_case = Procedure(
    "individual-case",
    Label("個人積分申請", "Individual case"),
    (
        DRAFT,
        state("online_filed", "已線上申請", "filed online"),
        state("filed", "已寄出文件", "documents mailed"),
        INCOMPLETE,
        state("queued", "列入截止批次", "queued for a cut-off"),
        state("under_review", "審查中", "under review"),
        state("recognised", "已認定", "recognised"),
        state("partly_recognised", "部分認定", "recognised in part"),
        state("not_recognised", "未認定", "not recognised", final=True),
        state("posted", "已入帳", "posted"),
        state("confirmed", "已確認入帳", "posting confirmed", final=True),
        _REFUSED,
        WITHDRAWN,
    ),
    (
        step(
            "file_online", ("線上申請", "file online"), "draft", "online_filed", APPLICANT,
            "RRT-5.2.ONLINE", "RRT-5.2.3", dates=("online_date",),
        ),
        step(
            "mail", ("寄送文件", "mail the documents"), "online_filed", "filed", APPLICANT,
            "RRT-5.2.1", "RRT-5.2.2", fee="personal-fee", dates=("postmark_date",),
        ),
        step(
            "refuse", ("不受理", "refuse"), "filed", "refused", SECRETARIAT,
            "RRT-5.2.ONCE", "RRT-5.2.1", guards=(Guard("personal-filing", ("refused",)),),
        ),
        *returned(
            "filed", SECRETARIAT, APPLICANT, "RRT-5.2.EVIDENCE", "RRT-5.2.6.a",
            dates=("complete_date",),
        ),
        step(
            "queue", ("列入批次", "queue"), "filed", "queued", SECRETARIAT,
            "RRT-5.2.WINDOW", "RRT-5.2.5", guards=(Guard("personal-filing", ("accepted",)),),
            fee="personal-fee",
        ),
        step(
            "open_review", ("開始審查", "open the review"), "queued", "under_review", SECRETARIAT,
            "RRT-5.2.WINDOW", "RRT-5.2.REPLY", "RRT-9.FEE-PERSONAL", "RRT-9.FEE-POSTHOC-MEMBER",
            "RRT-9.FEE-POSTHOC-OTHER", opens=("personal-filing", "cut_off"),
            once_paid="personal-fee",
        ),
        _decide("recognise", "認定", "recognise", "recognised"),
        _decide("recognise_in_part", "部分認定", "recognise in part", "partly_recognised"),
        _decide("turn_down", "不認定", "turn down", "not_recognised"),
        step(
            "post", ("入帳", "post the credits"), ("recognised", "partly_recognised"), "posted",
            SECRETARIAT, "RRT-5.2.4", output=written("credit_entry", status="posted"),
        ),
        step(
            "confirm", ("確認入帳", "confirm the posting"), "posted", "confirmed", APPLICANT,
            "RRT-5.2.4", "RRT-5.2.5", shows=("personal-posting",),
            dates=("posted_confirmed_date",),
        ),
        withdrawal(
            APPLICANT, "draft", "online_filed", "filed", "incomplete", "queued", "under_review",
            dates=("withdrawn_date",),
        ),
    ),
    file=written("personal_case"),
)  # fmt: skip

re_review = Procedure(
    "re-review",
    Label("複審", "Re-review"),
    (
        state("available", "得申請", "may be asked for"),
        state("requested", "已申請", "asked for"),
        _REFUSED,
        state("decided", "已決定，不得再請", "decided, and final", final=True),
    ),
    (
        step(
            "request", ("申請複審", "ask for re-review"), "available", "requested", APPLICANT,
            "RRT-5.2.REREVIEW", dates=("date",),
        ),
        step(
            "refuse", ("不受理", "refuse"), "requested", "refused", SECRETARIAT,
            "RRT-5.2.REREVIEW", guards=(Guard("rereview", ("refused",)),),
        ),
        step(
            "decide", ("決定", "decide"), "requested", "decided", COMMITTEE,
            "RRT-5.2.REREVIEW", guards=(Guard("rereview", ("accepted",)),),
            dates=("decision_date",),
        ),
    ),
    file=written("rereview"),
)  # fmt: skip

PROCEDURES = (individual_case, re_review)
